/* suppress: what comments cover in large articles, beside a configuration, and in great number. */
#include "server/article.h"
#include "server/rules/rules.h"
#include "tests/unit/unit.h"

#include <stdlib.h>

static void append_times(Buf *text, const char *part, uint32_t times)
{
    for (uint32_t i = 0; i < times; i++) {
        buf_append(text, str_of(part));
    }
}

/* How many findings of a code there are among the first `limit`. */
static uint32_t count_of(const Article *article, const char *code, uint32_t limit)
{
    Arena arena = {0};
    Findings findings = report_first_findings(&article->report, article->document,
                                              &article->outline, limit, &arena);
    uint32_t count = 0;
    for (uint32_t i = 0; i < findings.count; i++) {
        count += str_equal(str_of(findings.items[i].rule->code), str_of(code));
    }
    arena_finish(&arena);
    return count;
}

static Article *read_text(Buf *text)
{
    Article *article = article_new(buf_str(text));
    article_analyse(article);
    buf_finish(text);
    return article;
}

static void a_comment_covers_a_list_of_many_chunks(void **state)
{
    (void)state;
    Buf text = {0};
    append_times(&text, "Text.\n\n", 500);
    append_times(&text, "<!-- stet placeholder-text -->\n\n", 1);
    append_times(&text, "- [Your text here]\n", 3000);
    append_times(&text, "\n[Your text here]\n", 1);
    Article *article = read_text(&text);
    assert_true(document_chunk_count(article->document) > 20);
    assert_int_equal(count_of(article, "placeholder-text", UINT32_MAX), 1);
    assert_int_equal(count_of(article, "placeholder-text", 10), 1);
    assert_int_equal(count_of(article, "unused-suppression", UINT32_MAX), 0);
    article_free(article);
}

static void a_comment_follows_its_block_into_another_chunk(void **state)
{
    (void)state;
    Buf text = {0};
    for (uint32_t i = 0; i < 200; i++) {
        append_times(&text, "A line of text that is as long as lines of text are.\n", i % 30 + 1);
        append_times(&text, "\n<!-- stet -->\n\n## # Bees\n\n", 1);
    }
    Article *article = read_text(&text);
    assert_true(document_chunk_count(article->document) > 20);
    assert_int_equal(count_of(article, "heading-hash", UINT32_MAX), 0);
    assert_int_equal(count_of(article, "unused-suppression", UINT32_MAX), 0);
    article_edit(article, 0, 0, STR("## # Wasps\n\n"));
    article_analyse(article);
    assert_int_equal(count_of(article, "heading-hash", UINT32_MAX), 1);
    article_free(article);
}

static void an_edit_takes_a_comment_away(void **state)
{
    (void)state;
    Article *article = article_new(STR("<!-- stet -->\n\n## # Bees\n\nText.\n"));
    article_analyse(article);
    assert_int_equal(count_of(article, "heading-hash", 10), 0);
    article_edit(article, 5, 9, STR("more"));
    article_analyse(article);
    assert_int_equal(count_of(article, "heading-hash", 10), 1);
    article_edit(article, 5, 9, STR("stet heading-jump"));
    article_analyse(article);
    assert_int_equal(count_of(article, "heading-hash", 10), 1);
    assert_int_equal(count_of(article, "unused-suppression", 10), 1);
    article_free(article);
}

static uint32_t number_of(const Rule *rule)
{
    uint32_t i = 0;
    while (rules_all[i] != rule) {
        i++;
    }
    return i;
}

static void what_is_off_is_not_missed(void **state)
{
    (void)state;
    Article *article = article_new(STR("<!-- stet heading-hash -->\n\n## # Bees\n\nText.\n\n"
                                       "<!-- stet -->\n\nText.\n"));
    Config config = {0};
    config.rules.rules[number_of(&rule_heading_hash)].severity = RULE_OFF;
    article_configure(article, &config);
    article_analyse(article);
    assert_int_equal(count_of(article, "unused-suppression", 10), 1);
    config.rules.rules[number_of(&rule_unused_suppression)].severity = RULE_OFF;
    article_configure(article, &config);
    article_analyse(article);
    assert_int_equal(count_of(article, "unused-suppression", 10), 0);
    article_free(article);
}

/* Quadratic work would take minutes here. */
static void many_comments_cost_what_they_are(void **state)
{
    (void)state;
    Buf text = {0};
    append_times(&text, "<!-- stet a b c -->\n", 20000);
    append_times(&text, "- [Your text here] <!-- markdownlint-disable-line x y z -->\n", 20000);
    append_times(&text, "<!-- markdownlint-disable p q r -->\n", 20000);
    Article *article = read_text(&text);
    assert_true(count_of(article, "placeholder-text", UINT32_MAX) > 0);
    assert_int_equal(count_of(article, "unused-suppression", UINT32_MAX), 60000);
    article_free(article);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_comment_covers_a_list_of_many_chunks),
        cmocka_unit_test(a_comment_follows_its_block_into_another_chunk),
        cmocka_unit_test(an_edit_takes_a_comment_away),
        cmocka_unit_test(what_is_off_is_not_missed),
        cmocka_unit_test(many_comments_cost_what_they_are),
    };
    return cmocka_run_group_tests_name("suppress", tests, NULL, NULL);
}
