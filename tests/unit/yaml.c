/* yaml: trees with the bytes that they stand at. */
#include "protocol/base/yaml.h"
#include "tests/unit/unit.h"

static Str at(Str text, const YamlNode *node)
{
    assert_non_null(node);
    return str_slice(text, node->start, node->end);
}

static YamlNode *read(Str text, Arena *arena)
{
    YamlError error = {0};
    YamlNode *root = yaml_read(text, arena, &error);
    if (root == NULL) {
        fail_msg("%.*s at %zu", STR_ARG(error.message), error.at);
    }
    return root;
}

static YamlError read_bad(Str text)
{
    Arena arena = {0};
    YamlError error = {0};
    assert_null(yaml_read(text, &arena, &error));
    arena_finish(&arena);
    return error;
}

static void yaml_knows_where_each_scalar_stands(void **state)
{
    (void)state;
    Arena arena = {0};
    Str text = STR("title: Bees  # all\nby: \"a \\u0042\"\nas: 'it''s'\nempty:\nlong: >\n  one\n  "
                   "two\n\nend: x\n");
    YamlNode *root = read(text, &arena);
    assert_str_equal(yaml_member(root, STR("title"))->value, STR("Bees"));
    assert_str_equal(at(text, yaml_member(root, STR("title"))), STR("Bees"));
    assert_str_equal(at(text, yaml_member(root, STR("title"))->key), STR("title"));
    assert_str_equal(yaml_member(root, STR("by"))->value, STR("a B"));
    assert_str_equal(at(text, yaml_member(root, STR("by"))), STR("\"a \\u0042\""));
    assert_int_equal(yaml_member(root, STR("by"))->style, YAML_QUOTED);
    assert_str_equal(yaml_member(root, STR("as"))->value, STR("it's"));
    assert_str_equal(yaml_member(root, STR("empty"))->value, STR(""));
    assert_str_equal(yaml_member(root, STR("long"))->value, STR("one two\n"));
    assert_str_equal(at(text, yaml_member(root, STR("long"))), STR(">\n  one\n  two"));
    assert_int_equal(yaml_member(root, STR("long"))->style, YAML_BLOCK);
    assert_null(yaml_member(root, STR("other")));
    arena_finish(&arena);
}

static void yaml_places_are_bytes_whatever_the_characters(void **state)
{
    (void)state;
    Arena arena = {0};
    Str text = STR(
        "\xEF\xBB\xBFключ: Привет\r\n\"😀\": 'пчёлы 🐝'\r\nx: |\r\n  é\r\n  ü\r\nlast: конец");
    YamlNode *root = read(text, &arena);
    const YamlNode *bees = yaml_member(root, STR("😀"));
    assert_str_equal(at(text, yaml_member(root, STR("ключ"))), STR("Привет"));
    assert_str_equal(at(text, bees), STR("'пчёлы 🐝'"));
    assert_str_equal(at(text, bees->key), STR("\"😀\""));
    assert_str_equal(at(text, yaml_member(root, STR("x"))), STR("|\r\n  é\r\n  ü"));
    assert_str_equal(at(text, yaml_member(root, STR("last"))), STR("конец"));
    arena_finish(&arena);
}

static void yaml_collections_end_where_their_last_value_does(void **state)
{
    (void)state;
    Arena arena = {0};
    Str text = STR("tags:\n  - a\n  - [b, {c: d}]\n\n# a comment\nmore: {e: f}\n");
    YamlNode *root = read(text, &arena);
    const YamlNode *tags = yaml_member(root, STR("tags"));
    assert_int_equal(tags->kind, YAML_SEQUENCE);
    assert_str_equal(at(text, tags), STR("- a\n  - [b, {c: d}]"));
    assert_str_equal(tags->first->value, STR("a"));
    assert_null(tags->first->key);
    assert_str_equal(at(text, tags->first->next), STR("[b, {c: d}]"));
    assert_str_equal(at(text, tags->first->next->first->next), STR("{c: d}"));
    assert_null(tags->first->next->next);
    assert_str_equal(at(text, yaml_member(root, STR("more"))), STR("{e: f}"));
    assert_str_equal(at(text, root),
                     STR("tags:\n  - a\n  - [b, {c: d}]\n\n# a comment\nmore: {e: f}"));
    arena_finish(&arena);
}

static void yaml_aliases_are_not_expanded(void **state)
{
    (void)state;
    Arena arena = {0};
    Str text = STR("a: &x !!str text\nb: *x\nc: &y [*y, *y]\n");
    YamlNode *root = read(text, &arena);
    assert_str_equal(at(text, yaml_member(root, STR("a"))), STR("text"));
    assert_int_equal(yaml_member(root, STR("b"))->kind, YAML_ALIAS);
    assert_str_equal(yaml_member(root, STR("b"))->value, STR("x"));
    assert_int_equal(yaml_member(root, STR("c"))->first->kind, YAML_ALIAS);
    arena_finish(&arena);
}

static void yaml_keys_may_be_anything(void **state)
{
    (void)state;
    Arena arena = {0};
    YamlNode *root = read(STR("title: {{ name }}\n? [a, b]\n: c\n"), &arena);
    assert_int_equal(yaml_member(root, STR("title"))->kind, YAML_MAPPING);
    assert_int_equal(root->first->next->key->kind, YAML_SEQUENCE);
    assert_str_equal(root->first->next->value, STR("c"));
    assert_null(yaml_member(root, STR("a")));
    arena_finish(&arena);
}

static void yaml_reads_the_first_document_only(void **state)
{
    (void)state;
    Arena arena = {0};
    YamlError error = {0};
    assert_str_equal(read(STR("a\n---\n[\n"), &arena)->value, STR("a"));
    assert_null(yaml_read(STR(""), &arena, &error));
    assert_null(yaml_read(STR("# nothing\n"), &arena, &error));
    assert_null(yaml_read((Str){0}, &arena, &error));
    assert_int_equal(error.message.length, 0);
    arena_finish(&arena);
}

static void yaml_errors_have_a_place_in_bytes(void **state)
{
    (void)state;
    assert_int_equal(read_bad(STR("é: a: b\n")).at, 5);
    assert_int_equal(read_bad(STR("é: \"open\n")).at, 10);
    assert_int_equal(read_bad(STR("é: [\n")).at, 6);
    assert_int_equal(read_bad(STR("é: \xFF\xFE\n")).at, 4);
    assert_int_equal(read_bad(STR("\xFF\xFE"
                                  "a\0"))
                         .at,
                     0);
    assert_int_equal(read_bad(STR("é: \x01\n")).at, 4);
    assert_true(read_bad(STR("é: a: b\n")).message.length > 0);
}

static Str repeated(Arena *arena, Str text, size_t times)
{
    char *all = arena_alloc(arena, text.length * times);
    for (size_t i = 0; i < times; i++) {
        memcpy(all + i * text.length, text.data, text.length);
    }
    return (Str){all, text.length * times};
}

static void yaml_has_limits(void **state)
{
    (void)state;
    Arena arena = {0};
    assert_str_equal(read_bad(repeated(&arena, STR("["), 100000)).message,
                     STR("nested too deeply"));
    assert_str_equal(read_bad(repeated(&arena, STR("- "), 100000)).message,
                     STR("nested too deeply"));
    YamlError many = read_bad(repeated(&arena, STR("- a\n"), YAML_NODE_LIMIT + 2));
    assert_str_equal(many.message, STR("too many values"));
    assert_int_equal(many.at, (YAML_NODE_LIMIT - 1) * 4 + 2);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yaml_knows_where_each_scalar_stands),
        cmocka_unit_test(yaml_places_are_bytes_whatever_the_characters),
        cmocka_unit_test(yaml_collections_end_where_their_last_value_does),
        cmocka_unit_test(yaml_aliases_are_not_expanded),
        cmocka_unit_test(yaml_keys_may_be_anything),
        cmocka_unit_test(yaml_reads_the_first_document_only),
        cmocka_unit_test(yaml_errors_have_a_place_in_bytes),
        cmocka_unit_test(yaml_has_limits),
    };
    return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
