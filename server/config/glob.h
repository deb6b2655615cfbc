/*
 * glob: which files a word of a configuration means: `*` stands for any run of bytes without `/`,
 * `**` for any run, `?` for one character other than `/`.
 *
 * A glob without `/` (but at its end) means such names in any folder. One that means a folder means
 * all that is in it. Matching takes at most the product of both lengths; nothing fails.
 */
#ifndef SERVER_CONFIG_GLOB_H
#define SERVER_CONFIG_GLOB_H

#include "protocol/base/str.h"

/* `path` is told from the folder that the glob is told from, without a `/` before it. */
bool glob_matches(Str glob, Str path);

#endif
