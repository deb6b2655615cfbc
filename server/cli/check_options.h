/* check_options: what `galley check` was told, as the run needs it. */
#ifndef SERVER_CLI_CHECK_OPTIONS_H
#define SERVER_CLI_CHECK_OPTIONS_H

#include "server/cli/format.h"
#include "server/cli/invocation.h"

/* The options of `check`, ended by a zeroed one. */
extern const Option check_options[];

/* Codes of rules; "pattern" is that of all patterns of a configuration, "pattern-x" that of one. */
typedef Array(Str) CheckCodes;

typedef struct {
    const Format *format;
    FormatOptions display;
    Severity fail_on;  /* the mildest that is a failure */
    uint32_t jobs;     /* files at a time */
    CheckCodes only;   /* where there are any, nothing else is reported */
    CheckCodes except; /* not reported */
    Str input_path;    /* what standard input is called */
    bool progress;     /* a line on standard error that says how far it is */
} CheckOptions;

/* False after one line on standard error: a value makes no sense. */
bool check_options_read(CheckOptions *options, const Invocation *invocation);
void check_options_finish(CheckOptions *options);

/* Leaves the findings of the rules that are asked for, in place. */
void check_options_filter(const CheckOptions *options, Findings *findings);

#endif
