#include "server/suppress.h"

#include "server/markdown/body.h"
#include "server/rules/rules.h"

enum {
    NAMES_LIMIT = 32,  /* codes in a comment, and in what markdownlint's have disabled */
    OPEN_LIMIT = 32,   /* comments that cover one place */
    PASSED_LIMIT = 32, /* comments between a comment and the block that it covers */
    CODE_LIMIT = 64,   /* bytes of a code */
};

/* A directive, placed in the document. */
typedef struct {
    const Directive *directive;
    const Chunk *chunk;
    size_t base;     /* where the chunk starts */
    size_t from, to; /* what it covers; those that change what is disabled only begin */
    uint64_t codes[NAMES_LIMIT];
    bool used[NAMES_LIMIT]; /* parallel; the first stands for all where none is named */
    uint32_t count;
} Cover;

typedef struct {
    Cover **items; /* in the order in which they begin */
    uint32_t count;
} Covers;

/* What markdownlint's comments have disabled: all codes but these, or these. */
typedef struct {
    bool all;
    uint64_t others[NAMES_LIMIT];
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

/* Codes */

static uint64_t code_key(Str code)
{
    char lower[CODE_LIMIT];
    size_t length = code.length < CODE_LIMIT ? code.length : CODE_LIMIT;
    for (size_t i = 0; i < length; i++) {
        char c = code.data[i];
        lower[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return str_hash((Str){lower, length});
}

static uint32_t find_code(const uint64_t *codes, uint32_t count, uint64_t code)
{
    uint32_t i = 0;
    while (i < count && codes[i] != code) {
        i++;
    }
    return i;
}

static void read_codes(Cover *cover)
{
    Str names = chunk_str(cover->chunk, cover->directive->names), name;
    while (cover->count < NAMES_LIMIT && directive_next_name(&names, &name)) {
        cover->codes[cover->count++] = code_key(name);
    }
}

/* Places */

/* The end of a block at the root, in whichever chunk that is. */
static size_t block_end(const Document *document, uint32_t chunk, uint32_t block)
{
    const Block *at = &document_chunk(document, chunk)->blocks[block];
    while ((at->flags & BLOCK_CONTINUES) != 0) {
        at = document_chunk(document, ++chunk)->blocks;
    }
    return document_chunk_start(document, chunk) + at->whole.end;
}

/* Where the block ends that is next to `block` at its level; 0 where there is none. Comments between
 * them are passed. */
static size_t next_block_end(const Document *document, uint32_t chunk, uint32_t block)
{
    int32_t parent = document_chunk(document, chunk)->blocks[block].parent;
    uint32_t at = chunk_block_end(document_chunk(document, chunk), block);
    for (uint32_t passed = 0; passed < PASSED_LIMIT;) {
        const Chunk *here = document_chunk(document, chunk);
        bool ended = at >= here->block_count || here->blocks[at].parent != parent;
        if (ended && (parent >= 0 || chunk + 1 == document_chunk_count(document))) {
            return 0;
        }
        if (ended) {
            chunk++;
            at = 0;
        } else if ((body_part(here, at) & ~(BODY_COMMENT | BODY_SYNTAX)) == 0) {
            at = chunk_block_end(here, at);
            passed++;
        } else {
            return block_end(document, chunk, at);
        }
    }
    return 0;
}

static void place_stet(const Document *document, uint32_t chunk, Cover *cover)
{
    const Directive *directive = cover->directive;
    cover->from = cover->to = cover->base + directive->whole.end;
    if (!span_empty(directive->covers)) {
        cover->from = cover->base + directive->covers.start;
        cover->to = cover->base + directive->covers.end;
    } else if (directive->next) {
        size_t end = next_block_end(document, chunk, directive->block);
        cover->to = end > cover->from ? end : cover->from;
    }
}

/* Lines that were looked at last: many comments may stand in one. */
typedef struct {
    Place line, next;
} Lines;

static bool ends_line(char c)
{
    return c == '\n' || c == '\r';
}

/* The line that holds `offset`, with its ending; the last one has no end. */
static Place line_at(const Document *document, size_t offset)
{
    uint32_t index = document_chunk_at(document, offset);
    const Chunk *chunk = document_chunk(document, index);
    size_t base = document_chunk_start(document, index), start = offset - base, end = start;
    while (start > 0 && !ends_line(chunk->text[start - 1])) {
        start--;
    }
    while (end < chunk->length && !ends_line(chunk->text[end])) {
        end++;
    }
    if (end == chunk->length) {
        return (Place){base + start, SIZE_MAX};
    }
    bool windows = chunk->text[end] == '\r' && end + 1 < chunk->length &&
                   chunk->text[end + 1] == '\n';
    return (Place){base + start, base + end + 1 + windows};
}

/* markdownlint counts in lines. */
static void place_lines(const Document *document, Lines *lines, Cover *cover)
{
    size_t at = cover->base + cover->directive->whole.start;
    if (at < lines->line.start || at >= lines->line.end) {
        lines->line = line_at(document, at);
    }
    Place place = lines->line;
    if (cover->directive->kind == DIRECTIVE_DISABLE_NEXT_LINE) {
        if (lines->next.start != place.end) {
            lines->next = place.end == SIZE_MAX ? (Place){SIZE_MAX, SIZE_MAX}
                                                : line_at(document, place.end);
        }
        place = lines->next;
    }
    cover->from = place.start;
    cover->to = place.end;
}

static void place_cover(const Document *document, uint32_t chunk, Lines *lines, Cover *cover)
{
    switch (cover->directive->kind) {
    case DIRECTIVE_STET:
        place_stet(document, chunk, cover);
        break;
    case DIRECTIVE_STET_FILE:
        cover->to = SIZE_MAX;
        break;
    default:
        place_lines(document, lines, cover);
        break;
    }
}

static int by_beginning(const void *left, const void *right)
{
    const Cover *a = *(Cover *const *)left, *b = *(Cover *const *)right;
    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    return (a > b) - (a < b); /* of one array */
}

/* All directives of the article, in its order, and in the order in which they begin. */
static Cover *place_directives(const Report *report, const Document *document, Covers *sorted,
                               Arena *arena)
{
    Cover *covers = ARENA_NEW(arena, Cover, report->directives);
    uint32_t count = 0;
    Lines lines = {0};
    sorted->items = ARENA_NEW(arena, Cover *, report->directives);
    for (uint32_t i = 0; i < report->count; i++) {
        const Directives *directives = &report->chunks[i].directives;
        for (uint32_t j = 0; j < directives->count; j++, count++) {
            Cover *cover = sorted->items[count] = &covers[count];
            cover->directive = &directives->items[j];
            cover->chunk = document_chunk(document, i);
            cover->base = document_chunk_start(document, i);
            read_codes(cover);
            place_cover(document, i, &lines, cover);
        }
    }
    sorted->count = count;
    qsort(sorted->items, count, sizeof(Cover *), by_beginning);
    return covers;
}

/* The sweep */

static void disable(Disabled *disabled, const Cover *cover, bool on)
{
    if (cover->count == 0) {
        *disabled = (Disabled){.all = on};
    }
    for (uint32_t i = 0; i < cover->count; i++) {
        uint32_t at = find_code(disabled->others, disabled->count, cover->codes[i]);
        if (on == disabled->all && at < disabled->count) {
            disabled->others[at] = disabled->others[--disabled->count];
        } else if (on != disabled->all && at == disabled->count && at < NAMES_LIMIT) {
            disabled->others[disabled->count++] = cover->codes[i];
        }
    }
}

static bool is_disabled(const Disabled *disabled, uint64_t code)
{
    bool other = find_code(disabled->others, disabled->count, code) < disabled->count;
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
    uint64_t code = code_key(str_of(rule->code));
    for (uint32_t i = sweep->open_count; i-- > 0;) {
        Cover *cover = sweep->open[i];
        uint32_t at = find_code(cover->codes, cover->count, code);
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
    while (i < RULE_COUNT && code_key(str_of(rules_all[i]->code)) != code) {
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
    Cover *covers = place_directives(report, document, &sorted, arena);
    findings.count = drop_covered(&sorted, findings, arena);
    put_in_order(findings.items, findings.count);
    Findings unused = find_unused(covers, sorted.count, report->config, arena);
    unused.count = drop_covered(&sorted, unused, arena);
    return unused.count == 0 ? findings : merge(findings, unused, arena);
}
