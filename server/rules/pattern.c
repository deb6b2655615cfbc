/* pattern: what a publisher's own regular expressions find, as its configuration says.
 *
 * They are matched against the prose of each paragraph, heading and cell, lines and all. What begins
 * or ends in code, in an address or in a tag is not found: a rule speaks of what readers read. */
#include "server/markdown/prose.h"
#include "server/rules/rule.h"
#include "server/rules/rule_config.h"

typedef struct {
    RuleContext *context;
    const Chunk *chunk;
    uint32_t block;
    Str text;       /* of the block */
    uint32_t start; /* of the text, in the chunk */
} Leaf;

static bool is_prose(const Leaf *leaf, uint32_t offset)
{
    Prose prose = prose_of(leaf->chunk, leaf->block);
    for (ProseRun run; prose_next(&prose, &run);) {
        if (offset >= run.span.start && offset < run.span.end) {
            return true;
        }
    }
    return false;
}

static void search(const Leaf *leaf, const RulePattern *own)
{
    PatternSearch search = pattern_search(own->pattern, leaf->text);
    for (size_t start, end; pattern_next(&search, &start, &end);) {
        Span span = {leaf->start + (uint32_t)start, leaf->start + (uint32_t)end};
        if (is_prose(leaf, span.start) && is_prose(leaf, span.end - 1)) {
            rule_report(leaf->context, span, "%s", own->rule.summary);
            rule_attribute(leaf->context, &own->rule);
        }
    }
    pattern_search_finish(&search);
}

static void check(RuleContext *context, const Chunk *chunk)
{
    const RuleConfig *config = rule_config(context);
    for (uint32_t i = 0; i < chunk->block_count && config->pattern_count > 0; i++) {
        const Block *block = &chunk->blocks[i];
        if (block->pieces == 0 || block->type < BLOCK_PARAGRAPH || block->type > BLOCK_CELL) {
            continue;
        }
        const Piece *first = &chunk->pieces[block->piece], *last = first + block->pieces - 1;
        Span span = {first->offset, last->offset + last->length};
        Leaf leaf = {context, chunk, i, chunk_str(chunk, span), span.start};
        for (uint32_t j = 0; j < config->pattern_count; j++) {
            search(&leaf, &config->patterns[j]);
        }
    }
}

const Rule rule_pattern = {
    .code = "pattern",
    .severity = SEVERITY_WARNING,
    .summary = "what a pattern of the configuration finds",
    .check_chunk = check,
};
