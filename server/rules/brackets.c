#include "server/rules/brackets.h"

#include "protocol/base/utf.h"
#include "server/rules/voice.h"

enum { LONGEST = 400 }; /* bytes: what is longer is no bracket that anybody fills in */

bool brackets_is_mentioned(Brackets *brackets, const Bracket *last)
{
    Str text = chunk_str(brackets->chunk, (Span){brackets->heard, last->whole.start});
    uint32_t open = brackets->quote, cp = 0;
    for (size_t i = 0; i < text.length;) {
        cp = utf_next(text, &i);
        open = voice_quote(open, cp);
    }
    brackets->heard = last->whole.start;
    brackets->quote = open;
    return open != 0 || cp == '\'' || cp == 0x2018;
}

/* Pairs of brackets; the first byte of what opens tells them from nearly all else. */
static const struct {
    Str open, close;
} pairs_of_brackets[] = {
    {STR_INIT("["),   STR_INIT("]")  },
    {STR_INIT("【"), STR_INIT("】")},
    {STR_INIT("［"), STR_INIT("］")},
    {STR_INIT("（"), STR_INIT("）")},
};

enum { SQUARE, ROUND = 3, BRACKETS };

/* Whether brackets that are not ASCII may be in `text`: they begin with one of these bytes. */
static bool may_be_wide(const Chunk *chunk, Str text)
{
    return !chunk->ascii &&
           (str_find_char(text, '\xE3') != STR_NONE || str_find_char(text, '\xEF') != STR_NONE);
}

/* Where the first bracket opens in `text`, and which pair it is of; STR_NONE. */
static size_t find_open(bool wide, Str text, unsigned *pair)
{
    *pair = SQUARE;
    if (!wide) {
        return str_find_char(text, '[');
    }
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        for (*pair = SQUARE; (byte == '[' || byte >= 0xE3) && *pair < BRACKETS; ++*pair) {
            if (str_starts(str_after(text, i), pairs_of_brackets[*pair].open)) {
                return i;
            }
        }
    }
    return STR_NONE;
}

Brackets brackets_of(const Chunk *chunk, uint32_t block)
{
    Span span = voice_span(chunk, block);
    Str text = chunk_str(chunk, span);
    Brackets brackets = {.chunk = chunk, .heard = span.start, .wide = may_be_wide(chunk, text)};
    unsigned pair;
    if (find_open(brackets.wide, text, &pair) != STR_NONE) {
        brackets.prose = prose_of(chunk, block);
    }
    return brackets;
}

static char byte_at(const Chunk *chunk, uint32_t at)
{
    return at < chunk->length ? chunk->text[at] : '\0';
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Whether what is around a bracket makes it part of some notation: x[i], ![x], [[x]], [x](y), [x]: y,
 * [x]{y}. */
static bool is_syntax(const Chunk *chunk, Span whole)
{
    char before = whole.start > 0 ? chunk->text[whole.start - 1] : '\0';
    char after = byte_at(chunk, whole.end);
    return is_word(before) || (before != '\0' && strchr("[])!$@#\\", before) != NULL) ||
           is_word(after) || (after != '\0' && strchr("[](){}=", after) != NULL);
}

/* Reads the bracket that opens at `open`. False where it is not closed in the run, or holds another. */
static bool read_bracket(const Chunk *chunk, Span run, uint32_t open, unsigned pair,
                         Bracket *bracket)
{
    Str opens = pairs_of_brackets[pair].open, closes_it = pairs_of_brackets[pair].close;
    uint32_t limit = run.end - open > LONGEST ? open + LONGEST : run.end;
    uint32_t start = open + (uint32_t)opens.length;
    Str rest = chunk_str(chunk, (Span){start, limit});
    size_t end = str_find(rest, closes_it);
    if (end == STR_NONE || end == 0) {
        return false;
    }
    bool escaped = pair == SQUARE && open > run.start && chunk->text[open - 1] == '\\';
    Span inside = {start, start + (uint32_t)end};
    Span whole = {open, inside.end + (uint32_t)closes_it.length};
    if (escaped) {
        whole.start--;
        inside.end -= rest.data[end - 1] == '\\';
    }
    if (inside.end <= inside.start || str_find(chunk_str(chunk, inside), opens) != STR_NONE) {
        return false;
    }
    *bracket = (Bracket){whole, inside, pair == ROUND};
    return pair != SQUARE || !is_syntax(chunk, whole);
}

/* The next bracket of the current run. */
static bool next_in_run(Brackets *brackets, Bracket *bracket)
{
    Span run = brackets->run.span;
    while (brackets->at < run.end) {
        unsigned pair;
        Str rest = chunk_str(brackets->chunk, (Span){brackets->at, run.end});
        size_t open = find_open(brackets->wide, rest, &pair);
        if (open == STR_NONE) {
            return false;
        }
        uint32_t at = brackets->at + (uint32_t)open;
        brackets->at = at + 1;
        Bracket found;
        if (read_bracket(brackets->chunk, run, at, pair, &found)) {
            brackets->at = found.whole.end;
            *bracket = found;
            return true;
        }
    }
    return false;
}

bool brackets_next(Brackets *brackets, Bracket *bracket)
{
    while (!next_in_run(brackets, bracket)) {
        if (!prose_next(&brackets->prose, &brackets->run)) {
            return false;
        }
        bool said = (brackets->run.flags & (PROSE_LINK | PROSE_IMAGE | PROSE_DELETED)) == 0;
        brackets->at = said ? brackets->run.span.start : brackets->run.span.end;
    }
    return true;
}
