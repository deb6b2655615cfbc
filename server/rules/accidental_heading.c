/* accidental-heading: no text became a heading by the line below it.
 *
 * A `---` that is meant as a rule, right under a paragraph, makes all of it a heading (CommonMark
 * 0.31, "Setext headings"), and so does a `===` that is left over. A title is one line without the end
 * of a sentence; one that ends in ? or ! is a title, and one whose author drew the line as long as the
 * text is meant: of 21 findings without these guards none was true. */
#include "protocol/base/utf.h"
#include "server/rules/rule.h"

#include <uchar.h>

enum {
    WORDS = 3,       /* of a sentence that ends in a full stop: less is an abbreviation */
    COLON_WORDS = 6, /* the same for a colon: less is a title like "Usage:" */
    DRAWN = 2,       /* characters that a drawn line may be longer or shorter than the text */
    SHORTEST = 5,    /* characters of a line that was drawn */
    LONG = 10,       /* characters of one that was drawn with care */
};

static uint32_t characters_in(Str text)
{
    uint32_t count = 0;
    for (size_t at = 0; at < text.length; count++) {
        utf_next(text, &at);
    }
    return count;
}

static uint32_t words_in(Str text)
{
    uint32_t count = 0;
    bool inside = false;
    for (size_t i = 0; i < text.length; i++) {
        bool blank = text.data[i] == ' ' || text.data[i] == '\t';
        count += !blank && !inside;
        inside = !blank;
    }
    return count;
}

/* How long the line below is, 0 where it was drawn as long as a line of the text. */
static uint32_t careless_length(const Chunk *chunk, const Block *heading)
{
    uint32_t drawn = characters_in(str_trim(chunk_str(chunk, heading->close)));
    for (uint32_t i = 0; i < heading->pieces && drawn >= SHORTEST; i++) {
        uint32_t length = characters_in(str_trim(chunk_piece(chunk, heading->piece + i)));
        if (drawn + DRAWN >= length && drawn <= length + DRAWN) {
            return 0;
        }
    }
    return drawn;
}

/* Whether a line is a sentence, or the first half of one; a colon is no proof over a long line. */
static bool is_sentence(Str line, uint32_t below)
{
    static const char16_t ends[] = u"….,;。，；、։۔،";
    line = str_trim(line);
    size_t at = line.length;
    uint32_t last = at == 0 ? 0 : utf_previous(line, &at);
    if (last == ':' || last == u'：') {
        return words_in(line) >= COLON_WORDS && below < SHORTEST;
    }
    for (const char16_t *end = ends; *end != 0; end++) {
        if (*end == last) {
            return last != '.' || words_in(line) >= WORDS;
        }
    }
    return false;
}

static bool is_accident(const Chunk *chunk, const Block *heading)
{
    uint32_t below = careless_length(chunk, heading);
    Str last = chunk_piece(chunk, heading->piece + heading->pieces - 1);
    bool several = heading->pieces > 1 && below < LONG;
    bool conflict = str_starts(chunk_piece(chunk, heading->piece), STR("<<<<<<<"));
    return below > 0 && (several || is_sentence(last, below)) && !conflict;
}

static void check(RuleContext *context, const Chunk *chunk)
{
    for (uint32_t i = 0; i < chunk->block_count; i++) {
        const Block *block = &chunk->blocks[i];
        if (block->type == BLOCK_HEADING && (block->flags & BLOCK_SETEXT) && block->pieces > 0 &&
            is_accident(chunk, block)) {
            rule_report(context, block->close, "this line makes the text above it a heading");
        }
    }
}

const Rule rule_accidental_heading = {
    .code = "accidental-heading",
    .severity = SEVERITY_WARNING,
    .summary = "a line of = or - that makes a text a heading",
    .check_chunk = check,
};
