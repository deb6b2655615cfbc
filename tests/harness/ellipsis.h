/*
 * ellipsis: JSON that is expected of someone, with … for what does not matter.
 *
 *     {"id": 1, "result": …}      any value
 *     {"id": 1, …}                and any other members
 *     [1, 2, …]                   and any more items
 *     "file:…/a.md"               any text between
 */
#ifndef TESTS_HARNESS_ELLIPSIS_H
#define TESTS_HARNESS_ELLIPSIS_H

#include "protocol/json_read.h"

/* Appends the expectation as plain JSON, to be parsed and passed to ellipsis_matches. */
void ellipsis_to_json(Str text, Buf *out);

bool ellipsis_matches(JsonReader expected, JsonReader actual);

/* Appends JSON with a blank behind each comma and colon, for people. */
void ellipsis_print(Str json, Buf *out);

#endif
