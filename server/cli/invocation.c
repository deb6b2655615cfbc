#include "server/cli/invocation.h"

#include <assert.h>

#include "protocol/base/buf.h"
#include "server/cli/command.h"

/* What has not been looked at. */
typedef struct {
    Invocation *into;
    char **words;
    uint32_t at, count;
} Parser;

/* Complaints */

/* `choices` with commas: "text, json, html". */
static void append_choices(Buf *out, const char *choices)
{
    Str rest = str_of(choices), word;
    while (option_take_word(&rest, &word)) {
        buf_printf(out, "%.*s%s", STR_ARG(word), str_trim(rest).length > 0 ? ", " : "");
    }
}

static bool refuse_choice(const Command *command, const Option *option, Str value)
{
    Buf what = {0}, why = {0};
    Nearest nearest = nearest_to(value);
    Str rest = str_of(option->choices), word;
    while (option_take_word(&rest, &word)) {
        nearest_try(&nearest, word);
    }
    buf_printf(&what, "%s %.*s", option->name, STR_ARG(value));
    buf_append(&why, STR("not one of "));
    append_choices(&why, option->choices);
    buf_append_char(&why, 0);
    command_suggest(buf_str(&what), why.data, nearest.word, command);
    buf_finish(&what);
    buf_finish(&why);
    return false;
}

static bool refuse_option(const Command *command, Str word)
{
    Nearest nearest = nearest_to(word);
    for (const Option *each = command->options; each != NULL && each->name != NULL; each++) {
        nearest_try(&nearest, str_of(each->name));
    }
    for (const Option *each = options_common; each->name != NULL; each++) {
        nearest_try(&nearest, str_of(each->name));
    }
    command_suggest(word, "unknown option", nearest.word, command);
    return false;
}

/* Options */

static bool is_number(Str text)
{
    size_t value;
    return str_to_size(text, &value);
}

static bool add(Parser *parser, const Option *option, const char *value)
{
    Str text = str_of(value);
    if (value != NULL && text.length == 0) {
        command_complain(str_of(option->name), "its value is missing");
        return false;
    }
    if (value != NULL && option->choices != NULL && !option_has_word(option->choices, text)) {
        return refuse_choice(parser->into->command, option, text);
    }
    if (value != NULL && option->kind == VALUE_NUMBER && !is_number(text)) {
        command_complain(str_of(option->name), "its value is a whole number");
        return false;
    }
    parser->into->help |= option == options_common;
    *array_add(&parser->into->given) = (Given){option, value};
    return true;
}

/* With the value that is glued to it, or else with the next word. */
static bool add_with_value(Parser *parser, const Option *option, const char *glued)
{
    if (glued == NULL && parser->at == parser->count) {
        command_complain(str_of(option->name), "its value is missing");
        return false;
    }
    return add(parser, option, glued != NULL ? glued : parser->words[parser->at++]);
}

/* --name or --name=value */
static bool parse_name(Parser *parser, const char *word)
{
    Str name = str_of(word), value = {0};
    bool glued = str_cut(name, '=', &name, &value);
    const Option *option = option_find(parser->into->command->options, name);
    option = option != NULL ? option : option_find(options_common, name);
    if (option == NULL) {
        return refuse_option(parser->into->command, name);
    }
    if (option->value != NULL) {
        return add_with_value(parser, option, glued ? word + name.length + 1 : NULL);
    }
    if (glued) {
        command_complain(name, "it takes no value");
        return false;
    }
    return add(parser, option, NULL);
}

/* -abc, of which the last may have a value */
static bool parse_letters(Parser *parser, const char *word)
{
    for (const char *letter = word + 1; *letter != 0; letter++) {
        const Option *option = option_find_letter(parser->into->command->options, *letter);
        option = option != NULL ? option : option_find_letter(options_common, *letter);
        if (option == NULL) {
            return refuse_option(parser->into->command, str_of(word));
        }
        if (option->value != NULL) {
            return add_with_value(parser, option, letter[1] != 0 ? letter + 1 : NULL);
        }
        if (!add(parser, option, NULL)) {
            return false;
        }
    }
    return true;
}

static bool parse_words(Parser *parser)
{
    bool options = true;
    while (parser->at < parser->count) {
        char *word = parser->words[parser->at++];
        bool parsed = true;
        if (!options || word[0] != '-' || word[1] == 0) {
            parser->words[parser->into->count++] = word;
        } else if (word[1] != '-') {
            parsed = parse_letters(parser, word);
        } else if (word[2] == 0) {
            options = false;
        } else {
            parsed = parse_name(parser, word);
        }
        if (!parsed) {
            return false;
        }
    }
    return true;
}

/* Arguments */

static bool check_action(const Command *command, Str word)
{
    if (command->actions == NULL || option_has_word(command->actions, word)) {
        return true;
    }
    Nearest nearest = nearest_to(word);
    Str rest = str_of(command->actions), each;
    while (option_take_word(&rest, &each)) {
        nearest_try(&nearest, each);
    }
    command_suggest(word, "unknown action", nearest.word, command);
    return false;
}

static bool check_arguments(const Invocation *invocation)
{
    const Command *command = invocation->command;
    if (invocation->count < command->minimum) {
        Buf why = {0};
        buf_printf(&why, "missing: %s", command->arguments);
        buf_append_char(&why, 0);
        command_suggest(str_of(command->name), why.data, (Str){0}, command);
        buf_finish(&why);
        return false;
    }
    if (invocation->count > command->maximum) {
        command_suggest(str_of(invocation->arguments[command->maximum]), "one argument too many",
                        (Str){0}, command);
        return false;
    }
    return invocation->count == 0 || check_action(command, str_of(invocation->arguments[0]));
}

bool invocation_parse(Invocation *invocation, const Command *command, char **words, uint32_t count)
{
    *invocation = (Invocation){.command = command, .arguments = words};
    Parser parser = {.into = invocation, .words = words, .count = count};
    bool parsed = parse_words(&parser);
    if (invocation->help) {
        return true; /* whoever asks for help is not told what else is wrong */
    }
    return parsed && check_arguments(invocation);
}

void invocation_finish(Invocation *invocation)
{
    array_finish(&invocation->given);
}

/* Queries */

static const Given *find(const Invocation *invocation, const char *name)
{
    assert(option_find(invocation->command->options, str_of(name)) != NULL);
    for (uint32_t i = invocation->given.count; i-- > 0;) {
        if (strcmp(invocation->given.items[i].option->name, name) == 0) {
            return &invocation->given.items[i];
        }
    }
    return NULL;
}

bool invocation_has(const Invocation *invocation, const char *name)
{
    return find(invocation, name) != NULL;
}

const char *invocation_value(const Invocation *invocation, const char *name)
{
    const Given *given = find(invocation, name);
    return given != NULL ? given->value
                         : option_find(invocation->command->options, str_of(name))->initial;
}

size_t invocation_number(const Invocation *invocation, const char *name)
{
    size_t number = 0;
    str_to_size(str_of(invocation_value(invocation, name)), &number);
    return number;
}
