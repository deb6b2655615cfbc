/*
 * server: the state that the handlers of methods share: what the client can do and has open.
 *
 * The state of the protocol (phases, queue, replies) is the session's alone. A handler neither
 * replies nor sends: what a server says unasked goes through the functions here.
 */
#ifndef SERVER_SERVER_H
#define SERVER_SERVER_H

#include "protocol/json_write.h"
#include "server/documents.h"
#include "server/host.h"

typedef struct {
    const Host *host;          /* borrowed */
    ClientCapabilities client; /* as initialize told them */
    TraceValue trace;          /* what the client wants to be told about messages */
    Documents documents;
    JsonWriter unasked; /* for messages that are no replies */
    Arena scratch;      /* for one message; whoever handles the next one resets it */
    bool skimmed; /* the message at hand was too long to be kept: long strings and arrays in it
                     are empty */
} Server;

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

/* Queries */

/* Whether the client asks for diagnostics; if not, they are pushed. Never both. Who can ask but
 * cannot be told to ask again would miss what changes without an edit. */
static inline bool server_is_pulled(const Server *server)
{
    return server->client.diagnostic && server->client.diagnosticsRefreshSupport;
}

#endif
