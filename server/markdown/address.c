#include "server/markdown/address.h"

#include "protocol/base/utf.h"
#include "server/unicode/unicode.h"

/* Longer schemes and local parts do not occur; the limit keeps a text of colons linear. */
enum { FRONT_LIMIT = 64 };

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_scheme(char c)
{
    return is_alphanumeric(c) || c == '+' || c == '-' || c == '.';
}

/* Of the part of an e-mail address before the `@`; any byte of a letter that is not ASCII, too. */
static bool is_local(char c)
{
    return is_alphanumeric(c) || (unsigned char)c >= 0x80 || (c != 0 && strchr(".!#%+-_~", c));
}

static uint32_t front_of(Str text, uint32_t from, uint32_t at, bool (*belongs)(char))
{
    uint32_t start = at;
    while (start > from && at - start < FRONT_LIMIT && belongs(text.data[start - 1])) {
        start--;
    }
    return start;
}

/* Where the run of what may stand in a URL ends. */
static uint32_t run_end(Str text, size_t at)
{
    while (at < text.length) {
        size_t next = at;
        uint32_t cp = utf_next(text, &next);
        if (cp <= ' ' || cp == '<' || unicode_is_space(cp) ||
            (cp >= 0x80 && unicode_is_punctuation(cp))) {
            break;
        }
        at = next;
    }
    return (uint32_t)at;
}

/* Without the punctuation that belongs to the sentence. */
static uint32_t trim_end(Str text, uint32_t start, uint32_t end)
{
    int32_t open = 0;
    for (uint32_t i = start; i < end; i++) {
        open += text.data[i] == '(' ? 1 : text.data[i] == ')' ? -1 : 0;
    }
    while (end > start) {
        char last = text.data[end - 1];
        if (last == ')' ? open >= 0 : strchr("?!.,:;*_~'\"|]}", last) == NULL || last == 0) {
            break;
        }
        open += last == ')';
        end--;
    }
    return end;
}

static bool url_from(Str text, uint32_t start, uint32_t host, Span *address)
{
    uint32_t end = trim_end(text, host, run_end(text, host));
    if (end == host) {
        return false;
    }
    *address = (Span){start, end};
    return true;
}

static bool email_at(Str text, uint32_t from, uint32_t at, Span *address)
{
    uint32_t start = front_of(text, from, at, is_local), end = at + 1;
    while (end < text.length && (is_alphanumeric(text.data[end]) || text.data[end] == '-' ||
                                 text.data[end] == '.' || (unsigned char)text.data[end] >= 0x80)) {
        end++;
    }
    end = trim_end(text, at + 1, end);
    if (start == at || str_find_char(str_slice(text, at + 1, end), '.') == STR_NONE) {
        return false;
    }
    *address = (Span){start, end};
    return true;
}

bool address_at(Str text, uint32_t from, uint32_t at, Span *address)
{
    Str rest = str_after(text, at);
    if (str_starts(rest, STR("://"))) {
        uint32_t start = front_of(text, from, at, is_scheme);
        return start < at && url_from(text, start, at + 3, address);
    }
    if (str_starts(rest, STR("www."))) {
        bool begins = at == from || !is_alphanumeric(text.data[at - 1]);
        return begins && url_from(text, at, at + 4, address);
    }
    return str_starts(rest, STR("@")) && email_at(text, from, at, address);
}
