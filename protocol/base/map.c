#include "protocol/base/map.h"

#include "protocol/base/memory.h"

#include <stdlib.h>

/* The slot of `key`, or the free one where it would go. There always is one: see map_put. */
static MapEntry *find(const Map *map, Str key, uint64_t hash)
{
    size_t slot = hash & (map->capacity - 1);
    while (map->entries[slot].key.data != NULL) {
        MapEntry *entry = &map->entries[slot];
        if (entry->live && entry->hash == hash && str_equal(entry->key, key)) {
            return entry;
        }
        slot = (slot + 1) & (map->capacity - 1);
    }
    return &map->entries[slot];
}

static void release(MapEntry *entry)
{
    free((char *)(uintptr_t)entry->key.data);
}

void map_finish(Map *map)
{
    if (map == NULL) {
        return;
    }
    for (size_t i = 0; i < map->capacity; i++) {
        release(&map->entries[i]);
    }
    free(map->entries);
    *map = (Map){0};
}

/* Moves what lives into a table with room for as much again; removed slots go. */
static void rebuild(Map *map)
{
    Map old = *map;
    size_t capacity = 16;
    while (capacity < old.count * 4) {
        capacity *= 2;
    }
    *map = (Map){
        .entries = memory_new_zeroed(capacity, sizeof(MapEntry)),
        .capacity = capacity,
        .used = old.count,
        .count = old.count,
    };
    for (size_t i = 0; i < old.capacity; i++) {
        MapEntry *entry = &old.entries[i];
        if (entry->live) {
            *find(map, entry->key, entry->hash) = *entry;
        } else {
            release(entry);
        }
    }
    free(old.entries);
}

MapValue *map_put(Map *map, Str key)
{
    if (map->used * 2 >= map->capacity) {
        rebuild(map);
    }
    uint64_t hash = str_hash(key);
    MapEntry *entry = find(map, key, hash);
    if (!entry->live) {
        char *copy = memory_new(key.length + 1);
        if (key.length > 0) {
            memcpy(copy, key.data, key.length);
        }
        *entry = (MapEntry){.hash = hash, .live = true};
        entry->key = (Str){copy, key.length};
        map->used++;
        map->count++;
    }
    return &entry->value;
}

void map_remove(Map *map, Str key)
{
    MapEntry *entry = map->capacity == 0 ? NULL : find(map, key, str_hash(key));
    if (entry != NULL && entry->live) {
        entry->live = false;
        map->count--;
    }
}

MapValue *map_get(const Map *map, Str key)
{
    MapEntry *entry = map->capacity == 0 ? NULL : find(map, key, str_hash(key));
    return entry != NULL && entry->live ? &entry->value : NULL;
}

MapEntry *map_next(const Map *map, const MapEntry *entry)
{
    size_t slot = entry == NULL ? 0 : (size_t)(entry - map->entries) + 1;
    while (slot < map->capacity && !map->entries[slot].live) {
        slot++;
    }
    return slot < map->capacity ? &map->entries[slot] : NULL;
}
