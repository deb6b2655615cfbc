#include "server/markdown/leaf.h"

#include "server/markdown/link.h"
#include "server/markdown/starts.h"

static Block *open_leaf(Scanner *scanner)
{
    return &scanner->blocks.items[scanner->leaf];
}

/* A span of the scanned text as one of the chunk. */
static Span in_chunk(const Scanner *scanner, uint32_t start, uint32_t end)
{
    return (Span){start - scanner->start, end - scanner->start};
}

static Str piece_text(const Scanner *scanner, Piece piece)
{
    return (Str){scanner->text.data + scanner->start + piece.offset, piece.length};
}

static Piece *last_piece(Scanner *scanner, const Block *block)
{
    return &scanner->pieces.items[block->piece + block->pieces - 1];
}

static void trim_last_piece(Scanner *scanner, const Block *block)
{
    Piece *piece = last_piece(scanner, block);
    while (piece->length > 0 && is_blank(piece_text(scanner, *piece).data[piece->length - 1])) {
        piece->length--;
    }
}

/* From the first piece of a block to the end of its last one. */
static Span pieces_span(Scanner *scanner, const Block *block)
{
    const Piece *last = last_piece(scanner, block);
    return (Span){scanner->pieces.items[block->piece].offset, last->offset + last->length};
}

uint32_t leaf_add_block(Scanner *scanner, BlockType type, uint32_t start, uint32_t end)
{
    Block *block = array_add(&scanner->blocks);
    *block = (Block){
        .type = (uint8_t)type,
        .parent = scanner->depth == 0 ? -1 : (int32_t)scanner->open[scanner->depth - 1].block,
        .whole = in_chunk(scanner, start, end),
        .piece = scanner->pieces.count,
    };
    return scanner->blocks.count - 1;
}

static void add_piece(Scanner *scanner, Block *block, Span span)
{
    *array_add(&scanner->pieces) = (Piece){span.start, span.end - span.start};
    block->pieces++;
}

void leaf_add_line(Scanner *scanner, const Line *line)
{
    Block *block = open_leaf(scanner);
    Span span = in_chunk(scanner, line->first, line->end);
    if (block->pieces == 0) {
        block->whole.start = span.start;
        block->piece = scanner->pieces.count;
    }
    add_piece(scanner, block, span);
    block->whole.end = span.end;
}

/* The offset in the chunk of an offset in joined lines, the first of which is that of `piece`. */
static uint32_t unjoined(const Scanner *scanner, uint32_t piece, uint32_t offset)
{
    while (offset > scanner->pieces.items[piece].length) {
        offset -= scanner->pieces.items[piece].length + 1;
        piece++;
    }
    return scanner->pieces.items[piece].offset + offset;
}

/* How many pieces, from `piece` on, `length` bytes of joined lines are. */
static uint32_t pieces_in(const Scanner *scanner, uint32_t piece, size_t length)
{
    uint32_t count = 0;
    while (length > 0) {
        size_t line = scanner->pieces.items[piece + count].length + 1;
        length -= line < length ? line : length;
        count++;
    }
    return count;
}

static Str join_pieces(Scanner *scanner, const Block *block)
{
    buf_reset(&scanner->joined);
    for (uint32_t i = 0; i < block->pieces; i++) {
        buf_append(&scanner->joined, piece_text(scanner, scanner->pieces.items[block->piece + i]));
        buf_append_char(&scanner->joined, '\n');
    }
    return buf_str(&scanner->joined);
}

/* Adds the definition that the first lines of `paragraph` are, and takes them off it. */
static void add_definition(Scanner *scanner, Block *paragraph, Str joined, Span label, size_t from,
                           size_t end)
{
    uint32_t piece = paragraph->piece, count = pieces_in(scanner, piece, end - from);
    const Piece *last = &scanner->pieces.items[piece + count - 1];
    Block *block = array_add(&scanner->blocks);
    *block = (Block){
        .type = BLOCK_DEFINITION,
        .parent = paragraph->parent,
        .whole = {scanner->pieces.items[piece].offset, last->offset + last->length},
        .content = { unjoined(scanner, piece, label.start - (uint32_t)from),
                  unjoined(scanner, piece, label.end - (uint32_t)from)},
        .piece = piece,
    };
    *array_add(&scanner->defines) = link_label_key(str_slice(joined, label.start, label.end));
    paragraph->piece += count;
    paragraph->pieces -= count;
}

bool leaf_take_definitions(Scanner *scanner)
{
    Block paragraph = *open_leaf(scanner);
    if (paragraph.pieces == 0) {
        return false;
    }
    Str first = piece_text(scanner, scanner->pieces.items[paragraph.piece]);
    if (!str_starts(first, STR("["))) {
        return true;
    }
    Str joined = join_pieces(scanner, &paragraph);
    size_t at = 0, end;
    Span label;
    scanner->blocks.count--; /* the paragraph comes again behind its definitions */
    while (at < joined.length && (end = link_definition(joined, at, &label)) != STR_NONE) {
        add_definition(scanner, &paragraph, joined, label, at, end);
        at = end;
    }
    if (paragraph.pieces > 0) {
        paragraph.whole.start = scanner->pieces.items[paragraph.piece].offset;
    }
    *array_add(&scanner->blocks) = paragraph;
    scanner->leaf = (int32_t)scanner->blocks.count - 1;
    return paragraph.pieces > 0;
}

/* GFM, "Task list items": a box before the text of an item's first paragraph. */
static void take_task_box(Scanner *scanner, const Block *paragraph)
{
    Block *item = paragraph->parent < 0 ? NULL : &scanner->blocks.items[paragraph->parent];
    if (item == NULL || item->type != BLOCK_ITEM || paragraph != item + 1) {
        return;
    }
    Piece *piece = &scanner->pieces.items[paragraph->piece];
    Str text = piece_text(scanner, *piece);
    if (text.length < 5 || text.data[0] != '[' || text.data[2] != ']' || !is_blank(text.data[3]) ||
        str_find_char(STR(" \txX"), text.data[1]) == STR_NONE) {
        return;
    }
    item->flags |= is_blank(text.data[1]) ? BLOCK_TASK : BLOCK_TASK | BLOCK_CHECKED;
    uint32_t skip = 4;
    while (skip < piece->length && is_blank(text.data[skip])) {
        skip++;
    }
    *piece = (Piece){piece->offset + skip, piece->length - skip};
}

static void close_paragraph(Scanner *scanner)
{
    if (!leaf_take_definitions(scanner)) {
        scanner->blocks.count--;
        return;
    }
    Block *paragraph = open_leaf(scanner);
    trim_last_piece(scanner, paragraph);
    take_task_box(scanner, paragraph);
}

void leaf_close(Scanner *scanner)
{
    if (scanner->leaf >= 0 && open_leaf(scanner)->type == BLOCK_PARAGRAPH) {
        close_paragraph(scanner);
    }
    scanner->leaf = -1;
}

void leaf_make_heading(Scanner *scanner, const Line *underline, uint8_t level)
{
    Block *block = open_leaf(scanner);
    trim_last_piece(scanner, block);
    block->type = BLOCK_HEADING;
    block->flags |= BLOCK_SETEXT;
    block->level = level;
    block->content = pieces_span(scanner, block);
    block->whole.end = underline->end - scanner->start;
    uint32_t run = run_length(line_rest(underline), level == 1 ? '=' : '-');
    block->close = in_chunk(scanner, underline->first, underline->first + run);
    scanner->leaf = -1;
}

static uint32_t count_cells(Str row)
{
    uint32_t count = 0, at = 0;
    for (Span cell; start_next_cell(row, &at, &cell);) {
        count++;
    }
    return count;
}

/* Adds a row whose text stands at `start` of the scanned text. Surplus cells are dropped. */
static void add_row(Scanner *scanner, Str row, uint32_t start)
{
    int32_t table = scanner->leaf;
    uint32_t index = leaf_add_block(scanner, BLOCK_ROW, start, start + (uint32_t)row.length);
    scanner->blocks.items[index].parent = table;
    Span cell;
    uint32_t at = 0;
    for (uint32_t i = 0; i < scanner->columns && start_next_cell(row, &at, &cell); i++) {
        uint32_t added = leaf_add_block(scanner, BLOCK_CELL, start + cell.start, start + cell.end);
        Block *block = &scanner->blocks.items[added];
        block->parent = (int32_t)index;
        block->content = block->whole;
        if (!span_empty(block->whole)) {
            add_piece(scanner, block, block->whole);
        }
    }
}

bool leaf_make_table(Scanner *scanner, const Line *line)
{
    uint32_t columns = start_table(line_rest(line));
    Block *paragraph = open_leaf(scanner);
    if (columns == 0 || columns > TABLE_COLUMN_LIMIT || paragraph->pieces == 0) {
        return false;
    }
    Piece head = *last_piece(scanner, paragraph);
    if (count_cells(piece_text(scanner, head)) != columns) {
        return false;
    }
    scanner->pieces.count--;
    paragraph->pieces--;
    if (paragraph->pieces > 0) {
        paragraph->whole.end = pieces_span(scanner, paragraph).end;
        leaf_close(scanner);
    } else {
        scanner->blocks.count--;
    }
    uint32_t start = scanner->start + head.offset;
    scanner->leaf = (int32_t)leaf_add_block(scanner, BLOCK_TABLE, start, line->end);
    scanner->columns = columns;
    add_row(scanner, piece_text(scanner, head), start);
    return true;
}

void leaf_add_row(Scanner *scanner, const Line *line)
{
    open_leaf(scanner)->whole.end = line->end - scanner->start;
    add_row(scanner, line_rest(line), line->first);
}
