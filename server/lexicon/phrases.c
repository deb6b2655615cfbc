#include "server/lexicon/phrases.h"

#include "server/unicode/words.h"

static bool take_token(Str *rest, Str *token)
{
    *rest = str_trim(*rest);
    size_t end = str_find_char(*rest, ' ');
    *token = str_before(*rest, end);
    *rest = str_after(*rest, end);
    return token->length > 0;
}

/* Appends one word of a phrase, folded, with its star. */
static const char *append_token(Buf *words, Str token)
{
    bool star = str_ends(token, STR("*"));
    Str word = str_before(token, token.length - star);
    if (words->length > 0) {
        buf_append_char(words, ' ');
    }
    size_t start = words->length;
    words_append(words, word);
    Str folded = str_after(buf_str(words), start);
    if (str_find_char(folded, '*') != STR_NONE || str_find_char(folded, ' ') != STR_NONE ||
        (folded.length == 0 && !(star && word.length == 0))) {
        return "a phrase is words, each perhaps with a * at its end";
    }
    if (star) {
        buf_append_char(words, '*');
    }
    return NULL;
}

const char *phrase_read(Str source, Arena *arena, Phrase *phrase)
{
    Phrase read = {0};
    Buf words = {0};
    const char *error = NULL;
    for (Str token; error == NULL && take_token(&source, &token);) {
        if (read.rest) {
            error = "nothing may follow the …";
        } else if (str_equal(token, STR("…"))) {
            read.rest = true;
        } else {
            read.stars |= str_ends(token, STR("*"));
            error = append_token(&words, token);
        }
    }
    if (error == NULL && words.length == 0) {
        error = "a phrase without words";
    }
    if (error == NULL) {
        read.words = arena_copy(arena, buf_str(&words));
        *phrase = read;
    }
    buf_finish(&words);
    return error;
}

static bool matches_word(Str token, Str word)
{
    if (str_ends(token, STR("*"))) {
        return str_starts(word, str_before(token, token.length - 1));
    }
    return str_equal(token, word);
}

/* Whether the folded words of a text are a phrase. */
static bool matches(const Phrase *phrase, Str text)
{
    Str words = phrase->words, token, word;
    if (!phrase->stars) {
        bool begins = str_starts(text, words);
        Str after = str_after(text, words.length);
        return begins && (phrase->rest ? str_starts(after, STR(" ")) : after.length == 0);
    }
    while (take_token(&words, &token)) {
        if (!take_token(&text, &word) || !matches_word(token, word)) {
            return false;
        }
    }
    return (text.length > 0) == phrase->rest;
}

bool phrases_match(const Phrase *phrases, uint32_t count, Str text)
{
    if (count == 0) {
        return false;
    }
    Buf folded = {0};
    words_append(&folded, text);
    bool found = false;
    for (uint32_t i = 0; i < count && !found; i++) {
        found = matches(&phrases[i], buf_str(&folded));
    }
    buf_finish(&folded);
    return found;
}
