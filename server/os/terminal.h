/*
 * terminal: whether a person looks at standard output or standard error, and through what.
 */
#ifndef SERVER_OS_TERMINAL_H
#define SERVER_OS_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

typedef enum { TERMINAL_OUTPUT = 1, TERMINAL_ERROR = 2 } TerminalStream;

bool terminal_is(TerminalStream stream);

/* Its columns; 0 where it is no terminal, 80 where it does not tell. */
uint32_t terminal_width(TerminalStream stream);

/* Whether it may be sent colours by itself: a terminal that knows them, and NO_COLOR is not set. */
bool terminal_has_colour(TerminalStream stream);

#endif
