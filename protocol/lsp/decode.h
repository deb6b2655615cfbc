/*
 * decode: params of LSP 3.17 into the structs of lsp/types. False where something is missing or of
 * another type; the document of the reader then knows what and where, and `out` is untouched.
 */
#ifndef PROTOCOL_LSP_DECODE_H
#define PROTOCOL_LSP_DECODE_H

#include "protocol/lsp/types.h"
#include "protocol/rpc.h"

/* A number past UINT32_MAX is UINT32_MAX: clients mean "the end" by it. */
bool decode_position(JsonReader reader, Position *out);
bool decode_range(JsonReader reader, Range *out);

/* The params of a method about one document, such as didClose: `textDocument.uri`. */
bool decode_text_document_uri(JsonReader params, Str *out);

bool decode_did_open(JsonReader params, TextDocumentItem *out);
bool decode_did_change(JsonReader params, DidChangeTextDocumentParams *out);
bool decode_content_change(JsonReader reader, TextDocumentContentChangeEvent *out);
bool decode_document_diagnostic(JsonReader params, DocumentDiagnosticParams *out);

/* Lenient in all but processId, rootUri and rootPath: what has a wrong type is absent. */
bool decode_initialize(JsonReader params, InitializeParams *out);
bool decode_workspace_folder(JsonReader reader, WorkspaceFolder *out);

bool decode_set_trace(JsonReader params, TraceValue *out);
bool decode_cancel(JsonReader params, RpcId *out);

#endif
