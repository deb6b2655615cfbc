#include "server/markdown/inlines.h"

#include "protocol/base/memory.h"
#include "server/markdown/inline_buffer.h"
#include "server/markdown/line.h"
#include "server/markdown/link.h"
#include "server/markdown/starts.h"

#include <md4c.h>
#include <stdlib.h>

/* No HTML blocks, since every leaf is a paragraph already; no extension that md4c cannot do in linear
 * time (permissive autolinks) or whose structure the block scanner decides (tables, task lists). */
enum { FLAGS = MD_FLAG_NOHTMLBLOCKS | MD_FLAG_STRIKETHROUGH };

struct InlineParser {
    InlineBuffer buffer;
    const Definitions *definitions;
    uint32_t leaf;         /* the next one of the buffer's leaves */
    LeafText at_leaf;      /* the one that is being parsed */
    uint32_t at;           /* the cursor: the first byte of the buffer that is not accounted for */
    uint32_t html_end;     /* where the raw HTML at the cursor ends */
    uint32_t leaf_first;   /* the first inline of the leaf */
    bool broken;           /* the leaf is not as md4c says: it is taken for plain text */
    Array(Inline) inlines; /* spans of the buffer until their end is known, then of the chunk */
    Array(uint32_t) parents; /* the inlines that are open */
};

InlineParser *inlines_new(void)
{
    return memory_new_zeroed(1, sizeof(InlineParser));
}

void inlines_free(InlineParser *parser)
{
    if (parser != NULL) {
        inline_buffer_finish(&parser->buffer);
        array_finish(&parser->inlines);
        array_finish(&parser->parents);
        free(parser);
    }
}

/* The leaf's text, from the beginning of the buffer so that offsets are the buffer's. */
static Str leaf_text(const InlineParser *parser)
{
    return str_before(buf_str(&parser->buffer.text), parser->at_leaf.end);
}

static char byte_at_cursor(const InlineParser *parser)
{
    Str text = leaf_text(parser);
    return parser->at < text.length ? text.data[parser->at] : 0;
}

/* md4c is wrong about this leaf (0.4.8, on rare adversarial input): nothing in it is markup. */
static void give_up(InlineParser *parser)
{
    parser->broken = true;
    parser->inlines.count = parser->leaf_first;
    array_reset(&parser->parents);
}

static void skip_blanks(InlineParser *parser)
{
    parser->at = (uint32_t)link_skip_blanks(leaf_text(parser), parser->at);
}

static Span to_source(const InlineParser *parser, uint32_t start, uint32_t end)
{
    return inline_buffer_span(&parser->buffer, start, end);
}

static Inline *push(InlineParser *parser, InlineType type)
{
    Inline *added = array_add(&parser->inlines);
    *added = (Inline){
        .type = (uint8_t)type,
        .block = parser->at_leaf.block,
        .parent = parser->parents.count == 0 ? -1 : (int32_t)*array_last(&parser->parents),
    };
    return added;
}

/* Opens an inline whose opening delimiter is `length` bytes at the cursor. */
static void open_inline(InlineParser *parser, InlineType type, uint32_t length)
{
    Inline *opened = push(parser, type);
    opened->whole.start = parser->at;
    parser->at += length;
    opened->content.start = parser->at;
    *array_add(&parser->parents) = parser->inlines.count - 1;
}

/* Closes the innermost inline, whose closing delimiter is `length` bytes at the cursor. */
static Inline *close_inline(InlineParser *parser, uint32_t length)
{
    Inline *closed = &parser->inlines.items[*array_last(&parser->parents)];
    parser->parents.count--;
    closed->content = to_source(parser, closed->content.start, parser->at);
    parser->at += length;
    closed->whole = to_source(parser, closed->whole.start, parser->at);
    return closed;
}

/* Emphasis, strong emphasis, strikethrough */

static uint32_t delimiter_length(const InlineParser *parser, InlineType type)
{
    char c = byte_at_cursor(parser);
    if (type == INLINE_DELETED) {
        uint32_t run = run_length(str_after(leaf_text(parser), parser->at), '~');
        return run < 2 ? run : 2;
    }
    return c != '*' && c != '_' ? 0 : type == INLINE_STRONG ? 2 : 1;
}

static bool enter_delimited(InlineParser *parser, InlineType type)
{
    uint32_t length = delimiter_length(parser, type);
    if (length > 0) {
        open_inline(parser, type, length);
    }
    return length > 0;
}

static bool leave_delimited(InlineParser *parser, InlineType type)
{
    uint32_t length = delimiter_length(parser, type);
    if (length > 0) {
        close_inline(parser, length);
    }
    return length > 0;
}

/* Code spans: "the closer is the next run of exactly as many backticks". */

static bool enter_code(InlineParser *parser)
{
    Str text = leaf_text(parser);
    uint32_t ticks = run_length(str_after(text, parser->at), '`');
    uint32_t at = parser->at + ticks;
    while (ticks > 0 && at < text.length) {
        uint32_t run = run_length(str_after(text, at), '`');
        if (run == ticks) {
            open_inline(parser, INLINE_CODE, ticks);
            parser->at = at;
            return true;
        }
        at += run > 0 ? run : 1;
    }
    return false;
}

static bool leave_code(InlineParser *parser)
{
    uint32_t ticks = run_length(str_after(leaf_text(parser), parser->at), '`');
    close_inline(parser, ticks);
    return ticks > 0;
}

/* Links and images */

static bool enter_link(InlineParser *parser)
{
    char c = byte_at_cursor(parser);
    if (c != '<' && c != '[') {
        return false;
    }
    open_inline(parser, c == '<' ? INLINE_AUTOLINK : INLINE_LINK, 1);
    return true;
}

static bool enter_image(InlineParser *parser)
{
    if (!str_starts(str_after(leaf_text(parser), parser->at), STR("!["))) {
        return false;
    }
    open_inline(parser, INLINE_IMAGE, 2);
    return true;
}

/* Whether md4c took a destination from the definitions at the buffer's end, and which. */
static bool is_reference(const InlineParser *parser, const MD_ATTRIBUTE *destination, LabelKey *key)
{
    const Buf *text = &parser->buffer.text;
    uintptr_t start = (uintptr_t)text->data + parser->buffer.definitions_start;
    uintptr_t at = (uintptr_t)destination->text;
    if (destination->size == 0 || at < start || at >= (uintptr_t)text->data + text->length) {
        return false;
    }
    *key = inline_buffer_definition(&parser->buffer, (uint32_t)(at - (uintptr_t)text->data));
    return true;
}

/* What stands behind the `]` of a reference: `[label]` of its definition, `[]`, or nothing of it. */
static void read_reference(InlineParser *parser, Inline *link, LabelKey key)
{
    Str text = leaf_text(parser);
    Span label;
    size_t end = link_label(text, parser->at, &label);
    link->form = LINK_SHORTCUT;
    link->label = link->content;
    if (str_starts(str_after(text, parser->at), STR("[]"))) {
        link->form = LINK_COLLAPSED;
        parser->at += 2;
    } else if (end != STR_NONE && link_label_key(str_slice(text, label.start, label.end)) == key) {
        link->form = LINK_FULL;
        link->label = to_source(parser, label.start, label.end);
        parser->at = (uint32_t)end;
    }
}

static bool read_tail(InlineParser *parser, Inline *link)
{
    Span destination, title;
    size_t end = link_tail(leaf_text(parser), parser->at, &destination, &title);
    if (end == STR_NONE) {
        return false;
    }
    link->form = LINK_INLINE;
    if (destination.end > 0) {
        link->destination = to_source(parser, destination.start, destination.end);
    }
    if (title.end > 0) {
        link->title = to_source(parser, title.start, title.end);
    }
    parser->at = (uint32_t)end;
    return true;
}

static bool leave_link(InlineParser *parser, const MD_ATTRIBUTE *destination)
{
    LabelKey key = 0;
    if (byte_at_cursor(parser) != ']') {
        return false;
    }
    uint32_t start = parser->inlines.items[*array_last(&parser->parents)].whole.start;
    Inline *link = close_inline(parser, 1);
    if (is_reference(parser, destination, &key)) {
        read_reference(parser, link, key);
    } else if (!read_tail(parser, link)) {
        return false;
    }
    link->whole = to_source(parser, start, parser->at);
    return true;
}

/* md4c takes `<-a:>` for an autolink; a scheme begins with a letter. */
static bool is_autolink(Str address)
{
    char c = address.length == 0 ? 0 : address.data[0];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           str_find_char(address, '@') != STR_NONE;
}

static bool leave_autolink(InlineParser *parser)
{
    if (byte_at_cursor(parser) != '>') {
        return false;
    }
    uint32_t start = parser->inlines.items[*array_last(&parser->parents)].content.start;
    close_inline(parser, 1);
    if (!is_autolink(str_slice(leaf_text(parser), start, parser->at - 1))) {
        parser->inlines.count--;
    }
    return true;
}

/* Raw HTML, references to footnotes, text */

/* Adds an inline without children; the cursor stays. */
static void add_inline(InlineParser *parser, InlineType type, uint32_t start, uint32_t end)
{
    Inline *added = push(parser, type);
    added->whole = added->content = to_source(parser, start, end);
}

static void read_html(InlineParser *parser, uint32_t start, uint32_t end)
{
    for (uint32_t at = start; at < end && at >= parser->html_end; at = parser->html_end) {
        parser->html_end = html_inline_end(leaf_text(parser), at);
        add_inline(parser, INLINE_HTML, at, parser->html_end);
    }
}

static void read_footnotes(InlineParser *parser, uint32_t start, uint32_t end)
{
    Str text = str_before(leaf_text(parser), end);
    for (size_t at = start; (at = str_find(str_after(text, start), STR("[^"))) != STR_NONE;) {
        Span label;
        at += start;
        size_t behind = link_label(text, at, &label);
        if (behind != STR_NONE &&
            definitions_have(parser->definitions,
                             link_footnote_key(str_slice(text, label.start + 1, label.end)))) {
            add_inline(parser, INLINE_FOOTNOTE, (uint32_t)at, (uint32_t)behind);
            array_last(&parser->inlines)->label = to_source(parser, label.start + 1, label.end);
        }
        start = (uint32_t)at + 2;
    }
}

/* Moves over a line ending that md4c reports, if there is one: after a code span whose closer is the
 * first on its line it reports one that is not there. */
static void read_break(InlineParser *parser)
{
    Str text = leaf_text(parser);
    size_t at = parser->at;
    while (at < text.length && is_blank(text.data[at])) {
        at++;
    }
    at += at < text.length && text.data[at] == '\\';
    if (at < text.length && text.data[at] == '\n') {
        parser->at = (uint32_t)link_skip_blanks(text, at);
    }
}

static void read_text(InlineParser *parser, MD_TEXTTYPE type, uint32_t start, uint32_t end)
{
    start = start < parser->at ? parser->at : start;
    if (end <= start) {
        return;
    }
    if (type == MD_TEXT_HTML) {
        read_html(parser, start, end);
    } else if (type == MD_TEXT_NORMAL) {
        read_footnotes(parser, start, end);
    }
    parser->at = end;
}

/* md4c's callbacks */

static int on_block(MD_BLOCKTYPE type, void *detail, void *userdata)
{
    InlineParser *parser = userdata;
    (void)detail;
    if (type == MD_BLOCK_P && parser->leaf < parser->buffer.leaves.count) {
        parser->at_leaf = parser->buffer.leaves.items[parser->leaf++];
        parser->at = parser->at_leaf.start;
        parser->html_end = parser->at;
        parser->leaf_first = parser->inlines.count;
        parser->broken = false;
        array_reset(&parser->parents);
    }
    return 0;
}

static int on_block_end(MD_BLOCKTYPE type, void *detail, void *userdata)
{
    InlineParser *parser = userdata;
    (void)detail;
    if (type == MD_BLOCK_P && parser->parents.count > 0) {
        give_up(parser);
    }
    return 0;
}

static int on_span(MD_SPANTYPE type, void *detail, void *userdata)
{
    InlineParser *parser = userdata;
    (void)detail;
    if (parser->broken) {
        return 0;
    }
    skip_blanks(parser);
    bool good = true;
    switch (type) {
    case MD_SPAN_EM:
        good = enter_delimited(parser, INLINE_EMPHASIS);
        break;
    case MD_SPAN_STRONG:
        good = enter_delimited(parser, INLINE_STRONG);
        break;
    case MD_SPAN_DEL:
        good = enter_delimited(parser, INLINE_DELETED);
        break;
    case MD_SPAN_CODE:
        good = enter_code(parser);
        break;
    case MD_SPAN_A:
        good = enter_link(parser);
        break;
    case MD_SPAN_IMG:
        good = enter_image(parser);
        break;
    default:
        break;
    }
    if (!good) {
        give_up(parser);
    }
    return 0;
}

static bool leave_span(InlineParser *parser, InlineType type, const void *detail)
{
    switch (type) {
    case INLINE_CODE:
        return leave_code(parser);
    case INLINE_AUTOLINK:
        return leave_autolink(parser);
    case INLINE_LINK:
        return leave_link(parser, &((const MD_SPAN_A_DETAIL *)detail)->href);
    case INLINE_IMAGE:
        return leave_link(parser, &((const MD_SPAN_IMG_DETAIL *)detail)->src);
    default:
        return leave_delimited(parser, type);
    }
}

/* Whether md4c's span is the innermost one that is open. */
static bool matches(InlineType open, MD_SPANTYPE type)
{
    switch (type) {
    case MD_SPAN_EM:
        return open == INLINE_EMPHASIS;
    case MD_SPAN_STRONG:
        return open == INLINE_STRONG;
    case MD_SPAN_DEL:
        return open == INLINE_DELETED;
    case MD_SPAN_CODE:
        return open == INLINE_CODE;
    case MD_SPAN_A:
        return open == INLINE_LINK || open == INLINE_AUTOLINK;
    default:
        return open == INLINE_IMAGE;
    }
}

static int on_span_end(MD_SPANTYPE type, void *detail, void *userdata)
{
    InlineParser *parser = userdata;
    if (parser->broken) {
        return 0;
    }
    if (parser->parents.count == 0) {
        give_up(parser);
        return 0;
    }
    InlineType open = parser->inlines.items[*array_last(&parser->parents)].type;
    if (type != MD_SPAN_CODE) {
        skip_blanks(parser);
    }
    if (!matches(open, type) || !leave_span(parser, open, detail)) {
        give_up(parser);
    }
    return 0;
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *userdata)
{
    InlineParser *parser = userdata;
    uintptr_t base = (uintptr_t)parser->buffer.text.data, at = (uintptr_t)text;
    if (parser->broken || type == MD_TEXT_CODE) {
        return 0; /* a code span is read from the source, with its delimiters */
    }
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) {
        read_break(parser);
    } else if (at >= base && at < base + parser->buffer.definitions_start) {
        uint32_t start = (uint32_t)(at - base);
        read_text(parser, type, start, start + size);
    } else if (type == MD_TEXT_NULLCHAR) {
        size_t nul = str_find_char(str_after(leaf_text(parser), parser->at), 0);
        parser->at += nul == STR_NONE ? 0 : (uint32_t)nul + 1;
    }
    return 0;
}

static void *copy_items(const void *items, uint32_t count, size_t size)
{
    return count == 0 ? NULL : memcpy(memory_new(count * size), items, count * size);
}

static void store(InlineParser *parser, Chunk *chunk)
{
    free(chunk->inlines);
    free(chunk->mentions);
    chunk->inline_count = parser->inlines.count;
    chunk->inlines = copy_items(parser->inlines.items, parser->inlines.count, sizeof(Inline));
    chunk->mention_count = parser->buffer.mentions.count;
    chunk->mentions = copy_items(parser->buffer.mentions.items, parser->buffer.mentions.count,
                                 sizeof(LabelKey));
    chunk->parsed = true;
}

void inlines_parse(InlineParser *parser, Chunk *chunk, const Definitions *definitions)
{
    static const MD_PARSER callbacks = {
        .flags = FLAGS,
        .enter_block = on_block,
        .leave_block = on_block_end,
        .enter_span = on_span,
        .leave_span = on_span_end,
        .text = on_text,
    };
    parser->definitions = definitions;
    parser->leaf = 0;
    array_reset(&parser->inlines);
    array_reset(&parser->parents);
    inline_buffer_fill(&parser->buffer, chunk, definitions);
    if (parser->buffer.leaves.count > 0) {
        const Buf *text = &parser->buffer.text;
        md_parse(text->data, (MD_SIZE)text->length, &callbacks, parser);
    }
    store(parser, chunk);
}
