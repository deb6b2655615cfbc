/* demo: opens an article in the real server, as an editor does, and prints what an editor would
 * show: the findings under their lines, the outline with its states, the folds, and the verdict.
 *
 *     demo GALLEY ARTICLE
 *
 * It offers UTF-8 positions, so that a character of the protocol is a byte of the line. */
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <wchar.h>

#include "protocol/base/array.h"
#include "protocol/base/utf.h"
#include "tests/harness/client.h"

static const char capabilities[] =
    "{\"general\": {\"positionEncodings\": [\"utf-8\"]},"
    " \"textDocument\": {"
    "  \"publishDiagnostics\": {\"relatedInformation\": true},"
    "  \"documentSymbol\": {\"hierarchicalDocumentSymbolSupport\": true},"
    "  \"foldingRange\": {\"lineFoldingOnly\": true,"
    "   \"foldingRange\": {\"collapsedText\": true}}}}";

enum { WIDTH = 96, MAX_NESTING = 16 };

typedef struct {
    Client client;
    Buf text;
    Array(Str) lines;   /* of text */
    char uri[PATH_MAX]; /* file:///… */
    bool colour;
} Demo;

/* Text on a terminal */

static const char *const severities[] = {"", "error", "warning", "information", "hint"};
static const char *const colours[] = {"", "31", "33", "36", "90"};

static void paint(const Demo *demo, const char *colour, const char *text)
{
    if (demo->colour) {
        printf("\033[%sm%s\033[0m", colour, text);
    } else {
        printf("%s", text);
    }
}

static size_t width_of(Str text)
{
    size_t width = 0, at = 0;
    while (at < text.length) {
        int columns = wcwidth((wchar_t)utf_next(text, &at));
        width += columns > 0 ? (size_t)columns : 0;
    }
    return width;
}

/* How many bytes of the start of `text` fit into `columns`. */
static size_t fit(Str text, size_t columns)
{
    size_t at = 0, next = 0;
    while (next < text.length) {
        utf_next(text, &next);
        if (width_of(str_before(text, next)) > columns) {
            break;
        }
        at = next;
    }
    return at;
}

static void repeat(const char *text, size_t times)
{
    while (times-- > 0) {
        fputs(text, stdout);
    }
}

/* The part of `text` that fits, and a mark where some of it does not. */
static void print_fitting(Str text, size_t columns)
{
    size_t fits = fit(text, columns);
    printf("%.*s%s", STR_ARG(str_before(text, fits)), fits < text.length ? "…" : "");
}

static Str line_at(const Demo *demo, uint32_t line)
{
    return line < demo->lines.count ? demo->lines.items[line] : (Str){0};
}

/* Findings */

static void print_related(JsonReader diagnostic)
{
    JsonReader related = jr_field(diagnostic, "relatedInformation");
    for (size_t i = 0; i < jr_count(related); i++) {
        JsonReader item = jr_item(related, i);
        JsonReader range = jr_field(jr_field(item, "location"), "range");
        printf("      │   line %u: %.*s\n",
               jr_uint32_or(jr_field(jr_field(range, "start"), "line"), 0) + 1,
               STR_ARG(jr_string_or(jr_field(item, "message"), STR(""))));
    }
}

/* A long line is shown from a little before the finding on. */
static size_t window_start(Str line, size_t from)
{
    if (width_of(str_before(line, from)) < WIDTH / 2) {
        return 0;
    }
    size_t start = from;
    while (start > 0 && width_of(str_slice(line, start, from)) < WIDTH / 4) {
        utf_previous(line, &start);
    }
    return start;
}

static void print_line(const Demo *demo, uint32_t number, size_t start)
{
    Str line = line_at(demo, number);
    printf("%5u │ %s", number + 1, start > 0 ? "…" : "");
    print_fitting(str_after(line, start), WIDTH);
    putchar('\n');
}

static void print_carets(const Demo *demo, uint32_t number, size_t start, size_t from, size_t to)
{
    Str line = line_at(demo, number);
    size_t before = width_of(str_slice(line, start, from)) + (start > 0 ? 1 : 0);
    size_t under = width_of(str_slice(line, from, to));
    printf("      │ ");
    repeat(" ", before);
    size_t room = before < WIDTH ? WIDTH - before : 1;
    repeat("^", under == 0 ? 1 : under < room ? under : room);
}

static void print_finding(const Demo *demo, JsonReader diagnostic, uint32_t *last_line)
{
    JsonReader range = jr_field(diagnostic, "range");
    JsonReader start = jr_field(range, "start"), end = jr_field(range, "end");
    uint32_t line = jr_uint32_or(jr_field(start, "line"), 0);
    uint32_t from = jr_uint32_or(jr_field(start, "character"), 0);
    uint32_t to = jr_uint32_or(jr_field(end, "character"), 0);
    uint32_t severity = jr_uint32_or(jr_field(diagnostic, "severity"), 1);
    if (jr_uint32_or(jr_field(end, "line"), line) != line) {
        to = (uint32_t)line_at(demo, line).length;
    }
    severity = severity >= 1 && severity <= 4 ? severity : 1;

    size_t window = window_start(line_at(demo, line), from);
    if (line != *last_line || window > 0) {
        print_line(demo, line, window);
    }
    *last_line = line;
    print_carets(demo, line, window, from, to);
    putchar(' ');
    paint(demo, colours[severity], severities[severity]);
    printf(": %.*s [%.*s]\n", STR_ARG(jr_string_or(jr_field(diagnostic, "message"), STR(""))),
           STR_ARG(jr_string_or(jr_field(diagnostic, "code"), STR(""))));
    print_related(diagnostic);
}

static bool show_findings(Demo *demo)
{
    JsonDocument message = {0};
    bool good = client_wait_notification(&demo->client, "textDocument/publishDiagnostics",
                                         &message);
    JsonReader list = jr_field(jr_field(json_document_root(&message), "params"), "diagnostics");
    uint32_t last_line = UINT32_MAX;
    for (size_t i = 0; i < jr_count(list); i++) {
        print_finding(demo, jr_item(list, i), &last_line);
    }
    json_document_finish(&message);
    return good;
}

/* Outline */

static void print_symbols(const Demo *demo, JsonReader list, size_t depth)
{
    for (size_t i = 0; i < jr_count(list); i++) {
        JsonReader symbol = jr_item(list, i);
        Str name = jr_string_or(jr_field(symbol, "name"), STR(""));
        Str detail = jr_string_or(jr_field(symbol, "detail"), STR(""));
        size_t indent = 2 + 2 * depth, room = WIDTH - 30 - indent;
        repeat(" ", indent);
        print_fitting(name, room);
        size_t shown = width_of(name) > room ? room + 1 : width_of(name);
        repeat(" ", room + 2 - shown);
        printf("%.*s\n", STR_ARG(detail));
        if (depth < MAX_NESTING) {
            print_symbols(demo, jr_field(symbol, "children"), depth + 1);
        }
    }
}

static bool show_outline(Demo *demo)
{
    JsonDocument reply = {0};
    bool good = client_ask(&demo->client, "textDocument/documentSymbol", demo->uri, &reply);
    print_symbols(demo, jr_field(json_document_root(&reply), "result"), 0);
    json_document_finish(&reply);
    return good;
}

/* Folds */

static bool show_folds(Demo *demo)
{
    JsonDocument reply = {0};
    bool good = client_ask(&demo->client, "textDocument/foldingRange", demo->uri, &reply);
    JsonReader list = jr_field(json_document_root(&reply), "result");
    for (size_t i = 0; i < jr_count(list); i++) {
        JsonReader fold = jr_item(list, i);
        uint32_t start = jr_uint32_or(jr_field(fold, "startLine"), 0);
        uint32_t end = jr_uint32_or(jr_field(fold, "endLine"), 0);
        Str collapsed = jr_string_or(jr_field(fold, "collapsedText"), line_at(demo, start));
        printf("  %4u – %-4u  ", start + 1, end + 1);
        print_fitting(collapsed, WIDTH - 30);
        printf(" (%u lines)\n", end - start + 1);
    }
    json_document_finish(&reply);
    return good;
}

/* Verdict: as the command says it, in its last line */

static bool show_verdict(const char *galley, const char *article)
{
    Buf command = {0}, output = {0};
    buf_printf(&command, "'%s' check '%s'%c", galley, article, '\0');
    fflush(stdout);
    FILE *check = popen(command.data, "r");
    char chunk[4096];
    for (size_t got; check != NULL && (got = fread(chunk, 1, sizeof(chunk), check)) > 0;) {
        buf_append(&output, (Str){chunk, got});
    }
    int status = check == NULL ? -1 : pclose(check);
    Str rest = buf_str(&output), line, last = {0};
    while (str_take_line(&rest, &line)) {
        last = line;
    }
    printf("  %.*s\n", STR_ARG(last));
    buf_finish(&command);
    buf_finish(&output);
    return status != -1;
}

/* The whole */

static bool load(Demo *demo, const char *article)
{
    char path[PATH_MAX - 8];
    if (realpath(article, path) == NULL || !client_read_file(article, &demo->text)) {
        return false;
    }
    snprintf(demo->uri, sizeof(demo->uri), "file://%s", path);
    Str rest = buf_str(&demo->text), line;
    while (str_take_line(&rest, &line)) {
        *array_add(&demo->lines) = line;
    }
    return true;
}

static void headline(const Demo *demo, const char *text)
{
    putchar('\n');
    paint(demo, "1", text);
    printf("\n\n");
}

static bool show(Demo *demo, const char *galley, const char *article)
{
    JsonDocument reply = {0};
    bool good = client_initialize(&demo->client, capabilities, &reply) &&
                client_open(&demo->client, demo->uri, buf_str(&demo->text));
    json_document_finish(&reply);
    printf("%s, as an editor shows it:\n", article);
    headline(demo, "Findings");
    good = good && show_findings(demo);
    headline(demo, "Outline");
    good = good && show_outline(demo);
    headline(demo, "Folds");
    good = good && show_folds(demo);
    headline(demo, "Verdict");
    return good && show_verdict(galley, article);
}

int main(int count, char **arguments)
{
    Demo demo = {.colour = isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL};
    setlocale(LC_CTYPE, "C.UTF-8");
    if (count != 3 || !load(&demo, arguments[2])) {
        fprintf(stderr, "usage: demo GALLEY ARTICLE\n");
        return 2;
    }
    const char *server[] = {arguments[1], "lsp", NULL};
    bool good = client_start(&demo.client, server) && show(&demo, arguments[1], arguments[2]);
    int status = client_stop(&demo.client);
    if (!good || status != 0) {
        fprintf(stderr, "the server gave up (status %d)\n", status);
    }
    array_finish(&demo.lines);
    buf_finish(&demo.text);
    return good && status == 0 ? 0 : 1;
}
