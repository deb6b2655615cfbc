#include "server/rules/release.h"

#include "server/unicode/words.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool has_digit(Str word)
{
    for (size_t i = 0; i < word.length; i++) {
        if (is_digit(word.data[i])) {
            return true;
        }
    }
    return false;
}

/* 1.2, v3 */
static bool is_version(Str word)
{
    bool marked = word.length > 1 && (word.data[0] == 'v' || word.data[0] == 'V');
    size_t point = str_find_char(word, '.');
    return (marked && is_digit(word.data[1])) ||
           (point != STR_NONE && point > 0 && point + 1 < word.length &&
            is_digit(word.data[point - 1]) && is_digit(word.data[point + 1]));
}

/* 2024, 2024-05-01 */
static bool is_date(Str word)
{
    return word.length >= 4 && (str_starts(word, STR("19")) || str_starts(word, STR("20"))) &&
           is_digit(word.data[2]) && is_digit(word.data[3]);
}

static bool is_whole_date(Str word)
{
    return is_date(word) && word.length >= STR("2024-5-1").length &&
           (word.data[4] == '-' || word.data[4] == '.' || word.data[4] == '/');
}

bool release_is_heading(Str heading)
{
    uint32_t count = 0, plain = 0;
    bool dated = false, versioned = false, numbered = false;
    Str word;
    for (size_t at = 0; words_next(heading, &at, &word); count++) {
        if (str_equal_nocase(word, STR("unreleased")) || (count == 0 && is_whole_date(word))) {
            return true;
        }
        plain += !has_digit(word);
        dated |= is_date(word);
        versioned |= is_version(word);
        numbered |= count == 0 && is_version(word) && is_digit(word.data[0]);
    }
    return plain <= 1 && (dated || (versioned && !(numbered && plain > 0)));
}
