/*
 * yaml: a YAML text as a tree whose nodes know where they stand in it, in bytes.
 *
 * The text may be any bytes: what is no YAML is an error with its place. Only the first document of
 * a stream is read. Values are text: what they mean (a number, a date) is the reader's to say. An
 * alias is a node of its own and never expanded, so that a tree is as large as its text.
 *
 * Ownership: nodes and their values live in the arena that yaml_read was given.
 */
#ifndef PROTOCOL_BASE_YAML_H
#define PROTOCOL_BASE_YAML_H

#include "protocol/base/arena.h"

enum {
    YAML_DEPTH_LIMIT = 64,      /* collections in collections */
    YAML_NODE_LIMIT = 64 * 1024 /* keys, values and collections */
};

typedef enum {
    YAML_SCALAR,
    YAML_SEQUENCE,
    YAML_MAPPING,
    YAML_ALIAS,
} YamlKind;

typedef enum {
    YAML_PLAIN,
    YAML_QUOTED, /* in single or double quotes */
    YAML_BLOCK,  /* a block scalar, | or > */
} YamlStyle;

typedef struct YamlNode YamlNode;

struct YamlNode {
    YamlKind kind;
    YamlStyle style;   /* of a scalar */
    size_t start, end; /* in bytes of the text, with quotes, without anchor and tag */
    Str value;         /* scalar: decoded; alias: the name of its anchor */
    YamlNode *key;     /* in a mapping: what this is the value of; any kind. NULL elsewhere */
    YamlNode *first;   /* collection: its first item or value */
    YamlNode *next;    /* the next item or value of the same collection */
};

typedef struct {
    Str message; /* what is wrong, in libyaml's English; static */
    size_t at;   /* where, in bytes of the text */
} YamlError;

/* The root of the first document; NULL for an empty text, and where the text is no YAML: then, and
 * only then, `error` is written. */
YamlNode *yaml_read(Str text, Arena *arena, YamlError *error);

/* The value of the first key with this text in a mapping; NULL where it is missing, and where `node`
 * is NULL or no mapping. */
const YamlNode *yaml_member(const YamlNode *node, Str key);

/* The version of libyaml that runs. */
const char *yaml_library_version(void);

#endif
