/*
 * limits: every size that a client controls, and what happens beyond it. Nothing a client sends may
 * end the process or make it grow without bound; whoever adds a queue or a table names its limit
 * here.
 *
 * A document that is too large is told apart in two steps. A body up to LIMIT_BODY_BYTES is kept
 * and read whole, so a text over LIMIT_DOCUMENT_BYTES is found by the one who opens it. A longer
 * body is never kept: its parts pass through json_skim, which leaves the message without its long
 * strings and its arrays. Method, id and URI are still known, so that a request gets its reply and
 * a document is tracked as too large, whatever the order of the members and in constant memory.
 */
#ifndef PROTOCOL_LIMITS_H
#define PROTOCOL_LIMITS_H

enum {
    /* The headers of one frame; a longer run of bytes is no header: FRAME_BAD. */
    LIMIT_HEADER_BYTES = 4 << 10,

    /* One message body; beyond, it is skimmed (see above): FRAME_PART, FRAME_TOO_LARGE. */
    LIMIT_BODY_BYTES = 64 << 20,

    /* What the frame reader keeps allocated between messages. */
    LIMIT_IDLE_INPUT_BYTES = 256 << 10,

    /* What is kept of a skimmed body, and of one string in it. */
    LIMIT_SKIM_BYTES = 64 << 10,
    LIMIT_SKIM_STRING_BYTES = 4 << 10,

    /* Arrays and objects inside each other. jansson's own limit, compiled into it: ParseError. */
    LIMIT_JSON_NESTING = 2048,

    /* The text of one open document: beyond, tracked but not analysed, after one showMessage. */
    LIMIT_DOCUMENT_BYTES = 32 << 20,

    /* Open documents: one more is not tracked, after one log message. */
    LIMIT_OPEN_DOCUMENTS = 100000,

    /* Messages received and not yet handled: beyond, frames stay where they are until some are. */
    LIMIT_QUEUED_MESSAGES = 1000,

    /* Requests to the client that it has not answered: the oldest is given up. */
    LIMIT_ASKED = 16,

    /* Folders that are watched for configurations where the client cannot: more are not. */
    LIMIT_WATCHED_FOLDERS = 256,

    /* Bytes written and not yet taken by the client: beyond, its input is not read. */
    LIMIT_IN_FLIGHT_BYTES = 16 << 20,

    /* Diagnostics of one document; the last one says that there are more. */
    LIMIT_DIAGNOSTICS = 1000,
};

#endif
