/* html: one page for whoever decides what is published: the articles by where they stand. It needs no
 * script and nothing from elsewhere. */
#include "server/cli/formats/html.h"

#include "server/cli/formats/markup.h"
#include "server/cli/severity.h"

/* How a state is called on the page. */
typedef struct {
    const char *class, *name, *meaning;
} StateText;

static const StateText states[] = {
    [ARTICLE_UNREADABLE] = {"unreadable", "Unreadable", "could not be read"                            },
    [ARTICLE_UNFINISHED] = {"unfinished", "Unfinished", "text is missing"                              },
    [ARTICLE_FLAWED] = {"flawed",     "To correct", "written to the end, with something to correct"},
    [ARTICLE_READY] = {"ready",      "Ready",      "nothing stands in the way"                    },
};

/* What asks for work comes first. */
static const ArticleState order[] = {ARTICLE_UNFINISHED, ARTICLE_FLAWED, ARTICLE_UNREADABLE,
                                     ARTICLE_READY};

/* Words and numbers */

void html_number_append(Buf *out, uint64_t number)
{
    if (number >= 1000) {
        html_number_append(out, number / 1000);
        buf_printf(out, "\u202F%03u", (unsigned)(number % 1000));
    } else {
        buf_append_number(out, number);
    }
}

void html_count_append(Buf *out, uint64_t count, const char *one, const char *many)
{
    html_number_append(out, count);
    buf_printf(out, "\u00A0%s", count == 1 ? one : many);
}

const char *html_severity_name(Severity severity)
{
    return severity == SEVERITY_INFORMATION ? "remark" : severity_name(severity);
}

void html_severity_append(Buf *out, uint64_t count, Severity severity)
{
    static const char *const many[] = {
        [SEVERITY_ERROR] = "errors",
        [SEVERITY_WARNING] = "warnings",
        [SEVERITY_INFORMATION] = "remarks",
        [SEVERITY_HINT] = "hints",
    };
    if (count > 0) {
        buf_printf(out, " · <span class=\"%s\">", severity_name(severity));
        html_count_append(out, count, html_severity_name(severity), many[severity]);
        buf_append(out, STR("</span>"));
    }
}

/* The head of the page */

static void append_begin(Buf *out, const FormatOptions *options)
{
    (void)options;
    buf_append(out, STR("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                        "<meta name=\"viewport\" content=\"width=device-width, "
                        "initial-scale=1\">\n"
                        "<meta name=\"color-scheme\" content=\"light dark\">\n"
                        "<meta name=\"generator\" content=\"galley " GALLEY_VERSION "\">\n"
                        "<title>Galley proof</title>\n<style>\n"));
    buf_append(out, html_style);
    buf_append(out, STR("</style>\n</head>\n"));
}

/* What the files add up to. */
typedef struct {
    uint32_t states[ARTICLE_STATES]; /* how many articles stand there */
    uint64_t words, unfinished;
} Totals;

static Totals count_totals(const CheckedRun *run)
{
    Totals totals = {0};
    for (uint32_t i = 0; i < run->files.count; i++) {
        const FileSummary *file = &run->files.items[i];
        totals.states[file->state]++;
        totals.words += file->words;
        totals.unfinished += file->unfinished;
    }
    return totals;
}

/* "3 of 12 articles are ready" */
static void append_headline(Buf *out, const CheckedRun *run, const Totals *totals)
{
    uint32_t ready = totals->states[ARTICLE_READY], count = run->files.count;
    buf_append(out, STR("<h1>"));
    if (count == 0) {
        buf_append(out, STR("There are no articles"));
    } else if (ready == count) {
        buf_append(out, count == 1 ? STR("The article is ready") : STR("All articles are ready"));
    } else if (ready == 0) {
        buf_append(out, count == 1 ? STR("The article is not ready") : STR("No article is ready"));
    } else {
        html_number_append(out, ready);
        buf_append(out, STR(" of "));
        html_number_append(out, count);
        buf_append(out, ready == 1 ? STR(" articles is ready") : STR(" articles are ready"));
    }
    buf_append(out, STR("</h1>\n"));
}

static void append_lede(Buf *out, const CheckedRun *run)
{
    Arena arena = {0};
    Str verdict = checked_run_verdict(run, &arena);
    buf_append(out, STR("<p class=\"lede\">"));
    if (verdict.length > 0) {
        buf_append_char(out, (char)(verdict.data[0] - 'a' + 'A'));
        markup_append(out, str_after(verdict, 1));
    }
    buf_append(out, STR(".</p>\n"));
    arena_finish(&arena);
}

static void append_figure(Buf *out, const char *name, uint64_t value)
{
    buf_printf(out, "<div><dt>%s</dt><dd>", name);
    html_number_append(out, value);
    buf_append(out, STR("</dd></div>\n"));
}

static void append_figures(Buf *out, const CheckedRun *run, const Totals *totals)
{
    buf_append(out, STR("<dl class=\"figures\">\n"));
    append_figure(out, run->files.count == 1 ? "article" : "articles", run->files.count);
    append_figure(out, "words", totals->words);
    append_figure(out, "unfinished sections", totals->unfinished);
    append_figure(out, "errors", checked_run_count(run, SEVERITY_ERROR));
    append_figure(out, "warnings", checked_run_count(run, SEVERITY_WARNING));
    buf_append(out, STR("</dl>\n"));
}

/* How many articles stand where, as a bar and as links to them. */
static void append_states(Buf *out, const Totals *totals)
{
    buf_append(out, STR("<nav aria-label=\"Articles by state\">\n"
                        "<div class=\"states\" aria-hidden=\"true\">"));
    for (size_t i = 0; i < ARTICLE_STATES; i++) {
        uint32_t count = totals->states[order[i]];
        if (count > 0) {
            buf_printf(out, "<i class=\"%s\" style=\"flex-grow:%u\"></i>", states[order[i]].class,
                       count);
        }
    }
    buf_append(out, STR("</div>\n<ul class=\"legend\">\n"));
    for (size_t i = 0; i < ARTICLE_STATES; i++) {
        const StateText *state = &states[order[i]];
        if (totals->states[order[i]] > 0) {
            buf_printf(out, "<li class=\"%s\"><a href=\"#%s\">%s</a> <b>", state->class,
                       state->class, state->name);
            html_number_append(out, totals->states[order[i]]);
            buf_append(out, STR("</b></li>\n"));
        }
    }
    buf_append(out, STR("</ul>\n</nav>\n"));
}

static void append_header(Buf *out, const CheckedRun *run, const Totals *totals)
{
    buf_append(out, STR("<header>\n<p class=\"eyebrow\">Galley proof</p>\n"));
    append_headline(out, run, totals);
    append_lede(out, run);
    append_figures(out, run, totals);
    append_states(out, totals);
    buf_append(out, STR("</header>\n"));
}

/* The articles */

static void append_key(Buf *out)
{
    buf_append(out, STR("<p class=\"key\">A bar is an article from its first line to its last. "
                        "Marks show where something was found: "
                        "<span class=\"mark error\"></span> an error, "
                        "<span class=\"mark warning\"></span> a warning, "
                        "<span class=\"mark information\"></span> a remark. "
                        "<span class=\"mark missing\"></span> Shaded sections are unfinished."
                        "</p>\n"));
}

static void append_group(Buf *out, const CheckedRun *run, ArticleState state, uint32_t count)
{
    const StateText *text = &states[state];
    buf_printf(out, "<section class=\"%s\" aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s <b>",
               text->class, text->class, text->class, text->name);
    html_number_append(out, count);
    buf_printf(out, "</b> <small>%s</small></h2>\n", text->meaning);
    for (uint32_t i = 0; i < run->files.count; i++) {
        if (run->files.items[i].state == state) {
            buf_append(out, run->parts.items[i]);
        }
    }
    buf_append(out, STR("</section>\n"));
}

static void append_end(Buf *out, const FormatOptions *options, const CheckedRun *run)
{
    (void)options;
    Totals totals = count_totals(run);
    buf_append(out, STR("<body>\n"));
    append_header(out, run, &totals);
    buf_append(out, STR("<main>\n"));
    append_key(out);
    for (size_t i = 0; i < ARTICLE_STATES; i++) {
        if (totals.states[order[i]] > 0) {
            append_group(out, run, order[i], totals.states[order[i]]);
        }
    }
    buf_append(out, STR("</main>\n</body>\n</html>\n"));
}

static void append_file(Buf *out, const FormatOptions *options, const CheckedFile *file)
{
    (void)options;
    html_article_append(out, file);
}

const Format format_html = {
    .name = "html",
    .summary = "a page for an editor-in-chief",
    .gathers = true,
    .counts_words = true,
    .begin = append_begin,
    .file = append_file,
    .end = append_end,
};
