/* sync: the client's documents, edit by edit (LSP 3.17, "Document Synchronization"). */
#include "protocol/limits.h"
#include "protocol/lsp/decode.h"
#include "server/methods/methods.h"

/* How much of a URI a message quotes, in bytes. */
enum { URI_SHOWN = 500 };

/* What leaves a hole behind that is worth closing, in bytes. */
enum { LARGE_DOCUMENT = 1 << 20 };

/* Told once, when the document becomes so. */
static void tell_too_large(Server *server, const OpenDocument *document)
{
    server_show(server, MESSAGE_WARNING, "%.*s is larger than %d MB: galley does not read it",
                STR_ARG(str_before(document->uri, URI_SHOWN)), LIMIT_DOCUMENT_BYTES >> 20);
}

LspStatus on_did_open(Server *server, JsonReader params, JsonWriter *result)
{
    (void)result;
    TextDocumentItem item;
    if (!decode_did_open(params, &item)) {
        return LSP_INVALID_PARAMS;
    }
    OpenDocument *document = documents_open(&server->documents, &item);
    if (document == NULL) {
        server_log(server, MESSAGE_WARNING, "more than %d documents are open: %.*s is left out",
                   LIMIT_OPEN_DOCUMENTS, STR_ARG(str_before(item.uri, URI_SHOWN)));
        return LSP_OK;
    }
    if (server->skimmed) {
        documents_drop(&server->documents, document, DOCUMENT_TOO_LARGE);
    }
    workspace_configure(server, document);
    if (document->state == DOCUMENT_TOO_LARGE) {
        tell_too_large(server, document);
    }
    return LSP_OK;
}

static bool apply_changes(Server *server, OpenDocument *document, JsonReader params)
{
    DidChangeTextDocumentParams change;
    if (!decode_did_change(params, &change)) {
        return false;
    }
    document->version = change.textDocument.version;
    size_t count = jr_count(change.contentChanges);
    for (size_t i = 0; i < count; i++) {
        TextDocumentContentChangeEvent event;
        if (!decode_content_change(jr_item(change.contentChanges, i), &event)) {
            return false;
        }
        documents_edit(&server->documents, document, &event, server->client.positionEncoding);
    }
    return true;
}

/* Edits were lost for good: what follows would be applied to the wrong text. */
static void lose(Server *server, OpenDocument *document, JsonReader params)
{
    DocumentState before = document->state;
    documents_drop(&server->documents, document, DOCUMENT_LOST);
    if (document->state == DOCUMENT_LOST && before != DOCUMENT_LOST) {
        server_log(server, MESSAGE_WARNING, "%.*s is out of sync until it comes whole: %.*s",
                   STR_ARG(str_before(document->uri, URI_SHOWN)),
                   STR_ARG(json_document_error(params.document)));
    }
}

LspStatus on_did_change(Server *server, JsonReader params, JsonWriter *result)
{
    (void)result;
    OpenDocument *document = method_document(server, params);
    if (document == NULL) {
        return LSP_INVALID_PARAMS;
    }
    DocumentState before = document->state;
    if (!apply_changes(server, document, params)) {
        lose(server, document, params);
    } else if (server->skimmed) {
        documents_drop(&server->documents, document, DOCUMENT_TOO_LARGE);
    }
    if (document->state == DOCUMENT_TOO_LARGE && before != DOCUMENT_TOO_LARGE) {
        tell_too_large(server, document);
    }
    server->workspace.stale |= document->settings;
    return LSP_OK;
}

LspStatus on_did_save(Server *server, JsonReader params, JsonWriter *result)
{
    (void)result;
    return method_document(server, params) != NULL ? LSP_OK : LSP_INVALID_PARAMS;
}

LspStatus on_did_close(Server *server, JsonReader params, JsonWriter *result)
{
    (void)result;
    OpenDocument *document = method_document(server, params);
    if (document == NULL) {
        return LSP_INVALID_PARAMS;
    }
    bool large = document->article != NULL &&
                 document_length(document->article->document) > LARGE_DOCUMENT;
    server->workspace.stale |= document->settings; /* the file's text counts again */
    diagnostics_clear(server, document);
    documents_close(&server->documents, document);
    if (large) {
        server->host->shrink(server->host->self);
    }
    return LSP_OK;
}
