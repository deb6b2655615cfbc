/*
 * blocks: what one line does to the open blocks of the scanner (CommonMark 0.31, "A parsing
 * strategy", phase 1): which go on, which end, which begin.
 *
 * It sees one line at a time; where chunks and documents begin and end is the scanner's (scan.h).
 */
#ifndef SERVER_MARKDOWN_BLOCKS_H
#define SERVER_MARKDOWN_BLOCKS_H

#include "server/markdown/line.h"
#include "server/markdown/scan.h"

enum { CODE_INDENT = 4 }; /* columns: "Indented code blocks" */

/* Takes one line in. The line's cursor moves. */
void blocks_line(Scanner *scanner, Line *line);

/* Opens what the chunk before has left open, as `scanner->in` says. */
void blocks_resume(Scanner *scanner);

/* Closes all that is open; what goes on by `scanner->out` is marked so. */
void blocks_suspend(Scanner *scanner);

/* Whether a line at the root is the next item of the outermost list. */
bool blocks_is_own_item(const Scanner *scanner, const Line *line);

#endif
