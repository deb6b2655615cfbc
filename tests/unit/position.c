#include "protocol/position.h"

#include "protocol/base/utf.h"
#include "tests/unit/unit.h"

#include <stdlib.h>

static const PositionEncoding encodings[] = {POSITION_UTF8, POSITION_UTF16, POSITION_UTF32};

static void encodings_have_the_names_of_the_specification(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        PositionEncoding encoding;
        assert_true(position_encoding_of(position_encoding_name(encodings[i]), &encoding));
        assert_int_equal(encoding, encodings[i]);
    }
    PositionEncoding encoding = POSITION_UTF32;
    assert_false(position_encoding_of(STR("utf-7"), &encoding));
    assert_false(position_encoding_of(STR(""), &encoding));
    assert_int_equal(encoding, POSITION_UTF32);
    assert_int_equal((PositionEncoding){0}, POSITION_UTF16);
}

static void units_are_counted(void **state)
{
    (void)state;
    const struct {
        Str text;
        uint32_t utf16, utf32;
    } cases[] = {
        {STR_INIT(""),                                             0,  0 },
        {STR_INIT("plain ascii of some length"),                   26, 26},
        {STR_INIT("\xD0\xB6\xD1\x83\xD0\xBA"),                     3,  3 }, /* Cyrillic */
        {STR_INIT("a\xF0\x9F\x90\x9D"
                  "b"),
         4,                                                            3 }, /* a bee */
        {STR_INIT("e\xCC\x81"),                                    2,  2 }, /* a combining mark */
        {STR_INIT("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB"), 5,  3 }, /* joined emoji */
        {STR_INIT("\xEF\xBB\xBF"
                  "0\xEF\xBF\xBF"),
         3,                                                            3 }, /* BOM, U+FFFF */
        {STR_INIT("a\0b"),                                         3,  3 },
        {STR_INIT("\xFF"),                                         1,  1 },
        {STR_INIT("\xE2\x82"),                                     1,  1 }, /* a maximal subpart */
        {STR_INIT("\xED\xA0\x80"),                                 3,  3 }, /* a surrogate: three of them */
        {STR_INIT("\xF0\x9F\x90"
                  "a\x80"),
         3,                                                            3 },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        assert_int_equal(position_units(cases[i].text, POSITION_UTF8), cases[i].text.length);
        assert_int_equal(position_units(cases[i].text, POSITION_UTF16), cases[i].utf16);
        assert_int_equal(position_units(cases[i].text, POSITION_UTF32), cases[i].utf32);
    }
}

static void units_past_the_end_are_the_end(void **state)
{
    (void)state;
    Str line = STR("12345678\xD0\xB6\xF0\x9F\x90\x9D");
    for (size_t i = 0; i < 3; i++) {
        uint32_t all = position_units(line, encodings[i]);
        assert_int_equal(position_bytes(line, all, encodings[i]), line.length);
        assert_int_equal(position_bytes(line, all + 1, encodings[i]), line.length);
        assert_int_equal(position_bytes(line, UINT32_MAX, encodings[i]), line.length);
        assert_int_equal(position_bytes((Str){0}, 1, encodings[i]), 0);
    }
}

static void inside_a_character_is_its_start(void **state)
{
    (void)state;
    Str line = STR("a\xF0\x9F\x90\x9D\xD0\xB6");
    assert_int_equal(position_bytes(line, 1, POSITION_UTF16), 1);
    assert_int_equal(position_bytes(line, 2, POSITION_UTF16), 1);
    assert_int_equal(position_bytes(line, 3, POSITION_UTF16), 5);
    assert_int_equal(position_bytes(line, 2, POSITION_UTF32), 5);
    const size_t starts[] = {0, 1, 1, 1, 1, 5, 5, 7};
    for (uint32_t i = 0; i < 8; i++) {
        assert_int_equal(position_bytes(line, i, POSITION_UTF8), starts[i]);
    }
}

static void invalid_bytes_are_characters_of_their_own_in_utf8(void **state)
{
    (void)state;
    Str line = STR("\xE2\x82z\x80\x80\xC3");
    for (uint32_t i = 0; i <= line.length; i++) {
        assert_int_equal(position_bytes(line, i, POSITION_UTF8), i);
    }
}

static Buf random_line(void)
{
    static const uint32_t limits[] = {0x80, 0x80, 0x80, 0x800, 0x10000, 0x110000};
    Buf line = {0};
    for (int i = rand() % 30; i > 0; i--) {
        if (rand() % 8 == 0) {
            buf_append_char(&line, (char)(rand() % 256));
        } else {
            utf_append(&line, (uint32_t)rand() % limits[rand() % 6]);
        }
    }
    return line;
}

/* Each start of a character goes to a position and comes back; the starts are those of base/utf. */
static void offsets_and_positions_are_one(void **state)
{
    (void)state;
    srand(4);
    for (int round = 0; round < 5000; round++) {
        Buf line = random_line();
        Str text = buf_str(&line);
        for (size_t i = 0; i < 3; i++) {
            for (size_t at = 0; at <= text.length;) {
                uint32_t units = position_units(str_before(text, at), encodings[i]);
                assert_int_equal(position_bytes(text, units, encodings[i]), at);
                if (at == text.length) {
                    break;
                }
                utf_next(text, &at);
            }
        }
        buf_finish(&line);
    }
}

/* Any position goes to a start of a character at or before it, the last one there is. */
static void positions_round_down(void **state)
{
    (void)state;
    srand(5);
    for (int round = 0; round < 2000; round++) {
        Buf line = random_line();
        Str text = buf_str(&line);
        for (size_t i = 0; i < 3; i++) {
            size_t before = 0;
            for (uint32_t units = 0; units <= position_units(text, encodings[i]); units++) {
                size_t at = position_bytes(text, units, encodings[i]);
                assert_true(at >= before);
                uint32_t back = position_units(str_before(text, at), encodings[i]);
                assert_true(back <= units && units - back < 4);
                before = at;
            }
            assert_int_equal(before, text.length);
        }
        buf_finish(&line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodings_have_the_names_of_the_specification),
        cmocka_unit_test(units_are_counted),
        cmocka_unit_test(units_past_the_end_are_the_end),
        cmocka_unit_test(inside_a_character_is_its_start),
        cmocka_unit_test(invalid_bytes_are_characters_of_their_own_in_utf8),
        cmocka_unit_test(offsets_and_positions_are_one),
        cmocka_unit_test(positions_round_down),
    };
    return cmocka_run_group_tests_name("position", tests, NULL, NULL);
}
