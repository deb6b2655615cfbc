/*
 * config_text: the settings as people and programs read them, all from the tables of settings and
 * rules. The parts of `galley config`.
 */
#ifndef SERVER_CLI_CONFIG_TEXT_H
#define SERVER_CLI_CONFIG_TEXT_H

#include "server/cli/configuration.h"

/* Appends each value that applies, a line each, with where it comes from. */
void config_append_values(Buf *out, const Configuration *configuration, const Config *config);

/* Appends a .galley.yml in which everything is explained and nothing is set. */
void config_append_template(Buf *out);

/* Appends the JSON Schema (draft-07) of a .galley.yml. */
void config_append_schema(Buf *out);

#endif
