/*
 * outline: the headings of a document and what stands under each, as its sections.
 *
 * It follows the document splice by splice, and says whether a splice has changed it at all: most
 * keystrokes do not, and then nothing that is derived from it needs another look.
 */
#ifndef SERVER_MARKDOWN_OUTLINE_H
#define SERVER_MARKDOWN_OUTLINE_H

#include "protocol/base/arena.h"
#include "server/markdown/document.h"

/* What stands between a heading and the next one. A set: 0 is nothing at all. */
typedef enum {
    BODY_CONTENT = 1 << 0, /* text, lists, images, code, directives, footnotes… */
    BODY_SYNTAX = 1 << 1,  /* a comment that speaks to a program: <!-- more --> */
    BODY_COMMENT = 1 << 2, /* a comment of words: nobody will read it */
    BODY_ANCHOR = 1 << 3,  /* an empty element that carries an id or a name */
    BODY_STRAY = 1 << 4,   /* a paragraph that is one line of = or - */
    BODY_BREAK = 1 << 5,   /* a thematic break */
} BodyParts;

typedef struct {
    uint8_t parts;   /* BodyParts */
    uint32_t blocks; /* how many of its blocks are BODY_CONTENT */
    uint64_t key;    /* hash of its text, where all content is one short paragraph; else 0 */
    uint32_t chunks; /* key: how many chunks after the heading's that paragraph is */
    Span span;       /* key: where it is, from the heading's start, or from that chunk's */
} Body;

typedef struct {
    uint32_t chunk, block; /* where it is */
    uint8_t level;         /* 1 to 6 */
    bool nested;      /* inside a quote, an item or a footnote: no part of the outline's levels */
    bool code;        /* its text is one code span */
    bool marks;       /* its text begins or ends with # */
    bool emphasised;  /* its text begins with * or _ */
    uint8_t copy;     /* merged.h's; 0 again when it or what stands before it changes */
    Span whole, text; /* in its chunk: from its marker to its end; its text without markers */
    uint64_t source;  /* hash of its text as it stands */
    Body body;        /* as far as its chunk goes */
    uint32_t words;   /* of body, once outline_words has counted them */
    uint64_t key;     /* once outline_key has made it; 0 before */
} Heading;

/* What stands in a chunk before its first heading. */
typedef struct {
    Body body;
    bool more;      /* it has no heading: what stands in the next chunk goes on with it */
    uint32_t words; /* as in Heading */
} Lead;

typedef struct {
    Heading *headings; /* in document order */
    uint32_t count, capacity;
    Lead *leads; /* parallel to the chunks */
    uint32_t lead_count, lead_capacity;
} Outline;

/* Lifetime */

void outline_finish(Outline *outline);

/* Changers */

/* Follows a splice of `document`, which is settled. Returns whether anything but the places of
 * headings has changed. */
bool outline_update(Outline *outline, const Document *document, Splice splice);

/* Queries */

/* All that stands under a heading, up to the next one. */
Body outline_body(const Outline *outline, uint32_t heading);

/* Where the section of a heading ends, in bytes: before the next heading of its level or a higher
 * one; a nested heading's section ends with the block around it at the latest. */
size_t outline_section_end(const Outline *outline, const Document *document, uint32_t heading);

/* Words of text under a heading up to the next one, markup and code apart. Counted when first asked
 * for. */
uint32_t outline_words(const Outline *outline, const Document *document, uint32_t heading);

/* Words of text before the first heading. */
uint32_t outline_lead_words(const Outline *outline, const Document *document);

/* A hash of a heading's words, without markup, case and punctuation. Made when first asked for. */
uint64_t outline_key(const Outline *outline, const Document *document, uint32_t heading);

#define OUTLINE_NO_WORDS 1 /* the key of a heading without words */

/* The heading's text without markup, in `arena`. */
Str outline_text(const Document *document, const Heading *heading, Arena *arena);

#endif
