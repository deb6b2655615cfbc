#include "protocol/frame.h"

#include "protocol/limits.h"

static const Str separator = STR_INIT("\r\n\r\n");
static const Str length_header = STR_INIT("Content-Length");
static const Str type_header = STR_INIT("Content-Type");

void frame_reader_init(FrameReader *reader, size_t limit)
{
    *reader = (FrameReader){.limit = limit};
}

void frame_reader_finish(FrameReader *reader)
{
    if (reader != NULL) {
        buf_finish(&reader->input);
    }
}

/* Moves the rest to the front, but not before half of the buffer is used: each byte moves at most
 * once for each byte that goes. */
static void drop_used(FrameReader *reader)
{
    if (reader->used == 0 || reader->used < reader->input.length / 2) {
        return;
    }
    buf_drop_front(&reader->input, reader->used);
    reader->scanned = reader->scanned > reader->used ? reader->scanned - reader->used : 0;
    reader->used = 0;
    if (reader->input.length == 0 && reader->input.capacity > LIMIT_IDLE_INPUT_BYTES) {
        buf_finish(&reader->input);
    }
}

void frame_feed(FrameReader *reader, Str chunk)
{
    drop_used(reader);
    buf_append(&reader->input, chunk);
}

static Str rest_of(const FrameReader *reader)
{
    return str_after(buf_str(&reader->input), reader->used);
}

static FrameEvent skip_bad(FrameReader *reader, size_t count)
{
    reader->used += count;
    reader->state = FRAME_SEEKING;
    return FRAME_BAD;
}

/* Goes to what may be the next header; false where none has come. What may be its first half stays.
 */
static bool seek(FrameReader *reader)
{
    Str rest = rest_of(reader);
    size_t at = str_find_nocase(rest, length_header);
    if (at == STR_NONE) {
        size_t half = length_header.length - 1;
        reader->used += rest.length > half ? rest.length - half : 0;
        return false;
    }
    reader->used += at;
    reader->state = FRAME_IN_HEADERS;
    return true;
}

static bool is_utf8(Str charset)
{
    Str name = str_trim(charset);
    if (name.length >= 2 && name.data[0] == '"' && name.data[name.length - 1] == '"') {
        name = str_slice(name, 1, name.length - 1);
    }
    return str_equal_nocase(name, STR("utf-8")) || str_equal_nocase(name, STR("utf8"));
}

/* Whether a Content-Type names no charset or the only one there is; "utf8" is an old spelling. */
static bool is_readable(Str type)
{
    Str parameter, rest = type, name, value;
    while (str_cut(rest, ';', &parameter, &rest)) {
        parameter = str_before(rest, str_find_char(rest, ';'));
        if (str_cut(parameter, '=', &name, &value) &&
            str_equal_nocase(str_trim(name), STR("charset")) && !is_utf8(value)) {
            return false;
        }
    }
    return true;
}

/* A header part as it was found. */
typedef struct {
    size_t length;    /* the value of the last Content-Length that is a number */
    uint32_t lengths; /* how many Content-Length lines there are */
    bool bad;         /* a line is no header, or a value is not understood */
    bool foreign;     /* the body is in another charset */
} Headers;

static void read_header(Headers *headers, Str line)
{
    Str name, value;
    if (!str_cut(line, ':', &name, &value) || name.length == 0 ||
        str_find_char(name, ' ') != STR_NONE) {
        headers->bad = true;
    } else if (str_equal_nocase(name, length_header)) {
        headers->lengths++;
        headers->bad |= !str_to_size(str_trim(value), &headers->length);
    } else if (str_equal_nocase(name, type_header)) {
        headers->foreign |= !is_readable(value);
    }
}

static FrameEvent begin_body(FrameReader *reader, Str part)
{
    Headers headers = {0};
    size_t whole = part.length + separator.length;
    for (Str line; str_take_line(&part, &line);) {
        read_header(&headers, line);
    }
    if (headers.lengths > 1 || headers.foreign) {
        return skip_bad(reader, whole); /* a second length is no better than the first */
    }
    if (headers.lengths == 0 || headers.bad) {
        return skip_bad(reader, 1); /* a stray line: the header may be right behind it */
    }
    reader->used += whole;
    reader->size = headers.length;
    reader->left = headers.length;
    reader->state = headers.length > reader->limit ? FRAME_SKIPPING : FRAME_IN_BODY;
    return FRAME_NONE;
}

static FrameEvent read_headers(FrameReader *reader)
{
    Str rest = str_before(rest_of(reader), LIMIT_HEADER_BYTES + separator.length);
    size_t known = reader->scanned > reader->used ? reader->scanned - reader->used : 0;
    size_t at = str_find(str_after(rest, known), separator);
    if (at != STR_NONE) {
        return begin_body(reader, str_before(rest, known + at));
    }
    size_t half = separator.length - 1;
    reader->scanned = reader->used + (rest.length > half ? rest.length - half : 0);
    return rest.length == LIMIT_HEADER_BYTES + separator.length ? skip_bad(reader, 1) : FRAME_NONE;
}

static FrameEvent take_part(FrameReader *reader, Frame *frame)
{
    if (reader->left == 0) {
        reader->state = FRAME_IN_HEADERS;
        *frame = (Frame){.size = reader->size};
        return FRAME_TOO_LARGE;
    }
    Str part = str_before(rest_of(reader), reader->left);
    if (part.length == 0) {
        return FRAME_NONE;
    }
    reader->used += part.length;
    reader->left -= part.length;
    *frame = (Frame){.body = part, .size = reader->size};
    return FRAME_PART;
}

static FrameEvent take_body(FrameReader *reader, Frame *frame)
{
    Str rest = rest_of(reader);
    if (rest.length < reader->size) {
        buf_reserve(&reader->input, reader->size - rest.length); /* once, not by doubling */
        return FRAME_NONE;
    }
    reader->used += reader->size;
    reader->state = FRAME_IN_HEADERS;
    *frame = (Frame){.body = str_before(rest, reader->size), .size = reader->size};
    return FRAME_BODY;
}

FrameEvent frame_next(FrameReader *reader, Frame *frame)
{
    drop_used(reader);
    if (reader->state == FRAME_SEEKING && !seek(reader)) {
        return FRAME_NONE;
    }
    if (reader->state == FRAME_IN_HEADERS) {
        FrameEvent event = read_headers(reader);
        if (event != FRAME_NONE || reader->state == FRAME_IN_HEADERS) {
            return event;
        }
    }
    return reader->state == FRAME_SKIPPING ? take_part(reader, frame) : take_body(reader, frame);
}
