/* diagnostics: findings, pushed or pulled (LSP 3.17, "Publish Diagnostics", "Pull Diagnostics"). */
#include "protocol/limits.h"
#include "protocol/lsp/decode.h"
#include "protocol/lsp/encode.h"
#include "server/methods/methods.h"
#include "server/ranges.h"

static const Str source = STR_INIT("galley");

/* Writes findings of one document. */
typedef struct {
    const ClientCapabilities *client;
    const Host *host;
    Str uri;
    Ranges ranges;
    Ranges related; /* apart: they lie elsewhere */
    JsonWriter *writer;
} FindingWriter;

static void write_related(FindingWriter *to, const Finding *finding)
{
    encode_related_begin(to->writer);
    for (uint32_t i = 0; i < finding->related_count; i++) {
        const Related *related = &finding->related[i];
        Range range = ranges_range(&to->related, related->place);
        encode_related(to->writer, &(DiagnosticRelatedInformation){
                                       {to->uri, range},
                                       related->message
        });
    }
    encode_related_end(to->writer);
}

static void write_finding(FindingWriter *to, const Finding *finding)
{
    Diagnostic diagnostic = {
        .range = ranges_range(&to->ranges, finding->place),
        .severity = (DiagnosticSeverity)finding->severity,
        .code = str_of(finding->rule->code),
        .source = source,
        .message = finding->message,
    };
    if (to->client->codeDescriptionSupport) {
        diagnostic.codeDescription = to->host->page(to->host->self, diagnostic.code);
    }
    encode_diagnostic_begin(to->writer, &diagnostic);
    if (finding->related_count > 0 && to->client->relatedInformation) {
        write_related(to, finding);
    }
    encode_diagnostic_end(to->writer);
}

/* In place of this finding and all after it. */
static void write_rest(FindingWriter *to, const Finding *first)
{
    Diagnostic diagnostic = {
        .range = ranges_range(&to->ranges, first->place),
        .severity = DIAGNOSTIC_INFORMATION,
        .source = source,
        .message = STR("more findings from here on"),
    };
    encode_diagnostic_begin(to->writer, &diagnostic);
    encode_diagnostic_end(to->writer);
}

static void write_findings(Server *server, OpenDocument *document, JsonWriter *writer)
{
    const Article *article = documents_article(document);
    if (article == NULL) {
        return;
    }
    Ranges ranges = ranges_of(article->document, server->client.positionEncoding);
    FindingWriter to = {&server->client, server->host, document->uri, ranges, ranges, writer};
    Findings findings = report_first_findings(&article->report, article->document,
                                              &article->outline, LIMIT_DIAGNOSTICS + 1,
                                              &server->scratch);
    bool all = findings.count <= LIMIT_DIAGNOSTICS;
    uint32_t count = all ? findings.count : LIMIT_DIAGNOSTICS - 1;
    for (uint32_t i = 0; i < count; i++) {
        write_finding(&to, &findings.items[i]);
    }
    if (!all) {
        write_rest(&to, &findings.items[count]);
    }
}

/* Push */

static void publish(Server *server, OpenDocument *document)
{
    JsonWriter *params = server_begin(server, STR("textDocument/publishDiagnostics"));
    encode_publish_begin(params, document->uri, &document->version);
    write_findings(server, document, params);
    encode_publish_end(params);
    server_send(server);
    arena_reset(&server->scratch);
    document->shown = document->state == DOCUMENT_LIVE;
}

void diagnostics_publish_changed(Server *server)
{
    bool pushed = !server_is_pulled(server);
    const Host *host = server->host;
    for (OpenDocument *document; !host->congested(host->self);) {
        document = documents_take_changed(&server->documents);
        if (document == NULL) {
            break;
        }
        bool says = document->state == DOCUMENT_LIVE && !document->settings;
        if (pushed && (says || document->shown)) {
            publish(server, document);
        }
    }
}

void diagnostics_clear(Server *server, OpenDocument *document)
{
    if (document->shown) {
        documents_drop(&server->documents, document, DOCUMENT_LOST);
        publish(server, document);
    }
}

/* Pull */

/* The id of a set of findings is what it says: equal ids are equal sets, also after a restart. */
static Str result_id(Arena *arena, Str items)
{
    return arena_printf(arena, "%016llx", (unsigned long long)str_hash(items));
}

LspStatus on_diagnostic(Server *server, JsonReader params, JsonWriter *result)
{
    DocumentDiagnosticParams pull;
    OpenDocument *document = method_document(server, params);
    if (document == NULL || !decode_document_diagnostic(params, &pull)) {
        return LSP_INVALID_PARAMS;
    }
    JsonMark mark = jw_mark(result);
    encode_full_report_begin(result);
    size_t start = result->out.length;
    write_findings(server, document, result);

    Str id = result_id(&server->scratch, str_after(buf_str(&result->out), start));
    if (str_equal(id, pull.previousResultId)) {
        jw_rewind(result, mark);
        encode_unchanged_report(result, id);
    } else {
        encode_full_report_end(result, id);
    }
    return LSP_OK;
}
