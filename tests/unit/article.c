/* article: whatever the edits, outline and findings are as if the article had been read whole. */
#include "server/article.h"
#include "protocol/base/buf.h"
#include "tests/unit/random.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const tokens[] = {
    "# Bees\n",
    "## Bees\n",
    "## # Hives\n",
    "### Hives and boxes in the north\n",
    "#### x\n",
    "### Hives\n",
    "Hives\n===\n",
    "=====\n",
    "\n",
    "\n\n",
    "a",
    " b",
    "c\n",
    "[a]: /x\n",
    "[a]",
    "[Your text here]",
    "TODO: x",
    "- item\n",
    "> ## Quoted\n",
    "<!-- a word -->\n",
    "---\n",
    "```\n",
    "<a id=\"x\"></a>\n",
    "The same words.\n\n",
    "## `Bees`\n",
    "#",
    "*",
    "讨",
    "слово ",
    "<!-- stet -->\n",
    "<!-- stet empty-section heading-hash -->\n",
    "\n<!-- galley-ignore-file placeholder-text -->\n",
    " <!-- stet -->",
    "{/* stet */}\n",
    "  <!-- stet -->\n\n",
    "# stet\n",
    "title: TODO\n",
    "<!-- markdownlint-disable -->\n",
    "<!-- markdownlint-enable heading-jump -->\n",
    "<!-- markdownlint-disable-next-line -->\n",
    " <!-- markdownlint-disable-line -->",
    "<!-- markdownlint-capture -->",
    "<!-- markdownlint-restore -->",
    "##x\n",
    "**",
    " ** b **",
    "| a | b |\n",
    "|---|---|\n",
    "```sh\n",
    "```sh `x`\n",
    "```markdown\n",
    "![](a)",
    "![b](a)",
    "[b]()",
    "cтатья ",
    "ab\u00ADcd ",
    "\u200B",
    "\u200E",
    "caf\u00C3\u00A9",
    "\uFFFD",
    "**a b**\n\n",
    "The bees build of wax, and every cell of it has six sides.\n\n",
    "A long line.\n---\n",
    "<!-- x\n",
    "[object Object]",
};

enum { TOKENS = sizeof(tokens) / sizeof(*tokens) };

static void random_text(uint32_t *state, Buf *text, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        buf_append(text, str_of(tokens[next_random(state, TOKENS)]));
    }
}

static void fail_at(const char *what, const Buf *text)
{
    fprintf(stderr, "%s differ in:\n%.*s\n", what, (int)text->length, text->data);
    fail();
}

static bool same_place(Place a, Place b)
{
    return a.start == b.start && a.end == b.end;
}

static bool same_finding(const Finding *a, const Finding *b)
{
    if (a->rule != b->rule || a->severity != b->severity || !same_place(a->place, b->place) ||
        !str_equal(a->message, b->message) || a->related_count != b->related_count) {
        return false;
    }
    for (uint32_t i = 0; i < a->related_count; i++) {
        if (!same_place(a->related[i].place, b->related[i].place)) {
            return false;
        }
    }
    return true;
}

static void compare_findings(const Article *a, const Article *b, const Buf *text)
{
    Arena arena = {0};
    Findings found = report_findings(&a->report, a->document, &a->outline, &arena);
    Findings expected = report_findings(&b->report, b->document, &b->outline, &arena);
    if (found.count != expected.count) {
        fail_at("counts of findings", text);
    }
    for (uint32_t i = 0; i < found.count; i++) {
        if (!same_finding(&found.items[i], &expected.items[i])) {
            fail_at("findings", text);
        }
        if (found.items[i].place.end > text->length) {
            fail_at("places", text);
        }
    }
    arena_finish(&arena);
}

static void compare_outlines(const Article *a, const Article *b, const Buf *text)
{
    if (a->outline.count != b->outline.count) {
        fail_at("counts of headings", text);
    }
    for (uint32_t i = 0; i < a->outline.count; i++) {
        const Heading *x = &a->outline.headings[i], *y = &b->outline.headings[i];
        if (x->chunk != y->chunk || x->block != y->block || x->level != y->level ||
            outline_key(&a->outline, a->document, i) != outline_key(&b->outline, b->document, i) ||
            outline_body(&a->outline, i).parts != outline_body(&b->outline, i).parts ||
            outline_words(&a->outline, a->document, i) !=
                outline_words(&b->outline, b->document, i) ||
            outline_section_end(&a->outline, a->document, i) !=
                outline_section_end(&b->outline, b->document, i)) {
            fail_at("headings", text);
        }
    }
}

static void edit_once(Article *article, Buf *text, uint32_t *state)
{
    size_t start = character_at(text, next_random(state, (uint32_t)text->length + 1));
    size_t end = next_random(state, 3) == 0 ? start + next_random(state, 40) : start;
    end = end < text->length ? character_at(text, end) : text->length;
    Buf inserted = {0};
    random_text(state, &inserted, next_random(state, 4));
    article_edit(article, start, end, buf_str(&inserted));
    splice_text(text, start, end, buf_str(&inserted));
    buf_finish(&inserted);
}

static void edit_at_random(uint32_t seed, uint32_t length)
{
    uint32_t state = seed;
    Buf text = {0};
    random_text(&state, &text, length);
    Article *article = article_new(buf_str(&text));
    for (uint32_t i = 0; i < 60; i++) {
        edit_once(article, &text, &state);
        if (next_random(&state, 3) == 0) {
            continue;
        }
        article_analyse(article);
        Article *whole = article_new(buf_str(&text));
        article_analyse(whole);
        compare_outlines(article, whole, &text);
        compare_findings(article, whole, &text);
        article_free(whole);
    }
    article_free(article);
    buf_finish(&text);
}

static uint32_t rounds(uint32_t usual)
{
    const char *wanted = getenv("ROUNDS");
    return wanted == NULL ? usual : (uint32_t)strtoul(wanted, NULL, 10);
}

static void short_articles(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= rounds(60); seed++) {
        edit_at_random(seed * 7919u, 20);
    }
}

/* Long enough to be many chunks. */
static void long_articles(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= rounds(20) / 4 + 1; seed++) {
        edit_at_random(seed * 104729u, 2500);
    }
}

static void an_article_without_text(void **state)
{
    (void)state;
    Article *article = article_new((Str){0});
    article_analyse(article);
    assert_int_equal(article->outline.count, 0);
    article_edit(article, 0, 0, STR("# Bees\n"));
    article_edit(article, 0, 100, (Str){0});
    article_analyse(article);
    assert_int_equal(article->outline.count, 0);
    article_free(article);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_articles),
        cmocka_unit_test(long_articles),
        cmocka_unit_test(an_article_without_text),
    };
    return cmocka_run_group_tests_name("article", tests, NULL, NULL);
}
