/*
 * array: a growing array of one type, in the caller's struct.
 *
 *     Array(Heading) headings = {0};
 *     *array_add(&headings) = heading;
 *     array_finish(&headings);
 *
 * A zeroed array is empty and valid. A pointer to an item is borrowed until the next array_add.
 */
#ifndef PROTOCOL_BASE_ARRAY_H
#define PROTOCOL_BASE_ARRAY_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define Array(Type)                                                                                \
    struct {                                                                                       \
        Type *items;                                                                               \
        uint32_t count, capacity; /* in items */                                                   \
    }

/* A pointer to one more item, zeroed. */
#define array_add(array)                                                                           \
    ((array)->count == (array)->capacity                                                           \
         ? (array)->items = array_grow((array)->items, &(array)->capacity, 1,                      \
                                       sizeof(*(array)->items))                                    \
         : (array)->items,                                                                         \
     memset(&(array)->items[(array)->count], 0, sizeof(*(array)->items)),                          \
     &(array)->items[(array)->count++])

/* Replaces `removed` items from `first` on by `inserted` items of unspecified value. */
#define array_splice(array, first, removed, inserted)                                              \
    ((array)->items = array_move((array)->items, &(array)->count, &(array)->capacity, (first),     \
                                 (removed), (inserted), sizeof(*(array)->items)))

/* Empties it and keeps the storage. */
#define array_reset(array) ((array)->count = 0)

/* Frees the storage and leaves an empty array. */
#define array_finish(array)                                                                        \
    (free((array)->items), (array)->items = NULL, (array)->count = 0, (array)->capacity = 0)

/* The last item of an array that is not empty. */
#define array_last(array) (&(array)->items[(array)->count - 1])

/* What the macros call. */
void *array_grow(void *items, uint32_t *capacity, uint32_t more, size_t size);
void *array_move(void *items, uint32_t *count, uint32_t *capacity, uint32_t first, uint32_t removed,
                 uint32_t inserted, size_t size);

#endif
