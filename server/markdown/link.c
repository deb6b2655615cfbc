#include "server/markdown/link.h"

#include "protocol/base/buf.h"
#include "server/markdown/line.h"
#include "server/unicode/unicode.h"

enum {
    LABEL_LIMIT = 999,      /* "Link reference definitions": at most 999 characters */
    PARENTHESIS_LIMIT = 32, /* nested in a destination, as cmark and md4c have it */
};

static bool is_space(char c)
{
    return is_blank(c) || c == '\n' || c == '\r';
}

static bool is_punctuation(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
}

static bool is_control(char c)
{
    return (unsigned char)c <= ' ' || c == 0x7F;
}

/* The length of what stands at `at`: 2 for an escaped character, else 1. */
static size_t step(Str text, size_t at)
{
    return text.data[at] == '\\' && at + 1 < text.length && is_punctuation(text.data[at + 1]) ? 2
                                                                                              : 1;
}

size_t link_skip_blanks(Str text, size_t at)
{
    while (at < text.length && is_space(text.data[at])) {
        at++;
    }
    return at;
}

size_t link_label(Str text, size_t at, Span *label)
{
    if (at >= text.length || text.data[at] != '[') {
        return STR_NONE;
    }
    size_t start = at + 1, end = start;
    bool blank = true;
    while (end < text.length && text.data[end] != ']' && end - start <= LABEL_LIMIT) {
        if (text.data[end] == '[') {
            return STR_NONE;
        }
        blank = blank && is_space(text.data[end]);
        end += step(text, end);
    }
    if (end >= text.length || text.data[end] != ']' || blank) {
        return STR_NONE;
    }
    *label = (Span){(uint32_t)start, (uint32_t)end};
    return end + 1;
}

static size_t angle_destination(Str text, size_t at, Span *destination)
{
    size_t start = at + 1, end = start;
    while (end < text.length && text.data[end] != '>') {
        if (text.data[end] == '<' || text.data[end] == '\n' || text.data[end] == '\r') {
            return STR_NONE;
        }
        end += step(text, end);
    }
    if (end >= text.length) {
        return STR_NONE;
    }
    *destination = (Span){(uint32_t)start, (uint32_t)end};
    return end + 1;
}

size_t link_destination(Str text, size_t at, Span *destination)
{
    if (at < text.length && text.data[at] == '<') {
        return angle_destination(text, at, destination);
    }
    size_t end = at;
    int depth = 0;
    while (end < text.length && !is_control(text.data[end])) {
        char c = text.data[end];
        depth += (c == '(') - (c == ')');
        if (depth < 0 || depth > PARENTHESIS_LIMIT) {
            break;
        }
        end += step(text, end);
    }
    if (depth > 0 || end == at) {
        return STR_NONE;
    }
    *destination = (Span){(uint32_t)at, (uint32_t)end};
    return end;
}

size_t link_title(Str text, size_t at, Span *title)
{
    char open = at < text.length ? text.data[at] : 0;
    if (open != '"' && open != '\'' && open != '(') {
        return STR_NONE;
    }
    char close = open == '(' ? ')' : open;
    size_t start = at + 1, end = start;
    while (end < text.length && text.data[end] != close) {
        if (open == '(' && text.data[end] == '(') {
            return STR_NONE;
        }
        end += step(text, end);
    }
    if (end >= text.length) {
        return STR_NONE;
    }
    *title = (Span){(uint32_t)start, (uint32_t)end};
    return end + 1;
}

size_t link_tail(Str text, size_t at, Span *destination, Span *title)
{
    if (at >= text.length || text.data[at] != '(') {
        return STR_NONE;
    }
    Span found = {0}, named = {0};
    at = link_skip_blanks(text, at + 1);
    size_t end = link_destination(text, at, &found);
    if (end != STR_NONE) {
        at = link_skip_blanks(text, end);
        size_t behind = at > end ? link_title(text, at, &named) : STR_NONE;
        at = behind == STR_NONE ? at : link_skip_blanks(text, behind);
    }
    if (at >= text.length || text.data[at] != ')') {
        return STR_NONE;
    }
    *destination = found;
    *title = named;
    return at + 1;
}

static size_t skip_line_blanks(Str text, size_t at)
{
    while (at < text.length && is_blank(text.data[at])) {
        at++;
    }
    return at;
}

/* Blanks with at most one line ending among them. */
static size_t skip_to_next(Str text, size_t at)
{
    at = skip_line_blanks(text, at);
    return at < text.length && text.data[at] == '\n' ? skip_line_blanks(text, at + 1) : at;
}

/* Behind the line's ending, where only blanks are left of the line; else STR_NONE. */
static size_t line_end(Str text, size_t at)
{
    at = skip_line_blanks(text, at);
    if (at >= text.length) {
        return text.length;
    }
    return text.data[at] == '\n' ? at + 1 : STR_NONE;
}

size_t link_definition(Str text, size_t at, Span *label)
{
    Span found, ignored;
    size_t end = link_label(text, at, &found);
    if (end == STR_NONE || end >= text.length || text.data[end] != ':') {
        return STR_NONE;
    }
    end = link_destination(text, skip_to_next(text, end + 1), &ignored);
    if (end == STR_NONE) {
        return STR_NONE;
    }
    size_t without_title = line_end(text, end);
    size_t title = skip_to_next(text, end);
    size_t behind = title > end ? link_title(text, title, &ignored) : STR_NONE;
    size_t with_title = behind == STR_NONE ? STR_NONE : line_end(text, behind);
    size_t whole = with_title != STR_NONE ? with_title : without_title;
    if (whole != STR_NONE) {
        *label = found;
    }
    return whole;
}

LabelKey link_label_key(Str label)
{
    Buf normalised = {0};
    unicode_normalise_label(&normalised, label);
    LabelKey key = str_hash(buf_str(&normalised));
    buf_finish(&normalised);
    return key;
}

LabelKey link_footnote_key(Str label)
{
    return str_hash_more(link_label_key(label), STR("^"));
}
