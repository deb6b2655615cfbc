#include "server/ranges.h"

static Position position_of(const Ranges *ranges, LineLookup *lookup, size_t offset)
{
    bool inside = lookup->known && offset >= lookup->start &&
                  offset - lookup->start <= lookup->text.length;
    if (!inside) {
        lookup->line = document_line_at(ranges->document, offset, &lookup->start);
        document_line(ranges->document, lookup->line, &lookup->text);
        lookup->known = true;
    }
    Str before = str_before(lookup->text, offset - lookup->start);
    return (Position){lookup->line, position_units(before, ranges->encoding)};
}

Range ranges_range(Ranges *ranges, Place place)
{
    return (Range){
        .start = position_of(ranges, &ranges->starts, place.start),
        .end = position_of(ranges, &ranges->ends, place.end),
    };
}

size_t ranges_offset(const Document *document, Position position, PositionEncoding encoding)
{
    Str text;
    size_t start = document_line(document, position.line, &text);
    return start + position_bytes(text, position.character, encoding);
}
