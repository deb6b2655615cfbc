/*
 * wording: what the lexicon and the configuration's own phrases make of a text, for the rules about
 * placeholders.
 */
#ifndef SERVER_RULES_WORDING_H
#define SERVER_RULES_WORDING_H

#include "server/lexicon/lexicon.h"
#include "server/rules/rule.h"

/* As lexicon_match_block and lexicon_match_bracket; an own phrase is as sure as the lexicon's surest. */
LexiconTier wording_of_block(const RuleContext *context, Str text);
LexiconTier wording_of_bracket(const RuleContext *context, Str inside);

#endif
