#include "server/cli/command.h"

#include "protocol/base/buf.h"
#include "server/cli/help.h"
#include "server/cli/plain.h"
#include "server/cli/version.h"
#include "server/os/files.h"

#define COMMAND_ADDRESS(name) &command_##name,
const Command *const commands_all[] = {COMMANDS(COMMAND_ADDRESS) NULL};
#undef COMMAND_ADDRESS

const Option options_common[] = {
    {.name = "--help",         .letter = 'h', .summary = "print this"},
    {0},
};

const Option options_galley[] = {
    {.name = "--help",         .letter = 'h', .summary = "print this"},
    {.name = "--version",
     .letter = 'V',
     .summary = "print the version, and those of the libraries"},
    {0     },
};

/* Complaints */

static void begin_line(Buf *line, Str what, const char *why)
{
    buf_append(line, STR("galley: "));
    plain_append(line, what);
    buf_printf(line, ": %s", why);
}

static int end_line(Buf *line)
{
    buf_append_char(line, '\n');
    files_complain(buf_str(line));
    buf_finish(line);
    return EXIT_TROUBLE;
}

int command_suggest(Str what, const char *why, Str meant, const Command *command)
{
    Buf line = {0};
    begin_line(&line, what, why);
    if (meant.length > 0) {
        buf_printf(&line, "; did you mean %.*s?", STR_ARG(meant));
    } else {
        buf_printf(&line, "; see galley %s%s--help", command != NULL ? command->name : "",
                   command != NULL ? " " : "");
    }
    return end_line(&line);
}

int command_complain(Str what, const char *why)
{
    Buf line = {0};
    begin_line(&line, what, why);
    return end_line(&line);
}

/* Dispatch */

const Command *command_find(Str word)
{
    for (const Command *const *command = commands_all; *command != NULL; command++) {
        if (str_equal(str_of((*command)->name), word) ||
            option_has_word((*command)->synonyms, word)) {
            return *command;
        }
    }
    return NULL;
}

static int print_version(void)
{
    Buf out = {0};
    version_append(&out);
    bool printed = files_print(buf_str(&out));
    buf_finish(&out);
    return printed ? EXIT_CLEAN : EXIT_TROUBLE;
}

int command_refuse(Str word)
{
    Nearest nearest = nearest_to(word);
    for (const Option *option = options_galley; option->name != NULL; option++) {
        nearest_try(&nearest, str_of(option->name));
    }
    for (const Command *const *command = commands_all; *command != NULL; command++) {
        nearest_try(&nearest, str_of((*command)->name));
    }
    bool option = word.length > 1 && word.data[0] == '-';
    return command_suggest(word, option ? "unknown option" : "unknown command", nearest.word, NULL);
}

static int run(const Command *command, char **words, uint32_t count)
{
    Invocation invocation;
    int code = EXIT_TROUBLE;
    if (invocation_parse(&invocation, command, words, count)) {
        code = invocation.help ? help_print(command) : command->run(&invocation);
    }
    invocation_finish(&invocation);
    return code;
}

int command_run(char **words, uint32_t count)
{
    if (count == 0) {
        help_print(NULL);
        return EXIT_TROUBLE;
    }
    Str first = str_of(words[0]);
    const Command *command = command_find(first);
    if (command != NULL) {
        return run(command, words + 1, count - 1);
    }
    if (option_matches(options_galley, "--help", first)) {
        return help_print(NULL);
    }
    if (option_matches(options_galley, "--version", first)) {
        return print_version();
    }
    return command_refuse(first);
}
