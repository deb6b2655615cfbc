/* version: what --version prints. */
#ifndef SERVER_CLI_VERSION_H
#define SERVER_CLI_VERSION_H

#include "protocol/base/buf.h"

/* Appends galley's version, then a line for each library that it runs with. */
void version_append(Buf *out);

#endif
