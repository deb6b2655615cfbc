#include "protocol/base/utf.h"

/* What a lead byte asks of the bytes behind it (The Unicode Standard, table 3-7). */
typedef struct {
    uint8_t length;    /* of the whole sequence, in bytes; 0: no lead byte */
    uint8_t low, high; /* the range of the second byte; the later ones are 80..BF */
} Lead;

static Lead lead(unsigned char byte)
{
    if (byte < 0x80) {
        return (Lead){1, 0, 0};
    }
    if (byte >= 0xC2 && byte <= 0xDF) {
        return (Lead){2, 0x80, 0xBF};
    }
    if (byte >= 0xE0 && byte <= 0xEF) {
        return (Lead){3, byte == 0xE0 ? 0xA0 : 0x80, byte == 0xED ? 0x9F : 0xBF};
    }
    if (byte >= 0xF0 && byte <= 0xF4) {
        return (Lead){4, byte == 0xF0 ? 0x90 : 0x80, byte == 0xF4 ? 0x8F : 0xBF};
    }
    return (Lead){0, 0, 0};
}

/* How many bytes at `offset` are the beginning of a valid sequence, at most `want.length`. */
static size_t valid_prefix(Str text, size_t offset, Lead want)
{
    size_t length = 1;
    while (length < want.length && offset + length < text.length) {
        unsigned char byte = (unsigned char)text.data[offset + length];
        bool good = length == 1 ? byte >= want.low && byte <= want.high : (byte & 0xC0) == 0x80;
        if (!good) {
            break;
        }
        length++;
    }
    return length;
}

size_t utf_sequence_any(Str text, size_t offset)
{
    Lead want = lead((unsigned char)text.data[offset]);
    return want.length != 0 && valid_prefix(text, offset, want) == want.length ? want.length : 0;
}

uint32_t utf_next_any(Str text, size_t *offset)
{
    size_t start = *offset;
    unsigned char first = (unsigned char)text.data[start];
    if (first < 0x80) {
        *offset = start + 1;
        return first;
    }
    Lead want = lead(first);
    size_t length = valid_prefix(text, start, want);
    *offset = start + length;
    if (length != want.length) {
        return UTF_REPLACEMENT;
    }
    uint32_t code_point = first & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        code_point = code_point << 6 | ((unsigned char)text.data[start + i] & 0x3F);
    }
    return code_point;
}

uint32_t utf_previous(Str text, size_t *offset)
{
    size_t end = *offset, start = end - 1;
    while (start > 0 && end - start < 4 && ((unsigned char)text.data[start] & 0xC0) == 0x80) {
        start--;
    }
    for (size_t at = start; at < end;) {
        size_t from = at;
        uint32_t code_point = utf_next(str_before(text, end), &at);
        if (at == end) {
            *offset = from;
            return code_point;
        }
    }
    *offset = end - 1;
    return UTF_REPLACEMENT;
}

/* The first offset from `at` on whose next eight bytes are not all ASCII. */
static size_t skip_ascii(Str text, size_t at)
{
    uint64_t word;
    while (text.length - at >= sizeof(word)) {
        memcpy(&word, text.data + at, sizeof(word));
        if ((word & UINT64_C(0x8080808080808080)) != 0) {
            break;
        }
        at += sizeof(word);
    }
    return at;
}

bool utf_valid(Str text)
{
    for (size_t at = skip_ascii(text, 0); at < text.length; at = skip_ascii(text, at)) {
        size_t length = utf_sequence(text, at);
        if (length == 0) {
            return false;
        }
        at += length;
    }
    return true;
}

size_t utf_encode(uint32_t code_point, char out[4])
{
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
        code_point = UTF_REPLACEMENT;
    }
    size_t length = code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    static const unsigned char marks[] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(marks[length] | code_point);
    return length;
}

void utf_append(Buf *buf, uint32_t code_point)
{
    buf->length += utf_encode(code_point, buf_reserve(buf, 4));
}
