/*
 * placeholder_shape: the half of placeholder-text that needs no phrase, and so no language.
 *
 * A section that is one remark in brackets, and the same short paragraph as all of three sections or
 * more. What the lexicon knows is left to placeholder_text.c.
 */
#ifndef SERVER_RULES_PLACEHOLDER_SHAPE_H
#define SERVER_RULES_PLACEHOLDER_SHAPE_H

#include "server/rules/rule.h"

void placeholder_check_shapes(RuleContext *context, const Outline *outline);

#endif
