/* documents: what is open, under which spelling, and what edits and limits make of it. */
#include "server/documents.h"

#include <stdio.h>

#include "protocol/base/memory.h"
#include "protocol/limits.h"
#include "server/ranges.h"
#include "tests/unit/unit.h"

static OpenDocument *open_text(Documents *documents, const char *uri, const char *language,
                               Str text)
{
    return documents_open(documents, &(TextDocumentItem){str_of(uri), str_of(language), 1, text});
}

static TextDocumentContentChangeEvent change(uint32_t line, uint32_t from, uint32_t to, Str text)
{
    return (TextDocumentContentChangeEvent){
        .range = {{line, from}, {line, to}},
          .text = text
    };
}

static void assert_text(const OpenDocument *document, Str expected)
{
    Buf text = {0};
    const Document *syntax = document->article->document;
    for (uint32_t i = 0; i < document_chunk_count(syntax); i++) {
        const Chunk *chunk = document_chunk(syntax, i);
        buf_append(&text, (Str){chunk->text, chunk->length});
    }
    assert_str_equal(buf_str(&text), expected);
    buf_finish(&text);
}

static void a_document_has_many_spellings(void **state)
{
    (void)state;
    Documents documents = {0};
    OpenDocument *document = open_text(&documents, "file:///c%3A/a%20b.md", "markdown",
                                       STR("text"));
    assert_ptr_equal(documents_find(&documents, STR("file:///C:/a b.md")), document);
    assert_str_equal(document->uri, STR("file:///c%3A/a%20b.md"));
    assert_ptr_equal(open_text(&documents, "file:///c:/a%20b.md", "markdown", STR("new")),
                     document);
    assert_str_equal(document->uri, STR("file:///c:/a%20b.md"));
    assert_text(document, STR("new"));

    documents_close(&documents, document);
    assert_null(documents_find(&documents, STR("file:///c%3A/a%20b.md")));
    documents_finish(&documents);
}

static void edits_apply_in_the_encoding_of_the_client(void **state)
{
    (void)state;
    Documents documents = {0};
    OpenDocument *document = open_text(&documents, "file:///a.md", "markdown", STR("a🐝б\r\nx"));
    TextDocumentContentChangeEvent edit = change(0, 3, 4, STR("-"));
    documents_edit(&documents, document, &edit, POSITION_UTF16);
    assert_text(document, STR("a🐝-\r\nx"));
    edit = change(0, 2, 3, STR("+"));
    documents_edit(&documents, document, &edit, POSITION_UTF32);
    assert_text(document, STR("a🐝+\r\nx"));
    edit = change(0, 1, 5, STR(""));
    documents_edit(&documents, document, &edit, POSITION_UTF8);
    assert_text(document, STR("a+\r\nx"));
    edit = change(0, 2, 9, STR("!"));
    documents_edit(&documents, document, &edit, POSITION_UTF16);
    assert_text(document, STR("a+!\r\nx"));
    documents_finish(&documents);
}

static void changes_are_told_once_and_in_order(void **state)
{
    (void)state;
    Documents documents = {0};
    OpenDocument *a = open_text(&documents, "file:///a.md", "markdown", STR("a"));
    OpenDocument *b = open_text(&documents, "file:///b.md", "markdown", STR("b"));
    OpenDocument *c = open_text(&documents, "file:///c.md", "markdown", STR("c"));
    TextDocumentContentChangeEvent edit = change(0, 0, 0, STR("x"));
    documents_edit(&documents, a, &edit, POSITION_UTF16);
    documents_close(&documents, b);
    assert_ptr_equal(documents_take_changed(&documents), a);
    assert_ptr_equal(documents_take_changed(&documents), c);
    assert_null(documents_take_changed(&documents));
    documents_edit(&documents, c, &edit, POSITION_UTF16);
    assert_ptr_equal(documents_take_changed(&documents), c);
    documents_finish(&documents);
}

static void a_lost_document_comes_back_whole(void **state)
{
    (void)state;
    Documents documents = {0};
    OpenDocument *document = open_text(&documents, "file:///a.md", "markdown", STR("a"));
    documents_drop(&documents, document, DOCUMENT_LOST);
    assert_null(documents_article(document));
    TextDocumentContentChangeEvent edit = change(0, 0, 0, STR("x"));
    documents_edit(&documents, document, &edit, POSITION_UTF16);
    assert_int_equal(document->state, DOCUMENT_LOST);
    edit = (TextDocumentContentChangeEvent){.whole = true, .text = STR("whole")};
    documents_edit(&documents, document, &edit, POSITION_UTF16);
    assert_int_equal(document->state, DOCUMENT_LIVE);
    assert_text(document, STR("whole"));
    documents_finish(&documents);
}

static void languages_are_told_apart(void **state)
{
    (void)state;
    Documents documents = {0};
    const char *const markdown[] = {"markdown", "Markdown", "gfm", "mdx", "markdown.mdx", "quarto"};
    const char *const others[] = {"c", "", "plaintext", "markdownlint", "vim.help"};
    for (size_t i = 0; i < 6; i++) {
        OpenDocument *document = open_text(&documents, "file:///a", markdown[i], STR("x"));
        assert_int_equal(document->state, DOCUMENT_LIVE);
    }
    for (size_t i = 0; i < 5; i++) {
        OpenDocument *document = open_text(&documents, "file:///a", others[i], STR("x"));
        assert_int_equal(document->state, DOCUMENT_FOREIGN);
        assert_null(documents_article(document));
        documents_drop(&documents, document, DOCUMENT_LOST);
        assert_int_equal(document->state, DOCUMENT_FOREIGN);
    }
    documents_finish(&documents);
}

/* Neovim without filetype detection says "". */
static void without_a_language_the_name_tells(void **state)
{
    (void)state;
    Documents documents = {0};
    const char *const uris[] = {"file:///a.md", "file:///a.Markdown", "file:///a.c",
                                "file:///a.md.bak"};
    for (size_t i = 0; i < 4; i++) {
        OpenDocument *document = open_text(&documents, uris[i], "", STR("x"));
        assert_int_equal(document->state, i < 2 ? DOCUMENT_LIVE : DOCUMENT_FOREIGN);
    }
    documents_finish(&documents);
}

static void there_may_be_too_many(void **state)
{
    (void)state;
    Documents documents = {0};
    char uri[32];
    for (int i = 0; i < LIMIT_OPEN_DOCUMENTS; i++) {
        snprintf(uri, sizeof(uri), "file:///%d.c", i);
        assert_non_null(open_text(&documents, uri, "c", STR("")));
    }
    assert_null(open_text(&documents, "file:///one-more.c", "c", STR("")));
    assert_non_null(open_text(&documents, "file:///0.c", "c", STR("again")));
    documents_close(&documents, documents_find(&documents, STR("file:///0.c")));
    assert_non_null(open_text(&documents, "file:///one-more.c", "c", STR("")));
    documents_finish(&documents);
}

/* Every place, in an order that goes back as well as forward, against a look-up from scratch. */
static void ranges_do_not_depend_on_what_was_asked_before(void **state)
{
    (void)state;
    Buf text = {0};
    for (int i = 0; i < 500; i++) {
        buf_printf(&text, i % 20 == 0 ? "# Section %d\r\n\n" : "Line 🐝 %d\r", i);
    }
    Document *document = document_new(buf_str(&text));
    assert_true(document_chunk_count(document) > 1);
    Ranges kept = ranges_of(document, POSITION_UTF16);
    for (uint32_t i = 0, at = 7; i < 5000; i++) {
        Place place = {at, at + i % 300};
        place.end = place.end < text.length ? place.end : text.length;
        Ranges fresh = ranges_of(document, POSITION_UTF16), other = fresh;
        Range expected = ranges_range(&fresh, (Place){place.start, place.start});
        Range end = ranges_range(&other, (Place){place.end, place.end});
        Range got = ranges_range(&kept, place);
        size_t line_start;
        assert_int_equal(got.start.line, document_line_at(document, place.start, &line_start));
        assert_memory_equal(&got.start, &expected.start, sizeof(Position));
        assert_int_equal(got.end.line, end.end.line);
        at = (at * 31 + (i % 3 == 0 ? 17 : 1)) % (uint32_t)text.length;
    }
    document_free(document);
    buf_finish(&text);
}

/* Under STRESS whatever grows moves: so many chunks would take hours. */
#ifndef STRESS
static void a_document_may_be_too_large(void **state)
{
    (void)state;
    Documents documents = {0};
    char *bytes = memory_new(LIMIT_DOCUMENT_BYTES + 1);
    for (size_t i = 0; i <= LIMIT_DOCUMENT_BYTES; i++) {
        bytes[i] = i % 64 == 63 ? '\n' : 'a';
    }
    Str text = {bytes, LIMIT_DOCUMENT_BYTES + 1};
    OpenDocument *document = open_text(&documents, "file:///a.md", "markdown", text);
    assert_int_equal(document->state, DOCUMENT_TOO_LARGE);
    assert_null(documents_article(document));

    TextDocumentContentChangeEvent edit = {.whole = true};
    edit.text = str_before(text, LIMIT_DOCUMENT_BYTES);
    documents_edit(&documents, document, &edit, POSITION_UTF16);
    assert_int_equal(document->state, DOCUMENT_LIVE);
    edit = change(0, 0, 0, STR("b"));
    documents_edit(&documents, document, &edit, POSITION_UTF16);
    assert_int_equal(document->state, DOCUMENT_TOO_LARGE);
    free(bytes);
    documents_finish(&documents);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_has_many_spellings),
        cmocka_unit_test(edits_apply_in_the_encoding_of_the_client),
        cmocka_unit_test(changes_are_told_once_and_in_order),
        cmocka_unit_test(a_lost_document_comes_back_whole),
        cmocka_unit_test(languages_are_told_apart),
        cmocka_unit_test(without_a_language_the_name_tells),
        cmocka_unit_test(there_may_be_too_many),
        cmocka_unit_test(ranges_do_not_depend_on_what_was_asked_before),
#ifndef STRESS
        cmocka_unit_test(a_document_may_be_too_large),
#endif
    };
    return cmocka_run_group_tests_name("documents", tests, NULL, NULL);
}
