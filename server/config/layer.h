/*
 * layer: one text of settings, read: a .galley.yml, or an editor's settings as JSON, which is YAML.
 *
 * What is wrong with it are problems, each with its place in the text; the rest of the text holds. It
 * knows no files and no other layers: config.h puts them on top of each other.
 *
 * Ownership: the text is borrowed; values borrow from the arena; patterns belong to the layer.
 */
#ifndef SERVER_CONFIG_LAYER_H
#define SERVER_CONFIG_LAYER_H

#include "protocol/base/arena.h"
#include "protocol/base/array.h"
#include "server/config/settings.h"
#include "server/rules/rule_config.h"

/* Patterns of one text: each is tried on every paragraph. */
enum { LAYER_PATTERN_LIMIT = 200 };

/* One thing that a layer says. A list is one of these for each item. */
typedef struct {
    SettingId setting;
    uint32_t line;  /* where it stands, from 1 */
    uint32_t rule;  /* SETTING_RULES: the number of the rule */
    int32_t option; /* SETTING_RULES: of the rule; -1: its severity */
    uint32_t value; /* SETTING_RULES: the severity, RULE_OFF, or the number of the option's word */
    Str text;       /* a phrase, expression, word or glob as written; of rule `pattern` the code of
                       one pattern, or empty */
    Phrase phrase;  /* SETTING_PHRASES */
    Rule own;       /* SETTING_PATTERNS: the rule that it is; severity 0: as that of `pattern` */
    Pattern *pattern; /* SETTING_PATTERNS; owned */
} LayerValue;

typedef Array(LayerValue) LayerValues;

/* Settings for some files. */
typedef struct {
    Array(Str) files; /* globs */
    LayerValues values;
} LayerSection;

typedef struct {
    Severity severity;
    size_t start, end; /* in bytes of the text */
    Str message;
} LayerProblem;

typedef struct {
    Str text;                          /* borrowed */
    Str extends;                       /* as written; empty: nothing */
    size_t extends_start, extends_end; /* where that stands */
    LayerValues values;
    Array(LayerSection) sections;
    Array(LayerProblem) problems; /* in the order of the text, but for those added later */
    bool unread;                  /* it is no YAML, or no mapping: nothing of it holds */
} Layer;

typedef enum {
    LAYER_FILE,
    LAYER_EDITOR, /* without the settings of files alone */
} LayerKind;

/* Lifetime */

void layer_read(Layer *layer, LayerKind kind, Str text, Arena *arena);
void layer_finish(Layer *layer);

/* Changers */

void layer_add_problem(Layer *layer, Severity severity, size_t start, size_t end, Str message);

#endif
