/*
 * chunk: an immutable piece of a document with the syntax found in it.
 *
 * A chunk is a pure function of its bytes, of what it goes on with (`in`), of whether it is the
 * document's first, and of which of the labels that it mentions are defined. Documents own chunks;
 * whoever reads one borrows it until the next edit.
 */
#ifndef SERVER_MARKDOWN_CHUNK_H
#define SERVER_MARKDOWN_CHUNK_H

#include "server/markdown/syntax.h"

/* Languages of templates that fill in a page before, or while, it is read as Markdown. The order is that
 * of TEMPLATE_DIALECTS. */
typedef enum {
    TEMPLATE_LIQUID = 1 << 0, /* {{ … }} and {% … %}: Jinja's and Handlebars' too */
    TEMPLATE_ERB = 1 << 1,    /* <% … %> */
    TEMPLATE_HUGO = 1 << 2,   /* {{< … >}} and {{% … %}} */
    TEMPLATE_MDX = 1 << 3,    /* { … } */
} TemplateDialect;

#define TEMPLATE_DIALECTS "liquid erb hugo mdx"

typedef struct {
    uint64_t serial; /* no two states of any chunks of a document have the same */
    char *text;
    uint32_t length;   /* of text, in bytes */
    uint32_t lines;    /* line endings in text: \n, \r\n or a lone \r */
    bool first;        /* it begins the document */
    bool ascii;        /* text has no byte above 0x7F */
    bool parsed;       /* inlines are filled */
    uint8_t templates; /* a set of TemplateDialect: what of them stands here is no prose */
    Carry in, out;     /* what goes on from the chunk before, and into the one after */

    Block *blocks; /* in document order, parents before children */
    Piece *pieces;
    Inline *inlines;    /* in document order, parents before children */
    LabelKey *defines;  /* of its definitions, footnotes too */
    LabelKey *mentions; /* what its inlines may refer to */
    uint32_t block_count, piece_count, inline_count, define_count, mention_count;
} Chunk;

static inline Str chunk_str(const Chunk *chunk, Span span)
{
    return str_slice((Str){chunk->text, chunk->length}, span.start, span.end);
}

/* Whether a span holds nothing but blanks, line endings and other controls. */
bool chunk_is_blank(const Chunk *chunk, Span span);

static inline Str chunk_piece(const Chunk *chunk, uint32_t piece)
{
    Piece at = chunk->pieces[piece];
    return (Str){chunk->text + at.offset, at.length};
}

/* The index of the first inline of a leaf, or of one behind it where it has none. */
uint32_t chunk_first_inline(const Chunk *chunk, uint32_t block);

/* The index after the last block inside `block`, itself included. */
uint32_t chunk_block_end(const Chunk *chunk, uint32_t block);

#endif
