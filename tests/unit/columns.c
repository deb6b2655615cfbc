/* columns: how wide text is on a terminal, and what is shown of a long line. */
#include "server/cli/columns.h"
#include "tests/unit/unit.h"

static void widths_are_those_of_a_terminal(void **state)
{
    (void)state;
    assert_int_equal(columns_of(STR("text")), 4);
    assert_int_equal(columns_of(STR("слово")), 5);
    assert_int_equal(columns_of(STR("讨论")), 4);
    assert_int_equal(columns_of(STR("한글 かな")), 9);
    assert_int_equal(columns_of(STR("🥖")), 2);
    assert_int_equal(columns_of(STR("e\u0301")), 1);
    assert_int_equal(columns_of(STR("a\u200Bb")), 2);
    assert_int_equal(columns_of(STR("a\tb")), 3);
    assert_int_equal(columns_of(STR("\x1b[1m")), (int)strlen("\\u{1B}[1m"));
    assert_int_equal(columns_of(STR("\u202E")), (int)strlen("\\u{202E}"));
    assert_int_equal(columns_of(STR("\xFF")), 1);
}

static void what_fits_ends_between_characters(void **state)
{
    (void)state;
    assert_int_equal(columns_fit(STR("слово"), 3), 6);
    assert_int_equal(columns_fit(STR("讨论"), 3), 3);
    assert_int_equal(columns_fit(STR("e\u0301x"), 1), 3);
    assert_int_equal(columns_fit(STR("text"), 9), 4);
    assert_int_equal(columns_fit(STR("text"), 0), 0);
}

static void short_lines_are_shown_whole(void **state)
{
    (void)state;
    Str line = STR("на讨论 дения");
    Excerpt excerpt = columns_excerpt(line, 4, 10, 40);
    assert_str_equal(excerpt.text, line);
    assert_false(excerpt.cut || excerpt.more);
    assert_int_equal(excerpt.before, 2);
    assert_int_equal(excerpt.columns, 4);
    excerpt = columns_excerpt(line, 4, 4, 40);
    assert_int_equal(excerpt.columns, 1);
}

static void long_lines_are_shown_around_the_place(void **state)
{
    (void)state;
    Buf line = {0}, shown = {0};
    for (int i = 0; i < 100; i++) {
        buf_append(&line, STR("слово "));
    }
    for (size_t from = 0; from < line.length; from += 11) {
        Excerpt excerpt = columns_excerpt(buf_str(&line), from, from + 10, 40);
        buf_reset(&shown);
        excerpt_append(&shown, &excerpt);
        uint32_t width = columns_of(buf_str(&shown));
        assert_true(width <= 42);
        assert_true(excerpt.before < 40 && excerpt.before + excerpt.columns <= width);
        Str text = str_after(excerpt.text, columns_fit(excerpt.text, excerpt.before - excerpt.cut));
        size_t under = columns_fit(text, excerpt.columns);
        assert_str_equal(str_before(text, under), str_slice(buf_str(&line), from, from + under));
    }
    buf_finish(&line);
    buf_finish(&shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_are_those_of_a_terminal),
        cmocka_unit_test(what_fits_ends_between_characters),
        cmocka_unit_test(short_lines_are_shown_whole),
        cmocka_unit_test(long_lines_are_shown_around_the_place),
    };
    return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
