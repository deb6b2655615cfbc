#include "server/methods/methods.h"

#include "protocol/lsp/decode.h"

static void write_encoding(const Server *server, JsonWriter *value)
{
    jw_string(value, position_encoding_name(server->client.positionEncoding));
}

static void write_sync(const Server *server, JsonWriter *value)
{
    enum { INCREMENTAL = 2 };
    (void)server;
    jw_begin_object(value);
    jw_bool_field(value, "openClose", true);
    jw_uint_field(value, "change", INCREMENTAL);
    jw_key(value, "save");
    jw_begin_object(value);
    jw_bool_field(value, "includeText", false);
    jw_end_object(value);
    jw_end_object(value);
}

static void write_diagnostic_provider(const Server *server, JsonWriter *value)
{
    (void)server;
    jw_begin_object(value);
    jw_string_field(value, "identifier", STR("galley"));
    jw_bool_field(value, "interFileDependencies", false);
    jw_bool_field(value, "workspaceDiagnostics", false);
    jw_end_object(value);
}

#define REQUEST(wire, handler)                                                                     \
    .name = STR_INIT(wire), .kind = METHOD_REQUEST, .handle = handler, .phases = PHASE_RUNNING
#define NOTIFICATION(wire, handler)                                                                \
    .name = STR_INIT(wire), .kind = METHOD_NOTIFICATION, .handle = handler, .phases = PHASE_RUNNING

/* $/cancelRequest has done its work when it was received, long before its turn. */
static const Method methods[] = {
    {.name = STR_INIT("initialize"),
     .kind = METHOD_REQUEST,
     .handle = on_initialize,
     .phases = PHASE_NEW,
     .next = PHASE_RUNNING,
     .capability = "positionEncoding",
     .advertise = write_encoding},
    {NOTIFICATION("initialized",                          on_initialized)                                                                                         },
    {REQUEST("shutdown",                     on_shutdown),                                                      .next = PHASE_SHUT                                                                                                                                                                        },
    {.name = STR_INIT("exit"),
     .kind = METHOD_NOTIFICATION,
     .handle = on_nothing,
     .phases = PHASE_ANY,
     .next = PHASE_ENDED},
    {NOTIFICATION("workspace/didChangeConfiguration",                    on_did_change_configuration)                                                                                                     },
    {NOTIFICATION("workspace/didChangeWatchedFiles",                                              on_did_change_watched_files)                                                                        },
    {NOTIFICATION("$/cancelRequest", on_nothing)},
    {NOTIFICATION("$/setTrace",                                   on_set_trace)                                                                                                           },
    {NOTIFICATION("textDocument/didOpen",                                              on_did_open),.capability = "textDocumentSync",
     .advertise = write_sync},
    {NOTIFICATION("textDocument/didChange",                        on_did_change)                                                                                                },
    {NOTIFICATION("textDocument/didSave",                                              on_did_save)},
    {NOTIFICATION("textDocument/didClose",           on_did_close)                                                            },
    {REQUEST("textDocument/diagnostic",                                on_diagnostic),                                        .capability = "diagnosticProvider",
     .advertise = write_diagnostic_provider, .offered = server_is_pulled},
    {REQUEST("textDocument/documentSymbol",                                              on_document_symbol),
     .capability = "documentSymbolProvider"                                                                                                 },
    {REQUEST("textDocument/foldingRange",                                              on_folding_range),                                                                                     .capability = "foldingRangeProvider"},
};

#undef REQUEST
#undef NOTIFICATION

enum { METHOD_COUNT = sizeof(methods) / sizeof(*methods) };

const Method *method_find(Str name)
{
    for (size_t i = 0; i < METHOD_COUNT; i++) {
        if (str_equal(methods[i].name, name)) {
            return &methods[i];
        }
    }
    return NULL;
}

void methods_advertise(const Server *server, JsonWriter *object)
{
    for (size_t i = 0; i < METHOD_COUNT; i++) {
        const Method *method = &methods[i];
        if (method->capability == NULL || (method->offered != NULL && !method->offered(server))) {
            continue;
        }
        jw_key(object, method->capability);
        if (method->advertise != NULL) {
            method->advertise(server, object);
        } else {
            jw_bool(object, true);
        }
    }
}

OpenDocument *method_document(Server *server, JsonReader params)
{
    Str uri;
    if (!decode_text_document_uri(params, &uri)) {
        return NULL;
    }
    OpenDocument *document = documents_find(&server->documents, uri);
    if (document == NULL) {
        jr_fail(jr_field(jr_field(params, "textDocument"), "uri"), "an open document");
    }
    return document;
}
