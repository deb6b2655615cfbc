/* check: the findings of files, one a line, and where they stand all together. */
#include "protocol/base/utf.h"
#include "protocol/limits.h"
#include "server/article.h"
#include "server/cli/command.h"
#include "server/cli/plain.h"
#include "server/cli/severity.h"
#include "server/features/features.h"
#include "server/os/files.h"

/* One run over all files. */
typedef struct {
    Arena arena;          /* paths and the verdict */
    FilesList files;      /* what to read, in order */
    Array(Finding) found; /* of all files: rule and severity only */
    uint32_t articles;    /* how many were read */
    CommandExit exit;
} Check;

/* Characters before `offset` on its line. */
static uint32_t count_characters(const Document *document, uint32_t line, size_t in_line)
{
    Str text;
    document_line(document, line, &text);
    text = str_before(text, in_line);
    uint32_t count = 0;
    for (size_t at = 0; at < text.length; count++) {
        utf_next(text, &at);
    }
    return count;
}

static void print_finding(Buf *out, Str path, const Document *document, const Finding *finding)
{
    size_t line_start;
    uint32_t line = document_line_at(document, finding->place.start, &line_start);
    uint32_t column = count_characters(document, line, finding->place.start - line_start);
    Str rest = finding->message, message = {0};
    str_take_line(&rest, &message);

    plain_append(out, path);
    buf_printf(out, ":%u:%u: %s: ", line + 1, column + 1, severity_name(finding->severity));
    plain_append(out, message);
    buf_printf(out, " [%s]\n", finding->rule->code);
}

static void check_text(Check *check, Str path, Str text)
{
    Arena scratch = {0};
    Buf out = {0};
    Article *article = article_new(text);
    article_analyse(article);
    Findings findings = report_findings(&article->report, article->document, &article->outline,
                                        &scratch);
    for (uint32_t i = 0; i < findings.count; i++) {
        const Finding *finding = &findings.items[i];
        print_finding(&out, path, article->document, finding);
        *array_add(&check->found) = (Finding){.rule = finding->rule, .severity = finding->severity};
        if (finding->severity <= SEVERITY_WARNING && check->exit == EXIT_CLEAN) {
            check->exit = EXIT_FINDINGS;
        }
    }
    check->articles++;
    files_print(buf_str(&out));
    article_free(article);
    buf_finish(&out);
    arena_finish(&scratch);
}

static void check_file(Check *check, const FilesEntry *entry)
{
    Buf text = {0};
    const char *error = entry->error;
    if (error == NULL) {
        error = files_read(entry->path.data, LIMIT_DOCUMENT_BYTES, &text);
    }
    if (error != NULL) {
        check->exit = command_complain(entry->path, error);
    } else {
        check_text(check, str_equal(entry->path, STR("-")) ? STR("stdin") : entry->path,
                   buf_str(&text));
    }
    buf_finish(&text);
}

static void print_verdict(Check *check)
{
    Findings all = {check->found.items, check->found.count};
    Buf out = {0};
    plain_append(&out, verdict_of(all, &check->arena));
    buf_append_char(&out, '\n');
    files_print(buf_str(&out));
    buf_finish(&out);
}

static int run(const Invocation *invocation)
{
    Check check = {0};
    for (uint32_t i = 0; i < invocation->count; i++) {
        char *path = invocation->arguments[i];
        uint32_t before = check.files.count;
        files_list(path, &check.arena, &check.files);
        if (check.files.count == before) {
            check.exit = command_complain(str_of(path), "no Markdown files in it");
        }
    }
    for (uint32_t i = 0; i < check.files.count; i++) {
        check_file(&check, &check.files.items[i]);
    }
    if (check.articles > 0) {
        print_verdict(&check);
    }
    array_finish(&check.files);
    array_finish(&check.found);
    arena_finish(&check.arena);
    return check.exit;
}

const Command command_check = {
    .name = "check",
    .arguments = "PATH...|-",
    .minimum = 1,
    .maximum = UINT32_MAX,
    .kind = VALUE_PATH,
    .summary = "findings in files, folders or standard input",
    .exits = {"nothing at warning or above was found", "something was",
              "wrong usage, or a file that cannot be read"},
    .run = run,
};
