/*
 * frame: turns a stream of bytes into message bodies (LSP 3.17, "Base Protocol").
 *
 * A frame is header lines, an empty line, and a body of Content-Length bytes. This module is
 * ignorant of JSON and of descriptors: the caller feeds whatever chunk arrived, then takes events
 * until there are none. Events do not depend on how the stream was cut, but for the number of
 * FRAME_PARTs.
 *
 * Ownership: a reader owns its buffer. A body is borrowed, until the next call on its reader.
 */
#ifndef PROTOCOL_FRAME_H
#define PROTOCOL_FRAME_H

#include "protocol/base/buf.h"

typedef enum {
    FRAME_NONE,      /* feed more */
    FRAME_BODY,      /* a whole body */
    FRAME_PART,      /* some bytes, in order, of a body over the limit, which is not kept */
    FRAME_TOO_LARGE, /* a body over the limit has ended; its parts came before */
    FRAME_BAD,       /* bytes that are no header; they are skipped, up to the next ones that are */
} FrameEvent;

typedef struct {
    Str body; /* FRAME_BODY: the bytes between the headers and the next frame; FRAME_PART: some */
    size_t size; /* Content-Length, in bytes */
} Frame;

typedef enum {
    FRAME_IN_HEADERS,
    FRAME_IN_BODY,
    FRAME_SKIPPING, /* in a body over the limit */
    FRAME_SEEKING,  /* between FRAME_BAD and the next header */
} FrameState;

typedef struct {
    Buf input;        /* what has been fed and not yet dropped */
    size_t used;      /* how much of it earlier events have used up */
    size_t scanned;   /* how much of it is known to hold no end of headers */
    size_t size;      /* of the current body, in bytes */
    size_t left;      /* FRAME_SKIPPING: bytes of the body still to come */
    size_t limit;     /* the largest body that is kept, in bytes */
    FrameState state; /* what `used` stands before */
} FrameReader;

/* Lifetime */

void frame_reader_init(FrameReader *reader, size_t limit);
void frame_reader_finish(FrameReader *reader);

/* Changers */

/* Appends a copy of chunk: any size, cut anywhere, also inside a header or a UTF-8 sequence. */
void frame_feed(FrameReader *reader, Str chunk);

/* The next event. `frame` is written for FRAME_BODY, FRAME_PART and FRAME_TOO_LARGE only. Linear in
 * the bytes fed, however they were cut. */
FrameEvent frame_next(FrameReader *reader, Frame *frame);

#endif
