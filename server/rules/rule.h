/*
 * rule: what a rule is, and what its check may say. One file of this folder is one rule: a record,
 * its check and its reasons.
 *
 * A check reads a settled document and reports spans in bytes. It does no I/O, does not log, cannot
 * fail, and knows nothing of other rules: `yields_to` is applied by the report.
 */
#ifndef SERVER_RULES_RULE_H
#define SERVER_RULES_RULE_H

#include "server/markdown/document.h"
#include "server/markdown/outline.h"
#include "server/rules/merged.h"
#include "server/unicode/letters.h"

/* As in LSP 3.17, DiagnosticSeverity. */
typedef enum {
    SEVERITY_ERROR = 1,
    SEVERITY_WARNING = 2,
    SEVERITY_INFORMATION = 3,
    SEVERITY_HINT = 4,
} Severity;

typedef struct RuleContext RuleContext;

/* What a configuration says to the rules (rules/rule_config.h). */
typedef struct RuleConfig RuleConfig;

/* An option of a rule: one word of several. The rule reads which one, by its number. */
typedef struct {
    const char *name;    /* as in a configuration: "title-in-body" */
    const char *choices; /* the words, separated by blanks; the first is the default */
    const char *summary; /* half a line, for lists */
} RuleOption;

typedef struct Rule Rule;

struct Rule {
    const char *code;
    const Rule *kind; /* of a rule that a configuration has made: the one it is one of; else NULL */
    Severity severity;   /* where rule_severity does not say otherwise */
    const char *summary; /* half a line, for lists */
    const char
        *yields_to; /* codes, separated by blanks; where one of them is found on the same text
                              this rule is silent. NULL: none */
    bool repeats;   /* what is related to a finding is the same defect again */
    const RuleOption *options; /* by the rule's own numbers; NULL: none */
    uint32_t option_count;     /* at most RULE_OPTION_LIMIT */
    /* Either or both, or none: then the report itself says it. One runs over the blocks of each chunk
     * that changed; the other over the outline,
     * when a heading or what stands under one has changed. */
    void (*check_chunk)(RuleContext *context, const Chunk *chunk);
    void (*check_outline)(RuleContext *context, const Outline *outline);
    /* Whether a finding of check_chunk on `span` of a chunk stands, where that depends on other
     * chunks; asked whenever findings are read. `*reach`, if it is written: no other finding from the
     * span's start up to this byte of the document stands beside it. NULL: all stand. */
    bool (*stands)(const Document *document, uint32_t chunk, Span span, size_t *reach);
};

/* The rule of the list of all that a rule is, or is one of. */
static inline const Rule *rule_kind(const Rule *rule)
{
    return rule->kind == NULL ? rule : rule->kind;
}

/* Starts a finding on `span` of the chunk under check. The message is built as by printf; a text
 * in it goes through rule_quote. */
void rule_report(RuleContext *context, Span span, const char *message, ...)
    __attribute__((format(printf, 3, 4)));

/* Starts a finding on a span of a heading's chunk, or on the short paragraph that is all that stands
 * under a heading (Body.key): for check_outline. */
void rule_report_heading(RuleContext *context, const Heading *heading, Span span,
                         const char *message, ...) __attribute__((format(printf, 4, 5)));
void rule_report_body(RuleContext *context, const Heading *heading, const char *message, ...)
    __attribute__((format(printf, 3, 4)));

/* To the finding just started: another severity than the rule's; a rule that is part of the
 * configuration, and its severity, instead of the one whose check runs; another place that explains
 * it. */
void rule_severity(RuleContext *context, Severity severity);
void rule_attribute(RuleContext *context, const Rule *rule);
void rule_relate(RuleContext *context, Span span, const char *message);
void rule_relate_heading(RuleContext *context, const Heading *heading, Span span,
                         const char *message);
void rule_relate_body(RuleContext *context, const Heading *heading, const char *message);

/* The finding just started stands only while `script` is a stranger to the article: while the letters
 * that rule_letters has told of are not more than a few of it. */
void rule_stranger(RuleContext *context, UnicodeScript script);

/* Adds to what the article has of each script: for check_chunk. */
void rule_letters(RuleContext *context, const Letters *letters);

/* Which word of an option of the rule holds. */
uint32_t rule_option(const RuleContext *context, uint32_t option);

/* What else the configuration says; never NULL. */
const RuleConfig *rule_config(const RuleContext *context);

/* At most 24 characters of `text`, with an ellipsis where it is longer, as a C string that lives as
 * long as the check. */
const char *rule_quote(RuleContext *context, Str text);

/* The document under check, its outline as it stands once repeated headings are merged (for
 * check_outline), and room for what a check needs until it returns. */
const Document *rule_document(const RuleContext *context);
const Merged *rule_merged(const RuleContext *context);
Arena *rule_arena(RuleContext *context);

#endif
