/*
 * automaton: the form in which generate.c leaves the phrases to lexicon.c. Nobody else needs it.
 *
 * A deterministic automaton over the bytes of folded words, one blank between words; for markers
 * over the bytes as they are. State 0 is dead. Equal states are one, so that phrases share their
 * endings as well as their beginnings.
 */
#ifndef SERVER_LEXICON_AUTOMATON_H
#define SERVER_LEXICON_AUTOMATON_H

#include "server/lexicon/lexicon.h"

/* A word that may stand before a phrase ("Error:"). It never leaves the module. */
enum { TIER_LEAD = LEXICON_MARKER + 1 };

/* Where matching starts. */
enum {
    ROOT_BLOCK,   /* phrases that are a block by themselves, and leads */
    ROOT_BRACKET, /* these, and the ones that count in brackets only */
    ROOT_MARKER,  /* markers, by exact bytes */
    ROOT_OMISSION,
    ROOT_OPENING, /* of a chat; here and below in the order of LexiconChat */
    ROOT_SIGN,
    ROOT_CLOSING,
    ROOT_DISCLAIMER,
    ROOT_FUNCTION_WORD,
    ROOTS,
};

typedef struct {
    uint32_t edge;    /* its first edge; the next state's first edge ends them */
    uint16_t other;   /* where bytes lead that have no edge, blanks apart: a `*` */
    uint16_t outcome; /* what a text is that has come so far; few states differ in it */
} State;

typedef struct {
    uint8_t accept;     /* the tier of the phrase that may end here, or 0 */
    uint8_t rest;       /* the tier of the phrase whose `…` begins here, or 0 */
    uint32_t accept_in; /* the languages that have these phrases, a bit each */
    uint32_t rest_in;   /* likewise */
} Outcome;

enum { LANGUAGE_LIMIT = 32 };

#endif
