/* unicode: the table against libunistring over every code point; labels, words. */
#include "server/unicode/unicode.h"

#include <unicase.h>
#include <unictype.h>

#include "protocol/base/utf.h"
#include "server/unicode/words.h"
#include "tests/unit/unit.h"

static bool is_surrogate(uint32_t cp)
{
    return cp >= 0xD800 && cp <= 0xDFFF;
}

static bool has(uint32_t cp, uint32_t categories)
{
    return uc_is_general_category_withtable(cp, categories);
}

static void classes_are_those_of_unicode(void **state)
{
    (void)state;
    const struct {
        unsigned flag;
        uint32_t categories;
    } classes[] = {
        {UNICODE_IS_LETTER,      UC_CATEGORY_MASK_L                     },
        {UNICODE_IS_MARK,        UC_CATEGORY_MASK_M                     },
        {UNICODE_IS_DIGIT,       UC_CATEGORY_MASK_Nd                    },
        {UNICODE_IS_NUMBER,      UC_CATEGORY_MASK_N                     },
        {UNICODE_IS_PUNCTUATION, UC_CATEGORY_MASK_P | UC_CATEGORY_MASK_S},
        {UNICODE_IS_UPPER,       UC_CATEGORY_MASK_Lu                    },
        {UNICODE_IS_FORMAT,      UC_CATEGORY_MASK_Cf                    },
    };
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
            if (unicode_is(cp, classes[i].flag) != has(cp, classes[i].categories)) {
                fail_msg("U+%04X, flag %x", cp, classes[i].flag);
            }
        }
        bool control = cp == '\t' || cp == '\n' || cp == '\f' || cp == '\r';
        assert_int_equal(unicode_is_space(cp), control || has(cp, UC_CATEGORY_MASK_Zs));
    }
}

static const char *name_of_script(uint32_t cp)
{
    const uc_script_t *script = uc_script(cp);
    return script == NULL || is_surrogate(cp) ? "Common" : script->name;
}

static void scripts_are_those_of_unicode(void **state)
{
    (void)state;
    static const char *const names[UNICODE_SCRIPTS] = {
        "Common",     "Latin", "Greek", "Cyrillic", "Armenian", "Georgian", "Hebrew", "Arabic",
        "Devanagari", "Thai",  "Han",   "Hiragana", "Katakana", "Bopomofo", "Hangul", NULL,
    };
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        const char *expected = names[unicode_script(cp)], *name = name_of_script(cp);
        if (expected == NULL) {
            for (int i = 0; i < UNICODE_OTHER; i++) {
                assert_string_not_equal(name, names[i]);
            }
        } else if (strcmp(name, "Inherited") != 0 || unicode_script(cp) != UNICODE_COMMON) {
            assert_string_equal(name, expected);
        }
    }
}

static void case_folds_as_in_unicode(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        uint32_t expected[3] = {cp}, actual[3] = {0};
        size_t length = 3;
        if (!is_surrogate(cp)) {
            assert_ptr_equal(u32_casefold(&cp, 1, NULL, NULL, expected, &length), expected);
            assert_int_equal(unicode_fold(cp, actual), length);
            assert_memory_equal(actual, expected, length * sizeof(actual[0]));
        }
    }
}

static void any_value_has_a_record(void **state)
{
    (void)state;
    uint32_t folded[3];
    assert_int_equal(unicode_script(UINT32_MAX), UNICODE_COMMON);
    assert_false(unicode_is_word(0x110000));
    assert_int_equal(unicode_fold(0xDFFF, folded), 1);
    assert_int_equal(folded[0], 0xDFFF);
}

typedef void Normaliser(Buf *out, Str text);

static void assert_becomes(Normaliser *normalise, const char *text, const char *expected)
{
    Buf out = {0};
    normalise(&out, str_of(text));
    assert_str_equal(buf_str(&out), str_of(expected));
    buf_finish(&out);
}

static void labels_are_compared_as_in_commonmark(void **state)
{
    (void)state;
    assert_becomes(unicode_normalise_label, " Foo\t\n  BAR ", "foo bar");
    assert_becomes(unicode_normalise_label, "ẞ", "ss");
    assert_becomes(unicode_normalise_label, "АГΩ", "агω");
    assert_becomes(unicode_normalise_label, "\n \t", "");
    assert_becomes(unicode_normalise_label, "a\xC2\xA0 b!", "a\xC2\xA0 b!");
    assert_becomes(unicode_normalise_label, "\xFF", "\xEF\xBF\xBD");
}

static void texts_are_compared_by_words(void **state)
{
    (void)state;
    assert_becomes(words_append, "«Введение»:", "введение");
    assert_becomes(words_append, " **Введение**\xC2\xA0\n  в (тему)… ", "введение в тему");
    assert_becomes(words_append, "Ёлка — это не it’s", "елка это не it's");
    assert_becomes(words_append, "C++ vs. C#, f() and A/B!", "c++ vs c# f( and a/b");
    assert_becomes(words_append, "🚧 soft\xC2\xADhyphen\xE2\x80\x8B 🚧", "softhyphen");
    assert_becomes(words_append, "e‑mail", "e-mail");
    assert_becomes(words_append, "— … *** !", "");
    assert_becomes(words_append, "", "");
}

static void words_stand_where_they_were(void **state)
{
    (void)state;
    const Str text = STR("  [«One», two]. ");
    Str word = {0};
    size_t at = 0;
    assert_true(words_next(text, &at, &word));
    assert_str_equal(word, STR("One"));
    assert_true(words_next(text, &at, &word));
    assert_str_equal(word, STR("two"));
    assert_false(words_next(text, &at, &word));
    assert_str_equal(word, STR("two"));
}

static void words_are_counted_as_editors_do(void **state)
{
    (void)state;
    const struct {
        const char *text;
        size_t words;
    } cases[] = {
        {"",                                      0},
        {"One, two — three.",                   3},
        {"don't re-use l’eau",                  3},
        {"end--start or- and 'quoted'",           5},
        {"3.14 and 1,000. 5",                     4},
        {"Привет, мир",                  2},
        {"私はデータ",                       5},
        {"한국어 문장",                      2},
        {"नमस्ते दुनिया", 2},
        {"❤️ 🚧 ***",                       0},
        {"soft\xC2\xADhyphen",                    1},
        {"東京Tower 2",                         4},
        {"\xFF\xFE a",                            1},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        if (words_count(str_of(cases[i].text)) != cases[i].words) {
            fail_msg("%s: %zu", cases[i].text, words_count(str_of(cases[i].text)));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_are_those_of_unicode),
        cmocka_unit_test(scripts_are_those_of_unicode),
        cmocka_unit_test(case_folds_as_in_unicode),
        cmocka_unit_test(any_value_has_a_record),
        cmocka_unit_test(labels_are_compared_as_in_commonmark),
        cmocka_unit_test(texts_are_compared_by_words),
        cmocka_unit_test(words_stand_where_they_were),
        cmocka_unit_test(words_are_counted_as_editors_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
