#include "protocol/lsp/encode.h"

/* A member that is left out where it is empty. */
static void optional_string(JsonWriter *writer, const char *key, Str text)
{
    if (text.length > 0) {
        jw_string_field(writer, key, text);
    }
}

static void range_field(JsonWriter *writer, const char *key, Range range)
{
    jw_key(writer, key);
    encode_range(writer, range);
}

void encode_position(JsonWriter *writer, Position position)
{
    jw_begin_object(writer);
    jw_uint_field(writer, "line", position.line);
    jw_uint_field(writer, "character", position.character);
    jw_end_object(writer);
}

void encode_range(JsonWriter *writer, Range range)
{
    jw_begin_object(writer);
    jw_key(writer, "start");
    encode_position(writer, range.start);
    jw_key(writer, "end");
    encode_position(writer, range.end);
    jw_end_object(writer);
}

void encode_location(JsonWriter *writer, Location location)
{
    jw_begin_object(writer);
    jw_string_field(writer, "uri", location.uri);
    range_field(writer, "range", location.range);
    jw_end_object(writer);
}

/* Diagnostics */

void encode_diagnostic_begin(JsonWriter *writer, const Diagnostic *diagnostic)
{
    enum { UNNECESSARY = 1 };
    jw_begin_object(writer);
    range_field(writer, "range", diagnostic->range);
    jw_uint_field(writer, "severity", diagnostic->severity);
    optional_string(writer, "code", diagnostic->code);
    if (diagnostic->codeDescription.length > 0) {
        jw_key(writer, "codeDescription");
        jw_begin_object(writer);
        jw_string_field(writer, "href", diagnostic->codeDescription);
        jw_end_object(writer);
    }
    optional_string(writer, "source", diagnostic->source);
    jw_string_field(writer, "message", diagnostic->message);
    if (diagnostic->unnecessary) {
        jw_key(writer, "tags");
        jw_begin_array(writer);
        jw_uint(writer, UNNECESSARY);
        jw_end_array(writer);
    }
}

void encode_diagnostic_end(JsonWriter *writer)
{
    jw_end_object(writer);
}

void encode_related_begin(JsonWriter *writer)
{
    jw_key(writer, "relatedInformation");
    jw_begin_array(writer);
}

void encode_related(JsonWriter *writer, const DiagnosticRelatedInformation *related)
{
    jw_begin_object(writer);
    jw_key(writer, "location");
    encode_location(writer, related->location);
    jw_string_field(writer, "message", related->message);
    jw_end_object(writer);
}

void encode_related_end(JsonWriter *writer)
{
    jw_end_array(writer);
}

void encode_publish_begin(JsonWriter *writer, Str uri, const int64_t *version)
{
    jw_begin_object(writer);
    jw_string_field(writer, "uri", uri);
    if (version != NULL) {
        jw_key(writer, "version");
        jw_int(writer, *version);
    }
    jw_key(writer, "diagnostics");
    jw_begin_array(writer);
}

void encode_publish_end(JsonWriter *writer)
{
    jw_end_array(writer);
    jw_end_object(writer);
}

void encode_full_report_begin(JsonWriter *writer)
{
    jw_begin_object(writer);
    jw_string_field(writer, "kind", STR("full"));
    jw_key(writer, "items");
    jw_begin_array(writer);
}

void encode_full_report_end(JsonWriter *writer, Str result_id)
{
    jw_end_array(writer);
    jw_string_field(writer, "resultId", result_id);
    jw_end_object(writer);
}

void encode_unchanged_report(JsonWriter *writer, Str result_id)
{
    jw_begin_object(writer);
    jw_string_field(writer, "kind", STR("unchanged"));
    jw_string_field(writer, "resultId", result_id);
    jw_end_object(writer);
}

/* Symbols and folds */

void encode_document_symbol_begin(JsonWriter *writer, const DocumentSymbol *symbol)
{
    jw_begin_object(writer);
    jw_string_field(writer, "name", symbol->name);
    optional_string(writer, "detail", symbol->detail);
    jw_uint_field(writer, "kind", symbol->kind);
    range_field(writer, "range", symbol->range);
    range_field(writer, "selectionRange", symbol->selectionRange);
    jw_key(writer, "children");
    jw_begin_array(writer);
}

void encode_document_symbol_end(JsonWriter *writer)
{
    jw_end_array(writer);
    jw_end_object(writer);
}

void encode_symbol_information(JsonWriter *writer, const DocumentSymbol *symbol, Str uri,
                               Str container)
{
    jw_begin_object(writer);
    jw_string_field(writer, "name", symbol->name);
    jw_uint_field(writer, "kind", symbol->kind);
    jw_key(writer, "location");
    encode_location(writer, (Location){uri, symbol->range});
    optional_string(writer, "containerName", container);
    jw_end_object(writer);
}

void encode_folding_range(JsonWriter *writer, const FoldingRange *fold)
{
    jw_begin_object(writer);
    jw_uint_field(writer, "startLine", fold->startLine);
    if (fold->characters) {
        jw_uint_field(writer, "startCharacter", fold->startCharacter);
    }
    jw_uint_field(writer, "endLine", fold->endLine);
    if (fold->characters) {
        jw_uint_field(writer, "endCharacter", fold->endCharacter);
    }
    optional_string(writer, "kind", fold->kind);
    optional_string(writer, "collapsedText", fold->collapsedText);
    jw_end_object(writer);
}

/* Workspace */

void encode_configuration_params(JsonWriter *writer, Str section)
{
    jw_begin_object(writer);
    jw_key(writer, "items");
    jw_begin_array(writer);
    jw_begin_object(writer);
    jw_string_field(writer, "section", section);
    jw_end_object(writer);
    jw_end_array(writer);
    jw_end_object(writer);
}

void encode_registrations_begin(JsonWriter *writer)
{
    jw_begin_object(writer);
    jw_key(writer, "registrations");
    jw_begin_array(writer);
}

static void begin_registration(JsonWriter *writer, Str method)
{
    jw_begin_object(writer);
    jw_string_field(writer, "id", method);
    jw_string_field(writer, "method", method);
    jw_key(writer, "registerOptions");
    jw_begin_object(writer);
}

static void end_registration(JsonWriter *writer)
{
    jw_end_object(writer);
    jw_end_object(writer);
}

void encode_configuration_registration(JsonWriter *writer, Str section)
{
    begin_registration(writer, STR("workspace/didChangeConfiguration"));
    jw_string_field(writer, "section", section);
    end_registration(writer);
}

void encode_watch_registration(JsonWriter *writer, Str glob)
{
    begin_registration(writer, STR("workspace/didChangeWatchedFiles"));
    jw_key(writer, "watchers");
    jw_begin_array(writer);
    jw_begin_object(writer);
    jw_string_field(writer, "globPattern", glob);
    jw_end_object(writer);
    jw_end_array(writer);
    end_registration(writer);
}

void encode_registrations_end(JsonWriter *writer)
{
    jw_end_array(writer);
    jw_end_object(writer);
}

/* Window and trace */

void encode_message(JsonWriter *writer, MessageType type, Str text)
{
    jw_begin_object(writer);
    jw_uint_field(writer, "type", type);
    jw_string_field(writer, "message", text);
    jw_end_object(writer);
}

void encode_log_trace(JsonWriter *writer, Str message, Str verbose)
{
    jw_begin_object(writer);
    jw_string_field(writer, "message", message);
    optional_string(writer, "verbose", verbose);
    jw_end_object(writer);
}
