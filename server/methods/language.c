/* language: what editors ask about one document (LSP 3.17, "Language Features"). */
#include "protocol/lsp/encode.h"
#include "server/features/features.h"
#include "server/methods/methods.h"
#include "server/ranges.h"

/* documentSymbol */

static DocumentSymbol symbol_struct(Ranges *ranges, const Symbol *symbol)
{
    return (DocumentSymbol){
        .name = symbol->name,
        .detail = symbol->detail,
        .kind = SYMBOL_KIND_STRING,
        .range = ranges_range(ranges, symbol->range),
        .selectionRange = ranges_range(ranges, symbol->selection),
    };
}

static uint32_t close_symbol(Symbols symbols, uint32_t open, JsonWriter *result)
{
    encode_document_symbol_end(result);
    return symbols.items[open].parent;
}

/* Parents come before children, so that a symbol is closed when the next one is not inside it. */
static void write_tree(Symbols symbols, Ranges *ranges, JsonWriter *result)
{
    uint32_t open = SYMBOL_ROOT;
    for (uint32_t i = 0; i < symbols.count; i++) {
        while (open != symbols.items[i].parent) {
            open = close_symbol(symbols, open, result);
        }
        DocumentSymbol symbol = symbol_struct(ranges, &symbols.items[i]);
        encode_document_symbol_begin(result, &symbol);
        open = i;
    }
    while (open != SYMBOL_ROOT) {
        open = close_symbol(symbols, open, result);
    }
}

static void write_list(Symbols symbols, Ranges *ranges, Str uri, JsonWriter *result)
{
    for (uint32_t i = 0; i < symbols.count; i++) {
        const Symbol *item = &symbols.items[i];
        Str container = item->parent == SYMBOL_ROOT ? (Str){0} : symbols.items[item->parent].name;
        DocumentSymbol symbol = symbol_struct(ranges, item);
        encode_symbol_information(result, &symbol, uri, container);
    }
}

LspStatus on_document_symbol(Server *server, JsonReader params, JsonWriter *result)
{
    OpenDocument *document = method_document(server, params);
    if (document == NULL) {
        return LSP_INVALID_PARAMS;
    }
    const Article *article = documents_article(document);
    jw_begin_array(result);
    if (article != NULL) {
        Symbols symbols = symbols_of(article, &server->scratch);
        Ranges ranges = ranges_of(article->document, server->client.positionEncoding);
        if (server->client.hierarchicalDocumentSymbolSupport) {
            write_tree(symbols, &ranges, result);
        } else {
            write_list(symbols, &ranges, document->uri, result);
        }
    }
    jw_end_array(result);
    return LSP_OK;
}

/* foldingRange */

/* A client that names the kinds it knows is not sent others. */
static Str fold_kind(const ClientCapabilities *client, FoldKind kind)
{
    bool comment = kind == FOLD_COMMENT;
    bool known = comment ? client->foldComment : client->foldRegion;
    return !known ? (Str){0} : comment ? STR("comment") : STR("region");
}

static void write_fold(const ClientCapabilities *client, const Fold *fold, JsonWriter *result)
{
    FoldingRange range = {
        .startLine = fold->start_line,
        .endLine = fold->end_line,
        .kind = fold_kind(client, fold->kind),
        .collapsedText = client->collapsedText ? fold->collapsed_text : (Str){0},
    };
    encode_folding_range(result, &range);
}

LspStatus on_folding_range(Server *server, JsonReader params, JsonWriter *result)
{
    OpenDocument *document = method_document(server, params);
    if (document == NULL) {
        return LSP_INVALID_PARAMS;
    }
    const ClientCapabilities *client = &server->client;
    const Article *article = documents_article(document);
    jw_begin_array(result);
    if (article != NULL) {
        Folds folds = folds_of(article, client->rangeLimit, &server->scratch);
        for (uint32_t i = 0; i < folds.count; i++) {
            write_fold(client, &folds.items[i], result);
        }
    }
    jw_end_array(result);
    return LSP_OK;
}
