/* merge-conflict: the three markers that git leaves where a merge is not finished.
 *
 * They stand at the beginning of a line, in order, and may be any number of chunks apart: a chunk
 * tells of the first one, and whether the others follow is asked when findings are read. What is
 * between them is two versions of one text, of which no other rule has anything to say. Fences and
 * other code show conflicts on purpose. */
#include "server/markdown/line.h"
#include "server/rules/rule.h"

enum { LENGTH = 7 }; /* of a marker */

/* Whether a line is a marker of `c`, alone or with a name behind it. */
static bool is_marker(Str line, char c)
{
    return run_length(line, c) == LENGTH && (line.length == LENGTH || line.data[LENGTH] == ' ');
}

static bool is_middle(Str line)
{
    return run_length(line, '=') == LENGTH && str_trim(line).length == LENGTH;
}

static Str line_of(const Chunk *chunk, uint32_t at)
{
    Str rest = str_after((Str){chunk->text, chunk->length}, at), line = {0};
    str_take_line(&rest, &line);
    return line;
}

/* Whether the block that holds `at` is code; `*block` goes forward with it. */
static bool is_code(const Chunk *chunk, uint32_t at, uint32_t *block)
{
    while (*block < chunk->block_count && chunk->blocks[*block].whole.start <= at) {
        ++*block;
    }
    const Block *last = *block == 0 ? NULL : &chunk->blocks[*block - 1];
    return last != NULL && (last->type == BLOCK_FENCE || last->type == BLOCK_CODE) &&
           at < last->whole.end;
}

static void check(RuleContext *context, const Chunk *chunk)
{
    Str text = {chunk->text, chunk->length}, needle = STR("<<<<<<<");
    uint32_t at = 0, block = 0;
    for (size_t next; (next = str_find(str_after(text, at), needle)) != STR_NONE;) {
        at += (uint32_t)next;
        bool begins = at == 0 || text.data[at - 1] == '\n' || text.data[at - 1] == '\r';
        Str line = begins ? line_of(chunk, at) : (Str){0};
        if (is_marker(line, '<') && !is_code(chunk, at, &block)) {
            rule_report(context, (Span){at, at + (uint32_t)line.length}, "a merge is not finished");
        }
        at += run_length(str_after(text, at), '<');
    }
}

/* Whether the other two markers follow, before another conflict begins. */
static bool stands(const Document *document, uint32_t index, Span span, size_t *reach)
{
    bool parted = false;
    uint32_t at = span.end;
    for (; index < document_chunk_count(document); index++, at = 0) {
        const Chunk *chunk = document_chunk(document, index);
        Str all = {chunk->text, chunk->length}, rest = str_after(all, at), line;
        while (str_take_line(&rest, &line)) {
            parted |= is_middle(line);
            if (is_marker(line, '<') || (!parted && is_marker(line, '>'))) {
                return false;
            }
            if (is_marker(line, '>')) {
                *reach = document_chunk_start(document, index) + (size_t)(line.data - all.data) +
                         line.length;
                return true;
            }
        }
    }
    return false;
}

const Rule rule_merge_conflict = {
    .code = "merge-conflict",
    .severity = SEVERITY_ERROR,
    .summary = "the markers of an unfinished merge",
    .check_chunk = check,
    .stands = stands,
};
