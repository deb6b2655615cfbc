/* lsp: the language server, on standard input and output. */
#include "server/cli/command.h"
#include "server/cli/pages.h"
#include "server/config/config.h"
#include "server/os/files.h"
#include "server/os/heap.h"
#include "server/os/loop.h"
#include "server/session.h"

/* The loop hosts the session and is its host; each needs the other. */
typedef struct {
    Loop *loop;
    Session *session;
    Pages pages;
} Process;

static void receive(void *self, Str bytes)
{
    session_feed(((Process *)self)->session, bytes);
}

static void drain(void *self)
{
    session_run(((Process *)self)->session);
}

static void send(void *self, Buf taken)
{
    loop_write(((Process *)self)->loop, taken);
}

static bool congested(void *self)
{
    return loop_congested(((Process *)self)->loop);
}

static void watch_parent(void *self, int64_t pid)
{
    loop_watch_parent(((Process *)self)->loop, pid);
}

static void shrink(void *self)
{
    (void)self;
    heap_trim();
}

static Str page(void *self, Str code)
{
    return pages_uri(&((Process *)self)->pages, code);
}

static const char *read_file(void *self, Str path, Buf *text)
{
    (void)self;
    return files_read_regular(path.data, CONFIG_BYTES_LIMIT, text);
}

static bool exists(void *self, Str path)
{
    (void)self;
    return files_exist(path.data);
}

static void watch(void *self, Str folder)
{
    loop_watch_folder(((Process *)self)->loop, folder);
}

static void changed(void *self, Str path)
{
    session_file_changed(((Process *)self)->session, path);
}

static void stop(void *self)
{
    loop_stop(((Process *)self)->loop);
}

static int run(const Invocation *invocation)
{
    (void)invocation;
    Process process = {0};
    pages_init(&process.pages);
    process.session = session_new((Host){
        .self = &process,
        .send = send,
        .congested = congested,
        .watch_parent = watch_parent,
        .shrink = shrink,
        .page = page,
        .read = read_file,
        .exists = exists,
        .watch = watch,
        .stop = stop,
    });
    process.loop = loop_new(
        (LoopClient){.self = &process, .receive = receive, .drain = drain, .changed = changed});
    loop_run(process.loop);
    int code = session_exit_code(process.session);
    loop_free(process.loop);
    session_free(process.session);
    pages_finish(&process.pages);
    return code;
}

static const Option options[] = {
    {.name = "--stdio", .summary = "what it does anyway; editors say so"},
    {0                },
};

const Command command_lsp = {
    .name = "lsp",
    .synonyms = "server --stdio",
    .options = options,
    .summary = "the language server, for editors",
    .exits = {"the client has shut it down", "it ended without being shut down", "wrong usage"},
    .run = run,
};
