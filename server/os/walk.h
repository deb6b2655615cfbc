/*
 * walk: which files are meant by the paths that a user names: files themselves, and of folders the
 * articles in them and below.
 *
 * Articles are told by the endings of their names. In a folder hidden files and folders and
 * node_modules are left out, and what git ignores, unless the folder that was named is ignored
 * itself. Links to files are followed, links to folders are not, so no walk is endless. The order is
 * that of the names, folder by folder. Nothing is read here.
 */
#ifndef SERVER_OS_WALK_H
#define SERVER_OS_WALK_H

#include "protocol/base/arena.h"
#include "protocol/base/array.h"

typedef struct {
    Str path;          /* in the arena; NUL-terminated; any bytes */
    const char *error; /* why it cannot be read; NULL: it is to be read */
    bool named;        /* by the user, not found in a folder */
} WalkEntry;

typedef Array(WalkEntry) WalkList;

/* Appends what `count` paths stand for. A path that is no folder stands for itself, "-" and what does
 * not exist too. What cannot be listed, and a folder without articles, are entries with an error. */
void walk_list(char *const *paths, uint32_t count, Arena *arena, WalkList *list);

#endif
