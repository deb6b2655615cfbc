#include "protocol/frame.h"

#include "protocol/json_skim.h"
#include "protocol/limits.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SMALL_LIMIT = 40 };

/* Takes all events and writes them down, one a line; parts of a large body are joined. */
static void note_events(FrameReader *reader, Buf *notes)
{
    Frame frame;
    for (FrameEvent event; (event = frame_next(reader, &frame)) != FRAME_NONE;) {
        switch (event) {
        case FRAME_BODY:
            assert_int_equal(frame.size, frame.body.length);
            buf_printf(notes, "body %.*s\n", STR_ARG(frame.body));
            break;
        case FRAME_PART:
            assert_true(frame.body.length > 0);
            buf_append(notes, frame.body);
            break;
        case FRAME_TOO_LARGE:
            buf_printf(notes, " large %zu\n", frame.size);
            break;
        default:
            buf_append(notes, STR("bad\n"));
        }
    }
}

/* What comes of `stream` fed in pieces of `size` bytes, after a first one of `first`. */
static Buf events_of(Str stream, size_t first, size_t size)
{
    FrameReader reader;
    Buf notes = {0};
    frame_reader_init(&reader, SMALL_LIMIT);
    for (size_t at = 0; at < stream.length;) {
        size_t end = at + (at == 0 ? first : size);
        frame_feed(&reader, str_slice(stream, at, end));
        note_events(&reader, &notes);
        at = end;
    }
    frame_reader_finish(&reader);
    return notes;
}

static void assert_events(Str stream, Str expected)
{
    Buf notes = events_of(stream, stream.length, stream.length);
    assert_str_equal(buf_str(&notes), expected);
    buf_finish(&notes);
}

static void bodies_follow_each_other(void **state)
{
    (void)state;
    assert_events(
        STR("Content-Length: 2\r\n\r\n{}Content-Length: 0\r\n\r\nContent-Length: 3\r\n\r\n[1]"),
        STR("body {}\nbody \nbody [1]\n"));
}

static void headers_come_in_any_order_and_case(void **state)
{
    (void)state;
    const Str headers[] = {
        STR_INIT("content-length: 2\r\n"),
        STR_INIT("CONTENT-LENGTH:2\r\n"),
        STR_INIT("Content-Length: \t 2 \r\n"),
        STR_INIT("Content-Length: 0002\r\n"),
        STR_INIT("X-Other: a: b\r\nContent-Length: 2\r\n"),
        STR_INIT("Content-Length: 2\r\nX-Empty:\r\n"),
        STR_INIT(
            "Content-Length: 2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n"),
        STR_INIT("Content-Type: application/vscode-jsonrpc;charset=utf8\r\nContent-Length: 2\r\n"),
        STR_INIT("Content-Type: a/b; x=y; Charset=\"UTF-8\"\r\nContent-Length: 2\r\n"),
        STR_INIT("Content-Type: a/b\r\nContent-Length: 2\r\n"),
    };
    for (size_t i = 0; i < sizeof(headers) / sizeof(*headers); i++) {
        Buf stream = {0};
        buf_printf(&stream, "%.*s\r\n{}", STR_ARG(headers[i]));
        assert_events(buf_str(&stream), STR("body {}\n"));
        buf_finish(&stream);
    }
}

static void a_bad_header_costs_only_its_own_frame(void **state)
{
    (void)state;
    const Str bad[] = {
        STR_INIT("Content-Length: two\r\n\r\n{}"),
        STR_INIT("Content-Length:\r\n\r\n{}"),
        STR_INIT("Content-Length: -2\r\n\r\n{}"),
        STR_INIT("Content-Length: +2\r\n\r\n{}"),
        STR_INIT("Content-Length: 2 2\r\n\r\n{}"),
        STR_INIT("Content-Length: 0x2\r\n\r\n{}"),
        STR_INIT("Content-Length: 99999999999999999999\r\n\r\n{}"),
        STR_INIT("Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"),
        STR_INIT("Content-Length: 1\r\nContent-Type: a/b\r\ncontent-length: 2\r\n\r\n{}"),
        STR_INIT("Content-Type: a/b; charset=utf-16\r\nContent-Length: 2\r\n\r\n{}"),
        STR_INIT("Content-Type: a/b\r\n\r\n{}"),
        STR_INIT("\r\n\r\n"),
        STR_INIT("\r\n"),
        STR_INIT("starting the server\r\n"),
        STR_INIT("starting the server\n"),
        STR_INIT("no line end"),
        STR_INIT("C"),
        STR_INIT("{\"a\":\"Content-Length: 5 is a header\\n\"}"),
        STR_INIT("Content-Length: 3"),
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        Buf stream = {0};
        buf_append(&stream, bad[i]);
        buf_append(&stream, STR("Content-Length: 4\r\n\r\ntrue"));
        Buf notes = events_of(buf_str(&stream), stream.length, stream.length);
        assert_true(str_starts(buf_str(&notes), STR("bad\n")));
        assert_true(str_ends(buf_str(&notes), STR("bad\nbody true\n")));
        buf_finish(&notes);
        buf_finish(&stream);
    }
}

static void a_header_without_end_is_given_up(void **state)
{
    (void)state;
    Buf stream = {0};
    while (stream.length < 3 * LIMIT_HEADER_BYTES) {
        buf_append(&stream, STR("x"));
    }
    buf_append(&stream, STR("Content-Length: 2\r\n\r\n{}"));
    assert_events(buf_str(&stream), STR("bad\nbody {}\n"));
    buf_finish(&stream);
}

static void a_body_over_the_limit_passes_in_parts(void **state)
{
    (void)state;
    assert_events(STR("Content-Length: 41\r\n\r\n01234567890123456789012345678901234567890"
                      "Content-Length: 2\r\n\r\n{}"),
                  STR("01234567890123456789012345678901234567890 large 41\nbody {}\n"));
}

static const Str mixed = STR_INIT(
    "Content-Length: 17\r\n\r\n{\"a\":\"\xD0\xB6\xF0\x9F\x90\x9D\"}    "
    "garbage\r\n\r\nmore\r\n"
    "content-type: a/b; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}"
    "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}\r"
    "Content-LengthContent-Length: 5\r\n\r\n[1,2]"
    "Content-Length: 50\r\n\r\n01234567890123456789012345678901234567890123456789"
    "Content-Length: x\r\n\r\nContent-Length: 4\r\n\r\nnull");

static void events_do_not_depend_on_the_cut(void **state)
{
    (void)state;
    Buf expected = events_of(mixed, mixed.length, mixed.length);
    assert_true(str_ends(buf_str(&expected), STR("bad\nbody null\n")));
    for (size_t cut = 1; cut <= mixed.length; cut++) {
        Buf notes = events_of(mixed, cut, mixed.length);
        assert_str_equal(buf_str(&notes), buf_str(&expected));
        buf_finish(&notes);
    }
    for (size_t size = 1; size < 40; size++) {
        Buf notes = events_of(mixed, size, size);
        assert_str_equal(buf_str(&notes), buf_str(&expected));
        buf_finish(&notes);
    }
    buf_finish(&expected);
}

/* Random streams of whole and broken pieces: all at once is the same as byte by byte. */
static void random_streams_do_not_depend_on_the_cut(void **state)
{
    (void)state;
    const Str pieces[] = {
        STR_INIT("Content-Length: 3\r\n\r\nabc"),
        STR_INIT("Content-Length"),
        STR_INIT("\r\n"),
        STR_INIT("\r\n\r\n"),
        STR_INIT(": 45"),
        STR_INIT("\n"),
        STR_INIT("Content-Type: a/b\r\n"),
        STR_INIT("Cont"),
        STR_INIT("12"),
    };
    srand(1);
    for (int round = 0; round < 500; round++) {
        Buf stream = {0};
        for (int i = rand() % 30; i >= 0; i--) {
            buf_append(&stream, pieces[rand() % (int)(sizeof(pieces) / sizeof(*pieces))]);
        }
        Str text = buf_str(&stream);
        Buf whole = events_of(text, text.length, text.length), bytes = events_of(text, 1, 1);
        assert_str_equal(buf_str(&bytes), buf_str(&whole));
        buf_finish(&whole);
        buf_finish(&bytes);
        buf_finish(&stream);
    }
}

/* Feeds `size` bytes of body after its header, 64 kB at a time, and returns the bytes that came. */
static size_t feed_body(FrameReader *reader, size_t size, JsonSkim *skim)
{
    static char chunk[64 << 10];
    char header[64];
    memset(chunk, 'x', sizeof(chunk));
    snprintf(header, sizeof(header), "Content-Length: %zu\r\n\r\n", size);
    frame_feed(reader, str_of(header));
    size_t came = 0;
    for (size_t fed = 0; fed < size;) {
        size_t now = size - fed < sizeof(chunk) ? size - fed : sizeof(chunk);
        frame_feed(reader, (Str){chunk, now});
        fed += now;
        Frame frame;
        for (FrameEvent event; (event = frame_next(reader, &frame)) != FRAME_NONE;) {
            assert_int_not_equal(event, FRAME_BAD);
            came += frame.body.length;
            json_skim_feed(skim, frame.body);
            assert_true(event == FRAME_BODY || reader->input.capacity < 4 * sizeof(chunk));
        }
    }
    return came;
}

#ifdef STRESS
enum { LARGE = 1 << 20 }; /* where every append moves the buffer */
#else
enum { LARGE = 100 << 20 };
#endif

static void a_large_body_is_linear_and_its_memory_goes(void **state)
{
    (void)state;
    FrameReader reader;
    JsonSkim none = {.overflow = true};
    clock_t start = clock();
    frame_reader_init(&reader, LARGE);
    assert_int_equal(feed_body(&reader, LARGE, &none), LARGE);
    assert_true(reader.input.capacity <= LIMIT_IDLE_INPUT_BYTES);
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 10);
    json_skim_finish(&none);
    frame_reader_finish(&reader);
}

static void an_oversized_body_is_never_kept(void **state)
{
    (void)state;
    FrameReader reader;
    JsonSkim skim = {0};
    json_skim_feed(&skim, STR("\""));
    frame_reader_init(&reader, LARGE / 2);
    assert_int_equal(feed_body(&reader, LARGE, &skim), LARGE);
    assert_str_equal(json_skim_body(&skim), STR("\""));
    assert_true(skim.kept.capacity <= 2 * LIMIT_SKIM_STRING_BYTES);
    json_skim_finish(&skim);
    frame_reader_finish(&reader);
}

static void a_promised_body_that_never_comes_takes_no_frame(void **state)
{
    (void)state;
    assert_events(STR("Content-Length: 18446744073709551615\r\n\r\nabc"), STR("abc"));
    assert_events(STR("Content-Length: 30\r\n\r\nabc"), STR(""));
}

/* Small frames by the thousand in one chunk: what is used is dropped in steps, not for each. */
static void many_frames_in_one_chunk_are_linear(void **state)
{
    (void)state;
    Buf stream = {0};
    enum { COUNT = 100000 };
    for (int i = 0; i < COUNT; i++) {
        memcpy(buf_reserve(&stream, 23), "Content-Length: 2\r\n\r\n{}", 23);
        stream.length += 23;
#ifdef STRESS
        i += 99;
#endif
    }
    FrameReader reader;
    Frame frame;
    frame_reader_init(&reader, SMALL_LIMIT);
    frame_feed(&reader, buf_str(&stream));
    size_t count = 0;
    while (frame_next(&reader, &frame) == FRAME_BODY) {
        count++;
    }
    assert_int_equal(count, stream.length / 23);
    frame_reader_finish(&reader);
    buf_finish(&stream);
}

static void assert_skim(Str body, Str expected)
{
    JsonSkim whole = {0}, bytes = {0};
    json_skim_feed(&whole, body);
    for (size_t i = 0; i < body.length; i++) {
        json_skim_feed(&bytes, str_slice(body, i, i + 1));
    }
    assert_str_equal(json_skim_body(&whole), expected);
    assert_str_equal(json_skim_body(&bytes), expected);
    json_skim_finish(&whole);
    json_skim_finish(&bytes);
}

static void a_skim_keeps_what_is_short(void **state)
{
    (void)state;
    assert_skim(
        STR("{\"id\": 7, \"a\\\"]\": \"[\\\\\", \"b\": [1, \"]\\\"\", [{}]], \"c\": {\"d\": []}}"),
        STR("{\"id\": 7, \"a\\\"]\": \"[\\\\\", \"b\": [], \"c\": {\"d\": []}}"));
}

static void a_skim_drops_long_strings(void **state)
{
    (void)state;
    Buf body = {0};
    buf_append(&body, STR("{\"params\":{\"textDocument\":{\"text\":\""));
    while (body.length < 3 * LIMIT_SKIM_STRING_BYTES) {
        buf_append(&body, STR("\\\"}\\\\ a [ \xD0\xB6"));
    }
    buf_append(&body, STR("\",\"uri\":\"file:///a\"}},\"method\":\"m\"}"));
    assert_skim(buf_str(&body),
                STR("{\"params\":{\"textDocument\":{\"text\":\"\",\"uri\":\"file:///a\"}},"
                    "\"method\":\"m\"}"));
    buf_finish(&body);
}

static void a_skim_of_too_many_things_is_empty(void **state)
{
    (void)state;
    Buf body = {0};
    while (body.length < 2 * LIMIT_SKIM_BYTES) {
        buf_append(&body, STR("\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,"));
    }
    assert_skim(buf_str(&body), (Str){0});
    buf_finish(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bodies_follow_each_other),
        cmocka_unit_test(headers_come_in_any_order_and_case),
        cmocka_unit_test(a_bad_header_costs_only_its_own_frame),
        cmocka_unit_test(a_header_without_end_is_given_up),
        cmocka_unit_test(a_body_over_the_limit_passes_in_parts),
        cmocka_unit_test(events_do_not_depend_on_the_cut),
        cmocka_unit_test(random_streams_do_not_depend_on_the_cut),
        cmocka_unit_test(a_large_body_is_linear_and_its_memory_goes),
        cmocka_unit_test(an_oversized_body_is_never_kept),
        cmocka_unit_test(a_promised_body_that_never_comes_takes_no_frame),
        cmocka_unit_test(many_frames_in_one_chunk_are_linear),
        cmocka_unit_test(a_skim_keeps_what_is_short),
        cmocka_unit_test(a_skim_drops_long_strings),
        cmocka_unit_test(a_skim_of_too_many_things_is_empty),
    };
    return cmocka_run_group_tests_name("frame", tests, NULL, NULL);
}
