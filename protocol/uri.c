#include "protocol/uri.h"

/* A file: URI, taken apart. */
typedef struct {
    Str host; /* empty for this machine */
    Str path; /* as it was written */
    Str tail; /* the query and fragment, with their mark */
} FileUri;

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* A character of a path that is written as it is: pchar of RFC 3986, and the slash. */
static bool is_plain(char c)
{
    static const Str marks = STR_INIT("-._~!$&'()*+,;=:@/");
    return is_letter(c) || (c >= '0' && c <= '9') ||
           (c != 0 && str_find_char(marks, c) != STR_NONE);
}

static int hex_digit(char c)
{
    char small = lower(c);
    return c >= '0' && c <= '9' ? c - '0' : small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

/* Takes what stands before the first of `ends` off `rest`. */
static Str take_until(Str *rest, Str ends)
{
    size_t end = 0;
    while (end < rest->length && str_find_char(ends, rest->data[end]) == STR_NONE) {
        end++;
    }
    Str taken = str_before(*rest, end);
    *rest = str_after(*rest, end);
    return taken;
}

static bool split(Str uri, FileUri *out)
{
    Str scheme, rest;
    if (!str_cut(uri, ':', &scheme, &rest) || !str_equal_nocase(scheme, STR("file"))) {
        return false;
    }
    FileUri parts = {0};
    if (str_starts(rest, STR("//"))) {
        rest = str_after(rest, 2);
        parts.host = take_until(&rest, STR("/?#"));
    }
    parts.path = take_until(&rest, STR("?#"));
    parts.tail = rest;
    if (str_equal_nocase(parts.host, STR("localhost"))) {
        parts.host = (Str){0};
    }
    *out = parts;
    return true;
}

static void append_decoded(Str text, Buf *out)
{
    for (size_t i = 0; i < text.length; i++) {
        int high = -1, low = -1;
        if (text.data[i] == '%' && text.length - i > 2) {
            high = hex_digit(text.data[i + 1]);
            low = hex_digit(text.data[i + 2]);
        }
        bool escape = high >= 0 && low >= 0;
        buf_append_char(out, escape ? (char)(high * 16 + low) : text.data[i]);
        i += escape ? 2 : 0;
    }
}

static void append_encoded(Str text, Buf *out)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (is_plain(text.data[i])) {
            buf_append_char(out, text.data[i]);
        } else {
            buf_append(out, (Str){
                                (const char[]){'%', digits[c >> 4], digits[c & 15]},
                                 3
            });
        }
    }
}

/* Whether a path begins with a drive: `c:`, at its end or before a slash. */
static bool has_drive(Str path)
{
    return path.length >= 2 && is_letter(path.data[0]) && path.data[1] == ':' &&
           (path.length == 2 || path.data[2] == '/' || path.data[2] == '\\');
}

/* The path that is meant: with a slash in front, also of a drive, whose letter is small. */
static Buf meant_path(Str written)
{
    Buf path = {0};
    append_decoded(written, &path);
    if (path.length == 0 || path.data[0] != '/') {
        buf_reset(&path);
        buf_append_char(&path, '/');
        append_decoded(written, &path);
    }
    if (has_drive(str_after(buf_str(&path), 1))) {
        path.data[1] = lower(path.data[1]);
    }
    return path;
}

void uri_normalise(Str uri, Buf *out)
{
    FileUri parts;
    if (!split(uri, &parts)) {
        buf_append(out, uri);
        return;
    }
    Buf path = meant_path(parts.path);
    buf_append(out, STR("file://"));
    for (size_t i = 0; i < parts.host.length; i++) {
        buf_append_char(out, lower(parts.host.data[i]));
    }
    append_encoded(buf_str(&path), out);
    buf_append(out, parts.tail);
    buf_finish(&path);
}

bool uri_to_path(Str uri, Buf *out)
{
    FileUri parts;
    if (!split(uri, &parts)) {
        return false;
    }
    Buf path = meant_path(parts.path);
    Str text = buf_str(&path);
    bool good = str_find_char(text, '\0') == STR_NONE;
    if (good && parts.host.length > 0) {
        buf_append(out, STR("//"));
        buf_append(out, parts.host);
    } else if (has_drive(str_after(text, 1))) {
        text = str_after(text, 1);
    }
    if (good) {
        buf_append(out, text);
    }
    buf_finish(&path);
    return good;
}

void uri_of_path(Str path, Buf *out)
{
    bool drive = has_drive(path), server = str_starts(path, STR("\\\\"));
    Buf slashed = {0};
    buf_append(&slashed, drive ? STR("/") : STR(""));
    buf_append(&slashed, server ? str_after(path, 2) : path);
    for (size_t i = 0; (drive || server) && i < slashed.length; i++) {
        slashed.data[i] = slashed.data[i] == '\\' ? '/' : slashed.data[i];
    }
    if (drive) {
        slashed.data[1] = lower(slashed.data[1]);
    }
    buf_append(out, STR("file://"));
    append_encoded(buf_str(&slashed), out);
    buf_finish(&slashed);
}
