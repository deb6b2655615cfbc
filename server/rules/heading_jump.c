/* heading-jump: a heading is at most one level deeper than the heading before it.
 *
 * Readers and screen readers take the levels for the structure. Where the article never uses the
 * skipped level it is a house style, and nothing is said: of 141 jumps in published articles 15
 * mattered. */
#include "server/rules/rule.h"

static bool uses_level(const Merged *merged, uint8_t level)
{
    for (uint32_t i = 0; i < merged->count; i++) {
        if (merged->items[i].level == level) {
            return true;
        }
    }
    return false;
}

static Span marker_of(const Heading *heading)
{
    uint32_t start = heading->whole.start;
    return heading->text.start > start ? (Span){start, start + heading->level} : heading->whole;
}

static void check(RuleContext *context, const Outline *outline)
{
    const Merged *merged = rule_merged(context);
    uint8_t reported =
        0; /* the level of the jump that was reported last, while its siblings follow */
    (void)outline;
    for (uint32_t i = 1; i < merged->count; i++) {
        const MergedHeading *above = &merged->items[i - 1], *here = &merged->items[i];
        if (here->level == reported) {
            continue;
        }
        reported = here->level > reported ? reported : 0;
        if (here->level > above->level + 1 && uses_level(merged, above->level + 1)) {
            reported = here->level;
            rule_report_heading(context, here->heading, marker_of(here->heading),
                                "skips a level: %d after %d", here->heading->level,
                                above->last->level);
            rule_relate_heading(context, above->last, above->last->text, "the heading before it");
        }
    }
}

const Rule rule_heading_jump = {
    .code = "heading-jump",
    .severity = SEVERITY_WARNING,
    .summary = "a heading skips a level",
    .yields_to = "repeated-heading accidental-heading",
    .check_outline = check,
};
