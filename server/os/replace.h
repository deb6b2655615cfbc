/*
 * replace: a file that is read, changed in memory, and put back whole or not at all.
 *
 * The new text is written beside the file and takes its name at the end, with its mode and, where
 * that may be, its owner. A link is followed first: what it points at is replaced, not the link.
 * Those who replace the same file through this module wait for each other; a change by somebody
 * else between reading and writing is noticed, and then nothing is written.
 */
#ifndef SERVER_OS_REPLACE_H
#define SERVER_OS_REPLACE_H

#include "protocol/base/buf.h"

typedef struct Replacement Replacement;

/* Takes the file and appends all of it to `text`. NULL, or why it cannot be read or could not be
 * written later; then there is no replacement. */
const char *replace_open(const char *path, size_t limit, Replacement **replacement, Buf *text);

/* Lets the file go; what was not written is as it was. */
void replace_free(Replacement *replacement);

/* What replace_write says of a file that somebody has changed since replace_open. */
extern const char replace_changed[];

/* Puts `text` in place of the file. NULL, or why it is still as it was. */
const char *replace_write(Replacement *replacement, Str text);

#endif
