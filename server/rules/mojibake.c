/* mojibake: no text was read in an encoding that it was not written in.
 *
 * UTF-8 that is taken for Windows-1252 turns é into Ã© and Russian into Ð¢Ðµ; taken for Windows-1251 it
 * turns Russian into РўРµ. Such pairs hardly occur otherwise, but quotation marks do touch letters
 * (`«MAÇû`, `« à »` with no-break spaces), so that what could be those counts only where several pairs
 * follow one another. In 1,763 published articles nothing was found. */
#include "protocol/base/utf.h"
#include "server/markdown/prose.h"
#include "server/rules/rule.h"

#include <uchar.h>

enum {
    MANY_1252 = 2, /* pairs that follow one another: then they are no accident */
    MANY_1251 = 3,
};

/* What the bytes from 0x80 on are in the two encodings; of 1252 up to 0x9F. */
static const char16_t windows_1252[] = u"€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8DŽ\x8F\x90‘’“”•–—˜™š›œ\x9DžŸ";
static const char16_t windows_1251[] = u"ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\x98™љ›њќћџ"
                                       u"\u00A0ЎўЈ¤Ґ¦§Ё©Є«¬\u00AD®Ї°±Ііґµ¶·ё№є»јѕї";

/* A place in a run of prose. */
typedef struct {
    Str text;
    size_t at;
} Cursor;

/* The next code point, 0 at the end. */
static uint32_t take(Cursor *cursor)
{
    return cursor->at < cursor->text.length ? utf_next(cursor->text, &cursor->at) : 0;
}

static uint32_t index_in(const char16_t *set, uint32_t cp)
{
    uint32_t i = 0;
    while (set[i] != 0 && set[i] != cp) {
        i++;
    }
    return set[i] == 0 ? UINT32_MAX : i;
}

/* A byte test */

/* Whether what begins at `i` may be more than a letter of its language. */
static bool is_suspect(Str text, size_t i)
{
    const unsigned char *at = (const unsigned char *)text.data + i;
    size_t left = text.length - i;
    if (left < 3 || at[0] < 0xC3) {
        return false;
    }
    if (at[0] == 0xC3) {
        return at[2] >= 0xC2; /* À to ÿ, and no ASCII behind */
    }
    if (at[0] == 0xD0 && left > 3) {
        bool russian = (at[2] == 0xD0 && at[3] >= 0x90) || (at[2] == 0xD1 && at[3] < 0x90);
        bool first = at[1] == 0xA0 || at[1] == 0xA1 || at[1] == 0xBF; /* Р, С, п */
        return first && at[2] >= 0xC2 && !russian;
    }
    return at[0] == 0xEF && at[1] == 0xBF && at[2] == 0xBD;
}

/* Whether a letter of Cyrillic is at `i`, and none that such text begins with; most text is that. */
static bool is_cyrillic(Str text, size_t i)
{
    unsigned char lead = (unsigned char)text.data[i];
    if ((lead != 0xD0 && lead != 0xD1) || !utf_is_pair(text, i)) {
        return false;
    }
    unsigned char next = (unsigned char)text.data[i + 1];
    return lead == 0xD1 || (next != 0xA0 && next != 0xA1 && next != 0xBF);
}

static bool may_be_broken(Str text)
{
    for (size_t i = 0; i < text.length; i++) {
        if ((unsigned char)text.data[i] < 0x80) {
            continue;
        }
        if (is_cyrillic(text, i)) {
            i++;
            continue;
        }
        size_t length = utf_sequence(text, i);
        if (length == 0 || is_suspect(text, i)) {
            return true;
        }
        i += length - 1;
    }
    return false;
}

/* UTF-8 as Windows-1252 */

/* The byte that a character is there, 0 where it is none from 0x80 on. */
static uint32_t byte_1252(uint32_t cp)
{
    if (cp >= 0xA0 && cp <= 0xFF) {
        return cp;
    }
    uint32_t index = index_in(windows_1252, cp);
    return index == UINT32_MAX ? 0 : 0x80 + index;
}

/* Whether a byte behind Ã and its like cannot be a mark that ends a word. */
static bool is_odd(uint32_t byte)
{
    static const char letters[] = "\x80\x83\x86\x87\x88\x89\x8A\x8C\x8E\x98\x9A\x9C\x9E\x9F";
    return byte < 0xA0 && strchr(letters, (int)byte) != NULL;
}

/* The same, where the character before Ã tells: behind capitals stand also signs like ®, and a no-break
 * space and guillemets, which are certain only as what is left of themselves (Â«, Â»). */
static bool is_odd_behind(const uint32_t bytes[4], uint32_t before)
{
    bool mark = bytes[1] == 0xA0 || bytes[1] == 0xAB || bytes[1] == 0xBB;
    bool apart = before == 0 || unicode_is_space(before) ||
                 (unicode_is_letter(before) && !unicode_is_upper(before));
    bool sign = bytes[1] >= 0xA0 && (mark ? bytes[0] == 0xC2 && apart : !unicode_is_upper(before));
    return sign || is_odd(bytes[1]);
}

/* Whether a sequence cannot be anything else. */
static bool is_certain(const uint32_t bytes[4], uint32_t before)
{
    switch (bytes[0]) {
    case 0xC2:
    case 0xC3:
    case 0xD0:
    case 0xD1:
        return is_odd_behind(bytes, before);
    case 0xE2:
        return bytes[1] == 0x82 || bytes[1] == 0x84 || is_odd(bytes[1]);
    case 0xEF:
        return (bytes[1] == 0xBB && bytes[2] == 0xBF) || (bytes[1] == 0xBF && bytes[2] == 0xBD);
    case 0xF0:
        return bytes[1] == 0x9F;
    default:
        return false;
    }
}

/* Reads what were the bytes of one character. */
static bool take_1252(Cursor *cursor, uint32_t before, bool *certain)
{
    Cursor ahead = *cursor;
    uint32_t bytes[4] = {byte_1252(take(&ahead))};
    uint32_t count = bytes[0] < 0xC2   ? 0
                     : bytes[0] < 0xE0 ? 2
                     : bytes[0] < 0xF0 ? 3
                     : bytes[0] < 0xF5 ? 4
                                       : 0;
    for (uint32_t i = 1; i < count; i++) {
        bytes[i] = byte_1252(take(&ahead));
        if (bytes[i] < 0x80 || bytes[i] >= 0xC0) {
            return false;
        }
    }
    if (count > 0) {
        *certain = *certain || is_certain(bytes, before);
        *cursor = ahead;
    }
    return count > 0;
}

/* â€ without its last character, which is a control character and gets lost. */
static bool take_euro(Cursor *cursor)
{
    bool found = str_starts(str_after(cursor->text, cursor->at), STR("â€"));
    cursor->at += found ? STR("â€").length : 0;
    return found;
}

/* A letter of Cyrillic whose second half was such a character: Ð or Ñ alone. */
static bool take_half(Cursor *cursor)
{
    Str rest = str_after(cursor->text, cursor->at);
    bool found = str_starts(rest, STR("Ð")) || str_starts(rest, STR("Ñ"));
    cursor->at += found ? 2 : 0;
    return found;
}

static size_t end_of_1252(Cursor cursor, uint32_t before)
{
    uint32_t count = 0;
    bool certain = false;
    for (;;) {
        if (take_1252(&cursor, count == 0 ? before : 0, &certain)) {
            count++;
        } else if (take_euro(&cursor)) {
            certain = true;
        } else if (count < MANY_1252 || !take_half(&cursor)) {
            break;
        }
    }
    return certain || count >= MANY_1252 ? cursor.at : 0;
}

/* UTF-8 as Windows-1251 */

static size_t end_of_1251(Cursor cursor)
{
    if (str_starts(str_after(cursor.text, cursor.at), STR("пїЅ"))) {
        return cursor.at + STR("пїЅ").length;
    }
    uint32_t count = 0;
    for (Cursor ahead = cursor;; cursor = ahead, count++) {
        uint32_t first = take(&ahead), second = take(&ahead);
        if ((first != u'Р' && first != u'С') || index_in(windows_1251, second) == UINT32_MAX) {
            break;
        }
    }
    return count >= MANY_1251 ? cursor.at : 0;
}

/* What no encoding can bring back */

/* U+FFFD that touches a word or another one; alone it is shown. */
static size_t end_of_lost(Cursor cursor, uint32_t before)
{
    uint32_t count = 0;
    for (Cursor ahead = cursor; take(&ahead) == UTF_REPLACEMENT; cursor = ahead) {
        count++;
    }
    size_t end = cursor.at;
    bool touches = unicode_is_word(before) || unicode_is_word(take(&cursor));
    return count > 1 || (count == 1 && touches) ? end : 0;
}

/* Runs */

static bool is_quote(uint32_t cp)
{
    static const char16_t quotes[] = u"\"'‘’“”„«»「」『』‹›()（）";
    return cp != 0 && index_in(quotes, cp) != UINT32_MAX;
}

/* Whether what is broken is all that stands in quotation marks or parentheses. */
static bool is_mention(uint32_t before, Cursor after)
{
    return is_quote(before) && is_quote(take(&after));
}

static void check_run(RuleContext *context, const Chunk *chunk, Span run)
{
    Cursor cursor = {chunk_str(chunk, run), 0};
    uint32_t before = 0;
    while (cursor.at < cursor.text.length) {
        size_t end = 0, lost = 0;
        if ((unsigned char)cursor.text.data[cursor.at] >= 0x80) {
            lost = end_of_lost(cursor, before);
            end = lost > 0 ? lost : end_of_1252(cursor, before);
            end = end > 0 ? end : end_of_1251(cursor);
        }
        if (end == 0) {
            before = take(&cursor);
            continue;
        }
        Span span = {run.start + (uint32_t)cursor.at, run.start + (uint32_t)end};
        cursor.at = end;
        if (lost > 0) {
            rule_report(context, span, "a character was lost when the text was converted");
        } else if (!is_mention(before, cursor)) {
            rule_report(context, span, "read in the wrong encoding: %s",
                        rule_quote(context, chunk_str(chunk, span)));
        }
        before = 0;
    }
}

static void check(RuleContext *context, const Chunk *chunk)
{
    for (uint32_t block = 0; block < chunk->block_count && !chunk->ascii; block++) {
        const Block *leaf = &chunk->blocks[block];
        if (leaf->pieces == 0 || !may_be_broken(chunk_str(chunk, leaf->whole))) {
            continue;
        }
        Prose prose = prose_of(chunk, block);
        for (ProseRun run; prose_next(&prose, &run);) {
            check_run(context, chunk, run.span);
        }
    }
}

const Rule rule_mojibake = {
    .code = "mojibake",
    .severity = SEVERITY_WARNING,
    .summary = "characters that were read in the wrong encoding",
    .check_chunk = check,
};
