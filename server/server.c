#include "server/server.h"

#include <stdarg.h>
#include <stdio.h>

#include "protocol/lsp/encode.h"
#include "protocol/rpc.h"

/* What is longer than this is cut: it quotes the client's own words. */
enum { MESSAGE_SIZE = 1024 };

void server_init(Server *server, const Host *host)
{
    *server = (Server){.host = host};
}

void server_finish(Server *server)
{
    documents_finish(&server->documents);
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
