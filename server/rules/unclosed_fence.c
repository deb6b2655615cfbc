/* unclosed-fence: a fence of code is closed before the end of the file.
 *
 * What is behind the missing line is code up to the end, and no other rule sees it. A fence may be any
 * number of chunks long: the chunk in which it opens tells of it, and whether it closes is asked when
 * findings are read. Where a line before it begins with three backticks and has more of them, another
 * dialect opens a fence that CommonMark does not know; all fences behind it are turned round, and
 * nothing is said. Of 16 findings without that guard none was true. */
#include "server/markdown/line.h"
#include "server/rules/rule.h"

static bool is_open_root(const Block *block)
{
    return block->type == BLOCK_FENCE && block->parent < 0 &&
           (block->flags & (BLOCK_CLOSED | BLOCK_CONTINUED)) == 0;
}

/* From the marker to the end of its line. */
static Span opening_of(const Chunk *chunk, const Block *fence)
{
    Str rest = chunk_str(chunk, (Span){fence->whole.start, chunk->length}), line = {0};
    str_take_line(&rest, &line);
    return (Span){fence->whole.start, fence->whole.start + (uint32_t)line.length};
}

static void check(RuleContext *context, const Chunk *chunk)
{
    for (uint32_t i = 0; i < chunk->block_count; i++) {
        if (is_open_root(&chunk->blocks[i])) {
            rule_report(context, opening_of(chunk, &chunk->blocks[i]),
                        "a fence that is not closed");
        }
    }
}

/* Whether the fence that goes on from the chunk `index` runs to the end of the document. */
static bool runs_to_end(const Document *document, uint32_t index)
{
    while (++index < document_chunk_count(document)) {
        const Chunk *chunk = document_chunk(document, index);
        const Block *part = chunk->block_count > 0 ? &chunk->blocks[0] : NULL;
        if (part == NULL || (part->flags & BLOCK_CONTINUED) == 0 || (part->flags & BLOCK_CLOSED)) {
            return part == NULL;
        }
    }
    return true;
}

/* Whether a line begins with three backticks and has others behind them. */
static bool is_dialect(Str line)
{
    while (line.length > 0 && strchr(" \t>", line.data[0]) != NULL) {
        line = str_after(line, 1);
    }
    uint32_t run = run_length(line, '`');
    return run >= 3 && str_find_char(str_after(line, run), '`') != STR_NONE;
}

static bool has_dialect(Str text)
{
    for (size_t at = 0, next; (next = str_find(str_after(text, at), STR("```"))) != STR_NONE;) {
        size_t start = at + next;
        while (start > at && text.data[start - 1] != '\n' && text.data[start - 1] != '\r') {
            start--;
        }
        Str rest = str_after(text, start), line = {0};
        str_take_line(&rest, &line);
        if (is_dialect(line)) {
            return true;
        }
        at = start + line.length;
    }
    return false;
}

static bool stands(const Document *document, uint32_t index, Span span, size_t *reach)
{
    (void)reach;
    (void)span;
    if (!runs_to_end(document, index)) {
        return false;
    }
    for (uint32_t i = 0; i <= index; i++) {
        const Chunk *chunk = document_chunk(document, i);
        if (has_dialect((Str){chunk->text, chunk->length})) {
            return false;
        }
    }
    return true;
}

const Rule rule_unclosed_fence = {
    .code = "unclosed-fence",
    .severity = SEVERITY_ERROR,
    .summary = "a fence of code that runs to the end of the file",
    .yields_to = "wrapped-document",
    .check_chunk = check,
    .stands = stands,
};
