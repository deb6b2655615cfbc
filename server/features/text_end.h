/*
 * text_end: where text ends before a place, for ranges and folds that leave out the blank lines
 * behind them.
 */
#ifndef SERVER_FEATURES_TEXT_END_H
#define SERVER_FEATURES_TEXT_END_H

#include "server/markdown/document.h"

/* The end of the last line before `offset` that has text, without its line ending; 0 where all is
 * blank. Inside a block (`nested`), quote markers alone are no text, and neither is what stands
 * before `offset` on its own line. */
size_t text_end(const Document *document, size_t offset, bool nested);

#endif
