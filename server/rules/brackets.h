/*
 * brackets: what stands in square brackets in prose and is no syntax of any kind.
 *
 * A link, a reference, a footnote, a task box, [[wiki]], a[i], [x](y), [x]{y} and what is quoted are
 * no brackets here; \[x\] is, and so are the brackets of Chinese and Japanese: ［x］ 【x】 （x）. It knows
 * no phrases: what a bracket means is for the rule to say.
 */
#ifndef SERVER_RULES_BRACKETS_H
#define SERVER_RULES_BRACKETS_H

#include "server/markdown/prose.h"

typedef struct {
    Span whole;  /* in the chunk, brackets included */
    Span inside; /* between them */
    bool round;  /* （）, which hold any remark */
} Bracket;

/* A place in a leaf block, from bracket to bracket. */
typedef struct {
    const Chunk *chunk;
    Prose prose;
    ProseRun run;
    bool wide;      /* brackets that are not ASCII may be among them */
    uint32_t at;    /* in `run` */
    uint32_t heard; /* up to where quotation marks are counted */
    uint32_t quote; /* the one that is open there, or 0 */
} Brackets;

/* Begins at the first bracket of a leaf. Cheap where its text has none. */
Brackets brackets_of(const Chunk *chunk, uint32_t block);

/* The next bracket, in the order of the text. False at the end; then nothing is written. */
bool brackets_next(Brackets *brackets, Bracket *bracket);

/* Whether the bracket that came last is mentioned and not said: it stands in quotation marks that
 * its leaf has opened. */
bool brackets_is_mentioned(Brackets *brackets, const Bracket *last);

#endif
