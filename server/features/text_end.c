#include "server/features/text_end.h"

static bool is_text(char c, bool nested)
{
    return c != ' ' && c != '\t' && c != '\n' && c != '\r' && !(nested && c == '>');
}

/* The end of the line that goes on at `at`, or `end` where that is nearer. */
static uint32_t line_end(const Chunk *chunk, uint32_t at, size_t end)
{
    while (at < chunk->length && at < end && chunk->text[at] != '\n' && chunk->text[at] != '\r') {
        at++;
    }
    return at;
}

size_t text_end(const Document *document, size_t offset, bool nested)
{
    uint32_t index = document_chunk_at(document, offset > 0 ? offset - 1 : 0) + 1;
    while (index-- > 0) {
        const Chunk *chunk = document_chunk(document, index);
        size_t start = document_chunk_start(document, index), end = offset - start;
        uint32_t at = end < chunk->length ? (uint32_t)end : chunk->length;
        while (at > 0 && !is_text(chunk->text[at - 1], nested)) {
            at--;
        }
        if (at > 0) {
            return start + line_end(chunk, at, end);
        }
    }
    return 0;
}
