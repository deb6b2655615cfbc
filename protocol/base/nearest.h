/*
 * nearest: which word of a list was meant by one that is not in it.
 *
 *     Nearest nearest = nearest_to(STR("chekc"));
 *     nearest_try(&nearest, STR("check"));
 *     nearest_try(&nearest, STR("rules"));
 *     nearest.word                            "check"; empty where none is near
 *
 * Near is what few slips of the fingers explain: a letter too many, too few, another, or two that
 * changed places. It borrows the words it is given.
 */
#ifndef PROTOCOL_BASE_NEAREST_H
#define PROTOCOL_BASE_NEAREST_H

#include "protocol/base/str.h"

typedef struct {
    Str wanted;     /* the word that is not in the list */
    Str word;       /* the nearest so far, the first of equals; empty: none is near */
    uint32_t slips; /* between the two; while `word` is empty, one more than is near */
} Nearest;

/* Begins a search. A wanted word of one letter, or of more than NEAREST_LENGTH bytes, has no near
 * ones. */
enum { NEAREST_LENGTH = 64 };
Nearest nearest_to(Str wanted);

/* Takes a word of the list into account. */
void nearest_try(Nearest *nearest, Str candidate);

/* How many slips lead from one word to the other; bytes are letters, and dashes and underscores
 * are equal. Neither may be longer than NEAREST_LENGTH. */
uint32_t nearest_slips(Str a, Str b);

#endif
