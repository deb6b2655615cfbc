/*
 * address: bare URLs and e-mail addresses in text, as readers take them for one.
 *
 * A URL is `scheme://…` or `www.…`, up to a blank, `<` or punctuation that is not ASCII, without the
 * sentence punctuation and the unbalanced parentheses at its end (GFM, "Autolinks"). Letters of any
 * script may stand in it.
 */
#ifndef SERVER_MARKDOWN_ADDRESS_H
#define SERVER_MARKDOWN_ADDRESS_H

#include "server/markdown/syntax.h"

/* Whether an address of `text` has its telltale at `at`: the `:` of `://`, the first w of `www.`, the
 * `@`. It begins at `from` or later. Reads as many bytes as the address has, and some sixty before. */
bool address_at(Str text, uint32_t from, uint32_t at, Span *address);

#endif
