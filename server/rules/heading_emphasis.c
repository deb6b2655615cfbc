/* heading-emphasis: a heading is not bold as well.
 *
 * Models write `## **Title**` and `## **Title**: more`. It prints well enough, so it is a hint, once for
 * all of an article; the marks show in tables of contents and in what other programs make of them. */
#include "server/markdown/line.h"
#include "server/rules/rule.h"

enum { RELATED = 100 }; /* other headings that are named */

/* The bold run at the beginning of a heading's text, with its marks; empty: there is none. Read from
 * the text alone, since that is what the outline knows a change of. */
static Span bold_run(const Chunk *chunk, const Heading *heading)
{
    Str text = chunk_str(chunk, heading->text);
    size_t start = run_length(text, '#');
    while (start < text.length && is_blank(text.data[start])) {
        start++;
    }
    text = str_after(text, start);
    char mark = text.length > 4 ? text.data[0] : '\0';
    if ((mark != '*' && mark != '_') || run_length(text, mark) != 2 || is_blank(text.data[2])) {
        return (Span){0};
    }
    Str marks = mark == '*' ? STR("**") : STR("__");
    size_t end = str_find(str_after(text, 2), marks);
    if (end == STR_NONE || end == 0 || is_blank(text.data[end + 1])) {
        return (Span){0};
    }
    uint32_t offset = heading->text.start + (uint32_t)start;
    return (Span){offset, offset + (uint32_t)end + 4};
}

static void check(RuleContext *context, const Outline *outline)
{
    const Merged *merged = rule_merged(context);
    uint32_t count = 0;
    (void)outline;
    for (uint32_t i = 0; i < merged->count && count <= RELATED; i++) {
        const Heading *heading = merged->items[i].heading;
        if (!heading->emphasised && !heading->marks) {
            continue;
        }
        const Chunk *chunk = document_chunk(rule_document(context), heading->chunk);
        Span bold = bold_run(chunk, heading);
        if (span_empty(bold)) {
            continue;
        }
        if (count == 0) {
            rule_report_heading(context, heading, bold, "bold in a heading");
        } else {
            rule_relate_heading(context, heading, bold, "another one");
        }
        count++;
    }
}

const Rule rule_heading_emphasis = {
    .code = "heading-emphasis",
    .severity = SEVERITY_HINT,
    .summary = "headings that are bold as well",
    .yields_to = "repeated-heading",
    .repeats = true,
    .check_outline = check,
};
