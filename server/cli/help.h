/* help: what --help prints, made from the tables of commands and options. */
#ifndef SERVER_CLI_HELP_H
#define SERVER_CLI_HELP_H

#include "protocol/base/buf.h"
#include "server/cli/command.h"

/* Appends the help of one command, or where it is NULL of galley itself; no line is longer than 80
 * columns. */
void help_append(Buf *out, const Command *command);

/* Prints it and returns the process' exit code. */
int help_print(const Command *command);

/* Appends how a command is called: "galley check [OPTION...] PATH...". */
void help_append_usage(Buf *out, const Command *command);

/* Appends what an option means: its summary, its choices, its initial value. */
void help_append_meaning(Buf *out, const Option *option);

#endif
