#include "server/rules/wording.h"

#include "server/rules/rule_config.h"

static bool is_own(const RuleConfig *config, Str text)
{
    return phrases_match(config->phrases, config->phrase_count, text);
}

LexiconTier wording_of_block(const RuleContext *context, Str text)
{
    const RuleConfig *config = rule_config(context);
    return is_own(config, text) ? LEXICON_BLOCK : lexicon_match_block(text, config->languages);
}

LexiconTier wording_of_bracket(const RuleContext *context, Str inside)
{
    const RuleConfig *config = rule_config(context);
    return is_own(config, inside) ? LEXICON_BLOCK
                                  : lexicon_match_bracket(inside, config->languages);
}
