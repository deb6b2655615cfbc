#include "server/markdown/outline.h"

#include "protocol/base/array.h"
#include "server/markdown/body.h"
#include "server/markdown/prose.h"
#include "server/unicode/words.h"

enum {
    SHORT_PARAGRAPH = 400, /* bytes: a longer one stands in for nothing */
    NOT_COUNTED = UINT32_MAX,
};

void outline_finish(Outline *outline)
{
    free(outline->headings);
    free(outline->leads);
    *outline = (Outline){0};
}

/* Reading a chunk */

/* Counts a block at the root in. Spans are told from `base`. */
static void add_to_body(Body *body, const Chunk *chunk, uint32_t index, uint32_t base)
{
    const Block *block = &chunk->blocks[index];
    BodyParts part = body_part(chunk, index);
    body->parts |= (uint8_t)part;
    if (part != BODY_CONTENT) {
        return;
    }
    body->blocks++;
    bool only = body->blocks == 1 && block->type == BLOCK_PARAGRAPH &&
                block->whole.end - block->whole.start <= SHORT_PARAGRAPH;
    body->key = only ? str_hash(chunk_str(chunk, block->whole)) | 1 : 0;
    body->span = only ? (Span){block->whole.start - base, block->whole.end - base} : (Span){0};
}

static bool is_code_only(const Chunk *chunk, const Block *block, uint32_t index)
{
    uint32_t first = chunk_first_inline(chunk, index);
    if (first == chunk->inline_count) {
        return false;
    }
    const Inline *found = &chunk->inlines[first];
    return found->block == index && found->type == INLINE_CODE &&
           found->whole.start == block->content.start && found->whole.end == block->content.end;
}

static bool has_marks(Str text)
{
    return text.length > 0 && (text.data[0] == '#' || text.data[text.length - 1] == '#');
}

static bool is_emphasised(Str text)
{
    return text.length > 0 && (text.data[0] == '*' || text.data[0] == '_');
}

static Heading read_heading(const Chunk *chunk, uint32_t chunk_index, uint32_t index)
{
    const Block *block = &chunk->blocks[index];
    return (Heading){
        .chunk = chunk_index,
        .block = index,
        .level = block->level,
        .nested = block->parent >= 0,
        .code = block->pieces > 0 && is_code_only(chunk, block, index),
        .marks = has_marks(chunk_str(chunk, block->content)),
        .emphasised = is_emphasised(chunk_str(chunk, block->content)),
        .whole = block->whole,
        .text = block->content,
        .source = str_hash(chunk_str(chunk, block->content)),
        .words = NOT_COUNTED,
    };
}

typedef Array(Heading) Headings;

/* The lead and the headings of one chunk. A nested heading has content of its own, whatever it is. */
static Lead read_chunk(const Document *document, uint32_t index, Headings *headings)
{
    const Chunk *chunk = document_chunk(document, index);
    Lead lead = {.more = true, .words = NOT_COUNTED};
    Body *body = &lead.body;
    uint32_t base = 0, outer = UINT32_MAX;
    for (uint32_t i = 0; i < chunk->block_count; i++) {
        const Block *block = &chunk->blocks[i];
        if (block->type == BLOCK_HEADING) {
            *array_add(headings) = read_heading(chunk, index, i);
            array_last(headings)->body.parts = block->parent >= 0 ? BODY_CONTENT : 0;
            body = outer == UINT32_MAX ? &lead.body : &headings->items[outer].body;
        }
        if (block->parent >= 0) {
            continue;
        }
        if (block->type != BLOCK_HEADING) {
            add_to_body(body, chunk, i, base);
            continue;
        }
        outer = headings->count - 1;
        body = &headings->items[outer].body;
        base = block->whole.start;
        lead.more = false;
    }
    return lead;
}

/* Following splices */

static bool same_span(Span a, uint32_t a_base, Span b, uint32_t b_base)
{
    return a.start - a_base == b.start - b_base && a.end - a_base == b.end - b_base;
}

static bool same_body(const Body *a, const Body *b)
{
    return a->parts == b->parts && a->blocks == b->blocks && a->key == b->key &&
           same_span(a->span, 0, b->span, 0);
}

static bool same_heading(const Heading *a, const Heading *b)
{
    return a->level == b->level && a->nested == b->nested && a->code == b->code &&
           a->source == b->source &&
           same_span(a->whole, a->whole.start, b->whole, b->whole.start) &&
           same_span(a->text, a->whole.start, b->text, b->whole.start) &&
           same_body(&a->body, &b->body);
}

static bool same_headings(const Heading *a, const Heading *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!same_heading(&a[i], &b[i])) {
            return false;
        }
    }
    return true;
}

static bool same_leads(const Lead *a, const Lead *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (a[i].more != b[i].more || !same_body(&a[i].body, &b[i].body)) {
            return false;
        }
    }
    return true;
}

/* The index of the first heading that is in a chunk from `chunk` on. */
static uint32_t first_in_chunk(const Outline *outline, uint32_t chunk)
{
    uint32_t low = 0, high = outline->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (outline->headings[middle].chunk < chunk) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void replace_headings(Outline *outline, uint32_t first, uint32_t removed,
                             const Headings *headings, uint32_t delta)
{
    outline->headings = array_move(outline->headings, &outline->count, &outline->capacity, first,
                                   removed, headings->count, sizeof(Heading));
    if (headings->count > 0) {
        memcpy(&outline->headings[first], headings->items, headings->count * sizeof(Heading));
    }
    uint32_t next = first + headings->count;
    for (uint32_t i = next; delta != 0 && i < outline->count; i++) {
        outline->headings[i].chunk += delta;
    }
    while (next < outline->count && outline->headings[next].nested) {
        next++;
    }
    if (next < outline->count) {
        outline->headings[next].copy = 0;
    }
}

static void replace_leads(Outline *outline, Splice splice, const Lead *leads)
{
    outline->leads = array_move(outline->leads, &outline->lead_count, &outline->lead_capacity,
                                splice.first, splice.removed, splice.inserted, sizeof(Lead));
    if (splice.inserted > 0) {
        memcpy(&outline->leads[splice.first], leads, splice.inserted * sizeof(Lead));
    }
}

bool outline_update(Outline *outline, const Document *document, Splice splice)
{
    if (splice.references) {
        splice = (Splice){0, outline->lead_count, document_chunk_count(document), false};
    }
    Headings headings = {0};
    Array(Lead) leads = {0};
    for (uint32_t i = 0; i < splice.inserted; i++) {
        Lead lead = read_chunk(document, splice.first + i, &headings);
        *array_add(&leads) = lead;
    }
    uint32_t first = first_in_chunk(outline, splice.first);
    uint32_t removed = first_in_chunk(outline, splice.first + splice.removed) - first;
    bool same = removed == headings.count && splice.removed == splice.inserted &&
                same_headings(&outline->headings[first], headings.items, removed) &&
                same_leads(&outline->leads[splice.first], leads.items, splice.inserted);
    replace_headings(outline, first, removed, &headings, splice.inserted - splice.removed);
    replace_leads(outline, splice, leads.items);
    array_finish(&headings);
    array_finish(&leads);
    return !same;
}

/* Queries */

static void join_body(Body *body, const Body *more, uint32_t chunks)
{
    bool first = body->blocks == 0;
    body->parts |= more->parts;
    body->blocks += more->blocks;
    if (first && more->key != 0) {
        body->chunks = chunks;
        body->span = more->span;
    }
    body->key = body->blocks > 1 ? 0 : first ? more->key : body->key;
}

/* The chunk after the last one that begins with what stands under `heading`. */
static uint32_t leads_end(const Outline *outline, uint32_t heading)
{
    uint32_t next = heading + 1;
    if (outline->headings[heading].nested) {
        return 0;
    }
    while (next < outline->count && outline->headings[next].nested) {
        next++;
    }
    return next == outline->count ? outline->lead_count : outline->headings[next].chunk + 1;
}

Body outline_body(const Outline *outline, uint32_t heading)
{
    const Heading *at = &outline->headings[heading];
    Body body = at->body;
    uint32_t end = leads_end(outline, heading);
    for (uint32_t i = at->chunk + 1; i < end && body.blocks < 2; i++) {
        join_body(&body, &outline->leads[i].body, i - at->chunk);
    }
    return body;
}

static size_t heading_start(const Document *document, const Heading *heading)
{
    return document_chunk_start(document, heading->chunk) + heading->whole.start;
}

/* The end of the block around a nested heading. */
static size_t container_end(const Document *document, const Heading *heading)
{
    const Chunk *chunk = document_chunk(document, heading->chunk);
    const Block *parent = &chunk->blocks[chunk->blocks[heading->block].parent];
    return document_chunk_start(document, heading->chunk) + parent->whole.end;
}

size_t outline_section_end(const Outline *outline, const Document *document, uint32_t heading)
{
    const Heading *at = &outline->headings[heading];
    size_t limit = at->nested ? container_end(document, at) : document_length(document);
    for (uint32_t i = heading + 1; i < outline->count; i++) {
        const Heading *next = &outline->headings[i];
        bool ends = at->nested || !next->nested;
        if (ends && next->level <= at->level) {
            size_t start = heading_start(document, next);
            return start < limit ? start : limit;
        }
    }
    return limit;
}

/* Words of the leaves of a chunk from `block` on, to the next heading inside `parent` or its end. */
static uint32_t count_words(const Document *document, uint32_t index, uint32_t block,
                            int32_t parent)
{
    const Chunk *chunk = document_chunk(document, index);
    Buf text = {0};
    size_t count = 0;
    for (uint32_t i = block; i < chunk->block_count && chunk->blocks[i].parent >= parent; i++) {
        if (chunk->blocks[i].type == BLOCK_HEADING && chunk->blocks[i].parent == parent) {
            break;
        }
        buf_reset(&text);
        prose_append(&text, chunk, i, 0);
        count += words_count(buf_str(&text));
    }
    buf_finish(&text);
    return (uint32_t)count;
}

static uint32_t lead_words(const Outline *outline, const Document *document, uint32_t chunk)
{
    Lead *lead = &outline->leads[chunk];
    if (lead->words == NOT_COUNTED) {
        lead->words = count_words(document, chunk, 0, -1);
    }
    return lead->words;
}

uint32_t outline_words(const Outline *outline, const Document *document, uint32_t heading)
{
    Heading *at = &outline->headings[heading];
    if (at->words == NOT_COUNTED) {
        int32_t parent = document_chunk(document, at->chunk)->blocks[at->block].parent;
        at->words = count_words(document, at->chunk, at->block + 1, parent);
    }
    uint32_t words = at->words;
    uint32_t end = leads_end(outline, heading);
    for (uint32_t i = at->chunk + 1; i < end; i++) {
        words += lead_words(outline, document, i);
    }
    return words;
}

uint32_t outline_lead_words(const Outline *outline, const Document *document)
{
    uint32_t words = 0;
    for (uint32_t i = 0; i < outline->lead_count; i++) {
        words += lead_words(outline, document, i);
        if (!outline->leads[i].more) {
            break;
        }
    }
    return words;
}

uint64_t outline_key(const Outline *outline, const Document *document, uint32_t heading)
{
    Heading *at = &outline->headings[heading];
    if (at->key == 0) {
        Buf text = {0}, words = {0};
        prose_append(&text, document_chunk(document, at->chunk), at->block, PROSE_WITH_CODE);
        words_append(&words, buf_str(&text));
        at->key = words.length == 0 ? OUTLINE_NO_WORDS : str_hash(buf_str(&words)) | 2;
        buf_finish(&words);
        buf_finish(&text);
    }
    return at->key;
}

Str outline_text(const Document *document, const Heading *heading, Arena *arena)
{
    Buf text = {0};
    prose_append(&text, document_chunk(document, heading->chunk), heading->block, PROSE_WITH_CODE);
    Str copy = arena_copy(arena, buf_str(&text));
    buf_finish(&text);
    return copy;
}
