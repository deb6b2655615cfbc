/*
 * parent: notices that the process which started us has gone.
 *
 * On Linux by a descriptor of the process, which costs nothing while it lives; elsewhere by asking
 * once a second. A process that is not alive when the watch begins (it is in another container, or
 * on another machine) is not watched.
 */
#ifndef SERVER_OS_PARENT_H
#define SERVER_OS_PARENT_H

#include <uv.h>

#include <stdbool.h>
#include <stdint.h>

typedef enum {
    PARENT_UNWATCHED,
    PARENT_POLLED, /* by its descriptor */
    PARENT_ASKED,  /* by a timer */
} ParentWay;

typedef struct {
    union {
        uv_handle_t handle;
        uv_poll_t poll;
        uv_timer_t timer;
    } as;
    ParentWay way;
    int descriptor;           /* PARENT_POLLED: owned */
    uv_pid_t pid;             /* the process */
    void (*gone)(void *self); /* told once */
    void *self;
} Parent;

/* Watches `pid` until parent_close. A second call is ignored. */
void parent_watch(Parent *parent, uv_loop_t *loop, int64_t pid, void (*gone)(void *), void *self);
void parent_close(Parent *parent);

#endif
