/*
 * map: a hash table from text to a number or a pointer. It owns copies of its keys.
 *
 * A zeroed Map is empty and valid. A pointer to a value is borrowed until the next map_put.
 */
#ifndef PROTOCOL_BASE_MAP_H
#define PROTOCOL_BASE_MAP_H

#include "protocol/base/str.h"

typedef union {
    uint64_t number;
    void *pointer;
} MapValue;

typedef struct {
    Str key; /* owned; data is NULL in a slot that was never used */
    uint64_t hash;
    MapValue value;
    bool live; /* false: never used, or removed */
} MapEntry;

typedef struct {
    MapEntry *entries; /* a power of two of them */
    size_t capacity;
    size_t used; /* slots with a key, removed ones included */
    size_t count;
} Map;

void map_finish(Map *map);

/* The value of `key`, which is added with a zeroed value where it is missing. */
MapValue *map_put(Map *map, Str key);

/* Removes `key`; nothing where it is missing. */
void map_remove(Map *map, Str key);

/* The value of `key`, or NULL. */
MapValue *map_get(const Map *map, Str key);

/* Every entry once, in no order: `MapEntry *e = NULL; while ((e = map_next(map, e)))`. */
MapEntry *map_next(const Map *map, const MapEntry *entry);

#endif
