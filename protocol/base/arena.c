#include "protocol/base/arena.h"

#include "protocol/base/memory.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct ArenaBlock {
    ArenaBlock *older;
    size_t size;
    alignas(max_align_t) char bytes[];
};

#ifdef STRESS
enum { BLOCK_SIZE = 64 };
#else
enum { BLOCK_SIZE = 16 * 1024 };
#endif

static void add_block(Arena *arena, size_t size)
{
    ArenaBlock *block = memory_new(sizeof(ArenaBlock) + size);
    block->older = arena->block;
    block->size = size;
    arena->block = block;
    arena->next = block->bytes;
    arena->end = block->bytes + size;
}

void arena_finish(Arena *arena)
{
    while (arena != NULL && arena->block != NULL) {
        ArenaBlock *older = arena->block->older;
        free(arena->block);
        arena->block = older;
    }
    if (arena != NULL) {
        *arena = (Arena){0};
    }
}

void arena_reset(Arena *arena)
{
    if (arena->block == NULL) {
        return;
    }
    if (arena->block->older != NULL || arena->block->size > BLOCK_SIZE) {
        arena_finish(arena);
        return;
    }
    arena->next = arena->block->bytes;
}

void *arena_alloc(Arena *arena, size_t size)
{
    size_t aligned = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (aligned > (size_t)(arena->end - arena->next)) {
        add_block(arena, aligned > BLOCK_SIZE ? aligned : BLOCK_SIZE);
    }
    void *memory = arena->next;
    arena->next += aligned;
    return size == 0 ? memory : memset(memory, 0, size);
}

Str arena_copy(Arena *arena, Str text)
{
    char *copy = arena_alloc(arena, text.length + 1);
    if (text.length > 0) {
        memcpy(copy, text.data, text.length);
    }
    return (Str){copy, text.length};
}

Str arena_printf(Arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = arena_alloc(arena, (size_t)(length < 0 ? 0 : length) + 1);
    if (length > 0) {
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return (Str){text, (size_t)(length < 0 ? 0 : length)};
}
