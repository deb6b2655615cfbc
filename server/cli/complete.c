#include "server/cli/complete.h"

#include "server/rules/rules.h"

static void append_codes(Buf *out)
{
    for (const Rule *const *rule = rules_all; *rule != NULL; rule++) {
        buf_printf(out, "%s%s", rule == rules_all ? "" : " ", (*rule)->code);
    }
}

static void append_commands(Buf *out)
{
    for (const Command *const *command = commands_all; *command != NULL; command++) {
        buf_printf(out, "%s%s", command == commands_all ? "" : " ", (*command)->name);
    }
}

bool complete_words(Buf *out, ValueKind kind, const char *choices)
{
    if (choices != NULL) {
        buf_append(out, str_trim(str_of(choices)));
    } else if (kind == VALUE_CODE || kind == VALUE_CODES) {
        append_codes(out);
    } else if (kind == VALUE_COMMAND) {
        append_commands(out);
    } else {
        return false;
    }
    return true;
}

bool complete_is_file(ValueKind kind)
{
    return kind == VALUE_FILE || kind == VALUE_PATH;
}

void complete_quote(Buf *out, Str text)
{
    buf_append_char(out, '\'');
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '\'') {
            buf_append(out, STR("'\\''"));
        } else {
            buf_append_char(out, text.data[i]);
        }
    }
    buf_append_char(out, '\'');
}
