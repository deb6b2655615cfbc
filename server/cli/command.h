/*
 * command: what a command of `galley` is, and the one list of them, which feeds the parser and the
 * help. To add a command, add its file to this folder and its line here.
 */
#ifndef SERVER_CLI_COMMAND_H
#define SERVER_CLI_COMMAND_H

#include "protocol/base/str.h"

/* As `check` ends; the other commands use the first and the last. */
typedef enum {
    EXIT_CLEAN = 0,
    EXIT_FINDINGS = 1,
    EXIT_TROUBLE = 2, /* wrong usage, or a file that cannot be read */
} CommandExit;

typedef struct {
    const char *name;
    const char *synonyms;  /* separated by blanks; NULL: none */
    const char *options;   /* that it accepts, separated by blanks; NULL: none */
    const char *arguments; /* as the help shows them; NULL: it takes none */
    uint32_t minimum;      /* how many arguments it needs */
    uint32_t maximum;      /* how many it takes */
    const char *summary;   /* half a line */
    int (*run)(char **arguments, uint32_t count); /* returns the process' exit code */
} Command;

#define COMMANDS(X) X(lsp) X(check) X(outline) X(rules)

#define COMMAND_DECLARATION(name) extern const Command command_##name;
COMMANDS(COMMAND_DECLARATION)
#undef COMMAND_DECLARATION

/* Runs what the words behind the program's name ask for; returns the process' exit code. */
int command_run(char **words, uint32_t count);

/* One line on standard error, "galley: WHAT: WHY"; `what` may be any bytes. Returns EXIT_TROUBLE.
 */
int command_complain(Str what, const char *why);

#endif
