/*
 * reader: what layer.c is made of: the values of settings, type by type. Nobody else needs it.
 */
#ifndef SERVER_CONFIG_READER_H
#define SERVER_CONFIG_READER_H

#include "protocol/base/nearest.h"
#include "protocol/base/yaml.h"
#include "server/config/layer.h"

typedef struct {
    Layer *layer;
    LayerKind kind;
    LayerSection *section; /* of overrides that is being read; NULL: none */
    LayerValues *values;   /* where values go */
    Arena *arena;
    uint32_t patterns; /* so far */
    size_t offset;     /* up to here lines were counted */
    uint32_t line;     /* of it */
} LayerReader;

/* What is wrong */

void reader_complain(LayerReader *reader, const YamlNode *node, Severity severity, Str message);

/* "unknown WHAT 'VALUE'; did you mean 'MEANT'?"; `meant` may be empty. */
void reader_complain_of(LayerReader *reader, const YamlNode *node, const char *what, Str meant);

/* Whether a value is of that kind; if not, it complains. */
bool reader_expect(LayerReader *reader, const YamlNode *node, YamlKind kind, const char *expected);

/* Complains of keys that are no words, or stand twice. */
void reader_check_keys(LayerReader *reader, const YamlNode *mapping);

/* Whether nothing is said: `rules:` with nothing behind it. */
bool reader_is_null(const YamlNode *node);

/* Values */

void reader_read_value(LayerReader *reader, SettingId setting, const YamlNode *node);
void reader_read_globs(LayerReader *reader, const YamlNode *node, LayerSection *section);

/* One more value of the layer, with its line. */
LayerValue *reader_add(LayerReader *reader, SettingId setting, const YamlNode *node);

/* `rules` and `patterns`, of files of their own. */
void reader_read_rules(LayerReader *reader, const YamlNode *node);
void reader_read_patterns(LayerReader *reader, const YamlNode *node);

/* A severity, or RULE_OFF. False, after a complaint, where it is none. */
bool reader_read_severity(LayerReader *reader, const YamlNode *node, uint32_t *severity);

/* The number of a word in a list separated by blanks; false, after a complaint, where it is none of
 * them. */
bool reader_read_choice(LayerReader *reader, const YamlNode *node, const char *choices,
                        uint32_t *number);

/* Of layer.c */
void layer_read_sections(LayerReader *reader, const YamlNode *node);

#endif
