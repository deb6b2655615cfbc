/* features: whatever the text, sections and folds are trees that editors can show, and no cut
 * between chunks is seen in them. */
#include "server/features/features.h"
#include "protocol/base/buf.h"
#include "server/markdown/document_private.h"
#include "server/rules/rules.h"
#include "tests/unit/random.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const tokens[] = {
    "# ",
    "## ",
    "### ",
    "###### ",
    "\n# a\n",
    "\n## b\n",
    "\n### c\n",
    "\n#\n",
    "a",
    "b c",
    "\n",
    "\n",
    "\n\n",
    "\n\n\n",
    "\r\n",
    "\r",
    "\n- ",
    "\n- x\n",
    "\n1. ",
    "\n> ",
    "\n>\n",
    "> ",
    "  ",
    "\n    ",
    "\n```\n",
    "~~~\n",
    "\n<!-- c\nd -->\n",
    "\n<!-- #region r -->\n",
    "\n<!-- #endregion -->\n",
    "\n> <!-- #region -->\n",
    "\n> <!-- #endregion -->\n",
    "<!-- region",
    "-->",
    "\n<div>\n",
    "</div>\n",
    "<pre>\n",
    "---\n",
    "\n===\n",
    "[a]: /x\n",
    "[text goes here]",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "[^f]: note\n",
    "\n> [!NOTE]\n",
    "![i](u)",
    "**",
    "`",
    "é",
    "\xF0\x9F\x98\x80",
    "\xFF",
    "\xC2\xA0",
};

enum { TOKENS = sizeof(tokens) / sizeof(*tokens) };

static const ChunkSize tiny = {1, 1}, small = {10, 20}, ordinary = {2048, 4096};

static void random_text(uint32_t seed, Buf *text)
{
    uint32_t state = seed, count = 1 + next_random(&state, 60);
    buf_append(text, next_random(&state, 4) == 0 ? STR("---\ntitle: x\n---\n") : STR(""));
    for (uint32_t i = 0; i < count; i++) {
        buf_append(text, str_of(tokens[next_random(&state, TOKENS)]));
    }
}

static Article *read_sized(Str text, ChunkSize size)
{
    Article *article = article_new((Str){0});
    document_free(article->document);
    article->document = document_new_sized(text, size);
    article_analyse(article);
    return article;
}

static void check(bool holds, const char *what, Str text, uint32_t a, uint32_t b)
{
    if (!holds) {
        fprintf(stderr, "%s: %u, %u in:\n%.*s\n", what, a, b, STR_ARG(text));
        fail_msg("%s", what);
    }
}

/* Sections */

static bool is_within(Place inner, Place outer)
{
    return outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end;
}

static void check_symbols(Symbols symbols, Str text)
{
    for (uint32_t i = 0; i < symbols.count; i++) {
        const Symbol *symbol = &symbols.items[i];
        check(is_within(symbol->range, (Place){0, text.length}), "a range outside", text, i, 0);
        check(is_within(symbol->selection, symbol->range), "a selection outside", text, i, 0);
        check(str_trim(symbol->name).length > 0, "a name of nothing", text, i, 0);
        char last = text.data[symbol->range.end - 1];
        check(last != '\n' && last != '\r', "blank lines at the end", text, i, 0);
        if (symbol->parent != SYMBOL_ROOT) {
            check(symbol->parent < i, "a child before its parent", text, i, symbol->parent);
            check(is_within(symbol->range, symbols.items[symbol->parent].range),
                  "a child outside its parent", text, i, symbol->parent);
        }
    }
}

static void check_siblings(Symbols symbols, Str text)
{
    for (uint32_t i = 0; i < symbols.count; i++) {
        for (uint32_t j = i + 1; j < symbols.count; j++) {
            const Symbol *a = &symbols.items[i], *b = &symbols.items[j];
            check(a->parent != b->parent || a->range.end < b->range.start, "siblings overlap", text,
                  i, j);
        }
    }
}

static void sections_are_a_tree(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 3000; seed++) {
        Buf text = {0};
        Arena arena = {0};
        random_text(seed, &text);
        Article *article = read_sized(buf_str(&text), seed % 2 == 0 ? small : ordinary);
        Symbols symbols = symbols_of(article, &arena);
        check_symbols(symbols, buf_str(&text));
        check_siblings(symbols, buf_str(&text));
        article_free(article);
        arena_finish(&arena);
        buf_finish(&text);
    }
}

/* Folds */

static void check_pair(const Fold *a, const Fold *b, Str text)
{
    bool ordered = a->start_line < b->start_line ||
                   (a->start_line == b->start_line && a->end_line > b->end_line);
    check(ordered, "folds out of order", text, a->start_line, b->start_line);
    check(a->end_line != b->start_line, "a fold ends where another begins", text, a->start_line,
          b->start_line);
    check(b->end_line <= a->end_line || b->start_line > a->end_line, "folds cross", text,
          a->start_line, b->start_line);
}

static void check_folds(Folds folds, uint32_t lines, Str text)
{
    for (uint32_t i = 0; i < folds.count; i++) {
        const Fold *fold = &folds.items[i];
        check(fold->start_line < fold->end_line, "a fold of one line", text, fold->start_line, 0);
        check(fold->end_line < lines, "a fold past the end", text, fold->end_line, lines);
        for (uint32_t j = i + 1; j < folds.count; j++) {
            check_pair(fold, &folds.items[j], text);
        }
    }
}

static void folds_nest_and_never_touch(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 3000; seed++) {
        Buf text = {0};
        Arena arena = {0};
        random_text(seed * 31, &text);
        Article *article = read_sized(buf_str(&text), seed % 2 == 0 ? small : ordinary);
        check_folds(folds_of(article, UINT32_MAX, &arena), document_line_count(article->document),
                    buf_str(&text));
        article_free(article);
        arena_finish(&arena);
        buf_finish(&text);
    }
}

static uint32_t depth_of(Folds folds, const Fold *fold)
{
    uint32_t depth = 0;
    for (uint32_t i = 0; i < folds.count; i++) {
        depth += folds.items[i].start_line <= fold->start_line &&
                 folds.items[i].end_line >= fold->end_line;
    }
    return depth;
}

/* `some` are folds of `all`, in the same order, and none that is left out is less deep. */
static void check_limited(Folds some, Folds all)
{
    uint32_t kept = 0, deepest = 0, left_out = UINT32_MAX;
    for (uint32_t i = 0; i < all.count; i++) {
        uint32_t depth = depth_of(all, &all.items[i]);
        if (kept < some.count && some.items[kept].start_line == all.items[i].start_line &&
            some.items[kept].end_line == all.items[i].end_line) {
            kept++;
            deepest = depth > deepest ? depth : deepest;
        } else {
            left_out = depth < left_out ? depth : left_out;
        }
    }
    assert_int_equal(kept, some.count);
    assert_true(deepest <= left_out);
}

static void a_limit_keeps_the_outermost_folds(void **state)
{
    (void)state;
    Article *article = article_new(STR("# a\n\n- x\n\n  - y\n\n    z\n\n- w\n\n## b\n\ntext\n\n"
                                       "# c\n\n> q\n> r\n"));
    article_analyse(article);
    Arena arena = {0};
    Folds all = folds_of(article, UINT32_MAX, &arena);
    assert_true(all.count > 4);
    for (uint32_t limit = 0; limit <= all.count + 1; limit++) {
        Folds some = folds_of(article, limit, &arena);
        assert_int_equal(some.count, limit < all.count ? limit : all.count);
        check_limited(some, all);
    }
    arena_finish(&arena);
    article_free(article);
}

/* Cuts */

static void compare_symbols(Symbols a, Symbols b, Str text)
{
    check(a.count == b.count, "another number of sections", text, a.count, b.count);
    for (uint32_t i = 0; i < a.count; i++) {
        const Symbol *x = &a.items[i], *y = &b.items[i];
        bool same = x->parent == y->parent && x->level == y->level &&
                    x->range.start == y->range.start && x->range.end == y->range.end &&
                    x->selection.start == y->selection.start &&
                    x->selection.end == y->selection.end && str_equal(x->name, y->name) &&
                    str_equal(x->detail, y->detail);
        check(same, "another section", text, i, y->parent);
    }
}

static void compare_folds(Folds a, Folds b, Str text)
{
    check(a.count == b.count, "another number of folds", text, a.count, b.count);
    for (uint32_t i = 0; i < a.count; i++) {
        const Fold *x = &a.items[i], *y = &b.items[i];
        check(x->start_line == y->start_line && x->end_line == y->end_line && x->kind == y->kind &&
                  str_equal(x->collapsed_text, y->collapsed_text),
              "another fold", text, x->start_line, y->start_line);
    }
}

static void no_cut_between_chunks_is_seen(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 3000; seed++) {
        Buf text = {0};
        Arena arena = {0};
        random_text(seed * 17, &text);
        Article *cut = read_sized(buf_str(&text), seed % 2 == 0 ? small : tiny);
        Article *whole = read_sized(buf_str(&text), ordinary);
        compare_symbols(symbols_of(cut, &arena), symbols_of(whole, &arena), buf_str(&text));
        compare_folds(folds_of(cut, UINT32_MAX, &arena), folds_of(whole, UINT32_MAX, &arena),
                      buf_str(&text));
        article_free(cut);
        article_free(whole);
        arena_finish(&arena);
        buf_finish(&text);
    }
}

/* Verdict */

static void every_rule_has_words_in_the_verdict(void **state)
{
    (void)state;
    Arena arena = {0};
    for (const Rule *const *rule = rules_all; *rule != NULL; rule++) {
        Finding finding = {.rule = *rule, .severity = SEVERITY_WARNING};
        Str verdict = verdict_of((Findings){&finding, 1}, &arena);
        assert_true(str_starts(verdict, STR("not ready: 1 ")));
        assert_int_equal(str_find(verdict, STR("other finding")), STR_NONE);
    }
    arena_finish(&arena);
}

static void the_verdict_counts_warnings_and_errors(void **state)
{
    (void)state;
    static const Rule copies = {.code = "repeated-heading"}, texts = {.code = "placeholder-text"};
    Finding findings[] = {
        {.rule = &copies, .severity = SEVERITY_WARNING    },
        {.rule = &texts,  .severity = SEVERITY_ERROR      },
        {.rule = &texts,  .severity = SEVERITY_INFORMATION},
        {.rule = &copies, .severity = SEVERITY_WARNING    },
    };
    Arena arena = {0};
    assert_str_equal(verdict_of((Findings){findings, 4}, &arena),
                     STR("not ready: 1 placeholder, 2 repeated headings"));
    assert_str_equal(verdict_of((Findings){&findings[2], 1}, &arena), STR("ready to publish"));
    assert_str_equal(verdict_of((Findings){0}, &arena), STR("ready to publish"));
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_are_a_tree),
        cmocka_unit_test(folds_nest_and_never_touch),
        cmocka_unit_test(a_limit_keeps_the_outermost_folds),
        cmocka_unit_test(no_cut_between_chunks_is_seen),
        cmocka_unit_test(every_rule_has_words_in_the_verdict),
        cmocka_unit_test(the_verdict_counts_warnings_and_errors),
    };
    return cmocka_run_group_tests_name("features", tests, NULL, NULL);
}
