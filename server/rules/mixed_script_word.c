/* mixed-script-word: a word is spelled in one alphabet.
 *
 * Latin c and Cyrillic с look alike and are typed on neighbouring layouts, but search, sorting and
 * speech take `cтатья` for another word than `статья`. A finding has letters of one script that all
 * have a twin in the other: with less, a mixture is a brand, an ending or science (`TNFα`). Of 26 such
 * words in published articles 24 were defects. */
#include "protocol/base/utf.h"
#include "server/rules/rule.h"
#include "server/rules/script_words.h"

#include <uchar.h>

enum {
    STEM = 3,        /* letters of a Latin stem, from which on a Cyrillic ending may follow it */
    CASE_ENDING = 3, /* letters of the longest one, as in -ами */
    CYRILLIC = 3,    /* letters that make a word Cyrillic where the text is Latin */
};

/* Greek letters that look like one of Latin and of Cyrillic, and those of Latin that look like them. */
static const char16_t greek_alike[] = u"ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϹϲϳ";
static const char latin_greek[] = "ABEZHIKMNOPTYXo";

static const char *const names[UNICODE_SCRIPTS] = {
    [UNICODE_LATIN] = "Latin",
    [UNICODE_GREEK] = "Greek",
    [UNICODE_CYRILLIC] = "Cyrillic",
};

/* A word in two scripts. */
typedef struct {
    const Chunk *chunk;
    UnicodeScript host; /* what most letters of its block are of */
    ScriptWord word;
    uint32_t letters[UNICODE_SCRIPTS];
    uint32_t alike[UNICODE_SCRIPTS]; /* those of them that look like one of the other script */
} Mixture;

/* A byte test: whether letters of two of these scripts may touch in a text, markup between them or
 * not */

enum { KIND_PASS, KIND_LATIN, KIND_GREEK, KIND_CYRILLIC, KIND_END };

/* Of a byte that begins a character. */
static uint8_t kind_of(unsigned char c)
{
    if (c < 0x80) {
        bool letter = (unsigned char)((c | 0x20) - 'a') < 26;
        return letter ? KIND_LATIN : c == '*' || c == '_' || c == '~' ? KIND_PASS : KIND_END;
    }
    if (c >= 0xD0) {
        return c <= 0xD4 ? KIND_CYRILLIC : KIND_END;
    }
    return c == 0xCC   ? KIND_PASS
           : c <= 0xC9 ? KIND_LATIN
                       : KIND_GREEK; /* 0xCC: a mark on a letter */
}

static bool may_mix(Str text)
{
    uint8_t last = KIND_END;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        uint8_t kind = (c & 0xC0) == 0x80 ? KIND_PASS : kind_of(c);
        if (kind == KIND_PASS) {
            continue;
        }
        if (kind != last && kind != KIND_END && last != KIND_END) {
            return true;
        }
        last = kind;
    }
    return false;
}

/* Look-alikes */

static uint32_t count_alike(const Mixture *mixture, const ScriptPart *part, bool greek)
{
    Str text = chunk_str(mixture->chunk, part->span);
    uint32_t count = 0;
    for (size_t at = 0; at < text.length;) {
        uint32_t cp = utf_next(text, &at);
        if (greek) {
            const char16_t *alike = greek_alike;
            while (*alike != 0 && *alike != cp) {
                alike++;
            }
            count += *alike != 0;
        } else {
            count += cp != 0 && cp < 0x80 && strchr(latin_greek, (int)cp) != NULL;
        }
    }
    return count;
}

/* Adds up the parts of a word. False where it is no mixture of two scripts that have look-alikes. */
static bool add_up(Mixture *mixture)
{
    uint32_t scripts = 0;
    bool greek = false;
    for (uint32_t i = 0; i < mixture->word.count; i++) {
        const ScriptPart *part = &mixture->word.parts[i];
        if (names[part->script] == NULL) {
            return false;
        }
        scripts += mixture->letters[part->script] == 0;
        mixture->letters[part->script] += part->letters;
        greek = greek || part->script == UNICODE_GREEK;
    }
    for (uint32_t i = 0; i < mixture->word.count; i++) {
        const ScriptPart *part = &mixture->word.parts[i];
        bool own = greek && part->script != UNICODE_CYRILLIC;
        mixture->alike[part->script] +=
            own ? count_alike(mixture, part, part->script == UNICODE_GREEK) : part->alike;
    }
    return scripts == 2;
}

/* Guards */

/* What most letters of a block are of. */
static UnicodeScript host_of(const Chunk *chunk, uint32_t block)
{
    Letters letters = {0};
    Prose prose = prose_of(chunk, block);
    for (ProseRun run; prose_next(&prose, &run);) {
        letters_count(&letters, chunk_str(chunk, run.span));
    }
    UnicodeScript host = UNICODE_LATIN;
    for (int script = UNICODE_LATIN; script < UNICODE_SCRIPTS; script++) {
        host = letters.of[script] > letters.of[host] ? (UnicodeScript)script : host;
    }
    return host;
}

/* A Latin name with a Cyrillic ending: `WebKitе`, `SEOшник`. */
static bool is_inflected(const ScriptWord *word)
{
    const ScriptPart *stem = &word->parts[0], *ending = &word->parts[1];
    if (word->count != 2 || stem->script != UNICODE_LATIN || ending->script != UNICODE_CYRILLIC ||
        ending->uppers > 0) {
        return false;
    }
    bool acronym = stem->letters >= 2 && stem->uppers == stem->letters;
    return acronym || (stem->letters >= STEM && ending->letters <= CASE_ENDING);
}

/* Whether a word is of a path or an address by what it touches, or stands alone in quotation marks. */
static bool is_mention(const Mixture *mixture)
{
    const ScriptWord *word = &mixture->word;
    uint32_t before = word->before, after = word->after;
    uint32_t end = word->parts[word->count - 1].span.end;
    bool point = after == '.' && end + 1 < mixture->chunk->length &&
                 unicode_is_word((unsigned char)mixture->chunk->text[end + 1]);
    bool path = (before != 0 && before < 0x80 && strchr("_/@#\\=.", (int)before) != NULL) ||
                (after != 0 && after < 0x80 && strchr("_/@\\=", (int)after) != NULL);
    bool quoted = (word->enclosed || before == '\'' || before == u'‘') && before != '(' &&
                  unicode_is(before, UNICODE_OPENS) && unicode_is(after, UNICODE_CLOSES);
    return point || path || quoted;
}

/* The script whose letters have no business in the word; UNICODE_COMMON where that is not certain. */
static UnicodeScript intruder_of(const Mixture *mixture)
{
    static const uint8_t scripts[] = {UNICODE_LATIN, UNICODE_GREEK, UNICODE_CYRILLIC};
    UnicodeScript intruder = UNICODE_COMMON;
    for (size_t i = 0; i < sizeof(scripts); i++) {
        uint32_t letters = mixture->letters[scripts[i]];
        bool twins = letters > 0 && mixture->alike[scripts[i]] == letters;
        /* Beside a Greek letter another one is a variable, but not in a Greek sentence. */
        bool variable = scripts[i] != UNICODE_GREEK && mixture->letters[UNICODE_GREEK] > 0 &&
                        mixture->host != UNICODE_GREEK;
        bool native = scripts[i] == UNICODE_LATIN && mixture->host == UNICODE_LATIN &&
                      mixture->letters[UNICODE_CYRILLIC] < CYRILLIC;
        bool fewer = intruder == UNICODE_COMMON || letters < mixture->letters[intruder];
        if (twins && !variable && !native && fewer) {
            intruder = (UnicodeScript)scripts[i];
        }
    }
    return intruder;
}

static void check_word(RuleContext *context, Mixture *mixture)
{
    if (!add_up(mixture) || is_mention(mixture)) {
        return;
    }
    UnicodeScript intruder = intruder_of(mixture);
    if (intruder == UNICODE_COMMON ||
        (mixture->host == UNICODE_CYRILLIC && is_inflected(&mixture->word))) {
        return;
    }
    UnicodeScript other = UNICODE_LATIN;
    while (other == intruder || mixture->letters[other] == 0) {
        other++;
    }
    const ScriptWord *word = &mixture->word;
    Span span = {word->parts[0].span.start, word->parts[word->count - 1].span.end};
    rule_report(context, span, "%s letters in a %s word: %s", names[intruder], names[other],
                rule_quote(context, chunk_str(mixture->chunk, span)));
}

static void check_block(RuleContext *context, const Chunk *chunk, uint32_t block)
{
    ScriptWords words = script_words_of(chunk, block);
    UnicodeScript host = host_of(chunk, block);
    for (ScriptWord word; script_words_next(&words, &word);) {
        if (word.count > 1) {
            Mixture mixture = {.chunk = chunk, .host = host, .word = word};
            check_word(context, &mixture);
        }
    }
}

static void check(RuleContext *context, const Chunk *chunk)
{
    for (uint32_t block = 0; block < chunk->block_count && !chunk->ascii; block++) {
        const Block *leaf = &chunk->blocks[block];
        if (leaf->pieces > 0 && may_mix(chunk_str(chunk, leaf->whole))) {
            check_block(context, chunk, block);
        }
    }
}

const Rule rule_mixed_script_word = {
    .code = "mixed-script-word",
    .severity = SEVERITY_WARNING,
    .summary = "letters of another alphabet that look alike, in one word",
    .yields_to = "foreign-script",
    .check_chunk = check,
};
