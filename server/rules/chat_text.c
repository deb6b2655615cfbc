/* chat-text: what a chat assistant said around the text that it was asked for.
 *
 * People begin with "Of course" and end with "I hope this helps" as well: 18 of 18 such phrases in
 * published articles were theirs. So an opening or a closing needs a second sign, a word to the one
 * who asked for the text, and counts only where a conversation would have it, at the edge of a
 * section. What a model says of itself in the first person counts anywhere. */
#include "protocol/base/utf.h"
#include "server/lexicon/lexicon.h"
#include "server/markdown/prose.h"
#include "server/rules/rule.h"
#include "server/rules/voice.h"

#define ASSISTANT "a chat assistant speaks, not the author"

enum {
    LONGEST = 600, /* bytes in which a sentence has its second sign */
    TRIES = 16,    /* phrases of one paragraph that are looked at */
};

static bool is_end(char c)
{
    return c == '.' || c == ':' || c == '!' || c == '?';
}

/* The length of the sentence that begins `text`, of which `least` bytes are known. */
static size_t sentence_length(Str text, size_t least)
{
    size_t at = least;
    while (at < text.length) {
        at++;
        if (is_end(text.data[at - 1]) &&
            (at == text.length || strchr(" \n\r\"*_", text.data[at]) != NULL)) {
            return at;
        }
    }
    return at;
}

static bool is_dialogue(Str text)
{
    return str_starts(text, STR("—")) || str_starts(text, STR("–")) || str_starts(text, STR("―")) ||
           str_starts(text, STR("- ")) || str_starts(text, STR("\\-"));
}

/* Whether the words at `at` of a leaf are said: no code, no link, and in no quotation marks. */
static bool is_said(const Chunk *chunk, uint32_t block, uint32_t start, uint32_t at)
{
    uint32_t open = 0;
    Str before = chunk_str(chunk, (Span){start, at});
    for (size_t i = 0; i < before.length;) {
        open = voice_quote(open, utf_next(before, &i));
    }
    Prose prose = prose_of(chunk, block);
    ProseRun run = {0};
    while (prose_next(&prose, &run) && run.span.end <= at) {
    }
    return open == 0 && run.span.start <= at && at < run.span.end &&
           (run.flags & (PROSE_LINK | PROSE_IMAGE | PROSE_DELETED)) == 0;
}

static bool report(RuleContext *context, const Chunk *chunk, uint32_t block, Span sentence)
{
    if (!is_said(chunk, block, voice_span(chunk, block).start, sentence.start)) {
        return false;
    }
    rule_report(context, sentence, ASSISTANT);
    return true;
}

/* Whether the block beside one at the root ends or begins a section: none, a heading, a rule. */
static bool is_border(const Block *block)
{
    return block->type == BLOCK_HEADING || block->type == BLOCK_BREAK ||
           block->type == BLOCK_FRONT_MATTER;
}

/* Whether a block is neither text nor a border: comments and definitions. */
static bool is_nothing(const Block *block)
{
    return block->parent >= 0 || block->type == BLOCK_DEFINITION ||
           (block->type == BLOCK_HTML && block->level == 2);
}

/* Whether `block` of `chunk` begins a section, as far as the chunk goes; `*known`: it goes so far. */
static bool begins_section(const Chunk *chunk, uint32_t block, bool *known)
{
    while (block > 0 && is_nothing(&chunk->blocks[block - 1])) {
        block--;
    }
    *known = block > 0;
    return !*known || is_border(&chunk->blocks[block - 1]);
}

/* Likewise, whether what comes before `block` ends a section. */
static bool ends_section(const Chunk *chunk, uint32_t block, bool *known)
{
    while (block < chunk->block_count && is_nothing(&chunk->blocks[block])) {
        block++;
    }
    *known = block < chunk->block_count;
    return !*known || is_border(&chunk->blocks[block]);
}

static bool is_at_edge(const Chunk *chunk, uint32_t block)
{
    bool known;
    return begins_section(chunk, block, &known) || ends_section(chunk, block + 1, &known);
}

static bool check_opening(RuleContext *context, const Chunk *chunk, uint32_t block, Span span)
{
    Str text = str_before(chunk_str(chunk, span), LONGEST);
    size_t length = lexicon_begins(LEXICON_OPENING, text);
    if (length == 0) {
        return false;
    }
    size_t sentence = sentence_length(text, length);
    Str more = str_slice(text, length, sentence);
    return lexicon_find(LEXICON_SIGN, more) != STR_NONE && is_at_edge(chunk, block) &&
           report(context, chunk, block, (Span){span.start, span.start + (uint32_t)sentence});
}

/* Where the next clause begins: behind a mark, of which those of Chinese and Japanese begin with one
 * of two bytes. */
static size_t next_clause(Str text, size_t at)
{
    static const bool ends[256] = {
        ['.'] = 1, [','] = 1, [':'] = 1,  [';'] = 1,  ['!'] = 1,
        ['?'] = 1, ['('] = 1, [0xE3] = 1, [0xEF] = 1,
    };
    while (at < text.length && !ends[(unsigned char)text.data[at]]) {
        at++;
    }
    bool wide = at < text.length && (unsigned char)text.data[at] >= 0xE3;
    at += wide ? 3 : 1;
    return at < text.length ? at : text.length;
}

/* A clause that begins as a disclaimer or a closing. */
typedef struct {
    Str text;      /* from its beginning on */
    size_t length; /* of the phrase */
    bool offers;   /* it is a closing */
} Clause;

static bool report_clause(RuleContext *context, const Chunk *chunk, uint32_t block, Clause clause)
{
    Str near = str_before(clause.text, LONGEST);
    size_t sentence = sentence_length(near, clause.length);
    uint32_t start = (uint32_t)(clause.text.data - chunk->text);
    Str more = str_slice(near, clause.length, sentence);
    if (voice_is_quote(chunk, block) ||
        (clause.offers && lexicon_find(LEXICON_SIGN, more) == STR_NONE) ||
        !report(context, chunk, block, (Span){start, start + (uint32_t)sentence})) {
        return false;
    }
    rule_severity(context, clause.offers ? SEVERITY_INFORMATION : SEVERITY_WARNING);
    return true;
}

/* Looks at each clause of a paragraph, until one is the assistant's. */
static void check_clauses(RuleContext *context, const Chunk *chunk, uint32_t block, Span span)
{
    bool known;
    bool last = chunk->blocks[block].parent < 0 && ends_section(chunk, block + 1, &known);
    Str text = chunk_str(chunk, span);
    unsigned tries = 0;
    for (size_t at = 0; at < text.length && tries < TRIES; at = next_clause(text, at)) {
        while (at < text.length && strchr(" \n\r*_", text.data[at]) != NULL) {
            at++;
        }
        Clause clause = {.text = str_after(text, at)};
        clause.length = lexicon_begins(LEXICON_DISCLAIMER, clause.text);
        if (clause.length == 0 && last) {
            clause.length = lexicon_begins(LEXICON_CLOSING, clause.text);
            clause.offers = true;
        }
        if (clause.length == 0 || voice_is_mention(clause.text)) {
            continue;
        }
        if (report_clause(context, chunk, block, clause)) {
            return;
        }
        tries++;
    }
}

static void check(RuleContext *context, const Chunk *chunk)
{
    for (uint32_t i = 0; i < chunk->block_count; i++) {
        const Block *block = &chunk->blocks[i];
        if (block->type != BLOCK_PARAGRAPH || block->pieces == 0) {
            continue;
        }
        Span span = voice_words(chunk, i);
        Str text = chunk_str(chunk, span);
        if (!is_dialogue(text) && !voice_is_mention(text) &&
            (block->parent >= 0 || !check_opening(context, chunk, i, span))) {
            check_clauses(context, chunk, i, span);
        }
    }
}

/* The block at the root that `offset` is in. */
static uint32_t block_at(const Chunk *chunk, uint32_t offset)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < chunk->block_count && chunk->blocks[i].whole.start <= offset; i++) {
        found = chunk->blocks[i].parent < 0 ? i : found;
    }
    return found;
}

static bool stands_first(const Document *document, uint32_t index, uint32_t block)
{
    bool known, begins = begins_section(document_chunk(document, index), block, &known);
    while (!known && index > 0) {
        const Chunk *before = document_chunk(document, --index);
        begins = begins_section(before, before->block_count, &known);
    }
    return begins;
}

static bool stands_last(const Document *document, uint32_t index, uint32_t block)
{
    bool known, ends = ends_section(document_chunk(document, index), block + 1, &known);
    while (!known && index + 1 < document_chunk_count(document)) {
        ends = ends_section(document_chunk(document, ++index), 0, &known);
    }
    return ends;
}

static bool stands(const Document *document, uint32_t index, Span span, size_t *reach)
{
    (void)reach;
    const Chunk *chunk = document_chunk(document, index);
    Str text = chunk_str(chunk, span);
    uint32_t block = block_at(chunk, span.start);
    if (lexicon_begins(LEXICON_DISCLAIMER, text) > 0 || stands_last(document, index, block)) {
        return true;
    }
    return lexicon_begins(LEXICON_OPENING, text) > 0 && stands_first(document, index, block);
}

const Rule rule_chat_text = {
    .code = "chat-text",
    .severity = SEVERITY_WARNING,
    .summary = "what a chat assistant said around the text",
    .yields_to = "chat-artifact",
    .check_chunk = check,
    .stands = stands,
};
