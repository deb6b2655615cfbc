/* process: the real server, over pipes, with clients that do it no good: what they send is huge, deep or
 * broken, or they do not read. Whatever comes, the next request is answered as if nothing had
 * happened. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/harness/client.h"
#include "tests/harness/server_path.h"
#include "tests/unit/unit.h"

enum { MEGABYTE = 1 << 20 };

typedef struct {
    Buf path;
} Suite;

/* A server that has been initialised. */
static Client start(void **state)
{
    Suite *suite = *state;
    Client client;
    JsonDocument reply = {0};
    assert_true(client_start(&client, (const char *const[]){suite->path.data, "lsp", NULL}));
    assert_true(client_initialize(&client, "{}", &reply));
    json_document_finish(&reply);
    return client;
}

/* The answer to a question about a document: the number of its symbols. */
static size_t count_symbols(Client *client, const char *uri)
{
    JsonDocument reply = {0};
    assert_true(client_ask(client, "textDocument/documentSymbol", uri, &reply));
    JsonReader result = jr_field(json_document_root(&reply), "result");
    assert_int_equal(jr_kind(result), JR_ARRAY);
    size_t count = jr_count(result);
    json_document_finish(&reply);
    return count;
}

static void wait_for_diagnostics(Client *client)
{
    JsonDocument message = {0};
    assert_true(client_wait_notification(client, "textDocument/publishDiagnostics", &message));
    json_document_finish(&message);
}

static void stop(Client *client)
{
    assert_int_equal(client_stop(client), 0);
}

static void ten_thousand_documents_may_be_open(void **state)
{
    enum { COUNT = 10000 };
    Client client = start(state);
    char uri[64];
    for (int i = 0; i < COUNT; i++) {
        snprintf(uri, sizeof(uri), "file:///folder/%d.md", i);
        assert_true(client_open(&client, uri, STR("# A\n\nText.\n")));
    }
    for (int i = 0; i < COUNT; i++) {
        wait_for_diagnostics(&client);
    }
    assert_int_equal(count_symbols(&client, "file:///folder/0.md"), 1);
    assert_int_equal(count_symbols(&client, uri), 1);
    stop(&client);
}

static void expect_parse_error(Client *client)
{
    JsonDocument message = {0};
    int64_t code = 0;
    assert_true(client_next(client, &message));
    JsonReader root = json_document_root(&message);
    assert_int_equal(jr_kind(jr_field(root, "id")), JR_NULL);
    assert_true(jr_int64(jr_field(jr_field(root, "error"), "code"), &code));
    assert_int_equal(code, -32700);
    json_document_finish(&message);
}

static void json_nested_100_000_deep_is_an_error(void **state)
{
    enum { DEPTH = 100000 };
    Client client = start(state);
    const char brackets[] = {'[', ']'};
    Buf body = {0};
    char *at = buf_reserve(&body, (size_t)2 * DEPTH);
    for (; body.length < (size_t)2 * DEPTH; body.length++) {
        at[body.length] = brackets[body.length / DEPTH];
    }
    Buf message = {0};
    buf_printf(&message, "Content-Length: %zu\r\n\r\n", body.length);
    buf_append(&message, buf_str(&body));
    assert_true(client_send_raw(&client, buf_str(&message)));
    expect_parse_error(&client);
    assert_true(client_open(&client, "file:///a.md", STR("# A\n\nText.\n")));
    assert_int_equal(count_symbols(&client, "file:///a.md"), 1);
    stop(&client);
    buf_finish(&body);
    buf_finish(&message);
}

static void markdown_nested_100_000_deep_is_a_document(void **state)
{
#ifdef STRESS
    enum { DEPTH = 2000 }; /* whatever grows moves */
#else
    enum { DEPTH = 100000 };
#endif
    static const char *const marks[] = {"> ", "- ", "[", "*a ", "![", "1. ", "<b>", "`"};
    Client client = start(state);
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
        Buf text = {0};
        Str mark = str_of(marks[i]);
        buf_append(&text, STR("# A\n\n"));
        char *at = buf_reserve(&text, DEPTH * mark.length);
        for (size_t depth = 0; depth < DEPTH; depth++) {
            memcpy(at + depth * mark.length, mark.data, mark.length);
        }
        text.length += DEPTH * mark.length;
        buf_append(&text, STR("text\n\n# B\n\nText.\n"));
        assert_true(client_open(&client, "file:///a.md", buf_str(&text)));
        wait_for_diagnostics(&client);
        assert_in_range(count_symbols(&client, "file:///a.md"), 1, 2);
        buf_finish(&text);
    }
    stop(&client);
}

static void garbage_is_skipped(void **state)
{
    Client client = start(state);
    Buf garbage = {0};
    uint32_t random = 1;
    char *at = buf_reserve(&garbage, MEGABYTE);
    for (; garbage.length < MEGABYTE; garbage.length++) {
        random = random * 1664525 + 1013904223;
        at[garbage.length] = (char)(random >> 24);
    }
    assert_true(client_send_raw(&client, buf_str(&garbage)));
    assert_true(client_open(&client, "file:///a.md", STR("# A\n\nText.\n")));
    assert_int_equal(count_symbols(&client, "file:///a.md"), 1);
    stop(&client);
    buf_finish(&garbage);
}

static void text_of_any_bytes_is_a_document(void **state)
{
    Client client = start(state);
    Buf body = {0}, message = {0};
    buf_append(&body, STR("{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\",\"params\":"
                          "{\"textDocument\":{\"uri\":\"file:///a.md\",\"languageId\":\"markdown\","
                          "\"version\":1,\"text\":\"# \\u0000\xFF\xC3 \\ud800 "
                          "\xED\xA0\x80\\n\\n\\u0001\xF4\x90\\n\\n# B\\n\\nText.\"}}}"));
    buf_printf(&message, "Content-Length: %zu\r\n\r\n", body.length);
    buf_append(&message, buf_str(&body));
    assert_true(client_send_raw(&client, buf_str(&message)));
    wait_for_diagnostics(&client);
    assert_int_equal(count_symbols(&client, "file:///a.md"), 2);
    stop(&client);
    buf_finish(&body);
    buf_finish(&message);
}

static void it_ends_with_the_process_that_initialize_names(void **state)
{
    Suite *suite = *state;
    Client client;
    JsonDocument reply = {0};
    uint64_t id;
    pid_t parent = fork();
    if (parent == 0) {
        pause();
        _exit(0);
    }
    assert_true(client_start(&client, (const char *const[]){suite->path.data, "lsp", NULL}));
    JsonWriter *params = client_begin(&client, "initialize", &id);
    jw_begin_object(params);
    jw_uint_field(params, "processId", (uint64_t)parent);
    jw_end_object(params);
    assert_true(client_send(&client) && client_wait_reply(&client, id, &reply));
    kill(parent, SIGKILL);
    waitpid(parent, NULL, 0);
    assert_false(client_next(&client, &reply)); /* its output ends */
    assert_int_equal(client_stop(&client), 1);
    json_document_finish(&reply);
}

static void it_says_nothing_on_standard_error(void **state)
{
    char path[] = "/tmp/galley-process-XXXXXX";
    int file = mkstemp(path), own = dup(STDERR_FILENO);
    unlink(path);
    dup2(file, STDERR_FILENO);
    Client client = start(state);
    assert_true(client_send_raw(&client, STR("Content-Length: nonsense\r\n\r\n")));
    assert_true(client_open(&client, "file:///a.md", STR("# A\n\nText.\n")));
    size_t count = count_symbols(&client, "file:///a.md");
    int status = client_stop(&client);
    dup2(own, STDERR_FILENO);
    close(own);
    assert_int_equal(count, 1);
    assert_int_equal(status, 0);
    assert_int_equal(lseek(file, 0, SEEK_END), 0);
    close(file);
}

/* Under STRESS a buffer moves whenever something is appended: large ones would take hours. */
#ifndef STRESS

/* Waits for what the server says of its own accord, and expects that its message has this in it. */
static void expect_message(Client *client, const char *method, const char *text)
{
    JsonDocument message = {0};
    assert_true(client_wait_notification(client, method, &message));
    JsonReader params = jr_field(json_document_root(&message), "params");
    Str said = jr_string_or(jr_field(params, "message"), (Str){0});
    assert_true(str_find(said, str_of(text)) != STR_NONE);
    json_document_finish(&message);
}

/* Resident memory of a process, in megabytes. */
static long resident(pid_t pid)
{
    char path[64];
    long pages = 0, all;
    snprintf(path, sizeof(path), "/proc/%d/statm", (int)pid);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld %ld", &all, &pages), 2);
    fclose(file);
    return pages * sysconf(_SC_PAGESIZE) / MEGABYTE;
}

/* Sanitizers keep what was freed. */
static bool memory_is_measured(void)
{
#if defined(__SANITIZE_ADDRESS__)
    return false;
#else
    return true;
#endif
}

static void append_lines(Buf *text, size_t size)
{
    buf_reserve(text, size);
    while (text->length < size) {
        buf_append(text, STR("All work and no play makes Jack a dull boy. \xD0\x9F\xD0\xBE.\n"));
    }
}

static void open_large(void **state, size_t size)
{
    Client client = start(state);
    Buf text = {0};
    append_lines(&text, size);
    assert_true(client_open(&client, "file:///large.md", buf_str(&text)));
    buf_finish(&text);
    buf_finish(&client.writer.out);
    expect_message(&client, "window/showMessage", "file:///large.md is larger than");
    assert_int_equal(count_symbols(&client, "file:///large.md"), 0);
    assert_true(!memory_is_measured() || resident(client.pid) < 12);

    assert_true(client_change(&client, "file:///large.md", 2, 0, 0, 0, STR("# A\n\n")));
    assert_int_equal(count_symbols(&client, "file:///large.md"), 0);
    assert_true(client_open(&client, "file:///large.md", STR("# A\n\nText.\n")));
    wait_for_diagnostics(&client);
    assert_int_equal(count_symbols(&client, "file:///large.md"), 1);
    stop(&client);
}

static void a_document_of_100_megabytes_is_only_tracked(void **state)
{
    open_large(state, 100 * MEGABYTE);
}

static void a_document_that_is_read_and_too_large_is_only_tracked(void **state)
{
    open_large(state, 40 * MEGABYTE);
}

static void a_change_of_100_megabytes_makes_a_document_too_large(void **state)
{
    Client client = start(state);
    Buf text = {0};
    append_lines(&text, 100 * MEGABYTE);
    assert_true(client_open(&client, "file:///a.md", STR("# A\n\nText.\n")));
    assert_int_equal(count_symbols(&client, "file:///a.md"), 1);
    assert_true(client_change(&client, "file:///a.md", 2, 0, 0, 0, buf_str(&text)));
    buf_finish(&text);
    expect_message(&client, "window/showMessage", "file:///a.md is larger than");
    assert_int_equal(count_symbols(&client, "file:///a.md"), 0);
    stop(&client);
}

static void memory_falls_again_after_a_large_document(void **state)
{
    Client client = start(state);
    Buf text = {0};
    append_lines(&text, 4 * MEGABYTE);
    assert_true(client_open(&client, "file:///a.md", buf_str(&text)));
    buf_finish(&text);
    wait_for_diagnostics(&client);
    JsonWriter *params = client_begin(&client, "textDocument/didClose", NULL);
    jw_raw(params, STR("{\"textDocument\":{\"uri\":\"file:///a.md\"}}"));
    assert_true(client_send(&client));
    wait_for_diagnostics(&client);
    assert_true(client_open(&client, "file:///b.md", STR("# A\n\nText.\n")));
    assert_int_equal(count_symbols(&client, "file:///b.md"), 1);
    assert_true(!memory_is_measured() || resident(client.pid) < 8);
    stop(&client);
}

/* Sends one request after the other as long as the server reads. How many went, the last one maybe
 * in part: what is left of it is in `rest`. */
static uint32_t send_until_stuck(Client *client, uint32_t most, Str message, Str *rest)
{
    enum { PAUSES = 100, PAUSE_MICROSECONDS = 10000 };
    uint32_t sent = 0;
    for (int idle = 0; idle < PAUSES && sent < most;) {
        ssize_t count = write(client->input, rest->data, rest->length);
        if (count <= 0) {
            idle++;
            usleep(PAUSE_MICROSECONDS);
            continue;
        }
        idle = 0;
        *rest = str_after(*rest, (size_t)count);
        if (rest->length == 0) {
            *rest = message;
            sent++;
        }
    }
    return sent;
}

static void a_client_that_does_not_read_is_waited_for(void **state)
{
    enum { SECTIONS = 2000, MOST = 2000 };
    Client client = start(state);
    Buf text = {0};
    for (int i = 0; i < SECTIONS; i++) {
        buf_printf(&text, "# Section %d\n\nText.\n\n", i);
    }
    assert_true(client_open(&client, "file:///a.md", buf_str(&text)));
    wait_for_diagnostics(&client);
    /* Padded, so that few of them fill a pipe. */
    Buf request = {0};
    buf_printf(&request,
               "Content-Length: 4208\r\n\r\n"
               "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"textDocument/documentSymbol\","
               "\"params\":{\"textDocument\":{\"uri\":\"file:///a.md\"}}%4096s}",
               "");
    Str rest = buf_str(&request);
    uint32_t sent = send_until_stuck(&client, MOST, buf_str(&request), &rest);
    assert_true(sent > 0 && sent < MOST);
    assert_true(!memory_is_measured() || resident(client.pid) < 64);

    /* It goes on where it stopped once the client reads again. */
    assert_true(client_send_raw(&client, rest));
    assert_true(client_change(&client, "file:///a.md", 2, 0, 0, 0, STR("# A\n\nText.\n\n")));
    assert_int_equal(count_symbols(&client, "file:///a.md"), SECTIONS + 1);
    stop(&client);
    buf_finish(&request);
    buf_finish(&text);
}

#endif

static Suite suite;

static int set_up(void **state)
{
    *state = &suite;
    return 0;
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
#ifndef STRESS
        cmocka_unit_test(a_document_of_100_megabytes_is_only_tracked),
        cmocka_unit_test(a_document_that_is_read_and_too_large_is_only_tracked),
        cmocka_unit_test(a_change_of_100_megabytes_makes_a_document_too_large),
        cmocka_unit_test(memory_falls_again_after_a_large_document),
        cmocka_unit_test(a_client_that_does_not_read_is_waited_for),
#endif
        cmocka_unit_test(ten_thousand_documents_may_be_open),
        cmocka_unit_test(json_nested_100_000_deep_is_an_error),
        cmocka_unit_test(markdown_nested_100_000_deep_is_a_document),
        cmocka_unit_test(garbage_is_skipped),
        cmocka_unit_test(text_of_any_bytes_is_a_document),
        cmocka_unit_test(it_ends_with_the_process_that_initialize_names),
        cmocka_unit_test(it_says_nothing_on_standard_error),
    };
    (void)count;
    server_path(arguments[0], &suite.path);
    int failed = cmocka_run_group_tests_name("process", tests, set_up, NULL);
    buf_finish(&suite.path);
    return failed;
}
