#include "server/cli/complete.h"

/* Text in a specification of _arguments, where colons and brackets mean something. */
static void append_escaped(Buf *out, const char *text)
{
    for (; *text != 0; text++) {
        if (strchr("\\:[]", *text) != NULL) {
            buf_append_char(out, '\\');
        }
        buf_append_char(out, *text);
    }
}

/* What completes a value or an argument: the part of a specification behind its last colon. */
static void append_action(Buf *spec, ValueKind kind, const char *choices)
{
    Buf words = {0};
    if (!complete_words(&words, kind, choices)) {
        buf_append(spec, complete_is_file(kind) ? STR("_files") : STR(" "));
    } else if (kind == VALUE_CODES && choices == NULL) {
        buf_printf(spec, "_values -s , code %.*s", STR_ARG(buf_str(&words)));
    } else {
        buf_printf(spec, "(%.*s)", STR_ARG(buf_str(&words)));
    }
    buf_finish(&words);
}

/* One argument of _arguments on a line of its own. */
static void append_line(Buf *out, Buf *spec)
{
    buf_append(out, STR(" \\\n            "));
    complete_quote(out, buf_str(spec));
    buf_reset(spec);
}

/* One spelling of an option; the other is excluded with it. */
static void append_spelling(Buf *out, const Option *option, bool letter)
{
    Buf spec = {0};
    if (option->letter != 0) {
        buf_printf(&spec, "(-%c %s)", option->letter, option->name);
    }
    if (letter) {
        buf_printf(&spec, "-%c%s", option->letter, option->value != NULL ? "+" : "");
    } else {
        buf_printf(&spec, "%s%s", option->name, option->value != NULL ? "=" : "");
    }
    buf_append_char(&spec, '[');
    append_escaped(&spec, option->summary);
    buf_append_char(&spec, ']');
    if (option->value != NULL) {
        buf_append_char(&spec, ':');
        append_escaped(&spec, option->value);
        buf_append_char(&spec, ':');
        append_action(&spec, option->kind, option->choices);
    }
    append_line(out, &spec);
    buf_finish(&spec);
}

static void append_options(Buf *out, const Option *options)
{
    for (const Option *option = options; option != NULL && option->name != NULL; option++) {
        if (option->letter != 0) {
            append_spelling(out, option, true);
        }
        append_spelling(out, option, false);
    }
}

static void append_arguments(Buf *out, const Command *command)
{
    Buf spec = {0};
    if (command->actions != NULL) {
        buf_append(&spec, STR("1:action:"));
        append_action(&spec, VALUE_TEXT, command->actions);
        append_line(out, &spec);
    }
    if (command->arguments != NULL) {
        buf_append(&spec, STR("*:argument:"));
        append_action(&spec, command->kind, NULL);
        append_line(out, &spec);
    }
    buf_finish(&spec);
}

static void append_case(Buf *out, const Command *command)
{
    Str rest = str_of(command->synonyms), word;
    buf_printf(out, "    %s", command->name);
    while (option_take_word(&rest, &word)) {
        buf_printf(out, "|%.*s", STR_ARG(word));
    }
    buf_append(out, STR(")\n        _arguments -s"));
    append_options(out, command->options);
    append_options(out, options_common);
    append_arguments(out, command);
    buf_append(out, STR("\n        ;;\n"));
}

static void append_description(Buf *out, const Command *command)
{
    Buf entry = {0};
    buf_printf(&entry, "%s:", command->name);
    append_escaped(&entry, command->summary);
    buf_append(out, STR("        "));
    complete_quote(out, buf_str(&entry));
    buf_append_char(out, '\n');
    buf_finish(&entry);
}

void complete_zsh(Buf *out)
{
    buf_append(out, STR("#compdef galley\n"
                        "# zsh completion of galley, made from its tables of commands and options\n"
                        "\n_galley() {\n"
                        "    local curcontext=$curcontext context state line\n"
                        "    local -a commands\n    commands=(\n"));
    for (const Command *const *command = commands_all; *command != NULL; command++) {
        append_description(out, *command);
    }
    buf_append(out, STR("    )\n    _arguments -C"));
    append_options(out, options_galley);
    buf_append(out,
               STR(" \\\n            '1:command:->command' \\\n            '*::argument:->rest'\n"
                   "    case $state in\n"
                   "    command) _describe command commands; return ;;\n"
                   "    rest) curcontext=${curcontext%:*}-$words[1]: ;;\n"
                   "    *) return ;;\n    esac\n    case $words[1] in\n"));
    for (const Command *const *command = commands_all; *command != NULL; command++) {
        append_case(out, *command);
    }
    buf_append(out, STR("    esac\n}\n\n_galley \"$@\"\n"));
}
