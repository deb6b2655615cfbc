#include "server/cli/complete.h"

/* fish quotes with backslashes inside single quotes. */
static void append_quoted(Buf *out, Str text)
{
    buf_append_char(out, '\'');
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '\'' || text.data[i] == '\\') {
            buf_append_char(out, '\\');
        }
        buf_append_char(out, text.data[i]);
    }
    buf_append_char(out, '\'');
}

/* "complete -c galley -n 'CONDITION'"; without a command, while there is none on the line. */
static void begin(Buf *out, const Command *command)
{
    buf_append(out, STR("complete -c galley -n "));
    if (command == NULL) {
        buf_append(out, STR("__fish_use_subcommand"));
        return;
    }
    buf_printf(out, "'__fish_seen_subcommand_from %s", command->name);
    Str rest = str_of(command->synonyms), word;
    while (option_take_word(&rest, &word)) {
        if (word.data[0] != '-') {
            buf_printf(out, " %.*s", STR_ARG(word));
        }
    }
    buf_append_char(out, '\'');
}

static void describe(Buf *out, const char *summary)
{
    buf_append(out, STR(" -d "));
    append_quoted(out, str_of(summary));
    buf_append_char(out, '\n');
}

/* The words that a value or an argument can be. */
static void append_words(Buf *out, ValueKind kind, const char *choices)
{
    Buf words = {0}, list = {0};
    if (complete_words(&words, kind, choices)) {
        bool commas = kind == VALUE_CODES && choices == NULL;
        buf_printf(&list, commas ? "(__fish_append , %.*s)" : "%.*s", STR_ARG(buf_str(&words)));
        buf_append(out, STR(" -a "));
        append_quoted(out, buf_str(&list));
    }
    buf_finish(&list);
    buf_finish(&words);
}

static void append_options(Buf *out, const Command *command, const Option *options)
{
    for (const Option *option = options; option != NULL && option->name != NULL; option++) {
        begin(out, command);
        if (option->letter != 0) {
            buf_printf(out, " -s %c", option->letter);
        }
        buf_printf(out, " -l %s", option->name + strlen("--"));
        if (option->value != NULL) {
            buf_append(out, complete_is_file(option->kind) ? STR(" -r") : STR(" -x"));
            append_words(out, option->kind, option->choices);
        }
        describe(out, option->summary);
    }
}

static void append_actions(Buf *out, const Command *command)
{
    buf_printf(out,
               "complete -c galley -n '__fish_seen_subcommand_from %s; and not "
               "__fish_seen_subcommand_from %s'",
               command->name, command->actions);
    buf_append(out, STR(" -f"));
    append_words(out, VALUE_TEXT, command->actions);
    buf_append_char(out, '\n');
}

static void append_arguments(Buf *out, const Command *command)
{
    if (command->actions != NULL) {
        append_actions(out, command);
    }
    if (command->arguments == NULL || !complete_is_file(command->kind)) {
        begin(out, command);
        buf_append(out, STR(" -f"));
        append_words(out, command->arguments != NULL ? command->kind : VALUE_TEXT, NULL);
        buf_append_char(out, '\n');
    }
}

void complete_fish(Buf *out)
{
    buf_append(out, STR("# fish completion of galley, made from its tables of commands and "
                        "options\n\ncomplete -c galley -n __fish_use_subcommand -f\n"));
    append_options(out, NULL, options_galley);
    for (const Command *const *command = commands_all; *command != NULL; command++) {
        begin(out, NULL);
        buf_printf(out, " -a %s", (*command)->name);
        describe(out, (*command)->summary);
    }
    for (const Command *const *command = commands_all; *command != NULL; command++) {
        buf_append_char(out, '\n');
        append_options(out, *command, (*command)->options);
        append_options(out, *command, options_common);
        append_arguments(out, *command);
    }
}
