/*
 * heap: makes the process small again after something large has gone.
 */
#ifndef SERVER_OS_HEAP_H
#define SERVER_OS_HEAP_H

/* Once, at the start: large blocks come from the system and go straight back to it. */
void heap_configure(void);

/* Gives back to the system what lies free between the blocks in use. Not for every message. */
void heap_trim(void);

#endif
