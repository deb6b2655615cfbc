/* multiple-titles: an article has one title, its level-1 heading.
 *
 * Three or more of them are a style, sections at level 1, and nothing is said: of 18 published
 * articles with several only 2 had one too many. A title in the front matter is not counted: an H1
 * beside it is normal. */
#include "server/rules/rule.h"

static void check(RuleContext *context, const Outline *outline)
{
    const Merged *merged = rule_merged(context);
    const Heading *titles[2] = {0};
    uint32_t count = 0;
    (void)outline;
    for (uint32_t i = 0; i < merged->count; i++) {
        if (merged->items[i].level == 1) {
            if (count < 2) {
                titles[count] = merged->items[i].heading;
            }
            count++;
        }
    }
    if (count == 2) {
        rule_report_heading(context, titles[1], titles[1]->whole, "a second title");
        rule_relate_heading(context, titles[0], titles[0]->whole, "the first title");
    }
}

const Rule rule_multiple_titles = {
    .code = "multiple-titles",
    .severity = SEVERITY_WARNING,
    .summary = "a second level-1 heading",
    .yields_to = "repeated-heading",
    .check_outline = check,
};
