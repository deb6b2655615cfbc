/*
 * output: a queue of buffers on their way to a descriptor, whatever it is.
 *
 * What the descriptor takes at once is never queued. Nothing is thrown away: how much may be in
 * flight is for its user to heed.
 */
#ifndef SERVER_OS_OUTPUT_H
#define SERVER_OS_OUTPUT_H

#include "protocol/base/buf.h"
#include "server/os/input.h"

typedef struct {
    void *self;
    void (*drain)(void *self); /* all that was in flight has gone */
    void (*fail)(void *self);  /* nobody reads any more (EPIPE) or the device refuses */
} OutputEvents;

typedef struct {
    OutputEvents events;
    AnyStream as;     /* where it is a stream */
    uv_file file;     /* where it is a file */
    bool is_file;     /* else a stream */
    bool broken;      /* a write has failed: the rest is dropped */
    bool closed;      /* output_close was called */
    size_t in_flight; /* bytes queued and not yet written */
} Output;

/* Opens `file` for writing. A descriptor that is not open fails at the first write. */
void output_open(Output *output, uv_loop_t *loop, uv_file file, OutputEvents events);

/* What is still in flight is dropped. */
void output_close(Output *output);

/* Writes the contents of `taken`, in order, now or later. `fail` may be called before it returns.
 */
void output_write(Output *output, Buf taken);

#endif
