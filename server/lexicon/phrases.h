/*
 * phrases: phrases that are known only at run time: a publisher's own. They are written and compared
 * as those of the lexicon: words, a trailing `*` for the rest of a word (alone any word), `…` at the
 * end for the rest of the block.
 */
#ifndef SERVER_LEXICON_PHRASES_H
#define SERVER_LEXICON_PHRASES_H

#include "protocol/base/arena.h"

typedef struct {
    Str words;  /* folded, one blank between */
    bool stars; /* some word of them ends with a `*` */
    bool rest;  /* `…`: more may follow, and must */
} Phrase;

/* Reads a phrase, which then lives in `arena`. NULL, or what is wrong with it; then nothing is
 * written. */
const char *phrase_read(Str source, Arena *arena, Phrase *phrase);

/* Whether one of the phrases is all of a text. */
bool phrases_match(const Phrase *phrases, uint32_t count, Str text);

#endif
