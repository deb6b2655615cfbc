/*
 * inlines: the inlines of a chunk, by md4c, with the exact spans that md4c does not report.
 *
 * Each leaf of the chunk becomes one paragraph of a buffer made for md4c, and one forward cursor
 * maps what md4c emits back to the source: what it does not emit is syntax. The labels that the
 * chunk mentions and the document defines stand at the buffer's end. DESIGN: server/README.md.
 */
#ifndef SERVER_MARKDOWN_INLINES_H
#define SERVER_MARKDOWN_INLINES_H

#include "server/markdown/chunk.h"
#include "server/markdown/definitions.h"

typedef struct InlineParser InlineParser; /* scratch, for one chunk after the other */

InlineParser *inlines_new(void);
void inlines_free(InlineParser *parser);

/* Fills the inlines and mentions of `chunk`, in place of those that it had. */
void inlines_parse(InlineParser *parser, Chunk *chunk, const Definitions *definitions);

#endif
