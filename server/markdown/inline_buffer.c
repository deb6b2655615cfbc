#include "server/markdown/inline_buffer.h"

#include "server/markdown/line.h"
#include "server/markdown/link.h"

enum {
    BRACKET_LIMIT = 256, /* md4c 0.4.8 takes time quadratic in the depth of brackets */
    PADDING = 16,        /* zero bytes behind the text: md4c 0.4.8 looks past its end */
};

void inline_buffer_finish(InlineBuffer *buffer)
{
    buf_finish(&buffer->text);
    array_finish(&buffer->segments);
    array_finish(&buffer->leaves);
    array_finish(&buffer->mentions);
    array_finish(&buffer->definitions);
}

static void add_segment(InlineBuffer *buffer, uint32_t source)
{
    *array_add(&buffer->segments) = (Segment){(uint32_t)buffer->text.length, source};
}

/* A letter that the chunk does not have, before the byte at `source`. */
static void add_letter(InlineBuffer *buffer, uint32_t source)
{
    buf_append_char(&buffer->text, 'a');
    add_segment(buffer, source);
}

/* The length of a reference to a footnote that is defined, at `text`, or 0. */
static size_t footnote_length(Str text, const Definitions *definitions)
{
    Span label;
    if (!str_starts(text, STR("[^"))) {
        return 0;
    }
    size_t end = link_label(text, 0, &label);
    bool defined = end != STR_NONE &&
                   definitions_have(definitions,
                                    link_footnote_key(str_slice(text, label.start + 1, label.end)));
    return defined ? end : 0;
}

/* What must be kept apart, since md4c reads across it: `]![` loses the image (0.4.8 and 0.5.3), and
 * a footnote is no part of a link. */
static bool must_part(Str text, size_t at, const Definitions *definitions, size_t *footnote_end)
{
    char before = at == 0 ? 0 : text.data[at - 1];
    Str rest = str_after(text, at);
    if (before == ']' && str_starts(rest, STR("!["))) {
        return true;
    }
    if (at == *footnote_end && at > 0) {
        return str_starts(rest, STR("(")) || str_starts(rest, STR("["));
    }
    size_t length = rest.data[0] == '[' ? footnote_length(rest, definitions) : 0;
    *footnote_end = length > 0 ? at + length : *footnote_end;
    return length > 0 && (before == ']' || before == '!');
}

/* Copies one line of a leaf. `depth` counts its open brackets. */
static void add_piece(InlineBuffer *buffer, Str text, uint32_t source, bool cell, int *depth,
                      const Definitions *definitions)
{
    size_t footnote_end = 0, plain = 0;
    add_segment(buffer, source);
    if (!cell && str_find_char(text, '[') == STR_NONE && str_find_char(text, ']') == STR_NONE) {
        buf_append(&buffer->text, text); /* most lines have nothing to look at */
        return;
    }
    for (size_t at = 0; at < text.length; at++) {
        char c = text.data[at];
        if (c != '[' && c != ']' && c != '!' && c != '\\' && c != '(') {
            continue;
        }
        bool part = must_part(text, at, definitions, &footnote_end);
        bool pipe = cell && c == '\\' && str_starts(str_after(text, at + 1), STR("|"));
        *depth += c == '[';
        bool deep = (c == '[' || c == ']') && *depth > BRACKET_LIMIT;
        *depth -= c == ']' && *depth > 0;
        if (part || pipe || deep) {
            buf_append(&buffer->text, str_slice(text, plain, at));
            plain = at;
        }
        if (part) {
            add_letter(buffer, source + (uint32_t)at);
        }
        if (deep) {
            buf_append_char(&buffer->text, '.');
        } else if (pipe) {
            add_segment(buffer, source + (uint32_t)at + 1);
        }
        plain += pipe || deep;
        at += c == '\\' && !pipe; /* what is escaped opens and closes nothing */
    }
    buf_append(&buffer->text, str_after(text, plain));
}

/* md4c 0.4.8 lets an indented fence interrupt a paragraph. */
static bool looks_like_fence(Str line)
{
    uint32_t ticks = run_length(line, '`');
    return str_starts(line, STR("~~~")) ||
           (ticks >= 3 && str_find_char(str_after(line, ticks), '`') == STR_NONE);
}

/* Appends `[name]: #`, on one line; a `\` at the end of the name may not escape the bracket. */
static void append_definition(InlineBuffer *buffer, Str name, LabelKey key, Buf *appended)
{
    *array_add(&buffer->definitions) = (BufferDefinition){(uint32_t)appended->length, key};
    buf_append_char(appended, '[');
    for (size_t i = 0; i < name.length; i++) {
        buf_append_char(appended, name.data[i] == '\n' ? ' ' : name.data[i]);
    }
    buf_append(appended, name.data[name.length - 1] == '\\' ? STR(" ]: #\n") : STR("]: #\n"));
}

static void add_mention(InlineBuffer *buffer, Str name, const Definitions *definitions,
                        Buf *appended)
{
    bool footnote = name.data[0] == '^';
    LabelKey key = footnote ? link_footnote_key(str_after(name, 1)) : link_label_key(name);
    *array_add(&buffer->mentions) = key;
    if (!footnote && definitions_have(definitions, key)) {
        append_definition(buffer, name, key, appended);
    }
}

/* Notes the labels that a leaf may refer to: what stands between brackets without brackets. */
static void collect_mentions(InlineBuffer *buffer, Str text, const Definitions *definitions,
                             Buf *appended)
{
    size_t open = STR_NONE, first = str_find_char(text, '[');
    for (size_t at = first == STR_NONE ? text.length : 0; at < text.length; at++) {
        char c = text.data[at];
        Span label;
        if (c == '\\') {
            at++;
        } else if (c == '[') {
            open = at;
        } else if (c == ']' && open != STR_NONE) {
            if (link_label(text, open, &label) == at + 1) {
                add_mention(buffer, str_slice(text, label.start, label.end), definitions, appended);
            }
            open = STR_NONE;
        }
    }
}

static void add_leaf(InlineBuffer *buffer, const Chunk *chunk, uint32_t index,
                     const Definitions *definitions)
{
    const Block *block = &chunk->blocks[index];
    uint32_t line_end = 0;
    int depth = 0;
    buf_append(&buffer->text, STR("a "));
    uint32_t start = (uint32_t)buffer->text.length;
    for (uint32_t i = 0; i < block->pieces; i++) {
        Piece piece = chunk->pieces[block->piece + i];
        Str line = chunk_piece(chunk, block->piece + i);
        if (i > 0) {
            add_segment(buffer, line_end);
            buf_append(&buffer->text, looks_like_fence(line) ? STR(" ") : STR("\n    "));
        }
        add_piece(buffer, line, piece.offset, block->type == BLOCK_CELL, &depth, definitions);
        line_end = piece.offset + piece.length;
    }
    *array_add(&buffer->leaves) = (LeafText){index, start, (uint32_t)buffer->text.length};
    buf_append(&buffer->text, STR("\n\n"));
}

void inline_buffer_fill(InlineBuffer *buffer, const Chunk *chunk, const Definitions *definitions)
{
    buf_reset(&buffer->text);
    array_reset(&buffer->segments);
    array_reset(&buffer->leaves);
    array_reset(&buffer->mentions);
    array_reset(&buffer->definitions);
    for (uint32_t i = 0; i < chunk->block_count; i++) {
        if (chunk->blocks[i].pieces > 0) {
            add_leaf(buffer, chunk, i, definitions);
        }
    }
    Buf appended = {0};
    for (uint32_t i = 0; i < buffer->leaves.count; i++) {
        LeafText leaf = buffer->leaves.items[i];
        collect_mentions(buffer, str_slice(buf_str(&buffer->text), leaf.start, leaf.end),
                         definitions, &appended);
    }
    buffer->definitions_start = (uint32_t)buffer->text.length;
    buf_append(&buffer->text, buf_str(&appended));
    buf_finish(&appended);
    memset(buf_reserve(&buffer->text, PADDING), 0, PADDING);
}

/* The index of the last segment that starts at or before `offset`. */
static uint32_t segment_at(const InlineBuffer *buffer, uint32_t offset)
{
    uint32_t low = 0, high = buffer->segments.count;
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;
        if (buffer->segments.items[middle].buffer <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* What stands for a line ending is longer than it: its bytes do not reach past the next segment. */
uint32_t inline_buffer_source(const InlineBuffer *buffer, uint32_t offset)
{
    uint32_t index = segment_at(buffer, offset);
    const Segment *segment = &buffer->segments.items[index];
    uint32_t source = segment->source + (offset - segment->buffer);
    bool last = index + 1 == buffer->segments.count;
    return last || source < segment[1].source ? source : segment[1].source;
}

/* The offset in the chunk behind the last byte before `end` of the buffer. */
static uint32_t inline_buffer_end(const InlineBuffer *buffer, uint32_t end)
{
    uint32_t last = inline_buffer_source(buffer, end - 1), next = inline_buffer_source(buffer, end);
    return next > last ? last + 1 : last;
}

Span inline_buffer_span(const InlineBuffer *buffer, uint32_t start, uint32_t end)
{
    uint32_t source = inline_buffer_source(buffer, start);
    return (Span){source, end > start ? inline_buffer_end(buffer, end) : source};
}

LabelKey inline_buffer_definition(const InlineBuffer *buffer, uint32_t offset)
{
    uint32_t low = 0, high = buffer->definitions.count, at = offset - buffer->definitions_start;
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;
        if (buffer->definitions.items[middle].start <= at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return buffer->definitions.items[low].key;
}
