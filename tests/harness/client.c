#include "tests/harness/client.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 60 * 1000, BODY_LIMIT = 256 << 20, READ_SIZE = 256 << 10 };

uint64_t client_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

bool client_read_file(const char *path, Buf *contents)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    size_t got;
    do {
        got = fread(buf_reserve(contents, READ_SIZE), 1, READ_SIZE, file);
        contents->length += got;
    } while (got > 0);
    bool whole = !ferror(file);
    fclose(file);
    return whole;
}

/* Lifetime */

static void close_pipe(int *descriptor)
{
    if (*descriptor >= 0) {
        close(*descriptor);
        *descriptor = -1;
    }
}

/* In the child: it ends with its parent, so that a test that was killed leaves nothing behind. */
static void run_server(int in[2], int out[2], const char *const *arguments)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_DFL);
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    execvp(arguments[0], (char *const *)arguments);
    fprintf(stderr, "cannot run %s: %s\n", arguments[0], strerror(errno));
    _exit(127);
}

bool client_start(Client *client, const char *const *arguments)
{
    int in[2], out[2];
    *client = (Client){.input = -1, .output = -1, .patience = PATIENCE};
    frame_reader_init(&client->frames, BODY_LIMIT);
    signal(SIGPIPE, SIG_IGN);
    if (pipe2(in, O_CLOEXEC) != 0) {
        return false;
    }
    if (pipe2(out, O_CLOEXEC) != 0) {
        close(in[0]);
        close(in[1]);
        return false;
    }
    client->pid = fork();
    if (client->pid == 0) {
        run_server(in, out, arguments);
    }
    close(in[0]);
    close(out[1]);
    client->input = in[1];
    client->output = out[0];
    fcntl(client->input, F_SETFL, O_NONBLOCK);
    fcntl(client->output, F_SETFL, O_NONBLOCK);
    return client->pid > 0;
}

/* Waits for the child until the deadline, then kills it. */
static int reap(Client *client, uint64_t deadline)
{
    int status = 0;
    while (waitpid(client->pid, &status, WNOHANG) == 0) {
        if (client_clock() > deadline) {
            kill(client->pid, SIGKILL);
            waitpid(client->pid, &status, 0);
            break;
        }
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    client->pid = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : CLIENT_KILLED;
}

int client_stop(Client *client)
{
    int status = CLIENT_KILLED;
    if (client->pid > 0) {
        uint64_t deadline = client_clock() + (uint64_t)client->patience * 1000000, id;
        JsonDocument reply = {0};
        jw_null(client_begin(client, "shutdown", &id));
        if (client_send(client) && client_wait_reply(client, id, &reply)) {
            jw_null(client_begin(client, "exit", NULL));
            client_send(client);
        }
        json_document_finish(&reply);
        close_pipe(&client->input);
        close_pipe(&client->output);
        status = reap(client, deadline);
    }
    frame_reader_finish(&client->frames);
    buf_finish(&client->chunk);
    jw_finish(&client->writer);
    return status;
}

/* Bytes */

/* Reads what is there. False at the end of the server's output. */
static bool receive(Client *client)
{
    char *chunk = buf_reserve(&client->chunk, READ_SIZE);
    ssize_t got = read(client->output, chunk, READ_SIZE);
    if (got > 0) {
        frame_feed(&client->frames, (Str){chunk, (size_t)got});
    }
    return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

/* Waits until the server's output can be read or, where asked, its input be written. */
static bool wait_for(Client *client, bool writable, uint64_t deadline)
{
    struct pollfd from = {.fd = client->output, .events = POLLIN};
    struct pollfd to = {.fd = writable ? client->input : -1, .events = POLLOUT};
    struct pollfd ends[] = {from, to};
    uint64_t now = client_clock();
    if (now >= deadline || client->output < 0) {
        return false;
    }
    return poll(ends, 2, (int)((deadline - now) / 1000000) + 1) > 0 || errno == EINTR;
}

/* Reads while it writes, so that neither side waits for the other forever. */
bool client_send_raw(Client *client, Str bytes)
{
    uint64_t deadline = client_clock() + (uint64_t)client->patience * 1000000;
    client->sent = client_clock();
    while (bytes.length > 0) {
        ssize_t put = write(client->input, bytes.data, bytes.length);
        if (put > 0) {
            bytes = str_after(bytes, (size_t)put);
        } else if (errno != EAGAIN && errno != EINTR) {
            return false;
        } else if (!wait_for(client, true, deadline) || !receive(client)) {
            return false;
        }
    }
    return true;
}

/* Messages */

JsonWriter *client_begin(Client *client, const char *method, uint64_t *id)
{
    JsonWriter *writer = &client->writer;
    jw_message_begin(writer);
    jw_begin_object(writer);
    jw_string_field(writer, "jsonrpc", STR("2.0"));
    if (id != NULL) {
        *id = ++client->last_id;
        jw_uint_field(writer, "id", *id);
    }
    jw_string_field(writer, "method", str_of(method));
    jw_key(writer, "params");
    return writer;
}

bool client_send(Client *client)
{
    jw_end_object(&client->writer);
    return client_send_raw(client, jw_message_end(&client->writer));
}

bool client_next(Client *client, JsonDocument *message)
{
    uint64_t deadline = client_clock() + (uint64_t)client->patience * 1000000;
    Buf error = {0};
    Frame frame;
    FrameEvent event;
    while ((event = frame_next(&client->frames, &frame)) == FRAME_NONE) {
        if (!wait_for(client, false, deadline) || !receive(client)) {
            return false;
        }
    }
    client->received = client_clock();
    json_document_finish(message);
    bool good = event == FRAME_BODY && json_document_parse(frame.body, message, &error);
    buf_finish(&error);
    return good;
}

bool client_wait_reply(Client *client, uint64_t id, JsonDocument *reply)
{
    while (client_next(client, reply)) {
        JsonReader root = json_document_root(reply);
        if (jr_missing(jr_field(root, "method")) && jr_uint32_or(jr_field(root, "id"), 0) == id) {
            return true;
        }
    }
    return false;
}

bool client_wait_notification(Client *client, const char *method, JsonDocument *message)
{
    while (client_next(client, message)) {
        Str name = jr_string_or(jr_field(json_document_root(message), "method"), STR(""));
        if (str_equal(name, str_of(method))) {
            return true;
        }
    }
    return false;
}

/* The messages that every client sends */

bool client_initialize(Client *client, const char *capabilities, JsonDocument *reply)
{
    uint64_t id;
    JsonWriter *params = client_begin(client, "initialize", &id);
    jw_begin_object(params);
    jw_uint_field(params, "processId", (uint64_t)getpid());
    jw_key(params, "rootUri");
    jw_null(params);
    jw_key(params, "capabilities");
    jw_raw(params, str_of(capabilities));
    jw_end_object(params);
    if (!client_send(client) || !client_wait_reply(client, id, reply)) {
        return false;
    }
    params = client_begin(client, "initialized", NULL);
    jw_begin_object(params);
    jw_end_object(params);
    return client_send(client);
}

bool client_open(Client *client, const char *uri, Str text)
{
    JsonWriter *params = client_begin(client, "textDocument/didOpen", NULL);
    jw_begin_object(params);
    jw_key(params, "textDocument");
    jw_begin_object(params);
    jw_string_field(params, "uri", str_of(uri));
    jw_string_field(params, "languageId", STR("markdown"));
    jw_uint_field(params, "version", 1);
    jw_string_field(params, "text", text);
    jw_end_object(params);
    jw_end_object(params);
    return client_send(client);
}

static void write_position(JsonWriter *writer, const char *key, uint32_t line, uint32_t character)
{
    jw_key(writer, key);
    jw_begin_object(writer);
    jw_uint_field(writer, "line", line);
    jw_uint_field(writer, "character", character);
    jw_end_object(writer);
}

bool client_change(Client *client, const char *uri, uint32_t version, uint32_t line, uint32_t from,
                   uint32_t to, Str text)
{
    JsonWriter *params = client_begin(client, "textDocument/didChange", NULL);
    jw_begin_object(params);
    jw_key(params, "textDocument");
    jw_begin_object(params);
    jw_string_field(params, "uri", str_of(uri));
    jw_uint_field(params, "version", version);
    jw_end_object(params);
    jw_key(params, "contentChanges");
    jw_begin_array(params);
    jw_begin_object(params);
    jw_key(params, "range");
    jw_begin_object(params);
    write_position(params, "start", line, from);
    write_position(params, "end", line, to);
    jw_end_object(params);
    jw_string_field(params, "text", text);
    jw_end_object(params);
    jw_end_array(params);
    jw_end_object(params);
    return client_send(client);
}

bool client_ask(Client *client, const char *method, const char *uri, JsonDocument *reply)
{
    uint64_t id;
    JsonWriter *params = client_begin(client, method, &id);
    jw_begin_object(params);
    jw_key(params, "textDocument");
    jw_begin_object(params);
    jw_string_field(params, "uri", str_of(uri));
    jw_end_object(params);
    jw_end_object(params);
    return client_send(client) && client_wait_reply(client, id, reply);
}
