/* repeated-heading: a heading does not say again what the heading just before it said.
 *
 * Pipelines print a section's title and then the text that begins with it. What is a repetition is
 * decided in merged.c, since every rule about structure reads the outline without them. */
#include "server/rules/rule.h"

/* Where the copy is higher than the heading, what it heads may stand at the heading's own level: the
 * sections that the fix leaves beside it. They end where the next section begins that is printed
 * twice, for there the pipeline went on. */
static uint32_t count_beside(const Merged *merged, uint32_t index)
{
    uint8_t level = merged->items[index].heading->level;
    uint32_t count = 0;
    for (uint32_t i = index + 1; i < merged->count; i++) {
        const MergedHeading *next = &merged->items[i];
        if (next->heading->level < level || next->heading != next->last) {
            break;
        }
        count += next->heading->level == level;
    }
    return count;
}

static void report(RuleContext *context, const MergedHeading *here, const Heading *copy,
                   uint32_t beside)
{
    if (beside > 0) {
        rule_report_heading(context, copy, copy->whole,
                            "repeats the heading above; %u section%s below at its level", beside,
                            beside == 1 ? "" : "s");
    } else {
        rule_report_heading(context, copy, copy->whole, "repeats the heading above");
    }
    rule_relate_heading(context, here->heading, here->heading->whole,
                        "the heading that it repeats");
}

static void check(RuleContext *context, const Outline *outline)
{
    const Merged *merged = rule_merged(context);
    (void)outline;
    for (uint32_t i = 0; i < merged->count; i++) {
        const MergedHeading *here = &merged->items[i];
        for (const Heading *copy = here->heading + 1; copy <= here->last; copy++) {
            bool higher = copy == here->last && copy->level < here->heading->level;
            if (!copy->nested) {
                report(context, here, copy, higher ? count_beside(merged, i) : 0);
            }
        }
    }
}

const Rule rule_repeated_heading = {
    .code = "repeated-heading",
    .severity = SEVERITY_WARNING,
    .summary = "a heading repeats the heading just before it",
    .check_outline = check,
};
