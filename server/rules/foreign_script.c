/* foreign-script: the letters of a word, and of the text around it, are of one script.
 *
 * A model that loses its thread goes on in another language for a token or two: `а также讨ussion об`.
 * Nearly every other mixture is meant: brands, terms, quoted words, languages side by side. So what
 * is glued to a word counts, in a block that is written in one script, and a script with its own
 * share of the article is at home in it. Written plainly this rule was wrong 19,000 times in 1,763
 * articles; with these guards two findings are left. */
#include "protocol/base/utf.h"
#include "server/rules/rule.h"
#include "server/rules/script_words.h"

enum {
    GLUED_RARE = 4,  /* a stranger has at most one in so many letters of its block */
    ALONE_RARE = 10, /* the same for what is not glued */
    RUN_LIMIT = 8,   /* letters of scripts without blanks; a longer run is a sentence, and meant */
    ALONE_LIMIT = 4, /* the same for what is not glued */
    LATIN_STEM = 2,  /* letters of a Latin run in Cyrillic, and of what is before it */
};

static const char *const names[UNICODE_SCRIPTS] = {
    [UNICODE_COMMON] = "foreign",
    [UNICODE_LATIN] = "Latin",
    [UNICODE_GREEK] = "Greek",
    [UNICODE_CYRILLIC] = "Cyrillic",
    [UNICODE_ARMENIAN] = "Armenian",
    [UNICODE_GEORGIAN] = "Georgian",
    [UNICODE_HEBREW] = "Hebrew",
    [UNICODE_ARABIC] = "Arabic",
    [UNICODE_DEVANAGARI] = "Devanagari",
    [UNICODE_THAI] = "Thai",
    [UNICODE_HAN] = "Han",
    [UNICODE_HIRAGANA] = "Hiragana",
    [UNICODE_KATAKANA] = "Katakana",
    [UNICODE_BOPOMOFO] = "Bopomofo",
    [UNICODE_HANGUL] = "Hangul",
    [UNICODE_OTHER] = "foreign",
};

/* The text under check. */
typedef struct {
    RuleContext *context;
    const Chunk *chunk;
    UnicodeScript host; /* what the block is written in; UNICODE_COMMON: nothing is foreign to it */
    Letters letters;    /* of the block */
    Letters reported;   /* letters of findings: they make no script at home */
} Text;

/* Scripts */

static bool is_east_asian(UnicodeScript script)
{
    return script >= UNICODE_HAN && script <= UNICODE_HANGUL;
}

/* What most letters are of. Texts in Chinese, Japanese and Korean host Latin and each other's
 * letters, and where words are not set apart everything is glued: they have no strangers. */
static UnicodeScript host_of(const Letters *letters)
{
    uint32_t asian = 0, best = 0;
    UnicodeScript host = UNICODE_COMMON;
    for (int script = UNICODE_LATIN; script < UNICODE_SCRIPTS; script++) {
        asian += is_east_asian((UnicodeScript)script) ? letters->of[script] : 0;
        if (letters->of[script] > best) {
            best = letters->of[script];
            host = (UnicodeScript)script;
        }
    }
    return asian >= best || host >= UNICODE_THAI ? UNICODE_COMMON : host;
}

/* Whether letters of `script` can be a slip in a text of `host`. Never Greek (symbols, science);
 * Latin only in Cyrillic, where its shape decides. */
static bool is_stranger(UnicodeScript script, UnicodeScript host)
{
    if (script == host || script == UNICODE_COMMON || script == UNICODE_GREEK) {
        return false;
    }
    if (is_east_asian(script)) {
        return true;
    }
    if (script == UNICODE_LATIN) {
        return host == UNICODE_CYRILLIC;
    }
    return host == UNICODE_LATIN || (host == UNICODE_CYRILLIC && script != UNICODE_CYRILLIC);
}

static bool has_strangers(const Text *text)
{
    for (int script = 0; script < UNICODE_SCRIPTS && text->host != UNICODE_COMMON; script++) {
        if (text->letters.of[script] > 0 && is_stranger((UnicodeScript)script, text->host)) {
            return true;
        }
    }
    return false;
}

static bool is_rare(const Text *text, UnicodeScript script, uint32_t share)
{
    return text->letters.of[script] <= letters_total(&text->letters) / share;
}

/* Mention */

/* Emphasis around nothing but the word: a longer emphasised text may slip as any other. */
static bool is_emphasised_alone(const Text *text, const ScriptWord *word, const ScriptPart *part)
{
    Letters around = {0};
    letters_count(&around, chunk_str(text->chunk, part->run.span));
    for (uint32_t i = 0; i < word->count; i++) {
        bool inside = span_contains(part->run.span, word->parts[i].span);
        around.of[word->parts[i].script] -= inside ? word->parts[i].letters : 0;
    }
    return around.of[text->host] == 0;
}

static bool is_mention(const Text *text, const ScriptWord *word, const ScriptPart *part)
{
    if (word->enclosed || (part->run.flags & (PROSE_LINK | PROSE_IMAGE))) {
        return true;
    }
    return (part->run.flags & (PROSE_EMPHASIS | PROSE_STRONG)) &&
           is_emphasised_alone(text, word, part);
}

/* Whether a word is of a path, a name or a quotation by what it touches. */
static bool touches(const ScriptWord *word)
{
    return (word->before != 0 && word->before < 0x80 && strchr("_/@#\\=.'", (int)word->before)) ||
           (word->after != 0 && word->after < 0x80 && strchr("_/@\\=", (int)word->after));
}

/* Reporting */

static void report(Text *text, UnicodeScript script, Span span)
{
    rule_report(text->context, span, "%s letters in %s text: %s", names[script], names[text->host],
                rule_quote(text->context, chunk_str(text->chunk, span)));
}

/* The parts from `first` up to `end` of a word are not the text's own, and one is a stranger. */
typedef struct {
    uint32_t first, end;
    UnicodeScript script; /* the stranger's */
    uint32_t letters;     /* how many letters it has */
} Tail;

static bool next_tail(const Text *text, const ScriptWord *word, Tail *tail)
{
    uint32_t first = tail->end;
    while (first < word->count && word->parts[first].script == text->host) {
        first++;
    }
    *tail = (Tail){.first = first, .end = first};
    for (; tail->end < word->count && word->parts[tail->end].script != text->host; tail->end++) {
        UnicodeScript script = (UnicodeScript)word->parts[tail->end].script;
        bool better = tail->script == UNICODE_COMMON || tail->script == UNICODE_LATIN;
        if (better && is_stranger(script, text->host)) {
            tail->script = script;
        }
        tail->letters += script == tail->script ? word->parts[tail->end].letters : 0;
    }
    return tail->first < tail->end;
}

/* Whether the stranger is glued to letters of the text or of Latin that are not an acronym's
 * (`IT企业`, `Tシャツ`). What is all of other scripts is a face (`ლಠ益ಠლ`) or another language. */
static bool is_glued(const Text *text, const ScriptWord *word, UnicodeScript script)
{
    for (uint32_t i = 0; i < word->count; i++) {
        const ScriptPart *part = &word->parts[i];
        if (part->script != script &&
            (part->script == text->host || part->script == UNICODE_LATIN) &&
            part->uppers < part->letters) {
            return true;
        }
    }
    return false;
}

/* Look-alikes and single letters are symbols, or another rule's. */
static bool is_symbol(const ScriptPart *part)
{
    return part->letters < LATIN_STEM || part->alike == part->letters;
}

/* Latin in Cyrillic: brands are capital, and a Latin stem takes Cyrillic endings (`WebKitом`). What
 * is left is a Cyrillic word that goes on in small Latin letters. */
static bool is_latin_slip(const ScriptWord *word, const Tail *tail)
{
    const ScriptPart *latin = &word->parts[tail->first];
    const ScriptPart *stem = tail->first == 0 ? NULL : latin - 1;
    return stem != NULL && tail->end == tail->first + 1 && !is_symbol(stem) && !is_symbol(latin) &&
           !stem->ends_upper && latin->uppers == 0;
}

static bool is_slip(const Text *text, const ScriptWord *word, const Tail *tail)
{
    if (tail->script == UNICODE_COMMON || word->count == SCRIPT_PARTS) {
        return false;
    }
    if (tail->script == UNICODE_LATIN) {
        return is_latin_slip(word, tail);
    }
    if (tail->script == UNICODE_CYRILLIC && is_symbol(&word->parts[tail->first])) {
        return false;
    }
    return tail->letters <= RUN_LIMIT && is_rare(text, tail->script, GLUED_RARE) &&
           is_glued(text, word, tail->script);
}

static void check_glued(Text *text, const ScriptWord *word)
{
    for (Tail tail = {0}; next_tail(text, word, &tail);) {
        const ScriptPart *first = &word->parts[tail.first];
        if (!is_slip(text, word, &tail) || is_mention(text, word, first)) {
            continue;
        }
        report(text, tail.script, (Span){first->span.start, word->parts[tail.end - 1].span.end});
        if (tail.script != UNICODE_LATIN) {
            rule_stranger(text->context, tail.script);
        }
        text->reported.of[tail.script] += tail.letters;
    }
}

/* Han that stands by itself */

static bool is_small_letter(const Text *text, Str rest)
{
    size_t at = 0;
    uint32_t cp = rest.length == 0 ? 0 : utf_next(rest, &at);
    return unicode_is_letter(cp) && !unicode_is_upper(cp) && unicode_script(cp) == text->host;
}

/* Whether a part stands between two small words of the text, one space away from each. */
static bool is_in_sentence(const Text *text, const ScriptPart *part)
{
    Str line = str_before((Str){text->chunk->text, text->chunk->length}, part->run.span.end);
    size_t start = part->span.start, end = part->span.end;
    if (start < part->run.span.start + 2 || end + 2 > line.length || line.data[start - 1] != ' ' ||
        line.data[end] != ' ') {
        return false;
    }
    size_t before = start - 1;
    utf_previous(line, &before);
    return is_small_letter(text, str_after(line, before)) &&
           is_small_letter(text, str_after(line, end + 1));
}

static void check_alone(Text *text, const ScriptWord *word)
{
    const ScriptPart *part = &word->parts[0];
    if (part->script == UNICODE_HAN && part->letters <= ALONE_LIMIT &&
        is_rare(text, UNICODE_HAN, ALONE_RARE) && is_in_sentence(text, part) &&
        !is_mention(text, word, part)) {
        report(text, UNICODE_HAN, part->span);
        rule_severity(text->context, SEVERITY_INFORMATION);
        rule_stranger(text->context, UNICODE_HAN);
    }
}

static void check_block(Text *text, uint32_t block)
{
    ScriptWords words = script_words_of(text->chunk, block);
    for (ScriptWord word; script_words_next(&words, &word);) {
        if (touches(&word)) {
            continue;
        }
        if (word.count > 1) {
            check_glued(text, &word);
        } else {
            check_alone(text, &word);
        }
    }
}

/* Whether the byte may be of a letter. */
static bool is_of_letter(const Text *text, uint32_t offset)
{
    unsigned char c = (unsigned char)text->chunk->text[offset];
    return c >= 0x80 || (unsigned char)((c | 0x20) - 'a') < 26;
}

/* Counts the letters of a block. Returns whether some of two scripts may touch. */
static bool count_block(Text *text, uint32_t block)
{
    Prose prose = prose_of(text->chunk, block);
    bool touch = false;
    uint32_t last = 0;
    for (ProseRun run; prose_next(&prose, &run); last = run.span.end - 1) {
        touch |= letters_count(&text->letters, chunk_str(text->chunk, run.span));
        touch |= run.gap == PROSE_JOINED && is_of_letter(text, run.span.start) &&
                 is_of_letter(text, last);
    }
    return touch;
}

static void check(RuleContext *context, const Chunk *chunk)
{
    Letters home = {0};
    if (chunk->ascii) {
        /* Bytes stand for letters, which saves a walk and moves no share by much. */
        home.of[UNICODE_LATIN] = chunk->length;
        rule_letters(context, &home);
        return;
    }
    for (uint32_t block = 0; block < chunk->block_count; block++) {
        Text text = {.context = context, .chunk = chunk};
        bool touch = count_block(&text, block);
        text.host = host_of(&text.letters);
        if (has_strangers(&text) && (touch || text.letters.of[UNICODE_HAN] > 0)) {
            check_block(&text, block);
        }
        letters_add(&home, &text.letters);
        letters_subtract(&home, &text.reported);
    }
    rule_letters(context, &home);
}

const Rule rule_foreign_script = {
    .code = "foreign-script",
    .severity = SEVERITY_WARNING,
    .summary = "letters of another script in a word or sentence",
    .check_chunk = check,
};
