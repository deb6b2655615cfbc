#include "server/lexicon/lexicon.h"

#include "protocol/base/utf.h"
#include "server/lexicon/automaton.h"
#include "server/unicode/words.h"

#include "lexicon_table.h"

static const Outcome *outcome_of(unsigned state)
{
    return &outcomes[states[state].outcome];
}

static unsigned step(unsigned state, unsigned char byte)
{
    unsigned first = states[state].edge, count = states[state + 1].edge - first;
    if (count == 1 && edge_bytes[first] == byte) {
        return edge_targets[first]; /* most states have but one way to go on */
    }
    const uint8_t *edge = count <= 1 ? NULL : memchr(edge_bytes + first, byte, count);
    if (edge != NULL) {
        return edge_targets[edge - edge_bytes];
    }
    return byte == ' ' ? 0 : states[state].other;
}

static unsigned step_code_point(unsigned state, uint32_t cp)
{
    char bytes[4];
    size_t length = utf_encode(cp, bytes);
    for (size_t i = 0; i < length && state != 0; i++) {
        state = step(state, (unsigned char)bytes[i]);
    }
    return state;
}

static unsigned step_letter(unsigned state, uint32_t cp)
{
    if (cp >= 'a' && cp <= 'z') {
        return step(state, (unsigned char)cp);
    }
    uint32_t folded[3];
    unsigned count = words_fold(cp, folded);
    for (unsigned i = 0; i < count && state != 0; i++) {
        state = step_code_point(state, folded[i]);
    }
    return state;
}

static unsigned step_word(unsigned state, Str word)
{
    for (size_t at = 0; at < word.length && state != 0;) {
        state = step_letter(state, utf_next(word, &at));
    }
    return state;
}

static bool is_ornament(uint32_t cp, unsigned side)
{
    return unicode_is(cp, UNICODE_IS_SPACE | UNICODE_IS_FORMAT | side);
}

/* Whether no phrase begins as the text does. Nearly every paragraph ends here, after a few letters,
 * without a look for the end of its first word. */
static bool begins_otherwise(unsigned root, Str text)
{
    unsigned state = root;
    for (size_t at = 0; at < text.length && state != 0;) {
        uint32_t cp = utf_next(text, &at);
        if (unicode_is_letter(cp)) {
            state = step_letter(state, cp);
        } else if (state != root || !is_ornament(cp, UNICODE_OPENS)) {
            return false;
        }
    }
    return state == 0;
}

/* Where a lead ends that a phrase follows without a blank: "错误：内容生成失败"; or STR_NONE. */
static size_t glued_lead(unsigned root, Str text, Str word)
{
    Str colon = STR("：");
    size_t at = str_find(word, colon);
    if (at == STR_NONE || outcome_of(step_word(root, str_before(word, at)))->accept != TIER_LEAD) {
        return STR_NONE;
    }
    return (size_t)(word.data - text.data) + at + colon.length;
}

/* The tier of the phrase that all words from `at` on are. `lead`: where the first one is a lead,
 * what follows it starts again. */
static LexiconTier match_words(unsigned root, Str text, size_t at, bool lead, uint32_t languages)
{
    Str word;
    uint32_t live = languages == LEXICON_ALL ? UINT32_MAX : languages;
    if (begins_otherwise(root, str_after(text, at)) || !words_next(text, &at, &word)) {
        return LEXICON_NONE;
    }
    unsigned state = step_word(root, word), rest = 0;
    size_t behind_lead = !lead                                    ? STR_NONE
                         : outcome_of(state)->accept == TIER_LEAD ? at
                                                                  : glued_lead(root, text, word);
    while (state != 0 && words_next(text, &at, &word)) {
        state = step(state, ' ');
        rest = (outcome_of(state)->rest_in & live) != 0 ? outcome_of(state)->rest : rest;
        state = step_word(state, word);
    }
    unsigned accept = outcome_of(state)->accept;
    if (accept != 0 && accept != TIER_LEAD && (outcome_of(state)->accept_in & live) != 0) {
        return (LexiconTier)accept; /* what says it all is surer than a beginning */
    }
    if (rest == 0 && behind_lead != STR_NONE) {
        return match_words(root, text, behind_lead, false, languages);
    }
    return (LexiconTier)rest;
}

/* The bracket that closes what `cp` opens, or 0. */
static uint32_t closing_bracket(uint32_t cp)
{
    static const uint32_t pairs[][2] = {
        {'[',    ']'   },
        {'(',    ')'   },
        {0xFF3B, 0xFF3D}, /* ［］ */
        {0xFF08, 0xFF09},
        {0x3010, 0x3011}, /* （） 【】 */
    };
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        if (pairs[i][0] == cp) {
            return pairs[i][1];
        }
    }
    return 0;
}

/* The opening bracket that begins the text, emphasis and quotation marks apart, and what follows
 * it. */
static uint32_t first_bracket(Str text, Str *after)
{
    for (size_t at = 0; at < text.length;) {
        uint32_t cp = utf_next(text, &at);
        if (closing_bracket(cp) != 0) {
            *after = str_after(text, at);
            return cp;
        }
        if (!is_ornament(cp, UNICODE_OPENS)) {
            return 0;
        }
    }
    return 0;
}

/* Whether `text` has the first bracket `close` at its end, closing marks apart, and no `open`. */
static bool ends_bracket(Str text, uint32_t open, uint32_t close)
{
    bool closed = false;
    for (size_t at = 0; at < text.length;) {
        uint32_t cp = utf_next(text, &at);
        if (cp == open || (closed && !is_ornament(cp, UNICODE_CLOSES))) {
            return false;
        }
        closed |= cp == close;
    }
    return closed;
}

LexiconTier lexicon_match_block(Str text, uint32_t languages)
{
    Str inside;
    uint32_t open = first_bracket(text, &inside);
    bool square = open != 0 && open != '(' && open != 0xFF08 &&
                  ends_bracket(inside, open, closing_bracket(open));
    return match_words(roots[square ? ROOT_BRACKET : ROOT_BLOCK], text, 0, true, languages);
}

/* The longest marker at the start of `text`, or 0. `*rest`: a phrase goes on with any text here. */
static size_t marker_length(Str text, bool *rest)
{
    size_t length = 0;
    unsigned state = roots[ROOT_MARKER];
    *rest = false;
    for (size_t at = 0; at < text.length && state != 0; at++) {
        state = step(state, (unsigned char)text.data[at]);
        length = outcome_of(state)->accept != 0 ? at + 1 : length;
        *rest |= outcome_of(state)->rest != 0;
    }
    return length;
}

static bool has_words(Str text)
{
    Str word;
    size_t at = 0;
    return words_next(text, &at, &word);
}

/* Whether a colon comes next, perhaps after a name in parentheses. */
static bool goes_on_with_colon(Str text)
{
    size_t end = str_starts(text, STR("(")) ? str_find_char(text, ')') : STR_NONE;
    Str rest = end == STR_NONE ? text : str_after(text, end + 1);
    return str_starts(rest, STR(":")) || str_starts(rest, STR("："));
}

bool lexicon_match_marker(Str text, size_t *length)
{
    bool rest;
    size_t marker = marker_length(text, &rest);
    Str after = str_after(text, marker);
    if (marker == 0 || (!goes_on_with_colon(after) && has_words(after))) {
        return false;
    }
    *length = marker;
    return true;
}

LexiconTier lexicon_match_bracket(Str inside, uint32_t languages)
{
    bool rest;
    Str text = str_trim(inside);
    size_t marker = marker_length(text, &rest);
    if (marker != 0 && (rest || lexicon_match_marker(text, &marker))) {
        return LEXICON_MARKER;
    }
    LexiconTier tier = match_words(roots[ROOT_BRACKET], inside, 0, true, languages);
    return tier == LEXICON_SOON ? LEXICON_NONE : tier;
}

bool lexicon_is_omission(Str text)
{
    return match_words(roots[ROOT_OMISSION], text, 0, false, LEXICON_ALL) != LEXICON_NONE;
}

bool lexicon_is_function_word(Str word)
{
    return outcome_of(step_word(roots[ROOT_FUNCTION_WORD], word))->accept != 0;
}

/* Beginnings: a word may end anywhere where no letter follows, and behind any ideograph */

static bool ends_word(Str text, size_t at, uint32_t last)
{
    size_t next = at;
    return at >= text.length || unicode_is(last, UNICODE_IS_IDEOGRAPH) ||
           !unicode_is_word(utf_next(text, &next));
}

/* The state behind a code point that is no letter: inside a word it may be of it; else it may stand
 * beside one. */
static unsigned step_other(unsigned state, uint32_t cp, bool *blank)
{
    if (unicode_is_space(cp)) {
        unsigned next = *blank ? state : step(state, ' ');
        *blank = true;
        return next;
    }
    unsigned next = step_letter(state, cp);
    return next == 0 && is_ornament(cp, UNICODE_OPENS | UNICODE_CLOSES) ? state : next;
}

size_t lexicon_begins(LexiconChat what, Str text)
{
    enum { LEADING_MARKS = 8 }; /* more of them are no beginning of a phrase */
    unsigned state = roots[ROOT_OPENING + what], marks = 0;
    bool blank = true;
    size_t length = 0;
    for (size_t at = 0; at < text.length && state != 0 && marks <= LEADING_MARKS;) {
        uint32_t cp = utf_next(text, &at);
        marks += state == roots[ROOT_OPENING + what];
        if (unicode_is_word(cp)) {
            state = step_letter(state, cp);
            blank = false;
            length = outcome_of(state)->accept != 0 && ends_word(text, at, cp) ? at : length;
        } else {
            state = step_other(state, cp, &blank);
        }
    }
    return length;
}

/* The bytes that phrases begin with, capitals among them. */
static void find_first_bytes(unsigned root, bool first[256])
{
    for (unsigned i = states[root].edge; i < states[root + 1].edge; i++) {
        unsigned char byte = edge_bytes[i];
        first[byte] = true;
        if (byte >= 'a' && byte <= 'z') {
            first[byte - 'a' + 'A'] = true;
        }
    }
}

static bool is_ascii_word(unsigned char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9');
}

size_t lexicon_find(LexiconChat what, Str text)
{
    bool first[256] = {false}, inside = false; /* of a word */
    find_first_bytes(roots[ROOT_OPENING + what], first);
    for (size_t at = 0; at < text.length;) {
        unsigned char byte = (unsigned char)text.data[at];
        if (byte < 0x80 && (inside || !first[byte])) {
            inside = is_ascii_word(byte);
            at++;
            continue;
        }
        size_t from = at;
        unsigned flags = unicode_record(utf_next(text, &at))->flags;
        bool word = (flags & (UNICODE_IS_LETTER | UNICODE_IS_MARK | UNICODE_IS_NUMBER)) != 0;
        bool begins = word && (!inside || (flags & UNICODE_IS_IDEOGRAPH) != 0);
        if (begins && lexicon_begins(what, str_after(text, from)) > 0) {
            return from;
        }
        inside = word;
    }
    return STR_NONE;
}
