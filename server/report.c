#include "server/report.h"

#include "protocol/base/array.h"

#include <stdlib.h>

void report_finish(Report *report)
{
    for (uint32_t i = 0; i < report->count; i++) {
        findings_free(report->chunks[i].findings);
    }
    free(report->chunks);
    findings_free(report->outline);
    *report = (Report){0};
}

/* Following the document */

static void check_chunk(Report *report, const Document *document, uint32_t index)
{
    const Chunk *chunk = document_chunk(document, index);
    report->chunks[index] = (ChunkFindings){findings_of_chunk(document, chunk), chunk->serial};
}

static void check_changed_references(Report *report, const Document *document)
{
    for (uint32_t i = 0; i < report->count; i++) {
        if (report->chunks[i].serial != document_chunk(document, i)->serial) {
            findings_free(report->chunks[i].findings);
            check_chunk(report, document, i);
        }
    }
}

void report_update(Report *report, const Document *document, const Outline *outline, Splice splice,
                   bool outline_changed)
{
    for (uint32_t i = 0; i < splice.removed; i++) {
        findings_free(report->chunks[splice.first + i].findings);
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
        report->outline = findings_of_outline(document, outline);
    }
}

/* Places */

/* Where the chunk under check starts, and what is needed to find the places of anchors. */
typedef struct {
    const Document *document;
    const Outline *outline;
    size_t chunk_start;
} Base;

static Place place_of(const Base *base, Anchor anchor)
{
    size_t start = base->chunk_start;
    if (anchor.chunks != ANCHOR_CHUNK) {
        const Heading *heading = &base->outline->headings[anchor.heading];
        start = document_chunk_start(base->document, heading->chunk + anchor.chunks) +
                (anchor.chunks == 0 ? heading->whole.start : 0);
    }
    return (Place){start + anchor.span.start, start + anchor.span.end};
}

static void add_findings(const Base *base, const FindingSet *set, Finding **next, Arena *arena)
{
    for (uint32_t i = 0; set != NULL && i < set->count; i++) {
        const RawFinding *raw = &set->items[i];
        Related *related = ARENA_NEW(arena, Related, raw->related_count);
        for (uint32_t r = 0; r < raw->related_count; r++) {
            related[r] = (Related){place_of(base, raw->related[r].anchor), raw->related[r].message};
        }
        *(*next)++ = (Finding){
            .rule = raw->rule,
            .severity = raw->severity,
            .place = place_of(base, raw->anchor),
            .message = raw->message,
            .related = related,
            .related_count = raw->related_count,
        };
    }
}

static uint32_t count_findings(const Report *report)
{
    uint32_t count = report->outline == NULL ? 0 : report->outline->count;
    for (uint32_t i = 0; i < report->count; i++) {
        count += report->chunks[i].findings == NULL ? 0 : report->chunks[i].findings->count;
    }
    return count;
}

/* By place; at one place the outer first, then as the rules are listed. */
static int by_place(const void *first, const void *second)
{
    const Finding *a = first, *b = second;
    if (a->place.start != b->place.start) {
        return a->place.start < b->place.start ? -1 : 1;
    }
    if (a->place.end != b->place.end) {
        return a->place.end > b->place.end ? -1 : 1;
    }
    return a->rule == b->rule ? 0 : strcmp(a->rule->code, b->rule->code);
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

Findings report_findings(const Report *report, const Document *document, const Outline *outline,
                         Arena *arena)
{
    uint32_t count = count_findings(report);
    Finding *items = ARENA_NEW(arena, Finding, count), *next = items;
    Base base = {document, outline, 0};
    for (uint32_t i = 0; i < report->count; i++) {
        if (report->chunks[i].findings != NULL) {
            base.chunk_start = document_chunk_start(document, i);
            add_findings(&base, report->chunks[i].findings, &next, arena);
        }
    }
    add_findings(&base, report->outline, &next, arena);
    if (count > 0) {
        qsort(items, count, sizeof(Finding), by_place);
    }
    return (Findings){items, drop_yielding(items, count, ARENA_NEW(arena, bool, count))};
}
