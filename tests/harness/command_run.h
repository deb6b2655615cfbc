/*
 * command_run: one run of the galley command as a person or a script starts it: what it printed, and
 * how it ended.
 *
 *     CommandRun run = {.input = STR("# A\n")};
 *     command_run_do(&run, program, (const char *const[]){"check", "-", NULL});
 *
 * A zeroed run reads nothing and stands in the test's own folder. What has to happen meanwhile is done
 * between command_run_start and command_run_wait.
 */
#ifndef TESTS_HARNESS_COMMAND_RUN_H
#define TESTS_HARNESS_COMMAND_RUN_H

#include <sys/types.h>

#include "protocol/base/buf.h"

typedef enum {
    RUN_FILE,     /* to a file */
    RUN_PIPE,     /* to a pipe, whose end the test has */
    RUN_CLOSED,   /* to a pipe that nobody reads */
    RUN_TERMINAL, /* to a terminal, whose end the test has */
} RunStream;

typedef struct {
    /* Set before */
    Str input;               /* what is on standard input */
    bool fed;                /* the test writes it meanwhile, to `input_end` */
    const char *folder;      /* where it stands; NULL: where the test does */
    RunStream output, error; /* where the two go */
    bool unprivileged;       /* root too is refused what the mode of a file refuses */

    /* Meanwhile */
    pid_t pid;
    int input_end;             /* of the pipe; -1 once it is closed */
    int output_end, error_end; /* of a pipe or terminal; else the file */

    /* After */
    Buf out, err; /* what was printed, but for a pipe or terminal that the test has read */
    int code;     /* exit code; -1: it died of a signal */
    int signal;   /* which; 0: none */
    long peak;    /* the most memory that it had, in bytes */
} CommandRun;

/* False where the system refuses. */
bool command_run_start(CommandRun *run, const char *program, const char *const *arguments);
bool command_run_wait(CommandRun *run);

/* Both. */
bool command_run_do(CommandRun *run, const char *program, const char *const *arguments);

void command_run_finish(CommandRun *run);

/* Folders of a test, under /tmp */

/* Makes one and returns its path, which is given back by folder_remove. */
char *folder_make(void);
void folder_remove(char *folder);

/* Puts a file there, with the folders that its name has before it. */
bool folder_put(const char *folder, const char *name, Str text);

#endif
