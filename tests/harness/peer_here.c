#include "protocol/base/array.h"
#include "protocol/base/memory.h"
#include "server/session.h"
#include "tests/harness/peer.h"

typedef struct {
    Peer peer; /* first, so that a Peer is one of these */
    Session *session;
    Array(Buf) sent; /* by the session */
    uint32_t next;   /* the first that was not taken */
    bool stopped;
} Here;

/* The host of the session */

static void host_send(void *self, Buf taken)
{
    *array_add(&((Here *)self)->sent) = taken;
}

static bool host_congested(void *self)
{
    (void)self;
    return false;
}

static void host_watch_parent(void *self, int64_t pid)
{
    (void)self;
    (void)pid;
}

static void host_shrink(void *self)
{
    (void)self;
}

/* There is one page; a server that is started finds its own. */
static Str host_page(void *self, Str code)
{
    (void)self;
    return str_equal(code, STR("repeated-heading"))
               ? STR("file:///source/tests/rules/repeated-heading.md")
               : (Str){0};
}

static const char *host_read(void *self, Str path, Buf *text)
{
    (void)self;
    (void)path;
    (void)text;
    return "";
}

static bool host_exists(void *self, Str path)
{
    (void)self;
    (void)path;
    return false;
}

static void host_watch(void *self, Str folder)
{
    (void)self;
    (void)folder;
}

static void host_stop(void *self)
{
    ((Here *)self)->stopped = true;
}

/* The peer of the test */

static bool here_send(Peer *peer, Str bytes)
{
    session_feed(((Here *)peer)->session, bytes);
    return true;
}

static void here_close(Peer *peer)
{
    ((Here *)peer)->stopped = true;
}

static bool here_next(Peer *peer, JsonDocument *message, Str *body)
{
    Here *here = (Here *)peer;
    if (here->next == here->sent.count) {
        return false;
    }
    Buf reason = {0};
    Str text = buf_str(&here->sent.items[here->next++]);
    *body = str_after(text, str_find(text, STR("\r\n\r\n")) + 4);
    json_document_finish(message);
    bool good = json_document_parse(*body, message, &reason);
    buf_finish(&reason);
    return good;
}

static bool here_ended(Peer *peer, int *code)
{
    Here *here = (Here *)peer;
    *code = session_exit_code(here->session);
    return here->stopped;
}

static void here_free(Peer *peer)
{
    Here *here = (Here *)peer;
    session_free(here->session);
    for (uint32_t i = 0; i < here->sent.count; i++) {
        buf_finish(&here->sent.items[i]);
    }
    array_finish(&here->sent);
    free(here);
}

Peer *peer_here(void)
{
    Here *here = memory_new_zeroed(1, sizeof(*here));
    here->peer = (Peer){
        .send = here_send,
        .close = here_close,
        .next = here_next,
        .ended = here_ended,
        .free = here_free,
    };
    here->session = session_new((Host){
        .self = here,
        .send = host_send,
        .congested = host_congested,
        .watch_parent = host_watch_parent,
        .shrink = host_shrink,
        .read = host_read,
        .exists = host_exists,
        .watch = host_watch,
        .page = host_page,
        .stop = host_stop,
    });
    return &here->peer;
}
