#include "protocol/base/utf.h"
#include "server/features/features.h"
#include "server/features/text_end.h"
#include "server/unicode/unicode.h"

/* The sections of an article, one for each heading of its outline. */
typedef struct {
    const Document *document;
    const Outline *outline;
    Symbol *items;
    uint32_t count;
    uint32_t open; /* the innermost one that goes on; those around it are its parents */
} Sections;

/* The tree */

static size_t heading_start(const Sections *sections, const Heading *heading)
{
    return document_chunk_start(sections->document, heading->chunk) + heading->whole.start;
}

/* The block around a heading; -1 at the root. */
static int32_t container(const Sections *sections, const Heading *heading)
{
    return document_chunk(sections->document, heading->chunk)->blocks[heading->block].parent;
}

static bool same_container(const Sections *sections, const Heading *a, const Heading *b)
{
    int32_t parent = container(sections, a);
    return parent == container(sections, b) && (parent < 0 || a->chunk == b->chunk);
}

static size_t container_end(const Sections *sections, const Heading *heading)
{
    if (!heading->nested) {
        return document_length(sections->document);
    }
    const Chunk *chunk = document_chunk(sections->document, heading->chunk);
    size_t start = document_chunk_start(sections->document, heading->chunk);
    return start + chunk->blocks[container(sections, heading)].whole.end;
}

/* Ends the sections that do not go on at `heading`; all of them where it is NULL. A heading in a
 * quote or an item ends only those of its own container. */
static void close_before(Sections *sections, const Heading *heading)
{
    size_t start = heading == NULL ? document_length(sections->document)
                                   : heading_start(sections, heading);
    while (sections->open != SYMBOL_ROOT) {
        Symbol *symbol = &sections->items[sections->open];
        const Heading *own = &sections->outline->headings[sections->open];
        size_t end = container_end(sections, own);
        if (end > start &&
            !(same_container(sections, own, heading) && own->level >= heading->level)) {
            return;
        }
        symbol->range.end = text_end(sections->document, end < start ? end : start, own->nested);
        sections->open = symbol->parent;
    }
}

static void build_tree(Sections *sections)
{
    for (uint32_t i = 0; i < sections->count; i++) {
        const Heading *heading = &sections->outline->headings[i];
        close_before(sections, heading);
        size_t base = document_chunk_start(sections->document, heading->chunk);
        Span text = heading->text;
        if (span_empty(text)) {
            text = (Span){heading->whole.start, heading->whole.start + heading->level};
        }
        sections->items[i] = (Symbol){
            .parent = sections->open,
            .level = heading->level,
            .range.start = base + heading->whole.start,
            .selection = {base + text.start, base + text.end},
        };
        sections->open = i;
    }
    close_before(sections, NULL);
}

/* Names */

static bool is_visible(Str text)
{
    for (size_t at = 0; at < text.length;) {
        if (!unicode_is(utf_next(text, &at), UNICODE_IS_SPACE | UNICODE_IS_FORMAT)) {
            return true;
        }
    }
    return false;
}

/* A heading that is an image alone is named by its source, one without anything by its markers. */
static Str heading_name(const Sections *sections, const Heading *heading, Arena *arena)
{
    Str text = str_trim(outline_text(sections->document, heading, arena));
    if (is_visible(text)) {
        return text;
    }
    text = chunk_str(document_chunk(sections->document, heading->chunk), heading->text);
    return is_visible(text) ? text : str_before(STR("######"), heading->level);
}

/* States */

/* The innermost section that `offset` is in. */
static uint32_t section_at(const Sections *sections, size_t offset)
{
    uint32_t low = 0, high = sections->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (sections->items[middle].range.start <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    uint32_t index = low == 0 ? SYMBOL_ROOT : low - 1;
    while (index != SYMBOL_ROOT && sections->items[index].range.end <= offset) {
        index = sections->items[index].parent;
    }
    return index;
}

static void mark_section(const Sections *sections, Place place, SectionState state)
{
    uint32_t index = section_at(sections, place.start);
    if (index != SYMBOL_ROOT && sections->items[index].state < state) {
        sections->items[index].state = state;
    }
}

static SectionState finding_state(const Finding *finding)
{
    Str code = str_of(finding->rule->code);
    if (finding->severity > SEVERITY_WARNING) {
        return SECTION_WRITTEN;
    }
    return str_equal(code, STR("placeholder-text")) ? SECTION_PLACEHOLDER
           : str_equal(code, STR("empty-section"))  ? SECTION_EMPTY
                                                    : SECTION_WRITTEN;
}

/* What stands in several sections is one finding, and the others are related to it. */
static void mark_states(const Sections *sections, Findings findings)
{
    for (uint32_t i = 0; i < findings.count; i++) {
        const Finding *finding = &findings.items[i];
        SectionState state = finding_state(finding);
        if (state == SECTION_WRITTEN) {
            continue;
        }
        mark_section(sections, finding->place, state);
        for (uint32_t j = 0; j < finding->related_count; j++) {
            mark_section(sections, finding->related[j].place, state);
        }
    }
}

/* Words */

/* Those of whole sections. What is nested in a block is already counted with the section around. */
static void count_words(const Sections *sections)
{
    for (uint32_t i = sections->count; i-- > 0;) {
        const Heading *heading = &sections->outline->headings[i];
        Symbol *symbol = &sections->items[i];
        symbol->words += outline_words(sections->outline, sections->document, i);
        uint32_t parent = symbol->parent;
        if (parent != SYMBOL_ROOT &&
            same_container(sections, heading, &sections->outline->headings[parent])) {
            sections->items[parent].words += symbol->words;
        }
    }
}

static Str detail(SectionState state, uint32_t words, Arena *arena)
{
    if (state == SECTION_EMPTY) {
        return STR("⚠ empty");
    }
    return arena_printf(arena, "%s%u %s", state == SECTION_PLACEHOLDER ? "⚠ placeholder · " : "",
                        words, words == 1 ? "word" : "words");
}

Symbols symbols_of_findings(const Article *article, Findings findings, Arena *arena)
{
    uint32_t count = article->outline.count;
    Sections sections = {
        .document = article->document,
        .outline = &article->outline,
        .items = ARENA_NEW(arena, Symbol, count),
        .count = count,
        .open = SYMBOL_ROOT,
    };
    build_tree(&sections);
    mark_states(&sections, findings);
    count_words(&sections);
    for (uint32_t i = 0; i < count; i++) {
        Symbol *symbol = &sections.items[i];
        symbol->name = heading_name(&sections, &article->outline.headings[i], arena);
        symbol->detail = detail(symbol->state, symbol->words, arena);
    }
    return (Symbols){sections.items, count};
}

Symbols symbols_of(const Article *article, Arena *arena)
{
    Findings findings = report_findings(&article->report, article->document, &article->outline,
                                        arena);
    return symbols_of_findings(article, findings, arena);
}
