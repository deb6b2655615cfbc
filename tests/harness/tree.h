/*
 * tree: the blocks and inlines of a whole document, in order, as if it had never been cut.
 *
 * A block that goes on in the next chunk is one node. Nodes are borrowed from the document, until
 * its next edit; the array belongs to the caller.
 */
#ifndef TESTS_HARNESS_TREE_H
#define TESTS_HARNESS_TREE_H

#include "protocol/base/array.h"
#include "server/markdown/document.h"

typedef struct {
    const Block *block; /* NULL for an inline */
    const Inline *span; /* NULL for a block */
    uint32_t depth;     /* how many nodes are around it */
    size_t start, end;  /* in bytes from the start of the document */
} TreeNode;

typedef Array(TreeNode) Tree;

/* Appends all nodes of a settled document: parents before children, inlines after their leaf. */
void tree_read(const Document *document, Tree *tree);

#endif
