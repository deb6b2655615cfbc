#include "server/unicode/letters.h"

#include "protocol/base/utf.h"

/* Counts the code point at `*at`, which is of no frequent kind. Returns its script, or that of the
 * letter before it where it belongs to that; UNICODE_COMMON where it ends a word. */
static UnicodeScript count_other(Letters *letters, Str text, size_t *at, UnicodeScript last)
{
    const UnicodeRecord *record = unicode_record(utf_next(text, at));
    bool letter = (record->flags & UNICODE_IS_LETTER) != 0;
    letters->of[record->script] += letter;
    if (letter && record->script != UNICODE_COMMON) {
        return (UnicodeScript)record->script;
    }
    bool joins = letter || (record->flags & (UNICODE_IS_MARK | UNICODE_IS_FORMAT));
    return joins ? last : UNICODE_COMMON;
}

/* Most texts are made of ASCII and of the Cyrillic of living languages alone: two bytes, the first of
 * them D0 or D1. */
bool letters_count(Letters *letters, Str text)
{
    uint32_t latin = 0, cyrillic = 0;
    UnicodeScript last = UNICODE_COMMON; /* of the letter just before */
    bool touch = false;
    for (size_t at = 0; at < text.length;) {
        unsigned char c = (unsigned char)text.data[at];
        UnicodeScript script;
        if (c < 0x80) {
            script = (unsigned char)((c | 0x20) - 'a') < 26 ? UNICODE_LATIN : UNICODE_COMMON;
            latin += script;
            at++;
        } else if ((c & 0xFE) == 0xD0 && at + 1 < text.length &&
                   (text.data[at + 1] & 0xC0) == 0x80) {
            script = UNICODE_CYRILLIC;
            cyrillic++;
            at += 2;
        } else {
            script = count_other(letters, text, &at, last);
        }
        touch |= (script != UNICODE_COMMON) & (last != UNICODE_COMMON) & (script != last);
        last = script;
    }
    letters->of[UNICODE_LATIN] += latin;
    letters->of[UNICODE_CYRILLIC] += cyrillic;
    return touch;
}

_Static_assert(UNICODE_COMMON == 0 && UNICODE_LATIN == 1, "letters_count adds up scripts");

void letters_add(Letters *letters, const Letters *more)
{
    for (int script = 0; script < UNICODE_SCRIPTS; script++) {
        letters->of[script] += more->of[script];
    }
}

void letters_subtract(Letters *letters, const Letters *less)
{
    for (int script = 0; script < UNICODE_SCRIPTS; script++) {
        letters->of[script] -= less->of[script];
    }
}

uint32_t letters_total(const Letters *letters)
{
    uint32_t total = 0;
    for (int script = 0; script < UNICODE_SCRIPTS; script++) {
        total += letters->of[script];
    }
    return total;
}
