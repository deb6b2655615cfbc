/*
 * str: a borrowed run of bytes. It never owns and is not NUL-terminated; text is UTF-8 unless a
 * function says that any bytes will do. A zeroed Str is the empty string.
 */
#ifndef PROTOCOL_BASE_STR_H
#define PROTOCOL_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    const char *data; /* may be NULL where length is 0 */
    size_t length;    /* in bytes */
} Str;

/* "Not found", from the functions that answer with an offset. */
#define STR_NONE ((size_t)-1)

/* A Str of a string literal; STR_INIT is the form for static initialisers. */
#define STR(literal) ((Str){"" literal, sizeof(literal) - 1})
/* clang-format off */
#define STR_INIT(literal) {"" literal, sizeof(literal) - 1}
/* clang-format on */

/* printf("%.*s", STR_ARG(text)) */
#define STR_ARG(text) (int)(text).length, (text).data

static inline Str str_of(const char *text)
{
    return text == NULL ? (Str){0} : (Str){text, strlen(text)};
}

/* Parts. Offsets past the end are clamped, so that a part of a Str is always within it. */

static inline Str str_before(Str text, size_t offset)
{
    return (Str){text.data, offset < text.length ? offset : text.length};
}

static inline Str str_after(Str text, size_t offset)
{
    return offset < text.length ? (Str){text.data + offset, text.length - offset} : (Str){0};
}

static inline Str str_slice(Str text, size_t start, size_t end)
{
    return end <= start ? (Str){0} : str_after(str_before(text, end), start);
}

/* Without the spaces and tabs at both ends. */
Str str_trim(Str text);

/* Splits at the first `separator`; false where there is none, and then nothing is written. */
bool str_cut(Str text, char separator, Str *before, Str *after);

/* Takes the first line off `rest` ("\n", "\r\n" or "\r" end it and are dropped). False at the end. */
bool str_take_line(Str *rest, Str *line);

/* Queries */

static inline bool str_equal(Str a, Str b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* ASCII letters are equal whatever their case. */
bool str_equal_nocase(Str a, Str b);

/* Bytewise order, as strcmp. */
int str_compare(Str a, Str b);

static inline bool str_starts(Str text, Str prefix)
{
    return text.length >= prefix.length && str_equal(str_before(text, prefix.length), prefix);
}

static inline bool str_ends(Str text, Str suffix)
{
    return text.length >= suffix.length &&
           str_equal(str_after(text, text.length - suffix.length), suffix);
}

/* The offset of the first occurrence, or STR_NONE. An empty needle is found at 0. */
size_t str_find(Str text, Str needle);
size_t str_find_nocase(Str text, Str needle);
size_t str_find_char(Str text, char c);

/* A decimal number without sign, all of `text`. False on anything else and on overflow. */
bool str_to_size(Str text, size_t *value);

/* A 64-bit hash (FNV-1a with a final mix). str_hash_more continues one over further bytes. */
uint64_t str_hash(Str text);
uint64_t str_hash_more(uint64_t hash, Str text);

#endif
