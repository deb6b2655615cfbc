/*
 * reference: the block tree that cmark makes of a text, and the headings in a piece of HTML.
 */
#ifndef TESTS_SPEC_REFERENCE_H
#define TESTS_SPEC_REFERENCE_H

#include "protocol/base/arena.h"
#include "protocol/base/array.h"

typedef struct {
    Str name; /* cmark's own: "block_quote", "code_block" … */
    uint32_t level, depth;
    uint32_t line, column, end_line; /* from 1 */
} ReferenceBlock;

typedef Array(ReferenceBlock) ReferenceBlocks;

typedef struct {
    uint32_t level;
    bool nested; /* inside a quote or an item */
    Str text;    /* without tags, entities decoded, blanks collapsed */
} ReferenceHeading;

typedef Array(ReferenceHeading) ReferenceHeadings;

/* Runs cmark on `file`, which holds `text`. False where it cannot be run. Names live in the arena.
 * cmark is put right where its lines are known to be wrong: blocks that are said to end a line late,
 * or with the blank lines behind them, and HTML that ends a line early. */
bool reference_blocks(const char *file, Str text, Arena *arena, ReferenceBlocks *blocks);

/* A text as headings are compared: with single blanks. */
Str reference_text(Str text, Arena *arena);

/* Texts live in the arena. */
void reference_headings(Str html, Arena *arena, ReferenceHeadings *headings);

#endif
