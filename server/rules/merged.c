#include "server/rules/merged.h"

#include "server/unicode/words.h"

enum {
    BARE_WORDS = 5, /* a heading cut short at no mark of punctuation has at least so many words */
    LEVELS = 7,
};

enum { COPY_UNKNOWN, COPY_NO, COPY_YES }; /* Heading.copy */

/* Where `cut`, word by word, stops in `text`: the offset behind the last word they have in common,
 * and how many those are. False where `text` does not begin so, or has no more words. */
static bool begins_with(Str text, Str cut, size_t *end, uint32_t *words)
{
    Buf a = {0}, b = {0};
    Str word, other;
    size_t at = 0, cut_at = 0;
    bool same = true;
    uint32_t count = 0;
    while (same && words_next(cut, &cut_at, &other) && (same = words_next(text, &at, &word))) {
        buf_reset(&a);
        buf_reset(&b);
        words_append(&a, word);
        words_append(&b, other);
        same = str_equal(buf_str(&a), buf_str(&b));
        *end = (size_t)(word.data - text.data) + word.length;
        count++;
    }
    buf_finish(&a);
    buf_finish(&b);
    *words = count;
    return same && count > 0 && words_next(text, &at, &word);
}

/* Whether the text from `at` to its next word has a mark at which a heading is cut. */
static bool cuts_at(Str text, size_t at)
{
    static const Str marks[] = {STR_INIT(":"),  STR_INIT(","),  STR_INIT("—"),  STR_INIT("–"),
                                STR_INIT("."),  STR_INIT("("),  STR_INIT("："), STR_INIT("，"),
                                STR_INIT("。"), STR_INIT("（"), STR_INIT("、")};
    Str word;
    size_t next = at;
    if (!words_next(text, &next, &word)) {
        return false;
    }
    Str between = str_slice(text, at, (size_t)(word.data - text.data));
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
        if (str_find(between, marks[i]) != STR_NONE) {
            return true;
        }
    }
    return false;
}

static bool is_cut_short(const Document *document, const Heading *heading, const Heading *copy,
                         Arena *arena)
{
    Str text = outline_text(document, heading, arena), cut = outline_text(document, copy, arena);
    size_t end = 0;
    uint32_t words = 0;
    return begins_with(text, cut, &end, &words) && (words >= BARE_WORDS || cuts_at(text, end));
}

/* Whether `copy`, the next heading, says again what `heading` said, with nothing between. */
static bool compare(const Document *document, const Outline *outline, uint32_t heading,
                    uint32_t copy, Arena *arena)
{
    const Heading *a = &outline->headings[heading], *b = &outline->headings[copy];
    uint8_t something = BODY_CONTENT | BODY_BREAK;
    if (a->code != b->code || (outline_body(outline, heading).parts & something) != 0) {
        return false;
    }
    uint64_t key = outline_key(outline, document, heading);
    uint64_t other = outline_key(outline, document, copy);
    if (key == OUTLINE_NO_WORDS || other == OUTLINE_NO_WORDS) {
        return false;
    }
    return key == other || is_cut_short(document, a, b, arena);
}

/* As compare, with the answer kept beside the heading: most headings are as they were. */
static bool repeats(const Document *document, const Outline *outline, uint32_t heading,
                    uint32_t copy, Arena *arena)
{
    uint8_t *known = &outline->headings[copy].copy;
    if (*known == COPY_UNKNOWN) {
        bool same = compare(document, outline, heading, copy, arena);
        *known = same ? COPY_YES : COPY_NO;
    }
    return *known == COPY_YES;
}

/* How far headings rise: rise[l] as long as they are deeper than l. */
static uint8_t risen_level(const int rise[LEVELS], uint8_t level)
{
    int risen = level;
    for (int above = 1; above < level; above++) {
        risen -= rise[above];
    }
    return (uint8_t)(risen < 1 ? 1 : risen);
}

Merged merged_of(const Document *document, const Outline *outline, Arena *arena)
{
    MergedHeading *items = ARENA_NEW(arena, MergedHeading, outline->count);
    MergedHeading *last = NULL;
    uint32_t count = 0, previous = 0;
    int rise[LEVELS] = {0};
    for (uint32_t i = 0; i < outline->count; i++) {
        const Heading *heading = &outline->headings[i];
        if (heading->nested) {
            continue;
        }
        for (int level = heading->level; level < LEVELS; level++) {
            rise[level] = 0;
        }
        if (last != NULL && repeats(document, outline, previous, i, arena)) {
            int deeper = risen_level(rise, heading->level) - last->level;
            rise[heading->level] = deeper > 0 ? deeper : 0;
            last->last = heading;
        } else {
            last = &items[count++];
            *last = (MergedHeading){
                .heading = heading,
                .last = heading,
                .level = risen_level(rise, heading->level),
            };
        }
        last->body = outline_body(outline, i);
        previous = i;
    }
    return (Merged){items, count};
}
