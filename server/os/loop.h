/*
 * loop: the process' one event loop: standard input to its client, the client's messages to
 * standard output, and the ends of both.
 *
 * The loop is over when its client says so, when standard input ends, when nobody reads standard
 * output any more, when the watched parent has gone, or on SIGINT and SIGTERM. Reading then stops,
 * what is in flight is written (for a short while, should nobody take it), and loop_run returns. It
 * knows nothing of messages, and standard output carries nothing but what loop_write was given:
 * whatever a library prints goes nowhere.
 */
#ifndef SERVER_OS_LOOP_H
#define SERVER_OS_LOOP_H

#include "protocol/base/buf.h"

typedef struct Loop Loop;

typedef struct {
    void *self;
    void (*receive)(void *self, Str bytes); /* what was read; borrowed until it returns */
    void (*drain)(void *self);              /* the output is no longer congested */
    void (*changed)(void *self, Str path);  /* of something in a folder that is watched; borrowed */
} LoopClient;

/* Lifetime */

/* On the process' standard input and output, of which it takes possession; once a process. */
Loop *loop_new(LoopClient client);
void loop_free(Loop *loop);

/* Changers */

/* Returns when the loop is over. */
void loop_run(Loop *loop);

/* Sends what is in flight, then ends. May be called at any time, more than once. */
void loop_stop(Loop *loop);

/* Writes the contents of `taken`, in order. */
void loop_write(Loop *loop, Buf taken);

/* Ends the loop when process `pid` has gone. */
void loop_watch_parent(Loop *loop, int64_t pid);

/* Tells what changes in a folder from now on, but not below it. */
void loop_watch_folder(Loop *loop, Str folder);

/* Queries */

/* Whether more is in flight than it is sensible to add to: the reader has stalled. Until `drain`,
 * nothing more is read. */
bool loop_congested(const Loop *loop);

#endif
