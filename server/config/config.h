/*
 * config: what applies to one file: layers on top of each other, made into what the rules read.
 *
 * A Config never changes once it is made; any thread may read it while its Configs live. Configs
 * finds the layers of a path: the nearest .galley.yml or .galley.yaml upward until the root of the
 * repository (a folder with .git), what that extends, its overrides, and an editor's settings on
 * top. It keeps all that it has read, so that a run reads each file once. It reaches the disk
 * through a ConfigWorld alone.
 *
 * Paths are absolute and have no `..`; the path of an article need not exist.
 */
#ifndef SERVER_CONFIG_CONFIG_H
#define SERVER_CONFIG_CONFIG_H

#include "protocol/base/map.h"
#include "server/config/layer.h"

enum {
    CONFIG_BYTES_LIMIT = 256 << 10, /* of one file */
    CONFIG_EXTENDS_LIMIT = 8,       /* files that extend each other */
};

/* How files are reached. */
typedef struct {
    void *self;
    /* Appends the text of a file. NULL; "" where there is no such file; else why it cannot be read. */
    const char *(*read)(void *self, Str path, Buf *text);
    /* Whether there is such a file or folder. */
    bool (*exists)(void *self, Str path);
} ConfigWorld;

/* A file of settings, as it was read. */
typedef struct ConfigFile {
    Str path, folder;              /* of the editor's settings: empty */
    Buf text;                      /* owned */
    Layer layer;                   /* owned; with its problems */
    const struct ConfigFile *base; /* what it extends; NULL: nothing */
    uint32_t depth;                /* how many files it is built on */
    bool open;                     /* while what it extends is being read */
} ConfigFile;

/* One thing that holds, and where it was said. */
typedef struct {
    const LayerValue *value;
    const ConfigFile *file;
} ConfigValue;

typedef struct {
    RuleConfig rules;
    uint8_t templates;         /* a set of TemplateDialect */
    bool excluded;             /* the file is none of galley's business: all rules are off */
    const ConfigFile *file;    /* the nearest one; NULL: there is none */
    const ConfigValue *values; /* what holds; later ones of the same setting come later */
    uint32_t count;
} Config;

typedef struct {
    ConfigWorld world;
    Arena arena;
    Map folders;               /* folder → its nearest ConfigFile, or NULL */
    Map files;                 /* path → ConfigFile, owned */
    Map configs;               /* what was found → Config, in the arena */
    Array(ConfigFile *) order; /* of files, as they were read */
    Buf editor_text;           /* the editor's settings, kept when files are forgotten */
    ConfigFile *editor;        /* owned; NULL: there are none */
    ConfigFile *only;          /* of configs_use */
    bool none;                 /* of configs_ignore */
} Configs;

/* Lifetime */

void configs_init(Configs *configs, ConfigWorld world);
void configs_finish(Configs *configs);

/* Changers. What they say holds for the Configs made after them. */

/* Forgets all files and every Config: they are read again when they are asked for. */
void configs_forget(Configs *configs);

/* As configs_forget, and takes other settings of an editor, as JSON; empty: none. */
void configs_set_editor(Configs *configs, Str json);

/* Takes this file for every path, instead of the nearest one. NULL, or why it cannot be. */
const char *configs_use(Configs *configs, Str path);

/* Takes no file. */
void configs_ignore(Configs *configs);

/* The absolute path of `name` in `folder`, without `.` and `..`; in the arena, with a NUL behind it. */
Str configs_path(Arena *arena, Str folder, Str name);

/* What applies to an article. On one thread at a time. */
const Config *configs_for(Configs *configs, Str path);

/* Queries */

static inline const RuleConfig *config_rules(const Config *config)
{
    return &config->rules;
}

#endif
