/* inlines: the examples of the CommonMark specification, by galley and by md4c on the whole example.
 *
 *     inlines SPEC.TXT
 *
 * galley gives md4c one leaf after the other in a buffer of its own making and maps what comes back to
 * the source. Here md4c reads each example as it stands, and both must find the same inlines, nested
 * the same way. */
#include <md4c.h>
#include <stdio.h>

#include "protocol/base/array.h"
#include "server/markdown/document.h"
#include "tests/harness/client.h"
#include "tests/harness/tap.h"
#include "tests/spec/examples.h"

/* Where md4c reads other blocks than CommonMark has, its inlines are others too. */
static bool reads_other_blocks(uint32_t example)
{
    return example == 171; /* md4c 0.4.8 does not know <textarea> for an HTML block of kind 1 */
}

/* md4c's inlines, as text: `em(strong()) a()` */

static int on_block(MD_BLOCKTYPE type, void *detail, void *userdata)
{
    (void)type, (void)detail, (void)userdata;
    return 0;
}

static int on_span(MD_SPANTYPE type, void *detail, void *userdata)
{
    static const char *const names[] = {
        [MD_SPAN_EM] = "em(",     [MD_SPAN_STRONG] = "strong(", [MD_SPAN_DEL] = "del(",
        [MD_SPAN_CODE] = "code(", [MD_SPAN_A] = "a(",           [MD_SPAN_IMG] = "img(",
    };
    (void)detail;
    buf_append(userdata, str_of(names[type]));
    return 0;
}

static int on_span_end(MD_SPANTYPE type, void *detail, void *userdata)
{
    (void)type, (void)detail;
    buf_append(userdata, STR(")"));
    return 0;
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *userdata)
{
    (void)type, (void)text, (void)size, (void)userdata;
    return 0;
}

static void list_md4c(Str markdown, Buf *out)
{
    static const MD_PARSER callbacks = {
        .flags = MD_FLAG_STRIKETHROUGH,
        .enter_block = on_block,
        .leave_block = on_block,
        .enter_span = on_span,
        .leave_span = on_span_end,
        .text = on_text,
    };
    md_parse(markdown.data, (MD_SIZE)markdown.length, &callbacks, out);
}

/* galley's */

static void list_inline(const Chunk *chunk, uint32_t *at, Buf *out)
{
    static const char *const names[] = {
        [INLINE_EMPHASIS] = "em(", [INLINE_STRONG] = "strong(", [INLINE_DELETED] = "del(",
        [INLINE_CODE] = "code(",   [INLINE_LINK] = "a(",        [INLINE_IMAGE] = "img(",
        [INLINE_AUTOLINK] = "a(",  [INLINE_HTML] = NULL,        [INLINE_FOOTNOTE] = NULL,
    };
    int32_t self = (int32_t)(*at)++;
    const char *name = names[chunk->inlines[self].type];
    buf_append(out, str_of(name));
    while (*at < chunk->inline_count && chunk->inlines[*at].parent == self) {
        list_inline(chunk, at, out);
    }
    buf_append(out, name == NULL ? STR("") : STR(")"));
}

static void list_galley(Str markdown, Buf *out)
{
    Document *document = document_new(markdown);
    document_settle(document);
    for (uint32_t i = 0; i < document_chunk_count(document); i++) {
        const Chunk *chunk = document_chunk(document, i);
        for (uint32_t at = 0; at < chunk->inline_count;) {
            list_inline(chunk, &at, out);
        }
    }
    document_free(document);
}

static void compare(Tap *tap, const Example *example)
{
    Buf theirs = {0}, ours = {0};
    list_md4c(example->markdown, &theirs);
    list_galley(example->markdown, &ours);
    bool same = str_equal(buf_str(&theirs), buf_str(&ours));
    if (!tap_test(tap, same || reads_other_blocks(example->number), "inlines of example %u",
                  example->number)) {
        tap_note("markdown", example->markdown);
        tap_note("md4c", buf_str(&theirs));
        tap_note("galley", buf_str(&ours));
    }
    buf_finish(&theirs);
    buf_finish(&ours);
}

int main(int argc, char **argv)
{
    Tap tap = {0};
    Examples examples = {0};
    Buf specification = {0};
    if (argc != 2 || !client_read_file(argv[1], &specification)) {
        fprintf(stderr, "usage: inlines SPEC.TXT\n");
        return 2;
    }
    examples_read(&specification, &examples);
    for (uint32_t i = 0; i < examples.count; i++) {
        compare(&tap, &examples.items[i]);
    }
    array_finish(&examples);
    buf_finish(&specification);
    return tap_end(&tap);
}
