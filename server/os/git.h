/*
 * git: which files of a folder git would keep, asked of git itself, since nobody else knows all the
 * places where it is told what to ignore.
 *
 * git is started without a shell and runs nothing that a repository's configuration names. Where it
 * is missing, or refuses, the answer is false, and one does without. All paths are absolute and
 * without links.
 */
#ifndef SERVER_OS_GIT_H
#define SERVER_OS_GIT_H

#include "protocol/base/array.h"
#include "protocol/base/buf.h"

typedef Array(Str) GitFolders;

/* The root of the repository that a folder is in, a part of `folder`; empty where there is none. */
Str git_root(Str folder);

/* Appends the files in these folders of a repository that are tracked or not ignored: paths from the
 * root, each with a NUL behind it. A repository inside is named as a folder, and not looked into. */
bool git_list(Str root, const GitFolders *folders, Buf *list);

/* Whether git ignores a folder of a repository. */
bool git_ignores(Str root, Str folder);

#endif
