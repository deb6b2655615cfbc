#include "server/markdown/starts.h"

#include "server/markdown/line.h"

static Span trimmed(Str text, uint32_t start, uint32_t end)
{
    while (start < end && is_blank(text.data[start])) {
        start++;
    }
    while (end > start && is_blank(text.data[end - 1])) {
        end--;
    }
    return (Span){start, end};
}

static bool only_blanks(Str text)
{
    return str_trim(text).length == 0;
}

uint8_t start_atx(Str rest, Span *text, Span *closing)
{
    uint32_t level = run_length(rest, '#');
    if (level == 0 || level > 6 || (level < rest.length && !is_blank(rest.data[level]))) {
        return 0;
    }
    Span all = trimmed(rest, level, (uint32_t)rest.length);
    uint32_t end = all.end;
    while (end > all.start && rest.data[end - 1] == '#') {
        end--;
    }
    bool closes = end < all.end && (end == all.start || is_blank(rest.data[end - 1]));
    *closing = closes ? (Span){end, all.end} : (Span){all.end, all.end};
    *text = closes ? trimmed(rest, all.start, end) : all;
    return (uint8_t)level;
}

uint8_t start_setext(Str rest)
{
    char marker = rest.length == 0 ? 0 : rest.data[0];
    if ((marker != '=' && marker != '-') ||
        !only_blanks(str_after(rest, run_length(rest, marker)))) {
        return 0;
    }
    return marker == '=' ? 1 : 2;
}

bool start_thematic_break(Str rest)
{
    char marker = rest.length == 0 ? 0 : rest.data[0];
    if (marker != '-' && marker != '_' && marker != '*') {
        return false;
    }
    uint32_t count = 0;
    for (size_t i = 0; i < rest.length; i++) {
        if (rest.data[i] == marker) {
            count++;
        } else if (!is_blank(rest.data[i])) {
            return false;
        }
    }
    return count >= 3;
}

uint32_t start_fence(Str rest)
{
    char marker = rest.length == 0 ? 0 : rest.data[0];
    if (marker != '`' && marker != '~') {
        return 0;
    }
    uint32_t length = run_length(rest, marker);
    bool inline_code = marker == '`' && str_find_char(str_after(rest, length), '`') != STR_NONE;
    return length >= 3 && !inline_code ? length : 0;
}

bool start_fence_closing(Str rest, char marker, uint32_t length)
{
    uint32_t run = run_length(rest, marker);
    return run >= length && only_blanks(str_after(rest, run));
}

bool start_list(Str rest, ListMarker *marker)
{
    uint32_t digits = 0;
    while (digits < rest.length && rest.data[digits] >= '0' && rest.data[digits] <= '9') {
        digits++;
    }
    char c = digits < rest.length ? rest.data[digits] : 0;
    bool ordered = digits > 0;
    if (ordered ? digits > 9 || (c != '.' && c != ')') : c != '-' && c != '+' && c != '*') {
        return false;
    }
    uint32_t length = digits + 1;
    if (length < rest.length && !is_blank(rest.data[length])) {
        return false;
    }
    size_t number = 0;
    *marker = (ListMarker){
        .marker = c,
        .ordered = ordered,
        .one = ordered && str_to_size(str_before(rest, digits), &number) && number == 1,
        .length = length,
    };
    return true;
}

uint32_t start_footnote(Str rest, Span *label)
{
    if (!str_starts(rest, STR("[^"))) {
        return 0;
    }
    uint32_t at = 2;
    while (at < rest.length && rest.data[at] != ']') {
        if (is_blank(rest.data[at]) || rest.data[at] == '[') {
            return 0;
        }
        at += rest.data[at] == '\\' ? 2 : 1;
    }
    if (at == 2 || at + 1 >= rest.length || rest.data[at + 1] != ':') {
        return 0;
    }
    *label = (Span){2, at};
    return at + 2;
}

/* One cell of a delimiter row, `:--:`. */
static bool is_delimiter_cell(Str cell, bool *colon)
{
    size_t start = cell.length > 0 && cell.data[0] == ':';
    size_t end = cell.length > start && cell.data[cell.length - 1] == ':';
    Str dashes = str_slice(cell, start, cell.length - end);
    *colon = *colon || start + end > 0;
    return dashes.length > 0 && run_length(dashes, '-') == dashes.length;
}

uint32_t start_table(Str rest)
{
    if (rest.length == 0 || (rest.data[0] != '|' && rest.data[0] != ':' && rest.data[0] != '-')) {
        return 0;
    }
    bool mark = str_find_char(rest, '|') != STR_NONE;
    uint32_t columns = 0, at = 0;
    Span cell;
    while (start_next_cell(rest, &at, &cell)) {
        if (!is_delimiter_cell(str_slice(rest, cell.start, cell.end), &mark)) {
            return 0;
        }
        columns++;
    }
    return mark ? columns : 0;
}

bool start_next_cell(Str row, uint32_t *at, Span *cell)
{
    uint32_t start = *at, length = (uint32_t)row.length;
    if (start == 0 && length > 0 && row.data[0] == '|') {
        start = 1;
    }
    if (only_blanks(str_after(row, start))) {
        return false;
    }
    uint32_t end = start;
    while (end < length && row.data[end] != '|') {
        bool pair = row.data[end] == '\\' && end + 1 < length &&
                    (row.data[end + 1] == '|' || row.data[end + 1] == '\\');
        end += pair ? 2 : 1;
    }
    *cell = trimmed(row, start, end);
    *at = end < length ? end + 1 : length;
    return true;
}
