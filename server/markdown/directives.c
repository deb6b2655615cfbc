#include "server/markdown/directives.h"

#include "server/markdown/front_matter.h"
#include "server/markdown/line.h"

static const struct {
    Str word;
    DirectiveKind kind;
} keywords[] = {
    {STR_INIT("stet"),                           DIRECTIVE_STET             },
    {STR_INIT("galley-ignore"),                  DIRECTIVE_STET             },
    {STR_INIT("stet-file"),                      DIRECTIVE_STET_FILE        },
    {STR_INIT("galley-ignore-file"),             DIRECTIVE_STET_FILE        },
    {STR_INIT("markdownlint-disable"),           DIRECTIVE_DISABLE          },
    {STR_INIT("markdownlint-enable"),            DIRECTIVE_ENABLE           },
    {STR_INIT("markdownlint-disable-line"),      DIRECTIVE_DISABLE_LINE     },
    {STR_INIT("markdownlint-disable-next-line"), DIRECTIVE_DISABLE_NEXT_LINE},
    {STR_INIT("markdownlint-disable-file"),      DIRECTIVE_DISABLE_FILE     },
    {STR_INIT("markdownlint-enable-file"),       DIRECTIVE_ENABLE_FILE      },
    {STR_INIT("markdownlint-capture"),           DIRECTIVE_CAPTURE          },
    {STR_INIT("markdownlint-restore"),           DIRECTIVE_RESTORE          },
};

/* How comments are written. */
typedef struct {
    Str open, close;
} Form;

static const Form html = {STR_INIT("<!--"), STR_INIT("-->")};
static const Form mdx = {STR_INIT("{/*"), STR_INIT("*/}")};

/* Words */

static bool parts_names(char c)
{
    return is_blank(c) || c == '\n' || c == '\r' || c == ',' || c == '>';
}

bool directive_next_name(Str *names, Str *name)
{
    size_t start = 0, end;
    while (start < names->length && parts_names(names->data[start])) {
        start++;
    }
    for (end = start; end < names->length && !parts_names(names->data[end]);) {
        end++;
    }
    *name = str_slice(*names, start, end);
    *names = str_after(*names, end);
    return name->length > 0;
}

/* What the text of a comment says; `names` is what stands behind the keyword. */
static DirectiveKind kind_of(Str inside, Str *names)
{
    Str word, rest = inside;
    if (!directive_next_name(&rest, &word)) {
        return DIRECTIVE_NONE;
    }
    for (size_t i = 0; i < sizeof(keywords) / sizeof(*keywords); i++) {
        if (str_equal(word, keywords[i].word)) {
            *names = rest;
            return keywords[i].kind;
        }
    }
    return DIRECTIVE_NONE;
}

/* The first comment in `text`: where it begins, its length, and what it holds. */
static bool find_comment(Str text, Form form, size_t *start, size_t *length, Str *inside)
{
    size_t open = str_find(text, form.open);
    Str rest = open == STR_NONE ? (Str){0} : str_after(text, open + form.open.length);
    size_t close = open == STR_NONE ? STR_NONE : str_find(rest, form.close);
    if (close == STR_NONE) {
        return false;
    }
    *start = open;
    *length = form.open.length + close + form.close.length;
    *inside = str_before(rest, close);
    return true;
}

bool directive_is(Str comment)
{
    size_t start, length;
    Str inside, names;
    Form form = str_starts(comment, html.open) ? html : mdx;
    return find_comment(comment, form, &start, &length, &inside) && start == 0 &&
           length == comment.length && kind_of(inside, &names) != DIRECTIVE_NONE;
}

/* Blocks */

static Span span_of(const Chunk *chunk, Str part)
{
    uint32_t start = part.length == 0 ? 0 : (uint32_t)(part.data - chunk->text);
    return (Span){start, start + (uint32_t)part.length};
}

/* Adds what a comment says, if it says something. NULL: nothing. */
static Directive *add(Directives *directives, const Chunk *chunk, uint32_t block, Str comment,
                      Str inside)
{
    Str names = {0};
    DirectiveKind kind = kind_of(inside, &names);
    if (kind == DIRECTIVE_NONE) {
        return NULL;
    }
    Directive *added = array_add(directives);
    *added = (Directive){
        .kind = (uint8_t)kind,
        .block = block,
        .whole = span_of(chunk, comment),
        .names = span_of(chunk, names),
    };
    return added;
}

/* The comments of an HTML block, which may be one, or have them inside. */
static void read_html(Directives *directives, const Chunk *chunk, uint32_t block)
{
    Str rest = chunk_str(chunk, chunk->blocks[block].whole), inside;
    size_t start, length;
    while (find_comment(rest, html, &start, &length, &inside)) {
        Directive *added = add(directives, chunk, block, str_slice(rest, start, start + length),
                               inside);
        if (added != NULL) {
            added->next = true;
        }
        rest = str_after(rest, start + length);
    }
}

/* MDX has comments where CommonMark has text: a paragraph that begins with one, and may go on. */
static void read_mdx(Directives *directives, const Chunk *chunk, uint32_t block)
{
    const Block *at = &chunk->blocks[block];
    Str text = chunk_str(chunk, (Span){chunk->pieces[at->piece].offset, at->whole.end}), inside;
    size_t start, length;
    if (!find_comment(text, mdx, &start, &length, &inside) || start > 0) {
        return;
    }
    Directive *added = add(directives, chunk, block, str_before(text, length), inside);
    if (added != NULL) {
        added->next = str_trim(str_after(text, length)).length == 0;
        added->covers = added->next ? (Span){0} : (Span){added->whole.end, at->whole.end};
    }
}

static void read_blocks(Directives *directives, const Chunk *chunk)
{
    for (uint32_t i = 0; i < chunk->block_count; i++) {
        const Block *block = &chunk->blocks[i];
        bool prose = block->type == BLOCK_PARAGRAPH || block->type == BLOCK_HEADING;
        if (block->type == BLOCK_HTML && block->level != 1) {
            read_html(directives, chunk, i);
        } else if (prose && block->pieces > 0 &&
                   str_starts(chunk_piece(chunk, block->piece), mdx.open)) {
            read_mdx(directives, chunk, i);
        }
    }
}

static void read_inlines(Directives *directives, const Chunk *chunk)
{
    for (uint32_t i = 0; i < chunk->inline_count; i++) {
        const Inline *at = &chunk->inlines[i];
        Str comment = chunk_str(chunk, at->whole), inside;
        size_t start, length;
        if (at->type == INLINE_HTML && str_starts(comment, html.open) &&
            find_comment(comment, html, &start, &length, &inside)) {
            add(directives, chunk, at->block, comment, inside);
        }
    }
}

/* Front matter */

static uint32_t indent_of(Str line)
{
    uint32_t indent = 0;
    while (indent < line.length && line.data[indent] == ' ') {
        indent++;
    }
    return indent;
}

/* The first key of some lines of YAML with all that it holds, by indentation. */
static Span key_span(const Chunk *chunk, Str lines)
{
    Span key = {0};
    uint32_t indent = 0;
    bool item = false;
    for (Str line; str_take_line(&lines, &line);) {
        Str text = str_after(line, indent_of(line));
        if (str_trim(text).length == 0 || text.data[0] == '#') {
            continue;
        }
        bool dash = str_starts(text, STR("-"));
        if (key.end == 0) {
            indent = indent_of(line);
            item = dash;
            key.start = span_of(chunk, line).start;
        } else if (indent_of(line) < indent || (indent_of(line) == indent && (item || !dash))) {
            break;
        }
        key.end = span_of(chunk, line).end;
    }
    return key;
}

/* Whether an offset is inside a value, where # begins no comment. */
static bool is_in_value(const FrontMatter *front, uint32_t offset)
{
    for (uint32_t i = 0; i < front->count; i++) {
        if (front->values[i].span.start <= offset && offset < front->values[i].span.end) {
            return true;
        }
    }
    return false;
}

static void drop_what_is_in_values(Directives *directives, const Chunk *chunk)
{
    Arena arena = {0};
    FrontMatter front = front_matter_read(chunk, &arena);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < directives->count; i++) {
        if (!is_in_value(&front, directives->items[i].whole.start)) {
            directives->items[kept++] = directives->items[i];
        }
    }
    directives->count = kept;
    arena_finish(&arena);
}

static void read_front_matter(Directives *directives, const Chunk *chunk)
{
    const Block *block = front_matter_block(chunk);
    Str lines = block == NULL ? (Str){0} : chunk_str(chunk, block->content), line, names;
    while (str_take_line(&lines, &line)) {
        Str text = str_trim(line), inside = str_after(text, 1);
        DirectiveKind kind = str_starts(text, STR("#")) ? kind_of(inside, &names) : DIRECTIVE_NONE;
        if (kind == DIRECTIVE_STET || kind == DIRECTIVE_STET_FILE) {
            add(directives, chunk, 0, text, inside)->covers = key_span(chunk, lines);
        }
    }
    if (directives->count > 0) {
        drop_what_is_in_values(directives, chunk);
    }
}

static int by_place(const void *left, const void *right)
{
    uint32_t a = ((const Directive *)left)->whole.start;
    uint32_t b = ((const Directive *)right)->whole.start;
    return (a > b) - (a < b);
}

Directives directives_of_chunk(const Chunk *chunk)
{
    Directives directives = {0};
    read_front_matter(&directives, chunk);
    read_blocks(&directives, chunk);
    read_inlines(&directives, chunk);
    if (directives.count > 1) {
        qsort(directives.items, directives.count, sizeof(Directive), by_place);
    }
    return directives;
}
