/*
 * host: the world, as a session sees it: the one seam between the protocol and the process. The
 * server is hosted by the loop (cli/lsp.c), tests by a struct that collects.
 *
 * All functions are there and return at once.
 */
#ifndef SERVER_HOST_H
#define SERVER_HOST_H

#include "protocol/base/buf.h"

typedef struct {
    void *self; /* the first argument of each function */

    /* Sends a whole message, header included, after those before it. Takes its storage. */
    void (*send)(void *self, Buf taken);

    /* Whether the client has stalled: what can wait should, until session_run is called again. */
    bool (*congested)(void *self);

    /* The session is over when this process is. */
    void (*watch_parent)(void *self, int64_t pid);

    /* Something large has been freed. */
    void (*shrink)(void *self);

    /* The URI of the page that explains a code; empty: there is none. Lives as long as the host. */
    Str (*page)(void *self, Str code);

    /* Appends the text of a file. NULL; "" where there is no such file; else why it cannot be read. */
    const char *(*read)(void *self, Str path, Buf *text);

    /* Whether there is such a file or folder. */
    bool (*exists)(void *self, Str path);

    /* Calls session_file_changed for what changes in a folder from now on. */
    void (*watch)(void *self, Str folder);

    /* The session is over. */
    void (*stop)(void *self);
} Host;

#endif
