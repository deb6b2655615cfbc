#include "protocol/json_write.h"

#include "protocol/base/utf.h"

#include <assert.h>

/* "Content-Length: ", the digits of a size_t, two line ends. */
enum { HEADER_ROOM = 16 + 20 + 4 };

void jw_finish(JsonWriter *writer)
{
    if (writer != NULL) {
        buf_finish(&writer->out);
        *writer = (JsonWriter){0};
    }
}

void jw_reset(JsonWriter *writer)
{
    buf_reset(&writer->out);
    *writer = (JsonWriter){.out = writer->out};
}

/* Messages */

void jw_message_begin(JsonWriter *writer)
{
    jw_reset(writer);
    buf_reserve(&writer->out, HEADER_ROOM);
    writer->out.length = HEADER_ROOM;
}

Str jw_message_end(JsonWriter *writer)
{
    assert(writer->depth == 0);
    Buf header = {0};
    buf_printf(&header, "Content-Length: %zu\r\n\r\n", writer->out.length - HEADER_ROOM);
    size_t start = HEADER_ROOM - header.length;
    memcpy(writer->out.data + start, header.data, header.length);
    buf_finish(&header);
    return str_after(buf_str(&writer->out), start);
}

Buf jw_message_take(JsonWriter *writer)
{
    Str message = jw_message_end(writer);
    Buf taken = buf_take(&writer->out);
    buf_drop_front(&taken, taken.length - message.length);
    jw_reset(writer);
    return taken;
}

/* Commas */

/* Room for `size` bytes of a value or key, behind the comma that it needs. */
static char *begin_item(JsonWriter *writer, size_t size)
{
    char *at = buf_reserve(&writer->out, size + 1);
    if (writer->comma) {
        *at++ = ',';
        writer->out.length++;
    }
    writer->comma = true;
    return at;
}

static void put(JsonWriter *writer, Str text)
{
    if (text.length > 0) {
        memcpy(begin_item(writer, text.length), text.data, text.length);
        writer->out.length += text.length;
    }
}

static void open_container(JsonWriter *writer, char bracket)
{
    *begin_item(writer, 1) = bracket;
    writer->out.length++;
    writer->depth++;
    writer->comma = false;
}

static void close_container(JsonWriter *writer, char bracket)
{
    assert(writer->depth > 0);
    buf_append_char(&writer->out, bracket);
    writer->depth--;
    writer->comma = true;
}

void jw_begin_object(JsonWriter *writer)
{
    open_container(writer, '{');
}

void jw_end_object(JsonWriter *writer)
{
    close_container(writer, '}');
}

void jw_begin_array(JsonWriter *writer)
{
    open_container(writer, '[');
}

void jw_end_array(JsonWriter *writer)
{
    close_container(writer, ']');
}

/* Text */

/* Whether one of the eight bytes of a word needs a look: not ASCII, a control, a quote, a backslash.
 * A byte of a difference has its high bit set where the byte was smaller, or zero in an exclusive or;
 * a borrow may add a false alarm, never hide a true one. */
static bool needs_look(uint64_t word)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones * 0x80;
    uint64_t quote = word ^ (ones * '"'), backslash = word ^ (ones * '\\');
    return ((word | (word - ones * 0x20) | (quote - ones) | (backslash - ones)) & highs) != 0;
}

/* U+0080 to U+009F, which some terminals obey as they obey an escape sequence. */
static bool is_late_control(Str text, size_t at)
{
    return (unsigned char)text.data[at] == 0xC2 && (unsigned char)text.data[at + 1] < 0xA0;
}

/* How many bytes from `at` on can be copied as they are: a word at a time, then one by one. */
static size_t plain_run(Str text, size_t at)
{
    size_t end = at;
    while (end < text.length) {
        uint64_t word;
        if (end + sizeof(word) <= text.length) {
            memcpy(&word, text.data + end, sizeof(word));
            if (!needs_look(word)) {
                end += sizeof(word);
                continue;
            }
        }
        unsigned char c = (unsigned char)text.data[end];
        size_t length = c < 0x80 ? c >= 0x20 && c != '"' && c != '\\' : utf_sequence(text, end);
        if (length == 0 || is_late_control(text, end)) {
            break;
        }
        end += length;
    }
    return end - at;
}

static void append_escape(Buf *out, unsigned char c)
{
    static const char short_forms[] = {
        ['"'] = '"',  ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f',
        ['\n'] = 'n', ['\r'] = 'r',  ['\t'] = 't',
    };
    static const char digits[] = "0123456789abcdef";
    if (c < sizeof(short_forms) && short_forms[c] != 0) {
        buf_append(out, (Str){
                            (const char[]){'\\', short_forms[c]},
                             2
        });
    } else {
        buf_append(out, STR("\\u00"));
        buf_append(out, (Str){
                            (const char[]){digits[c >> 4], digits[c & 15]},
                             2
        });
    }
}

static void append_quoted(Buf *out, Str text)
{
    buf_append_char(out, '"');
    for (size_t at = 0; at < text.length;) {
        size_t run = plain_run(text, at);
        buf_append(out, str_slice(text, at, at + run));
        at += run;
        if (at < text.length && (unsigned char)text.data[at] < 0x80) {
            append_escape(out, (unsigned char)text.data[at++]);
        } else if (at < text.length) {
            uint32_t c = utf_next(text, &at);
            if (c < 0xA0) {
                append_escape(out, (unsigned char)c);
            } else {
                utf_append(out, c);
            }
        }
    }
    buf_append_char(out, '"');
}

void jw_string(JsonWriter *writer, Str text)
{
    begin_item(writer, text.length + 2);
    append_quoted(&writer->out, text);
}

void jw_key_text(JsonWriter *writer, Str key)
{
    jw_string(writer, key);
    buf_append_char(&writer->out, ':');
    writer->comma = false;
}

void jw_key_plain(JsonWriter *writer, Str key)
{
    char *at = begin_item(writer, key.length + 3);
    at[0] = '"';
    memcpy(at + 1, key.data, key.length);
    at[key.length + 1] = '"';
    at[key.length + 2] = ':';
    writer->out.length += key.length + 3;
    writer->comma = false;
}

/* The rest */

void jw_uint(JsonWriter *writer, uint64_t value)
{
    begin_item(writer, 20);
    buf_append_number(&writer->out, value);
}

void jw_int(JsonWriter *writer, int64_t value)
{
    begin_item(writer, 21);
    if (value < 0) {
        buf_append_char(&writer->out, '-');
    }
    buf_append_number(&writer->out, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void jw_bool(JsonWriter *writer, bool value)
{
    put(writer, value ? STR("true") : STR("false"));
}

void jw_null(JsonWriter *writer)
{
    put(writer, STR("null"));
}

void jw_raw(JsonWriter *writer, Str json)
{
    put(writer, json);
}

JsonMark jw_mark(const JsonWriter *writer)
{
    return (JsonMark){writer->out.length, writer->depth, writer->comma};
}

void jw_rewind(JsonWriter *writer, JsonMark mark)
{
    assert(mark.length <= writer->out.length);
    writer->out.length = mark.length;
    writer->depth = mark.depth;
    writer->comma = mark.comma;
}
