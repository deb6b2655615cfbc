/*
 * transcript: a session as it is written down under tests/sessions.
 *
 *     # Why this session exists.
 *     --> 1 initialize {"capabilities": {}}      a request: id, method, params
 *     <-- 1 {"capabilities": …, …}               its result
 *     --> initialized {}                         a notification
 *     --> 2 workspace/nothing
 *     <-- 2 error MethodNotFound "no such…"      an error: the code's name, the message if it matters
 *     <-- 1 workspace/configuration {"items": …} a request of the server: id, method, params
 *     --> 1 result [null]                        what the client answers
 *     --> body {"id": 1,                         a body as it is, under a right header
 *     --> body "{\"id\": \xFF"                  the same, with bytes as C writes them
 *     --> bytes "X-Header: 1\r\n"                bytes as they are
 *     --> (end of input)
 *     <-- (ends with 1)
 *
 * A line that begins with a blank goes on with the one before it. What is sent without a reply in
 * between is sent at once. Everything the server says is written down, in its order.
 */
#ifndef TESTS_HARNESS_TRANSCRIPT_H
#define TESTS_HARNESS_TRANSCRIPT_H

#include "protocol/base/array.h"
#include "protocol/base/buf.h"

typedef enum {
    STEP_SEND,   /* bytes to the server */
    STEP_CLOSE,  /* no more bytes */
    STEP_EXPECT, /* a message from it */
    STEP_END,    /* the end of it, with an exit code */
} StepKind;

typedef struct {
    StepKind kind;
    size_t start, end; /* of its lines in the file, without the last line's end */
    Buf bytes;         /* STEP_SEND: what to send; STEP_EXPECT: the whole message, as JSON */
    size_t code;       /* STEP_END */
} Step;

typedef struct {
    Buf text; /* the file */
    Array(Step) steps;
    Buf error; /* empty where the file is well-formed */
} Transcript;

/* False where the file cannot be read, or is not well-formed: then `error` says why. */
bool transcript_read(Transcript *transcript, const char *path);
void transcript_finish(Transcript *transcript);

/* Appends a message as the line that expects it, from "<-- " on. */
void transcript_print(Str body, Buf *out);

#endif
