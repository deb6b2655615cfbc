#include "protocol/base/str.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

Str str_trim(Str text)
{
    while (text.length > 0 && is_blank(text.data[0])) {
        text = str_after(text, 1);
    }
    while (text.length > 0 && is_blank(text.data[text.length - 1])) {
        text.length--;
    }
    return text;
}

bool str_cut(Str text, char separator, Str *before, Str *after)
{
    size_t at = str_find_char(text, separator);
    if (at == STR_NONE) {
        return false;
    }
    *before = str_before(text, at);
    *after = str_after(text, at + 1);
    return true;
}

bool str_take_line(Str *rest, Str *line)
{
    if (rest->length == 0) {
        return false;
    }
    size_t end = str_find_char(*rest, '\n');
    size_t lone = str_find_char(str_before(*rest, end), '\r'); /* looked for in this line alone */
    end = lone != STR_NONE ? lone : end != STR_NONE ? end : rest->length;
    size_t next = end + 1;
    if (next < rest->length && rest->data[end] == '\r' && rest->data[next] == '\n') {
        next++;
    }
    *line = str_before(*rest, end);
    *rest = str_after(*rest, next);
    return true;
}

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool str_equal_nocase(Str a, Str b)
{
    if (a.length != b.length) {
        return false;
    }
    for (size_t i = 0; i < a.length; i++) {
        if (lower(a.data[i]) != lower(b.data[i])) {
            return false;
        }
    }
    return true;
}

int str_compare(Str a, Str b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter == 0 ? 0 : memcmp(a.data, b.data, shorter);
    return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

size_t str_find_char(Str text, char c)
{
    const char *at = text.length == 0 ? NULL : memchr(text.data, c, text.length);
    return at == NULL ? STR_NONE : (size_t)(at - text.data);
}

size_t str_find(Str text, Str needle)
{
    if (needle.length == 0) {
        return 0;
    }
    size_t from = 0;
    while (text.length - from >= needle.length) {
        size_t at = str_find_char(str_after(text, from), needle.data[0]);
        if (at == STR_NONE) {
            return STR_NONE;
        }
        from += at;
        if (str_starts(str_after(text, from), needle)) {
            return from;
        }
        from++;
    }
    return STR_NONE;
}

size_t str_find_nocase(Str text, Str needle)
{
    for (size_t at = 0; at + needle.length <= text.length; at++) {
        if (str_equal_nocase(str_slice(text, at, at + needle.length), needle)) {
            return at;
        }
    }
    return needle.length == 0 ? 0 : STR_NONE;
}

bool str_to_size(Str text, size_t *value)
{
    size_t sum = 0;
    for (size_t i = 0; i < text.length; i++) {
        size_t digit = (size_t)(unsigned char)text.data[i] - '0';
        if (digit > 9 || sum > (SIZE_MAX - digit) / 10) {
            return false;
        }
        sum = sum * 10 + digit;
    }
    if (text.length == 0) {
        return false;
    }
    *value = sum;
    return true;
}

uint64_t str_hash_more(uint64_t hash, Str text)
{
    for (size_t i = 0; i < text.length; i++) {
        hash = (hash ^ (unsigned char)text.data[i]) * UINT64_C(0x100000001b3);
    }
    return hash ^ (hash >> 32);
}

uint64_t str_hash(Str text)
{
    return str_hash_more(UINT64_C(0xcbf29ce484222325), text);
}
