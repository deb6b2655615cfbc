/*
 * inline_buffer: the text that md4c is given for one chunk, and the way back to the chunk's bytes.
 *
 * Each leaf with text is one paragraph: `a` and a space, so that nothing in it can begin another
 * block, then its lines, each further one behind four spaces. Then come the definitions.
 */
#ifndef SERVER_MARKDOWN_INLINE_BUFFER_H
#define SERVER_MARKDOWN_INLINE_BUFFER_H

#include "protocol/base/array.h"
#include "protocol/base/buf.h"
#include "server/markdown/chunk.h"
#include "server/markdown/definitions.h"

/* From `buffer` on, up to the next segment, bytes stand for those of the chunk from `source` on. */
typedef struct {
    uint32_t buffer, source;
} Segment;

typedef struct {
    uint32_t block;      /* its index in the chunk */
    uint32_t start, end; /* of its text in the buffer */
} LeafText;

typedef struct {
    uint32_t start; /* of `[label]: #` in the buffer */
    LabelKey key;
} BufferDefinition;

typedef struct {
    Buf text;
    uint32_t definitions_start; /* offset in text */
    Array(Segment) segments;
    Array(LeafText) leaves;
    Array(LabelKey) mentions;
    Array(BufferDefinition) definitions;
} InlineBuffer;

void inline_buffer_finish(InlineBuffer *buffer);

/* Makes the buffer anew for `chunk`. */
void inline_buffer_fill(InlineBuffer *buffer, const Chunk *chunk, const Definitions *definitions);

/* The chunk's offset of a byte of the buffer that stands for one. */
uint32_t inline_buffer_source(const InlineBuffer *buffer, uint32_t offset);

/* The span in the chunk of bytes `start` to `end` of the buffer. */
Span inline_buffer_span(const InlineBuffer *buffer, uint32_t start, uint32_t end);

/* The key of the definition that stands at `offset` of the buffer. */
LabelKey inline_buffer_definition(const InlineBuffer *buffer, uint32_t offset);

#endif
