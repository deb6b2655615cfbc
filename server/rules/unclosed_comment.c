/* unclosed-comment: a comment is closed before the end of the file.
 *
 * `<!--` at the beginning of a block hides everything up to `-->` (CommonMark 0.31, "HTML blocks",
 * kind 2); without that, all of the rest. Inside a quotation or a list it ends with them, and prints. */
#include "server/rules/rule.h"

enum { COMMENT = 2 }; /* the kind of HTML block */

static void check(RuleContext *context, const Chunk *chunk)
{
    for (uint32_t i = 0; i < chunk->block_count; i++) {
        const Block *block = &chunk->blocks[i];
        if (block->type == BLOCK_HTML && block->level == COMMENT && block->parent < 0 &&
            (block->flags & (BLOCK_CLOSED | BLOCK_CONTINUED | BLOCK_CONTINUES)) == 0) {
            uint32_t start = block->whole.start;
            rule_report(context, (Span){start, start + (uint32_t)STR("<!--").length},
                        "a comment that is not closed");
        }
    }
}

const Rule rule_unclosed_comment = {
    .code = "unclosed-comment",
    .severity = SEVERITY_ERROR,
    .summary = "a comment that runs to the end of the file",
    .check_chunk = check,
};
