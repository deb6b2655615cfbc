/* An article on the page: what it is called, how long it is, where in it the defects lie, what is not
 * written yet, and what was found. */
#include "server/cli/columns.h"
#include "server/cli/formats/html.h"
#include "server/cli/formats/markup.h"
#include "server/cli/severity.h"
#include "server/markdown/front_matter.h"
#include "server/ranges.h"

enum {
    WORDS_A_MINUTE = 200,
    MAX_FINDINGS = 200, /* that are listed of one article */
    SCALE = 1000,       /* steps along the bar: marks that fall on one step are one mark */
    EXCERPT = 60,       /* columns of the text beside a finding */
    PARENT = 40,        /* columns of a heading that stands above another */
};

static Str file_name(Str path)
{
    for (size_t at = path.length; at > 0; at--) {
        if (path.data[at - 1] == '/' && at < path.length) {
            return str_after(path, at);
        }
    }
    return path;
}

/* The title of the front matter, else the first heading, else the file's name. */
static Str title_of(const CheckedFile *file, Arena *arena)
{
    if (file->error == NULL && document_chunk_count(file->article->document) > 0) {
        FrontMatter front = front_matter_read(document_chunk(file->article->document, 0), arena);
        for (uint32_t i = 0; i < front.count; i++) {
            if (front.values[i].top && str_equal(front.values[i].key, STR("title"))) {
                return front.values[i].value;
            }
        }
    }
    return file->symbols.count > 0 && file->symbols.items[0].level == 1
               ? file->symbols.items[0].name
               : file_name(file->uri.length > 0 ? file->uri : file->path);
}

static void append_head(Buf *out, const CheckedFile *file, Str title)
{
    buf_printf(out, "<article aria-labelledby=\"a%u\">\n<h3 id=\"a%u\" dir=\"auto\">", file->index,
               file->index);
    markup_append(out, title);
    buf_append(out, STR("</h3>\n<p class=\"path\">"));
    markup_append(out, file->uri.length > 0 ? file->uri : file->path);
    buf_append(out, STR("</p>\n"));
}

static uint32_t count_severity(const FileSummary *summary, Severity severity)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < summary->count_count; i++) {
        count += summary->counts[i].severity == severity ? summary->counts[i].count : 0;
    }
    return count;
}

/* "1 204 words · 6 min · 23 sections · 3 unfinished · 2 errors" */
static void append_facts(Buf *out, const FileSummary *summary)
{
    uint32_t minutes = summary->words / WORDS_A_MINUTE;
    buf_append(out, STR("<p class=\"facts\">"));
    html_count_append(out, summary->words, "word", "words");
    buf_append(out, STR(" · "));
    html_count_append(out, minutes > 0 ? minutes : 1, "min", "min");
    if (summary->sections > 0) {
        buf_append(out, STR(" · "));
        html_count_append(out, summary->sections, "section", "sections");
    }
    if (summary->unfinished > 0) {
        buf_append(out, STR(" · <strong>"));
        html_number_append(out, summary->unfinished);
        buf_append(out, STR(" unfinished</strong>"));
    }
    for (Severity severity = SEVERITY_ERROR; severity <= SEVERITY_HINT; severity++) {
        html_severity_append(out, count_severity(summary, severity), severity);
    }
    buf_append(out, STR("</p>\n"));
}

/* The bar */

static uint32_t step_of(const CheckedFile *file, size_t offset)
{
    return file->text.length == 0 ? 0 : (uint32_t)((uint64_t)offset * SCALE / file->text.length);
}

static void append_percent(Buf *out, const char *name, uint32_t step)
{
    buf_printf(out, " %s=\"%u.%u%%\"", name, step / 10, step % 10);
}

/* A rectangle of the bar, open for its end. */
static void append_span(Buf *out, const CheckedFile *file, Place place, const char *class)
{
    uint32_t start = step_of(file, place.start), end = step_of(file, place.end);
    buf_printf(out, "<rect class=\"%s\"", class);
    append_percent(out, "x", start);
    append_percent(out, "width", end > start ? end - start : 0);
}

/* What stands under a section's own heading, up to the next heading. */
static Place own_place(const CheckedFile *file, uint32_t index)
{
    Symbols symbols = file->symbols;
    const Symbol *symbol = &symbols.items[index];
    size_t end = index + 1 < symbols.count ? symbols.items[index + 1].range.start
                                           : file->text.length;
    return (Place){symbol->range.start, end < symbol->range.start ? symbol->range.start : end};
}

static void append_marks(Buf *out, const CheckedFile *file)
{
    uint32_t last[SEVERITY_HINT + 1] = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX};
    for (uint32_t i = 0; i < file->findings.count; i++) {
        const Finding *finding = &file->findings.items[i];
        uint32_t step = step_of(file, finding->place.start);
        if (step == last[finding->severity]) {
            continue;
        }
        last[finding->severity] = step;
        append_span(out, file, finding->place, severity_name(finding->severity));
        buf_append(out, STR("><title>"));
        markup_append(out, finding->message);
        buf_append(out, STR("</title></rect>\n"));
    }
}

static void append_bar(Buf *out, const CheckedFile *file)
{
    Symbols symbols = file->symbols;
    buf_append(out, STR("<svg class=\"bar\" role=\"img\" aria-label=\""));
    if (file->findings.count == 0) {
        buf_append(out, STR("Nothing was found"));
    } else {
        Ranges ranges = ranges_of(file->article->document, POSITION_UTF32);
        Range first = ranges_range(&ranges, file->findings.items[0].place);
        Range last = ranges_range(&ranges, file->findings.items[file->findings.count - 1].place);
        html_count_append(out, file->findings.count, "finding", "findings");
        buf_printf(out, " between lines %u and %u of %u", first.start.line + 1, last.start.line + 1,
                   document_line_count(file->article->document));
    }
    buf_append(out, STR("\">\n<rect class=\"track\" width=\"100%\"/>\n"));
    for (uint32_t i = 0; i < symbols.count; i++) {
        if (symbols.items[i].state != SECTION_WRITTEN) {
            append_span(out, file, own_place(file, i), "missing");
            buf_append(out, STR("/>\n"));
        }
    }
    append_marks(out, file);
    buf_append(out, STR("</svg>\n"));
}

/* What is not written yet */

/* The headings above a section, without the title of the whole and without copies of what follows. */
static void append_parents(Buf *out, Symbols symbols, uint32_t index)
{
    uint32_t parent = symbols.items[index].parent;
    if (parent == SYMBOL_ROOT || (parent == 0 && symbols.items[0].level == 1)) {
        return;
    }
    append_parents(out, symbols, parent);
    Str name = symbols.items[parent].name;
    if (str_equal(name, symbols.items[index].name)) {
        return;
    }
    Str shown = str_trim(str_before(name, columns_fit(name, PARENT)));
    buf_append(out, STR("<bdi>"));
    markup_append(out, shown);
    buf_append(out, shown.length < name.length ? STR("…</bdi> › ") : STR("</bdi> › "));
}

static void append_line_number(Buf *out, const CheckedFile *file, size_t offset)
{
    size_t start;
    buf_append(out, STR("<small>line "));
    html_number_append(out,
                       (uint64_t)document_line_at(file->article->document, offset, &start) + 1);
    buf_append(out, STR("</small>"));
}

static void append_unfinished(Buf *out, const CheckedFile *file)
{
    Symbols symbols = file->symbols;
    buf_append(out, STR("<h4>Unfinished sections</h4>\n<ul class=\"sections\">\n"));
    for (uint32_t i = 0; i < symbols.count; i++) {
        const Symbol *symbol = &symbols.items[i];
        if (symbol->state == SECTION_WRITTEN) {
            continue;
        }
        buf_append(out, STR("<li><span><span class=\"parents\">"));
        append_parents(out, symbols, i);
        buf_append(out, STR("</span><bdi>"));
        markup_append(out, symbol->name);
        buf_printf(out, "</bdi></span> <em>%s</em> ",
                   symbol->state == SECTION_EMPTY ? "empty" : "placeholder");
        append_line_number(out, file, symbol->selection.start);
        buf_append(out, STR("</li>\n"));
    }
    buf_append(out, STR("</ul>\n"));
}

/* What was found */

static void append_excerpt(Buf *out, const CheckedFile *file, const Finding *finding)
{
    Str rest = str_slice(file->text, finding->place.start, finding->place.end), line = {0};
    str_take_line(&rest, &line);
    Str shown = str_trim(str_before(line, columns_fit(line, EXCERPT)));
    buf_append(out, STR("<q dir=\"auto\">"));
    markup_append(out, shown);
    buf_append(out, shown.length < line.length || rest.length > 0 ? STR("…</q>") : STR("</q>"));
}

static void append_finding(Buf *out, const CheckedFile *file, const Finding *finding,
                           Position start)
{
    Str rest = finding->message, message = {0};
    str_take_line(&rest, &message);
    buf_printf(out, "<tr><td class=\"place\">%u:%u</td><td class=\"%s\">%s</td><td class=\"what\">",
               start.line + 1, start.character + 1, severity_name(finding->severity),
               html_severity_name(finding->severity));
    markup_append(out, message);
    buf_append_char(out, ' ');
    append_excerpt(out, file, finding);
    buf_append(out, STR("</td><td class=\"code\">"));
    markup_append(out, str_of(finding->rule->code));
    buf_append(out, STR("</td></tr>\n"));
}

static void append_findings(Buf *out, const CheckedFile *file)
{
    uint32_t count = file->findings.count;
    Ranges ranges = ranges_of(file->article->document, POSITION_UTF32);
    buf_append(out, STR("<details>\n<summary>"));
    html_count_append(out, count, "finding", "findings");
    buf_append(out, STR("</summary>\n<div class=\"scroll\"><table>\n"
                        "<thead><tr><th scope=\"col\">Place</th><th scope=\"col\">Severity</th>"
                        "<th scope=\"col\">What</th><th scope=\"col\">Code</th></tr></thead>\n"
                        "<tbody>\n"));
    for (uint32_t i = 0; i < count && i < MAX_FINDINGS; i++) {
        const Finding *finding = &file->findings.items[i];
        append_finding(out, file, finding, ranges_range(&ranges, finding->place).start);
    }
    buf_append(out, STR("</tbody>\n</table></div>\n"));
    if (count > MAX_FINDINGS) {
        buf_append(out, STR("<p class=\"facts\">and "));
        html_number_append(out, count - MAX_FINDINGS);
        buf_append(out, STR(" more</p>\n"));
    }
    buf_append(out, STR("</details>\n"));
}

static void append_body(Buf *out, const CheckedFile *file)
{
    append_facts(out, &file->summary);
    append_bar(out, file);
    if (file->summary.unfinished > 0) {
        append_unfinished(out, file);
    }
    if (file->findings.count > 0) {
        append_findings(out, file);
    }
}

void html_article_append(Buf *out, const CheckedFile *file)
{
    Arena arena = {0};
    append_head(out, file, title_of(file, &arena));
    if (file->error != NULL) {
        buf_append(out, STR("<p class=\"facts\"><strong>"));
        markup_append(out, str_of(file->error));
        buf_append(out, STR("</strong></p>\n"));
    } else {
        append_body(out, file);
    }
    buf_append(out, STR("</article>\n"));
    arena_finish(&arena);
}
