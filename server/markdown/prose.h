/*
 * prose: the text of a leaf block that a reader reads as language, without the rest.
 *
 * Left out are code spans, raw HTML, links' destinations, titles and labels, autolinks, bare URLs and
 * e-mail addresses, math, templates that the document is said to have, references to footnotes, and the delimiters of markup. What is left are
 * runs of source bytes, each on one line: backslash escapes and entities stand in them as they are
 * written. It is ignorant of languages. All of it is linear in the block and allocates nothing.
 *
 * A leaf is a paragraph, a heading or a cell of a settled chunk; other blocks have no prose.
 */
#ifndef SERVER_MARKDOWN_PROSE_H
#define SERVER_MARKDOWN_PROSE_H

#include "protocol/base/buf.h"
#include "server/markdown/chunk.h"

/* What a run stands in. */
typedef enum {
    PROSE_EMPHASIS = 1 << INLINE_EMPHASIS,
    PROSE_STRONG = 1 << INLINE_STRONG,
    PROSE_DELETED = 1 << INLINE_DELETED,
    PROSE_LINK = 1 << INLINE_LINK,
    PROSE_IMAGE = 1 << INLINE_IMAGE, /* its alternative text */
} ProseFlags;

/* What is between a run and the one before it; where several things are, the last of these. */
typedef enum {
    PROSE_JOINED, /* delimiters only: `**a**b` is one word in two runs */
    PROSE_LINE,   /* the beginning of the block or of a line */
    PROSE_MASKED, /* something that is no prose */
} ProseGap;

typedef struct {
    Span span;     /* in the chunk; never empty */
    uint8_t flags; /* ProseFlags */
    uint8_t gap;   /* ProseGap */
} ProseRun;

/* Private to prose.c: a place in a leaf. */
typedef struct {
    const Chunk *chunk;
    uint32_t piece, pieces; /* the line, and the one behind the last */
    uint32_t at;            /* all before it is done */
    uint32_t entered;       /* the inlines of the leaf before this one are entered or skipped */
    uint32_t inlines;       /* the one behind the last of the leaf */
    int32_t open;           /* the innermost one that is open; -1 for the leaf itself */
    uint32_t depth[INLINE_FOOTNOTE + 1]; /* how many of each type are open */
    Span apart;                          /* math or an address that begins here or later */
    uint8_t apart_kind;
    uint16_t unclosed; /* the kinds of math and templates that nothing ahead closes */
    uint8_t gap;       /* the ProseGap of what comes next */
} Prose;

/* Begins at the first run of a block. Without a leaf's text there is none. */
Prose prose_of(const Chunk *chunk, uint32_t block);

/* The next run, in the order of the text. False at the end; then nothing is written. */
bool prose_next(Prose *prose, ProseRun *run);

/* What prose_append keeps besides. */
typedef enum {
    PROSE_WITH_CODE = 1 << 0, /* the contents of code spans */
} ProseOptions;

/* Appends the text of a leaf as a reader sees it: addresses, math and alternative text are kept, tags,
 * delimiters and references to footnotes are not; escapes and the common entities are resolved; a
 * line ending, or `<br>`, is one space. */
void prose_append(Buf *out, const Chunk *chunk, uint32_t block, ProseOptions options);

#endif
