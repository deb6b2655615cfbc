#include "server/cli/command.h"

#include "protocol/base/buf.h"
#include "server/cli/plain.h"
#include "server/os/files.h"

#define COMMAND_ADDRESS(name) &command_##name,
static const Command *const commands[] = {COMMANDS(COMMAND_ADDRESS)};
#undef COMMAND_ADDRESS

enum { COMMAND_COUNT = sizeof(commands) / sizeof(*commands) };

int command_complain(Str what, const char *why)
{
    Buf line = {0};
    buf_append(&line, STR("galley: "));
    plain_append(&line, what);
    buf_printf(&line, ": %s\n", why);
    files_complain(buf_str(&line));
    buf_finish(&line);
    return EXIT_TROUBLE;
}

/* Whether a list of words separated by blanks has this one. */
static bool has_word(const char *list, Str word)
{
    Str rest = str_of(list);
    while (rest.length > 0) {
        size_t end = str_find_char(rest, ' ');
        if (str_equal(str_before(rest, end), word)) {
            return true;
        }
        rest = end == STR_NONE ? (Str){0} : str_after(rest, end + 1);
    }
    return false;
}

static const Command *find_command(Str word)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (str_equal(str_of(commands[i]->name), word) || has_word(commands[i]->synonyms, word)) {
            return commands[i];
        }
    }
    return NULL;
}

/* Help */

static void print_usage(Buf *out, const Command *command)
{
    Buf usage = {0};
    buf_printf(&usage, "galley %s", command->name);
    if (command->options != NULL) {
        buf_printf(&usage, " [%s]", command->options);
    }
    if (command->arguments != NULL) {
        buf_printf(&usage, " %s", command->arguments);
    }
    buf_printf(out, "  %-26.*s %s\n", STR_ARG(buf_str(&usage)), command->summary);
    buf_finish(&usage);
}

static int print_help(const Command *only)
{
    Buf out = {0};
    if (only == NULL) {
        buf_append(&out, STR("galley reads articles in Markdown and says what stands between them "
                             "and publication.\n\n"));
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (only == NULL || only == commands[i]) {
            print_usage(&out, commands[i]);
        }
    }
    if (only == NULL) {
        buf_printf(&out, "  %-26s %s\n  %-26s %s\n\n", "galley --version", "print the version",
                   "galley --help", "print this; after a command, its line");
        buf_append(&out,
                   STR("check exits with 0 where nothing at warning or above was found, with 1 "
                       "where something was,\nand with 2 where a file cannot be read.\n"));
    }
    bool printed = files_print(buf_str(&out));
    buf_finish(&out);
    return printed ? EXIT_CLEAN : EXIT_TROUBLE;
}

static int print_version(void)
{
    return files_print(STR("galley " GALLEY_VERSION "\n")) ? EXIT_CLEAN : EXIT_TROUBLE;
}

/* Dispatch */

static bool is_option(Str word)
{
    return word.length > 1 && word.data[0] == '-';
}

static bool asks_for_help(Str word)
{
    return str_equal(word, STR("--help")) || str_equal(word, STR("-h"));
}

/* Takes the options out of `words`; `--` ends them. */
static int run_command(const Command *command, char **words, uint32_t count)
{
    uint32_t kept = 0;
    bool options = true;
    for (uint32_t i = 0; i < count; i++) {
        Str word = str_of(words[i]);
        if (options && str_equal(word, STR("--"))) {
            options = false;
        } else if (!options || !is_option(word)) {
            words[kept++] = words[i];
        } else if (asks_for_help(word)) {
            return print_help(command);
        } else if (!has_word(command->options, word)) {
            return command_complain(word, "unknown option; see galley --help");
        }
    }
    if (kept < command->minimum) {
        return command_complain(str_of(command->name),
                                "what to read is missing; see galley --help");
    }
    if (kept > command->maximum) {
        return command_complain(str_of(words[command->maximum]), "one argument too many");
    }
    return command->run(words, kept);
}

int command_run(char **words, uint32_t count)
{
    if (count == 0) {
        print_help(NULL);
        return EXIT_TROUBLE;
    }
    Str first = str_of(words[0]);
    const Command *command = find_command(first);
    if (command != NULL) {
        return run_command(command, words + 1, count - 1);
    }
    if (asks_for_help(first) || str_equal(first, STR("help"))) {
        return print_help(count > 1 ? find_command(str_of(words[1])) : NULL);
    }
    if (str_equal(first, STR("--version")) || str_equal(first, STR("-V"))) {
        return print_version();
    }
    return command_complain(first, is_option(first) ? "unknown option; see galley --help"
                                                    : "unknown command; see galley --help");
}
