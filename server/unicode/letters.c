#include "server/unicode/letters.h"

#include "protocol/base/utf.h"

/* Letters of ASCII and, in two bytes from D0 or D1 on, the Cyrillic of living languages: most texts
 * are made of these alone. */
void letters_count(Letters *letters, Str text)
{
    uint32_t latin = 0, cyrillic = 0;
    for (size_t at = 0; at < text.length;) {
        unsigned char c = (unsigned char)text.data[at];
        if (c < 0x80) {
            latin += (unsigned char)((c | 0x20) - 'a') < 26;
            at++;
        } else if ((c & 0xFE) == 0xD0 && at + 1 < text.length &&
                   (text.data[at + 1] & 0xC0) == 0x80) {
            cyrillic++;
            at += 2;
        } else {
            const UnicodeRecord *record = unicode_record(utf_next(text, &at));
            letters->of[record->script] += (record->flags & UNICODE_IS_LETTER) != 0;
        }
    }
    letters->of[UNICODE_LATIN] += latin;
    letters->of[UNICODE_CYRILLIC] += cyrillic;
}

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
