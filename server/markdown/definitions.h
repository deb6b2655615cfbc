/*
 * definitions: which labels a document defines, and how often.
 *
 * Whether a label is defined is all that the structure of inlines depends on. The labels that
 * became defined or undefined since they were last taken say which chunks must be parsed again.
 */
#ifndef SERVER_MARKDOWN_DEFINITIONS_H
#define SERVER_MARKDOWN_DEFINITIONS_H

#include "protocol/base/map.h"
#include "server/markdown/syntax.h"

typedef struct {
    Map counts;  /* LabelKey → how many definitions it has */
    Map flipped; /* LabelKeys that became defined or undefined */
} Definitions;

void definitions_finish(Definitions *definitions);

void definitions_add(Definitions *definitions, const LabelKey *keys, uint32_t count);
void definitions_remove(Definitions *definitions, const LabelKey *keys, uint32_t count);

/* Forgets which labels have flipped. */
void definitions_settle(Definitions *definitions);

bool definitions_have(const Definitions *definitions, LabelKey key);

/* Whether any of the keys has flipped since definitions_settle. */
bool definitions_flipped(const Definitions *definitions, const LabelKey *keys, uint32_t count);

#endif
