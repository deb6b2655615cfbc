#include "server/session.h"

#include "protocol/base/memory.h"
#include "protocol/frame.h"
#include "protocol/json_skim.h"
#include "protocol/limits.h"
#include "protocol/lsp/decode.h"
#include "protocol/lsp/encode.h"
#include "server/methods/methods.h"

/* A message longer than this leaves a hole behind that is worth closing. */
enum { LARGE_MESSAGE = 1 << 20 };

typedef struct {
    RpcMessage message; /* owned */
    bool cancelled;     /* a request: nobody waits for the answer */
    bool skimmed;       /* it was too long to be kept */
} Waiting;

struct Session {
    Host host;
    Server server;
    Phase phase;
    bool shut;          /* shutdown was answered */
    bool grown;         /* a large message has come since the host last shrank */
    FrameReader frames; /* what has come and is no message yet */
    JsonSkim skim;      /* a message too long to be kept, so far */
    Array(Waiting) queue;
    uint32_t next;     /* the first of the queue that was not handled */
    JsonWriter writer; /* for replies */
};

/* Lifetime */

Session *session_new(Host host)
{
    Session *session = memory_new_zeroed(1, sizeof(*session));
    session->host = host;
    session->phase = PHASE_NEW;
    server_init(&session->server, &session->host);
    frame_reader_init(&session->frames, LIMIT_BODY_BYTES);
    return session;
}

void session_free(Session *session)
{
    if (session == NULL) {
        return;
    }
    for (uint32_t i = session->next; i < session->queue.count; i++) {
        rpc_message_finish(&session->queue.items[i].message);
    }
    array_finish(&session->queue);
    jw_finish(&session->writer);
    json_skim_finish(&session->skim);
    frame_reader_finish(&session->frames);
    server_finish(&session->server);
    free(session);
}

int session_exit_code(const Session *session)
{
    return session->shut ? 0 : 1;
}

/* Replies */

static void send_reply(Session *session)
{
    session->host.send(session->host.self, rpc_end(&session->writer));
}

static void reply_error(Session *session, RpcId id, RpcErrorCode code, Str text)
{
    JsonMark mark = rpc_begin_response(&session->writer, id);
    rpc_fail(&session->writer, mark, code, text);
    send_reply(session);
}

/* Requests: exactly one reply each */

/* Why a request may not be handled; 0 where it may. */
static RpcErrorCode refuse(const Session *session, const Waiting *waiting, const Method *method)
{
    bool allowed = method != NULL && (method->phases & session->phase) != 0;
    if (session->phase == PHASE_NEW && !allowed) {
        return RPC_SERVER_NOT_INITIALIZED;
    }
    if (session->phase == PHASE_SHUT) {
        return RPC_INVALID_REQUEST;
    }
    if (waiting->cancelled) {
        return RPC_REQUEST_CANCELLED;
    }
    if (method == NULL) {
        return RPC_METHOD_NOT_FOUND;
    }
    return allowed && method->kind == METHOD_REQUEST ? 0 : RPC_INVALID_REQUEST;
}

static Str refusal_text(const Session *session, RpcErrorCode code)
{
    switch (code) {
    case RPC_SERVER_NOT_INITIALIZED:
        return STR("the first request is initialize");
    case RPC_REQUEST_CANCELLED:
        return STR("cancelled");
    case RPC_METHOD_NOT_FOUND:
        return STR("no such method");
    default:
        return session->phase == PHASE_SHUT ? STR("after shutdown there is only exit")
                                            : STR("not a request, or not now");
    }
}

static void enter(Session *session, Phase next)
{
    if (next != 0) {
        session->phase = next;
        session->shut |= next == PHASE_SHUT;
    }
    if (next == PHASE_ENDED) {
        session->host.stop(session->host.self);
    }
}

static void handle_request(Session *session, Waiting *waiting)
{
    RpcMessage *message = &waiting->message;
    const Method *method = method_find(message->method);
    RpcErrorCode refused = refuse(session, waiting, method);
    if (refused != 0) {
        reply_error(session, message->id, refused, refusal_text(session, refused));
        return;
    }
    JsonMark mark = rpc_begin_response(&session->writer, message->id);
    LspStatus status = method->handle(&session->server, rpc_params(message), &session->writer);
    if (status == LSP_OK) {
        enter(session, method->next);
    } else {
        Str reason = json_document_error(&message->document);
        rpc_fail(&session->writer, mark, (RpcErrorCode)status, reason);
    }
    send_reply(session);
}

/* Notifications: never a reply; one that goes wrong is one line of the client's log */

static void handle_notification(Session *session, Waiting *waiting)
{
    RpcMessage *message = &waiting->message;
    const Method *method = method_find(message->method);
    if (method == NULL || method->kind != METHOD_NOTIFICATION ||
        (method->phases & session->phase) == 0) {
        return;
    }
    LspStatus status = method->handle(&session->server, rpc_params(message), NULL);
    if (status == LSP_OK) {
        enter(session, method->next);
        return;
    }
    Str reason = json_document_error(&message->document);
    server_log(&session->server, MESSAGE_WARNING, "%.*s: %.*s", STR_ARG(method->name),
               STR_ARG(reason));
}

/* Tells a client that wants to know what was handled (LSP 3.17, "$/logTrace"). */
static void trace(Server *server, const RpcMessage *message)
{
    if (server->trace != TRACE_OFF && message->method.length > 0) {
        encode_log_trace(server_begin(server, STR("$/logTrace")), message->method, (Str){0});
        server_send(server);
    }
}

static void handle(Session *session, Waiting *waiting)
{
    session->server.skimmed = waiting->skimmed;
    switch (waiting->message.kind) {
    case RPC_REQUEST:
        handle_request(session, waiting);
        break;
    case RPC_NOTIFICATION:
        handle_notification(session, waiting);
        break;
    case RPC_INVALID:
        reply_error(session, waiting->message.id, waiting->message.code,
                    buf_str(&waiting->message.error));
        break;
    case RPC_RESPONSE:
        server_answer(&session->server, &waiting->message);
        break;
    }
    trace(&session->server, &waiting->message);
    arena_reset(&session->server.scratch);
}

/* The queue */

static void cancel(Session *session, RpcId id)
{
    for (uint32_t i = session->next; i < session->queue.count; i++) {
        Waiting *waiting = &session->queue.items[i];
        if (waiting->message.kind == RPC_REQUEST && rpc_id_equal(waiting->message.id, id)) {
            waiting->cancelled = true;
        }
    }
}

static void enqueue(Session *session, Str body, bool skimmed)
{
    Waiting *waiting = array_add(&session->queue);
    RpcMessage *message = &waiting->message;
    rpc_parse(body, message);
    waiting->skimmed = skimmed;
    session->grown |= skimmed || body.length > LARGE_MESSAGE;

    RpcId id;
    if (message->kind == RPC_NOTIFICATION && str_equal(message->method, STR("$/cancelRequest")) &&
        decode_cancel(rpc_params(message), &id)) {
        cancel(session, id);
    }
}

/* A stand-in for bytes that are no message: it gets its error reply in its turn. */
static void enqueue_bad(Session *session)
{
    Waiting *waiting = array_add(&session->queue);
    waiting->message = (RpcMessage){.kind = RPC_INVALID, .code = RPC_PARSE_ERROR};
    buf_append(&waiting->message.error, STR("these bytes are no header of a message"));
}

/* Reads what has come into the queue; true where that was all. */
static bool fill_queue(Session *session)
{
    Frame frame;
    while (session->queue.count - session->next < LIMIT_QUEUED_MESSAGES) {
        switch (frame_next(&session->frames, &frame)) {
        case FRAME_NONE:
            return true;
        case FRAME_BODY:
            enqueue(session, frame.body, false);
            break;
        case FRAME_PART:
            json_skim_feed(&session->skim, frame.body);
            break;
        case FRAME_TOO_LARGE:
            enqueue(session, json_skim_body(&session->skim), true);
            json_skim_reset(&session->skim);
            break;
        case FRAME_BAD:
            enqueue_bad(session);
            break;
        }
    }
    return false;
}

/* Handles what waits; true where that was all. */
static bool drain_queue(Session *session)
{
    while (session->next < session->queue.count && session->phase != PHASE_ENDED) {
        if (session->host.congested(session->host.self)) {
            return false;
        }
        Waiting waiting = session->queue.items[session->next++];
        handle(session, &waiting);
        rpc_message_finish(&waiting.message);
    }
    if (session->next == session->queue.count) {
        session->next = 0;
        array_reset(&session->queue);
    }
    return session->phase != PHASE_ENDED;
}

void session_run(Session *session)
{
    bool all;
    do {
        all = fill_queue(session);
        if (!drain_queue(session)) {
            return;
        }
    } while (!all);
    workspace_follow(&session->server);
    diagnostics_publish_changed(&session->server);
    if (session->grown) {
        session->grown = false;
        session->host.shrink(session->host.self);
    }
}

void session_feed(Session *session, Str bytes)
{
    frame_feed(&session->frames, bytes);
    session_run(session);
}

void session_file_changed(Session *session, Str path)
{
    workspace_file_changed(&session->server, path);
    session_run(session);
}
