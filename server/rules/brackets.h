/*
 * brackets: what stands in square brackets in prose and is no syntax of any kind.
 *
 * A link, a reference, a footnote, a task box, [[wiki]], a[i], [x](y), [x]{y} and what is quoted are
 * no brackets here; \[x\] is. It knows no phrases: what a bracket means is for the rule to say.
 */
#ifndef SERVER_RULES_BRACKETS_H
#define SERVER_RULES_BRACKETS_H

#include "server/markdown/prose.h"

typedef struct {
    Span whole;  /* in the chunk, brackets included */
    Span inside; /* between them */
} Bracket;

/* A place in a leaf block, from bracket to bracket. */
typedef struct {
    const Chunk *chunk;
    uint32_t start; /* of the leaf's text */
    Prose prose;
    ProseRun run;
    uint32_t at; /* in `run` */
} Brackets;

/* Begins at the first bracket of a leaf. Cheap where its text has none. */
Brackets brackets_of(const Chunk *chunk, uint32_t block);

/* The next bracket, in the order of the text. False at the end; then nothing is written. */
bool brackets_next(Brackets *brackets, Bracket *bracket);

/* The source of a leaf's text: from its first line's beginning to its last line's end, with what
 * stands between the lines; without the `[!NOTE]` of an alert. */
Span leaf_span(const Chunk *chunk, uint32_t block);

/* Whether what begins at `at` is mentioned and not said: it stands between quotation marks that
 * were opened since `start`. */
bool is_mentioned(const Chunk *chunk, uint32_t start, uint32_t at);

#endif
