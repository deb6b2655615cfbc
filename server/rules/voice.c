#include "server/rules/voice.h"

#include "protocol/base/utf.h"
#include "server/markdown/prose.h"

/* Whether the first line of a paragraph says what kind of alert it is in. */
static bool begins_alert(const Chunk *chunk, uint32_t block)
{
    int32_t parent = chunk->blocks[block].parent;
    return parent >= 0 && (uint32_t)parent + 1 == block &&
           (chunk->blocks[parent].flags & BLOCK_ALERT) != 0;
}

Span voice_span(const Chunk *chunk, uint32_t block)
{
    uint32_t first = chunk->blocks[block].piece, end = first + chunk->blocks[block].pieces;
    first += begins_alert(chunk, block);
    if (first >= end) {
        return (Span){0};
    }
    const Piece *last = &chunk->pieces[end - 1];
    return (Span){chunk->pieces[first].offset, last->offset + last->length};
}

Span voice_words(const Chunk *chunk, uint32_t block)
{
    Span span = voice_span(chunk, block);
    while (!span_empty(span) &&
           (chunk->text[span.start] == '*' || chunk->text[span.start] == '_')) {
        span.start++;
    }
    return span;
}

bool voice_is_quote(const Chunk *chunk, uint32_t block)
{
    for (int32_t i = (int32_t)block; i >= 0; i = chunk->blocks[i].parent) {
        const Block *at = &chunk->blocks[i];
        if (at->type == BLOCK_QUOTE && (at->flags & BLOCK_ALERT) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether `cp` closes what `open` opens; where it is 0, whether `open` opens anything. „ is closed by
 * “ in German, by ” in Polish. */
static bool closes(uint32_t open, uint32_t cp)
{
    static const uint32_t pairs[][2] = {
        {'"',    '"'   },
        {0x201C, 0x201D}, /* “ ” */
        {0x201E, 0x201C}, /* „ “ */
        {0x201E, 0x201D},
        {0x00AB, 0x00BB}, /* « » */
        {0x00BB, 0x00AB},
        {0x300C, 0x300D}, /* 「 」 */
        {0x300E, 0x300F}, /* 『 』 */
    };
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        if (pairs[i][0] == open && (cp == 0 || pairs[i][1] == cp)) {
            return true;
        }
    }
    return false;
}

uint32_t voice_quote(uint32_t open, uint32_t cp)
{
    if (open != 0) {
        return closes(open, cp) ? 0 : open;
    }
    return closes(cp, 0) ? cp : 0;
}

bool voice_is_mention(Str text)
{
    static const Str marks[] = {
        STR_INIT("\""), STR_INIT("'"), STR_INIT("“"),  STR_INIT("„"),  STR_INIT("‘"),
        STR_INIT("«"),  STR_INIT("`"), STR_INIT("「"), STR_INIT("『"),
    };
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (str_starts(text, marks[i])) {
            return true;
        }
    }
    return false;
}

bool voice_is_own(const Chunk *chunk, uint32_t block)
{
    Prose prose = prose_of(chunk, block);
    ProseRun run;
    bool any = false;
    while (prose_next(&prose, &run)) {
        if (run.gap == PROSE_MASKED || (run.flags & ~(PROSE_EMPHASIS | PROSE_STRONG)) != 0) {
            return false;
        }
        any = true;
    }
    return any && !voice_is_mention(chunk_str(chunk, voice_words(chunk, block))) &&
           !voice_is_quote(chunk, block);
}
