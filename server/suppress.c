#include "server/suppress.h"

#include "server/covers.h"
#include "server/rules/rules.h"

enum { OPEN_LIMIT = 32 }; /* comments that cover one place */

/* What markdownlint's comments have disabled: all codes but these, or these. */
typedef struct {
    bool all;
    uint64_t others[COVER_CODES];
    uint32_t count;
} Disabled;

/* Goes through the document beside the findings. */
typedef struct {
    const Covers *covers;
    uint32_t next;           /* the first that has not begun */
    Cover *open[OPEN_LIMIT]; /* those that cover this place, the last begun last */
    uint32_t open_count;
    Disabled disabled, captured;
} Sweep;

/* The sweep */

static void disable(Disabled *disabled, const Cover *cover, bool on)
{
    if (cover->count == 0) {
        *disabled = (Disabled){.all = on};
    }
    for (uint32_t i = 0; i < cover->count; i++) {
        uint32_t at = cover_find(disabled->others, disabled->count, cover->codes[i]);
        if (on == disabled->all && at < disabled->count) {
            disabled->others[at] = disabled->others[--disabled->count];
        } else if (on != disabled->all && at == disabled->count && at < COVER_CODES) {
            disabled->others[disabled->count++] = cover->codes[i];
        }
    }
}

static bool is_disabled(const Disabled *disabled, uint64_t code)
{
    bool other = cover_find(disabled->others, disabled->count, code) < disabled->count;
    return other != disabled->all;
}

static Sweep sweep_of(const Covers *covers)
{
    Sweep sweep = {.covers = covers};
    for (uint32_t i = 0; i < covers->count; i++) {
        DirectiveKind kind = covers->items[i]->directive->kind;
        if (kind == DIRECTIVE_DISABLE_FILE || kind == DIRECTIVE_ENABLE_FILE) {
            disable(&sweep.disabled, covers->items[i], kind == DIRECTIVE_DISABLE_FILE);
        }
    }
    sweep.captured = sweep.disabled;
    return sweep;
}

static void begin_cover(Sweep *sweep, Cover *cover)
{
    switch (cover->directive->kind) {
    case DIRECTIVE_DISABLE:
    case DIRECTIVE_ENABLE:
        disable(&sweep->disabled, cover, cover->directive->kind == DIRECTIVE_DISABLE);
        break;
    case DIRECTIVE_CAPTURE:
        sweep->captured = sweep->disabled;
        break;
    case DIRECTIVE_RESTORE:
        sweep->disabled = sweep->captured;
        break;
    case DIRECTIVE_DISABLE_FILE:
    case DIRECTIVE_ENABLE_FILE:
        break;
    default:
        if (sweep->open_count < OPEN_LIMIT) {
            sweep->open[sweep->open_count++] = cover;
        }
        break;
    }
}

/* Goes on to a place, which is not before the last one. */
static void advance(Sweep *sweep, size_t place)
{
    const Covers *covers = sweep->covers;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < sweep->open_count; i++) {
        if (sweep->open[i]->to > place) {
            sweep->open[kept++] = sweep->open[i];
        }
    }
    sweep->open_count = kept;
    for (; sweep->next < covers->count && covers->items[sweep->next]->from <= place;
         sweep->next++) {
        Cover *cover = covers->items[sweep->next];
        bool over = cover->directive->kind == DIRECTIVE_STET && cover->to <= place;
        if (!over) {
            begin_cover(sweep, cover);
        }
    }
}

/* Whether what a rule says of the place of the sweep may stand. The innermost comment is used up. A
 * comment that covers nothing does not cover that it does. */
static bool is_covered(Sweep *sweep, const Rule *rule)
{
    uint64_t code = cover_key(str_of(rule->code));
    for (uint32_t i = sweep->open_count; i-- > 0;) {
        Cover *cover = sweep->open[i];
        uint32_t at = cover_find(cover->codes, cover->count, code);
        bool all = cover->count == 0 && rule != &rule_unused_suppression;
        if (all || at < cover->count) {
            cover->used[at] = true;
            return true;
        }
    }
    return is_disabled(&sweep->disabled, code);
}

/* Findings */

/* A place of a finding: its own, or one that is the same defect again. */
typedef struct {
    size_t place;
    const Rule *rule;
    bool covered;
} Query;

static uint32_t count_places(const Finding *finding)
{
    return finding->rule->repeats ? 1 + finding->related_count : 1;
}

static int by_query(const void *left, const void *right)
{
    const Query *a = *(Query *const *)left, *b = *(Query *const *)right;
    if (a->place != b->place) {
        return a->place < b->place ? -1 : 1;
    }
    return (a > b) - (a < b); /* of one array */
}

/* The places of all findings, one finding after the other, each with whether it is covered. */
static const Query *ask(const Covers *covers, Findings findings, Arena *arena)
{
    uint32_t count = 0, next = 0;
    for (uint32_t i = 0; i < findings.count; i++) {
        count += count_places(&findings.items[i]);
    }
    Query *queries = ARENA_NEW(arena, Query, count);
    Query **sorted = ARENA_NEW(arena, Query *, count);
    for (uint32_t i = 0; i < findings.count; i++) {
        const Finding *finding = &findings.items[i];
        for (uint32_t j = 0; j < count_places(finding); j++, next++) {
            Place place = j == 0 ? finding->place : finding->related[j - 1].place;
            queries[next] = (Query){.place = place.start, .rule = finding->rule};
            sorted[next] = &queries[next];
        }
    }
    qsort(sorted, count, sizeof(Query *), by_query);
    Sweep sweep = sweep_of(covers);
    for (uint32_t i = 0; i < count; i++) {
        advance(&sweep, sorted[i]->place);
        sorted[i]->covered = is_covered(&sweep, sorted[i]->rule);
    }
    return queries;
}

/* Of one defect at several places those stay that are not covered; false where none is. */
static bool keep_places(Finding *finding, const Query *queries, Arena *arena)
{
    Related *related = ARENA_NEW(arena, Related, finding->related_count);
    bool own = !queries[0].covered;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < finding->related_count; i++) {
        if (queries[i + 1].covered) {
            continue;
        }
        if (own) {
            related[kept++] = finding->related[i];
        } else {
            finding->place = finding->related[i].place;
            own = true;
        }
    }
    finding->related = related;
    finding->related_count = kept;
    return own;
}

static uint32_t drop_covered(const Covers *covers, Findings findings, Arena *arena)
{
    const Query *query = ask(covers, findings, arena);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < findings.count; i++) {
        Finding *finding = &findings.items[i];
        uint32_t places = count_places(finding);
        if (places > 1 ? keep_places(finding, query, arena) : !query->covered) {
            findings.items[kept++] = *finding;
        }
        query += places;
    }
    return kept;
}

/* Few are out of order: those whose first place is covered. */
static void put_in_order(Finding *items, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        Finding finding = items[i];
        uint32_t at = i;
        for (; at > 0 && items[at - 1].place.start > finding.place.start; at--) {
            items[at] = items[at - 1];
        }
        items[at] = finding;
    }
}

static Finding *add_unused(Finding *end, const Cover *cover, Span span)
{
    *end = (Finding){
        .rule = &rule_unused_suppression,
        .severity = rule_unused_suppression.severity,
        .place = {cover->base + span.start, cover->base + span.end},
        .message = STR("covers nothing"),
    };
    return end + 1;
}

/* Whether nobody looks for what a code says: the configuration has it off, or it is about this. */
static bool is_off(const RuleConfig *config, uint64_t code)
{
    uint32_t i = 0;
    while (i < RULE_COUNT && cover_key(str_of(rules_all[i]->code)) != code) {
        i++;
    }
    return i < RULE_COUNT && (rules_all[i] == &rule_unused_suppression ||
                              (config != NULL && config->rules[i].severity == RULE_OFF));
}

/* What a stet names in vain, or that all of it is in vain. */
static Finding *add_unused_of(Finding *end, const Cover *cover, const RuleConfig *config)
{
    if (cover->directive->kind > DIRECTIVE_STET_FILE) {
        return end;
    }
    Span span = cover->directive->names;
    Str names = chunk_str(cover->chunk, span), name;
    for (uint32_t i = 0; i < cover->count && directive_next_name(&names, &name); i++) {
        uint32_t start = (uint32_t)(name.data - cover->chunk->text);
        if (!cover->used[i] && !is_off(config, cover->codes[i])) {
            end = add_unused(end, cover, (Span){start, start + (uint32_t)name.length});
        }
    }
    bool vain = cover->count == 0 && !cover->used[0];
    return vain ? add_unused(end, cover, cover->directive->whole) : end;
}

static Findings find_unused(const Cover *covers, uint32_t count, const RuleConfig *config,
                            Arena *arena)
{
    size_t room = 0;
    for (uint32_t i = 0; i < count; i++) {
        room += covers[i].count + 1;
    }
    Finding *items = ARENA_NEW(arena, Finding, room), *end = items;
    for (uint32_t i = 0; i < count; i++) {
        end = add_unused_of(end, &covers[i], config);
    }
    return (Findings){items, (uint32_t)(end - items)};
}

static Findings merge(Findings a, Findings b, Arena *arena)
{
    Findings all = {ARENA_NEW(arena, Finding, a.count + b.count), a.count + b.count};
    for (uint32_t i = 0, j = 0; i + j < all.count;) {
        bool first = j == b.count ||
                     (i < a.count && a.items[i].place.start <= b.items[j].place.start);
        all.items[i + j] = first ? a.items[i] : b.items[j];
        i += first;
        j += !first;
    }
    return all;
}

Findings suppress_findings(const Report *report, const Document *document, Findings findings,
                           Arena *arena)
{
    if (report->directives == 0) {
        return findings;
    }
    Covers sorted;
    Cover *covers = covers_of(report, document, &sorted, arena);
    findings.count = drop_covered(&sorted, findings, arena);
    put_in_order(findings.items, findings.count);
    Findings unused = find_unused(covers, sorted.count, report->config, arena);
    unused.count = drop_covered(&sorted, unused, arena);
    return unused.count == 0 ? findings : merge(findings, unused, arena);
}
