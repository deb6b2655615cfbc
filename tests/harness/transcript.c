#include "tests/harness/transcript.h"

#include <stdlib.h>

#include "protocol/json_read.h"
#include "tests/harness/client.h"
#include "tests/harness/ellipsis.h"

/* Names of errors */

static const struct {
    int code;
    Str name;
} codes[] = {
    {-32700, STR_INIT("ParseError")          },
    {-32600, STR_INIT("InvalidRequest")      },
    {-32601, STR_INIT("MethodNotFound")      },
    {-32602, STR_INIT("InvalidParams")       },
    {-32603, STR_INIT("InternalError")       },
    {-32002, STR_INIT("ServerNotInitialized")},
    {-32800, STR_INIT("RequestCancelled")    },
    {-32801, STR_INIT("ContentModified")     },
};

enum { CODE_COUNT = sizeof(codes) / sizeof(*codes) };

/* Words of a line */

static Str take_word(Str *rest)
{
    Str text = str_trim(*rest);
    size_t end = str_find_char(text, ' ');
    *rest = end == STR_NONE ? (Str){0} : str_trim(str_after(text, end));
    return str_before(text, end);
}

static bool is_id(Str word)
{
    return word.length > 0 &&
           (strchr("-0123456789\"", word.data[0]) != NULL || str_equal(word, STR("null")));
}

/* Sending */

static void append_frame(Buf *out, Str body)
{
    buf_printf(out, "Content-Length: %zu\r\n\r\n", body.length);
    buf_append(out, body);
}

/* The bytes of a literal as C has them. */
static void append_unescaped(Buf *out, Str literal)
{
    Str inner = str_slice(literal, 1, literal.length - 1);
    for (size_t at = 0; at < inner.length; at++) {
        char c = inner.data[at];
        if (c == '\\' && at + 1 < inner.length) {
            c = inner.data[++at];
            if (c == 'x') {
                char digits[3] = {inner.data[at + 1], inner.data[at + 2], 0};
                c = (char)strtol(digits, NULL, 16);
                at += 2;
            } else {
                c = c == 'n' ? '\n' : c == 'r' ? '\r' : c;
            }
        }
        buf_append_char(out, c);
    }
}

static void append_call(Buf *body, Str id, Str rest)
{
    Str method = take_word(&rest);
    buf_append(body, STR("{\"jsonrpc\": \"2.0\""));
    if (id.length > 0) {
        buf_printf(body, ", \"id\": %.*s", STR_ARG(id));
    }
    if (str_equal(method, STR("result"))) {
        buf_printf(body, ", \"result\": %.*s}", STR_ARG(rest));
        return;
    }
    buf_printf(body, ", \"method\": \"%.*s\"", STR_ARG(method));
    if (rest.length > 0) {
        buf_append(body, STR(", \"params\": "));
        buf_append(body, rest);
    }
    buf_append_char(body, '}');
}

static void read_send(Step *step, Str line)
{
    Str rest = line, first = take_word(&rest);
    if (str_equal(line, STR("(end of input)"))) {
        step->kind = STEP_CLOSE;
    } else if (str_equal(first, STR("bytes"))) {
        append_unescaped(&step->bytes, rest);
    } else if (str_equal(first, STR("body"))) {
        Buf body = {0};
        if (str_starts(rest, STR("\""))) {
            append_unescaped(&body, rest);
        } else {
            buf_append(&body, rest);
        }
        append_frame(&step->bytes, buf_str(&body));
        buf_finish(&body);
    } else {
        Buf body = {0};
        append_call(&body, is_id(first) ? first : (Str){0}, is_id(first) ? rest : line);
        append_frame(&step->bytes, buf_str(&body));
        buf_finish(&body);
    }
}

/* Expecting */

static bool append_error(Buf *out, Str rest)
{
    Str name = take_word(&rest);
    for (size_t i = 0; i < CODE_COUNT; i++) {
        if (str_equal(codes[i].name, name)) {
            Str text = rest.length > 0 ? rest : STR("…");
            buf_printf(out, "\"error\": {\"code\": %d, \"message\": %.*s}}", codes[i].code,
                       STR_ARG(text));
            return true;
        }
    }
    return false;
}

/* A request of the server: "1 workspace/configuration {…}". */
static bool is_method(Str word)
{
    return word.length > 0 && word.data[0] >= 'a' && word.data[0] <= 'z' &&
           str_find_char(word, '/') != STR_NONE;
}

static bool append_expected(Buf *out, Str line)
{
    Str rest = line, first = take_word(&rest);
    buf_append(out, STR("{\"jsonrpc\": \"2.0\", "));
    if (!is_id(first)) {
        buf_printf(out, "\"method\": \"%.*s\", \"params\": ", STR_ARG(first));
        buf_append(out, rest);
        buf_append_char(out, '}');
        return rest.length > 0;
    }
    buf_printf(out, "\"id\": %.*s, ", STR_ARG(first));
    if (str_starts(rest, STR("error "))) {
        return append_error(out, str_after(rest, 6));
    }
    Str params = rest, method = take_word(&params);
    if (is_method(method)) {
        buf_printf(out, "\"method\": \"%.*s\", \"params\": ", STR_ARG(method));
        rest = params;
    } else {
        buf_append(out, STR("\"result\": "));
    }
    buf_append(out, rest);
    buf_append_char(out, '}');
    return rest.length > 0;
}

static bool read_expectation(Step *step, Str line)
{
    static const Str end = STR_INIT("(ends with ");
    if (str_starts(line, end) && str_ends(line, STR(")"))) {
        step->kind = STEP_END;
        return str_to_size(str_slice(line, end.length, line.length - 1), &step->code);
    }
    step->kind = STEP_EXPECT;
    Buf text = {0};
    bool good = append_expected(&text, line);
    ellipsis_to_json(buf_str(&text), &step->bytes);
    buf_finish(&text);
    return good;
}

/* Files */

static bool read_step(Transcript *transcript, Str text, size_t start, size_t end)
{
    Step *step = array_add(&transcript->steps);
    *step = (Step){.start = start, .end = end};
    Str line = str_slice(text, start, end);
    if (str_starts(line, STR("--> "))) {
        read_send(step, str_trim(str_after(line, 4)));
        return true;
    }
    return str_starts(line, STR("<-- ")) && read_expectation(step, str_trim(str_after(line, 4)));
}

/* Where the step that begins at `start` ends: before the first line that does not go on with it. */
static size_t step_end(Str text, size_t start)
{
    size_t end = start;
    do {
        size_t line = str_find_char(str_after(text, end + 1), '\n');
        end = line == STR_NONE ? text.length : end + 1 + line;
    } while (end + 1 < text.length && text.data[end + 1] == ' ');
    return end;
}

bool transcript_read(Transcript *transcript, const char *path)
{
    *transcript = (Transcript){0};
    if (!client_read_file(path, &transcript->text)) {
        buf_append(&transcript->error, STR("cannot be read"));
        return false;
    }
    Str text = buf_str(&transcript->text);
    for (size_t at = 0; at < text.length;) {
        if (text.data[at] == '#' || text.data[at] == '\n') {
            size_t line = str_find_char(str_after(text, at), '\n');
            at = line == STR_NONE ? text.length : at + line + 1;
            continue;
        }
        size_t end = step_end(text, at);
        if (!read_step(transcript, text, at, end)) {
            buf_printf(&transcript->error, "not understood: %.*s",
                       STR_ARG(str_slice(text, at, end)));
            return false;
        }
        at = end + 1;
    }
    return true;
}

void transcript_finish(Transcript *transcript)
{
    for (uint32_t i = 0; i < transcript->steps.count; i++) {
        buf_finish(&transcript->steps.items[i].bytes);
    }
    array_finish(&transcript->steps);
    buf_finish(&transcript->text);
    buf_finish(&transcript->error);
}

/* Printing: the value of a member is cut out of the text, in which members come in the order in which
 * the server writes them: the envelope's own first. */

static void print_error(JsonReader error, Buf *out)
{
    int64_t code = 0;
    jr_int64(jr_field(error, "code"), &code);
    for (size_t i = 0; i < CODE_COUNT; i++) {
        if (codes[i].code == code) {
            buf_printf(out, "error %.*s", STR_ARG(codes[i].name));
        }
    }
}

static void print_id(JsonReader id, Buf *out)
{
    int64_t number;
    if (jr_kind(id) == JR_INTEGER && jr_int64(id, &number)) {
        buf_printf(out, "%lld ", (long long)number);
    } else if (jr_kind(id) == JR_STRING) {
        buf_printf(out, "\"%.*s\" ", STR_ARG(jr_string_or(id, (Str){0})));
    } else {
        buf_append(out, STR("null "));
    }
}

static void print_value(Str body, const char *key, Buf *out)
{
    Buf mark = {0};
    buf_printf(&mark, "\"%s\":", key);
    size_t at = str_find(body, buf_str(&mark));
    ellipsis_print(str_slice(body, at + mark.length, body.length - 1), out);
    buf_finish(&mark);
}

void transcript_print(Str body, Buf *out)
{
    JsonDocument document = {0};
    buf_append(out, STR("<-- "));
    if (!json_document_parse(body, &document, out)) {
        return;
    }
    JsonReader root = json_document_root(&document);
    Str method = jr_string_or(jr_field(root, "method"), (Str){0});
    if (method.length > 0) {
        if (jr_kind(jr_field(root, "id")) != JR_MISSING) {
            print_id(jr_field(root, "id"), out);
        }
        buf_printf(out, "%.*s ", STR_ARG(method));
        print_value(body, "params", out);
    } else {
        print_id(jr_field(root, "id"), out);
        if (jr_missing(jr_field(root, "error"))) {
            print_value(body, "result", out);
        } else {
            print_error(jr_field(root, "error"), out);
        }
    }
    json_document_finish(&document);
}
