/*
 * input: the bytes of a descriptor, whatever it is: pipe, socket, terminal or file.
 *
 * A file cannot be polled, so it is read request by request; all else is a stream. Of the bytes
 * this module knows nothing.
 */
#ifndef SERVER_OS_INPUT_H
#define SERVER_OS_INPUT_H

#include <uv.h>

#include "protocol/base/str.h"

enum { INPUT_CHUNK = 1 << 16 };

/* A descriptor as libuv handles it: which member is meant is in `kind`. */
typedef union {
    uv_handle_t handle;
    uv_stream_t stream;
    uv_pipe_t pipe;
    uv_tcp_t tcp;
    uv_tty_t tty;
} AnyStream;

typedef struct {
    void *self;
    void (*receive)(void *self, Str bytes); /* bytes came; borrowed until it returns */
    void (*end)(void *self);                /* no more will come */
} InputEvents;

typedef struct {
    InputEvents events;
    uv_loop_t *loop;
    AnyStream as;    /* where it is a stream */
    uv_fs_t request; /* where it is a file: the read under way */
    uv_file file;    /* where it is a file */
    bool is_file;    /* else a stream */
    bool reading;    /* wanted: not paused */
    bool busy;       /* a file's read is under way */
    bool closed;     /* input_close was called, or it never opened */
    char *chunk;     /* INPUT_CHUNK bytes, owned */
} Input;

/* Opens `file` as a stream of its kind. Negative (an UV_ error) where it is none, and then nothing
 * is to be closed. */
int stream_open(uv_loop_t *loop, uv_file file, uv_handle_type kind, AnyStream *stream);

/* Starts reading. A descriptor that is not open is at its end, which is told by the loop later. */
void input_open(Input *input, uv_loop_t *loop, uv_file file, InputEvents events);

/* After this no event comes. The storage may be given up when the loop has run dry. */
void input_close(Input *input);
void input_finish(Input *input);

void input_pause(Input *input);
void input_resume(Input *input);

#endif
