/*
 * uri: file: URIs and paths (RFC 8089, RFC 3986). Clients spell one file in many ways:
 * percent-encoded or not, `c%3A`, `C:`, `file://localhost/`. Documents are stored under the normal
 * form and answered with the client's own spelling.
 *
 * Ignorant of the file system: no path is looked up, no `..` resolved. All functions append to
 * `out`. A percent sign that is no escape stands for itself.
 */
#ifndef PROTOCOL_URI_H
#define PROTOCOL_URI_H

#include "protocol/base/buf.h"

/* Appends the one spelling that all spellings of a file have in common. A URI of another scheme, or
 * text that is no URI, is its own normal form. */
void uri_normalise(Str uri, Buf *out);

/* Appends the path of a file: URI: `/a b.md`, `c:/a.md` for a drive, `//server/share` for a host.
 * False, and nothing, where it is of another scheme or contains a NUL. */
bool uri_to_path(Str uri, Buf *out);

/* Appends the file: URI, in its normal form, of an absolute path; a drive or `\\server` may have
 * backslashes. */
void uri_of_path(Str path, Buf *out);

#endif
