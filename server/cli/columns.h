/*
 * columns: how wide text is on a terminal, and which part of a long line to show there.
 *
 * Widths are those of what plain_append and columns_append print: an escape is as wide as its
 * characters, Han and most emoji are two columns, marks none. It is ignorant of the terminal.
 */
#ifndef SERVER_CLI_COLUMNS_H
#define SERVER_CLI_COLUMNS_H

#include "protocol/base/buf.h"

/* The width of `text`; a tab counts as one column. */
uint32_t columns_of(Str text);

/* How many bytes of the start of `text` fit into `columns`. */
size_t columns_fit(Str text, uint32_t columns);

/* Appends `text` as plain_append does, a tab as one blank. */
void columns_append(Buf *out, Str text);

/* Part of a line, about a place in it. */
typedef struct {
    Str text;         /* what is shown of the line */
    bool cut, more;   /* something before it, behind it is left out */
    uint32_t before;  /* columns from its start to the place, a mark for what is cut included */
    uint32_t columns; /* of the place, as far as it is shown; at least 1 */
} Excerpt;

/* Of `line`, at most `width` columns that show where the place `from` to `to` begins. */
Excerpt columns_excerpt(Str line, size_t from, size_t to, uint32_t width);

/* Appends the text with an ellipsis where something is left out. */
void excerpt_append(Buf *out, const Excerpt *excerpt);

#endif
