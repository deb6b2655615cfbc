/*
 * link: the parts of links and of link reference definitions, in text whose lines end in \n.
 *
 * Each function reads at `at` and returns the offset behind what it has read, or STR_NONE where the
 * text is no such thing (CommonMark 0.31, "Link reference definitions" and "Links").
 */
#ifndef SERVER_MARKDOWN_LINK_H
#define SERVER_MARKDOWN_LINK_H

#include "server/markdown/syntax.h"

/* `[label]`: at most 999 bytes of label, with something else than blanks in it. */
size_t link_label(Str text, size_t at, Span *label);

/* `<destination>` or a destination without blanks whose parentheses are balanced. */
size_t link_destination(Str text, size_t at, Span *destination);

/* `"title"`, `'title'` or `(title)`. */
size_t link_title(Str text, size_t at, Span *title);

/* `(destination "title")`, both optional. */
size_t link_tail(Str text, size_t at, Span *destination, Span *title);

/* `[label]: destination "title"` with the line ending behind it. */
size_t link_definition(Str text, size_t at, Span *label);

/* Spaces, tabs and line endings. */
size_t link_skip_blanks(Str text, size_t at);

/* What labels are matched by. */
LabelKey link_label_key(Str label);
LabelKey link_footnote_key(Str label);

#endif
