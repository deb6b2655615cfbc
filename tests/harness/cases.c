/* cases: runs Markdown case files (tests/README.md), in process, and prints TAP.
 *
 *     cases FILE…
 *
 * Each input is read in three ways that have to give the same: whole; typed piece by piece, in an
 * order of no meaning; and with \r\n for line endings. UPDATE=1 rewrites marks and expectations. */
#include <stdio.h>
#include <stdlib.h>

#include "server/article.h"
#include "server/rules/rules.h"
#include "tests/harness/casefile.h"
#include "tests/harness/describe.h"
#include "tests/harness/tap.h"

enum { MAX_PIECES = 40 };

typedef struct {
    CaseFile file;
    const char *path;
    bool update;
    Tap tap;
    Str settings;         /* the case's `config` fence; empty: there is none */
    Configs configs;      /* of these settings */
    const Config *config; /* what they say to an article */
} Suite;

/* One input and what is expected of it. */
typedef struct {
    CaseFence *input;
    CaseFence *expectations;
    uint32_t count;
    MarkedText marked;
    bool judged; /* whether findings are expected, or their absence */
} Input;

typedef enum { WHOLE, TYPED, WINDOWS } Way;

static const char *const ways[] = {"read whole", "typed in pieces", "with \\r\\n"};

/* The three ways to the same article */

static uint32_t random_below(uint64_t *state, uint32_t limit)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33) % limit;
}

/* Where the pieces of a text start: any bytes, since an edit may come anywhere. Returns how many. */
static uint32_t cut(Str text, uint64_t *state, size_t *starts)
{
    uint32_t count = 0;
    size_t longest = text.length / (MAX_PIECES / 2) + 2;
    for (size_t at = 0; at < text.length && count < MAX_PIECES - 1;) {
        starts[count++] = at;
        at += 1 + random_below(state, (uint32_t)longest);
    }
    starts[count] = text.length;
    return count;
}

static Article *type_in(Str text)
{
    uint64_t state = str_hash(text);
    size_t starts[MAX_PIECES + 1];
    bool typed[MAX_PIECES] = {0};
    uint32_t count = cut(text, &state, starts);
    Article *article = article_new(STR("# typed over\n\n```\n"));
    article_analyse(article);
    article_edit(article, 0, SIZE_MAX, STR(""));
    for (uint32_t left = count; left > 0; left--) {
        uint32_t pick = random_below(&state, count);
        while (typed[pick]) {
            pick = (pick + 1) % count;
        }
        size_t at = 0;
        for (uint32_t i = 0; i < pick; i++) {
            at += typed[i] ? starts[i + 1] - starts[i] : 0;
        }
        typed[pick] = true;
        article_edit(article, at, at, str_slice(text, starts[pick], starts[pick + 1]));
        if (random_below(&state, 2) == 0) {
            article_analyse(article);
        }
    }
    return article;
}

static Article *read_windows(Str text)
{
    Buf changed = {0};
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '\n' && (i == 0 || text.data[i - 1] != '\r')) {
            buf_append_char(&changed, '\r');
        }
        buf_append_char(&changed, text.data[i]);
    }
    Article *article = article_new(buf_str(&changed));
    buf_finish(&changed);
    return article;
}

static Article *read_input(const Suite *suite, Str text, Way way)
{
    Article *article = way == WHOLE   ? article_new(text)
                       : way == TYPED ? type_in(text)
                                      : read_windows(text);
    article_configure(article, suite->config);
    article_analyse(article);
    return article;
}

/* Findings as marks of the text that the case file has */

/* An offset in the text with \r\n, as one in the text without. */
static size_t without_returns(Str text, size_t offset)
{
    size_t at = 0, windows = 0;
    while (at < text.length && windows < offset) {
        bool added = text.data[at] == '\n' && (at == 0 || text.data[at - 1] != '\r');
        windows += added ? 2 : 1;
        at++;
    }
    return at;
}

static Severity usual_severity(Str code)
{
    for (const Rule *const *rule = rules_all; *rule != NULL; rule++) {
        if (str_equal(code, str_of((*rule)->code))) {
            return (*rule)->severity;
        }
    }
    return SEVERITY_ERROR;
}

static int compare_marks(const void *left, const void *right)
{
    const Mark *a = left, *b = right;
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    if (a->end != b->end) {
        return a->end > b->end ? -1 : 1;
    }
    return str_compare(a->code, b->code);
}

/* In the order of marks in a text; a severity is said only where it is not the rule's own. */
static Mark *marks_of(Findings findings, Str text, Way way, Arena *arena)
{
    Mark *marks = ARENA_NEW(arena, Mark, findings.count + 1);
    for (uint32_t i = 0; i < findings.count; i++) {
        const Finding *finding = &findings.items[i];
        bool usual = finding->severity == finding->rule->severity;
        marks[i] = (Mark){.start = finding->place.start, .end = finding->place.end};
        marks[i].code = str_of(finding->rule->code);
        marks[i].severity = usual ? 0 : finding->severity;
        if (way == WINDOWS) {
            marks[i].start = without_returns(text, marks[i].start);
            marks[i].end = without_returns(text, marks[i].end);
        }
    }
    qsort(marks, findings.count, sizeof(Mark), compare_marks);
    return marks;
}

static bool same_mark(const Mark *a, const Mark *b)
{
    Severity usual = usual_severity(a->code);
    return compare_marks(a, b) == 0 &&
           (a->severity == 0 ? usual : a->severity) == (b->severity == 0 ? usual : b->severity);
}

static void list_mark(const char *what, const Mark *mark, Str text, Buf *report)
{
    uint32_t line = 1;
    for (size_t i = 0; i < mark->start; i++) {
        line += text.data[i] == '\n' ? 1 : 0;
    }
    buf_printf(report, "%s in line %u: %.*s%s%s «%.*s»\n", what, line, STR_ARG(mark->code),
               mark->severity == 0 ? "" : "!", severity_name(mark->severity),
               STR_ARG(str_slice(text, mark->start, mark->end)));
}

/* Appends what is missing and what is too much. */
static void compare_findings(const MarkedText *marked, const Mark *found, uint32_t count,
                             Buf *report)
{
    uint32_t i = 0, j = 0;
    while (i < marked->count || j < count) {
        int order = i == marked->count ? 1
                    : j == count       ? -1
                                       : compare_marks(&marked->marks[i], &found[j]);
        if (order == 0 && same_mark(&marked->marks[i], &found[j])) {
            i++;
            j++;
        } else if (order <= 0) {
            list_mark("missing", &marked->marks[i++], marked->text, report);
        } else {
            list_mark("not expected", &found[j++], marked->text, report);
        }
    }
}

/* Other expectations */

static bool describe(const CaseFence *fence, const Article *article, Arena *arena, Buf *out)
{
    if (fence_is(fence, "expect")) {
        Findings findings = report_findings(&article->report, article->document, &article->outline,
                                            arena);
        describe_findings(article, findings, out);
    } else if (fence_is(fence, "outline")) {
        describe_outline(article, arena, out);
    } else if (fence_is(fence, "folds")) {
        describe_folds(article, arena, out);
    } else if (fence_is(fence, "blocks")) {
        describe_blocks(article, out);
    } else {
        return false;
    }
    return true;
}

static void check_expectation(Suite *suite, CaseFence *fence, const Article *article, Arena *arena,
                              Buf *report)
{
    Buf actual = {0};
    Str expected = fence->renew ? buf_str(&fence->renewed) : fence->contents;
    if (!describe(fence, article, arena, &actual)) {
        buf_printf(report, "nobody knows what `%.*s` expects\n", STR_ARG(fence->info));
    } else if (!str_equal(buf_str(&actual), expected)) {
        if (suite->update && !fence->renew) {
            fence->renew = true;
            fence->renewed = buf_take(&actual);
        } else {
            buf_printf(report, "%.*s, expected:\n%.*sbut is:\n%.*s", STR_ARG(fence->info),
                       STR_ARG(expected), STR_ARG(buf_str(&actual)));
        }
    }
    buf_finish(&actual);
}

static void renew_marks(Input *input, Mark *found, uint32_t count, Buf *report)
{
    if (marks_put(input->marked.text, found, count, &input->input->renewed)) {
        input->input->renew = true;
        input->marked.marks = found;
        input->marked.count = count;
        buf_reset(report);
    } else {
        buf_append(report, STR("these findings cross, which marks cannot say\n"));
    }
}

static void check_way(Suite *suite, Input *input, Way way, Arena *arena, Buf *report)
{
    Article *article = read_input(suite, input->marked.text, way);
    Findings findings = report_findings(&article->report, article->document, &article->outline,
                                        arena);
    Mark *found = marks_of(findings, input->marked.text, way, arena);
    if (input->judged) {
        compare_findings(&input->marked, found, findings.count, report);
    }
    if (suite->update && way == WHOLE && report->length > 0) {
        renew_marks(input, found, findings.count, report);
    }
    for (uint32_t i = 0; i < input->count; i++) {
        check_expectation(suite, &input->expectations[i], article, arena, report);
    }
    article_free(article);
}

/* Cases */

/* In the folders of the parser and the features, an input with no mark whose findings nobody asks
 * for may have any. */
static bool is_judged(const Suite *suite, const Input *input)
{
    bool about_findings = strstr(suite->path, "/rules/") != NULL || input->marked.count > 0;
    for (uint32_t i = 0; i < input->count; i++) {
        about_findings = about_findings || fence_is(&input->expectations[i], "expect");
    }
    return about_findings;
}

static void check_input(Suite *suite, Input *input, Arena *arena, Buf *report)
{
    input->marked = marks_take(input->input->contents, arena);
    qsort(input->marked.marks, input->marked.count, sizeof(Mark), compare_marks);
    input->judged = is_judged(suite, input);
    if (input->marked.error.length > 0) {
        buf_printf(report, "%.*s\n", STR_ARG(input->marked.error));
        return;
    }
    for (Way way = WHOLE; way <= WINDOWS && report->length == 0; way++) {
        check_way(suite, input, way, arena, report);
        if (report->length > 0) {
            buf_printf(report, "(%s)\n", ways[way]);
        }
    }
}

/* The settings of a case are the one file there is. */
static const char *read_settings(void *self, Str path, Buf *text)
{
    const Suite *suite = self;
    if (!str_equal(path, STR("/.galley.yml"))) {
        return "";
    }
    buf_append(text, suite->settings);
    return NULL;
}

static bool exists(void *self, Str path)
{
    (void)self;
    (void)path;
    return false;
}

static void forget_settings(Suite *suite)
{
    configs_finish(&suite->configs);
    suite->config = NULL;
}

static void take_settings(Suite *suite, Str settings, Buf *report)
{
    forget_settings(suite);
    suite->settings = settings;
    configs_init(&suite->configs, (ConfigWorld){suite, read_settings, exists});
    suite->config = configs_for(&suite->configs, STR("/article.md"));
    const Layer *layer = &suite->config->file->layer;
    for (uint32_t i = 0; i < layer->problems.count; i++) {
        const LayerProblem *problem = &layer->problems.items[i];
        buf_printf(report, "config, byte %zu: %.*s\n", problem->start, STR_ARG(problem->message));
    }
}

static bool begins_input(const CaseFence *fence)
{
    return fence_is(fence, "md") || fence_is(fence, "config");
}

static void run_case(Suite *suite, const Case *test)
{
    Arena arena = {0};
    Buf report = {0};
    CaseFence *fences = suite->file.fences.items;
    uint32_t inputs = 0;
    for (uint32_t i = test->fence; i < test->fence + test->count; i++) {
        if (fence_is(&fences[i], "config")) {
            take_settings(suite, fences[i].contents, &report);
        }
        if (!fence_is(&fences[i], "md")) {
            continue;
        }
        Input input = {.input = &fences[i], .expectations = &fences[i + 1]};
        while (i + 1 < test->fence + test->count && !begins_input(&fences[i + 1])) {
            input.count++;
            i++;
        }
        inputs++;
        check_input(suite, &input, &arena, &report);
    }
    if (inputs == 0 && test->count > 0) {
        buf_append(&report, STR("there is no `md` fence\n"));
    }
    if (test->count > 0) {
        Str name = str_after(str_of(suite->path), strlen("tests/"));
        tap_test(&suite->tap, report.length == 0, "%.*s: %.*s", STR_ARG(name), STR_ARG(test->name));
        if (report.length > 0) {
            tap_note(suite->path, buf_str(&report));
        }
    }
    forget_settings(suite);
    buf_finish(&report);
    arena_finish(&arena);
}

static void run_file(Suite *suite)
{
    if (!casefile_read(&suite->file, suite->path)) {
        tap_test(&suite->tap, false, "%s cannot be read", suite->path);
    }
    for (uint32_t i = 0; i < suite->file.cases.count; i++) {
        run_case(suite, &suite->file.cases.items[i]);
    }
    if (suite->update && !casefile_write(&suite->file, suite->path)) {
        tap_test(&suite->tap, false, "%s cannot be written", suite->path);
    }
    casefile_finish(&suite->file);
}

int main(int count, char **arguments)
{
    const char *update = getenv("UPDATE");
    Suite suite = {.update = update != NULL && *update != '\0'};
    for (int i = 1; i < count; i++) {
        suite.path = arguments[i];
        run_file(&suite);
    }
    return tap_end(&suite.tap);
}
