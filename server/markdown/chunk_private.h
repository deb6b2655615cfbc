/*
 * chunk_private: how a document makes its chunks and gives them back.
 */
#ifndef SERVER_MARKDOWN_CHUNK_PRIVATE_H
#define SERVER_MARKDOWN_CHUNK_PRIVATE_H

#include "server/markdown/chunk.h"
#include "server/markdown/scan.h"

/* A copy of what `scanner` has just scanned, its inlines not yet parsed. */
Chunk *chunk_new(const Scanner *scanner);

/* The only chunk of a document without text. */
Chunk *chunk_new_empty(void);

void chunk_free(Chunk *chunk);

#endif
