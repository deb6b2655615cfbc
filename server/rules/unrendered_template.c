/* unrendered-template: no value was printed that a program could not print.
 *
 * `[object Object]` is what JavaScript makes of a value that is no text. In a sentence an article may
 * speak of it; as all of a block, or behind a colon, it stands where a name or a list was to stand.
 * `{{ title }}` and its like are other programs' syntax as often as a leftover: without the site's
 * configuration nothing is said of them. */
#include "server/rules/brackets.h"
#include "server/rules/rule.h"
#include "server/rules/voice.h"

/* Whether what is before a bracket in its block leaves a value to be told: nothing, a colon, a dash or
 * another such value. */
static bool wants_value(Str before)
{
    static const char *const ends[] = {":", "：", "—", "–", "[object Object],", "|"};
    while (before.length > 0 && strchr(" \t\r\n*_", before.data[before.length - 1]) != NULL) {
        before.length--;
    }
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        if (str_ends(before, str_of(ends[i]))) {
            return true;
        }
    }
    return before.length == 0;
}

static void check_leaf(RuleContext *context, const Chunk *chunk, uint32_t block)
{
    Span words = voice_words(chunk, block);
    if (voice_is_quote(chunk, block)) {
        return;
    }
    Brackets brackets = brackets_of(chunk, block);
    for (Bracket bracket; brackets_next(&brackets, &bracket);) {
        Str before = chunk_str(chunk, (Span){words.start, bracket.whole.start});
        if (str_equal(chunk_str(chunk, bracket.whole), STR("[object Object]")) &&
            wants_value(before) && !brackets_is_mentioned(&brackets, &bracket)) {
            rule_report(context, bracket.whole, "a value that could not be printed");
        }
    }
}

static void check(RuleContext *context, const Chunk *chunk)
{
    if (str_find((Str){chunk->text, chunk->length}, STR("[object Object]")) == STR_NONE) {
        return;
    }
    for (uint32_t block = 0; block < chunk->block_count; block++) {
        if (chunk->blocks[block].pieces > 0) {
            check_leaf(context, chunk, block);
        }
    }
}

const Rule rule_unrendered_template = {
    .code = "unrendered-template",
    .severity = SEVERITY_WARNING,
    .summary = "a value that a program could not print",
    .check_chunk = check,
};
