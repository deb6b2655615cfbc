#include "server/unicode/words.h"

#include "protocol/base/utf.h"

/* Takes what stands between blanks, and trims it; false where it is no word. */
static bool take_token(Str text, size_t *at, Str *word)
{
    size_t start = STR_NONE, end = 0;
    bool counts = false;
    while (*at < text.length) {
        size_t from = *at;
        unsigned flags = unicode_record(utf_next(text, at))->flags;
        if (flags & UNICODE_IS_SPACE) {
            *at = from;
            break;
        }
        if (start == STR_NONE && !(flags & (UNICODE_OPENS | UNICODE_IS_FORMAT))) {
            start = from;
        }
        if (start != STR_NONE && !(flags & (UNICODE_CLOSES | UNICODE_IS_FORMAT))) {
            end = *at;
        }
        counts |= (flags & (UNICODE_IS_LETTER | UNICODE_IS_NUMBER)) != 0;
    }
    *word = counts ? str_slice(text, start, end) : *word;
    return counts;
}

static void skip_blanks(Str text, size_t *at)
{
    for (size_t from = *at; from < text.length; *at = from) {
        if (!unicode_is_space(utf_next(text, &from))) {
            return;
        }
    }
}

bool words_next(Str text, size_t *offset, Str *word)
{
    size_t at = *offset;
    for (skip_blanks(text, &at); at < text.length; skip_blanks(text, &at)) {
        if (take_token(text, &at, word)) {
            *offset = at;
            return true;
        }
    }
    return false;
}

/* What is written in more than one way, in its plainest form. */
static uint32_t plain_form(uint32_t cp)
{
    switch (cp) {
    case 0x131: /* ı, whose capital is I */
        return 'i';
    case 0x451: /* ё */
        return 0x435;
    case 0x2BC: /* the apostrophe as a letter, quotation marks that stand for one */
    case 0x2018:
    case 0x2019:
        return '\'';
    case 0x2010: /* hyphens, dashes, the minus sign */
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
        return '-';
    default:
        return cp;
    }
}

unsigned words_fold(uint32_t cp, uint32_t out[3])
{
    if (unicode_is(cp, UNICODE_IS_FORMAT)) {
        return 0;
    }
    if (cp == 0x130) { /* İ, whose small letter is i */
        out[0] = 'i';
        return 1;
    }
    unsigned count = unicode_fold(cp, out);
    if (cp >= 0x131) {
        out[0] = plain_form(out[0]);
    }
    return count;
}

static void append_word(Buf *out, Str word)
{
    for (size_t at = 0; at < word.length;) {
        uint32_t folded[3];
        unsigned count = words_fold(utf_next(word, &at), folded);
        for (unsigned i = 0; i < count; i++) {
            utf_append(out, folded[i]);
        }
    }
}

void words_append(Buf *out, Str text)
{
    Str word;
    size_t at = 0;
    for (bool first = true; words_next(text, &at, &word); first = false) {
        buf_append(out, first ? STR("") : STR(" "));
        append_word(out, word);
    }
}

/* Whether `cp` may hold two parts of one word together: don't, re-use, 3.14. */
static bool joins(uint32_t cp, unsigned flags_before)
{
    if (cp == '.' || cp == ',') {
        return (flags_before & UNICODE_IS_NUMBER) != 0;
    }
    return cp == '\'' || cp == '-' || cp == 0x2019 || cp == 0x2010 || cp == 0x2011 || cp == 0xB7;
}

size_t words_count(Str text)
{
    size_t count = 0;
    unsigned before = 0; /* the flags of the word's last letter or number; 0 outside of words */
    bool joined = false; /* a joint stands between it and what comes */
    for (size_t at = 0; at < text.length;) {
        uint32_t cp = utf_next(text, &at);
        unsigned flags = unicode_record(cp)->flags;
        if (flags & UNICODE_IS_IDEOGRAPH) {
            count++;
            before = 0;
        } else if (flags & (UNICODE_IS_LETTER | UNICODE_IS_NUMBER)) {
            count += before == 0;
            before = flags;
            joined = false;
        } else if (!(flags & (UNICODE_IS_MARK | UNICODE_IS_FORMAT))) {
            joined = !joined && before != 0 && joins(cp, before);
            before = joined ? before : 0;
        }
    }
    return count;
}
