/*
 * body: what one block is worth as the text of a section, by its looks alone.
 */
#ifndef SERVER_MARKDOWN_BODY_H
#define SERVER_MARKDOWN_BODY_H

#include "server/markdown/outline.h"

/* The part of a section that a block at the root is; 0 for what is no part of any: front
 * matter, directives. */
BodyParts body_part(const Chunk *chunk, uint32_t block);

/* Whether a comment of HTML or MDX, with its delimiters, is words for people and not a word for a
 * program: two words or more, the first of which looks like one, not all in capitals. */
bool body_is_words(Str comment);

#endif
