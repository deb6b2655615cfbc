/* multiple-titles: an article has one title, its level-1 heading.
 *
 * Three or more of them are a style, sections at level 1, and nothing is said: of 18 published
 * articles with several only 2 had one too many. A title in the front matter is not counted: an H1
 * beside it is normal, unless the configuration says where a title belongs. */
#include "server/rules/rule.h"

enum { TITLE_IN_BODY };
enum { ALLOW, FORBID, REQUIRE };
static const RuleOption options[] = {
    [TITLE_IN_BODY] = {"title-in-body", "allow forbid require",
                       "whether a level-1 heading is needed, or one too many by itself"},
};

/* The first two headings of level 1; returns how many there are. */
static uint32_t find_titles(const Merged *merged, const Heading *titles[2])
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < merged->count; i++) {
        if (merged->items[i].level == 1) {
            if (count < 2) {
                titles[count] = merged->items[i].heading;
            }
            count++;
        }
    }
    return count;
}

static void check(RuleContext *context, const Outline *outline)
{
    const Merged *merged = rule_merged(context);
    const Heading *titles[2] = {0};
    uint32_t count = find_titles(merged, titles), wanted = rule_option(context, TITLE_IN_BODY);
    (void)outline;
    if (wanted == FORBID && count > 0) {
        rule_report_heading(context, titles[0], titles[0]->whole, "a title in the text");
    } else if (wanted == REQUIRE && count == 0 && merged->count > 0) {
        const Heading *first = merged->items[0].heading;
        rule_report_heading(context, first, first->whole, "no title above this heading");
    } else if (count == 2) {
        rule_report_heading(context, titles[1], titles[1]->whole, "a second title");
        rule_relate_heading(context, titles[0], titles[0]->whole, "the first title");
    }
}

const Rule rule_multiple_titles = {
    .code = "multiple-titles",
    .severity = SEVERITY_WARNING,
    .summary = "a second level-1 heading",
    .yields_to = "repeated-heading accidental-heading",
    .options = options,
    .option_count = sizeof(options) / sizeof(*options),
    .check_outline = check,
};
