#include "server/markdown/line.h"

enum { TAB = 4 };

static uint32_t to_tab_stop(uint32_t column)
{
    return TAB - column % TAB;
}

static void find_first(Line *line)
{
    uint32_t at = line->at, column = line->column;
    while (at < line->end && is_blank(line->text.data[at])) {
        column += line->text.data[at] == '\t' ? to_tab_stop(column) : 1;
        at++;
    }
    line->first = at;
    line->first_column = column;
    line->indent = column - line->column;
    line->blank = at == line->end;
}

/* The offset of the line's ending, or of the end of the text. Most lines end in \n and hold no \r. */
static uint32_t find_end(Str rest)
{
    size_t end = str_find_char(rest, '\n');
    end = end == STR_NONE ? rest.length : end;
    size_t carriage = str_find_char(str_before(rest, end), '\r');
    return (uint32_t)(carriage == STR_NONE ? end : carriage);
}

Line line_at(Str text, uint32_t start)
{
    uint32_t end = start + find_end(str_after(text, start));
    uint32_t next = end;
    if (next < text.length) {
        next++;
        next += text.data[end] == '\r' && next < text.length && text.data[next] == '\n';
    }
    Line line = {.text = text, .start = start, .end = end, .next = next, .at = start};
    find_first(&line);
    return line;
}

void line_skip_columns(Line *line, uint32_t columns)
{
    while (columns > 0 && line->at < line->first) {
        uint32_t width = line->text.data[line->at] == '\t' ? to_tab_stop(line->column) : 1;
        uint32_t taken = width < columns ? width : columns;
        line->column += taken;
        line->at += taken == width;
        columns -= taken;
    }
    find_first(line);
}

void line_skip_to(Line *line, uint32_t offset)
{
    line->column = line->first_column + (offset - line->first);
    line->at = offset;
    find_first(line);
}
