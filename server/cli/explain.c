/* explain: the page of a rule. On a terminal it is laid out, in a pipe it is the Markdown itself. */
#include "server/cli/codes.h"
#include "server/cli/page.h"
#include "server/cli/pages.h"
#include "server/cli/severity.h"
#include "server/os/files.h"
#include "server/os/terminal.h"

static void append_explanation(Buf *out, Str page)
{
    if (terminal_is(TERMINAL_OUTPUT)) {
        page_append(out, page, terminal_width(TERMINAL_OUTPUT),
                    terminal_has_colour(TERMINAL_OUTPUT));
    } else {
        buf_append(out, page);
    }
}

/* What the program itself knows. */
static void append_short_page(Buf *out, const Rule *rule)
{
    buf_printf(out, "# %s\n\n%s.\n\nSeverity: %s.\n", rule->code, rule->summary,
               severity_name(rule->severity));
}

static int explain(const Rule *rule)
{
    Arena arena = {0};
    Buf page = {0}, out = {0};
    buf_append(&page, pages_read(str_of(rule->code), &arena));
    if (page.length == 0) {
        append_short_page(&page, rule);
    }
    append_explanation(&out, buf_str(&page));
    bool printed = files_print(buf_str(&out));
    buf_finish(&page);
    buf_finish(&out);
    arena_finish(&arena);
    return printed ? EXIT_CLEAN : EXIT_TROUBLE;
}

static int run(const Invocation *invocation)
{
    Str code = str_of(invocation->arguments[0]);
    const Rule *rule = code_find(code);
    return rule != NULL ? explain(rule) : code_refuse(code);
}

const Command command_explain = {
    .name = "explain",
    .arguments = "CODE",
    .kind = VALUE_CODE,
    .minimum = 1,
    .maximum = 1,
    .summary = "what a rule reports and what it leaves alone, with examples",
    .exits = {[EXIT_CLEAN] = "it is printed", [EXIT_TROUBLE] = "there is no such rule"},
    .run = run,
};
