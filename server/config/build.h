/*
 * build: layers on top of each other made into one Config. A part of config.c.
 */
#ifndef SERVER_CONFIG_BUILD_H
#define SERVER_CONFIG_BUILD_H

#include "server/config/config.h"

/* Values of one layer, or of one section of its overrides, that apply to a path. */
typedef struct {
    const ConfigFile *file;
    const LayerValues *values;
} BuildStep;

typedef struct {
    Array(BuildStep) steps; /* what comes later is on top */
    bool excluded;          /* some `exclude` means the path */
} BuildOrder;

/* What applies to `path`; `file` and `editor` may be NULL. */
void build_collect(BuildOrder *order, const ConfigFile *file, const ConfigFile *editor, Str path);
void build_finish(BuildOrder *order);

/* What tells one order from all others, as bytes. */
void build_append_key(const BuildOrder *order, Buf *key);

/* In `arena`. */
Config *build_config(const BuildOrder *order, const ConfigFile *file, Arena *arena);

#endif
