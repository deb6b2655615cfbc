/*
 * random: numbers that are the same in every run, and edits of the text that a test compares with.
 */
#ifndef TESTS_UNIT_RANDOM_H
#define TESTS_UNIT_RANDOM_H

#include "protocol/base/buf.h"

/* A number below `below`, which is not 0 but where any answer will do. */
static inline uint32_t next_random(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525u + 1013904223u;
    return below == 0 ? 0 : (*state >> 8) % below;
}

/* The offset of the character at or before `offset`. */
static inline size_t character_at(const Buf *text, size_t offset)
{
    while (offset > 0 && offset < text->length &&
           ((unsigned char)text->data[offset] & 0xC0) == 0x80) {
        offset--;
    }
    return offset;
}

/* Puts `replacement` in place of the bytes from `start` to `end`. */
static inline void splice_text(Buf *text, size_t start, size_t end, Str replacement)
{
    Buf after = {0};
    buf_append(&after, str_after(buf_str(text), end));
    text->length = start;
    buf_append(text, replacement);
    buf_append(text, buf_str(&after));
    buf_finish(&after);
}

#endif
