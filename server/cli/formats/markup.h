/* markup: text as XML and HTML can hold it, in their text and in quoted attributes. */
#ifndef SERVER_CLI_FORMATS_MARKUP_H
#define SERVER_CLI_FORMATS_MARKUP_H

#include "protocol/base/buf.h"

/* Appends `text` (any bytes): what markup means something by as references, and control characters,
 * which XML has no way to write, as plain_append does. */
void markup_append(Buf *out, Str text);

#endif
