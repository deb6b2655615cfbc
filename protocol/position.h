/*
 * position: counts the units of LSP's three position encodings inside one line.
 *
 * Ignorant of documents: whoever has the text finds the line and passes it without its line end.
 * Invalid UTF-8 counts as base/utf counts it, one U+FFFD for each maximal subpart; in utf-8 a unit
 * is a byte, whatever the bytes are.
 */
#ifndef PROTOCOL_POSITION_H
#define PROTOCOL_POSITION_H

#include "protocol/base/str.h"

typedef enum {
    POSITION_UTF16, /* first, so that it is what a client gets that names none */
    POSITION_UTF8,
    POSITION_UTF32,
} PositionEncoding;

/* "utf-16", … */
Str position_encoding_name(PositionEncoding encoding);

/* False where the name is none of the three. */
bool position_encoding_of(Str name, PositionEncoding *encoding);

/* How many units `prefix` has, which is a line from its start on. */
uint32_t position_units(Str prefix, PositionEncoding encoding);

/* The offset in bytes of the character at `units` in `line`: the end of the line where there are
 * fewer, the start of the character where `units` points inside one. */
size_t position_bytes(Str line, uint32_t units, PositionEncoding encoding);

#endif
