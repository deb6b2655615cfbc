/*
 * invocation: what a command was told: its options in the order in which they were given, and its
 * arguments.
 *
 *     --name, --name=value, --name value, -n, -nVALUE, -n VALUE, -abc; `--` ends the options,
 *     a lone `-` is an argument.
 *
 * Everything is checked against the command's table before the command runs, so that a command
 * sees known options, possible choices and a fitting number of arguments. The words are main's and
 * live as long as the process.
 */
#ifndef SERVER_CLI_INVOCATION_H
#define SERVER_CLI_INVOCATION_H

#include "protocol/base/array.h"
#include "server/cli/option.h"

typedef struct Command Command;

/* One option that was given. */
typedef struct {
    const Option *option; /* of the command's table */
    const char *value;    /* NULL where the option has none */
} Given;

typedef struct Invocation {
    const Command *command;
    Array(Given) given; /* repeated ones too */
    char **arguments;   /* NUL-terminated each; any bytes */
    uint32_t count;     /* of arguments */
    bool help;          /* --help was given; the rest is unchecked */
} Invocation;

/* Lifetime */

/* Reads the words behind the command's name, moving its arguments to their front. False where they
 * do not fit, after one line on standard error. */
bool invocation_parse(Invocation *invocation, const Command *command, char **words, uint32_t count);
void invocation_finish(Invocation *invocation);

/* Queries. The name must be in the command's table. */

bool invocation_has(const Invocation *invocation, const char *name);

/* Of options given more than once the last counts; where it was not given, the table's initial value,
 * which may be NULL. */
const char *invocation_value(const Invocation *invocation, const char *name);

/* The same of an option whose value is a number; 0 where it is neither given nor has an initial
 * value. */
size_t invocation_number(const Invocation *invocation, const char *name);

#endif
