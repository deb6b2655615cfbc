/*
 * json_read: a JSON text as a tree, and readers that walk it and remember where a walk failed.
 *
 * A decoder is a chain of && over readers; no step needs a check of its own, because a reader of
 * something that is not there is a reader too:
 *
 *     return jr_uint32(jr_field(reader, "line"), &line) &&
 *            jr_uint32(jr_field(reader, "character"), &character);
 *
 * The first failure is kept by the document, with its path:
 * "params.position.line: expected an unsigned integer".
 *
 * Ownership: a document owns its tree; readers, and the text that they yield, are borrowed from it.
 * Ignorant of LSP. The only module that knows which library parses.
 */
#ifndef PROTOCOL_JSON_READ_H
#define PROTOCOL_JSON_READ_H

#include "protocol/base/buf.h"

typedef struct {
    void *root;    /* the tree; NULL in an empty document */
    Buf error;     /* the first failure of a reader, with its path; empty where there was none */
    bool repaired; /* the text held lone surrogates or invalid UTF-8 */
} JsonDocument;

typedef enum {
    JR_MISSING, /* there is no such member or item */
    JR_NULL,
    JR_BOOL,
    JR_INTEGER,
    JR_REAL,
    JR_STRING,
    JR_ARRAY,
    JR_OBJECT,
} JsonKind;

/* One value, or the place where one is missing. Passed by value; valid as long as its document. */
typedef struct {
    JsonDocument *document; /* keeps the failures */
    void *value;            /* NULL where it is missing */
    void *holder;           /* the object or array around it; NULL for the root */
    const char *key;        /* its name in the object; NULL in an array */
    size_t index;           /* its place in the array */
    const char
        *misplaced; /* the kind that what is around it should have; `key` is then that one's */
} JsonReader;

/* Documents */

/* Reads a text whole, repairing it once where it cannot be read as it is: a lone surrogate escape
 * becomes U+FFFD, each byte that is not UTF-8 one U+001A. False with the reason appended to `error`
 * where it is no JSON, or nested deeper than LIMIT_JSON_NESTING. */
bool json_document_parse(Str text, JsonDocument *document, Buf *error);
void json_document_finish(JsonDocument *document);

JsonReader json_document_root(JsonDocument *document);

/* Appends a value as JSON; nothing where it is missing. */
void jr_append(JsonReader reader, Buf *out);

/* The first failure of any reader, or the empty string. */
Str json_document_error(const JsonDocument *document);

/* The version of the JSON library that runs. */
const char *json_library_version(void);

/* Walking: never fails */

JsonKind jr_kind(JsonReader reader);

/* Absent or null. */
bool jr_missing(JsonReader reader);

/* A member of an object; `key` must outlive the reader. */
JsonReader jr_field(JsonReader object, const char *key);

/* Items of an array; 0 for anything else. */
size_t jr_count(JsonReader array);
JsonReader jr_item(JsonReader array, size_t index);

/* The members of an object, each once: `JsonReader m = {0}; while (jr_next(object, &m))`; m.key is
 * its name. */
bool jr_next(JsonReader object, JsonReader *member);

/* Values: false, and a failure kept, where the value is missing or of another kind */

bool jr_uint32(JsonReader reader, uint32_t *out);
bool jr_int64(JsonReader reader, int64_t *out);
bool jr_bool(JsonReader reader, bool *out);
bool jr_string(JsonReader reader, Str *out);
bool jr_array(JsonReader reader, JsonReader *out);
bool jr_object(JsonReader reader, JsonReader *out);

/* As these, but true where the value is absent or null, and then `out` is left as it was. */
bool jr_optional_int64(JsonReader reader, int64_t *out);
bool jr_optional_string(JsonReader reader, Str *out);

/* Values that a client may get wrong without harm: anything else is the fallback, and no failure.
 */

bool jr_is_true(JsonReader reader);
uint32_t jr_uint32_or(JsonReader reader, uint32_t fallback);
Str jr_string_or(JsonReader reader, Str fallback);

/* Keeps a failure, "PATH: expected EXPECTED", if it is the first. Always false. */
bool jr_fail(JsonReader reader, const char *expected);

#endif
