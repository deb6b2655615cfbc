/*
 * plain: text of files and file names as it may be shown on a terminal.
 *
 * A terminal obeys control characters, and a file may hold any. They are written as escapes, so
 * that nothing read can move the cursor, clear the screen or turn the direction of a line.
 */
#ifndef SERVER_CLI_PLAIN_H
#define SERVER_CLI_PLAIN_H

#include "protocol/base/buf.h"

/* Appends `text` (any bytes): control characters, bidirectional ones too, as \u{1B}, invalid UTF-8
 * as U+FFFD. */
void plain_append(Buf *out, Str text);

/* Whether a code point is one of those that are escaped. */
bool plain_is_control(uint32_t code_point);

#endif
