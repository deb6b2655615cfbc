/*
 * document: the text of one Markdown document and its syntax, kept up to date edit by edit.
 *
 * The text is an array of chunks (chunk.h); an edit makes anew only those that it touches. Any bytes
 * are a document: nothing here fails. It is ignorant of URIs, versions, LSP and findings.
 *
 * Offsets are in bytes from the start of the document. Lines count from 0 and end with \n, \r\n or a
 * lone \r (LSP 3.17, "Text Documents"). Everything borrowed from a document dies at its next edit.
 */
#ifndef SERVER_MARKDOWN_DOCUMENT_H
#define SERVER_MARKDOWN_DOCUMENT_H

#include "server/markdown/chunk.h"

typedef struct Document Document;

/* What edits did to the array of chunks: `removed` of them, from `first` on, were replaced by
 * `inserted` new ones. Every table that runs parallel to the chunks follows it. */
typedef struct {
    uint32_t first, removed, inserted;
    bool references; /* labels became defined or undefined: chunks anywhere may have a new serial */
} Splice;

/* Lifetime */

Document *document_new(Str text);
void document_free(Document *document);

/* Changers */

/* Replaces the bytes from `start` to `end` by `text`. Both are clamped to the document, and swapped
 * where start is after end. */
void document_edit(Document *document, size_t start, size_t end, Str text);

/* Says which templates the document has: a set of TemplateDialect. What was read of its prose before is
 * to be read again. */
void document_set_templates(Document *document, uint8_t templates);

/* Parses what edits left unparsed, and says what all of them since the last call have done to the
 * chunks. Features and rules may read a document only when it is settled. */
Splice document_settle(Document *document);

/* Queries: text */

size_t document_length(const Document *document);
uint32_t document_line_count(const Document *document);

/* The line that holds `offset` (clamped), and where it starts. */
uint32_t document_line_at(const Document *document, size_t offset, size_t *line_start);

/* Where a line starts, and its text without its ending. A line past the last is empty, at the end. */
size_t document_line(const Document *document, uint32_t line, Str *text);

/* Queries: syntax */

uint32_t document_chunk_count(const Document *document);
const Chunk *document_chunk(const Document *document, uint32_t index);
size_t document_chunk_start(const Document *document, uint32_t index);

/* The chunk that holds the byte at `offset`; the last one at the end of the document. */
uint32_t document_chunk_at(const Document *document, size_t offset);

#endif
