/*
 * client: a language client for tests, the demo and the bench: it starts a server, talks to it over
 * pipes, and never waits longer than its patience for anything.
 *
 *     JsonWriter *params = client_begin(&client, "textDocument/hover", &id);
 *     …writes the value of "params"…
 *     client_send(&client);
 *     client_wait_reply(&client, id, &reply);
 *
 * It answers nothing that a server asks for: offer no capability that makes a server ask.
 *
 * Ownership: a client owns its child process and both pipes; client_stop always reaps the child.
 * Documents that waits fill belong to the caller, who finishes them.
 */
#ifndef TESTS_HARNESS_CLIENT_H
#define TESTS_HARNESS_CLIENT_H

#include <sys/types.h>

#include "protocol/frame.h"
#include "protocol/json_read.h"
#include "protocol/json_write.h"

typedef struct {
    pid_t pid;          /* of the server; 0 when it has been reaped */
    int input, output;  /* of the server: written to, read from; -1 when closed */
    FrameReader frames; /* what came and was not taken yet */
    Buf chunk;          /* room for one read */
    JsonWriter writer;  /* the message that is being written */
    uint64_t last_id;   /* of the newest request */
    int patience;       /* milliseconds that one send or wait may take */
    uint64_t sent;      /* when the last message began to be sent, in ns of the monotonic clock */
    uint64_t received;  /* when the last message taken was complete, likewise */
} Client;

/* What client_stop answers where the server had to be killed, or died of a signal. */
enum { CLIENT_KILLED = -1 };

/* Lifetime */

/* Starts a program, `arguments` ending with NULL. False where the system refuses. */
bool client_start(Client *client, const char *const *arguments);

/* Says shutdown and exit, closes the pipes and waits. The server's exit status, or CLIENT_KILLED. */
int client_stop(Client *client);

/* Messages. Each is false where the server is gone or the client's patience ended. */

/* Begins a request where `id` is given, else a notification; the caller writes the value of params
 * and calls client_send. */
JsonWriter *client_begin(Client *client, const char *method, uint64_t *id);
bool client_send(Client *client);

/* Bytes as they are. */
bool client_send_raw(Client *client, Str bytes);

/* The next message, whatever it is. */
bool client_next(Client *client, JsonDocument *message);

/* The next message of that kind; what comes before it is dropped. A reply may be an error. */
bool client_wait_reply(Client *client, uint64_t id, JsonDocument *reply);
bool client_wait_notification(Client *client, const char *method, JsonDocument *message);

/* The messages that every client sends */

/* initialize with these capabilities (JSON), its reply, initialized. */
bool client_initialize(Client *client, const char *capabilities, JsonDocument *reply);
bool client_open(Client *client, const char *uri, Str text);

/* Replaces from one character to another of one line by `text`; units as negotiated. */
bool client_change(Client *client, const char *uri, uint32_t version, uint32_t line, uint32_t from,
                   uint32_t to, Str text);

/* A request whose params are {"textDocument": {"uri": uri}}, and its reply. */
bool client_ask(Client *client, const char *method, const char *uri, JsonDocument *reply);

/* Others */

/* Nanoseconds of the monotonic clock. */
uint64_t client_clock(void);

/* The whole of a file; false where it cannot be read. */
bool client_read_file(const char *path, Buf *contents);

#endif
