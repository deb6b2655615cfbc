#include "protocol/json_skim.h"
#include "protocol/limits.h"
#include "protocol/lsp/decode.h"
#include "protocol/lsp/encode.h"
#include "tests/unit/unit.h"

#include <stdlib.h>

/* A document and the reader of its root as the params of a message. */
typedef struct {
    RpcMessage message;
    JsonReader params;
} Params;

static void params_init(Params *out, Str json)
{
    Buf body = {0};
    buf_printf(&body, "{\"method\":\"m\",\"params\":%.*s}", STR_ARG(json));
    rpc_parse(buf_str(&body), &out->message);
    assert_int_equal(out->message.kind, RPC_NOTIFICATION);
    out->params = rpc_params(&out->message);
    buf_finish(&body);
}

static void assert_failure(Params *params, Str expected)
{
    assert_str_equal(json_document_error(&params->message.document), expected);
    rpc_message_finish(&params->message);
}

static void positions_past_every_line_are_the_last(void **state)
{
    (void)state;
    Params in;
    Position position;
    params_init(&in, STR("{\"line\":4294967296,\"character\":9007199254740991}"));
    assert_true(decode_position(in.params, &position));
    assert_int_equal(position.line, UINT32_MAX);
    assert_int_equal(position.character, UINT32_MAX);
    rpc_message_finish(&in.message);
}

static void a_failure_leaves_out_untouched(void **state)
{
    (void)state;
    Params in;
    Range range = {
        {1, 2},
        {3, 4}
    };
    params_init(
        &in, STR("{\"start\":{\"line\":9,\"character\":9},\"end\":{\"line\":9,\"character\":-1}}"));
    assert_false(decode_range(in.params, &range));
    assert_int_equal(range.start.line, 1);
    assert_int_equal(range.end.character, 4);
    assert_failure(&in, STR("params.end.character: expected an unsigned integer"));
}

static void did_open_has_all_its_members(void **state)
{
    (void)state;
    Params in;
    TextDocumentItem item = {0};
    params_init(&in,
                STR("{\"textDocument\":{\"uri\":\"u\",\"languageId\":\"markdown\",\"version\":-3,"
                    "\"text\":\"a\\u0000\"}}"));
    assert_true(decode_did_open(in.params, &item));
    assert_str_equal(item.uri, STR("u"));
    assert_str_equal(item.languageId, STR("markdown"));
    assert_int_equal(item.version, -3);
    assert_str_equal(item.text, STR("a\0"));
    rpc_message_finish(&in.message);

    params_init(
        &in, STR("{\"textDocument\":{\"uri\":\"u\",\"languageId\":\"markdown\",\"version\":1}}"));
    assert_false(decode_did_open(in.params, &item));
    assert_failure(&in, STR("params.textDocument.text: expected a string"));
}

static void did_change_is_read_item_by_item(void **state)
{
    (void)state;
    Params in;
    DidChangeTextDocumentParams change;
    TextDocumentContentChangeEvent event;
    params_init(
        &in,
        STR("{\"textDocument\":{\"uri\":\"u\",\"version\":2},\"contentChanges\":["
            "{\"range\":{\"start\":{\"line\":0,\"character\":1},\"end\":{\"line\":2,"
            "\"character\":3}},\"rangeLength\":4,\"text\":\"x\"},{\"text\":\"all\"},"
            "{\"range\":{\"start\":{\"line\":0}},\"text\":\"x\"},{\"range\":null,\"text\":7}]}"));
    assert_true(decode_did_change(in.params, &change));
    assert_str_equal(change.textDocument.uri, STR("u"));
    assert_int_equal(change.textDocument.version, 2);
    assert_int_equal(jr_count(change.contentChanges), 4);
    assert_true(decode_content_change(jr_item(change.contentChanges, 0), &event));
    assert_false(event.whole);
    assert_int_equal(event.range.end.line, 2);
    assert_true(decode_content_change(jr_item(change.contentChanges, 1), &event));
    assert_true(event.whole);
    assert_str_equal(event.text, STR("all"));
    assert_false(decode_content_change(jr_item(change.contentChanges, 2), &event));
    assert_false(decode_content_change(jr_item(change.contentChanges, 3), &event));
    assert_failure(&in, STR("params.contentChanges[2].range.start.character: expected an unsigned "
                            "integer"));
}

static void did_change_needs_an_array(void **state)
{
    (void)state;
    Params in;
    DidChangeTextDocumentParams change;
    params_init(&in,
                STR("{\"textDocument\":{\"uri\":\"u\",\"version\":null},\"contentChanges\":{}}"));
    assert_false(decode_did_change(in.params, &change));
    assert_failure(&in, STR("params.contentChanges: expected an array"));
}

static void a_pull_may_name_its_last_result(void **state)
{
    (void)state;
    Params in;
    DocumentDiagnosticParams pull;
    params_init(&in, STR("{\"textDocument\":{\"uri\":\"u\"},\"previousResultId\":\"r\"}"));
    assert_true(decode_document_diagnostic(in.params, &pull));
    assert_str_equal(pull.uri, STR("u"));
    assert_str_equal(pull.previousResultId, STR("r"));
    rpc_message_finish(&in.message);
    params_init(&in, STR("{\"textDocument\":{\"uri\":\"u\"}}"));
    assert_true(decode_document_diagnostic(in.params, &pull));
    assert_int_equal(pull.previousResultId.length, 0);
    rpc_message_finish(&in.message);
}

static void initialize_reads_what_the_client_can(void **state)
{
    (void)state;
    Params in;
    InitializeParams init;
    params_init(
        &in,
        STR("{\"processId\":42,\"clientInfo\":{\"name\":\"n\",\"version\":\"1\"},"
            "\"rootUri\":\"file:///r\",\"rootPath\":\"/r\",\"trace\":\"verbose\","
            "\"workspaceFolders\":[{\"uri\":\"file:///r\",\"name\":\"r\"}],"
            "\"initializationOptions\":{\"x\":1},\"capabilities\":{"
            "\"general\":{\"positionEncodings\":[\"utf-7\",7,\"utf-32\",\"utf-8\"]},"
            "\"workspace\":{\"configuration\":true,\"diagnostics\":{\"refreshSupport\":true},"
            "\"didChangeConfiguration\":{\"dynamicRegistration\":true}},"
            "\"window\":{\"workDoneProgress\":true},\"textDocument\":{"
            "\"documentSymbol\":{\"hierarchicalDocumentSymbolSupport\":true},"
            "\"foldingRange\":{\"lineFoldingOnly\":true,\"rangeLimit\":5000,"
            "\"foldingRangeKind\":{\"valueSet\":[\"region\"]},\"foldingRange\":{\"collapsedText\":"
            "true}},"
            "\"publishDiagnostics\":{\"relatedInformation\":true,\"versionSupport\":true,"
            "\"tagSupport\":{\"valueSet\":[2,1]},\"codeDescriptionSupport\":true},"
            "\"diagnostic\":{\"dynamicRegistration\":true,\"relatedDocumentSupport\":true}}}}"));
    assert_true(decode_initialize(in.params, &init));
    assert_int_equal(init.processId, 42);
    assert_str_equal(init.clientName, STR("n"));
    assert_str_equal(init.clientVersion, STR("1"));
    assert_str_equal(init.rootUri, STR("file:///r"));
    assert_str_equal(init.rootPath, STR("/r"));
    assert_int_equal(init.trace, TRACE_VERBOSE);
    WorkspaceFolder folder;
    assert_int_equal(jr_count(init.workspaceFolders), 1);
    assert_true(decode_workspace_folder(jr_item(init.workspaceFolders, 0), &folder));
    assert_str_equal(folder.name, STR("r"));
    assert_int_equal(jr_kind(init.initializationOptions), JR_OBJECT);
    const ClientCapabilities *can = &init.capabilities;
    assert_int_equal(can->positionEncoding, POSITION_UTF32);
    assert_int_equal(can->rangeLimit, 5000);
    assert_true(can->hierarchicalDocumentSymbolSupport && can->lineFoldingOnly &&
                can->collapsedText);
    assert_true(can->foldingRangeKind);
    assert_true(can->relatedInformation && can->tagUnnecessary && can->codeDescriptionSupport);
    assert_true(can->versionSupport && can->diagnostic && can->diagnosticDynamicRegistration);
    assert_true(can->relatedDocumentSupport && can->diagnosticsRefreshSupport);
    assert_true(can->configuration && can->didChangeConfigurationRegistration);
    assert_true(can->workDoneProgress);
    rpc_message_finish(&in.message);
}

static void initialize_without_anything_is_a_plain_client(void **state)
{
    (void)state;
    const Str clients[] = {
        STR_INIT("{}"),
        STR_INIT("{\"processId\":null,\"rootUri\":null,\"rootPath\":null,\"workspaceFolders\":null,"
                 "\"clientInfo\":null,\"trace\":null,\"capabilities\":null}"),
        STR_INIT(
            "{\"capabilities\":[],\"clientInfo\":7,\"trace\":\"loud\",\"workspaceFolders\":{}}"),
        STR_INIT("{\"capabilities\":{\"general\":[],\"workspace\":7,\"window\":\"x\","
                 "\"textDocument\":[]}}"),
        STR_INIT("{\"capabilities\":{\"general\":{\"positionEncodings\":\"utf-8\"},\"workspace\":"
                 "{\"diagnostics\":{\"refreshSupport\":1}},\"textDocument\":{\"diagnostic\":true,"
                 "\"foldingRange\":{\"rangeLimit\":-1,\"lineFoldingOnly\":\"yes\"},"
                 "\"documentSymbol\":[],\"publishDiagnostics\":{\"tagSupport\":true}}}}"),
    };
    for (size_t i = 0; i < sizeof(clients) / sizeof(*clients); i++) {
        Params in;
        InitializeParams init;
        params_init(&in, clients[i]);
        assert_true(decode_initialize(in.params, &init));
        assert_int_equal(init.processId, 0);
        assert_int_equal(init.rootUri.length, 0);
        assert_int_equal(init.trace, TRACE_OFF);
        assert_int_equal(jr_count(init.workspaceFolders), 0);
        assert_int_equal(init.capabilities.positionEncoding, POSITION_UTF16);
        assert_int_equal(init.capabilities.rangeLimit, UINT32_MAX);
        assert_false(init.capabilities.diagnostic);
        assert_false(init.capabilities.diagnosticsRefreshSupport);
        assert_false(init.capabilities.lineFoldingOnly);
        assert_false(init.capabilities.tagUnnecessary);
        assert_failure(&in, STR(""));
    }
}

static void initialize_refuses_what_it_cannot_do_without(void **state)
{
    (void)state;
    Params in;
    InitializeParams init;
    params_init(&in, STR("[]"));
    assert_false(decode_initialize(in.params, &init));
    assert_failure(&in, STR("params: expected an object"));
    params_init(&in, STR("{\"rootUri\":7}"));
    assert_false(decode_initialize(in.params, &init));
    assert_failure(&in, STR("params.rootUri: expected a string"));
}

static void trace_and_cancel_are_read(void **state)
{
    (void)state;
    Params in;
    TraceValue trace;
    RpcId id;
    params_init(&in, STR("{\"value\":\"messages\",\"id\":\"x\"}"));
    assert_true(decode_set_trace(in.params, &trace) && trace == TRACE_MESSAGES);
    assert_true(decode_cancel(in.params, &id) && id.kind == RPC_ID_TEXT);
    rpc_message_finish(&in.message);
    params_init(&in, STR("{\"value\":\"loud\",\"id\":null}"));
    assert_false(decode_set_trace(in.params, &trace));
    assert_false(decode_cancel(in.params, &id));
    assert_failure(&in, STR("params.value: expected \"off\", \"messages\" or \"verbose\""));
}

/* A didOpen over the limit, skimmed: the document is still known, and its text is not there. */
static void a_skimmed_document_is_still_known(void **state)
{
    (void)state;
    Buf body = {0};
    JsonSkim skim = {0};
    buf_append(&body, STR("{\"method\":\"m\",\"params\":{\"textDocument\":{\"text\":\""));
    while (body.length < 2 * LIMIT_SKIM_STRING_BYTES) {
        buf_append(&body, STR("\\u0436\\\\\\\""));
    }
    buf_append(&body, STR("\",\"version\":4,\"languageId\":\"markdown\",\"uri\":\"u\"}}}"));
    json_skim_feed(&skim, buf_str(&body));
    RpcMessage message;
    TextDocumentItem item;
    rpc_parse(json_skim_body(&skim), &message);
    assert_true(decode_did_open(rpc_params(&message), &item));
    assert_str_equal(item.uri, STR("u"));
    assert_int_equal(item.version, 4);
    assert_int_equal(item.text.length, 0);
    rpc_message_finish(&message);
    json_skim_finish(&skim);
    buf_finish(&body);
}

/* Reads `body` as everything that it might be. Whatever comes of it, nothing is overstepped. */
static void decode_all(Str body)
{
    RpcMessage message;
    rpc_parse(body, &message);
    JsonReader params = rpc_params(&message);
    InitializeParams init;
    TextDocumentItem item;
    DidChangeTextDocumentParams change;
    TextDocumentContentChangeEvent event;
    DocumentDiagnosticParams pull;
    TraceValue trace;
    RpcId id;
    decode_initialize(params, &init);
    decode_did_open(params, &item);
    decode_document_diagnostic(params, &pull);
    decode_set_trace(params, &trace);
    decode_cancel(params, &id);
    if (decode_did_change(params, &change)) {
        for (size_t i = 0; i <= jr_count(change.contentChanges); i++) {
            decode_content_change(jr_item(change.contentChanges, i), &event);
        }
    }
    rpc_message_finish(&message);
}

static void random_messages_are_read_or_refused(void **state)
{
    (void)state;
    static const char likely[] = "{}[]\",:0-1.eu\\\xFF null";
    Str sample = STR(
        "{\"id\":1,\"method\":\"m\",\"params\":{\"textDocument\":{\"uri\":\"u\","
        "\"version\":2,\"text\":\"\\ud83d\"},\"contentChanges\":[{\"range\":{\"start\":"
        "{\"line\":0,\"character\":1},\"end\":{\"line\":2,\"character\":3}},\"text\":"
        "\"x\"}],\"capabilities\":{\"general\":{\"positionEncodings\":[\"utf-8\"]}}}}");
    Buf body = {0};
    srand(8);
    for (int round = 0; round < 20000; round++) {
        buf_reset(&body);
        buf_append(&body, sample);
        for (int i = rand() % 4; i >= 0; i--) {
            body.data[(size_t)rand() % body.length] = likely[(size_t)rand() % (sizeof(likely) - 1)];
        }
        decode_all(rand() % 8 == 0 ? str_before(buf_str(&body), (size_t)rand() % body.length)
                                   : buf_str(&body));
    }
    buf_finish(&body);
}

/* Encoding */

static void assert_written(JsonWriter *writer, Str expected)
{
    assert_int_equal(writer->depth, 0);
    assert_str_equal(buf_str(&writer->out), expected);
    jw_finish(writer);
}

#define RANGE_1234 "{\"start\":{\"line\":1,\"character\":2},\"end\":{\"line\":3,\"character\":4}}"

static const Range range_1234 = {
    {1, 2},
    {3, 4}
};

static void diagnostics_are_streamed(void **state)
{
    (void)state;
    JsonWriter writer = {0};
    const int64_t version = -1;
    const Diagnostic plain = {
        .range = range_1234, .severity = DIAGNOSTIC_HINT, .message = STR("m")};
    const Diagnostic full = {
        .range = range_1234,
        .severity = DIAGNOSTIC_ERROR,
        .code = STR("c"),
        .codeDescription = STR("h"),
        .source = STR("galley"),
        .message = STR("m"),
        .unnecessary = true,
    };
    const DiagnosticRelatedInformation related = {
        {STR("u"), range_1234},
        STR("r")
    };
    encode_publish_begin(&writer, STR("u"), &version);
    encode_diagnostic_begin(&writer, &plain);
    encode_diagnostic_end(&writer);
    encode_diagnostic_begin(&writer, &full);
    encode_related_begin(&writer);
    encode_related(&writer, &related);
    encode_related_end(&writer);
    encode_diagnostic_end(&writer);
    encode_publish_end(&writer);
    assert_written(
        &writer,
        STR("{\"uri\":\"u\",\"version\":-1,\"diagnostics\":[{\"range\":" RANGE_1234
            ",\"severity\":4,\"message\":\"m\"},{\"range\":" RANGE_1234
            ",\"severity\":1,\"code\":\"c\",\"codeDescription\":{\"href\":\"h\"},\"source\":"
            "\"galley\",\"message\":\"m\",\"tags\":[1],\"relatedInformation\":[{\"location\":"
            "{\"uri\":\"u\",\"range\":" RANGE_1234 "},\"message\":\"r\"}]}]}"));
    encode_publish_begin(&writer, STR("u"), NULL);
    encode_publish_end(&writer);
    assert_written(&writer, STR("{\"uri\":\"u\",\"diagnostics\":[]}"));
}

static void reports_are_full_or_unchanged(void **state)
{
    (void)state;
    JsonWriter writer = {0};
    encode_full_report_begin(&writer);
    encode_full_report_end(&writer, STR("7"));
    assert_written(&writer, STR("{\"kind\":\"full\",\"items\":[],\"resultId\":\"7\"}"));
    encode_unchanged_report(&writer, STR("7"));
    assert_written(&writer, STR("{\"kind\":\"unchanged\",\"resultId\":\"7\"}"));
}

static void symbols_nest_or_are_flat(void **state)
{
    (void)state;
    JsonWriter writer = {0};
    const DocumentSymbol outer = {STR("o"), STR("d"), SYMBOL_KIND_STRING, range_1234, range_1234};
    const DocumentSymbol inner = {STR("i"), STR(""), SYMBOL_KIND_STRING, range_1234, range_1234};
    encode_document_symbol_begin(&writer, &outer);
    encode_document_symbol_begin(&writer, &inner);
    encode_document_symbol_end(&writer);
    encode_document_symbol_end(&writer);
    assert_written(&writer, STR("{\"name\":\"o\",\"detail\":\"d\",\"kind\":15,\"range\":" RANGE_1234
                                ",\"selectionRange\":" RANGE_1234
                                ",\"children\":[{\"name\":\"i\",\"kind\":15,"
                                "\"range\":" RANGE_1234 ",\"selectionRange\":" RANGE_1234
                                ",\"children\":[]}]}"));
    encode_symbol_information(&writer, &inner, STR("u"), STR("o"));
    assert_written(
        &writer, STR("{\"name\":\"i\",\"kind\":15,\"location\":{\"uri\":\"u\",\"range\":" RANGE_1234
                     "},\"containerName\":\"o\"}"));
}

static void folds_have_what_the_client_wants(void **state)
{
    (void)state;
    JsonWriter writer = {0};
    const FoldingRange lines = {.startLine = 1, .endLine = 2};
    const FoldingRange full = {1, 2, 3, 4, true, STR("region"), STR("…")};
    encode_folding_range(&writer, &lines);
    assert_written(&writer, STR("{\"startLine\":1,\"endLine\":2}"));
    encode_folding_range(&writer, &full);
    assert_written(&writer,
                   STR("{\"startLine\":1,\"startCharacter\":2,\"endLine\":3,\"endCharacter\":4,"
                       "\"kind\":\"region\",\"collapsedText\":\"…\"}"));
}

static void messages_and_traces_are_written(void **state)
{
    (void)state;
    JsonWriter writer = {0};
    encode_message(&writer, MESSAGE_WARNING, STR("t"));
    assert_written(&writer, STR("{\"type\":2,\"message\":\"t\"}"));
    encode_log_trace(&writer, STR("m"), STR(""));
    assert_written(&writer, STR("{\"message\":\"m\"}"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions_past_every_line_are_the_last),
        cmocka_unit_test(a_failure_leaves_out_untouched),
        cmocka_unit_test(did_open_has_all_its_members),
        cmocka_unit_test(did_change_is_read_item_by_item),
        cmocka_unit_test(did_change_needs_an_array),
        cmocka_unit_test(a_pull_may_name_its_last_result),
        cmocka_unit_test(initialize_reads_what_the_client_can),
        cmocka_unit_test(initialize_without_anything_is_a_plain_client),
        cmocka_unit_test(initialize_refuses_what_it_cannot_do_without),
        cmocka_unit_test(trace_and_cancel_are_read),
        cmocka_unit_test(a_skimmed_document_is_still_known),
        cmocka_unit_test(random_messages_are_read_or_refused),
        cmocka_unit_test(diagnostics_are_streamed),
        cmocka_unit_test(reports_are_full_or_unchanged),
        cmocka_unit_test(symbols_nest_or_are_flat),
        cmocka_unit_test(folds_have_what_the_client_wants),
        cmocka_unit_test(messages_and_traces_are_written),
    };
    return cmocka_run_group_tests_name("lsp", tests, NULL, NULL);
}
