/*
 * peer: a server to talk to, in this process or over pipes, with the same four questions.
 *
 * The one in this process answers at once, so that what it did not say it will not say; the other is
 * waited for.
 */
#ifndef TESTS_HARNESS_PEER_H
#define TESTS_HARNESS_PEER_H

#include "protocol/json_read.h"

typedef struct Peer Peer;

struct Peer {
    /* Sends bytes, in one piece. False where nobody takes them. */
    bool (*send)(Peer *peer, Str bytes);

    /* Sends no more. */
    void (*close)(Peer *peer);

    /* The next message: its body as text, borrowed, where the peer has it. False where none comes. */
    bool (*next)(Peer *peer, JsonDocument *message, Str *body);

    /* Whether it has ended by itself, and with which exit code. */
    bool (*ended)(Peer *peer, int *code);

    void (*free)(Peer *peer);

    bool waits; /* `next` waits for a message that may come later */
};

Peer *peer_here(void);

/* NULL where the program does not start. */
Peer *peer_there(const char *server);

#endif
