#include "protocol/base/utf.h"
#include "protocol/json_read.h"
#include "protocol/json_write.h"
#include "protocol/limits.h"
#include "tests/unit/unit.h"

#include <stdlib.h>

static JsonDocument parse(Str text)
{
    JsonDocument document = {0};
    Buf error = {0};
    if (!json_document_parse(text, &document, &error)) {
        fail_msg("%.*s: %.*s", STR_ARG(text), STR_ARG(buf_str(&error)));
    }
    return document;
}

static void assert_no_json(Str text)
{
    JsonDocument document = {0};
    Buf error = {0};
    assert_false(json_document_parse(text, &document, &error));
    assert_null(document.root);
    assert_true(error.length > 0);
    buf_finish(&error);
}

/* The document is `json`, read, is the string `expected`, repaired or not. */
static void assert_text(Str json, Str expected, bool repaired)
{
    JsonDocument document = parse(json);
    Str text;
    assert_true(jr_string(json_document_root(&document), &text));
    assert_str_equal(text, expected);
    assert_int_equal(document.repaired, repaired);
    json_document_finish(&document);
}

static void text_comes_as_it_was_meant(void **state)
{
    (void)state;
    assert_text(STR("\"\""), STR(""), false);
    assert_text(STR("\"a\\u0000b\""), STR("a\0b"), false);
    assert_text(STR("\"\\u0436\\n\""), STR("\xD0\xB6\n"), false);
    assert_text(STR("\"\\ud83d\\uDC1D\""), STR("\xF0\x9F\x90\x9D"), false);
    assert_text(STR("\"\\\\ud83d\""), STR("\\ud83d"), false);
    assert_text(STR("\"\\uFFFF\xEF\xBF\xBD\""), STR("\xEF\xBF\xBF\xEF\xBF\xBD"), false);
}

static void lone_surrogates_are_replaced(void **state)
{
    (void)state;
    assert_text(STR("\"a\\ud83d\""), STR("a\xEF\xBF\xBD"), true);
    assert_text(STR("\"\\uDC1Da\""),
                STR("\xEF\xBF\xBD"
                    "a"),
                true);
    assert_text(STR("\"\\ud83d\\n\""), STR("\xEF\xBF\xBD\n"), true);
    assert_text(STR("\"\\ud83d\\u0041\""),
                STR("\xEF\xBF\xBD"
                    "A"),
                true);
    assert_text(STR("\"\\ud83d\\ud83d\\udc1d\""), STR("\xEF\xBF\xBD\xF0\x9F\x90\x9D"), true);
    assert_text(STR("\"\\udc1d\\ud83d\""), STR("\xEF\xBF\xBD\xEF\xBF\xBD"), true);
    assert_text(STR("\"\\ud83d\\\\udc1d\""), STR("\xEF\xBF\xBD\\udc1d"), true);
    assert_text(STR("\"\\\\\\ud83d\\\\\""), STR("\\\xEF\xBF\xBD\\"), true);
}

static void each_invalid_byte_becomes_one_byte(void **state)
{
    (void)state;
    assert_text(STR("\"a\xFFz\""), STR("a\x1Az"), true);
    assert_text(STR("\"\xE2\x82\""), STR("\x1A\x1A"), true);
    assert_text(STR("\"\xC0\x80\""), STR("\x1A\x1A"), true);
    assert_text(STR("\"\xED\xA0\x80\""), STR("\x1A\x1A\x1A"), true);
    assert_text(STR("\"\xF4\x90\x80\x80\""), STR("\x1A\x1A\x1A\x1A"), true);
    assert_text(STR("\"\x80\xD0\xB6\xD0\""), STR("\x1A\xD0\xB6\x1A"), true);
    assert_text(STR("\"\xFF\\ud83d\xFF\""), STR("\x1A\xEF\xBF\xBD\x1A"), true);
}

static void what_cannot_be_repaired_is_refused(void **state)
{
    (void)state;
    const Str texts[] = {
        STR_INIT(""),        STR_INIT(" "),           STR_INIT("{"),       STR_INIT("{}x"),
        STR_INIT("\"a"),     STR_INIT("\"\\"),        STR_INIT("\"\\ud8"), STR_INIT("\"\\ud83d"),
        STR_INIT("{\"a\"}"), STR_INIT("[1,]"),        STR_INIT("\xFF"),    STR_INIT("nul"),
        STR_INIT("\0"),      STR_INIT("\"\\uD83g\""), STR_INIT("\"\n\""),  STR_INIT("{'a':1}"),
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        assert_no_json(texts[i]);
    }
    assert_no_json((Str){0});
}

/* `depth` arrays, closed or not. */
static Buf nested(size_t depth, bool closed)
{
    Buf text = {0};
    memset(buf_reserve(&text, depth * 2), '[', depth);
    memset(text.data + depth, ']', depth);
    text.length = closed ? depth * 2 : depth;
    return text;
}

static void nesting_has_a_limit(void **state)
{
    (void)state;
    Buf deep = nested(LIMIT_JSON_NESTING, true), deeper = nested(LIMIT_JSON_NESTING + 1, true);
    Buf open = nested(100000, false), closed = nested(100000, true);
    JsonDocument document = parse(buf_str(&deep));
    assert_int_equal(jr_count(json_document_root(&document)), 1);
    json_document_finish(&document);
    assert_no_json(buf_str(&deeper));
    assert_no_json(buf_str(&open));
    assert_no_json(buf_str(&closed));
    buf_finish(&deep);
    buf_finish(&deeper);
    buf_finish(&open);
    buf_finish(&closed);
}

static void readers_read_numbers_exactly(void **state)
{
    (void)state;
    JsonDocument document = parse(
        STR("[0, 4294967295, -9223372036854775808, 1.0, 1e3, 2.5, 4294967296, -1]"));
    JsonReader root = json_document_root(&document);
    uint32_t small = 7;
    int64_t large = 7;
    assert_true(jr_uint32(jr_item(root, 0), &small) && small == 0);
    assert_true(jr_uint32(jr_item(root, 1), &small) && small == UINT32_MAX);
    assert_true(jr_int64(jr_item(root, 2), &large) && large == INT64_MIN);
    assert_true(jr_uint32(jr_item(root, 3), &small) && small == 1);
    assert_true(jr_int64(jr_item(root, 4), &large) && large == 1000);
    assert_false(jr_int64(jr_item(root, 5), &large));
    assert_false(jr_uint32(jr_item(root, 6), &small));
    assert_false(jr_uint32(jr_item(root, 7), &small));
    assert_int_equal(small, 1);
    assert_int_equal(large, 1000);
    assert_int_equal(jr_uint32_or(jr_item(root, 7), 9), 9);
    assert_int_equal(jr_uint32_or(jr_item(root, 4), 9), 1000);
    json_document_finish(&document);
}

static const Str sample = STR_INIT("{\"params\":{\"list\":[{\"a\":1},{\"a\":\"x\"},null],\"flag\":"
                                   "true,\"none\":null,\"text\":\"t\"}}");

static bool fails_on_item(JsonReader params)
{
    uint32_t a;
    return jr_uint32(jr_field(jr_item(jr_field(params, "list"), 1), "a"), &a);
}

static bool fails_on_missing_field(JsonReader params)
{
    Str text;
    return jr_string(jr_field(jr_item(jr_field(params, "list"), 0), "b"), &text);
}

static bool fails_on_missing_object(JsonReader params)
{
    Str text;
    return jr_string(jr_field(jr_field(jr_field(params, "no"), "deeper"), "deepest"), &text);
}

static bool fails_on_member_of_text(JsonReader params)
{
    bool value;
    return jr_bool(jr_field(jr_field(params, "text"), "x"), &value);
}

static bool fails_on_item_of_text(JsonReader params)
{
    bool value;
    return jr_bool(jr_field(jr_item(jr_field(params, "text"), 0), "x"), &value);
}

static bool fails_on_null_item(JsonReader params)
{
    JsonReader object;
    return jr_object(jr_item(jr_field(params, "list"), 2), &object);
}

static bool fails_past_the_end(JsonReader params)
{
    JsonReader array;
    return jr_array(jr_item(jr_field(params, "list"), 3), &array);
}

static bool fails_on_optional(JsonReader params)
{
    int64_t number;
    return jr_optional_int64(jr_field(params, "text"), &number);
}

static void a_failure_has_its_path(void **state)
{
    (void)state;
    const struct {
        bool (*decode)(JsonReader params);
        Str error;
    } cases[] = {
        {fails_on_item,           STR_INIT("params.list[1].a: expected an unsigned integer")},
        {fails_on_missing_field,  STR_INIT("params.list[0].b: expected a string")           },
        {fails_on_missing_object, STR_INIT("params.no: expected an object")                 },
        {fails_on_member_of_text, STR_INIT("params.text: expected an object")               },
        {fails_on_item_of_text,   STR_INIT("params.text: expected an array")                },
        {fails_on_null_item,      STR_INIT("params.list[2]: expected an object")            },
        {fails_past_the_end,      STR_INIT("params.list[3]: expected an array")             },
        {fails_on_optional,       STR_INIT("params.text: expected an integer")              },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        JsonDocument document = parse(sample);
        assert_false(cases[i].decode(jr_field(json_document_root(&document), "params")));
        assert_str_equal(json_document_error(&document), cases[i].error);
        assert_false(fails_on_item(jr_field(json_document_root(&document), "params")));
        assert_str_equal(json_document_error(&document), cases[i].error); /* the first is kept */
        json_document_finish(&document);
    }
}

static void a_failure_of_the_root_has_no_path(void **state)
{
    (void)state;
    JsonDocument document = parse(STR("7"));
    Str text;
    assert_false(jr_string(json_document_root(&document), &text));
    assert_str_equal(json_document_error(&document), STR("expected a string"));
    json_document_finish(&document);
}

static void what_is_optional_leaves_its_default(void **state)
{
    (void)state;
    JsonDocument document = parse(sample);
    JsonReader params = jr_field(json_document_root(&document), "params");
    int64_t number = 5;
    Str text = STR("default");
    assert_true(jr_optional_int64(jr_field(params, "none"), &number) && number == 5);
    assert_true(jr_optional_string(jr_field(params, "absent"), &text));
    assert_str_equal(text, STR("default"));
    assert_true(jr_optional_string(jr_field(params, "text"), &text));
    assert_str_equal(text, STR("t"));
    assert_str_equal(jr_string_or(jr_field(params, "flag"), STR("other")), STR("other"));
    assert_true(jr_is_true(jr_field(params, "flag")));
    assert_false(jr_is_true(jr_field(params, "text")));
    assert_false(jr_is_true(jr_field(params, "absent")));
    assert_true(jr_missing(jr_field(params, "none")));
    assert_int_equal(jr_kind(jr_field(params, "none")), JR_NULL);
    assert_int_equal(jr_kind(jr_field(params, "absent")), JR_MISSING);
    assert_int_equal(json_document_error(&document).length, 0);
    json_document_finish(&document);
}

static void members_come_each_once(void **state)
{
    (void)state;
    JsonDocument document = parse(STR("{\"a\":1,\"b\":2,\"c\":4}"));
    JsonReader root = json_document_root(&document), member = {0};
    uint32_t sum = 0, count = 0;
    while (jr_next(root, &member)) {
        sum += jr_uint32_or(member, 100);
        count++;
    }
    assert_int_equal(sum, 7);
    assert_int_equal(count, 3);
    JsonReader none = {0};
    assert_false(jr_next(jr_field(root, "a"), &none));
    json_document_finish(&document);
}

/* Writing */

static void commas_come_by_themselves(void **state)
{
    (void)state;
    JsonWriter writer = {0};
    jw_begin_array(&writer);
    jw_begin_object(&writer);
    jw_end_object(&writer);
    jw_begin_object(&writer);
    jw_uint_field(&writer, "a", UINT64_MAX);
    jw_key_text(&writer, STR("\"\xFF"));
    jw_begin_array(&writer);
    jw_int(&writer, INT64_MIN);
    jw_int(&writer, 0);
    jw_null(&writer);
    jw_bool(&writer, false);
    jw_end_array(&writer);
    jw_bool_field(&writer, "b", true);
    jw_end_object(&writer);
    jw_raw(&writer, STR("{\"r\":[]}"));
    jw_string(&writer, (Str){0});
    jw_end_array(&writer);
    assert_str_equal(buf_str(&writer.out),
                     STR("[{},{\"a\":18446744073709551615,\"\\\"\xEF\xBF\xBD\":"
                         "[-9223372036854775808,0,null,false],\"b\":true},{\"r\":[]},\"\"]"));
    jw_finish(&writer);
}

static void text_is_escaped_and_repaired(void **state)
{
    (void)state;
    const struct {
        Str text, json;
    } cases[] = {
        {STR_INIT("a\"b\\c/"),                 STR_INIT("\"a\\\"b\\\\c/\"")                        },
        {STR_INIT("\b\f\n\r\t"),               STR_INIT("\"\\b\\f\\n\\r\\t\"")                     },
        {STR_INIT("\0\x01\x1A\x1F\x7F"),       STR_INIT("\"\\u0000\\u0001\\u001a\\u001f\x7F\"")    },
        {STR_INIT("\xD0\xB6\xF0\x9F\x90\x9D"), STR_INIT("\"\xD0\xB6\xF0\x9F\x90\x9D\"")            },
        {STR_INIT("a\xFFz"),                   STR_INIT("\"a\xEF\xBF\xBDz\"")                      },
        {STR_INIT("\xE2\x82"),                 STR_INIT("\"\xEF\xBF\xBD\"")                        },
        {STR_INIT("\xED\xA0\x80"),             STR_INIT("\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"")},
        {STR_INIT("\xC3\n"),                   STR_INIT("\"\xEF\xBF\xBD\\n\"")                     },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        JsonWriter writer = {0};
        jw_string(&writer, cases[i].text);
        assert_str_equal(buf_str(&writer.out), cases[i].json);
        jw_finish(&writer);
    }
}

static void a_rewind_forgets(void **state)
{
    (void)state;
    JsonWriter writer = {0};
    jw_begin_object(&writer);
    jw_uint_field(&writer, "id", 1);
    JsonMark mark = jw_mark(&writer);
    for (int i = 0; i < 2; i++) {
        jw_key(&writer, "result");
        jw_begin_array(&writer);
        jw_begin_object(&writer);
        jw_key(&writer, "half");
        jw_rewind(&writer, mark);
    }
    jw_uint_field(&writer, "error", 2);
    jw_end_object(&writer);
    assert_str_equal(buf_str(&writer.out), STR("{\"id\":1,\"error\":2}"));
    assert_int_equal(writer.depth, 0);
    jw_finish(&writer);
}

static void a_message_is_one_run_of_bytes(void **state)
{
    (void)state;
    JsonWriter writer = {0};
    for (int i = 0; i < 2; i++) {
        jw_message_begin(&writer);
        jw_string(&writer, STR("0123456789"));
        assert_str_equal(jw_message_end(&writer), STR("Content-Length: 12\r\n\r\n\"0123456789\""));
        Buf taken = jw_message_take(&writer);
        assert_str_equal(buf_str(&taken), STR("Content-Length: 12\r\n\r\n\"0123456789\""));
        buf_finish(&taken);
    }
    jw_message_begin(&writer);
    jw_message_begin(&writer); /* forgets the first */
    jw_uint(&writer, 7);
    assert_str_equal(jw_message_end(&writer), STR("Content-Length: 1\r\n\r\n7"));
    jw_finish(&writer);
}

/* Appends random text: any code points, escapes, NULs, and, where asked for, invalid bytes. */
static void append_random(Buf *out, bool valid)
{
    for (int i = rand() % 40; i > 0; i--) {
        int kind = rand() % 6;
        uint32_t limit = kind < 2 ? 0x80 : kind < 3 ? 0x800 : kind < 4 ? 0x10000 : 0x110000;
        if (kind == 5 && !valid) {
            buf_append_char(out, (char)(rand() % 256));
        } else {
            utf_append(out, (uint32_t)rand() % limit);
        }
    }
}

static void what_is_written_reads_the_same(void **state)
{
    (void)state;
    srand(2);
    for (int round = 0; round < 3000; round++) {
        bool valid = round % 2 == 0;
        Buf text = {0}, repaired = {0};
        append_random(&text, valid);
        for (size_t at = 0; at < text.length;) {
            utf_append(&repaired, utf_next(buf_str(&text), &at));
        }
        JsonWriter writer = {0};
        jw_string(&writer, buf_str(&text));
        assert_true(utf_valid(buf_str(&writer.out)));
        assert_text(buf_str(&writer.out), buf_str(&repaired), false);
        jw_finish(&writer);
        buf_finish(&text);
        buf_finish(&repaired);
    }
}

/* A broken string between quotes reads, and has as many bytes as came. */
static void random_bytes_in_quotes_are_repaired(void **state)
{
    (void)state;
    srand(3);
    for (int round = 0; round < 3000; round++) {
        Buf json = {0};
        size_t bytes = 0;
        buf_append_char(&json, '"');
        for (int i = rand() % 20; i > 0; i--) {
            char c = (char)(0x80 + rand() % 128);
            buf_append_char(&json, c);
            bytes++;
        }
        buf_append_char(&json, '"');
        JsonDocument document = parse(buf_str(&json));
        Str text;
        assert_true(jr_string(json_document_root(&document), &text));
        assert_int_equal(text.length, bytes);
        json_document_finish(&document);
        buf_finish(&json);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_comes_as_it_was_meant),
        cmocka_unit_test(lone_surrogates_are_replaced),
        cmocka_unit_test(each_invalid_byte_becomes_one_byte),
        cmocka_unit_test(what_cannot_be_repaired_is_refused),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(readers_read_numbers_exactly),
        cmocka_unit_test(a_failure_has_its_path),
        cmocka_unit_test(a_failure_of_the_root_has_no_path),
        cmocka_unit_test(what_is_optional_leaves_its_default),
        cmocka_unit_test(members_come_each_once),
        cmocka_unit_test(commas_come_by_themselves),
        cmocka_unit_test(text_is_escaped_and_repaired),
        cmocka_unit_test(a_rewind_forgets),
        cmocka_unit_test(a_message_is_one_run_of_bytes),
        cmocka_unit_test(what_is_written_reads_the_same),
        cmocka_unit_test(random_bytes_in_quotes_are_repaired),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
