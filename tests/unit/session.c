/* session: what transcripts cannot show: bytes cut anywhere, clients that stall, limits. */
#include "server/session.h"

#include "protocol/base/array.h"
#include "protocol/json_read.h"
#include "protocol/limits.h"
#include "tests/unit/unit.h"

/* A session and its host, which collects. */
typedef struct {
    Session *session;
    Array(Buf) sent;
    uint32_t stalled_after; /* the host is congested once this many messages wait; 0: never */
    uint32_t shrunk, stopped;
    int64_t parent;
} Hosted;

static void host_send(void *self, Buf taken)
{
    *array_add(&((Hosted *)self)->sent) = taken;
}

static bool host_congested(void *self)
{
    const Hosted *host = self;
    return host->stalled_after > 0 && host->sent.count >= host->stalled_after;
}

static void host_watch_parent(void *self, int64_t pid)
{
    ((Hosted *)self)->parent = pid;
}

static void host_shrink(void *self)
{
    ((Hosted *)self)->shrunk++;
}

static const char *host_read(void *self, Str path, Buf *text)
{
    (void)self;
    (void)path;
    (void)text;
    return "";
}

static bool host_exists(void *self, Str path)
{
    (void)self;
    (void)path;
    return false;
}

static void host_watch(void *self, Str folder)
{
    (void)self;
    (void)folder;
}

static void host_stop(void *self)
{
    ((Hosted *)self)->stopped++;
}

static Str host_page(void *self, Str code)
{
    (void)self;
    (void)code;
    return (Str){0};
}

static int set_up(void **state)
{
    Hosted *host = calloc(1, sizeof(*host));
    host->session = session_new((Host){
        .self = host,
        .send = host_send,
        .congested = host_congested,
        .watch_parent = host_watch_parent,
        .shrink = host_shrink,
        .read = host_read,
        .exists = host_exists,
        .watch = host_watch,
        .page = host_page,
        .stop = host_stop,
    });
    *state = host;
    return 0;
}

static void forget_sent(Hosted *host)
{
    for (uint32_t i = 0; i < host->sent.count; i++) {
        buf_finish(&host->sent.items[i]);
    }
    array_reset(&host->sent);
}

static int tear_down(void **state)
{
    Hosted *host = *state;
    session_free(host->session);
    forget_sent(host);
    array_finish(&host->sent);
    free(host);
    return 0;
}

static void append_message(Buf *bytes, const char *body)
{
    buf_printf(bytes, "Content-Length: %zu\r\n\r\n%s", strlen(body), body);
}

static void feed(Hosted *host, const char *body)
{
    Buf bytes = {0};
    append_message(&bytes, body);
    session_feed(host->session, buf_str(&bytes));
    buf_finish(&bytes);
}

static void initialize(Hosted *host, const char *params)
{
    Buf body = {0};
    buf_printf(&body, "{\"id\":0,\"method\":\"initialize\",\"params\":%s}", params);
    buf_append_char(&body, 0);
    feed(host, body.data);
    buf_finish(&body);
    assert_int_equal(host->sent.count, 1);
    forget_sent(host);
}

static void append_open(Buf *body, int number, const char *text)
{
    buf_printf(body,
               "{\"method\":\"textDocument/didOpen\",\"params\":{\"textDocument\":{\"uri\":"
               "\"file:///%d.md\",\"languageId\":\"markdown\",\"version\":1,\"text\":\"%s\"}}}",
               number, text);
    buf_append_char(body, 0);
}

static void open_document(Hosted *host, int number, const char *text)
{
    Buf body = {0};
    append_open(&body, number, text);
    feed(host, body.data);
    buf_finish(&body);
}

static void append_key(Hosted *host)
{
    feed(host,
         "{\"method\":\"textDocument/didChange\",\"params\":{\"textDocument\":{\"uri\":"
         "\"file:///1.md\",\"version\":2},\"contentChanges\":[{\"range\":{\"start\":"
         "{\"line\":2,\"character\":0},\"end\":{\"line\":2,\"character\":0}},\"text\":\"x\"}]}}");
}

static bool has_text(const Buf *message, const char *text)
{
    return str_find(buf_str(message), str_of(text)) != STR_NONE;
}

static void bytes_may_come_one_by_one(void **state)
{
    Hosted *host = *state;
    Buf bytes = {0};
    append_message(&bytes, "{\"id\":1,\"method\":\"initialize\",\"params\":{\"processId\":42}}");
    append_message(&bytes, "{\"id\":\"\u00e9\",\"method\":\"shutdown\"}");
    append_message(&bytes, "{\"method\":\"exit\"}");
    for (size_t i = 0; i < bytes.length; i++) {
        session_feed(host->session, (Str){bytes.data + i, 1});
    }
    assert_int_equal(host->sent.count, 2);
    assert_true(has_text(&host->sent.items[1], "\"id\":\"\u00e9\",\"result\":null"));
    assert_int_equal(host->parent, 42);
    assert_int_equal(host->stopped, 1);
    assert_int_equal(session_exit_code(host->session), 0);
    buf_finish(&bytes);
}

static void nothing_is_handled_after_exit(void **state)
{
    Hosted *host = *state;
    Buf bytes = {0};
    append_message(&bytes, "{\"method\":\"exit\"}");
    append_message(&bytes, "{\"id\":1,\"method\":\"initialize\"}");
    session_feed(host->session, buf_str(&bytes));
    session_feed(host->session, buf_str(&bytes));
    session_run(host->session);
    assert_int_equal(host->sent.count, 0);
    assert_int_equal(session_exit_code(host->session), 1);
    buf_finish(&bytes);
}

static void more_messages_than_the_queue_holds_are_all_answered(void **state)
{
    Hosted *host = *state;
    enum { COUNT = 3 * LIMIT_QUEUED_MESSAGES + 7 };
    initialize(host, "{}");
    Buf bytes = {0};
    for (int i = 0; i < COUNT; i++) {
        append_message(&bytes, "{\"id\":1,\"method\":\"nothing\"}");
    }
    session_feed(host->session, buf_str(&bytes));
    assert_int_equal(host->sent.count, COUNT);
    buf_finish(&bytes);
}

static void what_a_stalled_client_asked_waits(void **state)
{
    Hosted *host = *state;
    initialize(host, "{}");
    host->stalled_after = 2;
    Buf bytes = {0};
    for (int i = 0; i < 5; i++) {
        append_message(&bytes, "{\"id\":1,\"method\":\"nothing\"}");
    }
    session_feed(host->session, buf_str(&bytes));
    assert_int_equal(host->sent.count, 2);
    forget_sent(host);
    session_run(host->session);
    assert_int_equal(host->sent.count, 2);
    forget_sent(host);
    session_run(host->session);
    assert_int_equal(host->sent.count, 1);
    buf_finish(&bytes);
}

static void a_stalled_client_is_told_of_a_document_once(void **state)
{
    Hosted *host = *state;
    initialize(host, "{}");
    open_document(host, 1, "# A\\n\\nText.\\n");
    assert_int_equal(host->sent.count, 1);
    host->stalled_after = 1;
    for (int i = 0; i < 5; i++) {
        append_key(host);
    }
    assert_int_equal(host->sent.count, 1);
    forget_sent(host);
    session_run(host->session);
    assert_int_equal(host->sent.count, 1);
    assert_true(has_text(&host->sent.items[0], "\"version\":2"));
}

static void diagnostics_are_limited(void **state)
{
    Hosted *host = *state;
    enum { PAIRS = LIMIT_DIAGNOSTICS + 10 };
    initialize(host, "{}");
    Buf text = {0};
    for (int i = 0; i < PAIRS; i++) {
        buf_printf(&text, "## Part %d\\n\\n## Part %d\\n\\nText.\\n\\n", i, i);
    }
    buf_append_char(&text, 0);
    open_document(host, 1, text.data);
    assert_int_equal(host->sent.count, 1);
    Str body = buf_str(&host->sent.items[0]);
    body = str_after(body, str_find(body, STR("\r\n\r\n")) + 4);

    JsonDocument document = {0};
    Buf reason = {0};
    assert_true(json_document_parse(body, &document, &reason));
    JsonReader params = jr_field(json_document_root(&document), "params");
    JsonReader list = jr_field(params, "diagnostics");
    assert_int_equal(jr_count(list), LIMIT_DIAGNOSTICS);
    JsonReader last = jr_item(list, LIMIT_DIAGNOSTICS - 1);
    assert_str_equal(jr_string_or(jr_field(last, "message"), (Str){0}),
                     STR("more findings from here on"));
    json_document_finish(&document);
    buf_finish(&text);
}

static void what_waits_is_freed_with_the_session(void **state)
{
    Hosted *host = *state;
    initialize(host, "{}");
    host->stalled_after = 1;
    for (int i = 0; i < 5; i++) {
        open_document(host, i, "# A\\n\\nText.\\n");
    }
    Buf half = {0};
    buf_append(&half, STR("Content-Length: 1000\r\n\r\n{"));
    session_feed(host->session, buf_str(&half));
    buf_finish(&half);
}

/* Under STRESS a buffer moves whenever something is appended: a large one would take hours. */
#ifndef STRESS
static void the_host_may_shrink_after_a_large_message(void **state)
{
    Hosted *host = *state;
    initialize(host, "{}");
    Buf text = {0};
    for (int i = 0; i < 200000; i++) {
        buf_append(&text, STR("Words.\\n"));
    }
    buf_append_char(&text, 0);
    open_document(host, 1, "# A");
    assert_int_equal(host->shrunk, 0);
    open_document(host, 1, text.data);
    assert_int_equal(host->shrunk, 1);
    append_key(host);
    assert_int_equal(host->shrunk, 1);
    feed(host, "{\"method\":\"textDocument/didClose\",\"params\":{\"textDocument\":{\"uri\":"
               "\"file:///1.md\"}}}");
    assert_int_equal(host->shrunk, 2);
    buf_finish(&text);
}
#endif

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(bytes_may_come_one_by_one),
        TEST(nothing_is_handled_after_exit),
        TEST(more_messages_than_the_queue_holds_are_all_answered),
        TEST(what_a_stalled_client_asked_waits),
        TEST(a_stalled_client_is_told_of_a_document_once),
        TEST(diagnostics_are_limited),
        TEST(what_waits_is_freed_with_the_session),
#ifndef STRESS
        TEST(the_host_may_shrink_after_a_large_message),
#endif
    };
#undef TEST
    return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
