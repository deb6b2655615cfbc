#include "server/rules/rule.h"

#include "protocol/base/array.h"
#include "protocol/base/buf.h"
#include "protocol/base/memory.h"
#include "protocol/base/utf.h"
#include "server/rules/findings.h"
#include "server/rules/rules.h"

#include <stdarg.h>
#include <stdio.h>

enum { QUOTE_LIMIT = 24 }; /* characters */

#define RULE_ENTRY(name) &rule_##name,
const Rule *const rules_all[] = {RULES(RULE_ENTRY) NULL};
#undef RULE_ENTRY

/* While checks run, texts are offsets in `texts` and related places follow one another. */
typedef struct {
    const Rule *rule;
    Severity severity;
    UnicodeScript stranger;
    Anchor anchor;
    uint32_t text, text_length;
    uint32_t related_count;
} PendingFinding;

typedef struct {
    Anchor anchor;
    uint32_t text, text_length;
} PendingRelated;

struct RuleContext {
    const Document *document;
    const Outline *outline; /* of check_outline */
    Merged merged;          /* of check_outline */
    const RuleConfig *config;
    const Rule *rule; /* whose check runs */
    uint32_t index;   /* its number among all */
    Array(PendingFinding) findings;
    Array(PendingRelated) related;
    Letters letters; /* of check_chunk */
    Buf texts;
    Arena arena;
};

static const RuleConfig defaults;

static Anchor in_chunk(Span span)
{
    return (Anchor){.chunks = ANCHOR_CHUNK, .span = span};
}

static Anchor at_heading(const RuleContext *context, const Heading *heading, Span span)
{
    return (Anchor){
        .heading = (uint32_t)(heading - context->outline->headings),
        .span = {span.start - heading->whole.start, span.end - heading->whole.start},
    };
}

static Anchor at_body(const RuleContext *context, const Heading *heading)
{
    uint32_t index = (uint32_t)(heading - context->outline->headings);
    Body body = outline_body(context->outline, index);
    return (Anchor){.heading = index, .chunks = body.chunks, .span = body.span};
}

static void report(RuleContext *context, Anchor anchor, const char *message, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, message, args);
    uint32_t text = (uint32_t)context->texts.length;
    if (length > 0) {
        vsnprintf(buf_reserve(&context->texts, (size_t)length + 1), (size_t)length + 1, message,
                  again);
        context->texts.length += (size_t)length;
    }
    va_end(again);
    *array_add(&context->findings) = (PendingFinding){
        .rule = context->rule,
        .severity = context->rule->severity,
        .anchor = anchor,
        .text = text,
        .text_length = (uint32_t)context->texts.length - text,
    };
}

void rule_report(RuleContext *context, Span span, const char *message, ...)
{
    va_list args;
    va_start(args, message);
    report(context, in_chunk(span), message, args);
    va_end(args);
}

void rule_report_heading(RuleContext *context, const Heading *heading, Span span,
                         const char *message, ...)
{
    va_list args;
    va_start(args, message);
    report(context, at_heading(context, heading, span), message, args);
    va_end(args);
}

void rule_report_body(RuleContext *context, const Heading *heading, const char *message, ...)
{
    va_list args;
    va_start(args, message);
    report(context, at_body(context, heading), message, args);
    va_end(args);
}

void rule_severity(RuleContext *context, Severity severity)
{
    array_last(&context->findings)->severity = severity;
}

void rule_attribute(RuleContext *context, const Rule *rule)
{
    array_last(&context->findings)->rule = rule;
    array_last(&context->findings)->severity = rule->severity;
}

static void relate(RuleContext *context, Anchor anchor, const char *message)
{
    Str text = str_of(message);
    *array_add(&context->related) = (PendingRelated){anchor, (uint32_t)context->texts.length,
                                                     (uint32_t)text.length};
    buf_append(&context->texts, text);
    array_last(&context->findings)->related_count++;
}

void rule_relate(RuleContext *context, Span span, const char *message)
{
    relate(context, in_chunk(span), message);
}

void rule_relate_heading(RuleContext *context, const Heading *heading, Span span,
                         const char *message)
{
    relate(context, at_heading(context, heading, span), message);
}

void rule_relate_body(RuleContext *context, const Heading *heading, const char *message)
{
    relate(context, at_body(context, heading), message);
}

void rule_stranger(RuleContext *context, UnicodeScript script)
{
    array_last(&context->findings)->stranger = script;
}

void rule_letters(RuleContext *context, const Letters *letters)
{
    letters_add(&context->letters, letters);
}

uint32_t rule_option(const RuleContext *context, uint32_t option)
{
    return context->config->rules[context->index].options[option];
}

const RuleConfig *rule_config(const RuleContext *context)
{
    return context->config;
}

const char *rule_quote(RuleContext *context, Str text)
{
    size_t at = 0;
    uint32_t count = 0;
    while (at < text.length && count < QUOTE_LIMIT) {
        utf_next(text, &at);
        count++;
    }
    const char *more = at < text.length ? "…" : "";
    return arena_printf(&context->arena, "%.*s%s", (int)at, text.data, more).data;
}

const Document *rule_document(const RuleContext *context)
{
    return context->document;
}

const Merged *rule_merged(const RuleContext *context)
{
    return &context->merged;
}

Arena *rule_arena(RuleContext *context)
{
    return &context->arena;
}

/* Packing */

static Str text_at(const char *texts, uint32_t offset, uint32_t length)
{
    return (Str){texts + offset, length};
}

/* What stands under a heading is in the order of the text, whichever chunk it is in. */
static int by_anchor(const void *first, const void *second)
{
    const Anchor *a = &((const RawFinding *)first)->anchor;
    const Anchor *b = &((const RawFinding *)second)->anchor;
    if (a->heading != b->heading) {
        return a->heading < b->heading ? -1 : 1;
    }
    if (a->chunks != b->chunks) {
        return a->chunks < b->chunks ? -1 : 1;
    }
    return (a->span.start > b->span.start) - (a->span.start < b->span.start);
}

static FindingSet *pack(const RuleContext *context)
{
    uint32_t count = context->findings.count, related_count = context->related.count;
    if (count == 0) {
        return NULL;
    }
    size_t items = count * sizeof(RawFinding), others = related_count * sizeof(RawRelated);
    FindingSet *set = memory_new(sizeof(FindingSet) + items + others + context->texts.length);
    RawFinding *finding = (RawFinding *)(set + 1);
    RawRelated *related = (RawRelated *)(finding + count);
    char *texts = (char *)(related + related_count);
    *set = (FindingSet){finding, count};
    if (context->texts.length > 0) {
        memcpy(texts, context->texts.data, context->texts.length);
    }
    for (uint32_t i = 0, next = 0; i < count; i++) {
        const PendingFinding *from = &context->findings.items[i];
        finding[i] = (RawFinding){
            .rule = from->rule,
            .severity = from->severity,
            .stranger = from->stranger,
            .anchor = from->anchor,
            .message = text_at(texts, from->text, from->text_length),
            .related = related + next,
            .related_count = from->related_count,
        };
        next += from->related_count;
    }
    for (uint32_t i = 0; i < related_count; i++) {
        const PendingRelated *from = &context->related.items[i];
        related[i] = (RawRelated){from->anchor, text_at(texts, from->text, from->text_length)};
    }
    qsort(finding, count, sizeof(RawFinding), by_anchor);
    return set;
}

static FindingSet *finish(RuleContext *context)
{
    FindingSet *set = pack(context);
    array_finish(&context->findings);
    array_finish(&context->related);
    buf_finish(&context->texts);
    arena_finish(&context->arena);
    return set;
}

/* Takes the next rule that is not off; false after the last one. */
static bool next_rule(RuleContext *context, uint32_t *next)
{
    while (*next < RULE_COUNT && context->config->rules[*next].severity == RULE_OFF) {
        ++*next;
    }
    if (*next == RULE_COUNT) {
        return false;
    }
    context->index = (*next)++;
    context->rule = rules_all[context->index];
    return true;
}

FindingSet *findings_of_chunk(const RuleConfig *config, const Document *document,
                              const Chunk *chunk, Letters *letters)
{
    RuleContext context = {.document = document, .config = config == NULL ? &defaults : config};
    for (uint32_t next = 0; next_rule(&context, &next);) {
        if (context.rule->check_chunk != NULL) {
            context.rule->check_chunk(&context, chunk);
        }
    }
    *letters = context.letters;
    return finish(&context);
}

FindingSet *findings_of_outline(const RuleConfig *config, const Document *document,
                                const Outline *outline)
{
    RuleContext context = {.document = document, .outline = outline};
    context.config = config == NULL ? &defaults : config;
    context.merged = merged_of(document, outline, &context.arena);
    for (uint32_t next = 0; next_rule(&context, &next);) {
        if (context.rule->check_outline != NULL) {
            context.rule->check_outline(&context, outline);
        }
    }
    return finish(&context);
}

void findings_free(FindingSet *set)
{
    free(set);
}
