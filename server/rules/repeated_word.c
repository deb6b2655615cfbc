/* repeated-word: "the the".
 *
 * Most words that stand twice are meant ("had had", "very very", "tam tam"): 57 of 93 in published
 * articles were. So only the function words count that a language never means twice, written alike,
 * with nothing but a blank or the end of a line between. Looking for them is comparing the bytes on
 * both sides of each blank. */
#include "protocol/base/utf.h"
#include "server/lexicon/lexicon.h"
#include "server/markdown/prose.h"
#include "server/rules/rule.h"
#include "server/rules/voice.h"

enum { SHORTEST = 2, LONGEST = 16 }; /* bytes of a word */

static bool is_space(char c)
{
    return c == ' ' || c == '\n';
}

/* Whether a word may end before `at`: before a blank or punctuation. */
static bool ends_word(Str text, size_t at)
{
    return at >= text.length || strchr(" \n\r.,;:!?)", text.data[at]) != NULL;
}

/* Whether `word`, which begins at `start`, stands at `at` once more: not three times, which is meant. */
static bool stands_again(Str text, Str word, size_t start, size_t at)
{
    size_t end = at + word.length, before = start == 0 ? 0 : start - 1;
    return !str_ends(str_before(text, before), word) && str_starts(str_after(text, at), word) &&
           ends_word(text, end) &&
           !(end < text.length && is_space(text.data[end]) &&
             str_starts(str_after(text, end + 1), word));
}

/* How far the blocks of a chunk and their prose are read: pairs come in the order of the text. */
typedef struct {
    const Chunk *chunk;
    uint32_t block;
    Prose prose;  /* of that block, */
    ProseRun run; /* behind this run of it */
    bool begun;
} Reading;

static bool read_block(Reading *reading, uint32_t at)
{
    const Chunk *chunk = reading->chunk;
    uint32_t before = reading->block;
    while (reading->block + 1 < chunk->block_count &&
           chunk->blocks[reading->block + 1].whole.start <= at) {
        reading->block++;
    }
    if (reading->block >= chunk->block_count || chunk->blocks[reading->block].pieces == 0) {
        return false;
    }
    if (!reading->begun || before != reading->block) {
        reading->prose = prose_of(chunk, reading->block);
        reading->run = (ProseRun){0};
    }
    reading->begun = true;
    return true;
}

/* Whether `pair` is in one run of prose, or in two that a line ending parts. */
static bool is_prose(Reading *reading, Span pair)
{
    ProseRun *run = &reading->run;
    while (run->span.end <= pair.start) {
        if (!prose_next(&reading->prose, run)) {
            return false;
        }
    }
    Prose ahead = reading->prose;
    ProseRun last = *run;
    bool whole = last.span.start <= pair.start;
    while (whole && last.span.end < pair.end) {
        whole = prose_next(&ahead, &last) && last.gap == PROSE_LINE;
    }
    return whole && (run->flags & PROSE_IMAGE) == 0;
}

/* The word that ends at the blank at `at`, and where the next one begins: behind the blank, or at the
 * indentation's end in the next line. */
static Str word_before(Str text, size_t start, size_t at, size_t *next)
{
    bool line = text.data[at] == '\n';
    *next = at + 1;
    while (line && *next < text.length && text.data[*next] == ' ') {
        ++*next;
    }
    size_t end = line && at > start && text.data[at - 1] == '\r' ? at - 1 : at;
    return str_slice(text, start, end);
}

/* Whether a word begins with a capital: The The is a band. */
static bool is_capital(Str word)
{
    size_t at = 0;
    return unicode_is_upper(utf_next(word, &at));
}

static bool is_repeated(Str text, Str word, size_t start, size_t next)
{
    return word.length >= SHORTEST && word.length <= LONGEST && next < text.length &&
           text.data[next] == word.data[0] && stands_again(text, word, start, next) &&
           !is_capital(word) && lexicon_is_function_word(word);
}

static size_t find_from(Str text, size_t at, char c)
{
    size_t found = str_find_char(str_after(text, at), c);
    return found == STR_NONE ? STR_NONE : at + found;
}

static void report(RuleContext *context, Reading *reading, Span pair, Str word)
{
    if (read_block(reading, pair.start) && is_prose(reading, pair) &&
        !voice_is_quote(reading->chunk, reading->block)) {
        rule_report(context, pair, "a word that stands twice: %s", rule_quote(context, word));
    }
}

static void check(RuleContext *context, const Chunk *chunk)
{
    Str text = {chunk->text, chunk->length};
    Reading reading = {.chunk = chunk};
    size_t space = find_from(text, 0, ' '), line = find_from(text, 0, '\n');
    for (size_t start = 0, next; space != STR_NONE || line != STR_NONE;) {
        size_t at = space < line ? space : line; /* STR_NONE is the largest */
        Str word = word_before(text, start, at, &next);
        if (is_repeated(text, word, start, next)) {
            report(context, &reading, (Span){(uint32_t)start, (uint32_t)(next + word.length)},
                   word);
        }
        start = at + 1;
        space = at == space ? find_from(text, start, ' ') : space;
        line = at == line ? find_from(text, start, '\n') : line;
    }
}

const Rule rule_repeated_word = {
    .code = "repeated-word",
    .severity = SEVERITY_INFORMATION,
    .summary = "a function word that stands twice",
    .check_chunk = check,
};
