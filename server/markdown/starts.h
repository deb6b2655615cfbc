/*
 * starts: how the lines look with which blocks begin and end. Each function reads the rest of one
 * line, its indentation taken off, and knows nothing of the blocks around it.
 *
 * The clauses are those of CommonMark 0.31 and of the GFM specification ("Tables").
 */
#ifndef SERVER_MARKDOWN_STARTS_H
#define SERVER_MARKDOWN_STARTS_H

#include "server/markdown/syntax.h"

/* "ATX headings": the level, 1 to 6, or 0. The text's span and that of the closing sequence (empty
 * where there is none) are relative to `rest`. */
uint8_t start_atx(Str rest, Span *text, Span *closing);

/* "Setext headings": the level of the heading above an underline, 1 or 2, or 0. */
uint8_t start_setext(Str rest);

/* "Thematic breaks" */
bool start_thematic_break(Str rest);

/* "Fenced code blocks": the length of the opening fence, or 0. */
uint32_t start_fence(Str rest);

/* Whether a line closes a fence of `length` `marker`s. */
bool start_fence_closing(Str rest, char marker, uint32_t length);

/* "HTML blocks": the kind, 1 to 7, or 0. Kind 7 may not interrupt a paragraph. */
uint8_t start_html(Str rest, bool in_paragraph);

/* Whether a line of an HTML block of kind 1 to 5 ends it. */
bool start_html_end(Str line, uint8_t kind);

/* Where raw HTML that stands inline at `at` ends ("Raw HTML"). That it is some is known; what is left
 * is to find which `>` is its last byte. */
uint32_t html_inline_end(Str text, uint32_t at);

typedef struct {
    char marker;     /* - + * of bullets; . or ) of numbers */
    bool ordered;    /* a number */
    bool one;        /* the number is 1 */
    uint32_t length; /* of the marker, in bytes */
} ListMarker;

/* "List items": the marker at the beginning of `rest`; a blank or the line's end follows it. */
bool start_list(Str rest, ListMarker *marker);

/* A footnote definition's `[^label]:`; the label is without the ^, relative to `rest`. Its length is
 * returned, or 0. */
uint32_t start_footnote(Str rest, Span *label);

/* "Tables": the number of columns of a delimiter row, or 0. It has a pipe or a colon, for otherwise
 * it underlines a heading. */
uint32_t start_table(Str rest);

/* Takes the next cell off a row: `*at` moves on, `cell` is its text without blanks around it,
 * relative to `row`. False when there is none. */
bool start_next_cell(Str row, uint32_t *at, Span *cell);

#endif
