/*
 * syntax: what the parser found in one chunk of a document: blocks, inlines and labels, as values.
 *
 * Every offset here is in bytes from the start of its chunk. Names are CommonMark's; tables, task
 * list items and strikethrough are GFM's, footnotes and alerts GitHub's. Nothing here is ever
 * changed after the chunk was made: a derived fact (a finding, a word count) lives elsewhere.
 */
#ifndef SERVER_MARKDOWN_SYNTAX_H
#define SERVER_MARKDOWN_SYNTAX_H

#include "protocol/base/str.h"

/* Bytes from `start` up to, not including, `end`. */
typedef struct {
    uint32_t start, end;
} Span;

static inline bool span_empty(Span span)
{
    return span.end <= span.start;
}

static inline bool span_contains(Span outer, Span inner)
{
    return outer.start <= inner.start && inner.end <= outer.end;
}

static inline bool span_overlaps(Span a, Span b)
{
    return a.start < b.end && b.start < a.end;
}

typedef enum {
    /* containers */
    BLOCK_QUOTE,
    BLOCK_LIST,
    BLOCK_ITEM,
    BLOCK_FOOTNOTE, /* a footnote definition */
    BLOCK_TABLE,
    BLOCK_ROW,
    /* leaves with inlines */
    BLOCK_PARAGRAPH,
    BLOCK_HEADING,
    BLOCK_CELL,
    /* leaves without */
    BLOCK_BREAK, /* thematic break */
    BLOCK_FENCE,
    BLOCK_CODE, /* indented code */
    BLOCK_HTML,
    BLOCK_DEFINITION, /* link reference definition */
    BLOCK_FRONT_MATTER,
} BlockType;

typedef enum {
    BLOCK_SETEXT = 1 << 0,    /* heading: underlined */
    BLOCK_CLOSED = 1 << 1,    /* fence, HTML, front matter: its closing line exists (`close`) */
    BLOCK_CONTINUED = 1 << 2, /* the first part of this block is in the chunk before */
    BLOCK_CONTINUES = 1 << 3, /* more of this block is in the chunk after */
    BLOCK_ORDERED = 1 << 4,   /* list, item */
    BLOCK_TASK = 1 << 5,      /* item: has a task box */
    BLOCK_CHECKED = 1 << 6,   /* item: its task box is ticked */
    BLOCK_ALERT = 1 << 7,     /* quote: a GitHub alert, `> [!NOTE]` */
} BlockFlags;

typedef struct {
    uint8_t type;    /* BlockType */
    uint8_t flags;   /* BlockFlags */
    uint8_t level;   /* heading: 1 to 6; HTML: its kind, 1 to 7 (CommonMark 0.31, "HTML blocks") */
    char marker;     /* list, item: - + * . or ); fence: ` or ~; front matter: - or + */
    int32_t parent;  /* index of the block that holds it; -1 at the root */
    Span whole;      /* from its first marker to the end of its last line, without the newline */
    Span content;    /* heading, cell: text; fence, front matter, HTML: lines; definition: label */
    Span close;      /* heading: closing #s or underline; fence, front matter: closing line */
    uint32_t piece;  /* paragraph, heading, cell: index of its first piece */
    uint32_t pieces; /* how many */
} Block;

/* One line of a leaf's text, without the markers of the blocks around it and leading blanks. */
typedef struct {
    uint32_t offset, length;
} Piece;

typedef enum {
    INLINE_EMPHASIS,
    INLINE_STRONG,
    INLINE_DELETED,
    INLINE_CODE,
    INLINE_LINK,
    INLINE_IMAGE,
    INLINE_AUTOLINK,
    INLINE_HTML,
    INLINE_FOOTNOTE, /* a reference to a footnote that is defined */
} InlineType;

typedef enum {
    LINK_INLINE,    /* [text](destination "title") */
    LINK_FULL,      /* [text][label] */
    LINK_COLLAPSED, /* [label][] */
    LINK_SHORTCUT,  /* [label] */
} LinkForm;

typedef struct {
    uint8_t type;     /* InlineType */
    uint8_t form;     /* LinkForm, of links and images */
    uint32_t block;   /* index of its leaf */
    int32_t parent;   /* index of the inline that holds it; -1 in the leaf itself */
    Span whole;       /* with its delimiters */
    Span content;     /* between them */
    Span destination; /* LINK_INLINE; empty elsewhere */
    Span title;       /* without its quotes */
    Span label;       /* of the other forms, and of footnotes without the ^ */
} Inline;

/* A label as it is matched: normalised (CommonMark 0.31, "Link reference definitions"), hashed. The
 * label of a footnote is hashed with its ^. */
typedef uint64_t LabelKey;

/* What goes on across the cut at the end of a chunk. */
typedef enum {
    CARRY_NONE,
    CARRY_FENCE,
    CARRY_LIST,
    CARRY_TABLE,
} CarryKind;

typedef struct {
    uint8_t kind;    /* CarryKind */
    char marker;     /* fence: its character; list: its marker */
    bool ordered;    /* list */
    uint32_t indent; /* fence: columns before its opening marker */
    uint32_t length; /* fence: length of its opening marker; table: columns */
} Carry;

static inline bool carry_equal(Carry a, Carry b)
{
    return a.kind == b.kind && a.marker == b.marker && a.ordered == b.ordered &&
           a.indent == b.indent && a.length == b.length;
}

#endif
