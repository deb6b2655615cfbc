/* text: for people. On a terminal the line of each finding with what is meant underlined; in a pipe
 * a line for each finding. The verdict is the last line of both. */
#include <stdlib.h>

#include "server/cli/columns.h"
#include "server/cli/format.h"
#include "server/cli/plain.h"
#include "server/cli/severity.h"
#include "server/ranges.h"

enum {
    MAX_RELATED = 3,   /* places that are shown beside a finding's own */
    MIN_EXCERPT = 20,  /* columns of a line, however narrow the terminal */
    MAX_EXCERPT = 120, /* however wide */
    GUTTER = 3,        /* columns between a line's number and its text */
    MAX_MARKS = MAX_RELATED + 1,
};

static const char bold[] = "1", dim[] = "2", blue[] = "34";

static const char *const severity_colours[] = {
    [SEVERITY_ERROR] = "1;31",
    [SEVERITY_WARNING] = "1;33",
    [SEVERITY_INFORMATION] = "1;36",
    [SEVERITY_HINT] = "1;90",
};

/* A place to underline. */
typedef struct {
    Place place;
    Range range;
    Str label; /* empty: the finding's own */
} Mark;

/* One finding, as it is drawn. */
typedef struct {
    Buf *out;
    const FormatOptions *options;
    const CheckedFile *file;
    const Finding *finding;
    Mark marks[MAX_MARKS]; /* in the order of the text */
    uint32_t count;
    uint32_t digits; /* of the longest line number */
} Drawing;

static Str name_of(const CheckedFile *file)
{
    return file->uri.length > 0 ? file->uri : file->path;
}

static void paint(const Drawing *drawing, const char *colour)
{
    if (drawing->options->colour) {
        buf_printf(drawing->out, "\033[%sm", colour);
    }
}

static void unpaint(const Drawing *drawing)
{
    if (drawing->options->colour) {
        buf_append(drawing->out, STR("\033[0m"));
    }
}

static void append_times(Buf *out, const char *text, uint32_t times)
{
    while (times-- > 0) {
        buf_append(out, str_of(text));
    }
}

/* On a terminal */

static void append_gutter(const Drawing *drawing, const char *sign)
{
    paint(drawing, blue);
    buf_printf(drawing->out, "%*s %s ", (int)drawing->digits, "", sign);
    unpaint(drawing);
}

/* "error: placeholder instead of text [placeholder-text]", then where; what else the message says
 * comes last. */
static void append_title(const Drawing *drawing, Str message)
{
    const Finding *finding = drawing->finding;
    Position start = drawing->marks[0].range.start;
    for (uint32_t i = 0; i < drawing->count; i++) {
        if (drawing->marks[i].label.length == 0) {
            start = drawing->marks[i].range.start;
        }
    }
    paint(drawing, severity_colours[finding->severity]);
    buf_append(drawing->out, str_of(severity_name(finding->severity)));
    unpaint(drawing);
    paint(drawing, bold);
    buf_append(drawing->out, STR(": "));
    plain_append(drawing->out, message);
    unpaint(drawing);
    paint(drawing, dim);
    buf_printf(drawing->out, " [%s]", finding->rule->code);
    unpaint(drawing);
    buf_append_char(drawing->out, '\n');
    append_gutter(drawing, "┌");
    plain_append(drawing->out, name_of(drawing->file));
    buf_printf(drawing->out, ":%u:%u\n", start.line + 1, start.character + 1);
}

static uint32_t excerpt_width(const Drawing *drawing)
{
    uint32_t taken = drawing->digits + GUTTER + 2; /* with an ellipsis at both ends */
    uint32_t width = drawing->options->width;
    width = width > taken + MIN_EXCERPT ? width - taken : MIN_EXCERPT;
    return width < MAX_EXCERPT ? width : MAX_EXCERPT;
}

/* Behind the underline; below it where the terminal is too narrow. */
static void append_label(const Drawing *drawing, Str label, const Excerpt *excerpt)
{
    uint32_t room = excerpt_width(drawing) + 2, columns = columns_of(label);
    if (excerpt->before + excerpt->columns + 1 + columns <= room) {
        buf_append_char(drawing->out, ' ');
    } else {
        uint32_t last = columns < room ? room - columns : 0;
        unpaint(drawing);
        buf_append_char(drawing->out, '\n');
        append_gutter(drawing, "│");
        append_times(drawing->out, " ", excerpt->before < last ? excerpt->before : last);
        paint(drawing, blue);
    }
    plain_append(drawing->out, label);
}

static void append_underline(const Drawing *drawing, const Mark *mark, const Excerpt *excerpt)
{
    bool own = mark->label.length == 0;
    append_gutter(drawing, "│");
    append_times(drawing->out, " ", excerpt->before);
    paint(drawing, own ? severity_colours[drawing->finding->severity] : blue);
    append_times(drawing->out, own ? "^" : "-", excerpt->columns);
    if (mark->range.end.line > mark->range.start.line + (mark->range.end.character == 0)) {
        buf_printf(drawing->out, " to line %u",
                   mark->range.end.line + (mark->range.end.character > 0));
    }
    if (!own) {
        append_label(drawing, mark->label, excerpt);
    }
    unpaint(drawing);
    buf_append_char(drawing->out, '\n');
}

static void append_gap(const Drawing *drawing)
{
    paint(drawing, blue);
    buf_printf(drawing->out, "%*s ·", (int)drawing->digits, "");
    unpaint(drawing);
    buf_append_char(drawing->out, '\n');
}

/* The line of a mark, unless the mark before has shown it just so, and what underlines it. */
static void append_mark(const Drawing *drawing, uint32_t index)
{
    const Mark *mark = &drawing->marks[index];
    uint32_t number = mark->range.start.line;
    Str line;
    size_t start = document_line(drawing->file->article->document, number, &line);
    size_t from = mark->place.start - start, to = mark->place.end - start;
    Excerpt excerpt = columns_excerpt(line, from, to, excerpt_width(drawing));
    bool shown = index > 0 && mark[-1].range.start.line == number && !excerpt.cut;
    if (!shown) {
        if (index > 0 && mark[-1].range.start.line + 1 < number) {
            append_gap(drawing);
        }
        paint(drawing, blue);
        buf_printf(drawing->out, "%*u │ ", (int)drawing->digits, number + 1);
        unpaint(drawing);
        excerpt_append(drawing->out, &excerpt);
        buf_append_char(drawing->out, '\n');
    }
    append_underline(drawing, mark, &excerpt);
}

static int compare_marks(const void *a, const void *b)
{
    const Mark *left = a, *right = b;
    return left->place.start < right->place.start ? -1 : left->place.start > right->place.start;
}

static void add_mark(Drawing *drawing, Ranges *ranges, Place place, Str label)
{
    Range range = ranges_range(ranges, place);
    drawing->marks[drawing->count++] = (Mark){place, range, label};
    uint32_t digits = 1;
    for (uint32_t number = range.start.line + 1; number >= 10; number /= 10) {
        digits++;
    }
    drawing->digits = digits > drawing->digits ? digits : drawing->digits;
}

static void append_note(const Drawing *drawing, Str note)
{
    append_gutter(drawing, "=");
    plain_append(drawing->out, note);
    buf_append_char(drawing->out, '\n');
}

static void append_drawing(Buf *out, const FormatOptions *options, const CheckedFile *file,
                           const Finding *finding, Ranges *ranges)
{
    Drawing drawing = {.out = out, .options = options, .file = file, .finding = finding};
    Ranges elsewhere = ranges_of(file->article->document, POSITION_UTF32);
    add_mark(&drawing, ranges, finding->place, (Str){0});
    for (uint32_t i = 0; i < finding->related_count && i < MAX_RELATED; i++) {
        add_mark(&drawing, &elsewhere, finding->related[i].place, finding->related[i].message);
    }
    qsort(drawing.marks, drawing.count, sizeof(Mark), compare_marks);

    Str rest = finding->message, line = {0};
    str_take_line(&rest, &line);
    append_title(&drawing, line);
    for (uint32_t i = 0; i < drawing.count; i++) {
        append_mark(&drawing, i);
    }
    while (str_take_line(&rest, &line)) {
        append_note(&drawing, line);
    }
    if (finding->related_count > MAX_RELATED) {
        append_gutter(&drawing, "=");
        buf_printf(out, "and %u more\n", finding->related_count - MAX_RELATED);
    }
    buf_append_char(out, '\n');
}

/* In a pipe */

static void append_line(Buf *out, const CheckedFile *file, const Finding *finding, Position start)
{
    Str rest = finding->message, message = {0};
    str_take_line(&rest, &message);
    plain_append(out, name_of(file));
    buf_printf(out, ":%u:%u: %s: ", start.line + 1, start.character + 1,
               severity_name(finding->severity));
    plain_append(out, message);
    buf_printf(out, " [%s]\n", finding->rule->code);
}

static void append_file(Buf *out, const FormatOptions *options, const CheckedFile *file)
{
    if (file->error != NULL || options->quiet) {
        return;
    }
    Ranges ranges = ranges_of(file->article->document, POSITION_UTF32);
    for (uint32_t i = 0; i < file->findings.count; i++) {
        const Finding *finding = &file->findings.items[i];
        if (options->width > 0) {
            append_drawing(out, options, file, finding, &ranges);
        } else {
            append_line(out, file, finding, ranges_range(&ranges, finding->place).start);
        }
    }
}

/* The end */

/* The most frequent first. */
static int compare_counts(const void *a, const void *b)
{
    const FindingCount *left = a, *right = b;
    if (left->count != right->count) {
        return left->count > right->count ? -1 : 1;
    }
    int order = strcmp(left->rule->code, right->rule->code);
    return order != 0 ? order : (int)left->severity - (int)right->severity;
}

static void append_statistics(Buf *out, const CheckedRun *run, Arena *arena)
{
    uint32_t count = run->counts.count;
    FindingCount *sorted = ARENA_NEW(arena, FindingCount, count);
    for (uint32_t i = 0; i < count; i++) {
        sorted[i] = run->counts.items[i];
    }
    qsort(sorted, count, sizeof(FindingCount), compare_counts);
    for (uint32_t i = 0; i < count; i++) {
        buf_printf(out, "%7u %-11s %s\n", sorted[i].count, severity_name(sorted[i].severity),
                   sorted[i].rule->code);
    }
}

static void append_end(Buf *out, const FormatOptions *options, const CheckedRun *run)
{
    Arena arena = {0};
    bool ready = checked_run_count(run, SEVERITY_ERROR) == 0 &&
                 checked_run_count(run, SEVERITY_WARNING) == 0 && run->articles == run->files.count;
    if (options->statistics) {
        append_statistics(out, run, &arena);
    }
    if (run->articles > 0 && !(options->quiet && ready)) {
        if (options->colour) {
            buf_append(out, ready ? STR("\033[1;32m") : STR("\033[1m"));
        }
        plain_append(out, checked_run_verdict(run, &arena));
        buf_append(out, options->colour ? STR("\033[0m\n") : STR("\n"));
    }
    arena_finish(&arena);
}

const Format format_text = {
    .name = "text",
    .summary = "for people: each finding and the verdict; a line each where nobody looks on",
    .file = append_file,
    .end = append_end,
};
