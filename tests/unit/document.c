/* document: whatever the edits, the document is as if it had been read whole. */
#include "protocol/base/array.h"
#include "protocol/base/buf.h"
#include "server/markdown/document_private.h"
#include "tests/unit/random.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const tokens[] = {
    "# ",
    "## ",
    "a",
    "b c",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "- ",
    "* ",
    "1. ",
    "> ",
    "    ",
    "\t",
    "```\n",
    "~~~",
    "````",
    "<!--",
    "-->",
    "<div>",
    "<pre>",
    "</pre>",
    "---\n",
    "===\n",
    "+++\n",
    "[a]: /x\n",
    "[a]",
    "[b]: <y> \"t\"\n",
    "[b][a]",
    "[a][]",
    "![i](u)",
    "[l](u \"t\")",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "``",
    "\\",
    "|",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    ":-:",
    "[^f]: note\n",
    "[^f]",
    "[ ] ",
    "[x] ",
    "> [!NOTE]\n",
    "<a href=\"x\">",
    "<http://a.b>",
    "&amp;",
    "\xEF\xBB\xBF",
    "é",
    "讨",
    "\xF0\x9F\x98\x80",
    "\xFF",
    "\0",
    "![",
    "]",
    "[",
    "(",
    ")",
    "title: x\n",
    "***\n",
};

enum { TOKENS = sizeof(tokens) / sizeof(*tokens) };

static Str random_token(uint32_t *random)
{
    const char *token = tokens[next_random(random, TOKENS)];
    return token[0] == '\0' ? (Str){token, 1} : str_of(token);
}

static Str chunk_text(const Chunk *chunk)
{
    return (Str){chunk->text, chunk->length};
}

static void fail_at(const char *what, const Buf *text, uint32_t chunk)
{
    fprintf(stderr, "%s differ in chunk %u of:\n%.*s\n", what, chunk, (int)text->length,
            text->data);
    fail();
}

static bool same_span(Span a, Span b)
{
    return a.start == b.start && a.end == b.end;
}

static bool same_block(const Block *a, const Block *b)
{
    return a->type == b->type && a->flags == b->flags && a->level == b->level &&
           a->marker == b->marker && a->parent == b->parent && same_span(a->whole, b->whole) &&
           same_span(a->content, b->content) && same_span(a->close, b->close) &&
           a->pieces == b->pieces;
}

static bool same_inline(const Inline *a, const Inline *b)
{
    return a->type == b->type && a->form == b->form && a->block == b->block &&
           a->parent == b->parent && same_span(a->whole, b->whole) &&
           same_span(a->content, b->content) && same_span(a->destination, b->destination) &&
           same_span(a->title, b->title) && same_span(a->label, b->label);
}

static void compare_chunks(const Chunk *a, const Chunk *b, const Buf *text, uint32_t index)
{
    bool same = str_equal(chunk_text(a), chunk_text(b)) && carry_equal(a->in, b->in) &&
                carry_equal(a->out, b->out) && a->first == b->first && a->lines == b->lines &&
                a->ascii == b->ascii && a->block_count == b->block_count &&
                a->inline_count == b->inline_count && a->define_count == b->define_count;
    if (!same) {
        fail_at("chunks", text, index);
    }
    for (uint32_t i = 0; i < a->block_count; i++) {
        if (!same_block(&a->blocks[i], &b->blocks[i])) {
            fail_at("blocks", text, index);
        }
    }
    for (uint32_t i = 0; i < a->inline_count; i++) {
        if (!same_inline(&a->inlines[i], &b->inlines[i])) {
            fail_at("inlines", text, index);
        }
    }
}

static void compare(const Document *a, const Document *b, const Buf *text)
{
    assert_int_equal(document_length(a), text->length);
    if (document_chunk_count(a) != document_chunk_count(b)) {
        fail_at("cuts", text, 0);
    }
    for (uint32_t i = 0; i < document_chunk_count(a); i++) {
        assert_int_equal(document_chunk_start(a, i), document_chunk_start(b, i));
        compare_chunks(document_chunk(a, i), document_chunk(b, i), text, i);
    }
    assert_int_equal(document_line_count(a), document_line_count(b));
}

/* Every span lies in its parent's and begins and ends between characters. */
static void check_span(const Chunk *chunk, Span outer, Span inner, const Buf *text)
{
    bool boundary = inner.end <= chunk->length &&
                    (inner.start == chunk->length ||
                     ((unsigned char)chunk->text[inner.start] & 0xC0) != 0x80 || inner.start == 0 ||
                     (unsigned char)chunk->text[inner.start - 1] < 0xC0);
    if (!boundary || inner.start > inner.end || !span_contains(outer, inner)) {
        fprintf(stderr, "[%u,%u) in [%u,%u)\n", inner.start, inner.end, outer.start, outer.end);
        fail_at("spans", text, 0);
    }
}

static void check_spans(const Chunk *chunk, const Buf *text)
{
    Span all = {0, chunk->length};
    for (uint32_t i = 0; i < chunk->block_count; i++) {
        const Block *block = &chunk->blocks[i];
        assert_true(block->parent < (int32_t)i);
        check_span(chunk, block->parent < 0 ? all : chunk->blocks[block->parent].whole,
                   block->whole, text);
        for (uint32_t p = 0; p < block->pieces; p++) {
            Piece piece = chunk->pieces[block->piece + p];
            check_span(chunk, block->whole, (Span){piece.offset, piece.offset + piece.length},
                       text);
        }
    }
    for (uint32_t i = 0; i < chunk->inline_count; i++) {
        const Inline *found = &chunk->inlines[i];
        assert_true(found->parent < (int32_t)i);
        check_span(chunk,
                   found->parent < 0 ? chunk->blocks[found->block].whole
                                     : chunk->inlines[found->parent].content,
                   found->whole, text);
        check_span(chunk, found->whole, found->content, text);
    }
}

/* What the first and last byte of an inline must be. */
static void check_delimiters(const Chunk *chunk, const Buf *text)
{
    static const char *const opening[] = {"*_", "*_", "~", "`", "[", "!", "<", "<", "["};
    static const char *const closing[] = {"*_", "*_", "~", "`", ")]", ")]", ">", ">", "]"};
    for (uint32_t i = 0; i < chunk->inline_count; i++) {
        const Inline *found = &chunk->inlines[i];
        char first = chunk->text[found->whole.start], last = chunk->text[found->whole.end - 1];
        if (strchr(opening[found->type], first) == NULL ||
            strchr(closing[found->type], last) == NULL) {
            fail_at("delimiters", text, i);
        }
    }
}

/* The syntax of a whole document, as text: what goes on across a cut is one block. */

typedef struct {
    Block block;
    size_t start, end;
    uint32_t depth;
} Placed;

typedef Array(Placed) PlacedBlocks;

static uint32_t depth_of(const Chunk *chunk, const Block *block)
{
    return block->parent < 0 ? 0 : 1 + depth_of(chunk, &chunk->blocks[block->parent]);
}

/* The block that `block` goes on with: the last one at the root. */
static Placed *before_cut(PlacedBlocks *placed)
{
    Placed *last = array_last(placed);
    while (last->depth > 0) {
        last--;
    }
    return last;
}

static void place_blocks(const Document *document, PlacedBlocks *placed)
{
    for (uint32_t c = 0; c < document_chunk_count(document); c++) {
        const Chunk *chunk = document_chunk(document, c);
        size_t base = document_chunk_start(document, c);
        for (uint32_t i = 0; i < chunk->block_count; i++) {
            const Block *block = &chunk->blocks[i];
            if ((block->flags & BLOCK_CONTINUED) != 0) {
                Placed *whole = before_cut(placed);
                whole->end = base + block->whole.end;
                whole->block.flags |= block->flags & BLOCK_CLOSED;
                continue;
            }
            *array_add(placed) = (Placed){*block, base + block->whole.start,
                                          base + block->whole.end, depth_of(chunk, block)};
        }
    }
}

static bool same_placed(const Placed *a, const Placed *b)
{
    int flags = ~(BLOCK_CONTINUED | BLOCK_CONTINUES);
    return a->block.type == b->block.type && a->block.level == b->block.level &&
           a->block.marker == b->block.marker &&
           (a->block.flags & flags) == (b->block.flags & flags) && a->start == b->start &&
           a->end == b->end && a->depth == b->depth && a->block.pieces == b->block.pieces;
}

/* Cuts change nothing: the blocks are those of a scan that makes none. */
static void compare_with_uncut(const Document *document, const Buf *text)
{
    Document *uncut = document_new_sized(buf_str(text), (ChunkSize){UINT32_MAX, UINT32_MAX});
    PlacedBlocks blocks = {0}, expected = {0};
    place_blocks(document, &blocks);
    place_blocks(uncut, &expected);
    bool same = blocks.count == expected.count;
    for (uint32_t i = 0; same && i < blocks.count; i++) {
        same = same_placed(&blocks.items[i], &expected.items[i]);
    }
    if (!same) {
        fail_at("blocks with and without cuts", text, 0);
    }
    array_finish(&blocks);
    array_finish(&expected);
    document_free(uncut);
}

static void random_text(uint32_t *random, Buf *text, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        buf_append(text, random_token(random));
    }
}

/* The lines that the positions of LSP count: against a walk over the whole text. */
static void check_lines(const Document *document, const Buf *text, uint32_t *random)
{
    size_t offset = next_random(random, (uint32_t)text->length + 1), start = 0, expected = 0;
    uint32_t line = 0;
    Str rest = buf_str(text), ignored;
    while (str_take_line(&rest, &ignored)) {
        size_t next = text->length - rest.length;
        char last = text->data[next - 1];
        if (offset < next || (last != '\n' && last != '\r')) {
            break;
        }
        line++;
        expected = next;
    }
    assert_int_equal(document_line_at(document, offset, &start), line);
    assert_int_equal(start, expected);
    Str content;
    assert_int_equal(document_line(document, line, &content), expected);
}

static void edit_at_random(uint32_t seed, ChunkSize size, uint32_t edits)
{
    uint32_t random = seed;
    Buf text = {0};
    random_text(&random, &text, 1 + next_random(&random, 60));
    Document *document = document_new_sized(buf_str(&text), size);
    document_settle(document);
    for (uint32_t i = 0; i < edits; i++) {
        size_t start = character_at(&text, next_random(&random, (uint32_t)text.length + 1));
        size_t length = next_random(&random, 3) == 0 ? next_random(&random, 30) : 0;
        size_t end = start + length < text.length ? character_at(&text, start + length)
                                                  : text.length;
        Buf inserted = {0};
        random_text(&random, &inserted, next_random(&random, 4));
        document_edit(document, start, end, buf_str(&inserted));
        splice_text(&text, start, end, buf_str(&inserted));
        buf_finish(&inserted);
        if (next_random(&random, 4) == 0) {
            continue; /* several edits before one settling */
        }
        document_settle(document);
        Document *whole = document_new_sized(buf_str(&text), size);
        document_settle(whole);
        compare(document, whole, &text);
        compare_with_uncut(document, &text);
        for (uint32_t c = 0; c < document_chunk_count(document); c++) {
            check_spans(document_chunk(document, c), &text);
            check_delimiters(document_chunk(document, c), &text);
        }
        check_lines(document, &text, &random);
        document_free(whole);
        if (text.length > 2000) {
            document_edit(document, 500, text.length, (Str){0});
            splice_text(&text, 500, text.length, (Str){0});
        }
    }
    document_free(document);
    buf_finish(&text);
}

/* 104,000 edits in all. */
static uint32_t rounds(void)
{
    const char *wanted = getenv("ROUNDS");
    return wanted == NULL ? 260 : (uint32_t)strtoul(wanted, NULL, 10);
}

static void edits_equal_the_whole(ChunkSize size)
{
    for (uint32_t seed = 1; seed <= rounds(); seed++) {
        edit_at_random(seed * 7919u + size.large, size, 100);
    }
}

static void edits_with_chunks_of_1_byte(void **state)
{
    (void)state;
    edits_equal_the_whole((ChunkSize){1, 1});
}

static void edits_with_chunks_of_20_bytes(void **state)
{
    (void)state;
    edits_equal_the_whole((ChunkSize){10, 20});
}

static void edits_with_chunks_of_100_bytes(void **state)
{
    (void)state;
    edits_equal_the_whole((ChunkSize){50, 100});
}

static void edits_with_ordinary_chunks(void **state)
{
    (void)state;
    edits_equal_the_whole((ChunkSize){2048, 4096});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_with_chunks_of_1_byte),
        cmocka_unit_test(edits_with_chunks_of_20_bytes),
        cmocka_unit_test(edits_with_chunks_of_100_bytes),
        cmocka_unit_test(edits_with_ordinary_chunks),
    };
    return cmocka_run_group_tests_name("document", tests, NULL, NULL);
}
