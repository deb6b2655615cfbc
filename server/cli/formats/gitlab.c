/* gitlab: the report of GitLab's Code Quality. */
#include "protocol/json_write.h"
#include "server/cli/format.h"
#include "server/cli/formats/fingerprint.h"
#include "server/ranges.h"

static const char *const levels[] = {
    [SEVERITY_ERROR] = "critical",
    [SEVERITY_WARNING] = "major",
    [SEVERITY_INFORMATION] = "minor",
    [SEVERITY_HINT] = "info",
};

/* An entry of the report; lines count from 1. */
typedef struct {
    Str path, code, message;
    const char *level;
    uint64_t fingerprint;
    uint32_t first, last;
} Entry;

static void append_entry(Buf *out, const Entry *entry)
{
    Buf fingerprint = {0};
    buf_printf(&fingerprint, "%016llx", (unsigned long long)entry->fingerprint);
    JsonWriter writer = {0};
    jw_begin_object(&writer);
    jw_string_field(&writer, "type", STR("issue"));
    jw_string_field(&writer, "check_name", entry->code);
    jw_string_field(&writer, "description", entry->message);
    jw_string_field(&writer, "severity", str_of(entry->level));
    jw_string_field(&writer, "fingerprint", buf_str(&fingerprint));
    jw_key(&writer, "location");
    jw_begin_object(&writer);
    jw_string_field(&writer, "path", entry->path);
    jw_key(&writer, "lines");
    jw_begin_object(&writer);
    jw_uint_field(&writer, "begin", entry->first);
    jw_uint_field(&writer, "end", entry->last);
    jw_end_object(&writer);
    jw_end_object(&writer);
    jw_end_object(&writer);
    buf_append(out, out->length > 0 ? STR(",\n") : (Str){0});
    buf_append(out, buf_str(&writer.out));
    jw_finish(&writer);
    buf_finish(&fingerprint);
}

static void append_file(Buf *out, const FormatOptions *options, const CheckedFile *file)
{
    (void)options;
    Entry entry = {.path = file->uri.length > 0 ? file->uri : file->path};
    uint64_t seed = str_hash(entry.path);
    if (file->error != NULL) {
        entry.code = STR("unreadable");
        entry.message = str_of(file->error);
        entry.level = "blocker";
        entry.fingerprint = str_hash_more(seed, entry.code);
        entry.first = entry.last = 1;
        append_entry(out, &entry);
        return;
    }
    Ranges ranges = ranges_of(file->article->document, POSITION_UTF32);
    Fingerprints fingerprints = {0};
    for (uint32_t i = 0; i < file->findings.count; i++) {
        const Finding *finding = &file->findings.items[i];
        Range range = ranges_range(&ranges, finding->place);
        entry.code = str_of(finding->rule->code);
        entry.message = finding->message;
        entry.level = levels[finding->severity];
        entry.first = range.start.line + 1;
        entry.last = range.end.line + 1;
        entry.fingerprint = fingerprints_next(&fingerprints, file->article->document, finding,
                                              seed);
        append_entry(out, &entry);
    }
    fingerprints_finish(&fingerprints);
}

static void append_begin(Buf *out, const FormatOptions *options)
{
    (void)options;
    buf_append(out, STR("[\n"));
}

static void append_end(Buf *out, const FormatOptions *options, const CheckedRun *run)
{
    (void)options;
    (void)run;
    buf_append(out, STR("\n]\n"));
}

const Format format_gitlab = {
    .name = "gitlab",
    .summary = "GitLab's Code Quality report",
    .separator = ",\n",
    .begin = append_begin,
    .file = append_file,
    .end = append_end,
};
