#include "protocol/base/buf.h"

#include "protocol/base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void buf_finish(Buf *buf)
{
    if (buf != NULL) {
        free(buf->data);
        *buf = (Buf){0};
    }
}

#ifdef STRESS
/* Every append moves the storage, so that a pointer kept across one is found out; but not what is so
 * large that this alone would take minutes. */
enum { STRESS_BYTES = 64 << 10 };

static void grow(Buf *buf, size_t needed)
{
    size_t capacity = needed < STRESS_BYTES ? needed : needed * 2;
    char *moved = memory_new(capacity);
    if (buf->length > 0) {
        memcpy(moved, buf->data, buf->length);
    }
    free(buf->data);
    buf->data = moved;
    buf->capacity = capacity;
}

static bool has_room(const Buf *buf, size_t needed)
{
    bool moves = needed != buf->length && needed < STRESS_BYTES;
    return needed <= buf->capacity && buf->data != NULL && !moves;
}
#else
static void grow(Buf *buf, size_t needed)
{
    size_t doubled = buf->capacity < 64 ? 64 : buf->capacity * 2;
    buf->capacity = needed > doubled ? needed : doubled;
    buf->data = memory_resize(buf->data, buf->capacity);
}

static bool has_room(const Buf *buf, size_t needed)
{
    return needed <= buf->capacity && buf->data != NULL;
}
#endif

char *buf_reserve(Buf *buf, size_t more)
{
    if (!has_room(buf, buf->length + more)) {
        grow(buf, buf->length + more);
    }
    return buf->data + buf->length;
}

void buf_append(Buf *buf, Str text)
{
    if (text.length > 0) {
        memcpy(buf_reserve(buf, text.length), text.data, text.length);
        buf->length += text.length;
    }
}

void buf_append_char(Buf *buf, char c)
{
    *buf_reserve(buf, 1) = c;
    buf->length++;
}

void buf_append_number(Buf *buf, uint64_t value)
{
    char digits[20];
    size_t at = sizeof(digits);
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    buf_append(buf, (Str){digits + at, sizeof(digits) - at});
}

void buf_printf(Buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length > 0) {
        vsnprintf(buf_reserve(buf, (size_t)length + 1), (size_t)length + 1, format, again);
        buf->length += (size_t)length;
    }
    va_end(again);
}

void buf_drop_front(Buf *buf, size_t count)
{
    if (count >= buf->length) {
        buf->length = 0;
    } else if (count > 0) {
        buf->length -= count;
        memmove(buf->data, buf->data + count, buf->length);
    }
}
