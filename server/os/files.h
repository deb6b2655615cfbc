/*
 * files: what the command reads, whole, and prints, in whole lines.
 */
#ifndef SERVER_OS_FILES_H
#define SERVER_OS_FILES_H

#include "protocol/base/arena.h"
#include "protocol/base/buf.h"

/* Appends all bytes of a file to `text`; of standard input where `path` is "-". NULL, or why it
 * failed: the system's words, or that it holds more than `limit` bytes. Of a file whose size says so
 * nothing is read. */
const char *files_read(const char *path, size_t limit, Buf *text);

/* As files_read, of a regular file alone, so that it never waits. "" where nothing is there. */
const char *files_read_regular(const char *path, size_t limit, Buf *text);

/* Whether there is such a file or folder. */
bool files_exist(const char *path);

/* The working folder; in the arena. "/" where it has gone. */
Str files_here(Arena *arena);

/* Makes a file with this text. NULL, or why it failed: the system's words; a file that is there is not
 * touched. */
const char *files_create(const char *path, Str text);

/* The absolute path of what is there, links resolved; in the arena, with a NUL behind it. Empty where
 * nothing is there. */
Str files_resolve(const char *path, Arena *arena);

/* Writes all of `text` to standard output, waiting for it: what a pipe gets ends with a line even if
 * the process is killed meanwhile. False where nobody reads. */
bool files_print(Str text);

/* As files_print, to standard error. */
bool files_complain(Str text);

#endif
