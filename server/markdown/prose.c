#include "server/markdown/prose.h"

#include "protocol/base/utf.h"
#include "server/markdown/address.h"
#include "server/markdown/line.h"
#include "server/unicode/unicode.h"

/* What a stretch of text between two delimiters is. */
typedef enum {
    TEXT_PROSE,
    TEXT_CODE,
    TEXT_ADDRESS,
    TEXT_MATH,
    TEXT_TAG,
    TEXT_REFERENCE,
} TextKind;

typedef struct {
    Span span; /* on one line */
    uint8_t kind;
} Text;

typedef enum {
    MATH_NONE = 0,
    MATH_INLINE = 1 << 0,  /* $…$ */
    MATH_DISPLAY = 1 << 1, /* $$…$$ */
    MATH_PAREN = 1 << 2,   /* \(…\) */
} MathKind;

Prose prose_of(const Chunk *chunk, uint32_t block)
{
    const Block *leaf = &chunk->blocks[block];
    bool has_text = leaf->type >= BLOCK_PARAGRAPH && leaf->type <= BLOCK_CELL;
    return (Prose){
        .chunk = chunk,
        .piece = leaf->piece,
        .pieces = leaf->piece + (has_text ? leaf->pieces : 0),
        .entered = chunk_first_inline(chunk, block),
        .inlines = chunk_first_inline(chunk, block + 1),
        .open = -1,
        .gap = PROSE_LINE,
    };
}

/* The walk over the inlines: each of them, code and tags too, is entered and left. */

static bool enter(Prose *prose)
{
    const Inline *next = &prose->chunk->inlines[prose->entered];
    if (prose->entered == prose->inlines || next->whole.start > prose->at) {
        return false;
    }
    prose->at = next->content.start > prose->at ? next->content.start : prose->at;
    prose->gap = next->type == INLINE_IMAGE ? PROSE_MASKED : prose->gap;
    prose->depth[next->type]++;
    prose->open = (int32_t)prose->entered++;
    return true;
}

static bool leave(Prose *prose)
{
    if (prose->open < 0 || prose->chunk->inlines[prose->open].content.end > prose->at) {
        return false;
    }
    const Inline *left = &prose->chunk->inlines[prose->open];
    prose->at = left->whole.end > prose->at ? left->whole.end : prose->at;
    prose->gap = left->type == INLINE_IMAGE ? PROSE_MASKED : prose->gap;
    prose->depth[left->type]--;
    prose->open = left->parent;
    return true;
}

static TextKind kind_here(const Prose *prose)
{
    return prose->depth[INLINE_CODE]       ? TEXT_CODE
           : prose->depth[INLINE_HTML]     ? TEXT_TAG
           : prose->depth[INLINE_AUTOLINK] ? TEXT_ADDRESS
           : prose->depth[INLINE_FOOTNOTE] ? TEXT_REFERENCE
                                           : TEXT_PROSE;
}

/* Where the text at the cursor ends: with its line, or where an inline begins or ends. */
static uint32_t text_end(const Prose *prose, uint32_t line_end)
{
    const Inline *inlines = prose->chunk->inlines;
    uint32_t end = line_end;
    if (prose->open >= 0 && inlines[prose->open].content.end < end) {
        end = inlines[prose->open].content.end;
    }
    if (prose->entered < prose->inlines && inlines[prose->entered].whole.start < end) {
        end = inlines[prose->entered].whole.start;
    }
    return end;
}

/* Moves the cursor to the next text, but not over it. */
static bool seek_text(Prose *prose, Text *text)
{
    while (prose->piece < prose->pieces) {
        Piece line = prose->chunk->pieces[prose->piece];
        uint32_t line_end = line.offset + line.length;
        prose->at = prose->at < line.offset ? line.offset : prose->at;
        if (leave(prose) || enter(prose)) {
            continue;
        }
        uint32_t end = text_end(prose, line_end);
        if (prose->at < end) {
            *text = (Text){
                {prose->at, end},
                (uint8_t)kind_here(prose)
            };
            return true;
        }
        prose->piece++;
        prose->gap = PROSE_LINE;
    }
    return false;
}

/* Math: Pandoc's rule for dollars ("tex_math_dollars"). */

static MathKind math_opens(Str text, uint32_t at, uint32_t *length)
{
    Str rest = str_after(text, at);
    *length = 2;
    if (str_starts(rest, STR("\\("))) {
        return MATH_PAREN;
    }
    if (str_starts(rest, STR("$$"))) {
        return MATH_DISPLAY;
    }
    *length = 1;
    bool opens = rest.length > 1 && rest.data[0] == '$' && (unsigned char)rest.data[1] > ' ';
    return opens ? MATH_INLINE : MATH_NONE;
}

/* The offset behind what closes math in `text` at `at`; 0 where that is something else. */
static uint32_t math_closes(Str text, MathKind kind, uint32_t at)
{
    Str rest = str_after(text, at);
    if (kind != MATH_INLINE) {
        return str_starts(rest, kind == MATH_PAREN ? STR("\\)") : STR("$$")) ? at + 2 : 0;
    }
    bool digit = rest.length > 1 && rest.data[1] >= '0' && rest.data[1] <= '9';
    bool blank = at > 0 && (unsigned char)text.data[at - 1] <= ' ';
    return rest.data[0] == '$' && !digit && !blank ? at + 1 : 0;
}

static uint32_t math_end_in(Str text, MathKind kind, Span span)
{
    Str here = str_before(text, span.end);
    for (uint32_t at = span.start; at < span.end; at++) {
        uint32_t end = math_closes(here, kind, at);
        if (end > 0) {
            return end;
        }
        at += here.data[at] == '\\';
    }
    return 0;
}

/* Whether math begins at `at`, on the text at the cursor; its end may be lines and inlines away. */
static bool find_math(Prose *prose, Span here, uint32_t at)
{
    uint32_t length, end;
    Str text = {prose->chunk->text, prose->chunk->length};
    MathKind kind = math_opens(str_before(text, here.end), at, &length);
    if (kind == MATH_NONE || (prose->unclosed & kind)) {
        return false;
    }
    Prose ahead = *prose;
    ahead.at = at + length;
    for (Text next; seek_text(&ahead, &next); ahead.at = next.span.end) {
        if (next.kind == TEXT_PROSE && (end = math_end_in(text, kind, next.span)) > 0) {
            prose->apart = (Span){at, end};
            prose->apart_kind = TEXT_MATH;
            return true;
        }
    }
    prose->unclosed |= (uint16_t)kind;
    return false;
}

/* Templates. Where several begin alike, the longest comes first. */

static const struct {
    Str opener, closer;
    uint8_t dialect;
} templates[] = {
    {STR_INIT("{{<"), STR_INIT(">}}"), TEMPLATE_HUGO  },
    {STR_INIT("{{%"), STR_INIT("%}}"), TEMPLATE_HUGO  },
    {STR_INIT("{{"),  STR_INIT("}}"),  TEMPLATE_LIQUID},
    {STR_INIT("{%"),  STR_INIT("%}"),  TEMPLATE_LIQUID},
    {STR_INIT("<%"),  STR_INIT("%>"),  TEMPLATE_ERB   },
    {STR_INIT("{"),   STR_INIT("}"),   TEMPLATE_MDX   },
};

enum { TEMPLATES = sizeof(templates) / sizeof(*templates), FIRST_TEMPLATE_BIT = 3 };

/* Finds the end of a template whose opener is before `at`; it may be lines and inlines away. */
static bool find_template_end(const Prose *prose, Str closer, uint32_t at, uint32_t *end)
{
    Prose ahead = *prose;
    ahead.at = at;
    for (Text next; seek_text(&ahead, &next); ahead.at = next.span.end) {
        size_t found = str_find(chunk_str(prose->chunk, next.span), closer);
        if (next.kind == TEXT_PROSE && found != STR_NONE) {
            *end = next.span.start + (uint32_t)(found + closer.length);
            return true;
        }
    }
    return false;
}

static bool find_template(Prose *prose, Span here, uint32_t at)
{
    Str rest = chunk_str(prose->chunk, (Span){at, here.end});
    for (unsigned i = 0; i < TEMPLATES && prose->chunk->templates != 0; i++) {
        unsigned bit = 1u << (FIRST_TEMPLATE_BIT + i);
        uint32_t end, inside = at + (uint32_t)templates[i].opener.length;
        if ((prose->chunk->templates & templates[i].dialect) == 0 || (prose->unclosed & bit) != 0 ||
            !str_starts(rest, templates[i].opener)) {
            continue;
        }
        if (find_template_end(prose, templates[i].closer, inside, &end)) {
            prose->apart = (Span){at, end};
            prose->apart_kind = TEXT_MATH; /* which is not read as language either */
            return true;
        }
        prose->unclosed |= (uint16_t)bit;
    }
    return false;
}

static bool find_address(Prose *prose, Span here, uint32_t at)
{
    Str text = {prose->chunk->text, here.end};
    if (!address_at(text, here.start, at, &prose->apart)) {
        return false;
    }
    prose->apart_kind = TEXT_ADDRESS;
    return true;
}

/* What math, templates and addresses are told by, and the backslash that hides them. */
static const bool telltales[256] = {[':'] = true,  ['@'] = true, ['w'] = true, ['$'] = true,
                                    ['\\'] = true, ['{'] = true, ['<'] = true};

static bool find_at(Prose *prose, Span here, uint32_t at)
{
    switch (prose->chunk->text[at]) {
    case '$':
    case '\\':
        return find_math(prose, here, at);
    case '{':
    case '<':
        return find_template(prose, here, at);
    default:
        return find_address(prose, here, at);
    }
}

/* Finds the first math or address of the text at the cursor; an empty one at its end if none is. */
static void find_apart(Prose *prose, Span here)
{
    const char *text = prose->chunk->text;
    for (uint32_t at = here.start; at < here.end; at++) {
        char c = text[at];
        if (!telltales[(unsigned char)c]) {
            continue;
        }
        if (find_at(prose, here, at)) {
            return;
        }
        at += c == '\\' || (c == '$' && at + 1 < here.end && text[at + 1] == '$');
    }
    prose->apart = (Span){here.end, here.end};
}

/* Takes the next text off the leaf. */
static bool next_text(Prose *prose, Text *text)
{
    if (!seek_text(prose, text)) {
        return false;
    }
    Span *span = &text->span;
    if (text->kind == TEXT_PROSE) {
        if (span->start >= prose->apart.end) {
            find_apart(prose, *span);
        }
        bool apart = span->start >= prose->apart.start;
        uint32_t end = apart ? prose->apart.end : prose->apart.start;
        text->kind = apart ? prose->apart_kind : TEXT_PROSE;
        span->end = end < span->end ? end : span->end;
    }
    prose->at = span->end;
    return true;
}

static uint8_t flags_here(const Prose *prose)
{
    static const uint8_t types[] = {
        INLINE_EMPHASIS, INLINE_STRONG, INLINE_DELETED, INLINE_LINK, INLINE_IMAGE,
    };
    unsigned flags = 0;
    for (size_t i = 0; i < sizeof(types); i++) {
        flags |= prose->depth[types[i]] > 0 ? 1u << types[i] : 0;
    }
    return (uint8_t)flags;
}

bool prose_next(Prose *prose, ProseRun *run)
{
    for (Text text; next_text(prose, &text); prose->gap = PROSE_MASKED) {
        if (text.kind == TEXT_PROSE) {
            *run = (ProseRun){text.span, flags_here(prose), prose->gap};
            prose->gap = PROSE_JOINED;
            return true;
        }
    }
    return false;
}

/* The text as a reader sees it */

static const struct {
    Str name, text;
} entities[] = {
    {STR_INIT("amp;"),    STR_INIT("&")     },
    {STR_INIT("lt;"),     STR_INIT("<")     },
    {STR_INIT("gt;"),     STR_INIT(">")     },
    {STR_INIT("quot;"),   STR_INIT("\"")    },
    {STR_INIT("apos;"),   STR_INIT("'")     },
    {STR_INIT("nbsp;"),   STR_INIT("\u00A0")},
    {STR_INIT("mdash;"),  STR_INIT("—")   },
    {STR_INIT("ndash;"),  STR_INIT("–")   },
    {STR_INIT("hellip;"), STR_INIT("…")   },
    {STR_INIT("laquo;"),  STR_INIT("«")    },
    {STR_INIT("raquo;"),  STR_INIT("»")    },
    {STR_INIT("copy;"),   STR_INIT("©")    },
};

static int digit_value(char c, int base)
{
    int value = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' ? (c | 32) - 'a' + 10 : base;
    return value < base ? value : -1;
}

/* A numeric reference behind its `&`; returns its length, or 0. */
static uint32_t append_numeric(Buf *out, Str rest)
{
    if (!str_starts(rest, STR("#"))) {
        return 0;
    }
    bool hexadecimal = rest.length > 1 && (rest.data[1] | 32) == 'x';
    uint32_t first = hexadecimal ? 2 : 1, at = first, value = 0;
    int digit;
    while (at < rest.length && at - first < 7 &&
           (digit = digit_value(rest.data[at], hexadecimal ? 16 : 10)) >= 0) {
        value = value * (hexadecimal ? 16 : 10) + (uint32_t)digit;
        at++;
    }
    if (at == first || at == rest.length || rest.data[at] != ';') {
        return 0;
    }
    utf_append(out, value == 0 ? UTF_REPLACEMENT : value);
    return at + 1;
}

static uint32_t append_entity(Buf *out, Str rest)
{
    for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++) {
        if (str_starts(rest, entities[i].name)) {
            buf_append(out, entities[i].text);
            return (uint32_t)entities[i].name.length;
        }
    }
    return append_numeric(out, rest);
}

/* Appends text with its escapes and entities resolved. */
static void append_resolved(Buf *out, Str text)
{
    size_t done = 0;
    for (size_t at = 0; at < text.length; at++) {
        char c = text.data[at];
        if (c != '\\' && c != '&') {
            continue;
        }
        buf_append(out, str_slice(text, done, at));
        done = at;
        if (c == '&') {
            uint32_t length = append_entity(out, str_after(text, at + 1));
            done += length > 0 ? length + 1 : 0;
            at += length;
        } else if (at + 1 < text.length && (unsigned char)text.data[at + 1] < 0x80 &&
                   unicode_is_punctuation((unsigned char)text.data[at + 1])) {
            done++;
            at++;
        }
    }
    buf_append(out, str_after(text, done));
}

/* A code span loses one space at each end where both have one (CommonMark 0.31, "Code spans"). */
static void append_code(Buf *out, const Prose *prose, Span span)
{
    Span content = prose->chunk->inlines[prose->open].content;
    Str code = chunk_str(prose->chunk, content);
    if (code.length > 2 && code.data[0] == ' ' && code.data[code.length - 1] == ' ') {
        span.start += span.start == content.start;
        span.end -= span.end == content.end;
    }
    buf_append(out, chunk_str(prose->chunk, span));
}

/* Appends a space where there is text since `start`, in place of the blanks at its end. */
static void append_space(Buf *out, size_t start)
{
    while (out->length > start && is_blank(out->data[out->length - 1])) {
        out->length--;
    }
    if (out->length > start) {
        buf_append_char(out, ' ');
    }
}

/* Whether the text ends with the backslash of a hard line break, which is not itself escaped. */
static bool is_hard_break(const Prose *prose, Span span)
{
    Piece line = prose->chunk->pieces[prose->piece];
    uint32_t at = span.end;
    while (at > span.start && prose->chunk->text[at - 1] == '\\') {
        at--;
    }
    return prose->piece + 1 < prose->pieces && span.end == line.offset + line.length &&
           (span.end - at) % 2 == 1;
}

static void append_text(Buf *out, const Prose *prose, Text text, ProseOptions options, size_t start)
{
    Str source = chunk_str(prose->chunk, text.span);
    if (text.kind == TEXT_PROSE) {
        append_resolved(out, str_before(source, source.length - is_hard_break(prose, text.span)));
    } else if (text.kind == TEXT_CODE && (options & PROSE_WITH_CODE)) {
        append_code(out, prose, text.span);
    } else if (text.kind == TEXT_ADDRESS || text.kind == TEXT_MATH) {
        buf_append(out, source);
    } else if (text.kind == TEXT_TAG && str_starts(source, STR("<br"))) {
        append_space(out, start);
    }
}

void prose_append(Buf *out, const Chunk *chunk, uint32_t block, ProseOptions options)
{
    Prose prose = prose_of(chunk, block);
    size_t start = out->length;
    uint32_t line = prose.piece;
    for (Text text; next_text(&prose, &text); line = prose.piece) {
        if (prose.piece != line) {
            append_space(out, start);
        }
        append_text(out, &prose, text, options, start);
    }
    while (out->length > start && is_blank(out->data[out->length - 1])) {
        out->length--;
    }
}
