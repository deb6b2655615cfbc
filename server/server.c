#include "server/server.h"

#include <stdarg.h>
#include <stdio.h>

#include "protocol/limits.h"
#include "protocol/lsp/encode.h"

/* What is longer than this is cut: it quotes the client's own words. */
enum { MESSAGE_SIZE = 1024 };

void server_init(Server *server, const Host *host)
{
    *server = (Server){.host = host};
}

void server_finish(Server *server)
{
    documents_finish(&server->documents);
    configs_finish(&server->workspace.configs);
    buf_finish(&server->workspace.root);
    buf_finish(&server->workspace.editor);
    map_finish(&server->workspace.shown);
    map_finish(&server->workspace.watched);
    array_finish(&server->asked);
    jw_finish(&server->unasked);
    arena_finish(&server->scratch);
}

JsonWriter *server_begin(Server *server, Str method)
{
    rpc_begin_notification(&server->unasked, method);
    return &server->unasked;
}

void server_send(Server *server)
{
    server->host->send(server->host->self, rpc_end(&server->unasked));
}

JsonWriter *server_ask(Server *server, Str method, ServerAnswer *handle)
{
    if (server->asked.count == LIMIT_ASKED) {
        array_splice(&server->asked, 0, 1, 0);
    }
    RpcId id = {.kind = RPC_ID_NUMBER, .number = ++server->last_id};
    *array_add(&server->asked) = (Asked){id.number, handle};
    rpc_begin_request(&server->unasked, id, method);
    return &server->unasked;
}

void server_answer(Server *server, RpcMessage *message)
{
    for (uint32_t i = 0; i < server->asked.count; i++) {
        Asked asked = server->asked.items[i];
        if (message->id.kind == RPC_ID_NUMBER && message->id.number == asked.id) {
            array_splice(&server->asked, i, 1, 0);
            JsonReader result = rpc_result(message);
            if (asked.handle != NULL && jr_kind(result) != JR_MISSING) {
                asked.handle(server, result);
            }
            return;
        }
    }
}

static void tell(Server *server, Str method, MessageType type, const char *format, va_list values)
{
    char text[MESSAGE_SIZE];
    vsnprintf(text, sizeof(text), format, values);
    encode_message(server_begin(server, method), type, str_of(text));
    server_send(server);
}

void server_show(Server *server, MessageType type, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    tell(server, STR("window/showMessage"), type, format, values);
    va_end(values);
}

void server_log(Server *server, MessageType type, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    tell(server, STR("window/logMessage"), type, format, values);
    va_end(values);
}
