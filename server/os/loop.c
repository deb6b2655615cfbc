#include "server/os/loop.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "protocol/base/memory.h"
#include "protocol/limits.h"
#include "server/os/output.h"
#include "server/os/parent.h"
#include "server/os/watch.h"

/* How long the last messages may wait for a reader, in milliseconds. */
enum { GRACE = 2000 };

struct Loop {
    uv_loop_t uv;
    LoopClient client;
    Input input;
    Output output;
    Parent parent;
    Watch watch;
    uv_signal_t interrupt, terminate;
    uv_timer_t grace; /* runs only between the end and the last byte */
    bool stopping;    /* no more input is taken */
    bool congested;   /* between too much in flight and the next drain */
};

/* The end */

static void close_all(Loop *loop)
{
    output_close(&loop->output);
    parent_close(&loop->parent);
    watch_close(&loop->watch);
    uv_handle_t *handles[] = {(uv_handle_t *)&loop->interrupt, (uv_handle_t *)&loop->terminate,
                              (uv_handle_t *)&loop->grace};
    for (size_t i = 0; i < sizeof(handles) / sizeof(*handles); i++) {
        if (!uv_is_closing(handles[i])) {
            uv_close(handles[i], NULL);
        }
    }
}

static void on_grace(uv_timer_t *timer)
{
    close_all(timer->data);
}

void loop_stop(Loop *loop)
{
    if (loop->stopping) {
        return;
    }
    loop->stopping = true;
    input_close(&loop->input);
    if (loop->output.in_flight == 0 || loop->output.broken) {
        close_all(loop);
    } else {
        uv_timer_start(&loop->grace, on_grace, GRACE, 0);
    }
}

static void on_end(void *self)
{
    loop_stop(self);
}

static void on_fail(void *self)
{
    Loop *loop = self;
    loop_stop(loop);
    close_all(loop);
}

static void on_signal(uv_signal_t *signal, int number)
{
    (void)number;
    loop_stop(signal->data);
}

/* Bytes in, bytes out */

static void on_receive(void *self, Str bytes)
{
    Loop *loop = self;
    loop->client.receive(loop->client.self, bytes);
}

static void on_drain(void *self)
{
    Loop *loop = self;
    if (loop->stopping) {
        close_all(loop);
        return;
    }
    if (loop->congested) {
        loop->congested = false;
        loop->client.drain(loop->client.self);
        if (!loop->congested) {
            input_resume(&loop->input);
        }
    }
}

void loop_write(Loop *loop, Buf taken)
{
    output_write(&loop->output, taken);
    if (loop->output.in_flight > LIMIT_IN_FLIGHT_BYTES && !loop->congested) {
        loop->congested = true;
        input_pause(&loop->input);
    }
}

bool loop_congested(const Loop *loop)
{
    return loop->congested;
}

void loop_watch_parent(Loop *loop, int64_t pid)
{
    if (!loop->stopping) {
        parent_watch(&loop->parent, &loop->uv, pid, on_end, loop);
    }
}

void loop_watch_folder(Loop *loop, Str folder)
{
    if (!loop->stopping) {
        watch_folder(&loop->watch, folder);
    }
}

static void on_changed(void *self, Str path)
{
    Loop *loop = self;
    if (!loop->stopping) {
        loop->client.changed(loop->client.self, path);
    }
}

/* Lifetime */

/* Standard output under a number of its own; what goes to the usual one is lost. */
static uv_file take_stdout(void)
{
    int own = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (own >= 0 && nowhere >= 0) {
        dup2(nowhere, STDOUT_FILENO);
    }
    if (nowhere > STDERR_FILENO) {
        close(nowhere);
    }
    return own >= 0 ? own : STDOUT_FILENO;
}

static void open_signal(Loop *loop, uv_signal_t *signal, int number)
{
    uv_signal_init(&loop->uv, signal);
    signal->data = loop;
    uv_signal_start(signal, on_signal, number);
}

Loop *loop_new(LoopClient client)
{
    Loop *loop = memory_new_zeroed(1, sizeof(*loop));
    loop->client = client;
    uv_loop_init(&loop->uv);
    signal(SIGPIPE, SIG_IGN);
    open_signal(loop, &loop->interrupt, SIGINT);
    open_signal(loop, &loop->terminate, SIGTERM);
    loop->watch = (Watch){.loop = &loop->uv, .changed = on_changed, .self = loop};
    uv_timer_init(&loop->uv, &loop->grace);
    loop->grace.data = loop;
    output_open(&loop->output, &loop->uv, take_stdout(),
                (OutputEvents){.self = loop, .drain = on_drain, .fail = on_fail});
    input_open(&loop->input, &loop->uv, STDIN_FILENO,
               (InputEvents){.self = loop, .receive = on_receive, .end = on_end});
    return loop;
}

void loop_run(Loop *loop)
{
    uv_run(&loop->uv, UV_RUN_DEFAULT);
}

void loop_free(Loop *loop)
{
    if (loop == NULL) {
        return;
    }
    loop_stop(loop);
    close_all(loop);
    uv_run(&loop->uv, UV_RUN_DEFAULT);
    uv_loop_close(&loop->uv);
    input_finish(&loop->input);
    watch_finish(&loop->watch);
    free(loop);
}
