/*
 * unicode: what a code point is (script, class) and what it is without case.
 *
 * generate.c asks libunistring about every code point when galley is built; at run time an answer
 * is three loads from a table of some 50 kB, the same for ASCII, and libunistring is not needed.
 * The module is ignorant of Markdown and of languages: no tailoring, no normalisation (NFC).
 *
 * Nothing here fails: an invalid UTF-8 sequence counts as U+FFFD, which is a symbol.
 */
#ifndef SERVER_UNICODE_UNICODE_H
#define SERVER_UNICODE_UNICODE_H

#include "protocol/base/buf.h"

/* The scripts that rules tell apart. */
typedef enum {
    UNICODE_COMMON, /* shared by scripts (digits, punctuation, emoji), inherited (marks), unassigned
                     */
    UNICODE_LATIN,
    UNICODE_GREEK,
    UNICODE_CYRILLIC,
    UNICODE_ARMENIAN,
    UNICODE_GEORGIAN,
    UNICODE_HEBREW,
    UNICODE_ARABIC,
    UNICODE_DEVANAGARI,
    UNICODE_THAI,
    UNICODE_HAN,
    UNICODE_HIRAGANA,
    UNICODE_KATAKANA,
    UNICODE_BOPOMOFO,
    UNICODE_HANGUL,
    UNICODE_OTHER, /* any other script, all alike */
    UNICODE_SCRIPTS,
} UnicodeScript;

enum {
    UNICODE_IS_LETTER = 1 << 0,      /* L* */
    UNICODE_IS_MARK = 1 << 1,        /* M* */
    UNICODE_IS_DIGIT = 1 << 2,       /* Nd */
    UNICODE_IS_NUMBER = 1 << 3,      /* N* */
    UNICODE_IS_PUNCTUATION = 1 << 4, /* P* and S*, as CommonMark 0.31 has it */
    UNICODE_IS_SPACE = 1 << 5, /* Zs and tab, line feed, form feed, carriage return: CommonMark's */
    UNICODE_IS_UPPER = 1 << 6, /* Lu */
    UNICODE_IS_FORMAT = 1 << 7,    /* Cf: soft hyphen, zero-width characters, bidi controls */
    UNICODE_IS_IDEOGRAPH = 1 << 8, /* Han, kana, Bopomofo and their length marks: one is one word */
    UNICODE_OPENS = 1 << 9,        /* may stand before a word without being of it: « ( " * ¿ */
    UNICODE_CLOSES = 1 << 10, /* may stand behind a word without being of it: » ) " * . ! … */
    UNICODE_FOLDS_TO_MANY = 1 << 11, /* case folding has more than one code point */
    UNICODE_IS_WIDE = 1 << 12,       /* two columns of a terminal: Han, kana, Hangul, most emoji */
    UNICODE_IS_UNSEEN = 1 << 13,     /* no column: marks over a letter, format characters */
};

/* What many code points have in common. */
typedef struct {
    int32_t fold;   /* what to add for the simple case folding */
    uint16_t flags; /* UNICODE_IS_… */
    uint8_t script; /* a UnicodeScript */
} UnicodeRecord;

/* The table: unicode_blocks[cp / 128] numbers a run of 128 in unicode_numbers, which number
 * records. */
extern const uint16_t unicode_blocks[];
extern const uint8_t unicode_numbers[][128];
extern const UnicodeRecord unicode_records[];

/* Of any value; those past U+10FFFF are unassigned. */
static inline const UnicodeRecord *unicode_record(uint32_t cp)
{
    uint32_t known = cp <= 0x10FFFF ? cp : 0x10FFFF;
    return &unicode_records[unicode_numbers[unicode_blocks[known >> 7]][known & 127]];
}

static inline bool unicode_is(uint32_t cp, unsigned flags)
{
    return (unicode_record(cp)->flags & flags) != 0;
}

static inline UnicodeScript unicode_script(uint32_t cp)
{
    return (UnicodeScript)unicode_record(cp)->script;
}

static inline bool unicode_is_letter(uint32_t cp)
{
    return unicode_is(cp, UNICODE_IS_LETTER);
}

/* A letter, a mark or a number: what words are made of. */
static inline bool unicode_is_word(uint32_t cp)
{
    return unicode_is(cp, UNICODE_IS_LETTER | UNICODE_IS_MARK | UNICODE_IS_NUMBER);
}

static inline bool unicode_is_space(uint32_t cp)
{
    return unicode_is(cp, UNICODE_IS_SPACE);
}

static inline bool unicode_is_punctuation(uint32_t cp)
{
    return unicode_is(cp, UNICODE_IS_PUNCTUATION);
}

static inline bool unicode_is_upper(uint32_t cp)
{
    return unicode_is(cp, UNICODE_IS_UPPER);
}

/* Case folding (CaseFolding.txt, C + F: ß is ss). Returns how many code points `out` got: 1 to 3.
 */
unsigned unicode_fold(uint32_t cp, uint32_t out[3]);
void unicode_fold_append(Buf *out, Str text);

/* Appends a link label as CommonMark compares them: folded, without blanks at the ends, each run of
 * spaces, tabs and line endings inside one space. */
void unicode_normalise_label(Buf *out, Str label);

#endif
