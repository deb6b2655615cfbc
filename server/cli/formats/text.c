/* text: for people. In a pipe a line for each finding; the verdict last. */
#include "server/cli/format.h"
#include "server/cli/plain.h"
#include "server/cli/severity.h"
#include "server/ranges.h"

static void append_line(Buf *out, const CheckedFile *file, const Finding *finding, Position start)
{
    Str rest = finding->message, message = {0};
    str_take_line(&rest, &message);
    plain_append(out, file->uri.length > 0 ? file->uri : file->path);
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
        append_line(out, file, finding, ranges_range(&ranges, finding->place).start);
    }
}

static void append_end(Buf *out, const FormatOptions *options, const CheckedRun *run)
{
    bool ready = checked_run_count(run, SEVERITY_ERROR) == 0 &&
                 checked_run_count(run, SEVERITY_WARNING) == 0;
    if (run->articles == 0 || (options->quiet && ready)) {
        return;
    }
    Arena arena = {0};
    plain_append(out, checked_run_verdict(run, &arena));
    buf_append_char(out, '\n');
    arena_finish(&arena);
}

const Format format_text = {
    .name = "text",
    .summary = "for people: a line for each finding, and the verdict",
    .file = append_file,
    .end = append_end,
};
