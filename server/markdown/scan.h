/*
 * scan: the block scanner: text in, the blocks of one chunk after the other out.
 *
 * It is CommonMark's block algorithm (0.31, appendix "A parsing strategy", phase 1), line by line,
 * with exact spans, and GFM's tables and task boxes, footnote definitions, alerts and front matter.
 * Between lines it decides where a chunk may end: where nothing that is open can go on, or where
 * what goes on is said by a Carry of a few numbers. It is ignorant of inlines and of edits.
 */
#ifndef SERVER_MARKDOWN_SCAN_H
#define SERVER_MARKDOWN_SCAN_H

#include "protocol/base/array.h"
#include "protocol/base/buf.h"
#include "server/markdown/syntax.h"

enum {
    CONTAINER_LIMIT = 256,          /* nested deeper, a marker is text */
    TABLE_COLUMN_LIMIT = 1024,      /* a wider delimiter row is text */
    FRONT_MATTER_LIMIT = 32 * 1024, /* bytes in which its closing line must stand */
};

/* A container that is open at the current line. */
typedef struct {
    uint32_t block;  /* its index */
    uint32_t indent; /* item: columns of indentation that go on with it */
} OpenBlock;

/* How large chunks become, in bytes. A chunk's end depends on nothing else than its own text. */
typedef struct {
    uint32_t enough; /* from here on a heading begins a new chunk */
    uint32_t large;  /* from here on every place is taken where a chunk may end */
} ChunkSize;

typedef struct {
    Str text; /* what is scanned: from the start of a chunk on */
    ChunkSize size;
    uint32_t start;   /* of the current chunk in text */
    uint32_t at;      /* of the next line in text */
    bool first;       /* the current chunk begins the document */
    Carry in, out;    /* of the current chunk */
    uint32_t lines;   /* line endings in the current chunk so far */
    bool after_blank; /* the line before was blank */

    Array(Block) blocks; /* of the current chunk; spans are relative to its start */
    Array(Piece) pieces;
    Array(LabelKey) defines;

    OpenBlock open[CONTAINER_LIMIT]; /* containers, outermost first */
    uint32_t depth;                  /* how many are open */
    int32_t leaf;                    /* index of the open leaf or table; -1: none */
    Carry fence;                     /* of the open leaf, where it is a fence: how it closes */
    uint32_t columns;                /* of the open leaf, where it is a table */
    Buf joined;                      /* scratch: lines of a paragraph that may be definitions */
} Scanner;

/* Starts at the beginning of a chunk that goes on with `in`. `text` is borrowed. */
void scanner_init(Scanner *scanner, Str text, bool first, Carry in, ChunkSize size);
void scanner_finish(Scanner *scanner);

/* Scans one more chunk: from `start` to `at`, with `blocks`, `pieces`, `defines`, `lines`, `in` and
 * `out`. False at the end of the text. What the scanner holds is valid until the next call. */
bool scanner_next(Scanner *scanner);

/* The front matter at the beginning of `text`: its length with its last line ending, or 0. */
uint32_t scan_front_matter(Str text);

/* Whether `text` begins as front matter does, closed or not. */
bool scan_opens_front_matter(Str text);

#endif
