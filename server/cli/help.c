#include "server/cli/help.h"

#include "server/cli/columns.h"
#include "server/cli/wrap.h"
#include "server/os/files.h"

enum {
    WIDTH = 80,  /* of a terminal */
    INDENT = 2,  /* of what stands under a title */
    GAP = 2,     /* between a term and what it means, at least */
    COLUMN = 26, /* where meanings begin */
};

/* A term and what it means, in two columns. */
static void append_entry(Buf *out, Str term, Str meaning)
{
    size_t width = columns_of(term);
    buf_printf(out, "%*s", INDENT, "");
    buf_append(out, term);
    if (INDENT + width + GAP > COLUMN) {
        buf_printf(out, "\n%*s", COLUMN, "");
    } else {
        buf_printf(out, "%*s", (int)(COLUMN - INDENT - width), "");
    }
    wrap_append(out, meaning, COLUMN, COLUMN, WIDTH);
}

static void append_title(Buf *out, const char *title)
{
    buf_printf(out, "\n%s:\n", title);
}

/* Paragraphs, an empty line before each. */
static void append_paragraphs(Buf *out, const char *text)
{
    Str rest = str_of(text), line;
    while (str_take_line(&rest, &line)) {
        if (line.length > 0) {
            buf_append_char(out, '\n');
            wrap_append(out, line, 0, 0, WIDTH);
        }
    }
}

/* Of a command */

void help_append_usage(Buf *out, const Command *command)
{
    buf_printf(out, "galley %s", command->name);
    if (command->options != NULL) {
        buf_append(out, STR(" [OPTION...]"));
    }
    if (command->arguments != NULL) {
        buf_printf(out, " %s", command->arguments);
    }
}

void help_append_meaning(Buf *meaning, const Option *option)
{
    buf_append(meaning, str_of(option->summary));
    if (option->choices != NULL) {
        const char *separator = ": ";
        Str rest = str_of(option->choices), word;
        while (option_take_word(&rest, &word)) {
            buf_printf(meaning, "%s%.*s", separator, STR_ARG(word));
            separator = ", ";
        }
    }
    if (option->initial != NULL) {
        buf_printf(meaning, " (default: %s)", option->initial);
    }
}

static void append_option(Buf *out, const Option *option)
{
    Buf term = {0}, meaning = {0};
    if (option->letter != 0) {
        buf_printf(&term, "-%c, ", option->letter);
    } else {
        buf_append(&term, STR("    "));
    }
    buf_append(&term, str_of(option->name));
    if (option->value != NULL) {
        buf_printf(&term, " %s", option->value);
    }
    help_append_meaning(&meaning, option);
    append_entry(out, buf_str(&term), buf_str(&meaning));
    buf_finish(&term);
    buf_finish(&meaning);
}

static void append_options(Buf *out, const Option *options)
{
    append_title(out, "Options");
    for (const Option *option = options; option != NULL && option->name != NULL; option++) {
        append_option(out, option);
    }
    for (const Option *option = options_common; option->name != NULL; option++) {
        append_option(out, option);
    }
}

static void append_exits(Buf *out, const Command *command)
{
    append_title(out, "Exit codes");
    for (int code = 0; code < COMMAND_EXITS; code++) {
        if (command->exits[code] != NULL) {
            char term[] = {(char)('0' + code), 0};
            append_entry(out, str_of(term), str_of(command->exits[code]));
        }
    }
}

static void append_command(Buf *out, const Command *command)
{
    buf_append(out, STR("Usage: "));
    help_append_usage(out, command);
    buf_append(out, STR("\n\n"));
    wrap_append(out, str_of(command->summary), 0, 0, WIDTH);
    append_paragraphs(out, command->details);
    append_options(out, command->options);
    append_exits(out, command);
}

/* Of galley */

static void append_galley(Buf *out)
{
    buf_append(out, STR("Usage: galley COMMAND [OPTION...] [ARGUMENT...]\n"));
    append_paragraphs(out, GALLEY_SUMMARY);
    append_title(out, "Commands");
    for (const Command *const *command = commands_all; *command != NULL; command++) {
        append_entry(out, str_of((*command)->name), str_of((*command)->summary));
    }
    append_title(out, "Options");
    for (const Option *option = options_galley; option->name != NULL; option++) {
        append_option(out, option);
    }
    buf_append(out, STR("\ngalley COMMAND --help says more about each.\n"));
}

void help_append(Buf *out, const Command *command)
{
    if (command != NULL) {
        append_command(out, command);
    } else {
        append_galley(out);
    }
}

int help_print(const Command *command)
{
    Buf out = {0};
    help_append(&out, command);
    bool printed = files_print(buf_str(&out));
    buf_finish(&out);
    return printed ? EXIT_CLEAN : EXIT_TROUBLE;
}

static int run(const Invocation *invocation)
{
    if (invocation->count == 0) {
        return help_print(NULL);
    }
    Str name = str_of(invocation->arguments[0]);
    const Command *command = command_find(name);
    return command != NULL ? help_print(command) : command_refuse(name);
}

const Command command_help = {
    .name = "help",
    .arguments = "[COMMAND]",
    .kind = VALUE_COMMAND,
    .maximum = 1,
    .summary = "what galley or a command does and takes",
    .exits = {[EXIT_CLEAN] = "it is printed", [EXIT_TROUBLE] = "there is no such command"},
    .run = run,
};
