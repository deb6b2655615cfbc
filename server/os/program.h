/*
 * program: the running program itself: where it lies and what it runs on.
 */
#ifndef SERVER_OS_PROGRAM_H
#define SERVER_OS_PROGRAM_H

#include "protocol/base/buf.h"

/* Appends the folder that holds the program, links resolved, without a slash at its end. False, and
 * nothing, where the system does not tell. */
bool program_folder(Buf *out);

/* The version of libuv that it runs with. */
const char *program_libuv(void);

#endif
