/* duplicate-heading: the sections of one section have different names.
 *
 * Two "Results" beside each other are one text that was pasted twice, or two that nobody can tell
 * apart in a table of contents; their anchors differ by a number. Under different parents the same
 * name is normal (every release has its fixes), and where it stands four times it is a pattern. */
#include "server/rules/release.h"
#include "server/rules/rule.h"

enum { LEVELS = 7, PATTERN = 4 };

/* A name under a parent: a slot of a hash table. */
typedef struct {
    uint64_t key;   /* of the heading's words; 0: the slot is free */
    int64_t parent; /* index of the parent, -1 for the article */
    const Heading *first;
    uint32_t count;
} Name;

typedef struct {
    RuleContext *context;
    const Outline *outline;
    const Merged *merged;
    Name *names;
    uint64_t mask; /* slots - 1 */
} Names;

/* The slot of a name, which may be free. */
static Name *name_of(const Names *names, uint64_t key, int64_t parent)
{
    uint64_t slot = key ^ ((uint64_t)(parent + 1) * UINT64_C(0x9E3779B97F4A7C15));
    for (slot ^= slot >> 32;; slot++) {
        Name *name = &names->names[slot & names->mask];
        if (name->key == 0 || (name->key == key && name->parent == parent)) {
            return name;
        }
    }
}

/* Whether a heading has a name at all: an overload of a function or a day of a log says the same. */
static bool has_name(const Names *names, const Heading *heading, uint64_t key)
{
    return !heading->code && key != OUTLINE_NO_WORDS &&
           !release_is_heading(
               outline_text(rule_document(names->context), heading, rule_arena(names->context)));
}

/* Puts the names of all headings into slots; slots[i] is that of heading i, or NULL. */
static void collect(Names *names, Name **slots)
{
    int64_t last[LEVELS];
    memset(last, -1, sizeof(last));
    for (uint32_t i = 0; i < names->merged->count; i++) {
        const MergedHeading *item = &names->merged->items[i];
        uint32_t index = (uint32_t)(item->heading - names->outline->headings);
        uint64_t key = outline_key(names->outline, rule_document(names->context), index);
        int64_t parent = -1;
        for (uint8_t level = 1; level < LEVELS; level++) {
            if (level >= item->level) {
                last[level] = level == item->level ? (int64_t)i : -1;
            }
            parent = level < item->level && last[level] >= 0 ? last[level] : parent;
        }
        Name *name = name_of(names, key, parent);
        if (name->key == 0) {
            *name = (Name){.key = key, .parent = parent, .first = item->heading};
        }
        name->count++;
        slots[i] = name;
    }
}

static void check(RuleContext *context, const Outline *outline)
{
    const Merged *merged = rule_merged(context);
    uint64_t size = 8;
    while (size < (uint64_t)merged->count * 2) {
        size *= 2;
    }
    Names names = {context, outline, merged, ARENA_NEW(rule_arena(context), Name, size), size - 1};
    Name **slots = ARENA_NEW(rule_arena(context), Name *, merged->count);
    collect(&names, slots);
    for (uint32_t i = 0; i < merged->count; i++) {
        const Heading *heading = merged->items[i].heading;
        if (slots[i]->first == heading || slots[i]->count >= PATTERN ||
            !has_name(&names, heading, slots[i]->key)) {
            continue;
        }
        rule_report_heading(context, heading, heading->whole, "the same as a heading beside it");
        rule_relate_heading(context, slots[i]->first, slots[i]->first->whole, "the other heading");
    }
}

const Rule rule_duplicate_heading = {
    .code = "duplicate-heading",
    .severity = SEVERITY_INFORMATION,
    .summary = "two sections of one section with the same name",
    .yields_to = "repeated-heading accidental-heading empty-section",
    .check_outline = check,
};
