#include "protocol/position.h"

#include "protocol/base/utf.h"

static const Str names[] = {
    [POSITION_UTF16] = STR_INIT("utf-16"),
    [POSITION_UTF8] = STR_INIT("utf-8"),
    [POSITION_UTF32] = STR_INIT("utf-32"),
};

Str position_encoding_name(PositionEncoding encoding)
{
    return names[encoding];
}

bool position_encoding_of(Str name, PositionEncoding *encoding)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        if (str_equal(name, names[i])) {
            *encoding = (PositionEncoding)i;
            return true;
        }
    }
    return false;
}

/* The length of the ASCII text at `offset`, at most `most`: a word at a time, then bytes. */
static size_t ascii_run(Str text, size_t offset, size_t most)
{
    Str run = str_before(str_after(text, offset), most);
    size_t length = 0;
    for (uint64_t word; length + sizeof(word) <= run.length; length += sizeof(word)) {
        memcpy(&word, run.data + length, sizeof(word));
        if ((word & UINT64_C(0x8080808080808080)) != 0) {
            break;
        }
    }
    while (length < run.length && (unsigned char)run.data[length] < 0x80) {
        length++;
    }
    return length;
}

static uint32_t units_of(uint32_t code_point, PositionEncoding encoding)
{
    return encoding == POSITION_UTF16 && code_point > 0xFFFF ? 2 : 1;
}

/* Whether a character of two bytes is at `offset`: all there is in many an alphabet. */
static bool is_pair(Str text, size_t offset)
{
    if (offset + 1 >= text.length) {
        return false;
    }
    unsigned char first = (unsigned char)text.data[offset];
    unsigned char second = (unsigned char)text.data[offset + 1];
    return first >= 0xC2 && first <= 0xDF && (second & 0xC0) == 0x80;
}

/* Where text is made of characters of one byte and of two, eight bytes at a time: how many of those at
 * `offset` are whole characters, and how many characters; 0 where something else is among them. */
static size_t pairs_run(Str text, size_t offset, uint32_t *characters)
{
    const uint64_t tops = UINT64_C(0x8080808080808080);
    uint64_t word;
    if (text.length - offset < sizeof(word)) {
        return 0;
    }
    memcpy(&word, text.data + offset, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    uint64_t leads = word & (word << 1) & tops; /* 11xxxxxx */
    uint64_t rest = word & ~(word << 1) & tops; /* 10xxxxxx */
    uint64_t two = (word & UINT64_C(0x1E1E1E1E1E1E1E1E)) + UINT64_C(0x7E7E7E7E7E7E7E7E);
    bool other = (leads & (word << 2)) != 0 || (leads & ~two) != 0; /* longer, or C0 and C1 */
    if (other || rest != leads << 8) {
        return 0;
    }
    size_t length = sizeof(word) - (leads >> 63);
    *characters = (uint32_t)(length - (size_t)__builtin_popcountll(rest));
    return length;
}

uint32_t position_units(Str prefix, PositionEncoding encoding)
{
    if (encoding == POSITION_UTF8) {
        return (uint32_t)prefix.length;
    }
    uint32_t units = 0;
    for (size_t at = 0; at < prefix.length;) {
        size_t ascii = (unsigned char)prefix.data[at] < 0x80 ? ascii_run(prefix, at, STR_NONE) : 0;
        units += (uint32_t)ascii;
        at += ascii;
        uint32_t characters = 0;
        for (size_t run; (run = pairs_run(prefix, at, &characters)) > 0; at += run) {
            units += characters;
        }
        while (is_pair(prefix, at)) {
            units++;
            at += 2;
        }
        if (at < prefix.length && (unsigned char)prefix.data[at] >= 0x80) {
            units += units_of(utf_next(prefix, &at), encoding);
        }
    }
    return units;
}

/* `offset`, or the start of the valid sequence that it is inside of. */
static size_t sequence_start(Str line, size_t offset)
{
    for (size_t back = 1; back <= 3 && back <= offset; back++) {
        if (utf_sequence(line, offset - back) > back) {
            return offset - back;
        }
    }
    return offset;
}

size_t position_bytes(Str line, uint32_t units, PositionEncoding encoding)
{
    if (encoding == POSITION_UTF8) {
        return units >= line.length ? line.length : sequence_start(line, units);
    }
    size_t at = 0;
    while (at < line.length && units > 0) {
        size_t ascii = ascii_run(line, at, units);
        units -= (uint32_t)ascii;
        at += ascii;
        if (units == 0 || at == line.length) {
            break;
        }
        size_t next = at;
        uint32_t wide = units_of(utf_next(line, &next), encoding);
        if (wide > units) {
            break;
        }
        units -= wide;
        at = next;
    }
    return at;
}
