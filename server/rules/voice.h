/*
 * voice: the words of a leaf block, and whether its author says them or mentions them.
 *
 * Block quotes, quotation marks and code are other people's words; an alert is the author's own. A
 * leaf is a paragraph, a heading or a cell.
 */
#ifndef SERVER_RULES_VOICE_H
#define SERVER_RULES_VOICE_H

#include "server/markdown/chunk.h"

/* The source of a leaf's text: from its first line's beginning to its last line's end, with what
 * stands between the lines; without the `[!NOTE]` of an alert. */
Span voice_span(const Chunk *chunk, uint32_t block);

/* The same, behind the delimiters of emphasis that it begins with. */
Span voice_words(const Chunk *chunk, uint32_t block);

/* Whether a block is inside a block quote. */
bool voice_is_quote(const Chunk *chunk, uint32_t block);

/* The quotation mark that is open behind `cp`, where `open` was open before it; 0: none. */
uint32_t voice_quote(uint32_t open, uint32_t cp);

/* Whether a text begins with a quotation mark. */
bool voice_is_mention(Str text);

/* Whether all of a leaf is said in the author's own voice: no quotation, and no code, link or image
 * before its last words. */
bool voice_is_own(const Chunk *chunk, uint32_t block);

#endif
