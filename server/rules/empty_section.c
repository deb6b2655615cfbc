/* empty-section: a heading has something under it before the next heading of its level or a higher
 * one.
 *
 * A subheading is something, and so is all that prints or speaks to a program: images, directives,
 * footnotes, `<!-- more -->`. A comment of words is a note to the author: the reader sees a heading
 * and nothing. Releases without notes are empty on purpose (`[Unreleased]`, 1.2.3), and so are lists of
 * names in code. Of 9 such findings in published articles 8 were true. */
#include "server/rules/release.h"
#include "server/rules/rule.h"

enum { COMMENTS };
static const RuleOption options[] = {
    [COMMENTS] = {"comments", "ignore count", "whether a comment of words is something"},
};

static bool is_empty(const RuleContext *context, const Merged *merged, uint32_t index)
{
    unsigned something = BODY_CONTENT | BODY_SYNTAX;
    something |= rule_option(context, COMMENTS) == 1 ? BODY_COMMENT : 0;
    const MergedHeading *here = &merged->items[index];
    bool subheading = index + 1 < merged->count && merged->items[index + 1].level > here->level;
    return !subheading && (here->body.parts & something) == 0;
}

/* Whether a heading says all there is to say: a release without notes, the name of an option. */
static bool is_enough(RuleContext *context, const Heading *heading)
{
    return heading->code ||
           release_is_heading(outline_text(rule_document(context), heading, rule_arena(context)));
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
        if (is_empty(context, merged, i) && !is_enough(context, heading)) {
            rule_report_heading(context, heading, heading->whole, "nothing under this heading");
        }
    }
}

const Rule rule_empty_section = {
    .code = "empty-section",
    .severity = SEVERITY_WARNING,
    .summary = "a heading has nothing under it",
    .yields_to = "repeated-heading placeholder-text accidental-heading",
    .options = options,
    .option_count = sizeof(options) / sizeof(*options),
    .check_outline = check,
};
