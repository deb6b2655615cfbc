/* front_matter: values before an article, with the bytes that they stand at. */
#include "server/markdown/front_matter.h"

#include "server/markdown/document.h"
#include "tests/unit/unit.h"

typedef struct {
    Document *document;
    const Chunk *chunk;
    Arena arena;
    FrontMatter front;
} Fixture;

static void read(Fixture *fixture, Str text)
{
    *fixture = (Fixture){.document = document_new(text)};
    document_settle(fixture->document);
    fixture->chunk = document_chunk(fixture->document, 0);
    fixture->front = front_matter_read(fixture->chunk, &fixture->arena);
}

static void finish(Fixture *fixture)
{
    arena_finish(&fixture->arena);
    document_free(fixture->document);
}

static void assert_value(const Fixture *fixture, uint32_t index, Str key, Str source)
{
    assert_true(index < fixture->front.count);
    assert_str_equal(fixture->front.values[index].key, key);
    assert_str_equal(chunk_str(fixture->chunk, fixture->front.values[index].span), source);
}

static void front_matter_values_stand_in_the_chunk(void **state)
{
    (void)state;
    Fixture f;
    read(&f, STR("\xEF\xBB\xBF---\r\ntitle: \"Пчёлы 🐝\"\r\ntags: [a, 'b']\r\nby:\r\n  name: Ann\r\n"
                 "text: |-\r\n\r\n  one\r\n  two\r\nnone:\r\n---\r\n# Bees\r\n"));
    assert_int_equal(f.front.count, 5);
    assert_value(&f, 0, STR("title"), STR("Пчёлы 🐝"));
    assert_value(&f, 1, STR("tags"), STR("a"));
    assert_value(&f, 2, STR("tags"), STR("b"));
    assert_value(&f, 3, STR("name"), STR("Ann"));
    assert_value(&f, 4, STR("text"), STR("one\r\n  two"));
    assert_true(f.front.values[0].top);
    assert_false(f.front.values[1].top);
    assert_false(f.front.values[3].top);
    assert_str_equal(f.front.values[4].value, STR("\none\ntwo"));
    finish(&f);
}

static void front_matter_that_cannot_be_read_has_no_values(void **state)
{
    (void)state;
    const Str texts[] = {
        STR_INIT(""),
        STR_INIT("# Bees\n"),
        STR_INIT("---\n---\n"),
        STR_INIT("---\n# title: x\n---\n"),
        STR_INIT("---\na: b: c\n---\n"),
        STR_INIT("+++\ntitle = \"Bees\"\n+++\n"),
        STR_INIT("---\ntitle: never closed\n"),
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        Fixture f;
        read(&f, texts[i]);
        assert_int_equal(f.front.count, 0);
        finish(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(front_matter_values_stand_in_the_chunk),
        cmocka_unit_test(front_matter_that_cannot_be_read_has_no_values),
    };
    return cmocka_run_group_tests_name("front_matter", tests, NULL, NULL);
}
