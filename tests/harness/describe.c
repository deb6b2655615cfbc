#include "tests/harness/describe.h"

#include "protocol/base/array.h"
#include "protocol/base/utf.h"
#include "server/features/features.h"
#include "tests/harness/casefile.h"
#include "tests/harness/tree.h"

static void position(const Document *document, size_t offset, Buf *out)
{
    size_t start, at = 0;
    Str line;
    uint32_t number = document_line_at(document, offset, &start), column = 1;
    document_line(document, number, &line);
    while (at < offset - start && at < line.length) {
        utf_next(line, &at);
        column++;
    }
    buf_printf(out, "%u:%u", number + 1, column);
}

static void place(const Document *document, size_t start, size_t end, Buf *out)
{
    position(document, start, out);
    buf_append_char(out, '-');
    position(document, end, out);
}

static void indent(uint32_t depth, Buf *out)
{
    while (depth-- > 0) {
        buf_append(out, STR("  "));
    }
}

void describe_findings(const Article *article, Findings findings, Buf *out)
{
    for (uint32_t i = 0; i < findings.count; i++) {
        const Finding *finding = &findings.items[i];
        place(article->document, finding->place.start, finding->place.end, out);
        buf_printf(out, " %s: %.*s [%s]\n", severity_name(finding->severity),
                   STR_ARG(finding->message), finding->rule->code);
        for (uint32_t j = 0; j < finding->related_count; j++) {
            const Related *related = &finding->related[j];
            buf_append(out, STR("  "));
            place(article->document, related->place.start, related->place.end, out);
            buf_printf(out, " %.*s\n", STR_ARG(related->message));
        }
    }
}

/* Outline and folds */

void describe_outline(const Article *article, Arena *arena, Buf *out)
{
    Symbols symbols = symbols_of(article, arena);
    for (uint32_t i = 0; i < symbols.count; i++) {
        const Symbol *symbol = &symbols.items[i];
        uint32_t depth = 0;
        for (uint32_t up = symbol->parent; up != SYMBOL_ROOT; up = symbols.items[up].parent) {
            depth++;
        }
        size_t start;
        indent(depth, out);
        buf_append(out, str_before(STR("######"), symbol->level));
        buf_printf(out, " %.*s %u-%u", STR_ARG(symbol->name),
                   document_line_at(article->document, symbol->range.start, &start) + 1,
                   document_line_at(article->document, symbol->range.end, &start) + 1);
        if (symbol->detail.length > 0) {
            buf_printf(out, " | %.*s", STR_ARG(symbol->detail));
        }
        buf_append_char(out, '\n');
    }
}

void describe_folds(const Article *article, Arena *arena, Buf *out)
{
    Folds folds = folds_of(article, UINT32_MAX, arena);
    for (uint32_t i = 0; i < folds.count; i++) {
        const Fold *fold = &folds.items[i];
        buf_printf(out, "%u-%u", fold->start_line + 1, fold->end_line + 1);
        if (fold->kind == FOLD_COMMENT) {
            buf_append(out, STR(" comment"));
        }
        if (fold->collapsed_text.length > 0) {
            buf_printf(out, " | %.*s", STR_ARG(fold->collapsed_text));
        }
        buf_append_char(out, '\n');
    }
}

/* Blocks */

static const char *const block_names[] = {
    [BLOCK_QUOTE] = "quote",
    [BLOCK_LIST] = "list",
    [BLOCK_ITEM] = "item",
    [BLOCK_FOOTNOTE] = "footnote",
    [BLOCK_TABLE] = "table",
    [BLOCK_ROW] = "row",
    [BLOCK_PARAGRAPH] = "paragraph",
    [BLOCK_HEADING] = "heading",
    [BLOCK_CELL] = "cell",
    [BLOCK_BREAK] = "break",
    [BLOCK_FENCE] = "fence",
    [BLOCK_CODE] = "code",
    [BLOCK_HTML] = "html",
    [BLOCK_DEFINITION] = "definition",
    [BLOCK_FRONT_MATTER] = "metadata",
};

static const char *const inline_names[] = {
    [INLINE_EMPHASIS] = "emphasis", [INLINE_STRONG] = "strong", [INLINE_DELETED] = "deleted",
    [INLINE_CODE] = "code",         [INLINE_LINK] = "link",     [INLINE_IMAGE] = "image",
    [INLINE_AUTOLINK] = "autolink", [INLINE_HTML] = "html",     [INLINE_FOOTNOTE] = "footnote",
};

static void block_details(const Block *block, Buf *out)
{
    if (block->type == BLOCK_HEADING || block->type == BLOCK_HTML) {
        buf_printf(out, " %u", block->level);
    }
    if (block->flags & BLOCK_SETEXT) {
        buf_append(out, STR(" setext"));
    }
    if (block->flags & BLOCK_ORDERED) {
        buf_append(out, STR(" ordered"));
    }
    if (block->flags & BLOCK_TASK) {
        buf_append(out, block->flags & BLOCK_CHECKED ? STR(" checked") : STR(" unchecked"));
    }
    if (block->flags & BLOCK_ALERT) {
        buf_append(out, STR(" alert"));
    }
}

void describe_blocks(const Article *article, Buf *out)
{
    Tree tree = {0};
    tree_read(article->document, &tree);
    for (uint32_t i = 0; i < tree.count; i++) {
        const TreeNode *node = &tree.items[i];
        indent(node->depth, out);
        buf_append(out, str_of(node->block != NULL ? block_names[node->block->type]
                                                   : inline_names[node->span->type]));
        if (node->block != NULL) {
            block_details(node->block, out);
        }
        buf_append_char(out, ' ');
        place(article->document, node->start, node->end, out);
        buf_append_char(out, '\n');
    }
    array_finish(&tree);
}
