/*
 * progress: one line on a terminal that says how far something is. It appears only where that lasts,
 * and goes before anything else is printed.
 */
#ifndef SERVER_CLI_PROGRESS_H
#define SERVER_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    bool wanted;    /* standard error is a terminal */
    bool shown;     /* the line is there now */
    uint64_t next;  /* when it may be written again, by terminal_clock */
    uint32_t total; /* how much there is to do */
} Progress;

/* `wanted` false: nothing is ever shown. */
void progress_begin(Progress *progress, bool wanted, uint32_t total);

/* So much is done. */
void progress_tell(Progress *progress, uint32_t done);

/* Clears the line, where it is shown. */
void progress_clear(Progress *progress);

#endif
