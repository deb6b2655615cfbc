#include "server/cli/complete.h"

/* bash divides words at = and has no descriptions, so everything is one look-up by the command, and
 * by the option before the cursor. */
static const char beginning[] =
    "# bash completion of galley, made from its tables of commands and options\n"
    "\n"
    "_galley_words() {\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$current\")\n"
    "}\n"
    "\n"
    "# The last of several words that commas separate.\n"
    "_galley_list() {\n"
    "    local before=\n"
    "    [[ $current == *,* ]] && before=${current%,*},\n"
    "    mapfile -t COMPREPLY < <(compgen -P \"$before\" -W \"$1\" -- \"${current##*,}\")\n"
    "    compopt -o nospace 2>/dev/null\n"
    "}\n"
    "\n"
    "_galley_files() {\n"
    "    compopt -o filenames 2>/dev/null\n"
    "    mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
    "}\n"
    "\n"
    "_galley() {\n"
    "    local current=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]} command=\n"
    "    ((COMP_CWORD > 1)) && command=${COMP_WORDS[1]}\n"
    "    if [[ $current == = ]]; then\n"
    "        current=\n"
    "    elif [[ $option == = ]]; then\n"
    "        option=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    fi\n"
    "    COMPREPLY=()\n";

/* Names with blanks between; `separator` goes before the next one. */
static void append_option_names(Buf *out, const Option *options, const char **separator)
{
    for (const Option *option = options; option != NULL && option->name != NULL; option++) {
        buf_printf(out, "%s%s", *separator, option->name);
        *separator = " ";
    }
}

/* The statement that completes a value or an argument. */
static void append_statement(Buf *out, ValueKind kind, const char *choices)
{
    Buf words = {0};
    if (complete_words(&words, kind, choices)) {
        buf_printf(out, "_galley_%s ", kind == VALUE_CODES && choices == NULL ? "list" : "words");
        complete_quote(out, buf_str(&words));
    } else {
        buf_append(out, complete_is_file(kind) ? STR("_galley_files") : STR(":"));
    }
    buf_finish(&words);
}

/* The pattern of a case: "lsp|server". */
static void append_names(Buf *out, const Command *command)
{
    Str rest = str_of(command->synonyms), word;
    buf_append(out, str_of(command->name));
    while (option_take_word(&rest, &word)) {
        buf_append_char(out, '|');
        buf_append(out, word);
    }
}

static void append_values(Buf *out, const Command *command)
{
    for (const Option *option = command->options; option != NULL && option->name != NULL;
         option++) {
        if (option->value == NULL) {
            continue;
        }
        buf_printf(out, "    '%s %s'", command->name, option->name);
        if (option->letter != 0) {
            buf_printf(out, " | '%s -%c'", command->name, option->letter);
        }
        buf_append(out, STR(")\n        "));
        append_statement(out, option->kind, option->choices);
        buf_append(out, STR("\n        return\n        ;;\n"));
    }
}

static void append_options_of(Buf *out, const Command *command)
{
    buf_append(out, STR("        "));
    append_names(out, command);
    buf_append(out, STR(") _galley_words '"));
    const char *separator = "";
    append_option_names(out, command->options, &separator);
    append_option_names(out, options_common, &separator);
    buf_append(out, STR("' ;;\n"));
}

static void append_arguments_of(Buf *out, const Command *command)
{
    if (command->arguments == NULL) {
        return;
    }
    if (command->actions != NULL) {
        buf_printf(out, "    %s,2) ", command->name);
        append_statement(out, VALUE_TEXT, command->actions);
        buf_append(out, STR(" ;;\n"));
    }
    buf_printf(out, "    %s,*) ", command->name);
    append_statement(out, command->kind, NULL);
    buf_append(out, STR(" ;;\n"));
}

void complete_bash(Buf *out)
{
    buf_append(out, str_of(beginning));
    buf_append(out, STR("    case \"$command $option\" in\n"));
    for (const Command *const *command = commands_all; *command != NULL; command++) {
        append_values(out, *command);
    }
    buf_append(out, STR("    esac\n    if [[ $current == -* ]]; then\n"
                        "        case $command in\n        '') _galley_words '"));
    const char *separator = "";
    append_option_names(out, options_galley, &separator);
    buf_append(out, STR("' ;;\n"));
    for (const Command *const *command = commands_all; *command != NULL; command++) {
        append_options_of(out, *command);
    }
    buf_append(out, STR("        esac\n        return\n    fi\n"
                        "    case $command,$COMP_CWORD in\n    ,*) "));
    append_statement(out, VALUE_COMMAND, NULL);
    buf_append(out, STR(" ;;\n"));
    for (const Command *const *command = commands_all; *command != NULL; command++) {
        append_arguments_of(out, *command);
    }
    buf_append(out, STR("    esac\n}\n\ncomplete -F _galley galley\n"));
}
