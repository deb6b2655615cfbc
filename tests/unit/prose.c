/* prose: what of a block is read as language, and how it reads. */
#include "server/markdown/prose.h"

#include "server/markdown/document.h"
#include "tests/unit/unit.h"

/* The runs of the first leaf with text, as `text`, behind `+` where it is joined to the one before,
 * `|` where a line begins and `?` where something is left out. */
static void append_runs(Buf *out, const Chunk *chunk, uint32_t block)
{
    static const char gaps[] = "+|?";
    Prose prose = prose_of(chunk, block);
    for (ProseRun run; prose_next(&prose, &run);) {
        buf_append_char(out, gaps[run.gap]);
        buf_append(out, chunk_str(chunk, run.span));
    }
}

static uint32_t first_leaf(const Chunk *chunk)
{
    uint32_t block = 0;
    while (chunk->blocks[block].type < BLOCK_PARAGRAPH || chunk->blocks[block].type > BLOCK_CELL) {
        block++;
    }
    return block;
}

static void check_runs(const char *markdown, const char *expected)
{
    Document *document = document_new(str_of(markdown));
    Buf out = {0};
    document_settle(document);
    const Chunk *chunk = document_chunk(document, 0);
    append_runs(&out, chunk, first_leaf(chunk));
    assert_str_equal(buf_str(&out), str_of(expected));
    buf_finish(&out);
    document_free(document);
}

static void check_text(const char *markdown, ProseOptions options, const char *expected)
{
    Document *document = document_new(str_of(markdown));
    Buf out = {0};
    document_settle(document);
    const Chunk *chunk = document_chunk(document, 0);
    prose_append(&out, chunk, first_leaf(chunk), options);
    assert_str_equal(buf_str(&out), str_of(expected));
    buf_finish(&out);
    document_free(document);
}

/* Runs stand in order, each on one line of its block. */
static void check_order(Str markdown)
{
    Document *document = document_new(markdown);
    Buf out = {0};
    document_settle(document);
    const Chunk *chunk = document_chunk(document, 0);
    for (uint32_t block = 0, end = 0; block < chunk->block_count; block++) {
        Prose prose = prose_of(chunk, block);
        for (ProseRun run; prose_next(&prose, &run); end = run.span.end) {
            assert_true(run.span.start >= end && run.span.end > run.span.start);
            assert_true(span_contains(chunk->blocks[block].whole, run.span));
            assert_true(str_find_char(chunk_str(chunk, run.span), '\n') == STR_NONE);
        }
        prose_append(&out, chunk, block, PROSE_WITH_CODE);
    }
    buf_finish(&out);
    document_free(document);
}

static void delimiters_join_what_they_separate(void **state)
{
    (void)state;
    check_runs("one two", "|one two");
    check_runs("**а**б", "|а+б");
    check_runs("a *b **c** d* e", "|a +b +c+ d+ e");
    check_runs("~~a~~b [c](/x \"t\")d", "|a+b +c+d");
    check_runs("[a][r]b [r][]c [r]\n\n[r]: /x", "|a+b +r+c +r");
}

static void what_is_no_prose_is_left_out(void **state)
{
    (void)state;
    check_runs("a `b` c", "|a ? c");
    check_runs("a <i x=\"y\">b</i> <!-- c\nd --> e", "|a ?b? ? e");
    check_runs("a <http://x.y> b", "|a ? b");
    check_runs("a[^1] b\n\n[^1]: note", "|a? b");
    check_runs("a![](/x)b ![c *d*](/x)e", "|a?b ?c +d?e");
}

static void addresses_are_left_out(void **state)
{
    (void)state;
    check_runs("see https://x.y/a(b)_c, then", "|see ?, then");
    check_runs("(https://x.y/глава) — www.x.y.", "|(?) — ?.");
    check_runs("详见https://x.y/z，然后", "|详见?，然后");
    check_runs("write to a.b@c.de now", "|write to ? now");
    check_runs("a :// b @ c www. d @e", "|a :// b @ c www. d @e");
}

static void math_is_left_out(void **state)
{
    (void)state;
    check_runs("let $x_i$ be", "|let ? be");
    check_runs("let $a*b$ and $c*d$ be", "|let ? and ? be");
    check_runs("let $$\nx + y\n$$ be", "|let ? be");
    check_runs("let \\(x\\) be", "|let ? be");
    check_runs("from $20,000 to $30,000", "|from $20,000 to $30,000");
    check_runs("a $ b$ and \\$x$ and `$`", "|a $ b$ and \\$x$ and ");
    check_runs("a $b `$` c", "|a $b ? c");
}

static void lines_are_read_without_their_markers(void **state)
{
    (void)state;
    check_runs("> one\n> *two\n> three*", "|one|two|three");
    check_runs("- one\n  two", "|one|two");
    check_runs("## one *two* ##\n", "|one +two");
    check_runs("one\ntwo\n===", "|one|two");
    check_runs("| a *b* | c |\n|---|---|", "|a +b");
}

static void runs_say_what_they_stand_in(void **state)
{
    (void)state;
    static const uint8_t expected[] = {
        0,
        PROSE_EMPHASIS,
        PROSE_EMPHASIS | PROSE_STRONG,
        PROSE_LINK,
        PROSE_LINK | PROSE_STRONG,
        PROSE_IMAGE,
        PROSE_DELETED,
        0,
    };
    Document *document = document_new(STR("a *b **c*** [d **e**](x) ![f](x)~~g~~ h"));
    document_settle(document);
    Prose prose = prose_of(document_chunk(document, 0), 0);
    uint32_t count = 0;
    for (ProseRun run; prose_next(&prose, &run);) {
        Str text = chunk_str(document_chunk(document, 0), run.span);
        if (text.data[0] != ' ') {
            assert_int_equal(run.flags, expected[count++]);
        }
    }
    assert_int_equal(count, 7);
    document_free(document);
}

static void text_reads_as_a_reader_sees_it(void **state)
{
    (void)state;
    check_text("**Bold** [link](x) ![alt](y) <b>tag</b>", 0, "Bold link alt tag");
    check_text("a \\* b \\\\ c \\d", 0, "a * b \\ c \\d");
    check_text("a &amp; b &mdash; &#1078;&#x436; &unknown; & c", 0, "a & b — жж &unknown; & c");
    check_text("one  \ntwo\\\nthree\\\\\nfour", 0, "one two three\\ four");
    check_text("a <http://x.y> https://z.z $x$ b[^1]\n\n[^1]: n", 0,
               "a http://x.y https://z.z $x$ b");
    check_text("a<br>b <br/> c<br>", 0, "a b  c");
    check_text("# **a** `b` #", 0, "a");
    check_text("# **a** `` `b `` #", PROSE_WITH_CODE, "a `b");
    check_text("`a\nb`", PROSE_WITH_CODE, "a b");
}

static void blocks_without_text_have_no_prose(void **state)
{
    (void)state;
    Document *document = document_new(STR("***\n\n- a\n\n~~~\nb\n~~~\n"));
    document_settle(document);
    const Chunk *chunk = document_chunk(document, 0);
    Buf out = {0};
    for (uint32_t block = 0; block < chunk->block_count; block++) {
        append_runs(&out, chunk, block);
    }
    assert_str_equal(buf_str(&out), STR("|a"));
    buf_finish(&out);
    document_free(document);
}

static void runs_of_any_text_follow_each_other(void **state)
{
    (void)state;
    static const char *const tokens[] = {
        "a",    "б",  " ", "\n", "*",   "**",    "_",    "~~",   "`",   "``",  "[",
        "](x)", "![", "]", "<",  ">",   "$",     "$$",   "\\",   "\\(", "\\)", "://",
        "www.", "@",  ".", "> ", "<b>", "&amp;", "[^f]", "\xFF", "讨",
    };
    uint32_t random = 1;
    for (int round = 0; round < 20000; round++) {
        Buf text = {0};
        for (int i = 0; i < 30; i++) {
            random = random * 1664525u + 1013904223u;
            buf_append(&text, str_of(tokens[(random >> 8) % (sizeof(tokens) / sizeof(*tokens))]));
        }
        buf_append(&text, STR("\n\n[^f]: x"));
        check_order(buf_str(&text));
        buf_finish(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(delimiters_join_what_they_separate),
        cmocka_unit_test(what_is_no_prose_is_left_out),
        cmocka_unit_test(addresses_are_left_out),
        cmocka_unit_test(math_is_left_out),
        cmocka_unit_test(lines_are_read_without_their_markers),
        cmocka_unit_test(runs_say_what_they_stand_in),
        cmocka_unit_test(text_reads_as_a_reader_sees_it),
        cmocka_unit_test(blocks_without_text_have_no_prose),
        cmocka_unit_test(runs_of_any_text_follow_each_other),
    };
    return cmocka_run_group_tests_name("prose", tests, NULL, NULL);
}
