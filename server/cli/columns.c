#include "server/cli/columns.h"

#include "protocol/base/utf.h"
#include "server/cli/plain.h"
#include "server/unicode/unicode.h"

/* Of the code point at `*offset`, which moves behind it. */
static uint32_t next_width(Str text, size_t *offset)
{
    uint32_t c = utf_next(text, offset);
    if (c >= 0x20 && c < 0x7F) {
        return 1;
    }
    if (c == '\t') {
        return 1;
    }
    if (plain_is_control(c)) {
        uint32_t digits = 1;
        while (c >>= 4) {
            digits++;
        }
        return digits + 4;
    }
    return unicode_is(c, UNICODE_IS_WIDE) ? 2 : unicode_is(c, UNICODE_IS_UNSEEN) ? 0 : 1;
}

uint32_t columns_of(Str text)
{
    uint32_t columns = 0;
    for (size_t at = 0; at < text.length;) {
        columns += next_width(text, &at);
    }
    return columns;
}

size_t columns_fit(Str text, uint32_t columns)
{
    size_t at = 0, next = 0;
    for (uint32_t used = 0; next < text.length; at = next) {
        used += next_width(text, &next);
        if (used > columns) {
            return at;
        }
    }
    return at;
}

void columns_append(Buf *out, Str text)
{
    for (Str before, after; str_cut(text, '\t', &before, &after); text = after) {
        plain_append(out, before);
        buf_append_char(out, ' ');
    }
    plain_append(out, text);
}

/* A long line is shown from a little before the place on. */
static size_t window_start(Str line, size_t from, uint32_t width)
{
    if (columns_of(str_before(line, from)) < width / 2) {
        return 0;
    }
    size_t start = from;
    for (uint32_t used = 0; start > 0 && used < width / 4;) {
        size_t at = start;
        utf_previous(line, &start);
        used += columns_of(str_slice(line, start, at));
    }
    return start;
}

Excerpt columns_excerpt(Str line, size_t from, size_t to, uint32_t width)
{
    size_t start = window_start(line, from, width);
    Str rest = str_after(line, start);
    size_t fits = columns_fit(rest, width);
    uint32_t before = columns_of(str_slice(line, start, from)) + (start > 0 ? 1 : 0);
    uint32_t columns = columns_of(str_slice(line, from, to));
    uint32_t room = before < width ? width - before : 1;
    columns = columns < room ? columns : room;
    return (Excerpt){
        .text = str_before(rest, fits),
        .cut = start > 0,
        .more = fits<rest.length, .before = before, .columns = columns> 0 ? columns : 1,
    };
}

void excerpt_append(Buf *out, const Excerpt *excerpt)
{
    buf_append(out, excerpt->cut ? STR("…") : (Str){0});
    columns_append(out, excerpt->text);
    buf_append(out, excerpt->more ? STR("…") : (Str){0});
}
