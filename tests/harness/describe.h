/*
 * describe: what galley makes of an article, as text that people can review: the expectations of
 * case files (tests/README.md).
 *
 * Lines and columns count from 1, columns in characters; an end is the column after the last one.
 * Each function appends whole lines. The article is analysed.
 */
#ifndef TESTS_HARNESS_DESCRIBE_H
#define TESTS_HARNESS_DESCRIBE_H

#include "protocol/base/buf.h"
#include "server/article.h"

/* "3:1-3:5 warning: skips a level [heading-jump]", then what is related, indented. */
void describe_findings(const Article *article, Findings findings, Buf *out);

/* "# Bees 1-12 | 40 words", indented by depth. */
void describe_outline(const Article *article, Arena *arena, Buf *out);

/* "1-12", with "comment" and the collapsed text where there are any. */
void describe_folds(const Article *article, Arena *arena, Buf *out);

/* Blocks, and inlines under their leaves: "heading 2 1:1-1:8", indented by depth. A block that was
 * cut into chunks is one. */
void describe_blocks(const Article *article, Buf *out);

#endif
