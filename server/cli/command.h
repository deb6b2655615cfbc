/*
 * command: what a command of `galley` is, and the one list of them, which feeds the parser, the
 * help, the man page and the completions. To add a command, add its file to this folder and its
 * line here.
 */
#ifndef SERVER_CLI_COMMAND_H
#define SERVER_CLI_COMMAND_H

#include "protocol/base/nearest.h"
#include "server/cli/invocation.h"
#include "server/cli/option.h"

/* As `check` ends; what each means for another command is in its record. */
typedef enum {
    EXIT_CLEAN = 0,
    EXIT_FINDINGS = 1,
    EXIT_TROUBLE = 2, /* wrong usage, or a file that cannot be read */
} CommandExit;

enum { COMMAND_EXITS = 3 };

struct Command {
    const char *name;
    const char *synonyms;  /* separated by blanks; NULL: none */
    const Option *options; /* ended by a zeroed one; NULL: it has none but --help */
    const char *actions;   /* the words that its first argument may be; NULL: any */
    const char *arguments; /* as the help shows them; NULL: it takes none */
    ValueKind kind;        /* of the arguments, for completion */
    uint32_t minimum;      /* how many arguments it needs */
    uint32_t maximum;      /* how many it takes */
    const char *summary;   /* half a line */
    const char *details;   /* paragraphs for its help, an empty line between two; NULL: none */
    const char *exits[COMMAND_EXITS];         /* when it ends with 0, 1, 2; NULL: it never does */
    int (*run)(const Invocation *invocation); /* returns the process' exit code */
};

#define COMMANDS(X) X(lsp) X(check) X(outline) X(splice) X(config) X(rules) X(explain) X(help)

#define COMMAND_DECLARATION(name) extern const Command command_##name;
COMMANDS(COMMAND_DECLARATION)
#undef COMMAND_DECLARATION

/* All of them, ended by NULL. */
extern const Command *const commands_all[];

/* The options of every command, and those of galley itself; each ended by a zeroed one. */
extern const Option options_common[], options_galley[];

/* What galley is, in a sentence. */
#define GALLEY_SUMMARY                                                                             \
    "galley reads articles in Markdown and says what stands between them and publication."

/* The command of that name or synonym, or NULL. */
const Command *command_find(Str word);

/* Says that there is no such command, or option of galley itself; returns EXIT_TROUBLE. */
int command_refuse(Str word);

/* Runs what the words behind the program's name ask for; returns the process' exit code. */
int command_run(char **words, uint32_t count);

/* One line on standard error, "galley: WHAT: WHY"; `what` may be any bytes. Returns EXIT_TROUBLE.
 */
int command_complain(Str what, const char *why);

/* The same with "; did you mean MEANT?" behind it, or where that is empty with where to look: the
 * help of `command`, which may be NULL for galley's own. */
int command_suggest(Str what, const char *why, Str meant, const Command *command);

#endif
