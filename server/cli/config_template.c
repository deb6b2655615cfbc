#include "server/cli/config_text.h"

#include "server/cli/severity.h"
#include "server/cli/wrap.h"

enum { WIDTH = 78 };

static void append_prose(Buf *out, const char *text)
{
    Buf lines = {0};
    wrap_append(&lines, str_of(text), 0, 0, WIDTH - 2);
    Str rest = buf_str(&lines), line;
    while (str_take_line(&rest, &line)) {
        buf_printf(out, "# %.*s\n", STR_ARG(line));
    }
    buf_finish(&lines);
}

static void append_rules(Buf *out)
{
    buf_append(out, STR("#\n# The rules, as they are by themselves, and their options:\n"));
    for (uint32_t i = 0; i < RULE_COUNT; i++) {
        const Rule *rule = rules_all[i];
        buf_printf(out, "#   %-20s %-12s %s\n", rule->code, severity_name(rule->severity),
                   rule->summary);
        for (uint32_t j = 0; j < rule->option_count; j++) {
            const RuleOption *option = &rule->options[j];
            buf_printf(out, "#     %s: %s (%s)\n", option->name, option->summary, option->choices);
        }
    }
    buf_append(out, STR("#\n"));
}

void config_append_template(Buf *out)
{
    append_prose(out, "What galley says about the articles in this folder and below. The nearest "
                      ".galley.yml upward counts, until the root of the repository.");
    append_prose(out, "Lines that begin with #| are settings: take that off, and they hold.");
    for (SettingId id = 0; id < SETTING_COUNT; id++) {
        const Setting *setting = &settings_all[id];
        buf_append_char(out, '\n');
        append_prose(out, setting->summary);
        if (setting->type == SETTING_SEVERITIES) {
            append_rules(out);
        }
        buf_printf(out, "# By itself: %s.\n", setting->initial);
        Str rest = str_of(setting->example), line;
        while (str_take_line(&rest, &line)) {
            buf_printf(out, "#|%.*s\n", STR_ARG(line));
        }
    }
}
