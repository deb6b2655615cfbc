/*
 * arena: memory that is given back all at once. Allocation moves a pointer; nothing is freed alone.
 *
 * A zeroed Arena is empty and valid. What it hands out lives until arena_reset or arena_finish.
 */
#ifndef PROTOCOL_BASE_ARENA_H
#define PROTOCOL_BASE_ARENA_H

#include "protocol/base/str.h"

typedef struct ArenaBlock ArenaBlock;

typedef struct {
    ArenaBlock *block; /* the newest block; the older ones hang from it */
    char *next;        /* the first free byte of `block` */
    char *end;         /* the end of `block` */
} Arena;

/* Lifetime */

void arena_finish(Arena *arena);

/* Gives everything back and keeps one block of ordinary size for the next use. */
void arena_reset(Arena *arena);

/* Changers */

/* `size` zeroed bytes, aligned for any type. */
void *arena_alloc(Arena *arena, size_t size);

/* `count` zeroed items of a type. */
#define ARENA_NEW(arena, Type, count) ((Type *)arena_alloc((arena), sizeof(Type) * (count)))

/* A copy of `text`, with a NUL behind it that does not count. */
Str arena_copy(Arena *arena, Str text);
Str arena_printf(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
