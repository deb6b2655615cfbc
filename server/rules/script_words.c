#include "server/rules/script_words.h"

#include "protocol/base/utf.h"

#include <uchar.h>

static const char latin_alike[] = "aceijopsxyABCEHIJKMOPSTXY";
static const char16_t cyrillic_alike[] = u"асеіјорѕхуёїАВСЕНІЈКМОРЅТХУЁЇ";

/* Each opening mark is followed by its closing one. */
static const char16_t pairs[] = u"()[]{}«»„”「」『』《》〈〉（）［］【】‹›＂＂";

ScriptWords script_words_of(const Chunk *chunk, uint32_t block)
{
    return (ScriptWords){.prose = prose_of(chunk, block)};
}

static bool among(const char16_t *set, uint32_t cp)
{
    while (*set != 0 && *set != cp) {
        set++;
    }
    return *set != 0;
}

static bool is_alike(UnicodeScript script, uint32_t cp)
{
    if (script == UNICODE_LATIN) {
        return cp < 0x80 && strchr(latin_alike, (int)cp) != NULL;
    }
    return script == UNICODE_CYRILLIC && among(cyrillic_alike, cp);
}

/* Brackets and quotation marks */

static void open_mark(ScriptWords *words, uint32_t cp)
{
    words->depth++;
    words->low = words->low || cp == u'„';
}

static void close_mark(ScriptWords *words)
{
    words->depth -= words->depth > 0;
}

/* What is not a letter: follows what it opens and closes. */
static void pass_mark(ScriptWords *words, uint32_t cp)
{
    if (cp == '"') {
        words->straight = !words->straight;
    } else if (cp == u'“' && words->low) {
        words->low = false;
        close_mark(words);
    } else if (cp == u'“') {
        open_mark(words, cp);
    }
    for (const char16_t *pair = pairs; *pair != 0; pair += 2) {
        if (pair[0] == cp) {
            open_mark(words, cp);
        } else if (pair[1] == cp) {
            close_mark(words);
        }
    }
}

/* The length of an entity at the cursor, 0 where there is none: its letters are no word. */
static uint32_t entity_length(Str rest)
{
    uint32_t at = 1;
    while (at < rest.length && at < 32 &&
           (rest.data[at] == '#' ||
            (rest.data[at] < 0x7F && unicode_is_word((uint8_t)rest.data[at])))) {
        at++;
    }
    return rest.data[0] == '&' && at > 1 && at < rest.length && rest.data[at] == ';' ? at + 1 : 0;
}

/* Words */

static void add_letter(ScriptWord *word, const ScriptWords *words, uint32_t cp, uint32_t end)
{
    const UnicodeRecord *record = unicode_record(cp);
    ScriptPart *part = word->count == 0 ? NULL : &word->parts[word->count - 1];
    bool own = record->script != UNICODE_COMMON && (record->flags & UNICODE_IS_LETTER);
    if (part == NULL || (own && record->script != part->script)) {
        if (word->count == SCRIPT_PARTS) {
            return;
        }
        part = &word->parts[word->count++];
        *part = (ScriptPart){.script = record->script, .run = words->run};
        part->span.start = words->at;
    }
    bool upper = (record->flags & UNICODE_IS_UPPER) != 0;
    part->starts_upper = part->letters == 0 ? upper : part->starts_upper;
    part->ends_upper = own ? upper : part->ends_upper;
    part->letters += own;
    part->uppers += upper;
    part->alike += is_alike((UnicodeScript)part->script, cp);
    part->span.end = end;
}

/* Whether a code point goes on with a word; one of no script cannot begin it. */
static bool is_of_word(const ScriptWord *word, uint32_t cp)
{
    const UnicodeRecord *record = unicode_record(cp);
    if (word->count == 0) {
        return (record->flags & UNICODE_IS_LETTER) && record->script != UNICODE_COMMON;
    }
    return (record->flags & (UNICODE_IS_LETTER | UNICODE_IS_MARK | UNICODE_IS_FORMAT)) != 0;
}

/* Goes on to the next run. False where the word ends there. */
static bool next_run(ScriptWords *words, const ScriptWord *word)
{
    if (!prose_next(&words->prose, &words->run)) {
        words->ended = true;
        return false;
    }
    words->at = words->run.span.start;
    if (words->run.gap != PROSE_JOINED) {
        words->before = 0;
        return word->count == 0;
    }
    return true;
}

/* Reads one code point. False where the word ends before it. */
static bool read_one(ScriptWords *words, ScriptWord *word)
{
    Str text = {words->prose.chunk->text, words->run.span.end};
    size_t end = words->at;
    uint32_t cp = utf_next(text, &end);
    if (is_of_word(word, cp)) {
        if (word->count == 0) {
            word->before = words->before;
            word->enclosed = words->depth > 0 || words->straight;
        }
        add_letter(word, words, cp, (uint32_t)end);
    } else if (word->count > 0) {
        word->after = cp;
        return false;
    } else {
        uint32_t entity = entity_length(str_after(text, words->at));
        end = entity > 0 ? words->at + entity : end;
        pass_mark(words, cp);
    }
    words->before = cp;
    words->at = (uint32_t)end;
    return true;
}

bool script_words_next(ScriptWords *words, ScriptWord *word)
{
    ScriptWord next = {0};
    while (!words->ended) {
        if (words->at < words->run.span.end ? !read_one(words, &next) : !next_run(words, &next)) {
            break;
        }
    }
    if (next.count > 0) {
        *word = next;
    }
    return next.count > 0;
}
