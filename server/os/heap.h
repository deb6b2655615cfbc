/*
 * heap: makes the process small again after something large has gone.
 */
#ifndef SERVER_OS_HEAP_H
#define SERVER_OS_HEAP_H

#include <stdint.h>

/* Once, at the start: large blocks come from the system and go straight back to it. */
void heap_configure(void);

/* Before `count` threads allocate at once: each may have a heap of its own. */
void heap_serve_threads(uint32_t count);

/* Gives back to the system what lies free between the blocks in use. Not for every message. */
void heap_trim(void);

#endif
