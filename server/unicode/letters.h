/*
 * letters: how many letters of each script a text has.
 */
#ifndef SERVER_UNICODE_LETTERS_H
#define SERVER_UNICODE_LETTERS_H

#include "server/unicode/unicode.h"

typedef struct {
    uint32_t of[UNICODE_SCRIPTS]; /* by script; those that are of several are UNICODE_COMMON */
} Letters;

/* Adds those of `text`. Returns whether letters of two scripts touch in it. */
bool letters_count(Letters *letters, Str text);
void letters_add(Letters *letters, const Letters *more);

/* Takes away what was added before. */
void letters_subtract(Letters *letters, const Letters *less);

/* Of all scripts together. */
uint32_t letters_total(const Letters *letters);

#endif
