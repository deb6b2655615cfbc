/*
 * buf: a growing run of bytes that owns its storage. A zeroed Buf is empty and valid.
 *
 * What buf_str returns is borrowed until the next change of its Buf.
 */
#ifndef PROTOCOL_BASE_BUF_H
#define PROTOCOL_BASE_BUF_H

#include "protocol/base/str.h"

typedef struct {
    char *data;      /* NULL until something is appended */
    size_t length;   /* bytes in use */
    size_t capacity; /* bytes allocated */
} Buf;

/* Lifetime */

/* Frees the storage and leaves an empty Buf. */
void buf_finish(Buf *buf);

/* Empties it and keeps the storage. */
static inline void buf_reset(Buf *buf)
{
    buf->length = 0;
}

/* The contents, which now belong to the caller; leaves an empty Buf. */
static inline Buf buf_take(Buf *buf)
{
    Buf taken = *buf;
    *buf = (Buf){0};
    return taken;
}

/* Changers */

/* Makes room for `more` bytes and returns where they go; the caller adds to `length` what it wrote. */
char *buf_reserve(Buf *buf, size_t more);

/* `text` may be any bytes, but not a part of `buf` itself. */
void buf_append(Buf *buf, Str text);
void buf_append_char(Buf *buf, char c);
void buf_append_number(Buf *buf, uint64_t value);
void buf_printf(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Removes the first `count` bytes, or all where there are fewer. */
void buf_drop_front(Buf *buf, size_t count);

/* Queries */

static inline Str buf_str(const Buf *buf)
{
    return (Str){buf->data, buf->length};
}

#endif
