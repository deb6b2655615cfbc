/*
 * sections: the article as a pipeline sees it: pieces of text that were written, or were not, each
 * with a name that holds while others change.
 *
 * Copies of a heading are one section, as in rules/merged.h, and headings inside a quote or an item
 * are text. A section's own text is what stands before the first heading below it; of that the body
 * is what can be written again: what belongs to the heading (an anchor, a stray underline) or to the
 * article (definitions, footnotes, a rule before the next heading) is no part of it.
 */
#ifndef SERVER_FEATURES_SECTIONS_H
#define SERVER_FEATURES_SECTIONS_H

#include "server/features/features.h"

typedef struct {
    Str name;        /* the heading's text without markup; never empty */
    Str id;          /* below */
    Str revision;    /* below */
    uint32_t parent; /* index of the section around it, SYMBOL_ROOT at the top */
    uint32_t last;   /* index in the outline of its heading, the last of its copies */
    uint8_t level;   /* 1 to 6: its text may have headings below this one */
    uint8_t state;   /* SectionState */
    uint32_t copies; /* of its heading, the first apart */
    uint32_t words;  /* those of the sections below included */
    Place range;     /* with the sections below, without the blank lines at its end */
    Place own;       /* its headings and its own text */
    Place body;      /* whole lines; empty at the end of a line: where a body would go */
} Section;

typedef struct {
    Section *items; /* in document order, parents before children */
    uint32_t count;
} Sections;

/* A section's id is made of the words of its heading and of the headings around it, so that it
 * outlives edits of any text and of markup, case and punctuation in headings. Where several sections
 * have the same, -1, -2 and so on are added, in their order. A revision is made of the section's own
 * bytes: it is another when one of them has changed. Texts live in `arena` or the article. */
Sections sections_of(const Article *article, Arena *arena);

/* The names of the headings from the top down to a section, joined by " › ". */
Str sections_path(const Sections *sections, uint32_t index, Arena *arena);

typedef enum {
    SECTION_FOUND,
    SECTION_UNKNOWN,
    SECTION_AMBIGUOUS, /* several sections have this id, and it has no number */
} SectionSearch;

SectionSearch sections_find(const Sections *sections, Str id, uint32_t *index);

/* splice.c: a section's body in place of another */

/* Appends `text`, the article's, with `body` as the body of a section. Line endings become those of
 * the article; a blank line is added around the body where there is none, all other bytes stay. NULL,
 * or why it cannot be, in `arena`: what would change is not the section alone. */
const char *splice_section(const Article *article, const Section *section, Str text, Str body,
                           Buf *out, Arena *arena);

#endif
