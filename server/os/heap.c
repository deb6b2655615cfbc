#include "server/os/heap.h"

#include <stddef.h> /* tells whether the library is glibc */

#ifdef __GLIBC__
#include <malloc.h>

/* Left alone, glibc raises the threshold with each large block that is freed, up to 32 MB, and
 * keeps blocks below it. */
enum { LARGE_BLOCK = 1 << 20 };

void heap_configure(void)
{
    mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
    mallopt(M_TRIM_THRESHOLD, LARGE_BLOCK);
    mallopt(M_ARENA_MAX, 1);
}

void heap_serve_threads(uint32_t count)
{
    mallopt(M_ARENA_MAX, count > 1 ? (int)count + 1 : 1);
}

void heap_trim(void)
{
    malloc_trim(0);
}

#else

void heap_configure(void)
{
}

void heap_serve_threads(uint32_t count)
{
    (void)count;
}

void heap_trim(void)
{
}

#endif
