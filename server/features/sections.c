#include "server/features/sections.h"

#include "protocol/base/map.h"
#include "server/features/text_end.h"
#include "server/markdown/body.h"

/* What of an article is needed to make its sections. */
typedef struct {
    const Document *document;
    const Outline *outline;
    Merged merged; /* parallel to the sections */
    Symbols symbols;
    Section *items;
    Arena *arena;
} Maker;

/* Bodies */

/* What stands right under a heading and belongs to it. */
static bool is_of_heading(BodyParts part)
{
    return part == BODY_ANCHOR || part == BODY_STRAY || part == 0;
}

/* What stands at the end of a section and belongs to the article or to the next heading. */
static bool is_of_article(const Block *block, BodyParts part)
{
    return block->type == BLOCK_DEFINITION || block->type == BLOCK_FOOTNOTE || part == BODY_BREAK ||
           part == BODY_SYNTAX || part == BODY_ANCHOR || part == 0;
}

static uint32_t line_start(const Chunk *chunk, uint32_t at)
{
    while (at > 0 && (chunk->text[at - 1] == ' ' || chunk->text[at - 1] == '\t')) {
        at--;
    }
    return at;
}

/* The body under a heading, which ends before `end`. */
static Place find_body(const Maker *maker, const Heading *heading, size_t end)
{
    uint32_t index = heading->chunk;
    const Chunk *chunk = document_chunk(maker->document, index);
    size_t base = document_chunk_start(maker->document, index);
    size_t above = base + heading->whole.end; /* where what belongs to the heading ends */
    Place body = {0};
    for (uint32_t i = heading->block + 1; base < end; i = chunk_block_end(chunk, i)) {
        while (i >= chunk->block_count && ++index < document_chunk_count(maker->document)) {
            chunk = document_chunk(maker->document, index);
            base = document_chunk_start(maker->document, index);
            i = 0;
        }
        if (i >= chunk->block_count || base + chunk->blocks[i].whole.start >= end) {
            break;
        }
        const Block *block = &chunk->blocks[i];
        BodyParts part = body_part(chunk, i);
        if (body.start == 0 && is_of_heading(part)) {
            above = base + block->whole.end;
            continue;
        }
        body.start = body.start == 0 ? base + line_start(chunk, block->whole.start) : body.start;
        body.end = is_of_article(block, part) ? body.end : base + block->whole.end;
    }
    return body.end == 0 ? (Place){above, above} : body;
}

/* Ids and revisions */

/* The words of a heading; its text as it stands, where it has none. */
static uint64_t heading_key(const Maker *maker, const Heading *heading)
{
    uint32_t index = (uint32_t)(heading - maker->outline->headings);
    uint64_t key = outline_key(maker->outline, maker->document, index);
    return key == OUTLINE_NO_WORDS ? heading->source : key;
}

static uint64_t mix(uint64_t hash, uint64_t key)
{
    hash = (hash ^ key) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ (hash >> 32);
}

static void make_ids(Maker *maker)
{
    uint64_t *hashes = ARENA_NEW(maker->arena, uint64_t, maker->merged.count);
    Map counts = {0}, numbers = {0};
    for (uint32_t i = 0; i < maker->merged.count; i++) {
        Section *section = &maker->items[i];
        uint64_t around = section->parent == SYMBOL_ROOT ? 0 : hashes[section->parent];
        hashes[i] = mix(around, heading_key(maker, maker->merged.items[i].heading));
        section->id = arena_printf(maker->arena, "%012llx", (unsigned long long)hashes[i] >> 16);
        map_put(&counts, section->id)->number++;
    }
    for (uint32_t i = 0; i < maker->merged.count; i++) {
        Section *section = &maker->items[i];
        if (map_get(&counts, section->id)->number > 1) {
            uint64_t number = ++map_put(&numbers, section->id)->number;
            section->id = arena_printf(maker->arena, "%.*s-%llu", STR_ARG(section->id),
                                       (unsigned long long)number);
        }
    }
    map_finish(&counts);
    map_finish(&numbers);
}

static Str make_revision(const Maker *maker, Place own)
{
    Buf text = {0};
    uint32_t index = document_chunk_at(maker->document, own.start);
    for (size_t at = own.start; at < own.end; index++) {
        const Chunk *chunk = document_chunk(maker->document, index);
        size_t base = document_chunk_start(maker->document, index);
        buf_append(&text, str_slice((Str){chunk->text, chunk->length}, at - base, own.end - base));
        at = base + chunk->length;
    }
    Str revision = arena_printf(maker->arena, "%016llx",
                                (unsigned long long)str_hash(buf_str(&text)));
    buf_finish(&text);
    return revision;
}

/* Sections */

static uint32_t index_of(const Maker *maker, const Heading *heading)
{
    return (uint32_t)(heading - maker->outline->headings);
}

/* The section around one that is about to be made. */
static uint32_t find_parent(const Maker *maker, uint32_t index)
{
    uint32_t parent = index == 0 ? SYMBOL_ROOT : index - 1;
    while (parent != SYMBOL_ROOT &&
           maker->merged.items[parent].level >= maker->merged.items[index].level) {
        parent = maker->items[parent].parent;
    }
    return parent;
}

static size_t heading_start(const Maker *maker, const Heading *heading)
{
    return document_chunk_start(maker->document, heading->chunk) + heading->whole.start;
}

/* State and words of its own, of all headings up to the next section: copies and nested ones. */
static void add_up(const Maker *maker, uint32_t index, Section *section)
{
    const MergedHeading *at = &maker->merged.items[index];
    uint32_t end = index + 1 == maker->merged.count ? maker->outline->count
                                                    : index_of(maker, at[1].heading);
    for (uint32_t i = index_of(maker, at->heading); i < end; i++) {
        if (maker->symbols.items[i].state > section->state) {
            section->state = maker->symbols.items[i].state;
        }
        if (!maker->outline->headings[i].nested) {
            section->words += outline_words(maker->outline, maker->document, i);
            section->copies += i <= section->last;
        }
    }
    section->copies--;
}

static void make_section(Maker *maker, uint32_t index)
{
    const MergedHeading *at = &maker->merged.items[index];
    size_t start = heading_start(maker, at->heading);
    size_t end = index + 1 == maker->merged.count ? document_length(maker->document)
                                                  : heading_start(maker, at[1].heading);
    Section *section = &maker->items[index];
    *section = (Section){
        .name = maker->symbols.items[index_of(maker, at->heading)].name,
        .parent = find_parent(maker, index),
        .last = index_of(maker, at->last),
        .level = at->last->level > at->level ? at->last->level : at->level,
        .own = {start, text_end(maker->document, end, false)},
        .body = find_body(maker, at->last, end),
    };
    section->revision = make_revision(maker, section->own);
    section->range = section->own;
    add_up(maker, index, section);
}

Sections sections_of(const Article *article, Arena *arena)
{
    Maker maker = {
        .document = article->document,
        .outline = &article->outline,
        .merged = merged_of(article->document, &article->outline, arena),
        .symbols = symbols_of(article, arena),
        .arena = arena,
    };
    uint32_t count = maker.merged.count;
    maker.items = ARENA_NEW(arena, Section, count);
    for (uint32_t i = 0; i < count; i++) {
        make_section(&maker, i);
    }
    for (uint32_t i = count; i-- > 0;) {
        const Section *section = &maker.items[i];
        if (section->parent != SYMBOL_ROOT) {
            Section *parent = &maker.items[section->parent];
            parent->words += section->words;
            parent->range.end = parent->range.end > section->range.end ? parent->range.end
                                                                       : section->range.end;
        }
    }
    make_ids(&maker);
    return (Sections){maker.items, count};
}

/* Queries */

Str sections_path(const Sections *sections, uint32_t index, Arena *arena)
{
    const Section *section = &sections->items[index];
    if (section->parent == SYMBOL_ROOT) {
        return section->name;
    }
    Str around = sections_path(sections, section->parent, arena);
    return arena_printf(arena, "%.*s › %.*s", STR_ARG(around), STR_ARG(section->name));
}

SectionSearch sections_find(const Sections *sections, Str id, uint32_t *index)
{
    SectionSearch search = SECTION_UNKNOWN;
    for (uint32_t i = 0; i < sections->count; i++) {
        Str other = sections->items[i].id;
        if (str_equal(other, id)) {
            *index = i;
            return SECTION_FOUND;
        }
        if (id.length > 0 && str_starts(other, id) &&
            str_starts(str_after(other, id.length), STR("-"))) {
            search = SECTION_AMBIGUOUS;
        }
    }
    return search;
}
