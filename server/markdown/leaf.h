/*
 * leaf: the part of the block scanner that knows the text of leaves: lines of a paragraph, the
 * definitions that come off its front, task boxes, and the rows of tables.
 *
 * Each function works on the scanner's open leaf; offsets are in the scanned text.
 */
#ifndef SERVER_MARKDOWN_LEAF_H
#define SERVER_MARKDOWN_LEAF_H

#include "server/markdown/line.h"
#include "server/markdown/scan.h"

/* Adds a block under the innermost open container; returns its index. */
uint32_t leaf_add_block(Scanner *scanner, BlockType type, uint32_t start, uint32_t end);

/* Adds what is left of a line to the open paragraph. */
void leaf_add_line(Scanner *scanner, const Line *line);

/* Takes the definitions off the front of the open paragraph. False where nothing is left of it; then
 * it is open still, without a line. */
bool leaf_take_definitions(Scanner *scanner);

/* Closes the open leaf, whatever it is; nothing where there is none. */
void leaf_close(Scanner *scanner);

/* Makes the open paragraph a setext heading. */
void leaf_make_heading(Scanner *scanner, const Line *underline, uint8_t level);

/* Makes the last line of the open paragraph the head of a table where `line` is its delimiter row. */
bool leaf_make_table(Scanner *scanner, const Line *line);

/* Adds a line to the open table. */
void leaf_add_row(Scanner *scanner, const Line *line);

#endif
