/*
 * session: the life of one connection: bytes in, messages out, one reply to each request.
 *
 * It keeps the phases of the protocol, a queue of what has come and not been handled, and the
 * order: messages are handled one after the other, a request is answered from the state at its
 * turn. All that has come is read into the queue before the first of it is handled, so that a
 * cancellation reaches a request that still waits. Diagnostics go out when nothing waits any more.
 *
 * Nothing that comes in ends the process. Ignorant of what methods mean (methods/methods.h) and of
 * the loop (host.h).
 */
#ifndef SERVER_SESSION_H
#define SERVER_SESSION_H

#include "server/host.h"

typedef struct Session Session;

/* Lifetime */

Session *session_new(Host host);
void session_free(Session *session);

/* Changers */

/* Takes what was read, cut anywhere, and handles the messages that are whole. */
void session_feed(Session *session, Str bytes);

/* Handles what waits, as far as the client takes the answers. To be called when the host is no
 * longer congested. */
void session_run(Session *session);

/* Something has changed in a folder that the host watches: `path` is of what, as far as that is known.
 */
void session_file_changed(Session *session, Str path);

/* Queries */

/* What the process ends with if it ends now: 0 after shutdown, else 1. */
int session_exit_code(const Session *session);

#endif
