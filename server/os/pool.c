#include "server/os/pool.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "protocol/base/memory.h"
#include "server/os/input.h"

/* Jobs under way for each thread: enough that none waits for the one whose turn it is. */
enum { WINDOW = 8 };

typedef struct Slot Slot;

struct Slot {
    uv_work_t request;
    Pool *pool;
    void *job;
    bool done; /* waits for its turn */
    Slot *next;
};

struct Pool {
    uv_loop_t uv;
    PoolClient client;
    Input input;        /* while pool_read runs */
    bool reading;       /* standard input has not ended */
    bool stopped;       /* pool_stop was called */
    uint32_t threads;   /* 1: the work is done by who submits it */
    uint32_t under_way; /* submitted and not delivered */
    Slot *first, *last; /* under way, in the order of submission */
};

uint32_t pool_processors(void)
{
    unsigned count = uv_available_parallelism();
    return count > 0 ? count : 1;
}

/* Work and delivery */

static bool is_full(const Pool *pool)
{
    return pool->under_way >= pool->threads * WINDOW;
}

static void deliver_first(Pool *pool)
{
    Slot *slot = pool->first;
    pool->first = slot->next;
    pool->last = pool->first == NULL ? NULL : pool->last;
    pool->under_way--;
    void *job = slot->job;
    free(slot);
    pool->client.deliver(pool->client.self, job);
}

static void on_work(uv_work_t *request)
{
    Slot *slot = request->data;
    slot->pool->client.work(slot->pool->client.self, slot->job);
}

static void on_done(uv_work_t *request, int status)
{
    (void)status;
    Slot *slot = request->data;
    Pool *pool = slot->pool;
    slot->done = true;
    while (pool->first != NULL && pool->first->done) {
        deliver_first(pool);
    }
    if (pool->reading && !pool->stopped && !is_full(pool)) {
        input_resume(&pool->input);
    }
}

void pool_submit(Pool *pool, void *job)
{
    if (pool->threads == 1) {
        pool->client.work(pool->client.self, job);
        pool->client.deliver(pool->client.self, job);
        return;
    }
    Slot *slot = memory_new_zeroed(1, sizeof(*slot));
    *slot = (Slot){.pool = pool, .job = job};
    slot->request.data = slot;
    *(pool->last == NULL ? &pool->first : &pool->last->next) = slot;
    pool->last = slot;
    pool->under_way++;
    uv_queue_work(&pool->uv, &slot->request, on_work, on_done);
}

void pool_wait_for_room(Pool *pool)
{
    while (is_full(pool)) {
        uv_run(&pool->uv, UV_RUN_ONCE);
    }
}

void pool_wait_for_all(Pool *pool)
{
    while (pool->under_way > 0) {
        uv_run(&pool->uv, UV_RUN_ONCE);
    }
}

/* Reading */

static void on_receive(void *self, Str bytes)
{
    Pool *pool = self;
    pool->client.receive(pool->client.self, bytes);
    if (is_full(pool)) {
        input_pause(&pool->input);
    }
}

static void on_end(void *self)
{
    Pool *pool = self;
    pool->reading = false;
    input_close(&pool->input);
}

void pool_read(Pool *pool)
{
    pool->reading = true;
    input_open(&pool->input, &pool->uv, STDIN_FILENO,
               (InputEvents){.self = pool, .receive = on_receive, .end = on_end});
    uv_run(&pool->uv, UV_RUN_DEFAULT);
    input_finish(&pool->input);
}

void pool_stop(Pool *pool)
{
    pool->stopped = true;
    if (pool->reading) {
        on_end(pool);
    }
}

/* Lifetime */

Pool *pool_new(uint32_t threads, PoolClient client)
{
    Pool *pool = memory_new_zeroed(1, sizeof(*pool));
    pool->client = client;
    pool->threads = threads;
    char count[16];
    snprintf(count, sizeof(count), "%u", threads);
    setenv("UV_THREADPOOL_SIZE", count, 1);
    uv_loop_init(&pool->uv);
    return pool;
}

static void drop(void *self, void *job)
{
    (void)self;
    (void)job;
}

void pool_free(Pool *pool)
{
    if (pool == NULL) {
        return;
    }
    pool->client.deliver = drop;
    pool_wait_for_all(pool);
    uv_loop_close(&pool->uv);
    free(pool);
}
