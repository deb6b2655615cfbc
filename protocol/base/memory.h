/*
 * memory: the one place where running out of memory ends the process. Sizes that a client controls
 * are limited before they come here, so that this happens only where the machine has no more.
 */
#ifndef PROTOCOL_BASE_MEMORY_H
#define PROTOCOL_BASE_MEMORY_H

#include <stddef.h>

/* As malloc, calloc and realloc, but never NULL. Given back by free(). */
void *memory_new(size_t size);
void *memory_new_zeroed(size_t count, size_t size);
void *memory_resize(void *memory, size_t size);

#endif
