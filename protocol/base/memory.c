#include "protocol/base/memory.h"

#include <stdlib.h>

static void *or_abort(void *memory)
{
    if (memory == NULL) {
        abort();
    }
    return memory;
}

void *memory_new(size_t size)
{
    return or_abort(malloc(size == 0 ? 1 : size));
}

void *memory_new_zeroed(size_t count, size_t size)
{
    return or_abort(calloc(count == 0 ? 1 : count, size == 0 ? 1 : size));
}

void *memory_resize(void *memory, size_t size)
{
    return or_abort(realloc(memory, size == 0 ? 1 : size));
}
