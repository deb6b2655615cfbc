/* sections, splice: what a pipeline is told of an article, and what it may put back. */
#include "server/features/sections.h"
#include "tests/unit/unit.h"

#include <stdlib.h>

/* An article and its sections. */
typedef struct {
    Arena arena;
    Article *article;
    Str text;
    Sections sections;
} Read;

static void read_article(Read *read, const char *text)
{
    *read = (Read){.text = str_of(text), .article = article_new(str_of(text))};
    article_analyse(read->article);
    read->sections = sections_of(read->article, &read->arena);
}

static void read_finish(Read *read)
{
    article_free(read->article);
    arena_finish(&read->arena);
}

/* The first section of that name. */
static const Section *named(const Read *read, const char *name)
{
    for (uint32_t i = 0; i < read->sections.count; i++) {
        if (str_equal(read->sections.items[i].name, str_of(name))) {
            return &read->sections.items[i];
        }
    }
    fail_msg("there is no section %s", name);
    return NULL;
}

static Str part(const Read *read, Place place)
{
    return str_slice(read->text, place.start, place.end);
}

/* Both articles have a section of that name; whether its id is the same. */
static bool same_id(const char *a, const char *b, const char *name)
{
    Read first, second;
    read_article(&first, a);
    read_article(&second, b);
    bool same = str_equal(named(&first, name)->id, named(&second, name)->id);
    read_finish(&first);
    read_finish(&second);
    return same;
}

static void assert_body(const char *text, const char *name, const char *body)
{
    Read read;
    read_article(&read, text);
    assert_str_equal(part(&read, named(&read, name)->body), str_of(body));
    read_finish(&read);
}

/* What the article is with `body` in a section of it; NULL: it is refused. */
static void assert_spliced(const char *text, const char *name, const char *body,
                           const char *expected)
{
    Read read;
    Buf out = {0};
    read_article(&read, text);
    const char *error = splice_section(read.article, named(&read, name), read.text, str_of(body),
                                       &out, &read.arena);
    if (expected == NULL) {
        assert_non_null(error);
        assert_int_equal(out.length, 0);
    } else {
        assert_null(error);
        assert_str_equal(buf_str(&out), str_of(expected));
    }
    buf_finish(&out);
    read_finish(&read);
}

static const char bees[] =
    "# Bees\n\nSmall.\n\n## Hives\n\n[Your text here]\n\n## Tools\n\nSmoker.\n";

static void ids_outlive_edits_elsewhere(void **state)
{
    (void)state;
    assert_true(
        same_id(bees, "# Bees\n\nMore.\n\n## New\n\nText.\n\n## Hives\n\nWood.\n", "Hives"));
    assert_true(same_id(bees, "# *Bees*!\n\n## Hives ##\n\nWood.\n", "Hives"));
    assert_true(same_id(bees, "Bees\n===\n\n## Bees\n\nHives\n---\n", "Hives"));
    assert_true(same_id(bees, "# Bees\r\n\r\n## Hives\r\n", "Hives"));
    assert_false(same_id(bees, "# Wasps\n\n## Hives\n\nWood.\n", "Hives"));
    assert_false(same_id(bees, "# Bees\n\n## Tools\n\n### Hives\n\nWood.\n", "Hives"));
}

static void equal_headings_are_numbered(void **state)
{
    (void)state;
    Read read;
    uint32_t index = 0;
    read_article(&read, "# A\n\nx\n\n## B\n\ny\n\n## C\n\nz\n\n## B\n\nv\n");
    Str first = read.sections.items[1].id, second = read.sections.items[3].id;
    assert_true(str_ends(first, STR("-1")) && str_ends(second, STR("-2")));
    assert_int_equal(sections_find(&read.sections, second, &index), SECTION_FOUND);
    assert_int_equal(index, 3);
    first.length -= 2;
    assert_int_equal(sections_find(&read.sections, first, &index), SECTION_AMBIGUOUS);
    first.length -= 2;
    assert_int_equal(sections_find(&read.sections, first, &index), SECTION_UNKNOWN);
    assert_int_equal(sections_find(&read.sections, STR(""), &index), SECTION_UNKNOWN);
    read_finish(&read);
}

static void copies_are_one_section(void **state)
{
    (void)state;
    Read read;
    read_article(&read,
                 "# A\n\nx\n\n## B\n\n### B\n===\n\n[Your text here]\n\n#### C\n\ny\n\n## D\n");
    assert_int_equal(read.sections.count, 4);
    const Section *section = named(&read, "B");
    assert_int_equal(section->copies, 1);
    assert_int_equal(section->level, 3);
    assert_int_equal(section->state, SECTION_PLACEHOLDER);
    assert_int_equal(section->words, 4);
    assert_str_equal(part(&read, section->own), STR("## B\n\n### B\n===\n\n[Your text here]"));
    assert_str_equal(part(&read, section->body), STR("[Your text here]"));
    assert_true(str_ends(part(&read, section->range), STR("#### C\n\ny")));
    assert_int_equal(named(&read, "D")->state, SECTION_EMPTY);
    assert_str_equal(sections_path(&read.sections, 2, &read.arena), STR("A › B › C"));
    read_finish(&read);
}

static void revisions_follow_the_sections_own_bytes(void **state)
{
    (void)state;
    Read a, b;
    read_article(&a, bees);
    read_article(&b, "# Bees\n\nSmall.\n\n## Hives\n\nWood.\n\n### Frames\n\nTen.\n\n"
                     "## Tools\n\nSmoker.\n");
    assert_str_equal(named(&a, "Tools")->revision, named(&b, "Tools")->revision);
    assert_str_equal(named(&a, "Bees")->revision, named(&b, "Bees")->revision);
    assert_false(str_equal(named(&a, "Hives")->revision, named(&b, "Hives")->revision));
    read_finish(&a);
    read_finish(&b);
}

static void a_body_is_what_can_be_written_again(void **state)
{
    (void)state;
    assert_body("# A\n\none\n\n- two\n\n    three\n\n## B\n", "A", "one\n\n- two\n\n    three");
    assert_body("# A\n\n    code\n\nx\n## B\n", "A", "    code\n\nx");
    assert_body("# A\n<a id=\"x\"></a>\n\none\n\n<a id=\"y\"></a>\n## B\n", "A", "one");
    assert_body("# A\n===\n\none\n\n---\n\n## B\n", "A", "one");
    assert_body("# A\n\none [b] [^c]\n\n[b]: /x\n\n[^c]: note\n", "A", "one [b] [^c]");
    assert_body("# A\n\n> ## B\n>\n> one\n\ntwo\n", "A", "> ## B\n>\n> one\n\ntwo");
    assert_body("# A\n\none\n\n<!-- stet -->\n## B\n", "A", "one");
    assert_body("# A\n\n## B\n", "A", "");
    assert_body("# A", "A", "");
    assert_body("# A\n\n---\n", "A", "");
}

static void a_long_body_is_one(void **state)
{
    (void)state;
    Buf text = {0};
    Read read;
    buf_append(&text, STR("# A\n\n"));
    size_t start = text.length;
    for (int i = 0; i < 2000; i++) {
        buf_append(&text, STR("- an item of a long list\n"));
    }
    size_t end = text.length - 1;
    buf_append(&text, STR("\n# B\n"));
    buf_append_char(&text, '\0');
    read_article(&read, text.data);
    assert_int_equal(named(&read, "A")->body.start, start);
    assert_int_equal(named(&read, "A")->body.end, end);
    read_finish(&read);
    buf_finish(&text);
}

static void only_the_body_changes(void **state)
{
    (void)state;
    assert_spliced(bees, "Hives", "\n\nWood.\n\nStraw.\n\n",
                   "# Bees\n\nSmall.\n\n## Hives\n\nWood.\n\nStraw.\n\n## Tools\n\nSmoker.\n");
    assert_spliced("# A\n\nx\n\n\n\n## B \n\n\nold\n\n\n\n## C\n", "B", "new",
                   "# A\n\nx\n\n\n\n## B \n\n\nnew\n\n\n\n## C\n");
    assert_spliced("# A\n\nx\n\n## B\n\nold\n\n[a]: /x", "B", "new",
                   "# A\n\nx\n\n## B\n\nnew\n\n[a]: /x");
    assert_spliced("\xEF\xBB\xBF# A\n\nold", "A", "\xEF\xBB\xBFnew\n", "\xEF\xBB\xBF# A\n\nnew");
    assert_spliced("# A\n\nold\n## B\n\nx\n", "A", "new", "# A\n\nnew\n\n## B\n\nx\n");
}

static void an_empty_section_gets_blank_lines(void **state)
{
    (void)state;
    assert_spliced("# A\n\n## B\n", "A", "new", "# A\n\nnew\n\n## B\n");
    assert_spliced("# A\n## B\n", "A", "new", "# A\n\nnew\n\n## B\n");
    assert_spliced("# A", "A", "new\n", "# A\n\nnew");
    assert_spliced("# A\n", "A", "new\n", "# A\n\nnew\n");
    assert_spliced("A\n=\n---\n", "A", "new\n", "A\n=\n\nnew\n\n---\n");
    assert_spliced("# A\nx\n\n## B\ny\n\n## C\n\n## D\nz\n", "C", "new",
                   "# A\nx\n\n## B\ny\n\n## C\nnew\n\n## D\nz\n");
}

static void line_endings_become_those_of_the_article(void **state)
{
    (void)state;
    assert_spliced("# A\r\n\r\n## B\r\n", "A", "one\ntwo\n\nthree",
                   "# A\r\n\r\none\r\ntwo\r\n\r\nthree\r\n\r\n## B\r\n");
    assert_spliced("# A\n\nold\n", "A", "one\r\n\r\ntwo\r\n", "# A\n\none\n\ntwo\n");
    assert_spliced("# A\r\rold\r", "A", "one\ntwo", "# A\r\rone\rtwo\r");
}

static void what_would_change_more_is_refused(void **state)
{
    (void)state;
    assert_spliced(bees, "Hives", "", NULL);
    assert_spliced(bees, "Hives", " \n\t\n", NULL);
    assert_spliced(bees, "Hives", "Wood.\n\n## Hives\n\nWood.", NULL);
    assert_spliced(bees, "Hives", "Wood.\n\nStraw\n===\n", NULL);
    assert_spliced(bees, "Hives", "```\ncode", NULL);
    assert_spliced(bees, "Hives", "Wood.\n\n<!-- more", NULL);
    assert_spliced(bees, "Hives", "<script>\nx", NULL);
    assert_spliced(bees, "Tools", "~~~\nopen", NULL);
    assert_spliced(bees, "Hives", "Wood.\n\n### Frames\n\nTen.",
                   "# Bees\n\nSmall.\n\n## Hives\n\nWood.\n\n### Frames\n\nTen.\n\n"
                   "## Tools\n\nSmoker.\n");
}

static void any_bytes_can_be_spliced_in(void **state)
{
    (void)state;
    static const char *const tokens[] = {"a",     "\n",   "\n\n", "# ",   "## ", "===\n",  "---\n",
                                         "```\n", "> ",   "- ",   "<!--", "-->", "\r",     "\r\n",
                                         "[a]: ", "\xFF", "\t",   "    ", "| ",  "<div>\n"};
    uint32_t seed = 7;
    for (int i = 0; i < 400; i++) {
        Buf text = {0}, body = {0}, out = {0};
        for (int j = 0; j < 40; j++) {
            seed = seed * 1664525u + 1013904223u;
            Buf *to = j < 30 ? &text : &body;
            buf_append(to, str_of(tokens[(seed >> 8) % (sizeof(tokens) / sizeof(*tokens))]));
        }
        buf_append_char(&text, '\0');
        Read read;
        read_article(&read, text.data);
        for (uint32_t j = 0; j < read.sections.count; j++) {
            const Section *section = &read.sections.items[j];
            buf_reset(&out);
            if (splice_section(read.article, section, read.text, buf_str(&body), &out,
                               &read.arena) == NULL) {
                Str before = str_before(read.text, section->body.start);
                Str behind = str_after(read.text, section->body.end);
                assert_true(str_starts(buf_str(&out), before) && str_ends(buf_str(&out), behind));
            }
        }
        read_finish(&read);
        buf_finish(&text);
        buf_finish(&body);
        buf_finish(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_outlive_edits_elsewhere),
        cmocka_unit_test(equal_headings_are_numbered),
        cmocka_unit_test(copies_are_one_section),
        cmocka_unit_test(revisions_follow_the_sections_own_bytes),
        cmocka_unit_test(a_body_is_what_can_be_written_again),
        cmocka_unit_test(a_long_body_is_one),
        cmocka_unit_test(only_the_body_changes),
        cmocka_unit_test(an_empty_section_gets_blank_lines),
        cmocka_unit_test(line_endings_become_those_of_the_article),
        cmocka_unit_test(what_would_change_more_is_refused),
        cmocka_unit_test(any_bytes_can_be_spliced_in),
    };
    return cmocka_run_group_tests_name("sections", tests, NULL, NULL);
}
