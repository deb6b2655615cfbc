/*
 * features: the server on two pages: each feature's result and prototype.
 *
 * A feature is a pure function of an analysed article (article.h): bytes in, bytes out, no JSON, no
 * session, no failure. Results live in the caller's arena; texts may be borrowed from the article.
 */
#ifndef SERVER_FEATURES_FEATURES_H
#define SERVER_FEATURES_FEATURES_H

#include "server/article.h"

/* symbols.c: the sections, as an outline shows them */

typedef enum {
    SECTION_WRITTEN,
    SECTION_EMPTY,
    SECTION_PLACEHOLDER,
} SectionState;

typedef struct {
    Str name;           /* the heading's text without markup; never empty */
    Str detail;         /* state and words: "⚠ placeholder · 12 words" */
    uint32_t parent;    /* index of the section around it, SYMBOL_ROOT at the top */
    uint8_t level;      /* of its heading, 1 to 6 */
    SectionState state; /* of what stands under its own heading */
    uint32_t words;     /* of the whole section */
    Place range;        /* the whole section, without the blank lines at its end */
    Place selection;    /* the heading's text, or its markers where it has none */
} Symbol;

#define SYMBOL_ROOT UINT32_MAX

typedef struct {
    Symbol *items; /* in document order, parents before children */
    uint32_t count;
} Symbols;

Symbols symbols_of(const Article *article, Arena *arena);

/* The same, where these findings tell what is unfinished, instead of all of the report. */
Symbols symbols_of_findings(const Article *article, Findings findings, Arena *arena);

/* folds.c: what an editor can fold */

typedef enum {
    FOLD_REGION, /* LSP's "region": sections, lists, items, fences, tables, quotes, front matter */
    FOLD_COMMENT,
} FoldKind;

typedef struct {
    uint32_t start_line, end_line; /* both included */
    FoldKind kind;
    Str collapsed_text; /* what stands for the fold; empty: the editor's own way */
} Fold;

typedef struct {
    Fold *items; /* in the order of their start lines, outer before inner */
    uint32_t count;
} Folds;

/* At most `limit` of them, the outermost first. */
Folds folds_of(const Article *article, uint32_t limit, Arena *arena);

/* verdict.c: where the article stands, in one line: "not ready: 5 placeholders, 15 repeated headings" */

Str verdict_of(Findings findings, Arena *arena);

/* How often one rule has found something at one severity. */
typedef struct {
    const Rule *rule;
    Severity severity;
    uint32_t count;
} FindingCount;

/* The same of findings that were counted, of any number of articles. */
Str verdict_of_counts(const FindingCount *counts, uint32_t count, Arena *arena);

#endif
