#include "server/os/parent.h"

#include <limits.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    PERIOD = 1000 /* milliseconds */
};

/* A process that we may not signal is alive. */
static bool alive(uv_pid_t pid)
{
    return uv_kill(pid, 0) != UV_ESRCH;
}

static int open_descriptor(uv_pid_t pid)
{
#ifdef SYS_pidfd_open
    return (int)syscall(SYS_pidfd_open, pid, 0);
#else
    (void)pid;
    return -1;
#endif
}

static void gone(Parent *parent)
{
    parent_close(parent);
    parent->gone(parent->self);
}

/* A process' descriptor is readable once it has ended. */
static void on_poll(uv_poll_t *poll, int status, int events)
{
    (void)status;
    (void)events;
    gone(poll->data);
}

static void on_timer(uv_timer_t *timer)
{
    Parent *parent = timer->data;
    if (!alive(parent->pid)) {
        gone(parent);
    }
}

static bool poll_descriptor(Parent *parent, uv_loop_t *loop)
{
    parent->descriptor = open_descriptor(parent->pid);
    if (parent->descriptor < 0) {
        return false;
    }
    if (uv_poll_init(loop, &parent->as.poll, parent->descriptor) != 0) {
        close(parent->descriptor);
        return false;
    }
    parent->way = PARENT_POLLED;
    parent->as.handle.data = parent;
    uv_poll_start(&parent->as.poll, UV_READABLE, on_poll);
    return true;
}

void parent_watch(Parent *parent, uv_loop_t *loop, int64_t pid, void (*gone_event)(void *),
                  void *self)
{
    if (parent->way != PARENT_UNWATCHED || pid <= 0 || pid > INT_MAX || !alive((uv_pid_t)pid)) {
        return;
    }
    parent->pid = (uv_pid_t)pid;
    parent->gone = gone_event;
    parent->self = self;
    if (!poll_descriptor(parent, loop)) {
        parent->way = PARENT_ASKED;
        uv_timer_init(loop, &parent->as.timer);
        parent->as.handle.data = parent;
        uv_timer_start(&parent->as.timer, on_timer, PERIOD, PERIOD);
    }
}

void parent_close(Parent *parent)
{
    if (parent->way == PARENT_UNWATCHED || uv_is_closing(&parent->as.handle)) {
        return;
    }
    uv_close(&parent->as.handle, NULL);
    if (parent->way == PARENT_POLLED) {
        close(parent->descriptor);
    }
}
