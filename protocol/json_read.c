#include "protocol/json_read.h"

#include "protocol/base/utf.h"

#include <jansson.h>

/* Repair */

/* The value of `\uXXXX` at `at`, or -1. */
static int32_t escape_at(Str text, size_t at)
{
    Str escape = str_slice(text, at, at + 6);
    if (escape.length < 6 || escape.data[0] != '\\' || escape.data[1] != 'u') {
        return -1;
    }
    int32_t value = 0;
    for (size_t i = 2; i < 6; i++) {
        char c = escape.data[i];
        int32_t digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

/* Copies the escape at `*at` and moves behind it; true where it was a lone surrogate. */
static bool repair_escape(Str text, size_t *at, Buf *out)
{
    int32_t first = escape_at(text, *at);
    if (first < 0xD800 || first > 0xDFFF) {
        buf_append(out, str_slice(text, *at, *at + 2)); /* as much as hides an escaped backslash */
        *at += 2;
        return false;
    }
    int32_t second = first <= 0xDBFF ? escape_at(text, *at + 6) : -1;
    if (second >= 0xDC00 && second <= 0xDFFF) {
        buf_append(out, str_slice(text, *at, *at + 12));
        *at += 12;
        return false;
    }
    buf_append(out, STR("\\uFFFD"));
    *at += 6;
    return true;
}

/* The length of what needs no attention from `at` on. */
static size_t good_run(Str text, size_t at)
{
    size_t end = at;
    while (end < text.length && text.data[end] != '\\') {
        size_t length = utf_sequence(text, end);
        if (length == 0) {
            break;
        }
        end += length;
    }
    return end - at;
}

/* Appends a repaired copy; false where there was nothing to repair. An invalid byte is written as
 * an escape, since JSON allows no bare control character. */
static bool repair(Str text, Buf *out)
{
    bool repaired = false;
    for (size_t at = 0; at < text.length;) {
        size_t run = good_run(text, at);
        buf_append(out, str_slice(text, at, at + run));
        at += run;
        if (at < text.length && text.data[at] == '\\') {
            repaired |= repair_escape(text, &at, out);
        } else if (at < text.length) {
            buf_append(out, STR("\\u001A"));
            repaired = true;
            at++;
        }
    }
    return repaired;
}

/* Documents */

static json_t *parse(Str text, json_error_t *error)
{
    const char *data = text.length == 0 ? "" : text.data;
    return json_loadb(data, text.length, JSON_ALLOW_NUL | JSON_DECODE_ANY, error);
}

static json_t *parse_repaired(Str text, json_error_t *error)
{
    Buf copy = {0};
    json_t *root = repair(text, &copy) ? parse(buf_str(&copy), error) : NULL;
    buf_finish(&copy);
    return root;
}

bool json_document_parse(Str text, JsonDocument *document, Buf *error)
{
    json_error_t reason;
    json_t *root = parse(text, &reason);
    bool repaired = root == NULL;
    if (root == NULL) {
        root = parse_repaired(text, &reason);
    }
    if (root == NULL) {
        buf_printf(error, "no JSON at byte %d: %s", reason.position, reason.text);
        return false;
    }
    *document = (JsonDocument){.root = root, .repaired = repaired};
    return true;
}

void json_document_finish(JsonDocument *document)
{
    if (document != NULL) {
        json_decref(document->root);
        buf_finish(&document->error);
        *document = (JsonDocument){0};
    }
}

JsonReader json_document_root(JsonDocument *document)
{
    return (JsonReader){.document = document, .value = document->root};
}

Str json_document_error(const JsonDocument *document)
{
    return buf_str(&document->error);
}

/* Walking */

JsonKind jr_kind(JsonReader reader)
{
    if (reader.value == NULL) {
        return JR_MISSING;
    }
    static const JsonKind kinds[] = {
        [JSON_OBJECT] = JR_OBJECT,   [JSON_ARRAY] = JR_ARRAY, [JSON_STRING] = JR_STRING,
        [JSON_INTEGER] = JR_INTEGER, [JSON_REAL] = JR_REAL,   [JSON_TRUE] = JR_BOOL,
        [JSON_FALSE] = JR_BOOL,      [JSON_NULL] = JR_NULL,
    };
    return kinds[json_typeof((const json_t *)reader.value)];
}

bool jr_missing(JsonReader reader)
{
    return reader.value == NULL || json_is_null((const json_t *)reader.value);
}

/* What a reader of something else than an object or array has inside: nothing, and its own path. */
static JsonReader misplaced(JsonReader reader, const char *expected)
{
    reader.value = NULL;
    reader.misplaced = reader.misplaced == NULL ? expected : reader.misplaced;
    return reader;
}

JsonReader jr_field(JsonReader object, const char *key)
{
    if (!json_is_object((const json_t *)object.value)) {
        return misplaced(object, "an object");
    }
    return (JsonReader){
        .document = object.document,
        .value = json_object_get(object.value, key),
        .holder = object.value,
        .key = key,
    };
}

size_t jr_count(JsonReader array)
{
    return json_array_size(array.value);
}

JsonReader jr_item(JsonReader array, size_t index)
{
    if (!json_is_array((const json_t *)array.value)) {
        return misplaced(array, "an array");
    }
    return (JsonReader){
        .document = array.document,
        .value = json_array_get(array.value, index),
        .holder = array.value,
        .index = index,
    };
}

bool jr_next(JsonReader object, JsonReader *member)
{
    void *iterator = member->key == NULL ? json_object_iter(object.value)
                                         : json_object_iter_next(
                                               object.value, json_object_key_to_iter(member->key));
    if (iterator == NULL) {
        return false;
    }
    *member = (JsonReader){
        .document = object.document,
        .value = json_object_iter_value(iterator),
        .holder = object.value,
        .key = json_object_iter_key(iterator),
    };
    return true;
}

/* Failures */

/* A step of a path, which hangs together from its end to the root. */
typedef struct Step Step;
struct Step {
    const Step *above; /* NULL at the root */
    const char *key;   /* NULL in an array */
    size_t index;      /* in an array */
};

static void append_path(const Step *step, Buf *out)
{
    if (step->above != NULL) {
        append_path(step->above, out);
    }
    if (step->key == NULL) {
        buf_printf(out, "[%zu]", step->index);
    } else {
        buf_printf(out, "%s%s", out->length > 0 ? "." : "", step->key);
    }
}

static bool append_path_to(json_t *at, const void *wanted, const Step *above, Step last, Buf *out);

static bool search_items(json_t *array, const void *wanted, const Step *above, Step last, Buf *out)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        const Step step = {.above = above, .index = i};
        if (append_path_to(json_array_get(array, i), wanted, &step, last, out)) {
            return true;
        }
    }
    return false;
}

static bool search_members(json_t *object, const void *wanted, const Step *above, Step last,
                           Buf *out)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        const Step step = {.above = above, .key = key};
        if (append_path_to(value, wanted, &step, last, out)) {
            return true;
        }
    }
    return false;
}

/* Finds the container `wanted` below `at` and appends the path through it to `last`. A search, so
 * that a reader needs no pointer to its parent's reader, which may be gone. */
static bool append_path_to(json_t *at, const void *wanted, const Step *above, Step last, Buf *out)
{
    if (at == wanted) {
        last.above = above;
        append_path(&last, out);
        return true;
    }
    return json_is_array(at)    ? search_items(at, wanted, above, last, out)
           : json_is_object(at) ? search_members(at, wanted, above, last, out)
                                : false;
}

bool jr_fail(JsonReader reader, const char *expected)
{
    Buf *error = reader.document == NULL ? NULL : &reader.document->error;
    if (error == NULL || error->length > 0) {
        return false;
    }
    if (reader.holder != NULL) {
        const Step last = {.key = reader.key, .index = reader.index};
        append_path_to(reader.document->root, reader.holder, NULL, last, error);
        buf_append(error, STR(": "));
    }
    buf_printf(error, "expected %s", reader.misplaced == NULL ? expected : reader.misplaced);
    return false;
}

/* Values */

/* 1.0 and 1e3 are integers in JSON. */
static bool integer_of(JsonReader reader, int64_t *out)
{
    if (json_is_integer((const json_t *)reader.value)) {
        *out = json_integer_value(reader.value);
        return true;
    }
    double real = json_is_real((const json_t *)reader.value) ? json_real_value(reader.value) : 0.5;
    if (real < -9007199254740992.0 || real > 9007199254740992.0 || real != (double)(int64_t)real) {
        return false;
    }
    *out = (int64_t)real;
    return true;
}

bool jr_int64(JsonReader reader, int64_t *out)
{
    return integer_of(reader, out) || jr_fail(reader, "an integer");
}

bool jr_uint32(JsonReader reader, uint32_t *out)
{
    int64_t value;
    if (!integer_of(reader, &value) || value < 0 || value > UINT32_MAX) {
        return jr_fail(reader, "an unsigned integer");
    }
    *out = (uint32_t)value;
    return true;
}

bool jr_bool(JsonReader reader, bool *out)
{
    if (jr_kind(reader) != JR_BOOL) {
        return jr_fail(reader, "a boolean");
    }
    *out = json_is_true((const json_t *)reader.value);
    return true;
}

static Str text_of(JsonReader reader)
{
    return (Str){json_string_value(reader.value), json_string_length(reader.value)};
}

bool jr_string(JsonReader reader, Str *out)
{
    if (jr_kind(reader) != JR_STRING) {
        return jr_fail(reader, "a string");
    }
    *out = text_of(reader);
    return true;
}

bool jr_array(JsonReader reader, JsonReader *out)
{
    if (jr_kind(reader) != JR_ARRAY) {
        return jr_fail(reader, "an array");
    }
    *out = reader;
    return true;
}

bool jr_object(JsonReader reader, JsonReader *out)
{
    if (jr_kind(reader) != JR_OBJECT) {
        return jr_fail(reader, "an object");
    }
    *out = reader;
    return true;
}

bool jr_optional_int64(JsonReader reader, int64_t *out)
{
    return jr_missing(reader) || jr_int64(reader, out);
}

bool jr_optional_string(JsonReader reader, Str *out)
{
    return jr_missing(reader) || jr_string(reader, out);
}

bool jr_is_true(JsonReader reader)
{
    return reader.value != NULL && json_is_true((const json_t *)reader.value);
}

uint32_t jr_uint32_or(JsonReader reader, uint32_t fallback)
{
    int64_t value;
    bool good = integer_of(reader, &value) && value >= 0 && value <= UINT32_MAX;
    return good ? (uint32_t)value : fallback;
}

Str jr_string_or(JsonReader reader, Str fallback)
{
    return jr_kind(reader) == JR_STRING ? text_of(reader) : fallback;
}

const char *json_library_version(void)
{
    return jansson_version_str();
}

static int append_part(const char *part, size_t length, void *out)
{
    buf_append(out, (Str){part, length});
    return 0;
}

void jr_append(JsonReader reader, Buf *out)
{
    if (reader.value != NULL) {
        json_dump_callback(reader.value, append_part, out, JSON_ENCODE_ANY);
    }
}
