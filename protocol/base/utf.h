/*
 * utf: code points in UTF-8, which may be invalid anywhere: nothing here fails or reads past the
 * end.
 *
 * An invalid sequence counts as U+FFFD, one for each maximal subpart (The Unicode Standard, 3.9,
 * "U+FFFD Substitution of Maximal Subparts"), as editors and browsers do.
 */
#ifndef PROTOCOL_BASE_UTF_H
#define PROTOCOL_BASE_UTF_H

#include "protocol/base/buf.h"

enum { UTF_REPLACEMENT = 0xFFFD };

/* What utf_next and utf_sequence call where the code point is not one of the first 2,048. */
uint32_t utf_next_any(Str text, size_t *offset);
size_t utf_sequence_any(Str text, size_t offset);

/* Whether a valid sequence of two bytes is at `offset`. */
static inline bool utf_is_pair(Str text, size_t offset)
{
    const unsigned char *at = (const unsigned char *)text.data + offset;
    return at[0] >= 0xC2 && at[0] < 0xE0 && text.length - offset > 1 && (at[1] & 0xC0) == 0x80;
}

/* The code point at `*offset`, which moves behind it. `*offset` must be below text.length. */
static inline uint32_t utf_next(Str text, size_t *offset)
{
    const unsigned char *at = (const unsigned char *)text.data + *offset;
    if (at[0] < 0x80) {
        *offset += 1;
        return at[0];
    }
    if (utf_is_pair(text, *offset)) {
        *offset += 2;
        return (uint32_t)(at[0] & 0x1F) << 6 | (at[1] & 0x3F);
    }
    return utf_next_any(text, offset);
}

/* The code point that ends at `*offset`, which moves before it. `*offset` must be above 0. */
uint32_t utf_previous(Str text, size_t *offset);

/* The length in bytes of the valid sequence at `offset`, or 0 where it is invalid. */
static inline size_t utf_sequence(Str text, size_t offset)
{
    if ((unsigned char)text.data[offset] < 0x80) {
        return 1;
    }
    return utf_is_pair(text, offset) ? 2 : utf_sequence_any(text, offset);
}

/* Whether all of `text` is valid. */
bool utf_valid(Str text);

/* Writes one code point and returns its length in bytes; a surrogate or a value past U+10FFFF is
 * written as U+FFFD. */
size_t utf_encode(uint32_t code_point, char out[4]);
void utf_append(Buf *buf, uint32_t code_point);

#endif
