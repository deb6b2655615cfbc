/*
 * configuration: the configurations that the files of one run find, and their mistakes as text.
 *
 * A command that reads articles has CONFIGURATION_OPTIONS in its table. On one thread.
 */
#ifndef SERVER_CLI_CONFIGURATION_H
#define SERVER_CLI_CONFIGURATION_H

#include "server/cli/invocation.h"
#include "server/config/config.h"

/* clang-format off */
#define CONFIGURATION_OPTIONS                                                                      \
    {.name = "--config", .value = "FILE", .kind = VALUE_FILE,                                      \
     .summary = "the configuration, instead of the nearest .galley.yml"},                          \
    {.name = "--no-config", .summary = "no configuration: every setting has its default"}
/* clang-format on */

typedef struct {
    Configs configs;
    Arena arena;
    Str here;      /* the working folder */
    uint32_t told; /* of how many files the mistakes were printed */
    bool broken;   /* one of these cannot be read, or is no YAML: nothing of it holds */
} Configuration;

/* Lifetime */

/* Reads what --config names. False after a line on standard error: nothing can be checked. */
bool configuration_open(Configuration *configuration, const Invocation *invocation);
void configuration_close(Configuration *configuration);

/* Changers */

/* What applies to a path as the user has it. Mistakes of files that were not read before are printed
 * on standard error, "path:line:column: severity: message [configuration]". */
const Config *configuration_for(Configuration *configuration, Str path);

/* Queries */

/* The path of a file of settings as a person in the working folder writes it. */
Str configuration_path(const Configuration *configuration, Str path);

#endif
