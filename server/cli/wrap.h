/* wrap: text in lines of a limited width. */
#ifndef SERVER_CLI_WRAP_H
#define SERVER_CLI_WRAP_H

#include "protocol/base/buf.h"

/* Appends the words of `text` and a line break, from column `at` on and no further than `width`;
 * lines after the first begin at column `indent`. */
void wrap_append(Buf *out, Str text, size_t at, size_t indent, size_t width);

#endif
