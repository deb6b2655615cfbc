/*
 * json_write: writes JSON front to back into a buffer. Commas come by themselves; text is escaped
 * and, where it is not UTF-8, repaired with U+FFFD, so that what comes out is always valid.
 *
 *     jw_begin_object(writer);
 *     jw_key(writer, "line");
 *     jw_uint(writer, 7);
 *     jw_end_object(writer);
 *
 * A message has room in front for its Content-Length header, so that it is one contiguous run of
 * bytes. A zeroed JsonWriter is empty and ready. It owns its buffer.
 */
#ifndef PROTOCOL_JSON_WRITE_H
#define PROTOCOL_JSON_WRITE_H

#include "protocol/base/buf.h"

typedef struct {
    Buf out;        /* what has been written; in a message, behind room for the header */
    uint32_t depth; /* objects and arrays that are open */
    bool comma;     /* the next value or key needs one before it */
} JsonWriter;

/* A place to come back to. */
typedef struct {
    size_t length;
    uint32_t depth;
    bool comma;
} JsonMark;

/* Lifetime */

void jw_finish(JsonWriter *writer);
void jw_reset(JsonWriter *writer);

/* Messages */

/* Empties the writer and begins a body. */
void jw_message_begin(JsonWriter *writer);

/* Ends the body that was begun and puts its header before it. Borrowed until the next change. */
Str jw_message_end(JsonWriter *writer);

/* As jw_message_end, but the caller owns the message and the writer is empty. */
Buf jw_message_take(JsonWriter *writer);

/* Values */

void jw_begin_object(JsonWriter *writer);
void jw_end_object(JsonWriter *writer);
void jw_begin_array(JsonWriter *writer);
void jw_end_array(JsonWriter *writer);

void jw_string(JsonWriter *writer, Str text);
void jw_uint(JsonWriter *writer, uint64_t value);
void jw_int(JsonWriter *writer, int64_t value);
void jw_bool(JsonWriter *writer, bool value);
void jw_null(JsonWriter *writer);

/* A value that is JSON already. */
void jw_raw(JsonWriter *writer, Str json);

/* Keys: of the program, which need no escapes, or of any text. */

void jw_key_plain(JsonWriter *writer, Str key);
void jw_key_text(JsonWriter *writer, Str key);

static inline void jw_key(JsonWriter *writer, const char *key)
{
    jw_key_plain(writer, (Str){key, strlen(key)});
}

/* A key and its value. */

static inline void jw_string_field(JsonWriter *writer, const char *key, Str text)
{
    jw_key(writer, key);
    jw_string(writer, text);
}

static inline void jw_uint_field(JsonWriter *writer, const char *key, uint64_t value)
{
    jw_key(writer, key);
    jw_uint(writer, value);
}

static inline void jw_bool_field(JsonWriter *writer, const char *key, bool value)
{
    jw_key(writer, key);
    jw_bool(writer, value);
}

/* Going back */

JsonMark jw_mark(const JsonWriter *writer);

/* Forgets all that was written since. */
void jw_rewind(JsonWriter *writer, JsonMark mark);

#endif
