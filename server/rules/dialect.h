/*
 * dialect: what a chunk tells of the Markdown that it is written in.
 *
 * Only signs that stand in the text count: a site's configuration is not looked at.
 */
#ifndef SERVER_RULES_DIALECT_H
#define SERVER_RULES_DIALECT_H

#include "server/markdown/chunk.h"

/* Whether kramdown seems to read it, which takes for emphasis and tables what CommonMark prints: it has
 * an attribute list, Liquid, or a layout in its front matter. */
bool dialect_is_kramdown(const Chunk *chunk);

#endif
