/*
 * findings: what the rules said about one chunk, or about the outline, packed into one heap block.
 *
 * Places are relative, so that an edit elsewhere moves nothing: to the chunk, or to a heading by its
 * number in the outline.
 */
#ifndef SERVER_RULES_FINDINGS_H
#define SERVER_RULES_FINDINGS_H

#include "server/rules/rule.h"
#include "server/rules/rule_config.h"

/* A place: `span` is told from the start of the chunk under check or, where `chunks` is not
 * ANCHOR_CHUNK, from the start of heading number `heading` or of a chunk after the heading's. */
typedef struct {
    uint32_t heading;
    uint32_t chunks; /* 0: from the heading; n: from the start of the n-th chunk after its own */
    Span span;
} Anchor;

#define ANCHOR_CHUNK UINT32_MAX

typedef struct {
    Anchor anchor;
    Str message;
} RawRelated;

typedef struct {
    const Rule *rule;
    Severity severity;
    UnicodeScript stranger; /* it stands while this script is one; UNICODE_COMMON: always */
    Anchor anchor;
    Str message;
    RawRelated *related;
    uint32_t related_count;
} RawFinding;

typedef struct {
    RawFinding *items; /* in the order of their places */
    uint32_t count;
} FindingSet;

/* Runs every rule that reads chunks and is not off. NULL: they said nothing. `config` may be NULL.
 * `letters`: what the chunk has of each script. */
FindingSet *findings_of_chunk(const RuleConfig *config, const Document *document,
                              const Chunk *chunk, Letters *letters);

/* Runs every rule that reads the outline and is not off. NULL: they said nothing. */
FindingSet *findings_of_outline(const RuleConfig *config, const Document *document,
                                const Outline *outline);

void findings_free(FindingSet *set);

#endif
