#include "server/report.h"

#include "protocol/base/array.h"
#include "server/suppress.h"

#include <stdlib.h>

enum { SPARE = 64 }; /* findings beyond a limit that are looked at */

void report_finish(Report *report)
{
    for (uint32_t i = 0; i < report->count; i++) {
        findings_free(report->chunks[i].findings);
        array_finish(&report->chunks[i].directives);
    }
    free(report->chunks);
    findings_free(report->outline);
    *report = (Report){0};
}

void report_configure(Report *report, const RuleConfig *config)
{
    report_finish(report);
    report->config = config;
}

/* Following the document */

static void check_chunk(Report *report, const Document *document, uint32_t index)
{
    const Chunk *chunk = document_chunk(document, index);
    ChunkFindings *checked = &report->chunks[index];
    checked->findings = findings_of_chunk(report->config, document, chunk, &checked->letters);
    checked->serial = chunk->serial;
    checked->directives = directives_of_chunk(chunk);
    letters_add(&report->letters, &checked->letters);
    report->directives += checked->directives.count;
}

static void forget_chunk(Report *report, uint32_t index)
{
    ChunkFindings *checked = &report->chunks[index];
    report->directives -= checked->directives.count;
    letters_subtract(&report->letters, &checked->letters);
    array_finish(&checked->directives);
    findings_free(checked->findings);
}

static void check_changed_references(Report *report, const Document *document)
{
    for (uint32_t i = 0; i < report->count; i++) {
        if (report->chunks[i].serial != document_chunk(document, i)->serial) {
            forget_chunk(report, i);
            check_chunk(report, document, i);
        }
    }
}

void report_update(Report *report, const Document *document, const Outline *outline, Splice splice,
                   bool outline_changed)
{
    for (uint32_t i = 0; i < splice.removed; i++) {
        forget_chunk(report, splice.first + i);
    }
    report->chunks = array_move(report->chunks, &report->count, &report->capacity, splice.first,
                                splice.removed, splice.inserted, sizeof(ChunkFindings));
    for (uint32_t i = 0; i < splice.inserted; i++) {
        check_chunk(report, document, splice.first + i);
    }
    if (splice.references) {
        check_changed_references(report, document);
    }
    if (outline_changed) {
        findings_free(report->outline);
        report->outline = findings_of_outline(report->config, document, outline);
    }
}

/* Places */

/* The findings in the order of the text: two rows that are in order already, merged. */
typedef struct {
    const Report *report;
    const Document *document;
    const Outline *outline;
    uint32_t chunk, in_chunk; /* the next finding of the chunks */
    uint32_t in_outline;      /* the next finding of the outline */
} Walk;

static Place place_of(const Walk *walk, Anchor anchor)
{
    size_t start;
    if (anchor.chunks == ANCHOR_CHUNK) {
        start = document_chunk_start(walk->document, walk->chunk);
    } else {
        const Heading *heading = &walk->outline->headings[anchor.heading];
        start = document_chunk_start(walk->document, heading->chunk + anchor.chunks) +
                (anchor.chunks == 0 ? heading->whole.start : 0);
    }
    return (Place){start + anchor.span.start, start + anchor.span.end};
}

/* A script with a share of the article's letters is at home in it; a handful of them is no share. */
static bool is_at_home(const Letters *letters, UnicodeScript script)
{
    enum { HANDFUL = 8, SHARE = 200 };
    uint32_t count = letters->of[script];
    return script != UNICODE_COMMON && count >= HANDFUL && count > letters_total(letters) / SHARE;
}

/* The next finding about a block, or NULL. */
static const RawFinding *next_of_chunks(Walk *walk)
{
    while (walk->chunk < walk->report->count) {
        const FindingSet *set = walk->report->chunks[walk->chunk].findings;
        for (; set != NULL && walk->in_chunk < set->count; walk->in_chunk++) {
            const RawFinding *next = &set->items[walk->in_chunk];
            if (!is_at_home(&walk->report->letters, next->stranger)) {
                return next;
            }
        }
        walk->chunk++;
        walk->in_chunk = 0;
    }
    return NULL;
}

/* The next finding about the outline, or NULL. */
static const RawFinding *next_of_outline(const Walk *walk)
{
    const FindingSet *set = walk->report->outline;
    return set != NULL && walk->in_outline < set->count ? &set->items[walk->in_outline] : NULL;
}

static Finding placed(const Walk *walk, const RawFinding *raw, Arena *arena)
{
    Related *related = raw->related_count == 0 ? NULL
                                               : ARENA_NEW(arena, Related, raw->related_count);
    for (uint32_t i = 0; i < raw->related_count; i++) {
        related[i] = (Related){place_of(walk, raw->related[i].anchor), raw->related[i].message};
    }
    return (Finding){
        .rule = raw->rule,
        .severity = raw->severity,
        .place = place_of(walk, raw->anchor),
        .message = raw->message,
        .related = related,
        .related_count = raw->related_count,
    };
}

/* Takes the next finding of both rows; at one place that of the outline comes first. */
static bool take_next(Walk *walk, Finding *finding, Arena *arena)
{
    const RawFinding *block = next_of_chunks(walk), *heading = next_of_outline(walk);
    if (block == NULL && heading == NULL) {
        return false;
    }
    bool first = block == NULL || (heading != NULL && place_of(walk, heading->anchor).start <=
                                                          place_of(walk, block->anchor).start);
    *finding = placed(walk, first ? heading : block, arena);
    walk->in_outline += first;
    walk->in_chunk += !first;
    return true;
}

/* Whether a finding just taken stands; `*reach`: up to where it stands alone. */
static bool stands(const Walk *walk, const Finding *finding, size_t *reach)
{
    if (finding->rule->stands == NULL) {
        return true;
    }
    size_t start = document_chunk_start(walk->document, walk->chunk);
    Span span = {(uint32_t)(finding->place.start - start), (uint32_t)(finding->place.end - start)};
    return finding->rule->stands(walk->document, walk->chunk, span, reach);
}

/* Where the blanks before a finding just taken begin: a heading right above markers that make a
 * heading of their own is not empty. */
static size_t blanks_before(const Walk *walk, const Finding *finding)
{
    const char *text = document_chunk(walk->document, walk->chunk)->text;
    size_t start = document_chunk_start(walk->document, walk->chunk);
    size_t at = finding->place.start;
    while (at > start && strchr(" \t\r\n", text[at - start - 1]) != NULL) {
        at--;
    }
    return at;
}

/* Takes the findings that stand, `room` at most, in the order of the text. */
static uint32_t take_standing(Walk *walk, Finding *items, uint32_t room, Arena *arena)
{
    uint32_t count = 0;
    size_t alone = 0; /* up to here the last one that stands alone reaches */
    while (count < room && take_next(walk, &items[count], arena)) {
        size_t reach = 0, start = items[count].place.start;
        if (start < alone || !stands(walk, &items[count], &reach)) {
            continue;
        }
        size_t from = reach == 0 ? SIZE_MAX : blanks_before(walk, &items[count]);
        uint32_t kept = count;
        while (
            kept > 0 && items[kept - 1].place.end >= from &&
            (items[kept - 1].rule->check_chunk == NULL || items[kept - 1].place.start >= start)) {
            kept--;
        }
        items[kept] = items[count];
        count = kept + 1;
        alone = reach > alone ? reach : alone;
    }
    return count;
}

static uint32_t count_findings(const Report *report, uint32_t limit)
{
    uint32_t count = report->outline == NULL ? 0 : report->outline->count;
    for (uint32_t i = 0; i < report->count && count < limit; i++) {
        count += report->chunks[i].findings == NULL ? 0 : report->chunks[i].findings->count;
    }
    return count < limit ? count : limit;
}

/* One defect, one diagnostic */

static bool names(const char *codes, const char *code)
{
    Str rest = str_of(codes), name = str_of(code);
    while (rest.length > 0) {
        size_t end = str_find_char(rest, ' ');
        if (str_equal(str_before(rest, end), name)) {
            return true;
        }
        rest = end == STR_NONE ? (Str){0} : str_after(rest, end + 1);
    }
    return false;
}

/* Whether `a` is silent where `b` meets it. */
static bool yields(const Finding *a, const Finding *b)
{
    if (a->rule == b->rule) {
        return a->severity > b->severity;
    }
    return a->rule->yields_to != NULL && names(a->rule->yields_to, b->rule->code);
}

/* The severity that the configuration gives all findings of a rule. It comes last, so that of two on
 * the same text the one stands that would without it. What the report itself says may be off. */
static void configure_severities(const RuleConfig *config, Findings *findings)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < findings->count; i++) {
        Finding finding = findings->items[i];
        for (uint32_t j = 0; j < RULE_COUNT && config != NULL; j++) {
            if (rules_all[j] == finding.rule && config->rules[j].severity != 0) {
                finding.severity = (Severity)config->rules[j].severity;
            }
        }
        if (finding.severity != (Severity)RULE_OFF) {
            findings->items[kept++] = finding;
        }
    }
    findings->count = kept;
}

/* Drops from findings in order what yields to one that it meets. */
static uint32_t drop_yielding(Finding *items, uint32_t count, bool *dropped)
{
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = i + 1; j < count && items[j].place.start < items[i].place.end; j++) {
            dropped[i] = dropped[i] || yields(&items[i], &items[j]);
            dropped[j] = dropped[j] || yields(&items[j], &items[i]);
        }
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!dropped[i]) {
            items[kept++] = items[i];
        }
    }
    return kept;
}

Findings report_first_findings(const Report *report, const Document *document,
                               const Outline *outline, uint32_t limit, Arena *arena)
{
    /* Some more, since of those that meet one is dropped; all, where the article suppresses some. */
    bool all = limit > UINT32_MAX - SPARE || report->directives > 0;
    uint32_t wanted = all ? UINT32_MAX : limit + SPARE;
    uint32_t room = count_findings(report, wanted);
    Finding *items = ARENA_NEW(arena, Finding, room);
    Walk walk = {.report = report, .document = document, .outline = outline};
    uint32_t count = take_standing(&walk, items, room, arena);
    count = drop_yielding(items, count, ARENA_NEW(arena, bool, count));
    Findings left = suppress_findings(report, document, (Findings){items, count}, arena);
    configure_severities(report->config, &left);
    return (Findings){left.items, left.count < limit ? left.count : limit};
}

Findings report_findings(const Report *report, const Document *document, const Outline *outline,
                         Arena *arena)
{
    return report_first_findings(report, document, outline, UINT32_MAX, arena);
}
