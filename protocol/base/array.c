#include "protocol/base/array.h"

#include "protocol/base/memory.h"

#include <string.h>

#ifdef STRESS
/* Every addition moves the items, until there are so many that this alone would take minutes. */
enum { STRESS_ITEMS = 4096 };
#endif

void *array_grow(void *items, uint32_t *capacity, uint32_t more, size_t size)
{
    uint32_t half = *capacity / 2 < 8 ? 8 : *capacity / 2;
#ifdef STRESS
    half = *capacity < STRESS_ITEMS ? 0 : half;
#endif
    *capacity += more > half ? more : half;
    return memory_resize(items, (size_t)*capacity * size);
}

void *array_move(void *items, uint32_t *count, uint32_t *capacity, uint32_t first, uint32_t removed,
                 uint32_t inserted, size_t size)
{
    uint32_t tail = *count - first - removed;
    uint32_t needed = first + inserted + tail;
    if (needed > *capacity) {
        items = array_grow(items, capacity, needed - *capacity, size);
    }
    if (tail > 0 && removed != inserted) {
        char *bytes = items;
        memmove(bytes + (size_t)(first + inserted) * size, bytes + (size_t)(first + removed) * size,
                (size_t)tail * size);
    }
    *count = needed;
    return items;
}
