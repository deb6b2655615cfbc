/*
 * complete: what is made from the tables of commands, options and rules when galley is built: the
 * completions of three shells and the man page. generate.c prints them; the server has none of it.
 */
#ifndef SERVER_CLI_COMPLETE_H
#define SERVER_CLI_COMPLETE_H

#include "protocol/base/buf.h"
#include "server/cli/command.h"

/* Each appends a whole file. */
void complete_bash(Buf *out);
void complete_zsh(Buf *out);
void complete_fish(Buf *out);
void man_append(Buf *out);

/* For the three shells */

/* Appends the words that a value or an argument can be, separated by blanks: choices, codes, names of
 * commands. False, and nothing, where it can be anything. */
bool complete_words(Buf *out, ValueKind kind, const char *choices);

/* Whether it is the name of a file. */
bool complete_is_file(ValueKind kind);

/* Appends `text` as one word of a shell, in single quotes. */
void complete_quote(Buf *out, Str text);

#endif
