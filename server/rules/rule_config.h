/*
 * rule_config: what a configuration says to the rules: severities, options, own phrases and patterns.
 *
 * It is made by server/config and never changes afterwards, so that threads may share it. A zeroed
 * RuleConfig is what holds without any configuration.
 */
#ifndef SERVER_RULES_RULE_CONFIG_H
#define SERVER_RULES_RULE_CONFIG_H

#include "server/lexicon/pattern.h"
#include "server/lexicon/phrases.h"
#include "server/rules/rules.h"

enum {
    RULE_OPTION_LIMIT = 4, /* options of one rule */
    RULE_OFF = 255,        /* as a severity */
};

typedef struct {
    uint8_t severity;                   /* of all its findings; 0: as the rule says; RULE_OFF */
    uint8_t options[RULE_OPTION_LIMIT]; /* which word of each option holds */
} RuleChoice;

/* A pattern of the configuration's own: it is a rule by itself, in what is reported. */
typedef struct {
    Rule rule; /* code "pattern" or "pattern-NAME"; its severity; its summary is the message */
    const Pattern *pattern;
} RulePattern;

struct RuleConfig {
    RuleChoice rules[RULE_COUNT]; /* by the number in rules_all */
    const Phrase *phrases;        /* that stand in for text, beside the lexicon's */
    uint32_t phrase_count;
    const RulePattern *patterns;
    uint32_t pattern_count;
    uint32_t languages; /* whose phrases count, a bit each (lexicon_languages); 0: all */
    const Str *keys;    /* of front matter whose values are read; NULL: all */
    uint32_t key_count;
};

#endif
