/*
 * line: one line of text under the block scanner's cursor, which moves by bytes and by columns.
 *
 * Columns count from 0; a tab goes to the next multiple of 4 (CommonMark 0.31, "Tabs") and can be
 * used up in part: then the cursor still stands on it and only its column has moved.
 */
#ifndef SERVER_MARKDOWN_LINE_H
#define SERVER_MARKDOWN_LINE_H

#include "server/markdown/syntax.h"

typedef struct {
    Str text;              /* the scanned text, of which this is a line */
    uint32_t start, end;   /* of the line, without its ending */
    uint32_t next;         /* where the next one starts */
    uint32_t at, column;   /* the cursor */
    uint32_t first;        /* the first byte at or after the cursor that is no space or tab */
    uint32_t first_column; /* its column */
    uint32_t indent;       /* columns from the cursor to it */
    bool blank;            /* there is none: `first` is `end` */
} Line;

/* The line of `text` that starts at `start`, which is not past the last byte. */
Line line_at(Str text, uint32_t start);

/* Moves the cursor over `columns` columns of blanks, at most to the first other byte. */
void line_skip_columns(Line *line, uint32_t columns);

/* Puts the cursor on the byte at `offset`, which is not before it; what it passes is not a tab. */
void line_skip_to(Line *line, uint32_t offset);

/* What is left of the line, from `first` on. */
static inline Str line_rest(const Line *line)
{
    return str_slice(line->text, line->first, line->end);
}

/* Whether `c` is a space or a tab. */
static inline bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The length of the run of `c` at the beginning of `text`. */
static inline uint32_t run_length(Str text, char c)
{
    uint32_t length = 0;
    while (length < text.length && text.data[length] == c) {
        length++;
    }
    return length;
}

#endif
