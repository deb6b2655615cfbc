#include "protocol/lsp/decode.h"

/* Basic structures */

static bool decode_coordinate(JsonReader reader, uint32_t *out)
{
    int64_t value;
    if (jr_kind(reader) == JR_INTEGER && jr_int64(reader, &value) && value > UINT32_MAX) {
        *out = UINT32_MAX;
        return true;
    }
    return jr_uint32(reader, out);
}

bool decode_position(JsonReader reader, Position *out)
{
    Position position;
    if (!decode_coordinate(jr_field(reader, "line"), &position.line) ||
        !decode_coordinate(jr_field(reader, "character"), &position.character)) {
        return false;
    }
    *out = position;
    return true;
}

bool decode_range(JsonReader reader, Range *out)
{
    Range range;
    if (!decode_position(jr_field(reader, "start"), &range.start) ||
        !decode_position(jr_field(reader, "end"), &range.end)) {
        return false;
    }
    *out = range;
    return true;
}

/* Text documents */

bool decode_text_document_uri(JsonReader params, Str *out)
{
    return jr_string(jr_field(jr_field(params, "textDocument"), "uri"), out);
}

bool decode_did_open(JsonReader params, TextDocumentItem *out)
{
    JsonReader document = jr_field(params, "textDocument");
    TextDocumentItem item;
    if (!jr_string(jr_field(document, "uri"), &item.uri) ||
        !jr_string(jr_field(document, "languageId"), &item.languageId) ||
        !jr_int64(jr_field(document, "version"), &item.version) ||
        !jr_string(jr_field(document, "text"), &item.text)) {
        return false;
    }
    *out = item;
    return true;
}

bool decode_did_change(JsonReader params, DidChangeTextDocumentParams *out)
{
    JsonReader document = jr_field(params, "textDocument");
    DidChangeTextDocumentParams change = {0}; /* before LSP 3.16 the version may be null */
    if (!jr_string(jr_field(document, "uri"), &change.textDocument.uri) ||
        !jr_optional_int64(jr_field(document, "version"), &change.textDocument.version) ||
        !jr_array(jr_field(params, "contentChanges"), &change.contentChanges)) {
        return false;
    }
    *out = change;
    return true;
}

bool decode_content_change(JsonReader reader, TextDocumentContentChangeEvent *out)
{
    JsonReader range = jr_field(reader, "range");
    TextDocumentContentChangeEvent change = {.whole = jr_missing(range)};
    if (!jr_string(jr_field(reader, "text"), &change.text) ||
        (!change.whole && !decode_range(range, &change.range))) {
        return false;
    }
    *out = change;
    return true;
}

bool decode_document_diagnostic(JsonReader params, DocumentDiagnosticParams *out)
{
    DocumentDiagnosticParams pull = {0};
    if (!decode_text_document_uri(params, &pull.uri) ||
        !jr_optional_string(jr_field(params, "previousResultId"), &pull.previousResultId)) {
        return false;
    }
    *out = pull;
    return true;
}

/* Initialize */

/* The list is in the client's order of preference. */
static PositionEncoding preferred_encoding(JsonReader capabilities)
{
    JsonReader list = jr_field(jr_field(capabilities, "general"), "positionEncodings");
    PositionEncoding encoding = POSITION_UTF16;
    for (size_t i = 0; i < jr_count(list); i++) {
        if (position_encoding_of(jr_string_or(jr_item(list, i), (Str){0}), &encoding)) {
            break;
        }
    }
    return encoding;
}

static bool has_number(JsonReader array, uint32_t number)
{
    for (size_t i = 0; i < jr_count(array); i++) {
        if (jr_uint32_or(jr_item(array, i), UINT32_MAX) == number) {
            return true;
        }
    }
    return false;
}

static bool has(JsonReader object, const char *key)
{
    return jr_is_true(jr_field(object, key));
}

static bool has_kind(JsonReader fold, const char *kind)
{
    JsonReader kinds = jr_field(jr_field(fold, "foldingRangeKind"), "valueSet");
    bool found = jr_kind(kinds) != JR_ARRAY;
    for (size_t i = 0; i < jr_count(kinds); i++) {
        found |= str_equal(jr_string_or(jr_item(kinds, i), (Str){0}), str_of(kind));
    }
    return found;
}

/* What push and pull have in common; a client that says it of one alone means both. */
static void decode_diagnostics(JsonReader reader, ClientCapabilities *out)
{
    enum { UNNECESSARY = 1 };
    JsonReader tags = jr_field(jr_field(reader, "tagSupport"), "valueSet");
    out->relatedInformation |= has(reader, "relatedInformation");
    out->codeDescriptionSupport |= has(reader, "codeDescriptionSupport");
    out->tagUnnecessary |= has_number(tags, UNNECESSARY);
}

static void decode_text_document(JsonReader reader, ClientCapabilities *out)
{
    JsonReader symbol = jr_field(reader, "documentSymbol");
    JsonReader fold = jr_field(reader, "foldingRange");
    JsonReader push = jr_field(reader, "publishDiagnostics");
    JsonReader pull = jr_field(reader, "diagnostic");

    out->hierarchicalDocumentSymbolSupport = has(symbol, "hierarchicalDocumentSymbolSupport");
    out->lineFoldingOnly = has(fold, "lineFoldingOnly");
    out->collapsedText = has(jr_field(fold, "foldingRange"), "collapsedText");
    out->foldingRangeKind = jr_kind(jr_field(jr_field(fold, "foldingRangeKind"), "valueSet")) ==
                            JR_ARRAY;
    out->rangeLimit = jr_uint32_or(jr_field(fold, "rangeLimit"), UINT32_MAX);
    out->foldComment = has_kind(fold, "comment");
    out->foldRegion = has_kind(fold, "region");
    out->versionSupport = has(push, "versionSupport");
    out->diagnostic = jr_kind(pull) == JR_OBJECT;
    out->diagnosticDynamicRegistration = has(pull, "dynamicRegistration");
    out->relatedDocumentSupport = has(pull, "relatedDocumentSupport");
    decode_diagnostics(push, out);
    decode_diagnostics(pull, out);
}

static ClientCapabilities decode_capabilities(JsonReader reader)
{
    JsonReader workspace = jr_field(reader, "workspace");
    JsonReader configuration = jr_field(workspace, "didChangeConfiguration");
    ClientCapabilities out = {
        .positionEncoding = preferred_encoding(reader),
        .diagnosticsRefreshSupport = has(jr_field(workspace, "diagnostics"), "refreshSupport"),
        .configuration = has(workspace, "configuration"),
        .didChangeConfigurationRegistration = has(configuration, "dynamicRegistration"),
        .didChangeWatchedFilesRegistration = has(jr_field(workspace, "didChangeWatchedFiles"),
                                                 "dynamicRegistration"),
        .workDoneProgress = has(jr_field(reader, "window"), "workDoneProgress"),
    };
    decode_text_document(jr_field(reader, "textDocument"), &out);
    return out;
}

static bool trace_of(Str name, TraceValue *out)
{
    static const Str names[] = {STR_INIT("off"), STR_INIT("messages"), STR_INIT("verbose")};
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        if (str_equal(name, names[i])) {
            *out = (TraceValue)i;
            return true;
        }
    }
    return false;
}

bool decode_initialize(JsonReader params, InitializeParams *out)
{
    JsonReader client = jr_field(params, "clientInfo");
    InitializeParams in = {
        .clientName = jr_string_or(jr_field(client, "name"), (Str){0}),
        .clientVersion = jr_string_or(jr_field(client, "version"), (Str){0}),
        .workspaceFolders = jr_field(params, "workspaceFolders"),
        .initializationOptions = jr_field(params, "initializationOptions"),
        .capabilities = decode_capabilities(jr_field(params, "capabilities")),
    };
    if (!jr_object(params, &params) ||
        !jr_optional_int64(jr_field(params, "processId"), &in.processId) ||
        !jr_optional_string(jr_field(params, "rootUri"), &in.rootUri) ||
        !jr_optional_string(jr_field(params, "rootPath"), &in.rootPath)) {
        return false;
    }
    trace_of(jr_string_or(jr_field(params, "trace"), (Str){0}), &in.trace);
    *out = in;
    return true;
}

bool decode_workspace_folder(JsonReader reader, WorkspaceFolder *out)
{
    WorkspaceFolder folder = {.name = jr_string_or(jr_field(reader, "name"), (Str){0})};
    if (!jr_string(jr_field(reader, "uri"), &folder.uri)) {
        return false;
    }
    *out = folder;
    return true;
}

/* The rest */

bool decode_set_trace(JsonReader params, TraceValue *out)
{
    JsonReader value = jr_field(params, "value");
    Str name;
    return jr_string(value, &name) &&
           (trace_of(name, out) || jr_fail(value, "\"off\", \"messages\" or \"verbose\""));
}

bool decode_cancel(JsonReader params, RpcId *out)
{
    return rpc_decode_id(jr_field(params, "id"), out);
}
