/* heading-hash: the text of a heading has no # marks left over from another heading.
 *
 * `## # Title` prints a #, and so does `## Title##`, whose closing marks need a blank before them.
 * A space behind the leading marks is what tells them from C#, F# and #tags: with it the finding is
 * true, without it 15 of 16 were not. */
#include "server/markdown/line.h"
#include "server/rules/rule.h"

/* The marks at the beginning of a heading's text, with the blanks behind them; empty: none. */
static Span leading_marks(const Chunk *chunk, const Heading *heading)
{
    Str text = chunk_str(chunk, heading->text);
    uint32_t run = run_length(text, '#'), end = run;
    while (end < text.length && is_blank(text.data[end])) {
        end++;
    }
    bool marks = run > 0 && run <= 6 && end > run && end < text.length;
    return (Span){heading->text.start, heading->text.start + (marks ? run : 0)};
}

/* As many marks as its level, glued to the end of an ATX heading's text, which has no others. */
static Span trailing_marks(const Chunk *chunk, const Heading *heading)
{
    Str text = chunk_str(chunk, heading->text);
    uint32_t end = heading->text.end, run = 0;
    while (run < text.length && text.data[text.length - 1 - run] == '#') {
        run++;
    }
    bool setext = (chunk->blocks[heading->block].flags & BLOCK_SETEXT) != 0;
    bool glued = run == heading->level && run >= 2 && run < text.length && !setext;
    return (Span){glued ? end - run : end, end};
}

static void check(RuleContext *context, const Outline *outline)
{
    const Merged *merged = rule_merged(context);
    (void)outline;
    for (uint32_t i = 0; i < merged->count; i++) {
        const Heading *heading = merged->items[i].heading;
        if (!heading->marks) {
            continue;
        }
        const Chunk *chunk = document_chunk(rule_document(context), heading->chunk);
        Span leading = leading_marks(chunk, heading), trailing = trailing_marks(chunk, heading);
        if (!span_empty(leading)) {
            rule_report_heading(context, heading, leading, "# marks in the text of a heading");
        } else if (!span_empty(trailing)) {
            rule_report_heading(context, heading, trailing, "closing # marks without a space");
        }
    }
}

const Rule rule_heading_hash = {
    .code = "heading-hash",
    .severity = SEVERITY_WARNING,
    .summary = "# marks in the text of a heading",
    .yields_to = "repeated-heading",
    .check_outline = check,
};
