/* github: workflow commands, which GitHub Actions shows beside the lines of a change. */
#include "protocol/base/utf.h"
#include "server/cli/format.h"
#include "server/cli/plain.h"
#include "server/ranges.h"

static const char *const levels[] = {
    [SEVERITY_ERROR] = "error",
    [SEVERITY_WARNING] = "warning",
    [SEVERITY_INFORMATION] = "notice",
    [SEVERITY_HINT] = "notice",
};

/* What would end a value, or begin an escape, as %XX; the runner decodes only these. Other control
 * characters would reach the log as they are, so they are shown as on a terminal. */
static void append_escaped(Buf *out, Str text, const char *escaped)
{
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        uint32_t c = utf_next(text, &at);
        if (c > 0 && c < 0x80 && strchr(escaped, (int)c) != NULL) {
            buf_printf(out, "%%%02X", (unsigned)c);
        } else {
            plain_append(out, str_slice(text, start, at));
        }
    }
}

static void append_property(Buf *out, Str text)
{
    append_escaped(out, text, "%\r\n:,");
}

static void append_data(Buf *out, Str text)
{
    append_escaped(out, text, "%\r\n");
}

static Str name_of(const CheckedFile *file)
{
    return file->uri.length > 0 ? file->uri : file->path;
}

/* Columns go only with a single line. */
static void append_finding(Buf *out, const CheckedFile *file, const Finding *finding,
                           Ranges *ranges)
{
    Range range = ranges_range(ranges, finding->place);
    buf_printf(out, "::%s file=", levels[finding->severity]);
    append_property(out, name_of(file));
    buf_printf(out, ",line=%u,endLine=%u", range.start.line + 1, range.end.line + 1);
    if (range.start.line == range.end.line) {
        buf_printf(out, ",col=%u,endColumn=%u", range.start.character + 1, range.end.character + 1);
    }
    buf_append(out, STR(",title="));
    append_property(out, str_of(finding->rule->code));
    buf_append(out, STR("::"));
    append_data(out, finding->message);
    buf_append_char(out, '\n');
}

static void append_file(Buf *out, const FormatOptions *options, const CheckedFile *file)
{
    (void)options;
    if (file->error != NULL) {
        buf_append(out, STR("::error file="));
        append_property(out, name_of(file));
        buf_append(out, STR(",title=unreadable::"));
        append_data(out, str_of(file->error));
        buf_append_char(out, '\n');
        return;
    }
    Ranges ranges = ranges_of(file->article->document, POSITION_UTF32);
    for (uint32_t i = 0; i < file->findings.count; i++) {
        append_finding(out, file, &file->findings.items[i], &ranges);
    }
}

static void append_end(Buf *out, const FormatOptions *options, const CheckedRun *run)
{
    (void)options;
    Arena arena = {0};
    if (run->articles > 0) {
        plain_append(out, checked_run_verdict(run, &arena));
        buf_append_char(out, '\n');
    }
    arena_finish(&arena);
}

const Format format_github = {
    .name = "github",
    .summary = "annotations of GitHub Actions",
    .file = append_file,
    .end = append_end,
};
