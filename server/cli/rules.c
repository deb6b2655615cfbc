/* rules: what galley looks for. */
#include "server/rules/rules.h"
#include "protocol/base/buf.h"
#include "server/cli/command.h"
#include "server/cli/severity.h"
#include "server/os/files.h"

static int run(const Invocation *invocation)
{
    (void)invocation;
    Buf out = {0};
    for (const Rule *const *rule = rules_all; *rule != NULL; rule++) {
        buf_printf(&out, "%-20s %-12s %s\n", (*rule)->code, severity_name((*rule)->severity),
                   (*rule)->summary);
    }
    bool printed = files_print(buf_str(&out));
    buf_finish(&out);
    return printed ? EXIT_CLEAN : EXIT_TROUBLE;
}

const Command command_rules = {
    .name = "rules",
    .summary = "what galley looks for: code, severity, meaning",
    .exits = {[EXIT_CLEAN] = "they are printed", [EXIT_TROUBLE] = "wrong usage"},
    .run = run,
};
