/*
 * pool: jobs done by several threads at once and handed back in the order in which they were given.
 *
 * Threads are libuv's. Work runs on any of them and must touch nothing but its job and what never
 * changes; everything else happens on the thread that made the pool. A pool of one thread starts
 * none: a job is done, and handed back, before pool_submit returns.
 *
 * How much is under way is bounded: whoever gives jobs stops while the pool is full. The jobs are
 * the client's, who gets each back once.
 */
#ifndef SERVER_OS_POOL_H
#define SERVER_OS_POOL_H

#include "protocol/base/str.h"

typedef struct Pool Pool;

typedef struct {
    void *self;
    void (*work)(void *self, void *job);    /* on any thread */
    void (*deliver)(void *self, void *job); /* on the pool's own, in the order of submission */
    void (*receive)(void *self, Str bytes); /* of standard input, by pool_read; borrowed */
} PoolClient;

/* How many threads the machine can run at once; at least 1. */
uint32_t pool_processors(void);

/* Lifetime */

/* Once a process, before anything else that makes libuv start threads. */
Pool *pool_new(uint32_t threads, PoolClient client);

/* What is under way is waited for and not delivered. */
void pool_free(Pool *pool);

/* Changers */

void pool_submit(Pool *pool, void *job);

/* Returns when there is room for another job. */
void pool_wait_for_room(Pool *pool);

/* Returns when every job has been delivered. */
void pool_wait_for_all(Pool *pool);

/* Reads standard input to its end, or to pool_stop, and waits for all. While the pool is full nothing
 * is read. */
void pool_read(Pool *pool);

/* Nothing more is read. */
void pool_stop(Pool *pool);

#endif
