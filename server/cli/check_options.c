#include "server/cli/check_options.h"

#include "server/cli/codes.h"
#include "server/cli/configuration.h"
#include "server/cli/pages.h"
#include "server/cli/severity.h"
#include "server/os/pool.h"
#include "server/os/terminal.h"

#define FORMAT_CHOICE(name) #name " "

const Option check_options[] = {
    {.name = "--format",
     .letter = 'f',
     .value = "FORMAT",
     .choices = FORMATS(FORMAT_CHOICE),
     .initial = "text",
     .summary = "how the findings are printed"},
    {.name = "--fail-on",
     .value = "SEVERITY",
     .choices = "error warning information hint",
     .initial = "warning",
     .summary = "the mildest finding to end with 1 for"},
    {.name = "--only",
     .value = "CODES",
     .kind = VALUE_CODES,
     .summary = "report these codes and no others"},
    {.name = "--except",                                             .value = "CODES", .kind = VALUE_CODES, .summary = "leave these codes out"},
    CONFIGURATION_OPTIONS,
    {.name = "--jobs",
     .letter = 'j',
     .value = "N",
     .kind = VALUE_NUMBER,
     .summary = "files at a time; as many as there are processors by default"},
    {.name = "--quiet",
     .letter = 'q',
     .summary = "the verdict alone, where all is ready nothing; no progress"},
    {.name = "--statistics",                                             .summary = "how often each code was found, before the verdict"},
    {.name = "--color",
     .value = "WHEN",
     .choices = "auto always never",
     .initial = "auto",
     .summary = "colours; auto: on a terminal, unless NO_COLOR is set"},
    {.name = "--files-from",
     .value = "FILE",
     .kind = VALUE_FILE,
     .summary = "check the files named in FILE too, one a line; - is standard input"},
    {.name = "--null",                            .letter = '0', .summary = "names in --files-from end with a NUL"},
    {.name = "--stdin-filepath",
     .value = "PATH",
     .kind = VALUE_FILE,
     .summary = "what standard input is called"},
    {.name = "--batch",
     .summary = "articles as JSON lines on standard input, one JSON line for each"},
    {0                                },
};

/* The jobs that one may ask for; libuv has no more threads. */
enum { MOST_JOBS = 1024 };

/* Codes */

/* Which patterns there are is only known where their configuration is. */
static bool is_code(Str code)
{
    return code_find(code) != NULL || str_starts(code, STR("pattern-"));
}

/* Adds a list of codes, separated by commas. */
static bool read_codes(const char *value, CheckCodes *codes)
{
    Str rest = str_of(value), code;
    while (rest.length > 0) {
        if (!str_cut(rest, ',', &code, &rest)) {
            code = rest;
            rest = (Str){0};
        }
        code = str_trim(code);
        if (!is_code(code)) {
            code_refuse(code);
            return false;
        }
        *array_add(codes) = code;
    }
    return true;
}

/* All that was given, so that --only may come twice. */
static bool read_all_codes(const Invocation *invocation, const char *name, CheckCodes *codes)
{
    for (uint32_t i = 0; i < invocation->given.count; i++) {
        const Given *given = &invocation->given.items[i];
        if (str_equal(str_of(given->option->name), str_of(name)) &&
            !read_codes(given->value, codes)) {
            return false;
        }
    }
    return true;
}

static bool has_code(const CheckCodes *codes, const Rule *rule)
{
    Str code = str_of(rule->code), kind = str_of(rule_kind(rule)->code);
    for (uint32_t i = 0; i < codes->count; i++) {
        if (str_equal(codes->items[i], code) || str_equal(codes->items[i], kind)) {
            return true;
        }
    }
    return false;
}

void check_options_filter(const CheckOptions *options, Findings *findings)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < findings->count; i++) {
        const Rule *rule = findings->items[i].rule;
        bool wanted = options->only.count == 0 || has_code(&options->only, rule);
        if (wanted && !has_code(&options->except, rule)) {
            findings->items[kept++] = findings->items[i];
        }
    }
    findings->count = kept;
}

/* The rest */

static Severity read_severity(const char *name)
{
    Severity severity = SEVERITY_ERROR;
    while (severity < SEVERITY_HINT && strcmp(severity_name(severity), name) != 0) {
        severity++;
    }
    return severity;
}

static FormatOptions read_display(const Invocation *invocation)
{
    const char *colour = invocation_value(invocation, "--color");
    return (FormatOptions){
        .width = terminal_width(TERMINAL_OUTPUT),
        .colour = strcmp(colour, "always") == 0 ||
                  (strcmp(colour, "auto") == 0 && terminal_has_colour(TERMINAL_OUTPUT)),
        .quiet = invocation_has(invocation, "--quiet"),
        .statistics = invocation_has(invocation, "--statistics"),
        .page = pages_read,
    };
}

static uint32_t read_jobs(const Invocation *invocation)
{
    size_t jobs = invocation_number(invocation, "--jobs");
    if (jobs == 0) {
        return pool_processors();
    }
    return jobs < MOST_JOBS ? (uint32_t)jobs : MOST_JOBS;
}

bool check_options_read(CheckOptions *options, const Invocation *invocation)
{
    const char *input = invocation_value(invocation, "--stdin-filepath");
    CheckCodes only = {0}, except = {0};
    bool good = read_all_codes(invocation, "--only", &only) &&
                read_all_codes(invocation, "--except", &except);
    *options = (CheckOptions){
        .format = format_find(str_of(invocation_value(invocation, "--format"))),
        .display = read_display(invocation),
        .fail_on = read_severity(invocation_value(invocation, "--fail-on")),
        .jobs = read_jobs(invocation),
        .only = only,
        .except = except,
        .input_path = input != NULL ? str_of(input) : STR("stdin"),
        .progress = terminal_obeys(TERMINAL_ERROR) && !invocation_has(invocation, "--quiet"),
    };
    if (options->display.statistics && options->format != formats_all[0]) {
        command_complain(STR("--statistics"), "only the format text has them");
        good = false;
    }
    return good;
}

void check_options_finish(CheckOptions *options)
{
    array_finish(&options->only);
    array_finish(&options->except);
}
