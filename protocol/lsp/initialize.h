/*
 * initialize: what a client says of itself, once, when it starts the server (LSP 3.17, "Initialize
 * Request"): a flat record of the capabilities that galley asks about. A part of lsp/types.
 */
#ifndef PROTOCOL_LSP_INITIALIZE_H
#define PROTOCOL_LSP_INITIALIZE_H

#include "protocol/json_read.h"
#include "protocol/position.h"

typedef enum {
    TRACE_OFF,
    TRACE_MESSAGES,
    TRACE_VERBOSE,
} TraceValue;

/* What the client can do; what it does not say, it cannot. */
typedef struct {
    PositionEncoding positionEncoding;      /* the first of its list that is known, or utf-16 */
    bool hierarchicalDocumentSymbolSupport; /* textDocument.documentSymbol */
    bool lineFoldingOnly;                   /* textDocument.foldingRange */
    bool collapsedText;                     /* textDocument.foldingRange.foldingRange */
    bool foldingRangeKind;                  /* …valueSet: it copes with any kind of fold */
    uint32_t rangeLimit;                    /* textDocument.foldingRange; UINT32_MAX for none */
    bool foldComment, foldRegion;       /* …foldingRangeKind: those it knows; all by default */
    bool relatedInformation;            /* of diagnostics, pushed or pulled */
    bool tagUnnecessary;                /* …tagSupport.valueSet has it */
    bool codeDescriptionSupport;        /* of diagnostics */
    bool versionSupport;                /* textDocument.publishDiagnostics */
    bool diagnostic;                    /* textDocument.diagnostic: it can pull */
    bool diagnosticDynamicRegistration; /* textDocument.diagnostic.dynamicRegistration */
    bool relatedDocumentSupport;        /* textDocument.diagnostic */
    bool diagnosticsRefreshSupport;     /* workspace.diagnostics.refreshSupport */
    bool configuration;                 /* workspace.configuration */
    bool didChangeConfigurationRegistration; /* workspace.didChangeConfiguration */
    bool
        didChangeWatchedFilesRegistration; /* workspace.didChangeWatchedFiles.dynamicRegistration */
    bool workDoneProgress;                 /* window.workDoneProgress */
} ClientCapabilities;

typedef struct {
    int64_t processId;           /* of the parent; 0 where it has none or does not say */
    Str clientName;              /* clientInfo.name; empty where it does not say */
    Str clientVersion;           /* clientInfo.version; likewise */
    Str rootUri;                 /* empty where there is none */
    Str rootPath;                /* likewise; older than rootUri and used only without it */
    JsonReader workspaceFolders; /* an array, or missing; each is read by decode_workspace_folder */
    JsonReader initializationOptions;
    TraceValue trace;
    ClientCapabilities capabilities;
} InitializeParams;

typedef struct {
    Str uri;
    Str name;
} WorkspaceFolder;

#endif
