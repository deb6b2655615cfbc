/* placeholder-text: text that stands in for text.
 *
 * A phrase of the lexicon is certain where it is all of a block; inside prose it is one only in
 * square brackets. A lexicon word anywhere was wrong in 12 of 12 published articles, so quotes, code,
 * links and block quotes are never looked into. placeholder_shape.c has the other half: what shows
 * by its shape, in any language. */
#include "protocol/base/array.h"
#include "server/lexicon/lexicon.h"
#include "server/markdown/front_matter.h"
#include "server/rules/brackets.h"
#include "server/rules/placeholder_shape.h"
#include "server/rules/rule.h"
#include "server/rules/rule_config.h"
#include "server/rules/voice.h"
#include "server/rules/wording.h"
#include "server/unicode/words.h"

#define STANDS_IN  "placeholder instead of text"
#define ANNOUNCED  "text is announced, not there"
#define NOT_FILLED "placeholder that nobody has filled in"

enum {
    MANY = 3,     /* so many fill-ins in one section are one finding */
    RELATED = 20, /* which names at most so many others */
};

enum { MARKERS };
static const RuleOption options[] = {
    [MARKERS] = {"markers", "true false", "bare markers (TODO, TK, FIXME) are findings"},
};

typedef struct {
    RuleContext *context;
    const Chunk *chunk;
    Array(Span) fill_ins; /* in brackets, of the section so far */
    bool asked, todo;     /* whether the chunk's language was looked for; it has "TODO" as a word */
} Check;

/* Where a text stands */

static bool is_in_task(const Chunk *chunk, uint32_t block)
{
    int32_t parent = chunk->blocks[block].parent;
    return parent >= 0 && (chunk->blocks[parent].flags & BLOCK_TASK) != 0;
}

static bool is_mark(char c)
{
    return c == '*' || c == '_';
}

/* Without the emphasis that is around all of it. */
static Span inner(const Chunk *chunk, Span span)
{
    const char *text = chunk->text;
    while (span.end - span.start > 2 && is_mark(text[span.start]) &&
           text[span.start] == text[span.end - 1]) {
        span = (Span){span.start + 1, span.end - 1};
    }
    return span;
}

/* Whole blocks */

static void report_whole(Check *check, Span span, LexiconTier tier)
{
    const char *message = tier == LEXICON_BLOCK  ? STANDS_IN
                          : tier == LEXICON_SOON ? ANNOUNCED
                                                 : NOT_FILLED;
    rule_report(check->context, span, "%s", message);
    rule_severity(check->context, tier == LEXICON_BLOCK ? SEVERITY_ERROR : SEVERITY_WARNING);
}

/* Whether a phrase is too short to be certain: "Placeholder text" is the name of a thing as a heading,
 * an item or a title, and "to be written" a state as a cell. */
static bool is_short(Str text, size_t enough)
{
    return !str_starts(text, STR("[")) && words_count(text) < enough;
}

/* Whether a phrase that is all of a block says nothing about the block's own text. */
static bool is_ordinary(const Chunk *chunk, uint32_t index, Str text, LexiconTier tier)
{
    const Block *block = &chunk->blocks[index], *next = block + 1;
    bool in_item = block->parent >= 0 && chunk->blocks[block->parent].type == BLOCK_ITEM;
    bool over_text = index + 1 < chunk->block_count && next->type != BLOCK_HEADING;
    switch (block->type) {
    case BLOCK_HEADING:
        return tier == LEXICON_SOON || is_short(text, 3) ||
               (block->level > 1 && over_text && !str_starts(text, STR("[")));
    case BLOCK_CELL:
        return tier == LEXICON_SOON || is_short(text, 4);
    default:
        return in_item && is_short(text, tier == LEXICON_SOON ? SIZE_MAX : 3);
    }
}

static bool check_whole(Check *check, uint32_t index)
{
    const Chunk *chunk = check->chunk;
    Span span = voice_span(chunk, index);
    LexiconTier tier = wording_of_block(check->context, chunk_str(chunk, span));
    if (tier == LEXICON_NONE || !voice_is_own(chunk, index)) {
        return false;
    }
    span = inner(chunk, span);
    if (is_ordinary(chunk, index, chunk_str(chunk, span), tier)) {
        return true;
    }
    if (tier == LEXICON_BRACKET) {
        *array_add(&check->fill_ins) = span;
    } else {
        report_whole(check, span, tier);
    }
    return true;
}

/* Markers */

static void report_marker(Check *check, Span span, Str marker)
{
    if (rule_option(check->context, MARKERS) != 0) {
        return;
    }
    rule_report(check->context, span, "unfinished: %s", rule_quote(check->context, marker));
    rule_severity(check->context, SEVERITY_INFORMATION);
}

/* Whether the chunk is Spanish or Portuguese, where "TODO" is "all". */
static bool has_todo_as_word(const Chunk *chunk)
{
    static const Str words[] = {
        STR_INIT("el"),  STR_INIT("los"), STR_INIT("las"), STR_INIT("una"), STR_INIT("uma"),
        STR_INIT("não"), STR_INIT("das"), STR_INIT("dos"), STR_INIT("são"), STR_INIT("para"),
    };
    Str word, text = {chunk->text, chunk->length};
    int found = 0;
    for (size_t at = 0; found < 3 && words_next(text, &at, &word);) {
        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
            found += str_equal(word, words[i]);
        }
    }
    return found == 3;
}

static bool is_word(Check *check, Str marker)
{
    if (!str_equal(marker, STR("TODO"))) {
        return false;
    }
    check->todo = check->asked ? check->todo : has_todo_as_word(check->chunk);
    check->asked = true;
    return check->todo;
}

/* What follows a marker is an issue's title where it is a link. */
static bool goes_on_with_link(Str text)
{
    while (text.length > 0 && strchr(": \t*_", text.data[0]) != NULL) {
        text = str_after(text, 1);
    }
    return str_starts(text, STR("[")) || str_starts(text, STR("<http")) ||
           str_starts(text, STR("http"));
}

/* Whether a marker that `rest` follows is an author's note where it stands. */
static bool is_note(Check *check, uint32_t index, Str marker, Str rest)
{
    if (is_word(check, marker)) {
        return false;
    }
    switch (check->chunk->blocks[index].type) {
    case BLOCK_CELL:
        return str_equal(marker, STR("TBD")); /* the others are states */
    case BLOCK_HEADING:
        return str_find_char(rest, ':') != STR_NONE; /* alone it is a section's name */
    default:
        return !is_in_task(check->chunk, index) && !goes_on_with_link(rest);
    }
}

static bool check_marker(Check *check, uint32_t index)
{
    const Chunk *chunk = check->chunk;
    Span span = voice_words(chunk, index);
    Str text = chunk_str(chunk, span);
    size_t length;
    if (!lexicon_match_marker(text, &length)) {
        return false;
    }
    Prose prose = prose_of(chunk, index);
    ProseRun run;
    bool said = prose_next(&prose, &run) && run.span.start == span.start &&
                (run.flags & ~(PROSE_EMPHASIS | PROSE_STRONG)) == 0;
    Str marker = str_before(text, length);
    if (!said || voice_is_quote(chunk, index) ||
        !is_note(check, index, marker, str_after(text, length))) {
        return false;
    }
    span.end = span.start + (uint32_t)length;
    report_marker(check, span, marker);
    return true;
}

/* Brackets in prose */

/* At the end of a section. */
static void report_fill_ins(Check *check)
{
    uint32_t count = check->fill_ins.count;
    for (uint32_t i = 0; i < count && i < RELATED; i++) {
        Span span = check->fill_ins.items[i];
        if (i == 0 || count < MANY) {
            rule_report(check->context, span, NOT_FILLED);
            rule_severity(check->context, SEVERITY_WARNING);
        } else {
            rule_relate(check->context, span, "another one");
        }
    }
    array_reset(&check->fill_ins);
}

/* Round brackets may hold any words. */
static LexiconTier match_bracket(const RuleContext *context, Str inside, const Bracket *bracket)
{
    if (!bracket->round) {
        return wording_of_bracket(context, inside);
    }
    LexiconTier tier = wording_of_block(context, inside);
    return tier == LEXICON_BLOCK ? tier : LEXICON_NONE;
}

static void check_brackets(Check *check, uint32_t index)
{
    const Chunk *chunk = check->chunk;
    Brackets brackets = brackets_of(chunk, index);
    Bracket bracket;
    while (brackets_next(&brackets, &bracket)) {
        Str inside = chunk_str(chunk, bracket.inside);
        LexiconTier tier = match_bracket(check->context, inside, &bracket);
        if (tier == LEXICON_NONE || voice_is_quote(chunk, index) ||
            brackets_is_mentioned(&brackets, &bracket)) {
            continue;
        }
        if (tier != LEXICON_MARKER) {
            *array_add(&check->fill_ins) = bracket.whole;
        } else if (!is_in_task(chunk, index) && !is_word(check, inside)) {
            report_marker(check, bracket.whole, inside);
        }
    }
}

/* What is no block: alternative texts, front matter */

static void check_alternative_texts(Check *check)
{
    const Chunk *chunk = check->chunk;
    for (uint32_t i = 0; i < chunk->inline_count; i++) {
        const Inline *image = &chunk->inlines[i];
        if (image->type != INLINE_IMAGE || span_empty(image->content)) {
            continue;
        }
        Str text = chunk_str(chunk, image->content);
        LexiconTier tier = wording_of_block(check->context, text);
        if ((tier == LEXICON_BLOCK || tier == LEXICON_BRACKET) && !is_short(text, 3) &&
            !voice_is_mention(text) && !voice_is_quote(chunk, image->block)) {
            report_whole(check, image->content, tier);
        }
    }
}

/* `title: [Your Title]` is a list with one item for YAML, and one placeholder for its author. */
static bool is_bracketed(const Chunk *chunk, Span span)
{
    return span.start > 0 && chunk->text[span.start - 1] == '[' && span.end < chunk->length &&
           chunk->text[span.end] == ']';
}

/* Whether readers see the value of a key: "coming soon" is a state elsewhere. */
static bool is_shown(Str key)
{
    return str_equal(key, STR("title")) || str_equal(key, STR("description")) ||
           str_equal(key, STR("subtitle")) || str_equal(key, STR("summary"));
}

/* Whether the configuration wants the values of a key to be read. */
static bool is_read(const RuleConfig *config, Str key)
{
    bool read = config->keys == NULL;
    for (uint32_t i = 0; i < config->key_count && !read; i++) {
        read = str_equal(config->keys[i], key);
    }
    return read;
}

static void check_value(Check *check, const FrontValue *value)
{
    LexiconTier tier = wording_of_block(check->context, value->value);
    Span span = value->span;
    size_t length;
    if (tier == LEXICON_NONE && is_bracketed(check->chunk, span) &&
        wording_of_bracket(check->context, value->value) == LEXICON_BRACKET) {
        tier = LEXICON_BRACKET;
        span = (Span){span.start - 1, span.end + 1};
    }
    bool shown = value->top && is_shown(value->key);
    bool certain = tier == LEXICON_SOON ? shown : !is_short(chunk_str(check->chunk, span), 3);
    if (tier != LEXICON_NONE && certain && !voice_is_mention(value->value)) {
        report_whole(check, span, tier);
    } else if (shown && lexicon_match_marker(value->value, &length)) {
        report_marker(check, span, value->value);
    }
}

static void check_front_matter(Check *check)
{
    FrontMatter front = front_matter_read(check->chunk, rule_arena(check->context));
    for (uint32_t i = 0; i < front.count; i++) {
        if (is_read(rule_config(check->context), front.values[i].key)) {
            check_value(check, &front.values[i]);
        }
    }
}

static void check_chunk(RuleContext *context, const Chunk *chunk)
{
    Check check = {.context = context, .chunk = chunk};
    check_front_matter(&check);
    for (uint32_t i = 0; i < chunk->block_count; i++) {
        const Block *block = &chunk->blocks[i];
        if (block->type == BLOCK_HEADING) {
            report_fill_ins(&check);
        }
        if (block->pieces > 0 && !check_whole(&check, i) && !check_marker(&check, i)) {
            check_brackets(&check, i);
        }
    }
    report_fill_ins(&check);
    array_finish(&check.fill_ins);
    check_alternative_texts(&check);
}

const Rule rule_placeholder_text = {
    .code = "placeholder-text",
    .severity = SEVERITY_ERROR,
    .summary = "text that stands in for text",
    .yields_to = "omitted-text",
    .repeats = true,
    .options = options,
    .option_count = sizeof(options) / sizeof(*options),
    .check_chunk = check_chunk,
    .check_outline = placeholder_check_shapes,
};
