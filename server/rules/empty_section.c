/* empty-section: a heading has something under it before the next heading of its level or a higher
 * one.
 *
 * A subheading is something, and so is all that prints or speaks to a program: images, directives,
 * footnotes, `<!-- more -->`. A comment of words is a note to the author: the reader sees a heading
 * and nothing. `[Unreleased]` is empty on purpose (Keep a Changelog). Of 9 such findings in
 * published articles 8 were true. */
#include "server/rules/rule.h"
#include "server/unicode/words.h"

static bool is_empty(const Merged *merged, uint32_t index)
{
    const MergedHeading *here = &merged->items[index];
    bool subheading = index + 1 < merged->count && merged->items[index + 1].level > here->level;
    return !subheading && (here->body.parts & (BODY_CONTENT | BODY_SYNTAX)) == 0;
}

static bool is_unreleased(RuleContext *context, const Heading *heading)
{
    Buf words = {0};
    words_append(&words, outline_text(rule_document(context), heading, rule_arena(context)));
    bool unreleased = str_equal(buf_str(&words), STR("unreleased"));
    buf_finish(&words);
    return unreleased;
}

/* Slides are separated by rules, and a heading alone is a slide of its own. */
static bool are_slides(const Merged *merged)
{
    uint32_t broken = 0;
    for (uint32_t i = 0; i < merged->count; i++) {
        broken += (merged->items[i].body.parts & BODY_BREAK) != 0;
    }
    return broken >= 3 && broken * 2 >= merged->count;
}

static void check(RuleContext *context, const Outline *outline)
{
    const Merged *merged = rule_merged(context);
    bool slides = are_slides(merged);
    (void)outline;
    for (uint32_t i = 0; i < merged->count && !slides; i++) {
        const Heading *heading = merged->items[i].heading;
        if (is_empty(merged, i) && !is_unreleased(context, heading)) {
            rule_report_heading(context, heading, heading->whole, "nothing under this heading");
        }
    }
}

const Rule rule_empty_section = {
    .code = "empty-section",
    .severity = SEVERITY_WARNING,
    .summary = "a heading has nothing under it",
    .yields_to = "repeated-heading placeholder-text",
    .check_outline = check,
};
