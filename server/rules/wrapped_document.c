/* wrapped-document: an article is not all one block of code.
 *
 * Asked for Markdown, a model answers with a fence of `markdown` around all of it, and the article
 * prints as its own source. The fence is the first block, perhaps behind front matter, and nothing
 * follows it; or its first inner fence has closed it, and then the one that should is left at the end. */
#include "server/markdown/line.h"
#include "server/rules/rule.h"

/* Whether a fence says that it holds Markdown. */
static bool is_markdown(Str opening, char marker)
{
    Str info = str_trim(str_after(opening, run_length(opening, marker)));
    return str_equal_nocase(info, STR("markdown")) || str_equal_nocase(info, STR("md"));
}

static Str line_of(const Chunk *chunk, uint32_t start)
{
    Str rest = chunk_str(chunk, (Span){start, chunk->length}), line = {0};
    str_take_line(&rest, &line);
    return line;
}

static void check(RuleContext *context, const Chunk *chunk)
{
    uint32_t first = chunk->block_count > 0 && chunk->blocks[0].type == BLOCK_FRONT_MATTER;
    if (!chunk->first || first >= chunk->block_count || chunk->blocks[first].type != BLOCK_FENCE) {
        return;
    }
    const Block *fence = &chunk->blocks[first];
    Str opening = line_of(chunk, fence->whole.start);
    if (is_markdown(opening, fence->marker)) {
        rule_report(context,
                    (Span){fence->whole.start, fence->whole.start + (uint32_t)opening.length},
                    "the whole article is a block of code");
    }
}

/* The last block at the root of a document, and its chunk. */
static const Block *last_block(const Document *document, const Chunk **chunk)
{
    for (uint32_t i = document_chunk_count(document); i > 0; i--) {
        *chunk = document_chunk(document, i - 1);
        for (uint32_t block = (*chunk)->block_count; block > 0; block--) {
            if ((*chunk)->blocks[block - 1].parent < 0) {
                return &(*chunk)->blocks[block - 1];
            }
        }
    }
    return NULL;
}

/* Whether a block is a fence that opens on the last line of the document. */
static bool is_left_over(const Chunk *chunk, const Block *last)
{
    Str opening = line_of(chunk, last->whole.start);
    return (last->flags & (BLOCK_CLOSED | BLOCK_CONTINUED)) == 0 &&
           str_trim(opening).length == run_length(opening, last->marker) &&
           last->whole.end <= last->whole.start + opening.length;
}

static bool stands(const Document *document, uint32_t index, Span span, size_t *reach)
{
    const Chunk *chunk = NULL, *first = document_chunk(document, index);
    const Block *last = last_block(document, &chunk);
    (void)reach;
    if (last == NULL || last->type != BLOCK_FENCE) {
        return false;
    }
    if (chunk == first) {
        return last->whole.start == span.start || is_left_over(chunk, last);
    }
    /* It goes on from the first chunk: then it is the same fence if all between are its parts. */
    for (uint32_t i = index + 1; i < document_chunk_count(document); i++) {
        const Chunk *part = document_chunk(document, i);
        if (part->block_count > 0 && (part->blocks[0].flags & BLOCK_CONTINUED) == 0) {
            return is_left_over(chunk, last);
        }
    }
    return last == &chunk->blocks[0] || is_left_over(chunk, last);
}

const Rule rule_wrapped_document = {
    .code = "wrapped-document",
    .severity = SEVERITY_WARNING,
    .summary = "an article that is all one block of code",
    .check_chunk = check,
    .stands = stands,
};
