/*
 * files: what the command reads: files whole, folders of articles, and standard input.
 *
 * It knows which file names are Markdown's, and nothing of their contents.
 */
#ifndef SERVER_OS_FILES_H
#define SERVER_OS_FILES_H

#include "protocol/base/arena.h"
#include "protocol/base/array.h"
#include "protocol/base/buf.h"

typedef struct {
    Str path;          /* in the arena; NUL-terminated */
    const char *error; /* why it cannot be read; NULL: it is to be read */
} FilesEntry;

typedef Array(FilesEntry) FilesList;

/* Appends `path` itself, or where it is a folder the Markdown files in it and below, in the order
 * of their names. Hidden folders and node_modules are left out, and so are links to folders. A
 * folder that cannot be listed becomes an entry with its error. */
void files_list(const char *path, Arena *arena, FilesList *list);

/* Appends all bytes of a file to `text`; of standard input where `path` is "-". NULL, or why it
 * failed: the system's words, or that it holds more than `limit` bytes. */
const char *files_read(const char *path, size_t limit, Buf *text);

/* The absolute path of what is there, links resolved; in the arena, with a NUL behind it. Empty where
 * nothing is there. */
Str files_resolve(const char *path, Arena *arena);

/* Writes all of `text` to standard output, waiting for it. False where nobody reads. */
bool files_print(Str text);

/* As files_print, to standard error. */
bool files_complain(Str text);

#endif
