#include "server/markdown/chunk_private.h"

#include "protocol/base/memory.h"

#include <stdlib.h>

static bool is_ascii(Str text)
{
    unsigned char seen = 0;
    for (size_t i = 0; i < text.length; i++) {
        seen |= (unsigned char)text.data[i];
    }
    return seen < 0x80;
}

/* The next part of a block of memory, for `size` bytes; moves `at` behind it. */
static void *take_part(char **at, const void *items, size_t size)
{
    void *part = *at;
    if (size > 0) {
        memcpy(part, items, size);
    }
    *at += size;
    return part;
}

/* One block of memory, with the text behind what needs alignment. */
Chunk *chunk_new(const Scanner *scanner)
{
    Str text = str_slice(scanner->text, scanner->start, scanner->at);
    size_t blocks = scanner->blocks.count * sizeof(Block);
    size_t pieces = scanner->pieces.count * sizeof(Piece);
    size_t defines = scanner->defines.count * sizeof(LabelKey);
    Chunk *chunk = memory_new(sizeof(Chunk) + defines + blocks + pieces + text.length);
    char *at = (char *)(chunk + 1);
    *chunk = (Chunk){
        .length = (uint32_t)text.length,
        .lines = scanner->lines,
        .first = scanner->first,
        .ascii = is_ascii(text),
        .in = scanner->in,
        .out = scanner->out,
        .block_count = scanner->blocks.count,
        .piece_count = scanner->pieces.count,
        .define_count = scanner->defines.count,
    };
    chunk->defines = take_part(&at, scanner->defines.items, defines);
    chunk->blocks = take_part(&at, scanner->blocks.items, blocks);
    chunk->pieces = take_part(&at, scanner->pieces.items, pieces);
    chunk->text = take_part(&at, text.data, text.length);
    return chunk;
}

void chunk_free(Chunk *chunk)
{
    free(chunk->inlines);
    free(chunk->mentions);
    free(chunk);
}

Chunk *chunk_new_empty(void)
{
    Scanner scanner;
    scanner_init(&scanner, (Str){0}, true, (Carry){0}, (ChunkSize){0});
    Chunk *chunk = chunk_new(&scanner);
    scanner_finish(&scanner);
    return chunk;
}

bool chunk_is_blank(const Chunk *chunk, Span span)
{
    Str text = chunk_str(chunk, span);
    size_t i = 0;
    while (i < text.length && (unsigned char)text.data[i] <= ' ') {
        i++;
    }
    return i == text.length;
}

uint32_t chunk_first_inline(const Chunk *chunk, uint32_t block)
{
    uint32_t low = 0, high = chunk->inline_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (chunk->inlines[middle].block < block) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t chunk_block_end(const Chunk *chunk, uint32_t block)
{
    uint32_t end = block + 1;
    while (end < chunk->block_count && chunk->blocks[end].parent >= (int32_t)block) {
        end++;
    }
    return end;
}
