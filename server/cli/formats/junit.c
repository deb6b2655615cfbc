/* junit: XML of tests, which most services of continuous integration show: an article is a suite, a
 * finding a test that fails; at information or hint, one that passes and says something. */
#include "server/cli/format.h"
#include "server/cli/formats/markup.h"
#include "server/cli/severity.h"
#include "server/ranges.h"

static Str name_of(const CheckedFile *file)
{
    return file->uri.length > 0 ? file->uri : file->path;
}

static void append_attribute(Buf *out, const char *name, Str value)
{
    buf_printf(out, " %s=\"", name);
    markup_append(out, value);
    buf_append_char(out, '"');
}

/* Up to the end of the first tag's attributes. */
static void append_case(Buf *out, const CheckedFile *file, Str name)
{
    buf_append(out, STR("    <testcase"));
    append_attribute(out, "classname", name_of(file));
    append_attribute(out, "name", name);
}

static void append_finding(Buf *out, const CheckedFile *file, const Finding *finding,
                           Position start, Arena *arena)
{
    Str code = str_of(finding->rule->code);
    Str rest = finding->message, message = {0};
    str_take_line(&rest, &message);
    append_case(
        out, file,
        arena_printf(arena, "%u:%u %s", start.line + 1, start.character + 1, finding->rule->code));
    append_attribute(out, "file", name_of(file));
    buf_printf(out, " line=\"%u\">\n      ", start.line + 1);
    bool fails = finding->severity <= SEVERITY_WARNING;
    if (fails) {
        buf_append(out, STR("<failure"));
        append_attribute(out, "type", code);
        append_attribute(out, "message", message);
        buf_append_char(out, '>');
    } else {
        buf_append(out, STR("<system-out>"));
    }
    markup_append(out, name_of(file));
    buf_printf(out, ":%u:%u: %s: ", start.line + 1, start.character + 1,
               severity_name(finding->severity));
    markup_append(out, message);
    buf_append(out, fails ? STR("</failure>") : STR("</system-out>"));
    buf_append(out, STR("\n    </testcase>\n"));
}

static uint32_t count_failures(Findings findings)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < findings.count; i++) {
        count += findings.items[i].severity <= SEVERITY_WARNING;
    }
    return count;
}

static void append_cases(Buf *out, const CheckedFile *file)
{
    Arena arena = {0};
    Ranges ranges = ranges_of(file->article->document, POSITION_UTF32);
    for (uint32_t i = 0; i < file->findings.count; i++) {
        const Finding *finding = &file->findings.items[i];
        append_finding(out, file, finding, ranges_range(&ranges, finding->place).start, &arena);
    }
    if (file->findings.count == 0) {
        append_case(out, file, STR("nothing found"));
        buf_append(out, STR("/>\n"));
    }
    arena_finish(&arena);
}

static void append_error(Buf *out, const CheckedFile *file)
{
    append_case(out, file, STR("readable"));
    buf_append(out, STR(">\n      <error type=\"unreadable\""));
    append_attribute(out, "message", str_of(file->error));
    buf_append(out, STR("/>\n    </testcase>\n"));
}

static void append_file(Buf *out, const FormatOptions *options, const CheckedFile *file)
{
    (void)options;
    bool unreadable = file->error != NULL;
    uint32_t tests = unreadable || file->findings.count == 0 ? 1 : file->findings.count;
    buf_append(out, STR("  <testsuite"));
    append_attribute(out, "name", name_of(file));
    buf_printf(out, " tests=\"%u\" failures=\"%u\" errors=\"%d\">\n", tests,
               count_failures(file->findings), unreadable);
    if (unreadable) {
        append_error(out, file);
    } else {
        append_cases(out, file);
    }
    buf_append(out, STR("  </testsuite>\n"));
}

static void append_begin(Buf *out, const FormatOptions *options)
{
    (void)options;
    buf_append(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<testsuites name=\"galley\">\n"));
}

static void append_end(Buf *out, const FormatOptions *options, const CheckedRun *run)
{
    (void)options;
    (void)run;
    buf_append(out, STR("</testsuites>\n"));
}

const Format format_junit = {
    .name = "junit",
    .summary = "JUnit's XML: an article is a suite of tests",
    .begin = append_begin,
    .file = append_file,
    .end = append_end,
};
