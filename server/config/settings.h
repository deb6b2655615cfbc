/*
 * settings: the one table of what a configuration can say. It feeds the reader of .galley.yml and of
 * an editor's settings, `galley config` and the JSON Schema.
 *
 * Defaults are what holds where nothing is said; a rule's own severity and options are in its record
 * (rules/rule.h).
 */
#ifndef SERVER_CONFIG_SETTINGS_H
#define SERVER_CONFIG_SETTINGS_H

#include "protocol/base/str.h"

/* What a value is. */
typedef enum {
    SETTING_SEVERITIES, /* code to severity, or to a mapping of `severity` and options */
    SETTING_WORDS,      /* a list of words, perhaps of a few */
    SETTING_PHRASE_LIST,
    SETTING_PATTERN_LIST,
    SETTING_GLOBS,
    SETTING_PATH,
    SETTING_SECTIONS, /* a list of mappings: `files`, and any settings */
} SettingType;

/* The rows, in the order in which `galley config` shows them. */
typedef enum {
    SETTING_EXTENDS,
    SETTING_RULES,
    SETTING_PHRASES,
    SETTING_PATTERNS,
    SETTING_LANGUAGES,
    SETTING_KEYS,
    SETTING_TEMPLATES,
    SETTING_EXCLUDE,
    SETTING_OVERRIDES,
    SETTING_COUNT,
} SettingId;

typedef struct {
    const char *key; /* in a file; a point stands for one mapping in another */
    SettingType type;
    const char *choices; /* the words there are, separated by blanks; NULL: any */
    bool adds;           /* a list: what is said later is added to what was said before */
    bool file_only;      /* not inside `overrides`, and not among an editor's settings */
    const char *initial; /* what holds by itself, for people */
    const char *summary; /* a sentence */
    const char *example; /* lines of YAML, as they stand in a file */
} Setting;

extern const Setting settings_all[SETTING_COUNT];

/* The severities, and `off`, separated by blanks, in the order of rules/rule.h. */
#define SETTING_SEVERITY_WORDS "off error warning information hint"

#endif
