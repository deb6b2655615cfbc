/* omitted-text: a remark that some text is left out, where a model rewrote a file and did not repeat
 * what it kept.
 *
 * The words are phrases of the lexicon, and count only where they are dressed as a remark: in
 * brackets, between dots, or as a comment. Dots alone are prose in every language (0 of 11 were
 * omissions), and so are the words alone. */
#include "protocol/base/utf.h"
#include "server/lexicon/lexicon.h"
#include "server/rules/brackets.h"
#include "server/rules/rule.h"
#include "server/rules/voice.h"
#include "server/unicode/words.h"

#define LEFT_OUT "text is left out here"

enum { LONGEST = 200 }; /* bytes of a remark */

static bool is_dots(Str text)
{
    return str_starts(text, STR("...")) || str_starts(text, STR("…"));
}

/* Whether a leaf is a remark between dots: "... existing text ...". */
static bool is_dotted(Str text)
{
    return is_dots(text) && (str_ends(text, STR("...")) || str_ends(text, STR("…"))) &&
           lexicon_is_omission(text);
}

/* Whether a pair of round brackets is all of a leaf, emphasis and closing punctuation apart. */
static bool is_parenthesis(Str text)
{
    return str_starts(text, STR("(")) && str_find_char(text, ')') != STR_NONE &&
           words_count(str_after(text, str_find_char(text, ')'))) == 0 && words_count(text) > 1 &&
           lexicon_is_omission(text);
}

static Span without_emphasis(const Chunk *chunk, Span span)
{
    while (span.end - span.start > 2 && strchr("*_", chunk->text[span.start]) != NULL &&
           chunk->text[span.start] == chunk->text[span.end - 1]) {
        span = (Span){span.start + 1, span.end - 1};
    }
    return span;
}

static void check_leaf(RuleContext *context, const Chunk *chunk, uint32_t index)
{
    Span span = without_emphasis(chunk, voice_span(chunk, index));
    Str text = chunk_str(chunk, span);
    if (text.length > 0 && text.length <= LONGEST && (is_dotted(text) || is_parenthesis(text)) &&
        voice_is_own(chunk, index)) {
        rule_report(context, span, LEFT_OUT);
        return;
    }
    Brackets brackets = brackets_of(chunk, index);
    Bracket bracket;
    while (brackets_next(&brackets, &bracket)) {
        Str inside = chunk_str(chunk, bracket.inside);
        bool alone = bracket.whole.start == span.start && bracket.whole.end == span.end &&
                     chunk->blocks[index].parent < 0 && !bracket.round;
        if (lexicon_is_omission(inside) && (alone || words_count(inside) > 1) &&
            !voice_is_quote(chunk, index) && !brackets_is_mentioned(&brackets, &bracket)) {
            rule_report(context, bracket.whole, LEFT_OUT);
        }
    }
}

/* A comment of HTML, with its delimiters. "more", "truncate" and "toc" are words for a program, and
 * in no lexicon. */
static void check_comment(RuleContext *context, const Chunk *chunk, Span span)
{
    Str text = chunk_str(chunk, span), open = STR("<!--");
    size_t end = str_find(text, STR("-->"));
    if (!str_starts(text, open) || end == STR_NONE || end > LONGEST) {
        return;
    }
    if (lexicon_is_omission(str_slice(text, open.length, end))) {
        rule_report(context, (Span){span.start, span.start + (uint32_t)end + 3}, LEFT_OUT);
    }
}

static void check(RuleContext *context, const Chunk *chunk)
{
    for (uint32_t i = 0; i < chunk->block_count; i++) {
        const Block *block = &chunk->blocks[i];
        if (block->pieces > 0) {
            check_leaf(context, chunk, i);
        } else if (block->type == BLOCK_HTML && !voice_is_quote(chunk, i)) {
            check_comment(context, chunk, block->whole);
        }
    }
    for (uint32_t i = 0; i < chunk->inline_count; i++) {
        const Inline *at = &chunk->inlines[i];
        if (at->type == INLINE_HTML && !voice_is_quote(chunk, at->block)) {
            check_comment(context, chunk, at->whole);
        }
    }
}

const Rule rule_omitted_text = {
    .code = "omitted-text",
    .severity = SEVERITY_ERROR,
    .summary = "a remark that text is left out",
    .check_chunk = check,
};
