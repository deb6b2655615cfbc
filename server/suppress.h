/*
 * suppress: which findings the article itself lets stand, by the comments in it (directives.h).
 *
 * It is a filter over findings in order, after rules have yielded to each other: who lets the finding
 * that speaks stand lets the defect stand, and no other speaks in its place. A stet that covers
 * nothing becomes a finding of its own; markdownlint's comments, which mean others too, never do.
 */
#ifndef SERVER_SUPPRESS_H
#define SERVER_SUPPRESS_H

#include "server/report.h"

/* What is left of `findings`, which are all of the article's in order, with what is said of comments
 * that cover nothing. Items are taken over; what comes lives in `arena`. */
Findings suppress_findings(const Report *report, const Document *document, Findings findings,
                           Arena *arena);

#endif
