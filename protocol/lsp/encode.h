/*
 * encode: the structs of lsp/types as JSON. What has many parts is streamed, item by item, so that
 * nobody has to build an array of structs first: a `_begin` leaves a place for its items open, its
 * `_end` closes it.
 */
#ifndef PROTOCOL_LSP_ENCODE_H
#define PROTOCOL_LSP_ENCODE_H

#include "protocol/json_write.h"
#include "protocol/lsp/types.h"

void encode_position(JsonWriter *writer, Position position);
void encode_range(JsonWriter *writer, Range range);
void encode_location(JsonWriter *writer, Location location);

/* Diagnostics */

/* One diagnostic; between begin and end the items of its relatedInformation, if it has any:
 *
 *     encode_diagnostic_begin(writer, &diagnostic);
 *     encode_related_begin(writer);
 *     encode_related(writer, &information);
 *     encode_related_end(writer);
 *     encode_diagnostic_end(writer);
 */
void encode_diagnostic_begin(JsonWriter *writer, const Diagnostic *diagnostic);
void encode_related_begin(JsonWriter *writer);
void encode_related(JsonWriter *writer, const DiagnosticRelatedInformation *related);
void encode_related_end(JsonWriter *writer);
void encode_diagnostic_end(JsonWriter *writer);

/* PublishDiagnosticsParams around diagnostics; `version` may be NULL. */
void encode_publish_begin(JsonWriter *writer, Str uri, const int64_t *version);
void encode_publish_end(JsonWriter *writer);

/* A full DocumentDiagnosticReport around diagnostics; the id may be made from what was written. */
void encode_full_report_begin(JsonWriter *writer);
void encode_full_report_end(JsonWriter *writer, Str result_id);

void encode_unchanged_report(JsonWriter *writer, Str result_id);

/* Symbols and folds */

/* A DocumentSymbol; between begin and end its children. */
void encode_document_symbol_begin(JsonWriter *writer, const DocumentSymbol *symbol);
void encode_document_symbol_end(JsonWriter *writer);

/* The same as a SymbolInformation, for clients without hierarchy; `container` may be empty. */
void encode_symbol_information(JsonWriter *writer, const DocumentSymbol *symbol, Str uri,
                               Str container);

void encode_folding_range(JsonWriter *writer, const FoldingRange *fold);

/* Workspace */

/* The params of workspace/configuration: one section. */
void encode_configuration_params(JsonWriter *writer, Str section);

/* The params of client/registerCapability around registrations: of didChangeConfiguration for a section,
 * of didChangeWatchedFiles for a glob. */
void encode_registrations_begin(JsonWriter *writer);
void encode_configuration_registration(JsonWriter *writer, Str section);
void encode_watch_registration(JsonWriter *writer, Str glob);
void encode_registrations_end(JsonWriter *writer);

/* Window and trace */

/* The params of window/showMessage and window/logMessage. */
void encode_message(JsonWriter *writer, MessageType type, Str text);

/* The params of $/logTrace; `verbose` may be empty. */
void encode_log_trace(JsonWriter *writer, Str message, Str verbose);

#endif
