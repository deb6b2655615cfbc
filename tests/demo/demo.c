/* demo: opens an article in the real server, as an editor does, and prints what an editor would
 * show: the findings under their lines, the outline with its states, the folds, and the verdict.
 *
 *     demo GALLEY ARTICLE
 *
 * It offers UTF-8 positions, so that a character of the protocol is a byte of the line. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "protocol/base/array.h"
#include "server/cli/columns.h"
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

static void repeat(const char *text, size_t times)
{
    while (times-- > 0) {
        fputs(text, stdout);
    }
}

static void print(const Buf *text)
{
    printf("%.*s", STR_ARG(buf_str(text)));
}

/* The part of `text` that fits, and a mark where some of it does not. */
static void print_fitting(Str text, uint32_t columns)
{
    Excerpt excerpt = {.text = str_before(text, columns_fit(text, columns))};
    excerpt.more = excerpt.text.length < text.length;
    Buf out = {0};
    excerpt_append(&out, &excerpt);
    print(&out);
    buf_finish(&out);
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

static void print_line(uint32_t number, const Excerpt *excerpt)
{
    Buf out = {0};
    excerpt_append(&out, excerpt);
    printf("%5u │ ", number + 1);
    print(&out);
    putchar('\n');
    buf_finish(&out);
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

    Excerpt excerpt = columns_excerpt(line_at(demo, line), from, to, WIDTH);
    if (line != *last_line || excerpt.cut) {
        print_line(line, &excerpt);
    }
    *last_line = line;
    printf("      │ ");
    repeat(" ", excerpt.before);
    repeat("^", excerpt.columns);
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

static void print_symbols(const Demo *demo, JsonReader list, uint32_t depth)
{
    for (size_t i = 0; i < jr_count(list); i++) {
        JsonReader symbol = jr_item(list, i);
        Str name = jr_string_or(jr_field(symbol, "name"), STR(""));
        Str detail = jr_string_or(jr_field(symbol, "detail"), STR(""));
        uint32_t indent = 2 + 2 * depth, room = WIDTH - 30 - indent;
        repeat(" ", indent);
        print_fitting(name, room);
        uint32_t wide = columns_of(name), shown = wide > room ? room + 1 : wide;
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
