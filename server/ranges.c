#include "server/ranges.h"

static bool is_inside(const LineLookup *lookup, size_t offset)
{
    return lookup->known && offset >= lookup->start && offset < lookup->next;
}

/* To the line that starts at `lookup->next`, which is in `chunk`. */
static void step(LineLookup *lookup, Str chunk, size_t chunk_start)
{
    Str rest = str_after(chunk, lookup->next - chunk_start);
    lookup->start = lookup->counted = lookup->next;
    lookup->units = 0;
    lookup->text = (Str){0};
    str_take_line(&rest, &lookup->text);
    size_t after = chunk_start + chunk.length - rest.length;
    bool ended = after > lookup->start + lookup->text.length;
    lookup->next = ended ? after : STR_NONE;
}

/* To the line that holds `offset`: forward within its chunk, which starts with a line. */
static void seek(LineLookup *lookup, const Document *document, size_t offset)
{
    uint32_t index = document_chunk_at(document, offset);
    const Chunk *chunk = document_chunk(document, index);
    Str text = {chunk->text, chunk->length};
    size_t chunk_start = document_chunk_start(document, index);
    if (!lookup->known || lookup->start > offset || lookup->start < chunk_start) {
        lookup->known = true;
        lookup->line = document_line_at(document, chunk_start, &lookup->next);
        step(lookup, text, chunk_start);
    }
    while (offset >= lookup->next) {
        step(lookup, text, chunk_start);
        lookup->line++;
    }
}

/* Whether counting may go on from an offset. */
static bool is_between_characters(Str line, size_t offset)
{
    return offset >= line.length || ((unsigned char)line.data[offset] & 0xC0) != 0x80;
}

static Position position_of(const Ranges *ranges, LineLookup *lookup, size_t offset)
{
    if (!is_inside(lookup, offset)) {
        seek(lookup, ranges->document, offset);
    }
    if (offset < lookup->counted) {
        lookup->counted = lookup->start;
        lookup->units = 0;
    }
    size_t inside = offset - lookup->start;
    Str more = str_slice(lookup->text, lookup->counted - lookup->start, inside);
    uint32_t units = lookup->units + position_units(more, ranges->encoding);
    if (is_between_characters(lookup->text, inside)) {
        lookup->units = units;
        lookup->counted = offset;
    }
    return (Position){lookup->line, units};
}

Range ranges_range(Ranges *ranges, Place place)
{
    LineLookup *line = &ranges->starts;
    Range range = {.start = position_of(ranges, line, place.start)};
    if (!is_inside(line, place.end)) {
        range.end = position_of(ranges, &ranges->ends, place.end);
        return range;
    }
    Str between = str_slice(line->text, place.start - line->start, place.end - line->start);
    range.end = range.start;
    range.end.character += position_units(between, ranges->encoding);
    return range;
}

size_t ranges_offset(const Document *document, Position position, PositionEncoding encoding)
{
    Str text;
    size_t start = document_line(document, position.line, &text);
    return start + position_bytes(text, position.character, encoding);
}
