/* server_path: which server a test program is to start. */
#ifndef TESTS_HARNESS_SERVER_PATH_H
#define TESTS_HARNESS_SERVER_PATH_H

#include "protocol/base/buf.h"

/* Appends, with a NUL, what the environment's GALLEY says, else the server of the same mode as the test
 * program: build/MODE/galley for build/MODE/tests/…/program. */
void server_path(const char *program, Buf *path);

#endif
