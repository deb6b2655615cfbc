/*
 * words: text as words, for counting them and for comparing texts as a reader does.
 *
 * To compare, a word is what stands between blanks, without the quotation marks, brackets,
 * emphasis and sentence punctuation around it, and folded: «Введение», **введение** and "Введение:"
 * are one word. What has no letter and no number (dashes, emoji, ornaments) is no word. Punctuation
 * inside stays: "C++", "A/B", "e-mail".
 */
#ifndef SERVER_UNICODE_WORDS_H
#define SERVER_UNICODE_WORDS_H

#include "server/unicode/unicode.h"

/* The next word at or after `*offset`, as it stands in `text`; the offset moves behind it and the
 * blanks are not yet skipped. False where there is none; then nothing is written. */
bool words_next(Str text, size_t *offset, Str *word);

/* What a code point of a word is compared as; returns how many code points `out` got, 0 to 3. Case
 * folding, and: ё is е, ı and İ are i, every apostrophe is ', every hyphen and dash is -, and format characters
 * (soft hyphen, zero width) are nothing. */
unsigned words_fold(uint32_t cp, uint32_t out[3]);

/* Appends the words of `text`, folded, with one space between. Equal results are equal texts. */
void words_append(Buf *out, Str text);

/* How many words a reader counts: runs of letters and numbers, joined by an inner apostrophe or
 * hyphen and by the point of a number; each ideograph and kana is one, as editors count them. */
size_t words_count(Str text);

#endif
