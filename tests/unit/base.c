/* base: text, buffers, arenas, arrays, maps and UTF-8. */
#include "protocol/base/arena.h"
#include "protocol/base/array.h"
#include "protocol/base/map.h"
#include "protocol/base/utf.h"
#include "tests/unit/unit.h"

static void str_parts_stay_within(void **state)
{
    (void)state;
    assert_int_equal(str_after(STR("abc"), 7).length, 0);
    assert_int_equal(str_before(STR("abc"), 7).length, 3);
    assert_str_equal(str_slice(STR("abcdef"), 2, 4), STR("cd"));
    assert_int_equal(str_slice(STR("abc"), 2, 1).length, 0);
    assert_str_equal(str_trim(STR(" \t a b\t")), STR("a b"));
}

static void str_lines_end_as_in_the_protocol(void **state)
{
    (void)state;
    Str rest = STR("a\nb\r\nc\rd"), line;
    const Str expected[] = {STR_INIT("a"), STR_INIT("b"), STR_INIT("c"), STR_INIT("d")};
    for (size_t i = 0; i < 4; i++) {
        assert_true(str_take_line(&rest, &line));
        assert_str_equal(line, expected[i]);
    }
    assert_false(str_take_line(&rest, &line));
}

static void str_finds(void **state)
{
    (void)state;
    assert_int_equal(str_find(STR("aaab"), STR("aab")), 1);
    assert_int_equal(str_find(STR("aaab"), STR("x")), STR_NONE);
    assert_int_equal(str_find(STR("ab"), STR("abc")), STR_NONE);
    assert_int_equal(str_find_nocase(STR("x-CONTENT-length"), STR("Content-Length")), 2);
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
}

static void str_numbers_do_not_overflow(void **state)
{
    (void)state;
    size_t value = 7;
    assert_true(str_to_size(STR("18446744073709551615"), &value));
    assert_int_equal(value, SIZE_MAX);
    assert_false(str_to_size(STR("18446744073709551616"), &value));
    assert_false(str_to_size(STR(""), &value));
    assert_false(str_to_size(STR("-1"), &value));
}

static void buf_grows_and_drops(void **state)
{
    (void)state;
    Buf buf = {0};
    buf_append(&buf, STR("head"));
    buf_printf(&buf, "-%d-%s", 42, "tail");
    buf_append_number(&buf, 0);
    buf_append_number(&buf, UINT64_MAX);
    assert_str_equal(buf_str(&buf), STR("head-42-tail018446744073709551615"));
    buf_drop_front(&buf, 5);
    assert_true(str_starts(buf_str(&buf), STR("42-tail")));
    buf_drop_front(&buf, 1000);
    assert_int_equal(buf.length, 0);
    buf_finish(&buf);
}

static void arena_hands_out_zeroed_memory(void **state)
{
    (void)state;
    Arena arena = {0};
    for (size_t size = 0; size < 3000; size += 97) {
        unsigned char *bytes = arena_alloc(&arena, size);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(bytes[i], 0);
            bytes[i] = 0xFF;
        }
    }
    assert_str_equal(arena_printf(&arena, "%s %d", "x", 1), STR("x 1"));
    arena_reset(&arena);
    assert_str_equal(arena_copy(&arena, STR("again")), STR("again"));
    arena_finish(&arena);
}

static void array_splices(void **state)
{
    (void)state;
    Array(int) numbers = {0};
    for (int i = 0; i < 10; i++) {
        *array_add(&numbers) = i;
    }
    array_splice(&numbers, 2, 3, 1);
    numbers.items[2] = 100;
    const int expected[] = {0, 1, 100, 5, 6, 7, 8, 9};
    assert_int_equal(numbers.count, 8);
    assert_memory_equal(numbers.items, expected, sizeof(expected));
    array_splice(&numbers, 8, 0, 40);
    assert_int_equal(numbers.count, 48);
    array_finish(&numbers);
}

static void map_keeps_what_was_put(void **state)
{
    (void)state;
    Map map = {0};
    Buf key = {0};
    for (uint64_t i = 0; i < 1000; i++) {
        buf_reset(&key);
        buf_append_number(&key, i);
        map_put(&map, buf_str(&key))->number = i;
        if (i % 3 == 0) {
            map_remove(&map, buf_str(&key));
        }
    }
    assert_null(map_get(&map, STR("3")));
    assert_int_equal(map_get(&map, STR("4"))->number, 4);
    size_t seen = 0;
    for (MapEntry *entry = NULL; (entry = map_next(&map, entry)) != NULL;) {
        seen++;
    }
    assert_int_equal(seen, map.count);
    assert_int_equal(seen, 666);
    buf_finish(&key);
    map_finish(&map);
}

static void map_does_not_grow_by_coming_and_going(void **state)
{
    (void)state;
    Map map = {0};
    for (int i = 0; i < 10000; i++) {
        map_put(&map, STR("a"));
        map_remove(&map, STR("a"));
    }
    assert_true(map.capacity <= 64);
    map_finish(&map);
}

static void utf_reads_what_it_writes(void **state)
{
    (void)state;
    const uint32_t points[] = {0, 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xFFFD, 0x10000, 0x10FFFF};
    Buf buf = {0};
    for (size_t i = 0; i < sizeof(points) / sizeof(*points); i++) {
        utf_append(&buf, points[i]);
    }
    Str text = buf_str(&buf);
    assert_true(utf_valid(text));
    size_t at = 0, i = 0;
    while (at < text.length) {
        size_t before = at;
        assert_int_equal(utf_next(text, &at), points[i++]);
        size_t back = at;
        assert_int_equal(utf_previous(text, &back), points[i - 1]);
        assert_int_equal(back, before);
    }
    assert_int_equal(i, sizeof(points) / sizeof(*points));
    buf_finish(&buf);
}

/* The table of The Unicode Standard, 3.9: 61 F1 80 80 E1 80 C2 62 80 63 80 BF 64 has six U+FFFD. */
static void utf_replaces_maximal_subparts(void **state)
{
    (void)state;
    Str text = STR("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64");
    const uint32_t expected[] = {0x61,   0xFFFD, 0xFFFD, 0xFFFD, 0x62,
                                 0xFFFD, 0x63,   0xFFFD, 0xFFFD, 0x64};
    size_t at = 0, i = 0;
    while (at < text.length) {
        assert_int_equal(utf_next(text, &at), expected[i++]);
    }
    assert_int_equal(i, 10);
    assert_false(utf_valid(text));
}

static void utf_refuses_overlong_and_surrogates(void **state)
{
    (void)state;
    assert_false(utf_valid(STR("\xC0\x80")));
    assert_false(utf_valid(STR("\xED\xA0\x80")));
    assert_false(utf_valid(STR("\xF4\x90\x80\x80")));
    assert_false(utf_valid(STR("\xE2\x82")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(str_parts_stay_within),
        cmocka_unit_test(str_lines_end_as_in_the_protocol),
        cmocka_unit_test(str_finds),
        cmocka_unit_test(str_numbers_do_not_overflow),
        cmocka_unit_test(buf_grows_and_drops),
        cmocka_unit_test(arena_hands_out_zeroed_memory),
        cmocka_unit_test(array_splices),
        cmocka_unit_test(map_keeps_what_was_put),
        cmocka_unit_test(map_does_not_grow_by_coming_and_going),
        cmocka_unit_test(utf_reads_what_it_writes),
        cmocka_unit_test(utf_replaces_maximal_subparts),
        cmocka_unit_test(utf_refuses_overlong_and_surrogates),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
