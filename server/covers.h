/*
 * covers: the directives of an article (directives.h), placed in it: from where to where each
 * covers. What a stet covers may begin in another chunk, and end in a third.
 */
#ifndef SERVER_COVERS_H
#define SERVER_COVERS_H

#include "server/report.h"

enum { COVER_CODES = 32 }; /* in one comment; more are not read */

/* A directive, placed in the document. */
typedef struct {
    const Directive *directive;
    const Chunk *chunk;
    size_t base;     /* where the chunk starts */
    size_t from, to; /* what it covers; those that change what is disabled only begin */
    uint64_t codes[COVER_CODES];
    bool used[COVER_CODES]; /* parallel; the first stands for all where none is named */
    uint32_t count;
} Cover;

typedef struct {
    Cover **items; /* in the order in which they begin */
    uint32_t count;
} Covers;

/* All directives of the article, in its order; `sorted` has them in the order in which they begin.
 * In `arena`; there is at least one. */
Cover *covers_of(const Report *report, const Document *document, Covers *sorted, Arena *arena);

/* What a code is compared by: its letters may be of either case. */
uint64_t cover_key(Str code);

/* The index of a code among `count`; `count` where it is none of them. */
uint32_t cover_find(const uint64_t *codes, uint32_t count, uint64_t code);

#endif
