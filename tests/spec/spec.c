/* spec: the examples of the CommonMark specification, parsed by galley and by cmark.
 *
 *     spec SPEC.TXT
 *
 * Blocks are compared with cmark's tree: type, level, nesting, start line and column, end line.
 * Headings are compared with the HTML that the specification expects: level, nesting and text. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "server/markdown/outline.h"
#include "tests/harness/client.h"
#include "tests/harness/tap.h"
#include "tests/harness/tree.h"
#include "tests/spec/examples.h"
#include "tests/spec/reference.h"

/* cmark's names; NULL where it has no such block. */
static const char *const names[] = {
    [BLOCK_QUOTE] = "block_quote",
    [BLOCK_LIST] = "list",
    [BLOCK_ITEM] = "item",
    [BLOCK_FOOTNOTE] = NULL,
    [BLOCK_TABLE] = NULL,
    [BLOCK_ROW] = NULL,
    [BLOCK_PARAGRAPH] = "paragraph",
    [BLOCK_HEADING] = "heading",
    [BLOCK_CELL] = NULL,
    [BLOCK_BREAK] = "thematic_break",
    [BLOCK_FENCE] = "code_block",
    [BLOCK_CODE] = "code_block",
    [BLOCK_HTML] = "html_block",
    [BLOCK_DEFINITION] = "definition",
    [BLOCK_FRONT_MATTER] = NULL,
};

typedef struct {
    Tap tap;
    Examples examples;
    char file[64]; /* where cmark reads an example */
} Suite;

/* Trees as lines of text */

static void list_block(Str name, uint32_t level, uint32_t depth, uint32_t line, uint32_t column,
                       uint32_t end_line, Buf *out)
{
    while (depth-- > 0) {
        buf_append(out, STR("  "));
    }
    buf_append(out, name);
    if (level > 0) {
        buf_printf(out, " %u", level);
    }
    buf_printf(out, " %u:%u-%u\n", line, column, end_line);
}

static void list_reference(const ReferenceBlocks *blocks, Buf *out)
{
    for (uint32_t i = 0; i < blocks->count; i++) {
        const ReferenceBlock *block = &blocks->items[i];
        list_block(block->name, block->level, block->depth, block->line, block->column,
                   block->end_line, out);
    }
}

/* cmark counts the definitions at the start of a paragraph to it. */
static size_t with_definitions(const Tree *tree, uint32_t index, const Document *document)
{
    size_t start = tree->items[index].start, ignored;
    while (index > 0) {
        const TreeNode *above = &tree->items[--index];
        bool touches = above->block != NULL && above->block->type == BLOCK_DEFINITION &&
                       document_line_at(document, above->end, &ignored) + 1 ==
                           document_line_at(document, start, &ignored);
        if (!touches) {
            break;
        }
        start = above->start;
    }
    return start;
}

static void list_node(const Document *document, const Tree *tree, uint32_t index, Buf *out)
{
    const TreeNode *node = &tree->items[index];
    const Block *block = node->block;
    bool text = block->type == BLOCK_PARAGRAPH || (block->flags & BLOCK_SETEXT);
    size_t start = text ? with_definitions(tree, index, document) : node->start;
    size_t line_start, last = node->end > node->start ? node->end - 1 : node->end;
    uint32_t line = document_line_at(document, start, &line_start) + 1;
    uint32_t column = (uint32_t)(start - line_start) + 1;
    const char *name = names[block->type];
    list_block(str_of(name == NULL ? "(not CommonMark)" : name),
               block->type == BLOCK_HEADING ? block->level : 0, node->depth, line, column,
               document_line_at(document, last, &line_start) + 1, out);
}

static void list_ours(Str text, Buf *out)
{
    Document *document = document_new(text);
    Tree tree = {0};
    document_settle(document);
    tree_read(document, &tree);
    for (uint32_t i = 0; i < tree.count; i++) {
        const TreeNode *node = &tree.items[i];
        if (node->block != NULL && node->block->type != BLOCK_DEFINITION) {
            list_node(document, &tree, i, out);
        }
    }
    array_finish(&tree);
    document_free(document);
}

/* Headings as lines of text */

static void list_heading(uint32_t level, bool nested, Str text, Buf *out)
{
    buf_printf(out, "h%u%s %.*s\n", level, nested ? " nested" : "", STR_ARG(text));
}

static void list_headings(Str html, Arena *arena, Buf *out)
{
    ReferenceHeadings headings = {0};
    reference_headings(html, arena, &headings);
    for (uint32_t i = 0; i < headings.count; i++) {
        const ReferenceHeading *heading = &headings.items[i];
        list_heading(heading->level, heading->nested, heading->text, out);
    }
    array_finish(&headings);
}

static void list_outline(Str text, Arena *arena, Buf *out)
{
    Document *document = document_new(text);
    Outline outline = {0};
    outline_update(&outline, document, document_settle(document));
    for (uint32_t i = 0; i < outline.count; i++) {
        const Heading *heading = &outline.headings[i];
        Str words = outline_text(document, heading, arena);
        list_heading(heading->level, heading->nested, reference_text(words, arena), out);
    }
    outline_finish(&outline);
    document_free(document);
}

/* Suites */

static bool write_example(const Suite *suite, Str markdown)
{
    FILE *file = fopen(suite->file, "wb");
    size_t length = markdown.length;
    bool good = file != NULL && fwrite(markdown.data, 1, length, file) == length;
    return (file == NULL || fclose(file) == 0) && good;
}

/* `---` on the first line is a thematic break to cmark and opens front matter for us: such an example
 * is compared with an empty line before it. */
static Str first_line_free(Str markdown, Arena *arena)
{
    bool opens = str_starts(markdown, STR("---\n"));
    return opens ? arena_printf(arena, "\n%.*s", STR_ARG(markdown)) : markdown;
}

/* One test: whether two lists are the same. */
static void compare(Suite *suite, const char *what, const Example *example, Str expected,
                    Str actual)
{
    bool same = str_equal(expected, actual);
    if (!tap_test(&suite->tap, same, "%s of example %u", what, example->number)) {
        tap_note("example:", example->markdown);
        tap_note("expected:", expected);
        tap_note("actual:", actual);
    }
}

static void compare_blocks(Suite *suite, const Example *example, Str markdown, Arena *arena)
{
    ReferenceBlocks blocks = {0};
    Buf theirs = {0}, ours = {0};
    if (!write_example(suite, markdown) ||
        !reference_blocks(suite->file, markdown, arena, &blocks)) {
        buf_append(&theirs, STR("cmark cannot be run\n"));
    }
    list_reference(&blocks, &theirs);
    list_ours(markdown, &ours);
    compare(suite, "blocks", example, buf_str(&theirs), buf_str(&ours));
    array_finish(&blocks);
    buf_finish(&theirs);
    buf_finish(&ours);
}

static void compare_headings(Suite *suite, const Example *example, Str markdown, Arena *arena)
{
    Buf theirs = {0}, ours = {0};
    list_headings(example->html, arena, &theirs);
    list_outline(markdown, arena, &ours);
    compare(suite, "headings", example, buf_str(&theirs), buf_str(&ours));
    buf_finish(&theirs);
    buf_finish(&ours);
}

static void run_example(Suite *suite, const Example *example)
{
    Arena arena = {0};
    Str markdown = first_line_free(example->markdown, &arena);
    compare_blocks(suite, example, markdown, &arena);
    compare_headings(suite, example, markdown, &arena);
    arena_finish(&arena);
}

int main(int count, char **arguments)
{
    Suite suite = {.file = "/tmp/galley-spec-XXXXXX"};
    Buf specification = {0};
    int descriptor = mkstemp(suite.file);
    if (count != 2 || descriptor < 0 || !client_read_file(arguments[1], &specification)) {
        tap_test(&suite.tap, false, "the specification cannot be read");
        return tap_end(&suite.tap);
    }
    examples_read(&specification, &suite.examples);
    tap_test(&suite.tap, suite.examples.count == 652, "the specification has 652 examples");
    for (uint32_t i = 0; i < suite.examples.count; i++) {
        run_example(&suite, &suite.examples.items[i]);
    }
    unlink(suite.file);
    close(descriptor);
    array_finish(&suite.examples);
    buf_finish(&specification);
    return tap_end(&suite.tap);
}
