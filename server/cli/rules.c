/* rules: what galley looks for. */
#include "server/rules/rules.h"
#include "protocol/json_write.h"
#include "server/cli/command.h"
#include "server/cli/pages.h"
#include "server/cli/severity.h"
#include "server/os/files.h"

static void append_table(Buf *out)
{
    for (const Rule *const *rule = rules_all; *rule != NULL; rule++) {
        buf_printf(out, "%-20s %-12s %s\n", (*rule)->code, severity_name((*rule)->severity),
                   (*rule)->summary);
    }
}

static void append_json(Buf *out)
{
    JsonWriter writer = {0};
    Pages pages;
    pages_init(&pages);
    jw_begin_array(&writer);
    for (const Rule *const *rule = rules_all; *rule != NULL; rule++) {
        Str code = str_of((*rule)->code), page = pages_uri(&pages, code);
        jw_begin_object(&writer);
        jw_string_field(&writer, "code", code);
        jw_string_field(&writer, "severity", str_of(severity_name((*rule)->severity)));
        jw_string_field(&writer, "summary", str_of((*rule)->summary));
        if (page.length > 0) {
            jw_string_field(&writer, "page", page);
        }
        jw_end_object(&writer);
    }
    jw_end_array(&writer);
    buf_append(out, buf_str(&writer.out));
    buf_append_char(out, '\n');
    jw_finish(&writer);
    pages_finish(&pages);
}

static int run(const Invocation *invocation)
{
    Buf out = {0};
    if (strcmp(invocation_value(invocation, "--format"), "json") == 0) {
        append_json(&out);
    } else {
        append_table(&out);
    }
    bool printed = files_print(buf_str(&out));
    buf_finish(&out);
    return printed ? EXIT_CLEAN : EXIT_TROUBLE;
}

static const Option options[] = {
    {.name = "--format",
     .letter = 'f',
     .value = "FORMAT",
     .choices = "text json",
     .initial = "text",
     .summary = "how to print them"},
    {0 },
};

const Command command_rules = {
    .name = "rules",
    .options = options,
    .summary = "what galley looks for: code, severity, meaning",
    .exits = {[EXIT_CLEAN] = "they are printed", [EXIT_TROUBLE] = "wrong usage"},
    .run = run,
};
