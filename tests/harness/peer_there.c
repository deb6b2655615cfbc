#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "protocol/base/memory.h"
#include "tests/harness/client.h"
#include "tests/harness/peer.h"

enum { PATIENCE = 20 * 1000 /* milliseconds, for anything */ };

typedef struct {
    Peer peer; /* first, so that a Peer is one of these */
    Client client;
} There;

static bool there_send(Peer *peer, Str bytes)
{
    return client_send_raw(&((There *)peer)->client, bytes);
}

static void there_close(Peer *peer)
{
    Client *client = &((There *)peer)->client;
    if (client->input >= 0) {
        close(client->input);
        client->input = -1;
    }
}

static bool there_next(Peer *peer, JsonDocument *message, Str *body)
{
    *body = (Str){0};
    return client_next(&((There *)peer)->client, message);
}

static bool there_ended(Peer *peer, int *code)
{
    Client *client = &((There *)peer)->client;
    for (int waited = 0; waited < PATIENCE; waited++) {
        int status;
        if (waitpid(client->pid, &status, WNOHANG) == client->pid) {
            client->pid = 0;
            *code = WIFEXITED(status) ? WEXITSTATUS(status) : CLIENT_KILLED;
            return true;
        }
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    return false;
}

static void there_free(Peer *peer)
{
    client_stop(&((There *)peer)->client);
    free(peer);
}

Peer *peer_there(const char *server)
{
    There *there = memory_new_zeroed(1, sizeof(*there));
    there->peer = (Peer){
        .send = there_send,
        .close = there_close,
        .next = there_next,
        .ended = there_ended,
        .free = there_free,
        .waits = true,
    };
    if (!client_start(&there->client, (const char *const[]){server, "lsp", NULL})) {
        free(there);
        return NULL;
    }
    there->client.patience = PATIENCE;
    return &there->peer;
}
