/*
 * ranges: LSP's positions at the border. Inside the server a place is an offset in bytes; here it
 * becomes a line and units of the client's encoding, and back.
 */
#ifndef SERVER_RANGES_H
#define SERVER_RANGES_H

#include "protocol/lsp/types.h"
#include "server/report.h"

/* A line that was looked up. Places come in order and mostly several to a line, so that the next line
 * wanted is this one or lies a little further on. */
typedef struct {
    Str text;       /* without its ending */
    size_t start;   /* offset of its first byte */
    size_t next;    /* where the next line starts; STR_NONE where none does */
    uint32_t line;  /* its number, from 0 */
    bool known;     /* false: nothing was looked up yet */
    size_t counted; /* up to where its units are counted: a line may hold thousands of places */
    uint32_t units; /* how many they are */
} LineLookup;

typedef struct {
    const Document *document; /* borrowed */
    PositionEncoding encoding;
    LineLookup starts, ends; /* ends: of places of several lines, which would push the starts out */
} Ranges;

static inline Ranges ranges_of(const Document *document, PositionEncoding encoding)
{
    return (Ranges){.document = document, .encoding = encoding};
}

Range ranges_range(Ranges *ranges, Place place);

/* The byte that a position stands before. Past the end of its line it is the line's end, past the
 * last line the document's. */
size_t ranges_offset(const Document *document, Position position, PositionEncoding encoding);

#endif
