/*
 * report: the findings of all rules on one article, kept up to date edit by edit.
 *
 * It is what diagnostics, outline states, the verdict and the command read. Findings about blocks
 * are kept with their chunk, those about the outline with their heading, so that an edit moves
 * nothing. Where two findings meet on the same text, one speaks: a rule yields to those that its
 * record names, and of one rule's the more severe stands. That is applied here and nowhere else.
 */
#ifndef SERVER_REPORT_H
#define SERVER_REPORT_H

#include "protocol/base/arena.h"
#include "server/markdown/directives.h"
#include "server/rules/findings.h"

typedef struct {
    FindingSet *findings;  /* owned; NULL: none */
    uint64_t serial;       /* of the chunk when they were found */
    Letters letters;       /* what the chunk has of each script, apart from findings about that */
    Directives directives; /* what its comments say; owned */
} ChunkFindings;

typedef struct {
    ChunkFindings *chunks; /* parallel to the document's chunks */
    uint32_t count, capacity;
    FindingSet *outline;      /* of the rules that read the outline; owned */
    Letters letters;          /* of all chunks */
    uint32_t directives;      /* how many all chunks have */
    const RuleConfig *config; /* borrowed; NULL: there is none */
} Report;

/* A place in the document, in bytes from its start. */
typedef struct {
    size_t start, end;
} Place;

typedef struct {
    Place place;
    Str message; /* why it is named: "the heading before it" */
} Related;

typedef struct {
    const Rule *rule;
    Severity severity;
    Place place;
    Str message;            /* its first line is at most 60 characters */
    const Related *related; /* in the order in which the rule named them */
    uint32_t related_count;
} Finding;

typedef struct {
    Finding *items; /* in the order of their places */
    uint32_t count;
} Findings;

/* Lifetime */

void report_finish(Report *report);

/* Changers */

/* Runs the rules on what `splice` has changed. `outline_changed`: some heading is not as it was. */
void report_update(Report *report, const Document *document, const Outline *outline, Splice splice,
                   bool outline_changed);

/* Drops all findings: report_update then takes the whole document for inserted. `config` outlives
 * the report or the next call, and may be NULL. */
void report_configure(Report *report, const RuleConfig *config);

/* Queries */

/* What stands, in the order of the text. Messages are borrowed from the report, the rest from
 * `arena`. */
Findings report_findings(const Report *report, const Document *document, const Outline *outline,
                         Arena *arena);

/* The first `limit` of them, at a cost that follows the limit. */
Findings report_first_findings(const Report *report, const Document *document,
                               const Outline *outline, uint32_t limit, Arena *arena);

#endif
