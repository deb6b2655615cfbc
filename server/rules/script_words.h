/*
 * script_words: the words of a block's prose, cut where their letters change script.
 *
 * A word is a run of letters with their marks, over the delimiters of markup; digits, hyphens and
 * apostrophes end it. It says in what it stands, so that a rule can tell use from mention.
 */
#ifndef SERVER_RULES_SCRIPT_WORDS_H
#define SERVER_RULES_SCRIPT_WORDS_H

#include "server/markdown/prose.h"
#include "server/unicode/letters.h"

enum { SCRIPT_PARTS = 8 };

/* Letters of one script that follow each other. */
typedef struct {
    uint8_t script;    /* UnicodeScript; a letter of several scripts is of the part that it is in */
    bool starts_upper; /* its first letter is upper case */
    bool ends_upper;   /* its last one is */
    uint32_t letters;  /* how many of its own script */
    uint32_t uppers;   /* how many of them are upper case */
    uint32_t alike;    /* how many look like a letter of Latin in Cyrillic, or the other way */
    Span span;         /* in the chunk */
    ProseRun run;      /* in which it begins */
} ScriptPart;

typedef struct {
    ScriptPart parts[SCRIPT_PARTS];
    uint32_t count; /* 1 at least; of a word with more parts only the first are known */
    uint32_t
        before; /* the code point before it on its line, and behind: 0 where there is none, or */
    uint32_t after; /* something that is no prose */
    bool enclosed;  /* it stands in quotation marks, parentheses or brackets */
} ScriptWord;

/* Private to script_words.c: a place in a block. */
typedef struct {
    Prose prose;
    ProseRun run;
    uint32_t at;
    uint32_t before;
    uint32_t depth; /* how many brackets and quotation marks are open */
    bool low;       /* one of them is „, which “ closes */
    bool straight;  /* a " is open */
    bool ended;
} ScriptWords;

ScriptWords script_words_of(const Chunk *chunk, uint32_t block);

/* The next word. False at the end. */
bool script_words_next(ScriptWords *words, ScriptWord *word);

#endif
