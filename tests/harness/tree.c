#include "tests/harness/tree.h"

static uint32_t block_depth(const Chunk *chunk, uint32_t block)
{
    uint32_t depth = 0;
    for (int32_t up = chunk->blocks[block].parent; up >= 0; up = chunk->blocks[up].parent) {
        depth++;
    }
    return depth;
}

static void add_inlines(Tree *tree, const Chunk *chunk, size_t start, uint32_t block)
{
    for (uint32_t i = 0; i < chunk->inline_count; i++) {
        const Inline *span = &chunk->inlines[i];
        if (span->block == block) {
            TreeNode *node = array_add(tree);
            *node = (TreeNode){.span = span, .depth = block_depth(chunk, block) + 1};
            for (int32_t up = span->parent; up >= 0; up = chunk->inlines[up].parent) {
                node->depth++;
            }
            node->start = start + span->whole.start;
            node->end = start + span->whole.end;
        }
    }
}

/* `root` is the index of the last root block. Only root blocks are ever cut. */
static void add_block(Tree *tree, const Chunk *chunk, size_t start, uint32_t index, uint32_t *root)
{
    const Block *block = &chunk->blocks[index];
    if ((block->flags & BLOCK_CONTINUED) && block->parent < 0 && *root < tree->count) {
        tree->items[*root].end = start + block->whole.end;
    } else {
        *root = block->parent < 0 ? tree->count : *root;
        TreeNode *node = array_add(tree);
        *node = (TreeNode){.block = block, .depth = block_depth(chunk, index)};
        node->start = start + block->whole.start;
        node->end = start + block->whole.end;
    }
    add_inlines(tree, chunk, start, index);
}

void tree_read(const Document *document, Tree *tree)
{
    uint32_t root = UINT32_MAX;
    for (uint32_t i = 0; i < document_chunk_count(document); i++) {
        const Chunk *chunk = document_chunk(document, i);
        for (uint32_t j = 0; j < chunk->block_count; j++) {
            add_block(tree, chunk, document_chunk_start(document, i), j, &root);
        }
    }
}
