/*
 * lexicon: the phrases that stand in for text, in every language at once.
 *
 * They are data: one file per language beside this one, which the build compiles to one automaton
 * (generate.c; a broken file fails the build, with its line). A new language is a new file.
 * Matching costs what the text and the phrases have in common, however many phrases there are: an
 * ordinary paragraph is rejected within its first words. Nothing is allocated, nothing fails.
 *
 * Texts are compared by words (server/unicode/words.h): case, emphasis, quotation marks, closing
 * punctuation and repeated blanks do not matter. The module is ignorant of Markdown: it takes plain
 * text, and what is code, a link or a quotation the caller has left out.
 */
#ifndef SERVER_LEXICON_LEXICON_H
#define SERVER_LEXICON_LEXICON_H

#include "protocol/base/str.h"

/* How sure a phrase is, from the strongest on. */
typedef enum {
    LEXICON_NONE,
    LEXICON_BLOCK,   /* nothing but a placeholder, where it is the whole block */
    LEXICON_SOON,    /* a promise of text ("coming soon"), where it is the whole block */
    LEXICON_BRACKET, /* a form to fill in ("[Your Name]"), where it is all that is in brackets */
    LEXICON_MARKER,  /* an author's own mark ("TODO"), in exactly this case */
} LexiconTier;

/* The languages, by the names of their files, separated by blanks: "de en …". The first is bit 0 of a
 * set of languages, and so on. */
extern const char lexicon_languages[];

enum { LEXICON_ALL = 0 }; /* as a set of languages */

/* What the whole of a paragraph's, heading's, cell's or item's text is: BLOCK, SOON, or BRACKET
 * where one pair of square brackets holds it all. A pair of any brackets around it and a word like
 * "Error:" before it do not matter. Only phrases of `languages` count. */
LexiconTier lexicon_match_block(Str text, uint32_t languages);

/* What the text inside a pair of square brackets is, in the middle of prose: BLOCK, BRACKET or
 * MARKER.
 * "[coming soon]" is ordinary there. */
LexiconTier lexicon_match_bracket(Str inside, uint32_t languages);

/* Whether a block begins with a bare marker that is all of it, or that a colon follows, perhaps
 * after a name: "TODO", "TODO: sources", "TODO(ann): sources". `length` is the marker's own, in
 * bytes, from the start of `text`. The caller knows better where the language has the word (Spanish
 * "TODO:"). */
bool lexicon_match_marker(Str text, size_t *length);

/* Whether all words of a text say that some text is left out: "rest of the article unchanged". The
 * caller knows whether it is dressed as such a remark, in brackets, dots or a comment. */
bool lexicon_is_omission(Str text);

/* What a chat assistant says around the text that it was asked for. */
typedef enum {
    LEXICON_OPENING,    /* "Certainly! Here is" */
    LEXICON_SIGN,       /* of one who was asked: "your request", "the revised version" */
    LEXICON_CLOSING,    /* "Would you like me to" */
    LEXICON_DISCLAIMER, /* "As an AI language model, I" */
} LexiconChat;

/* The length in bytes of the longest such phrase that `text` begins with, or 0. */
size_t lexicon_begins(LexiconChat what, Str text);

/* Where the first one that begins with a word begins, or STR_NONE. */
size_t lexicon_find(LexiconChat what, Str text);

/* Whether a word is one that its language never means twice in a row. */
bool lexicon_is_function_word(Str word);

#endif
