/*
 * page: the page of a rule, as a terminal shows it. Pages are case files (tests/README.md): headings,
 * paragraphs, lists and fences, in which «code:text» marks what is reported.
 */
#ifndef SERVER_CLI_PAGE_H
#define SERVER_CLI_PAGE_H

#include "protocol/base/buf.h"

/* Appends it: headings stand out, paragraphs are broken to `width` columns, examples are indented,
 * and what is reported in them is underlined. Without `colour` examples keep their marks. */
void page_append(Buf *out, Str markdown, uint32_t width, bool colour);

#endif
