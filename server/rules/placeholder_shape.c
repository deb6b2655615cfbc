#include "server/rules/placeholder_shape.h"

#include "server/rules/brackets.h"
#include "server/rules/release.h"
#include "server/rules/wording.h"
#include "server/unicode/words.h"

enum {
    MANY = 3,     /* sections with the same body */
    RELATED = 20, /* a finding names at most so many others */
    GROUPS = 20,  /* of sections with one body that are looked at */
};

/* All that stands under a heading: one short paragraph. */
typedef struct {
    const Heading *heading;
    const Chunk *chunk; /* of the paragraph */
    Span span;          /* in that chunk */
    uint64_t key;
} Lone;

/* The sections of which that is true, in `arena`. */
typedef struct {
    Lone *items;
    uint32_t count;
} Lones;

static Lones find_lones(const Document *document, const Outline *outline, Arena *arena)
{
    Lones lones = {ARENA_NEW(arena, Lone, outline->count), 0};
    for (uint32_t i = 0; i < outline->count; i++) {
        const Heading *heading = &outline->headings[i];
        Body body = heading->nested ? (Body){0} : outline_body(outline, i);
        if (body.key == 0 || (body.parts & BODY_CONTENT) != body.parts) {
            continue;
        }
        uint32_t base = body.chunks == 0 ? heading->whole.start : 0;
        lones.items[lones.count++] = (Lone){
            .heading = heading,
            .chunk = document_chunk(document, heading->chunk + body.chunks),
            .span = {base + body.span.start, base + body.span.end},
            .key = body.key,
        };
    }
    return lones;
}

static uint32_t block_of(const Lone *lone)
{
    uint32_t low = 0, high = lone->chunk->block_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (lone->chunk->blocks[middle].whole.start < lone->span.start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static Str heading_text(RuleContext *context, const Lone *lone)
{
    return outline_text(rule_document(context), lone->heading, rule_arena(context));
}

/* A section that is one bracket */

static bool begins_with_bracket(const Lone *lone)
{
    Str text = chunk_str(lone->chunk, lone->span);
    while (text.length > 0 && strchr(" \\*_", text.data[0]) != NULL) {
        text = str_after(text, 1);
    }
    return str_starts(text, STR("[")) || str_starts(text, STR("［")) || str_starts(text, STR("【"));
}

/* Whether nothing but emphasis stands around a bracket. */
static bool is_all(const Lone *lone, Span bracket)
{
    Str before = chunk_str(lone->chunk, (Span){lone->span.start, bracket.start});
    Str after = chunk_str(lone->chunk, (Span){bracket.end, lone->span.end});
    return words_count(before) == 0 && words_count(after) == 0;
}

/* Whether the body is one remark of two words or more in brackets, which the lexicon does not know. */
static bool is_remark(const RuleContext *context, const Lone *lone)
{
    Brackets brackets = brackets_of(lone->chunk, block_of(lone));
    Bracket bracket;
    if (!brackets_next(&brackets, &bracket) || !is_all(lone, bracket.whole)) {
        return false;
    }
    Str inside = chunk_str(lone->chunk, bracket.inside);
    return words_count(inside) >= 2 && strchr("^@!", inside.data[0]) == NULL &&
           str_find_char(inside, '=') == STR_NONE &&
           wording_of_bracket(context, inside) == LEXICON_NONE &&
           wording_of_block(context, chunk_str(lone->chunk, lone->span)) == LEXICON_NONE;
}

static void check_bracket(RuleContext *context, const Lone *lone)
{
    if (begins_with_bracket(lone) && is_remark(context, lone) &&
        !release_is_heading(heading_text(context, lone))) {
        rule_report_body(context, lone->heading, "a remark in brackets instead of text");
        rule_severity(context, SEVERITY_WARNING);
    }
}

/* The same body again and again */

/* The first of the sections with one body, and how many there are under different headings: "Notable
 * changes" that are "This is a security release." every time are a form, filled in. */
typedef struct {
    uint32_t first, count;
} Group;

/* The slot of `lones->items[index]` in a table of groups by key, as open addressing finds it. */
static Group *group_of(Group *groups, size_t mask, const Lones *lones, uint32_t index)
{
    uint64_t key = lones->items[index].key;
    size_t slot = key & mask;
    while (groups[slot].count > 0 && lones->items[groups[slot].first].key != key) {
        slot = (slot + 1) & mask;
    }
    return &groups[slot];
}

static void add_to_group(Group *group, const Lones *lones, uint32_t index)
{
    if (group->count == 0) {
        *group = (Group){index, 1};
    } else if (lones->items[index].heading->source != lones->items[group->first].heading->source) {
        group->count++;
    }
}

/* Whether a repeated body is words that might stand in for text: no picture, no link, no code. */
static bool is_words(const RuleContext *context, const Lone *lone)
{
    Str text = chunk_str(lone->chunk, lone->span);
    if (words_count(text) < 2 || wording_of_block(context, text) != LEXICON_NONE) {
        return false;
    }
    uint32_t block = block_of(lone);
    for (uint32_t i = 0; i < lone->chunk->inline_count; i++) {
        const Inline *at = &lone->chunk->inlines[i];
        if (at->block == block && at->type > INLINE_DELETED) {
            return false;
        }
    }
    return true;
}

/* Whether most sections are as short as this body: a glossary, a list of options. */
static bool is_glossary(const Lones *lones, const Group *group)
{
    const Lone *body = &lones->items[group->first];
    uint32_t length = body->span.end - body->span.start, others = 0;
    for (uint32_t i = 0; i < lones->count; i++) {
        const Lone *other = &lones->items[i];
        others += other->key != body->key && other->span.end - other->span.start <= 2 * length;
    }
    return others > group->count;
}

static bool may_stand_in(RuleContext *context, const Lones *lones, const Group *group)
{
    const Lone *lone = &lones->items[group->first];
    return is_words(context, lone) && !release_is_heading(heading_text(context, lone)) &&
           !is_glossary(lones, group);
}

static void report_group(RuleContext *context, const Lones *lones, const Group *group)
{
    const Lone *first = &lones->items[group->first];
    rule_report_body(context, first->heading, "the same text in %u sections", group->count);
    rule_severity(context, SEVERITY_WARNING);
    uint32_t related = 0;
    for (uint32_t i = group->first + 1; i < lones->count && related < RELATED; i++) {
        if (lones->items[i].key == first->key) {
            rule_relate_body(context, lones->items[i].heading, "here again");
            related++;
        }
    }
}

static void check_repeats(RuleContext *context, const Lones *lones)
{
    size_t size = 4;
    while (size < 2 * (size_t)lones->count) {
        size *= 2;
    }
    Group *groups = ARENA_NEW(rule_arena(context), Group, size);
    for (uint32_t i = 0; i < lones->count; i++) {
        add_to_group(group_of(groups, size - 1, lones, i), lones, i);
    }
    for (uint32_t i = 0, seen = 0; i < lones->count && seen < GROUPS; i++) {
        const Group *group = group_of(groups, size - 1, lones, i);
        bool many = group->first == i && group->count >= MANY;
        seen += many;
        if (many && may_stand_in(context, lones, group)) {
            report_group(context, lones, group);
        }
    }
}

void placeholder_check_shapes(RuleContext *context, const Outline *outline)
{
    Lones lones = find_lones(rule_document(context), outline, rule_arena(context));
    for (uint32_t i = 0; i < lones.count; i++) {
        check_bracket(context, &lones.items[i]);
    }
    check_repeats(context, &lones);
}
