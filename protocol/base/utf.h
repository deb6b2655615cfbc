/*
 * utf: code points in UTF-8, which may be invalid anywhere: nothing here fails or reads past the end.
 *
 * An invalid sequence counts as U+FFFD, one for each maximal subpart (The Unicode Standard, 3.9,
 * "U+FFFD Substitution of Maximal Subparts"), as editors and browsers do.
 */
#ifndef PROTOCOL_BASE_UTF_H
#define PROTOCOL_BASE_UTF_H

#include "protocol/base/buf.h"

enum { UTF_REPLACEMENT = 0xFFFD };

/* The code point at `*offset`, which moves behind it. `*offset` must be below text.length. */
uint32_t utf_next(Str text, size_t *offset);

/* The code point that ends at `*offset`, which moves before it. `*offset` must be above 0. */
uint32_t utf_previous(Str text, size_t *offset);

/* The length in bytes of the valid sequence at `offset`, or 0 where it is invalid. */
size_t utf_sequence(Str text, size_t offset);

/* Whether all of `text` is valid. */
bool utf_valid(Str text);

/* Appends one code point; a surrogate or a value past U+10FFFF is appended as U+FFFD. */
void utf_append(Buf *buf, uint32_t code_point);

#endif
