#include "protocol/rpc.h"

#include "tests/unit/unit.h"

static void assert_kind(Str body, RpcKind kind)
{
    RpcMessage message;
    rpc_parse(body, &message);
    if (message.kind != kind) {
        fail_msg("%.*s: kind %d, not %d (%.*s)", STR_ARG(body), message.kind, kind,
                 STR_ARG(buf_str(&message.error)));
    }
    rpc_message_finish(&message);
}

static void messages_are_told_apart(void **state)
{
    (void)state;
    const struct {
        Str body;
        RpcKind kind;
    } cases[] = {
        {STR_INIT("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{}}"), RPC_REQUEST     },
        {STR_INIT("{\"method\":\"m\",\"id\":\"\"}"),                                RPC_REQUEST     },
        {STR_INIT("{\"jsonrpc\":\"2.0\",\"method\":\"m\"}"),                        RPC_NOTIFICATION},
        {STR_INIT("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}"),                RPC_RESPONSE    },
        {STR_INIT("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":1}}"),      RPC_RESPONSE    },
        {STR_INIT("{\"jsonrpc\":\"2.0\",\"id\":{},\"result\":1}"),                  RPC_RESPONSE    },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        assert_kind(cases[i].body, cases[i].kind);
    }
}

static void what_is_no_message_says_what_to_answer(void **state)
{
    (void)state;
    const struct {
        Str body;
        RpcErrorCode code;
        RpcId id;
    } cases[] = {
        {STR_INIT(""),                                                RPC_PARSE_ERROR,     {0}                            },
        {STR_INIT("{\"id\":1,\"method\":\"m\""),                      RPC_PARSE_ERROR,     {0}                            },
        {STR_INIT("[]"),                                              RPC_INVALID_REQUEST, {0}                            },
        {STR_INIT("[{\"id\":1,\"method\":\"m\"}]"),                   RPC_INVALID_REQUEST, {0}                            },
        {STR_INIT("7"),                                               RPC_INVALID_REQUEST, {0}                            },
        {STR_INIT("null"),                                            RPC_INVALID_REQUEST, {0}                            },
        {STR_INIT("{}"),                                              RPC_INVALID_REQUEST, {0}                            },
        {STR_INIT("{\"id\":7}"),                                      RPC_INVALID_REQUEST, {RPC_ID_NUMBER, 7, {0}}        },
        {STR_INIT("{\"id\":7,\"method\":8}"),                         RPC_INVALID_REQUEST, {RPC_ID_NUMBER, 7, {0}}        },
        {STR_INIT("{\"id\":\"x\",\"method\":null}"),
         RPC_INVALID_REQUEST,                                                              {RPC_ID_TEXT, 0, STR_INIT("x")}},
        {STR_INIT("{\"id\":null,\"method\":\"m\"}"),                  RPC_INVALID_REQUEST, {0}                            },
        {STR_INIT("{\"id\":1.0,\"method\":\"m\"}"),                   RPC_INVALID_REQUEST, {0}                            },
        {STR_INIT("{\"id\":1.5,\"method\":\"m\"}"),                   RPC_INVALID_REQUEST, {0}                            },
        {STR_INIT("{\"id\":true,\"method\":\"m\"}"),                  RPC_INVALID_REQUEST, {0}                            },
        {STR_INIT("{\"id\":[1],\"method\":\"m\"}"),                   RPC_INVALID_REQUEST, {0}                            },
        {STR_INIT("{\"id\":{},\"method\":\"m\"}"),                    RPC_INVALID_REQUEST, {0}                            },
        {STR_INIT("{\"jsonrpc\":\"1.0\",\"id\":7,\"method\":\"m\"}"),
         RPC_INVALID_REQUEST,                                                              {RPC_ID_NUMBER, 7, {0}}        },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        RpcMessage message;
        rpc_parse(cases[i].body, &message);
        assert_int_equal(message.kind, RPC_INVALID);
        assert_int_equal(message.code, cases[i].code);
        assert_true(message.error.length > 0);
        assert_true(rpc_id_equal(message.id, cases[i].id));
        rpc_message_finish(&message);
    }
}

/* Sends a request whose id is `id` and gives back the reply to it. */
static void assert_same_id(Str id)
{
    Buf body = {0}, expected = {0};
    RpcMessage message;
    JsonWriter writer = {0};
    buf_printf(&body, "{\"id\":%.*s,\"method\":\"m\"}", STR_ARG(id));
    rpc_parse(buf_str(&body), &message);
    assert_int_equal(message.kind, RPC_REQUEST);
    rpc_begin_response(&writer, message.id);
    jw_null(&writer);
    Buf reply = rpc_end(&writer);
    buf_printf(&expected, "{\"jsonrpc\":\"2.0\",\"id\":%.*s,\"result\":null}", STR_ARG(id));
    assert_true(str_ends(buf_str(&reply), buf_str(&expected)));
    rpc_message_finish(&message);
    jw_finish(&writer);
    buf_finish(&reply);
    buf_finish(&body);
    buf_finish(&expected);
}

static void a_reply_has_the_same_id(void **state)
{
    (void)state;
    assert_same_id(STR("0"));
    assert_same_id(STR("-1"));
    assert_same_id(STR("9223372036854775807"));
    assert_same_id(STR("-9223372036854775808"));
    assert_same_id(STR("\"\""));
    assert_same_id(STR("\"1\""));
    assert_same_id(STR("\"a\\u0000\\\"\xD0\xB6\""));
}

static void ids_of_two_kinds_differ(void **state)
{
    (void)state;
    RpcId number = {RPC_ID_NUMBER, 1, {0}}, text = {RPC_ID_TEXT, 0, STR("1")};
    assert_true(rpc_id_equal(number, number));
    assert_true(rpc_id_equal(text, (RpcId){RPC_ID_TEXT, 0, STR("1")}));
    assert_false(rpc_id_equal(number, text));
    assert_false(rpc_id_equal((RpcId){0}, (RpcId){RPC_ID_NUMBER, 0, {0}}));
    assert_false(rpc_id_equal((RpcId){RPC_ID_TEXT, 0, STR("")}, (RpcId){RPC_ID_NUMBER, 0, {0}}));
}

static void params_name_themselves_in_failures(void **state)
{
    (void)state;
    RpcMessage message, moved;
    rpc_parse(STR("{\"id\":1,\"method\":\"m\",\"params\":{\"position\":{\"line\":-1}}}"), &message);
    moved = message;
    JsonReader position = jr_field(rpc_params(&moved), "position");
    uint32_t line;
    assert_false(jr_uint32(jr_field(position, "line"), &line));
    assert_str_equal(json_document_error(&moved.document),
                     STR("params.position.line: expected an unsigned integer"));
    assert_int_equal(jr_kind(rpc_result(&moved)), JR_MISSING);
    assert_int_equal(jr_kind(rpc_error(&moved)), JR_MISSING);
    rpc_message_finish(&moved);
}

static void absent_params_are_missing_and_say_so(void **state)
{
    (void)state;
    RpcMessage message;
    rpc_parse(STR("{\"id\":1,\"method\":\"m\"}"), &message);
    Str uri;
    assert_true(jr_missing(rpc_params(&message)));
    assert_false(jr_string(jr_field(jr_field(rpc_params(&message), "textDocument"), "uri"), &uri));
    assert_str_equal(json_document_error(&message.document), STR("params: expected an object"));
    rpc_message_finish(&message);
}

static void assert_message(Buf message, Str expected)
{
    Buf whole = {0};
    buf_printf(&whole, "Content-Length: %zu\r\n\r\n%.*s", expected.length, STR_ARG(expected));
    assert_str_equal(buf_str(&message), buf_str(&whole));
    buf_finish(&whole);
    buf_finish(&message);
}

static void envelopes_are_those_of_json_rpc(void **state)
{
    (void)state;
    JsonWriter writer = {0};
    rpc_begin_notification(&writer, STR("n"));
    jw_begin_object(&writer);
    jw_end_object(&writer);
    assert_message(rpc_end(&writer), STR("{\"jsonrpc\":\"2.0\",\"method\":\"n\",\"params\":{}}"));

    rpc_begin_request(&writer, (RpcId){RPC_ID_NUMBER, 3, {0}}, STR("r"));
    jw_null(&writer);
    assert_message(rpc_end(&writer),
                   STR("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"r\",\"params\":null}"));

    rpc_begin_response(&writer, (RpcId){RPC_ID_TEXT, 0, STR("a")});
    jw_bool(&writer, true);
    assert_message(rpc_end(&writer), STR("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":true}"));
    jw_finish(&writer);
}

static void a_half_written_result_can_become_an_error(void **state)
{
    (void)state;
    JsonWriter writer = {0};
    JsonMark mark = rpc_begin_response(&writer, (RpcId){0});
    jw_begin_array(&writer);
    jw_begin_object(&writer);
    rpc_fail(&writer, mark, RPC_CONTENT_MODIFIED, STR("\"x\""));
    assert_message(rpc_end(&writer), STR("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":"
                                         "{\"code\":-32801,\"message\":\"\\\"x\\\"\"}}"));
    jw_finish(&writer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_are_told_apart),
        cmocka_unit_test(what_is_no_message_says_what_to_answer),
        cmocka_unit_test(a_reply_has_the_same_id),
        cmocka_unit_test(ids_of_two_kinds_differ),
        cmocka_unit_test(params_name_themselves_in_failures),
        cmocka_unit_test(absent_params_are_missing_and_say_so),
        cmocka_unit_test(envelopes_are_those_of_json_rpc),
        cmocka_unit_test(a_half_written_result_can_become_an_error),
    };
    return cmocka_run_group_tests_name("rpc", tests, NULL, NULL);
}
