#include "tests/harness/ellipsis.h"

static const Str ellipsis = STR_INIT("…");

/* The length of the string literal at the start of `text`, quotes included. */
static size_t literal_length(Str text)
{
    size_t at = 1;
    while (at < text.length && text.data[at] != '"') {
        at += text.data[at] == '\\' ? 2 : 1;
    }
    return at < text.length ? at + 1 : text.length;
}

/* Whether the next byte of `text` that is no blank is `c`. */
static bool next_is(Str text, char c)
{
    size_t at = 0;
    while (at < text.length && strchr(" \t\n", text.data[at]) != NULL) {
        at++;
    }
    return at < text.length && text.data[at] == c;
}

/* A bare … that ends an object is a member, else a value. */
void ellipsis_to_json(Str text, Buf *out)
{
    char last = 0;
    for (size_t at = 0; at < text.length;) {
        Str rest = str_after(text, at);
        size_t length = 1;
        if (rest.data[0] == '"') {
            length = literal_length(rest);
            buf_append(out, str_before(rest, length));
        } else if (str_starts(rest, ellipsis)) {
            length = ellipsis.length;
            bool member = (last == ',' || last == '{') && next_is(str_after(rest, length), '}');
            buf_append(out, member ? STR("\"…\": null") : STR("\"…\""));
        } else {
            buf_append_char(out, rest.data[0]);
        }
        last = strchr(" \t\n", rest.data[0]) == NULL ? rest.data[0] : last;
        at += length;
    }
}

/* Text with any number of … in it. */
static bool text_matches(Str expected, Str actual)
{
    size_t at = str_find(expected, ellipsis);
    if (at == STR_NONE) {
        return str_equal(expected, actual);
    }
    if (!str_starts(actual, str_before(expected, at))) {
        return false;
    }
    Str rest = str_after(expected, at + ellipsis.length);
    for (size_t from = at; from <= actual.length; from++) {
        if (text_matches(rest, str_after(actual, from))) {
            return true;
        }
    }
    return false;
}

static bool is_anything(JsonReader expected)
{
    return str_equal(jr_string_or(expected, (Str){0}), ellipsis);
}

static bool array_matches(JsonReader expected, JsonReader actual)
{
    size_t count = jr_count(expected), others = jr_count(actual);
    bool open = count > 0 && is_anything(jr_item(expected, count - 1));
    count -= open ? 1 : 0;
    if (others < count || (others > count && !open)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!ellipsis_matches(jr_item(expected, i), jr_item(actual, i))) {
            return false;
        }
    }
    return true;
}

static bool object_matches(JsonReader expected, JsonReader actual)
{
    size_t named = 0, others = 0;
    bool open = false;
    for (JsonReader member = {0}; jr_next(expected, &member);) {
        if (str_equal(str_of(member.key), ellipsis)) {
            open = true;
        } else if (!ellipsis_matches(member, jr_field(actual, member.key))) {
            return false;
        } else {
            named++;
        }
    }
    for (JsonReader member = {0}; jr_next(actual, &member);) {
        others++;
    }
    return open || named == others;
}

bool ellipsis_matches(JsonReader expected, JsonReader actual)
{
    JsonKind kind = jr_kind(actual);
    if (is_anything(expected)) {
        return kind != JR_MISSING;
    }
    if (kind != jr_kind(expected)) {
        return false;
    }
    int64_t numbers[2] = {0};
    switch (kind) {
    case JR_STRING:
        return text_matches(jr_string_or(expected, (Str){0}), jr_string_or(actual, (Str){0}));
    case JR_ARRAY:
        return array_matches(expected, actual);
    case JR_OBJECT:
        return object_matches(expected, actual);
    case JR_BOOL:
        return jr_is_true(expected) == jr_is_true(actual);
    case JR_INTEGER:
        return jr_int64(expected, &numbers[0]) && jr_int64(actual, &numbers[1]) &&
               numbers[0] == numbers[1];
    default:
        return kind == JR_NULL;
    }
}

void ellipsis_print(Str json, Buf *out)
{
    for (size_t at = 0; at < json.length;) {
        Str rest = str_after(json, at);
        size_t length = rest.data[0] == '"' ? literal_length(rest) : 1;
        buf_append(out, str_before(rest, length));
        if (rest.data[0] == ',' || rest.data[0] == ':') {
            buf_append_char(out, ' ');
        }
        at += length;
    }
}
