/*
 * types: the structures of LSP 3.17 that galley speaks, spelled as the specification spells them,
 * with the members that are read or written. lsp/decode reads them, lsp/encode writes them.
 *
 * Text is borrowed: from the message that was read, or from whoever writes.
 */
#ifndef PROTOCOL_LSP_TYPES_H
#define PROTOCOL_LSP_TYPES_H

#include "protocol/lsp/initialize.h"

/* Basic structures */

typedef struct {
    uint32_t line;      /* from 0 */
    uint32_t character; /* from 0, in units of the position encoding */
} Position;

typedef struct {
    Position start;
    Position end; /* exclusive */
} Range;

typedef struct {
    Str uri;
    Range range;
} Location;

/* Text documents */

typedef struct {
    Str uri;
    Str languageId;
    int64_t version;
    Str text;
} TextDocumentItem;

typedef struct {
    Str uri;
    int64_t version;
} VersionedTextDocumentIdentifier;

typedef struct {
    bool whole;  /* there is no range: text is the document's */
    Range range; /* what text replaces */
    Str text;
} TextDocumentContentChangeEvent;

typedef struct {
    VersionedTextDocumentIdentifier textDocument;
    JsonReader contentChanges; /* an array; each is read by decode_content_change */
} DidChangeTextDocumentParams;

/* Diagnostics */

typedef enum {
    DIAGNOSTIC_ERROR = 1,
    DIAGNOSTIC_WARNING = 2,
    DIAGNOSTIC_INFORMATION = 3,
    DIAGNOSTIC_HINT = 4,
} DiagnosticSeverity;

typedef struct {
    Range range;
    DiagnosticSeverity severity;
    Str code;
    Str codeDescription; /* its href; empty for none */
    Str source;
    Str message;
    bool unnecessary; /* tags: [Unnecessary] */
} Diagnostic;

typedef struct {
    Location location;
    Str message;
} DiagnosticRelatedInformation;

typedef struct {
    Str uri;
    Str previousResultId; /* empty where there is none */
} DocumentDiagnosticParams;

/* Symbols and folds */

enum { SYMBOL_KIND_STRING = 15 };

typedef struct {
    Str name;
    Str detail; /* empty for none; DocumentSymbol only */
    uint32_t kind;
    Range range;
    Range selectionRange; /* inside range; DocumentSymbol only */
} DocumentSymbol;

typedef struct {
    uint32_t startLine, startCharacter;
    uint32_t endLine, endCharacter;
    bool characters;   /* write startCharacter and endCharacter: not where lineFoldingOnly */
    Str kind;          /* "comment", "imports", "region"; empty for none */
    Str collapsedText; /* empty for none */
} FoldingRange;

/* Window */

typedef enum {
    MESSAGE_ERROR = 1,
    MESSAGE_WARNING = 2,
    MESSAGE_INFO = 3,
    MESSAGE_LOG = 4,
} MessageType;

#endif
