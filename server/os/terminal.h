/*
 * terminal: whether a person looks at standard output or standard error, and through what; and the
 * signals that come from there.
 */
#ifndef SERVER_OS_TERMINAL_H
#define SERVER_OS_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

typedef enum { TERMINAL_OUTPUT = 1, TERMINAL_ERROR = 2 } TerminalStream;

bool terminal_is(TerminalStream stream);

/* Its columns; 0 where it is no terminal, 80 where it does not tell. */
uint32_t terminal_width(TerminalStream stream);

/* Whether it is a terminal that knows escape sequences; whether it may be sent colours by itself: it
 * knows them, and NO_COLOR is not set. */
bool terminal_obeys(TerminalStream stream);
bool terminal_has_colour(TerminalStream stream);

/* From now on an interrupt (Ctrl-C) clears the line under the cursor of standard error before it ends
 * the process as it would without. */
void terminal_clear_on_interrupt(void);

/* From now on a reader who has gone is a failed write, not the process' end. */
void terminal_outlive_reader(void);

/* Milliseconds of a clock that only goes forward. */
uint64_t terminal_clock(void);

#endif
