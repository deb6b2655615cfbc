/* sarif: the Static Analysis Results Interchange Format (OASIS, 2.1.0), for code scanning. */
#include <ctype.h>

#include "protocol/json_write.h"
#include "protocol/uri.h"
#include "server/cli/format.h"
#include "server/cli/formats/fingerprint.h"
#include "server/ranges.h"
#include "server/rules/rules.h"

static const Str schema = STR_INIT("https://json.schemastore.org/sarif-2.1.0.json");

/* 3.27.10: there is nothing below a note. */
static Str level_of(Severity severity)
{
    return severity == SEVERITY_ERROR     ? STR("error")
           : severity == SEVERITY_WARNING ? STR("warning")
                                          : STR("note");
}

static void write_message(JsonWriter *writer, const char *key, Str text)
{
    jw_key(writer, key);
    jw_begin_object(writer);
    jw_string_field(writer, "text", text);
    jw_end_object(writer);
}

/* Rules */

/* What its page says before the first example, without the title; else its summary. */
static void append_help(Buf *out, const FormatOptions *options, const Rule *rule, Arena *arena)
{
    Str page = options->page != NULL ? options->page(str_of(rule->code), arena) : (Str){0};
    page = str_before(page, str_find(page, STR("\n## ")));
    Str title = {0};
    if (str_starts(page, STR("# "))) {
        str_take_line(&page, &title);
    }
    while (str_starts(page, STR("\n"))) {
        page = str_after(page, 1);
    }
    if (page.length > 0) {
        buf_append(out, page);
    } else {
        buf_printf(out, "%c%s.\n", toupper(rule->summary[0]), rule->summary + 1);
    }
    buf_printf(out, "\n`galley explain %s` shows examples.\n", rule->code);
}

static void write_rule(JsonWriter *writer, const FormatOptions *options, const Rule *rule)
{
    Arena arena = {0};
    Buf help = {0};
    append_help(&help, options, rule, &arena);
    jw_begin_object(writer);
    jw_string_field(writer, "id", str_of(rule->code));
    write_message(writer, "shortDescription", str_of(rule->summary));
    jw_key(writer, "help");
    jw_begin_object(writer);
    jw_string_field(writer, "text", buf_str(&help));
    jw_string_field(writer, "markdown", buf_str(&help));
    jw_end_object(writer);
    jw_key(writer, "defaultConfiguration");
    jw_begin_object(writer);
    jw_string_field(writer, "level", level_of(rule->severity));
    jw_end_object(writer);
    jw_end_object(writer);
    buf_finish(&help);
    arena_finish(&arena);
}

static void write_tool(JsonWriter *writer, const FormatOptions *options)
{
    jw_key(writer, "tool");
    jw_begin_object(writer);
    jw_key(writer, "driver");
    jw_begin_object(writer);
    jw_string_field(writer, "name", STR("galley"));
    jw_string_field(writer, "semanticVersion", STR(GALLEY_VERSION));
    jw_key(writer, "rules");
    jw_begin_array(writer);
    for (const Rule *const *rule = rules_all; *rule != NULL; rule++) {
        write_rule(writer, options, *rule);
    }
    jw_end_array(writer);
    jw_end_object(writer);
    jw_end_object(writer);
}

/* The place of a rule in that list; false where a configuration has made it. */
static bool rule_index(const Rule *wanted, uint32_t *index)
{
    for (uint32_t i = 0; rules_all[i] != NULL; i++) {
        if (rules_all[i] == wanted) {
            *index = i;
            return true;
        }
    }
    return false;
}

/* Files */

/* A reference as the name was given: a relative one stays so, and its first step must not be taken
 * for a scheme. */
static void append_reference(Buf *out, Str path, Str uri)
{
    while (str_starts(path, STR("./"))) {
        path = str_after(path, 2);
    }
    if (uri.length > 0) {
        buf_append(out, uri);
    } else if (str_starts(path, STR("/"))) {
        uri_of_path(path, out);
    } else {
        Buf rooted = {0}, whole = {0};
        buf_append_char(&rooted, '/');
        buf_append(&rooted, path);
        uri_of_path(buf_str(&rooted), &whole);
        Str reference = str_after(buf_str(&whole), strlen("file:///"));
        Str step = str_before(reference, str_find_char(reference, '/'));
        buf_append(out, str_find_char(step, ':') != STR_NONE ? STR("./") : (Str){0});
        buf_append(out, reference);
        buf_finish(&rooted);
        buf_finish(&whole);
    }
}

static void write_artifact_location(JsonWriter *writer, const char *key, Str path, Str uri,
                                    uint32_t index)
{
    Buf reference = {0};
    append_reference(&reference, path, uri);
    jw_key(writer, key);
    jw_begin_object(writer);
    jw_string_field(writer, "uri", buf_str(&reference));
    jw_uint_field(writer, "index", index);
    jw_end_object(writer);
    buf_finish(&reference);
}

/* Results */

static void write_physical_location(JsonWriter *writer, const CheckedFile *file, Range range)
{
    jw_key(writer, "physicalLocation");
    jw_begin_object(writer);
    write_artifact_location(writer, "artifactLocation", file->path, file->uri, file->index);
    jw_key(writer, "region");
    jw_begin_object(writer);
    jw_uint_field(writer, "startLine", (uint64_t)range.start.line + 1);
    jw_uint_field(writer, "startColumn", (uint64_t)range.start.character + 1);
    jw_uint_field(writer, "endLine", (uint64_t)range.end.line + 1);
    jw_uint_field(writer, "endColumn", (uint64_t)range.end.character + 1);
    jw_end_object(writer);
    jw_end_object(writer);
}

static void write_related(JsonWriter *writer, const CheckedFile *file, const Finding *finding,
                          Ranges *elsewhere)
{
    jw_key(writer, "relatedLocations");
    jw_begin_array(writer);
    for (uint32_t i = 0; i < finding->related_count; i++) {
        const Related *related = &finding->related[i];
        jw_begin_object(writer);
        jw_uint_field(writer, "id", i);
        write_physical_location(writer, file, ranges_range(elsewhere, related->place));
        write_message(writer, "message", related->message);
        jw_end_object(writer);
    }
    jw_end_array(writer);
}

static void write_fingerprint(JsonWriter *writer, uint64_t fingerprint)
{
    Buf text = {0};
    buf_printf(&text, "%016llx", (unsigned long long)fingerprint);
    jw_key(writer, "partialFingerprints");
    jw_begin_object(writer);
    jw_string_field(writer, "galleyLine/v1", buf_str(&text));
    jw_end_object(writer);
    buf_finish(&text);
}

/* What the results of one file are written with. */
typedef struct {
    const CheckedFile *file;
    Ranges ranges, elsewhere; /* of findings; of what is related to them */
    Fingerprints fingerprints;
} Results;

static void write_result(JsonWriter *writer, Results *results, const Finding *finding)
{
    const CheckedFile *file = results->file;
    uint32_t index;
    jw_begin_object(writer);
    jw_string_field(writer, "ruleId", str_of(finding->rule->code));
    if (rule_index(finding->rule, &index)) {
        jw_uint_field(writer, "ruleIndex", index);
    }
    jw_string_field(writer, "level", level_of(finding->severity));
    write_message(writer, "message", finding->message);
    jw_key(writer, "locations");
    jw_begin_array(writer);
    jw_begin_object(writer);
    write_physical_location(writer, file, ranges_range(&results->ranges, finding->place));
    jw_end_object(writer);
    jw_end_array(writer);
    if (finding->related_count > 0) {
        write_related(writer, file, finding, &results->elsewhere);
    }
    write_fingerprint(
        writer, fingerprints_next(&results->fingerprints, file->article->document, finding, 0));
    jw_end_object(writer);
}

static void append_file(Buf *out, const FormatOptions *options, const CheckedFile *file)
{
    (void)options;
    if (file->error != NULL) {
        return;
    }
    Ranges ranges = ranges_of(file->article->document, POSITION_UTF32);
    Results results = {.file = file, .ranges = ranges, .elsewhere = ranges};
    JsonWriter writer = {0};
    for (uint32_t i = 0; i < file->findings.count; i++) {
        jw_reset(&writer);
        write_result(&writer, &results, &file->findings.items[i]);
        buf_append(out, i > 0 ? STR(",\n") : (Str){0});
        buf_append(out, buf_str(&writer.out));
    }
    jw_finish(&writer);
    fingerprints_finish(&results.fingerprints);
}

/* The whole */

static void append_begin(Buf *out, const FormatOptions *options)
{
    JsonWriter writer = {0};
    jw_begin_object(&writer);
    jw_string_field(&writer, "$schema", schema);
    jw_string_field(&writer, "version", STR("2.1.0"));
    jw_key(&writer, "runs");
    jw_begin_array(&writer);
    jw_begin_object(&writer);
    write_tool(&writer, options);
    jw_string_field(&writer, "columnKind", STR("unicodeCodePoints"));
    buf_append(out, buf_str(&writer.out));
    buf_append(out, STR(",\"results\":[\n"));
    jw_finish(&writer);
}

static void write_artifacts(JsonWriter *writer, const CheckedRun *run)
{
    jw_key(writer, "artifacts");
    jw_begin_array(writer);
    for (uint32_t i = 0; i < run->files.count; i++) {
        const FileSummary *file = &run->files.items[i];
        jw_begin_object(writer);
        write_artifact_location(writer, "location", file->path, file->uri, i);
        jw_string_field(writer, "mimeType", STR("text/markdown"));
        jw_end_object(writer);
    }
    jw_end_array(writer);
}

static void write_notification(JsonWriter *writer, const FileSummary *file, uint32_t index)
{
    jw_begin_object(writer);
    jw_string_field(writer, "level", STR("error"));
    write_message(writer, "message", str_of(file->error));
    jw_key(writer, "locations");
    jw_begin_array(writer);
    jw_begin_object(writer);
    jw_key(writer, "physicalLocation");
    jw_begin_object(writer);
    write_artifact_location(writer, "artifactLocation", file->path, file->uri, index);
    jw_end_object(writer);
    jw_end_object(writer);
    jw_end_array(writer);
    jw_end_object(writer);
}

static void write_invocation(JsonWriter *writer, const CheckedRun *run)
{
    jw_key(writer, "invocations");
    jw_begin_array(writer);
    jw_begin_object(writer);
    jw_bool_field(writer, "executionSuccessful", run->articles == run->files.count);
    jw_key(writer, "toolExecutionNotifications");
    jw_begin_array(writer);
    for (uint32_t i = 0; i < run->files.count; i++) {
        if (run->files.items[i].error != NULL) {
            write_notification(writer, &run->files.items[i], i);
        }
    }
    jw_end_array(writer);
    jw_end_object(writer);
    jw_end_array(writer);
}

static void append_end(Buf *out, const FormatOptions *options, const CheckedRun *run)
{
    (void)options;
    JsonWriter writer = {0};
    jw_begin_object(&writer);
    write_artifacts(&writer, run);
    write_invocation(&writer, run);
    jw_end_object(&writer);
    /* The members of this object are those of the run, which is open already. */
    buf_append(out, STR("\n],"));
    buf_append(out, str_after(buf_str(&writer.out), 1));
    buf_append(out, STR("]}\n"));
    jw_finish(&writer);
}

const Format format_sarif = {
    .name = "sarif",
    .summary = "SARIF 2.1.0, for code scanning",
    .separator = ",\n",
    .begin = append_begin,
    .file = append_file,
    .end = append_end,
};
