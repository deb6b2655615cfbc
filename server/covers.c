#include "server/covers.h"

#include "server/markdown/body.h"

enum {
    PASSED_LIMIT = 32, /* comments between a comment and the block that it covers */
    CODE_LIMIT = 64,   /* bytes of a code */
};

/* Codes */

uint64_t cover_key(Str code)
{
    char lower[CODE_LIMIT];
    size_t length = code.length < CODE_LIMIT ? code.length : CODE_LIMIT;
    for (size_t i = 0; i < length; i++) {
        char c = code.data[i];
        lower[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return str_hash((Str){lower, length});
}

uint32_t cover_find(const uint64_t *codes, uint32_t count, uint64_t code)
{
    uint32_t i = 0;
    while (i < count && codes[i] != code) {
        i++;
    }
    return i;
}

static void read_codes(Cover *cover)
{
    Str names = chunk_str(cover->chunk, cover->directive->names), name;
    while (cover->count < COVER_CODES && directive_next_name(&names, &name)) {
        cover->codes[cover->count++] = cover_key(name);
    }
}

/* Places */

/* The end of a block at the root, in whichever chunk that is. */
static size_t block_end(const Document *document, uint32_t chunk, uint32_t block)
{
    const Block *at = &document_chunk(document, chunk)->blocks[block];
    while ((at->flags & BLOCK_CONTINUES) != 0) {
        at = document_chunk(document, ++chunk)->blocks;
    }
    return document_chunk_start(document, chunk) + at->whole.end;
}

/* Where the block ends that is next to `block` at its level; 0 where there is none. Comments between
 * them are passed. */
static size_t next_block_end(const Document *document, uint32_t chunk, uint32_t block)
{
    int32_t parent = document_chunk(document, chunk)->blocks[block].parent;
    uint32_t at = chunk_block_end(document_chunk(document, chunk), block);
    for (uint32_t passed = 0; passed < PASSED_LIMIT;) {
        const Chunk *here = document_chunk(document, chunk);
        bool ended = at >= here->block_count || here->blocks[at].parent != parent;
        if (ended && (parent >= 0 || chunk + 1 == document_chunk_count(document))) {
            return 0;
        }
        if (ended) {
            chunk++;
            at = 0;
        } else if ((body_part(here, at) & ~(BODY_COMMENT | BODY_SYNTAX)) == 0) {
            at = chunk_block_end(here, at);
            passed++;
        } else {
            return block_end(document, chunk, at);
        }
    }
    return 0;
}

static void place_stet(const Document *document, uint32_t chunk, Cover *cover)
{
    const Directive *directive = cover->directive;
    cover->from = cover->to = cover->base + directive->whole.end;
    if (!span_empty(directive->covers)) {
        cover->from = cover->base + directive->covers.start;
        cover->to = cover->base + directive->covers.end;
    } else if (directive->next) {
        size_t end = next_block_end(document, chunk, directive->block);
        cover->to = end > cover->from ? end : cover->from;
    }
}

/* Lines that were looked at last: many comments may stand in one. */
typedef struct {
    Place line, next;
} Lines;

static bool ends_line(char c)
{
    return c == '\n' || c == '\r';
}

/* The line that holds `offset`, with its ending; the last one has no end. */
static Place line_at(const Document *document, size_t offset)
{
    uint32_t index = document_chunk_at(document, offset);
    const Chunk *chunk = document_chunk(document, index);
    size_t base = document_chunk_start(document, index), start = offset - base, end = start;
    while (start > 0 && !ends_line(chunk->text[start - 1])) {
        start--;
    }
    while (end < chunk->length && !ends_line(chunk->text[end])) {
        end++;
    }
    if (end == chunk->length) {
        return (Place){base + start, SIZE_MAX};
    }
    bool windows = chunk->text[end] == '\r' && end + 1 < chunk->length &&
                   chunk->text[end + 1] == '\n';
    return (Place){base + start, base + end + 1 + windows};
}

/* markdownlint counts in lines. */
static void place_lines(const Document *document, Lines *lines, Cover *cover)
{
    size_t at = cover->base + cover->directive->whole.start;
    if (at < lines->line.start || at >= lines->line.end) {
        lines->line = line_at(document, at);
    }
    Place place = lines->line;
    if (cover->directive->kind == DIRECTIVE_DISABLE_NEXT_LINE) {
        if (lines->next.start != place.end) {
            lines->next = place.end == SIZE_MAX ? (Place){SIZE_MAX, SIZE_MAX}
                                                : line_at(document, place.end);
        }
        place = lines->next;
    }
    cover->from = place.start;
    cover->to = place.end;
}

static void place_cover(const Document *document, uint32_t chunk, Lines *lines, Cover *cover)
{
    switch (cover->directive->kind) {
    case DIRECTIVE_STET:
        place_stet(document, chunk, cover);
        break;
    case DIRECTIVE_STET_FILE:
        cover->to = SIZE_MAX;
        break;
    default:
        place_lines(document, lines, cover);
        break;
    }
}

static int by_beginning(const void *left, const void *right)
{
    const Cover *a = *(Cover *const *)left, *b = *(Cover *const *)right;
    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    return (a > b) - (a < b); /* of one array */
}

Cover *covers_of(const Report *report, const Document *document, Covers *sorted, Arena *arena)
{
    Cover *covers = ARENA_NEW(arena, Cover, report->directives);
    uint32_t count = 0;
    Lines lines = {0};
    sorted->items = ARENA_NEW(arena, Cover *, report->directives);
    for (uint32_t i = 0; i < report->count; i++) {
        const Directives *directives = &report->chunks[i].directives;
        for (uint32_t j = 0; j < directives->count; j++, count++) {
            Cover *cover = sorted->items[count] = &covers[count];
            cover->directive = &directives->items[j];
            cover->chunk = document_chunk(document, i);
            cover->base = document_chunk_start(document, i);
            read_codes(cover);
            place_cover(document, i, &lines, cover);
        }
    }
    sorted->count = count;
    qsort(sorted->items, count, sizeof(Cover *), by_beginning);
    return covers;
}
