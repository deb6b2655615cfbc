/* json: one document for programs. The object of a file is one line, so that a batch can answer with
 * it. Lines and columns count from 1, columns in characters; offsets count bytes from 0. */
#include "protocol/json_write.h"
#include "server/cli/format.h"
#include "server/cli/severity.h"
#include "server/ranges.h"

static const char *const states[] = {
    [ARTICLE_READY] = "ready",
    [ARTICLE_FLAWED] = "flawed",
    [ARTICLE_UNFINISHED] = "unfinished",
    [ARTICLE_UNREADABLE] = "unreadable",
};

static void write_position(JsonWriter *writer, const char *key, Position position, size_t offset)
{
    jw_key(writer, key);
    jw_begin_object(writer);
    jw_uint_field(writer, "line", (uint64_t)position.line + 1);
    jw_uint_field(writer, "column", (uint64_t)position.character + 1);
    jw_uint_field(writer, "offset", offset);
    jw_end_object(writer);
}

static void write_range(JsonWriter *writer, Ranges *ranges, Place place)
{
    Range range = ranges_range(ranges, place);
    jw_key(writer, "range");
    jw_begin_object(writer);
    write_position(writer, "start", range.start, place.start);
    write_position(writer, "end", range.end, place.end);
    jw_end_object(writer);
}

static void write_finding(JsonWriter *writer, const Finding *finding, Ranges *ranges,
                          Ranges *elsewhere)
{
    jw_begin_object(writer);
    jw_string_field(writer, "code", str_of(finding->rule->code));
    jw_string_field(writer, "severity", str_of(severity_name(finding->severity)));
    jw_string_field(writer, "message", finding->message);
    write_range(writer, ranges, finding->place);
    if (finding->related_count > 0) {
        jw_key(writer, "related");
        jw_begin_array(writer);
        for (uint32_t i = 0; i < finding->related_count; i++) {
            jw_begin_object(writer);
            jw_string_field(writer, "message", finding->related[i].message);
            write_range(writer, elsewhere, finding->related[i].place);
            jw_end_object(writer);
        }
        jw_end_array(writer);
    }
    jw_end_object(writer);
}

static void write_findings(JsonWriter *writer, const CheckedFile *file)
{
    jw_key(writer, "findings");
    jw_begin_array(writer);
    if (file->error == NULL) {
        Ranges ranges = ranges_of(file->article->document, POSITION_UTF32), elsewhere = ranges;
        for (uint32_t i = 0; i < file->findings.count; i++) {
            write_finding(writer, &file->findings.items[i], &ranges, &elsewhere);
        }
    }
    jw_end_array(writer);
}

static void append_writer(Buf *out, JsonWriter *writer)
{
    buf_append(out, buf_str(&writer->out));
    jw_finish(writer);
}

static void append_file(Buf *out, const FormatOptions *options, const CheckedFile *file)
{
    if (file->error == NULL && file->findings.count == 0 && !options->clean) {
        return;
    }
    JsonWriter writer = {0};
    jw_begin_object(&writer);
    if (file->uri.length > 0) {
        jw_string_field(&writer, "uri", file->uri);
    } else {
        jw_string_field(&writer, "path", file->path);
    }
    jw_string_field(&writer, "state", str_of(states[file->summary.state]));
    if (file->error != NULL) {
        jw_string_field(&writer, "error", str_of(file->error));
    }
    write_findings(&writer, file);
    jw_end_object(&writer);
    append_writer(out, &writer);
}

static void append_begin(Buf *out, const FormatOptions *options)
{
    (void)options;
    buf_append(out, STR("{\"galley\":\"" GALLEY_VERSION "\",\"files\":[\n"));
}

static void write_totals(JsonWriter *writer, const CheckedRun *run)
{
    jw_key(writer, "totals");
    jw_begin_object(writer);
    jw_uint_field(writer, "files", run->files.count);
    jw_uint_field(writer, "unreadable", run->files.count - run->articles);
    for (Severity severity = SEVERITY_ERROR; severity <= SEVERITY_HINT; severity++) {
        jw_uint_field(writer, severity_name(severity), checked_run_count(run, severity));
    }
    jw_end_object(writer);
}

/* How often each code was found, whatever the severity. */
static void write_codes(JsonWriter *writer, const CheckedRun *run)
{
    jw_key(writer, "codes");
    jw_begin_object(writer);
    for (uint32_t i = 0; i < run->counts.count; i++) {
        const Rule *rule = run->counts.items[i].rule;
        uint32_t count = 0;
        bool first = true;
        for (uint32_t j = 0; j < run->counts.count; j++) {
            bool same = strcmp(run->counts.items[j].rule->code, rule->code) == 0;
            first = first && !(same && j < i);
            count += same ? run->counts.items[j].count : 0;
        }
        if (first) {
            jw_key_text(writer, str_of(rule->code));
            jw_uint(writer, count);
        }
    }
    jw_end_object(writer);
}

static void append_end(Buf *out, const FormatOptions *options, const CheckedRun *run)
{
    (void)options;
    Arena arena = {0};
    JsonWriter writer = {0};
    buf_append(out, STR("\n],\n"));
    jw_begin_object(&writer);
    write_totals(&writer, run);
    write_codes(&writer, run);
    jw_string_field(&writer, "verdict", checked_run_verdict(run, &arena));
    jw_end_object(&writer);
    /* The members of this object are those of the document, which is open already. */
    buf_append(out, str_after(buf_str(&writer.out), 1));
    buf_append_char(out, '\n');
    jw_finish(&writer);
    arena_finish(&arena);
}

const Format format_json = {
    .name = "json",
    .summary = "one document for programs",
    .separator = ",\n",
    .begin = append_begin,
    .file = append_file,
    .end = append_end,
};
