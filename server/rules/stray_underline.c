/* stray-underline: a line of = or - that underlines nothing prints as text.
 *
 * It is what remains where a heading became an ATX heading and its underline stayed behind. Only a
 * line that a paragraph consists of, or begins or ends with, is one: inside a paragraph it may be a
 * table drawn by hand. Inside HTML blocks nothing is prose. */
#include "server/markdown/line.h"
#include "server/rules/rule.h"

static bool is_underline(Str line)
{
    line = str_trim(line);
    char c = line.length == 0 ? 0 : line.data[0];
    return (c == '=' || c == '-') && line.length >= 3 && run_length(line, c) == line.length;
}

static void check(RuleContext *context, const Chunk *chunk)
{
    for (uint32_t i = 0; i < chunk->block_count; i++) {
        const Block *block = &chunk->blocks[i];
        if (block->type != BLOCK_PARAGRAPH || block->pieces == 0) {
            continue;
        }
        Piece first = chunk->pieces[block->piece];
        if (is_underline(chunk_piece(chunk, block->piece))) {
            rule_report(context, (Span){first.offset, first.offset + first.length},
                        "a line that underlines nothing");
        }
    }
}

const Rule rule_stray_underline = {
    .code = "stray-underline",
    .severity = SEVERITY_WARNING,
    .summary = "a line of = or - that underlines nothing",
    .yields_to = "repeated-heading",
    .check_chunk = check,
};
