/* emphasis-as-heading: what stands as a heading is one.
 *
 * A short paragraph that is all bold looks like a heading and is none: no outline, no table of contents
 * and no link finds it. Bold alone, without a link and without the end of a sentence, above a
 * paragraph that is a sentence: of 10 such 7 were headings, so it is information, once an article. */
#include "protocol/base/utf.h"
#include "server/rules/rule.h"

#include <uchar.h>

enum {
    LONGEST = 120, /* bytes of a heading */
    SENTENCE = 40, /* bytes of a paragraph that is one, at least */
};

static uint32_t last_of(Str text)
{
    text = str_trim(text);
    size_t at = text.length;
    return at == 0 ? 0 : utf_previous(text, &at);
}

static bool is_mark(uint32_t cp)
{
    static const char16_t marks[] = u".!?…:;,。！？：；，、»”\")";
    const char16_t *mark = marks;
    while (*mark != 0 && *mark != cp) {
        mark++;
    }
    return *mark != 0;
}

/* The first inline of a leaf, or NULL. */
static const Inline *first_inline(const Chunk *chunk, uint32_t block)
{
    uint32_t first = chunk_first_inline(chunk, block);
    bool own = first < chunk->inline_count && chunk->inlines[first].block == block;
    return own ? &chunk->inlines[first] : NULL;
}

/* Whether a block is a short paragraph that is bold from end to end. */
static bool is_bold_line(const Chunk *chunk, uint32_t block)
{
    const Block *leaf = &chunk->blocks[block];
    if (leaf->type != BLOCK_PARAGRAPH || leaf->parent >= 0 || leaf->pieces != 1 ||
        chunk->pieces[leaf->piece].length > LONGEST) {
        return false;
    }
    Str text = str_trim(chunk_piece(chunk, leaf->piece));
    if (text.length < 5 || (text.data[0] != '*' && text.data[0] != '_')) {
        return false;
    }
    const Inline *bold = first_inline(chunk, block);
    bool alone = bold != NULL && bold + 1 <= chunk->inlines + chunk->inline_count - 1
                     ? bold[1].block != block
                     : bold != NULL;
    return alone && bold->type == INLINE_STRONG &&
           bold->whole.end - bold->whole.start == text.length &&
           !is_mark(last_of(chunk_str(chunk, bold->content)));
}

/* Whether a block is a paragraph of at least one sentence. */
static bool is_text(const Chunk *chunk, uint32_t block)
{
    const Block *leaf = &chunk->blocks[block];
    if (leaf->type != BLOCK_PARAGRAPH || leaf->parent >= 0 || leaf->pieces == 0) {
        return false;
    }
    Str first = chunk_piece(chunk, leaf->piece);
    size_t at = 0;
    uint32_t begin = first.length > 0 ? utf_next(first, &at) : 0;
    uint32_t end = last_of(chunk_piece(chunk, leaf->piece + leaf->pieces - 1));
    return leaf->whole.end - leaf->whole.start >= SENTENCE && unicode_is_letter(begin) &&
           is_mark(end);
}

/* The first such line of a chunk, or NULL. */
static const Block *first_line(const Chunk *chunk)
{
    for (uint32_t i = 0; i + 1 < chunk->block_count; i++) {
        if (is_bold_line(chunk, i) && is_text(chunk, i + 1)) {
            return &chunk->blocks[i];
        }
    }
    return NULL;
}

static void check(RuleContext *context, const Chunk *chunk)
{
    const Block *line = first_line(chunk);
    if (line != NULL) {
        rule_report(context, line->whole, "a bold line instead of a heading");
    }
}

/* Whether none is before it. */
static bool stands(const Document *document, uint32_t index, Span span, size_t *reach)
{
    (void)span;
    (void)reach;
    for (uint32_t i = index; i > 0; i--) {
        if (first_line(document_chunk(document, i - 1)) != NULL) {
            return false;
        }
    }
    return true;
}

const Rule rule_emphasis_as_heading = {
    .code = "emphasis-as-heading",
    .severity = SEVERITY_INFORMATION,
    .summary = "a bold line that stands as a heading",
    .yields_to = "placeholder-text chat-text omitted-text",
    .check_chunk = check,
    .stands = stands,
};
