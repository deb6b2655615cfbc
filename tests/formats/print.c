/* print: a run over a few articles that are hard to print, in one format.
 *
 *     print FORMAT [terminal|colour|quiet|statistics|clean|edited]...
 *
 * Names and texts have what formats stumble over: quotes and brackets of markup, the escapes of
 * workflow commands, control characters, tabs, \r\n, letters of one, two and three bytes, emoji,
 * invalid UTF-8. `edited`: a paragraph more at the head of the first article. */
#include <stdio.h>

#include "server/cli/format.h"

typedef struct {
    const char *path, *text;
    const char *error; /* NULL: it can be read */
} Sample;

static const char head[] = "A paragraph that came later.\r\n\r\n";

static const char dough[] =
    "# Замес 🥖 и <автолиз> & 'соль'\r\n\r\n"
    "Тесто\tзамесили\tутром, а обс讨论дение 👩‍🍳 о "
    "нём\x07\xc2\x9b"
    "1m "
    "не кончилось <script>alert(1)</script>.\r\n\r\n"
    "## Мука\r\n\r\n"
    "[Временный текст из-за ошибки генерации]\r\n\r\n"
    "## Вода ]]> &amp; {{ x }}\r\n\r\n"
    "## # Соль: 100%, ::error::да\r\n\r\n"
    "Слова.\r\n\r\n"
    "## Соль: 100%, ::error::да\r\n\r\n"
    "#### Глубже\r\n\r\n"
    "Слова.\r\n\r\n"
    "[Временный текст из-за ошибки генерации]\r\n\r\n"
    "### Дальше\r\n\r\n"
    "Конец.\r\n";

static const char controls[] = "Text before a heading, and a long line: one two three four five "
                               "six seven eight nine ten eleven twelve thirteen слово and more "
                               "\x1b[2J of the same to its end 讨ussion, which is far away.\n\n"
                               "# One\n\n# Two \x1b[1m\n\n"
                               "Text.\n\n====\n\n"
                               "## 你好\n\n"
                               "TODO\n";

static const char ready[] = "---\ntitle: \"Ready <to> print\"\n---\n\n"
                            "All of it is written.\n\n## Part\n\nYes.\n";

static const Sample samples[] = {
    {"articles/замес & <b>\"тесто\"</b>.md",     dough,           NULL                       },
    {"articles/a\x1b[31m\xc2\x9b:,%\n\xe2\x80\xae\xff.md", controls,        NULL                       },
    {"missing <file>, 100%.md",                            NULL,            "No such file or directory"},
    {"c:ready.md",                                         ready,           NULL                       },
    {"/srv/last.md",                                       "# A\n\n## B\n", NULL                       },
};

enum { SAMPLES = sizeof(samples) / sizeof(*samples) };

/* The rules that the samples were written for: a new one is no new expectation. */
static bool is_known(const Rule *rule)
{
    static const char *const codes[] = {
        "placeholder-text", "empty-section", "repeated-heading", "heading-jump",
        "multiple-titles",  "heading-hash",  "stray-underline",  "foreign-script",
    };
    for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++) {
        if (strcmp(rule->code, codes[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void keep_known(Findings *findings)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < findings->count; i++) {
        if (is_known(findings->items[i].rule)) {
            findings->items[kept++] = findings->items[i];
        }
    }
    findings->count = kept;
}

static void add_sample(const Format *format, const FormatOptions *options, CheckedRun *run,
                       uint32_t index, bool edited, Buf *out)
{
    const Sample *sample = &samples[index];
    Arena arena = {0};
    Buf part = {0}, text = {0};
    CheckedFile file = {.path = str_of(sample->path), .error = sample->error, .index = index};
    Article *article = NULL;
    if (sample->error == NULL) {
        buf_append(&text, edited && index == 0 ? str_of(head) : (Str){0});
        buf_append(&text, str_of(sample->text));
        article = article_new(buf_str(&text));
        article_analyse(article);
        file.text = buf_str(&text);
        file.article = article;
        file.findings = report_findings(&article->report, article->document, &article->outline,
                                        &arena);
        keep_known(&file.findings);
    }
    format_summarise(format, &file, &arena);
    format->file(&part, options, &file);
    format_add(format, run, &file.summary, buf_str(&part), out);
    article_free(article);
    buf_finish(&part);
    buf_finish(&text);
    arena_finish(&arena);
}

int main(int count, char **arguments)
{
    const Format *format = count > 1 ? format_find(str_of(arguments[1])) : NULL;
    FormatOptions options = {0};
    bool edited = false;
    for (int i = 2; i < count; i++) {
        Str word = str_of(arguments[i]);
        options.width = str_equal(word, STR("terminal")) ? 80 : options.width;
        options.colour |= str_equal(word, STR("colour"));
        options.quiet |= str_equal(word, STR("quiet"));
        options.statistics |= str_equal(word, STR("statistics"));
        options.clean |= str_equal(word, STR("clean"));
        edited |= str_equal(word, STR("edited"));
    }
    if (format == NULL) {
        fprintf(stderr, "usage: print FORMAT [OPTION]...\n");
        return 2;
    }
    Buf out = {0};
    CheckedRun run = {0};
    if (format->begin != NULL) {
        format->begin(&out, &options);
    }
    for (uint32_t i = 0; i < SAMPLES; i++) {
        add_sample(format, &options, &run, i, edited, &out);
    }
    if (format->end != NULL) {
        format->end(&out, &options, &run);
    }
    fwrite(out.data, 1, out.length, stdout);
    checked_run_finish(&run);
    buf_finish(&out);
    return 0;
}
