#include "tests/spec/reference.h"

#include <stdio.h>
#include <stdlib.h>

#include "protocol/base/utf.h"

/* Tags, of XML and HTML alike */

typedef struct {
    Str name;  /* without its slash */
    Str whole; /* what stands between < and > */
    bool closes, empty;
} Tag;

/* Takes all up to and with the next tag off `rest`; `text` is what stands before the tag. */
static bool take_tag(Str *rest, Str *text, Tag *tag)
{
    size_t open = str_find_char(*rest, '<');
    size_t close = open == STR_NONE ? STR_NONE : str_find_char(str_after(*rest, open), '>');
    if (close == STR_NONE) {
        *text = *rest;
        *rest = (Str){0};
        return false;
    }
    *text = str_before(*rest, open);
    tag->whole = str_slice(*rest, open + 1, open + close);
    tag->closes = str_starts(tag->whole, STR("/"));
    tag->empty = str_ends(tag->whole, STR("/")) || str_starts(tag->whole, STR("?")) ||
                 str_starts(tag->whole, STR("!"));
    Str name = str_after(tag->whole, tag->closes ? 1 : 0);
    size_t length = 0;
    while (length < name.length && name.data[length] != ' ' && name.data[length] != '/') {
        length++;
    }
    tag->name = str_before(name, length);
    *rest = str_after(*rest, open + close + 1);
    return true;
}

/* The value of an attribute, or the empty string. */
static Str attribute(const Tag *tag, const char *name)
{
    size_t at = str_find(tag->whole, str_of(name));
    if (at == STR_NONE) {
        return (Str){0};
    }
    Str value = str_after(tag->whole, at + strlen(name) + 2);
    return str_before(value, str_find_char(value, '"'));
}

/* Blocks */

static bool is_block(Str name)
{
    static const char *const blocks[] = {"block_quote", "list",    "item",           "code_block",
                                         "paragraph",   "heading", "thematic_break", "html_block"};
    for (size_t i = 0; i < sizeof(blocks) / sizeof(*blocks); i++) {
        if (str_equal(name, str_of(blocks[i]))) {
            return true;
        }
    }
    return false;
}

static Str line_of(Str text, uint32_t number)
{
    Str line = {0};
    while (number-- > 0) {
        if (!str_take_line(&text, &line)) {
            return (Str){0};
        }
    }
    return line;
}

/* Whether a line has nothing in it, but for the marks of so many quotes. */
static bool is_blank(Str line, uint32_t quotes)
{
    size_t at = 0;
    while (at < line.length &&
           (strchr(" \t", line.data[at]) != NULL || (line.data[at] == '>' && quotes-- > 0))) {
        at++;
    }
    return at == line.length;
}

static bool is_underline(Str line)
{
    size_t at = 0;
    while (at < line.length && strchr(" \t>", line.data[at]) != NULL) {
        at++;
    }
    Str mark = str_trim(str_after(line, at));
    size_t same = 0;
    while (same < mark.length && mark.data[same] == mark.data[0]) {
        same++;
    }
    return same > 0 && same == mark.length && strchr("=-", mark.data[0]) != NULL;
}

/* What ends an HTML block that begins so (CommonMark 0.31, "HTML blocks", 1 to 5); else NULL. */
static const char *html_end(Str start)
{
    static const char *const ends[][2] = {
        {"<script",   "</script>"  },
        {"<pre",      "</pre>"     },
        {"<style",    "</style>"   },
        {"<!--",      "-->"        },
        {"<textarea", "</textarea>"},
        {"<?",        "?>"         },
        {"<![CDATA[", "]]>"        },
        {"<!",        ">"          }
    };
    for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
        if (str_starts(start, str_of(ends[i][0]))) {
            return ends[i][1];
        }
    }
    return NULL;
}

/* The first line of a block, up to its last, that satisfies what it must; else its last. */
static uint32_t first_line(const ReferenceBlock *block, Str text, const char *needle)
{
    uint32_t line = block->line;
    for (; line <= block->end_line + (needle != NULL ? 1 : 0); line++) {
        Str at = line_of(text, line);
        bool found = needle != NULL ? str_find(at, str_of(needle)) != STR_NONE
                                    : line > block->line && is_underline(at);
        if (found) {
            return line;
        }
    }
    return block->end_line;
}

/* `block` is the last of the list; those around it are right already. */
static void put_right(ReferenceBlocks *blocks, uint32_t end_column, Str text)
{
    ReferenceBlock *block = array_last(blocks);
    uint32_t quotes = 0, parent = blocks->count - 1, depth = block->depth;
    for (uint32_t i = blocks->count - 1; i-- > 0;) {
        if (blocks->items[i].depth < depth) {
            parent = depth == block->depth ? i : parent;
            depth = blocks->items[i].depth;
            quotes += str_equal(blocks->items[i].name, STR("block_quote")) ? 1 : 0;
        }
    }
    Str start = str_after(line_of(text, block->line), block->column - 1);
    bool fence = str_starts(start, STR("```")) || str_starts(start, STR("~~~"));
    bool quote = str_equal(block->name, STR("block_quote"));
    const char *end = html_end(start);
    if (str_equal(block->name, STR("html_block")) && end != NULL) {
        block->end_line = first_line(block, text, end);
    } else if (str_equal(block->name, STR("heading")) && !str_starts(start, STR("#"))) {
        block->end_line = first_line(block, text, NULL);
    } else {
        block->end_line -= end_column == 0 ? 1 : 0;
    }
    while (!fence && !quote && block->end_line > block->line &&
           is_blank(line_of(text, block->end_line), quotes)) {
        block->end_line--;
    }
    uint32_t limit = blocks->items[parent].end_line;
    block->end_line = block->end_line < limit ? block->end_line : limit;
}

static void read_blocks(Str xml, Str markdown, Arena *arena, ReferenceBlocks *blocks)
{
    uint32_t depth = 0;
    Str text;
    Tag tag;
    while (take_tag(&xml, &text, &tag)) {
        if (is_block(tag.name) && !tag.closes) {
            ReferenceBlock *block = array_add(blocks);
            Str place = arena_copy(arena, attribute(&tag, "sourcepos"));
            block->name = arena_copy(arena, tag.name);
            block->depth = depth - 1;
            block->level = (uint32_t)atoi(arena_copy(arena, attribute(&tag, " level")).data);
            uint32_t end_column = 1;
            sscanf(place.data, "%u:%u-%u:%u", &block->line, &block->column, &block->end_line,
                   &end_column);
            put_right(blocks, end_column, markdown);
        }
        depth += tag.empty ? 0 : tag.closes ? -1u : 1u;
    }
}

bool reference_blocks(const char *file, Str text, Arena *arena, ReferenceBlocks *blocks)
{
    char command[256], chunk[4096];
    Buf xml = {0};
    snprintf(command, sizeof(command), "cmark -t xml --sourcepos '%s'", file);
    FILE *cmark = popen(command, "r");
    for (size_t got; cmark != NULL && (got = fread(chunk, 1, sizeof(chunk), cmark)) > 0;) {
        buf_append(&xml, (Str){chunk, got});
    }
    bool good = cmark != NULL && pclose(cmark) == 0;
    read_blocks(buf_str(&xml), text, arena, blocks);
    buf_finish(&xml);
    return good;
}

/* Headings */

/* The entities that a heading of the specification's HTML has. */
static void append_decoded(Str text, Buf *out)
{
    static const char *const entities[][2] = {
        {"&amp;",  "&" },
        {"&lt;",   "<" },
        {"&gt;",   ">" },
        {"&quot;", "\""}
    };
    while (text.length > 0) {
        size_t used = 1;
        Str plain = str_before(text, 1);
        for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++) {
            if (str_starts(text, str_of(entities[i][0]))) {
                plain = str_of(entities[i][1]);
                used = strlen(entities[i][0]);
            }
        }
        buf_append(out, plain);
        text = str_after(text, used);
    }
}

Str reference_text(Str text, Arena *arena)
{
    Buf out = {0};
    for (size_t i = 0; i < text.length; i++) {
        bool blank = strchr(" \t\n", text.data[i]) != NULL;
        bool after_blank = out.length > 0 && out.data[out.length - 1] == ' ';
        if (!blank || !after_blank) {
            buf_append_char(&out, blank ? ' ' : text.data[i]);
        }
    }
    Str result = arena_copy(arena, str_trim(buf_str(&out)));
    buf_finish(&out);
    return result;
}

static bool is_heading(Str name)
{
    return name.length == 2 && name.data[0] == 'h' && name.data[1] >= '1' && name.data[1] <= '6';
}

void reference_headings(Str html, Arena *arena, ReferenceHeadings *headings)
{
    uint32_t containers = 0;
    bool inside = false;
    Buf content = {0};
    Str text;
    Tag tag;
    while (take_tag(&html, &text, &tag)) {
        bool container = str_equal(tag.name, STR("blockquote")) || str_equal(tag.name, STR("li"));
        containers += !container ? 0 : tag.closes ? -1u : 1u;
        if (inside) {
            append_decoded(text, &content);
            append_decoded(attribute(&tag, " alt"), &content);
        }
        if (is_heading(tag.name)) {
            inside = !tag.closes;
            if (inside) {
                ReferenceHeading *heading = array_add(headings);
                heading->level = (uint32_t)(tag.name.data[1] - '0');
                heading->nested = containers > 0;
                buf_reset(&content);
            } else {
                array_last(headings)->text = reference_text(buf_str(&content), arena);
            }
        }
    }
    buf_finish(&content);
}
