/*
 * pattern: a regular expression of a publisher's own, which must not be able to stall galley.
 *
 * The syntax is PCRE2's, over Unicode text; bytes that are no UTF-8 match nothing. How far a match
 * may search is limited: a pattern that goes too far is not found there. A pattern never changes
 * once it is made, so that threads may share it. The only module that knows which library matches.
 */
#ifndef SERVER_LEXICON_PATTERN_H
#define SERVER_LEXICON_PATTERN_H

#include "protocol/base/buf.h"

typedef struct Pattern Pattern;

/* NULL where the expression is not well formed; then `error` gets why, and `at` gets where, in bytes
 * of it. */
Pattern *pattern_new(Str expression, Buf *error, size_t *at);
void pattern_free(Pattern *pattern);

/* A search over one text. */
typedef struct {
    const Pattern *pattern;
    Str text;
    size_t at;     /* where to look on */
    void *scratch; /* of the library */
} PatternSearch;

PatternSearch pattern_search(const Pattern *pattern, Str text);
void pattern_search_finish(PatternSearch *search);

/* The next match that is not empty, in bytes of the text. False where there is no other one. */
bool pattern_next(PatternSearch *search, size_t *start, size_t *end);

/* Appends the version of PCRE2 that runs. */
void pattern_library_version(Buf *out);

#endif
