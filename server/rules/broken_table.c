/* broken-table: lines that are meant as a table are one, and no cell of it gets lost.
 *
 * Without a delimiter row, or with one that has another number of cells than the head, the lines print
 * with their pipes; what a row has beyond the columns is dropped without a word (GFM, "Tables"). Only
 * lines that begin with a pipe are read: others have pipes for other reasons. */
#include "server/markdown/line.h"
#include "server/markdown/starts.h"
#include "server/rules/dialect.h"
#include "server/rules/rule.h"

static Span span_of(Piece piece)
{
    return (Span){piece.offset, piece.offset + piece.length};
}

static uint32_t count_cells(Str row)
{
    uint32_t count = 0, at = 0;
    for (Span cell; start_next_cell(row, &at, &cell);) {
        count++;
    }
    return count;
}

/* Whether a line looks like a row: pipes at both ends and inside. */
static bool is_row(Str line)
{
    line = str_trim(line);
    return line.length > 2 && line.data[0] == '|' && line.data[line.length - 1] == '|' &&
           count_cells(line) >= 2;
}

/* Whether a row has words in two cells: what is drawn with pipes has not. */
static bool has_words(Str row)
{
    uint32_t at = 0, words = 0;
    for (Span cell; start_next_cell(row, &at, &cell);) {
        Str text = str_slice(row, cell.start, cell.end);
        size_t i = 0;
        while (i < text.length && (unsigned char)text.data[i] < 0x80 &&
               !unicode_is_word((unsigned char)text.data[i])) {
            i++;
        }
        words += i < text.length;
    }
    return words >= 2;
}

/* Lines without a table */

static void check_paragraph(RuleContext *context, const Chunk *chunk, const Block *block)
{
    uint32_t end = block->piece + block->pieces;
    for (uint32_t i = block->piece; i + 1 < end; i++) {
        Str head = chunk_piece(chunk, i), below = chunk_piece(chunk, i + 1);
        if (head.length == 0 || head.data[0] != '|' || !is_row(head) || !is_row(below)) {
            continue;
        }
        uint32_t columns = start_table(str_trim(below));
        if (columns > 0 && has_words(head)) {
            rule_report(context, span_of(chunk->pieces[i + 1]),
                        "no table: %u columns below a head of %u", columns, count_cells(head));
        } else if ((has_words(head) || start_table(str_trim(head)) > 0) && has_words(below) &&
                   !dialect_is_kramdown(chunk)) {
            rule_report(context, span_of(chunk->pieces[i]), "no table: a delimiter row is missing");
        }
        return;
    }
}

/* Rows of a table */

static uint32_t columns_of(const Chunk *chunk, uint32_t table)
{
    if (chunk->blocks[table].flags & BLOCK_CONTINUED) {
        return chunk->in.length;
    }
    uint32_t count = 0, end = chunk_block_end(chunk, table);
    for (uint32_t i = table + 2; i < end && chunk->blocks[i].type == BLOCK_CELL; i++) {
        count++;
    }
    return count;
}

static void check_row(RuleContext *context, const Chunk *chunk, const Block *row, uint32_t columns)
{
    Str text = chunk_str(chunk, row->whole);
    if (text.length == 0 || text.data[0] != '|') {
        return;
    }
    Span lost = {0};
    uint32_t at = 0, count = 0;
    for (Span cell; start_next_cell(text, &at, &cell); count++) {
        if (count >= columns && !span_empty(cell)) {
            lost = (Span){lost.end == 0 ? cell.start : lost.start, cell.end};
        }
    }
    if (lost.end > 0) {
        rule_report(context, (Span){row->whole.start + lost.start, row->whole.start + lost.end},
                    "not printed: the table has %u columns", columns);
    }
}

static void check(RuleContext *context, const Chunk *chunk)
{
    uint32_t columns = 0;
    for (uint32_t i = 0; i < chunk->block_count; i++) {
        const Block *block = &chunk->blocks[i];
        if (block->type == BLOCK_PARAGRAPH && block->pieces > 1) {
            check_paragraph(context, chunk, block);
        } else if (block->type == BLOCK_TABLE) {
            columns = columns_of(chunk, i);
        } else if (block->type == BLOCK_ROW) {
            check_row(context, chunk, block, columns);
        }
    }
}

const Rule rule_broken_table = {
    .code = "broken-table",
    .severity = SEVERITY_WARNING,
    .summary = "lines of a table that are none, and cells that get lost",
    .check_chunk = check,
};
