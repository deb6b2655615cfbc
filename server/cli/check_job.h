/*
 * check_job: one article on its way from a path or a text to its part of what is printed. Working on
 * it touches nothing else, so that several may be worked on at once.
 */
#ifndef SERVER_CLI_CHECK_JOB_H
#define SERVER_CLI_CHECK_JOB_H

#include "server/cli/check_options.h"
#include "server/config/config.h"

typedef struct {
    Str path;             /* as it is shown; borrowed, or in `arena` */
    Str uri;              /* of an article of a batch; likewise */
    const char *error;    /* why there is nothing to check, known beforehand or found out */
    const Config *config; /* what applies to it; NULL: nothing */
    bool named;           /* by the user: it is said where it is no text; else it is passed over */
    bool passed_over;     /* it is excluded, or no text and nobody asked for it */
    uint32_t index;       /* in the run */

    /* Made by the work */
    Arena arena;         /* what `summary` points to */
    FileSummary summary; /* what is kept of it */
    Buf part;            /* what is printed of it */
} CheckJob;

void check_job_finish(CheckJob *job);

/* Reads the file `file` (NUL-terminated; "-" is standard input) and checks it. */
void check_job_read(CheckJob *job, const CheckOptions *options, const char *file);

/* Checks a text. */
void check_job_check(CheckJob *job, const CheckOptions *options, Str text);

/* Nothing is to be checked: `error` says why. */
void check_job_fail(CheckJob *job, const CheckOptions *options);

#endif
