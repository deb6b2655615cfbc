/*
 * methods: the one table of what the server understands. A row says what a method is called, who
 * handles it, when it is allowed, and what the client is told about it: dispatch, the checks of the
 * life cycle and the advertised capabilities all read the same row.
 *
 * Handlers are thin and lie in files by chapter of the specification: params are decoded, a feature
 * is asked, its result is encoded.
 */
#ifndef SERVER_METHODS_METHODS_H
#define SERVER_METHODS_METHODS_H

#include "protocol/json_read.h"
#include "protocol/rpc.h"
#include "server/server.h"

/* How a handler ends: well, or with the error to reply. Of wrong params the reader knows which. */
typedef enum {
    LSP_OK = 0,
    LSP_INVALID_PARAMS = RPC_INVALID_PARAMS,
} LspStatus;

/* `result` stands before the value to write, and is NULL for a notification. What was written
 * before an error is forgotten. A handler never sees the id and never replies. */
typedef LspStatus MethodHandler(Server *server, JsonReader params, JsonWriter *result);

/* The life of a session, and sets of its phases. */
typedef enum {
    PHASE_NEW = 1 << 0,     /* before initialize */
    PHASE_RUNNING = 1 << 1, /* until shutdown */
    PHASE_SHUT = 1 << 2,    /* until exit */
    PHASE_ENDED = 1 << 3,
    PHASE_ANY = PHASE_NEW | PHASE_RUNNING | PHASE_SHUT,
} Phase;

typedef enum {
    METHOD_REQUEST,
    METHOD_NOTIFICATION,
} MethodKind;

typedef struct {
    Str name; /* on the wire */
    MethodKind kind;
    MethodHandler *handle;
    uint8_t phases;         /* in which it is allowed */
    Phase next;             /* the phase after it went well; 0: the same */
    const char *capability; /* what the reply to initialize calls it; NULL: it does not say it */
    void (*advertise)(const Server *server, JsonWriter *value); /* writes the capability's value;
                                                                   NULL: true */
    bool (*offered)(const Server *server); /* whether it is, to this client; NULL: always */
} Method;

/* Of the dispatcher */

/* NULL where nobody handles it. */
const Method *method_find(Str name);

/* Writes the members of ServerCapabilities into an object. */
void methods_advertise(const Server *server, JsonWriter *object);

/* Handlers: lifecycle.c */

MethodHandler on_initialize, on_shutdown, on_set_trace;

/* Accepts what asks for nothing. */
MethodHandler on_nothing;

/* sync.c */

MethodHandler on_did_open, on_did_change, on_did_save, on_did_close;

/* diagnostics.c */

MethodHandler on_diagnostic;

/* Where diagnostics are pushed: publishes those of the documents that have changed, as long as the
 * client takes them. */
void diagnostics_publish_changed(Server *server);

/* Takes back what was published of a document. */
void diagnostics_clear(Server *server, OpenDocument *document);

/* language.c */

MethodHandler on_document_symbol, on_folding_range;

/* workspace.c */

MethodHandler on_initialized, on_did_change_configuration, on_did_change_watched_files;

/* Takes what initialize says of the workspace and of the editor's settings. */
void workspace_begin(Server *server, const InitializeParams *initialize);

/* What applies to a document that has just been opened. */
void workspace_configure(Server *server, OpenDocument *document);

/* A file, or the buffer of one, is another than it was. */
void workspace_file_changed(Server *server, Str path);

/* Where the configuration has changed: reads it again, and all that is open follows. Tells the client
 * the mistakes of files that were read meanwhile. */
void workspace_follow(Server *server);

/* Of several */

/* The open document that `params.textDocument.uri` names. NULL, and a failure kept, where none is.
 */
OpenDocument *method_document(Server *server, JsonReader params);

#endif
