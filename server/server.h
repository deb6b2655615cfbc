/*
 * server: the state that the handlers of methods share: what the client can do and has open.
 *
 * The state of the protocol (phases, queue, replies) is the session's alone. A handler neither
 * replies nor sends: what a server says unasked goes through the functions here.
 */
#ifndef SERVER_SERVER_H
#define SERVER_SERVER_H

#include "protocol/json_write.h"
#include "protocol/rpc.h"
#include "server/config/config.h"
#include "server/documents.h"
#include "server/host.h"

/* What is done with the result of a request to the client. */
typedef struct Server Server;
typedef void ServerAnswer(Server *server, JsonReader result);

typedef struct {
    int64_t id;
    ServerAnswer *handle; /* NULL: nothing */
} Asked;

/* The configurations of what is open (methods/workspace.c). */
typedef struct {
    Configs configs;
    Buf root;      /* the folder of the workspace; empty: there is none */
    Buf editor;    /* the editor's settings, as JSON */
    bool settings; /* and they are others than the configs know */
    bool stale;    /* files have changed since they were read */
    uint32_t told; /* of how many files the client knows the mistakes */
    Map shown;     /* paths of files whose mistakes the client shows */
    Map watched;   /* folders that the host watches */
} Workspace;

struct Server {
    const Host *host;          /* borrowed */
    ClientCapabilities client; /* as initialize told them */
    TraceValue trace;          /* what the client wants to be told about messages */
    Documents documents;
    Workspace workspace;
    Array(Asked) asked; /* of the client, and not answered yet */
    int64_t last_id;    /* of what it was asked */
    JsonWriter unasked; /* for messages that are no replies */
    Arena scratch;      /* for one message; whoever handles the next one resets it */
    bool skimmed; /* the message at hand was too long to be kept: long strings and arrays in it
                     are empty */
};

/* Lifetime */

void server_init(Server *server, const Host *host);
void server_finish(Server *server);

/* Telling the client */

/* Sends window/showMessage, for the user, or window/logMessage, for the log. */
void server_show(Server *server, MessageType type, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void server_log(Server *server, MessageType type, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Begins a notification of another method and returns the writer, which stands before the value of
 * its params; sends it. */
JsonWriter *server_begin(Server *server, Str method);
void server_send(Server *server);

/* Asking the client */

/* As server_begin, for a request; `handle` may be NULL. Of more than LIMIT_ASKED the oldest is given up.
 */
JsonWriter *server_ask(Server *server, Str method, ServerAnswer *handle);

/* Takes what the client has answered; what was not asked, or went wrong, is dropped. */
void server_answer(Server *server, RpcMessage *message);

/* Queries */

/* Whether the client asks for diagnostics; if not, they are pushed. Never both. Who can ask but
 * cannot be told to ask again would miss what changes without an edit. */
static inline bool server_is_pulled(const Server *server)
{
    return server->client.diagnostic && server->client.diagnosticsRefreshSupport;
}

#endif
