#include "server/features/sections.h"

/* Lines */

/* The line ending that most lines of a text have. */
static Str usual_ending(Str text)
{
    size_t windows = 0, others = 0, lone = 0;
    for (size_t i = 0; i < text.length; i++) {
        bool returned = i > 0 && text.data[i - 1] == '\r';
        windows += text.data[i] == '\n' && returned;
        others += text.data[i] == '\n' && !returned;
        lone += text.data[i] == '\r' && !(i + 1 < text.length && text.data[i + 1] == '\n');
    }
    if (lone > windows && lone > others) {
        return STR("\r");
    }
    return windows > others ? STR("\r\n") : STR("\n");
}

static bool is_blank(Str line)
{
    return str_trim(line).length == 0;
}

/* How many line endings there are at the beginning of `text`, blanks between them apart. */
static uint32_t count_endings(Str text)
{
    uint32_t count = 0;
    Str line, rest = text;
    while (str_take_line(&rest, &line) && is_blank(line) &&
           line.data + line.length < text.data + text.length) {
        count++;
    }
    return count;
}

/* A body without the blank lines around it; empty where it is blank. */
static Str trim_lines(Str body)
{
    if (str_starts(body, STR("\xEF\xBB\xBF"))) {
        body = str_after(body, 3);
    }
    Str rest = body, line, found = {0};
    while (str_take_line(&rest, &line)) {
        if (is_blank(line)) {
            continue;
        }
        size_t end = (size_t)(line.data - body.data) + line.length;
        size_t start = found.length == 0 ? (size_t)(line.data - body.data)
                                         : (size_t)(found.data - body.data);
        found = str_slice(body, start, end);
    }
    return found;
}

static void append_lines(Buf *out, Str body, Str ending)
{
    Str line;
    for (bool first = true; str_take_line(&body, &line); first = false) {
        if (!first) {
            buf_append(out, ending);
        }
        buf_append(out, line);
    }
}

/* Gaps */

/* Whether bodies mostly stand right under their headings, without a blank line. */
static bool is_tight(const Article *article, Str text, Arena *arena)
{
    Sections sections = sections_of(article, arena);
    uint32_t tight = 0, loose = 0;
    for (uint32_t i = 0; i < sections.count; i++) {
        const Section *section = &sections.items[i];
        const Heading *heading = &article->outline.headings[section->last];
        size_t above = document_chunk_start(article->document, heading->chunk) + heading->whole.end;
        Str between = str_slice(text, above, section->body.start);
        if (section->body.start < section->body.end) {
            bool next = count_endings(between) < 2;
            tight += next;
            loose += !next;
        }
    }
    return tight > loose;
}

/* Appends line endings until there are `wanted`. */
static void append_gap(Buf *out, uint32_t there, uint32_t wanted, Str ending)
{
    for (; there < wanted; there++) {
        buf_append(out, ending);
    }
}

/* Returns where the body begins. */
static size_t compose(const Article *article, const Section *section, Str text, Str body, Buf *out,
                      Arena *arena)
{
    Str ending = usual_ending(text);
    Str rest = str_after(text, section->body.end);
    bool none = section->body.start == section->body.end;
    buf_append(out, str_before(text, section->body.start));
    if (none) {
        append_gap(out, 0, is_tight(article, text, arena) ? 1 : 2, ending);
    }
    size_t start = out->length;
    append_lines(out, body, ending);
    uint32_t endings = count_endings(rest);
    bool last = trim_lines(rest).length == 0;
    append_gap(out, endings, last ? 0 : 2, ending);
    buf_append(out, rest);
    return start;
}

/* What else would change */

static bool same_heading(const Heading *a, const Heading *b)
{
    return a->level == b->level && a->nested == b->nested && a->source == b->source;
}

/* Whether a fence or a comment is open at the end. */
static bool is_open(const Article *article)
{
    const Chunk *chunk = document_chunk(article->document,
                                        document_chunk_count(article->document) - 1);
    const Block *last = NULL;
    for (uint32_t i = 0; i < chunk->block_count; i = chunk_block_end(chunk, i)) {
        last = &chunk->blocks[i];
    }
    enum { OPEN_KINDS = 5 }; /* of HTML, that end with a mark of their own */
    return last != NULL && (last->flags & BLOCK_CLOSED) == 0 &&
           (last->type == BLOCK_FENCE || (last->type == BLOCK_HTML && last->level <= OPEN_KINDS));
}

/* The headings of an article that come before a section's body, and behind it. */
typedef struct {
    uint32_t before, behind;
} Around;

static Around headings_around(const Outline *outline, const Section *section)
{
    uint32_t next = section->last + 1;
    while (next < outline->count && outline->headings[next].nested) {
        next++;
    }
    return (Around){section->last + 1, outline->count - next};
}

static bool is_same_around(const Article *before, const Article *after, Around around)
{
    const Outline *old = &before->outline, *new = &after->outline;
    bool same = new->count >= around.before + around.behind &&is_open(before) == is_open(after);
    for (uint32_t i = 0; same && i < around.before; i++) {
        same = same_heading(&old->headings[i], &new->headings[i]);
    }
    for (uint32_t i = 1; same && i <= around.behind; i++) {
        same = same_heading(&old->headings[old->count - i], &new->headings[new->count - i]);
    }
    return same;
}

static size_t heading_start(const Article *article, const Heading *heading)
{
    return document_chunk_start(article->document, heading->chunk) + heading->whole.start;
}

/* Whether nothing but the section, whose body begins at `start`, is another; NULL, or why not. */
static const char *compare(const Article *before, const Article *after, const Section *section,
                           size_t start, Arena *arena)
{
    Around around = headings_around(&before->outline, section);
    if (!is_same_around(before, after, around)) {
        return "the text would swallow what follows it: a fence or a comment is open";
    }
    for (uint32_t i = around.before; i < after->outline.count - around.behind; i++) {
        const Heading *heading = &after->outline.headings[i];
        size_t ignored;
        if (!heading->nested && heading->level <= section->level) {
            uint32_t line = document_line_at(after->document, heading_start(after, heading),
                                             &ignored);
            line -= document_line_at(after->document, start, &ignored);
            return arena_printf(arena,
                                "line %u of the text is a heading of level %u, in a section of "
                                "level %u",
                                line + 1, heading->level, section->level)
                .data;
        }
    }
    return NULL;
}

const char *splice_section(const Article *article, const Section *section, Str text, Str body,
                           Buf *out, Arena *arena)
{
    body = trim_lines(body);
    if (body.length == 0) {
        return "there is no text to put in";
    }
    Buf composed = {0};
    size_t start = compose(article, section, text, body, &composed, arena);
    Article *after = article_new(buf_str(&composed));
    article_analyse(after);
    const char *error = compare(article, after, section, start, arena);
    if (error == NULL) {
        buf_append(out, buf_str(&composed));
    }
    article_free(after);
    buf_finish(&composed);
    return error;
}
