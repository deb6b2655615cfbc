/*
 * document_private: what tests may say and nobody else: how large chunks become. Tiny chunks put a
 * cut wherever one can be.
 */
#ifndef SERVER_MARKDOWN_DOCUMENT_PRIVATE_H
#define SERVER_MARKDOWN_DOCUMENT_PRIVATE_H

#include "server/markdown/document.h"
#include "server/markdown/scan.h"

Document *document_new_sized(Str text, ChunkSize size);

#endif
