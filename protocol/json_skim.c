#include "protocol/json_skim.h"

#include "protocol/limits.h"

void json_skim_finish(JsonSkim *skim)
{
    if (skim != NULL) {
        buf_finish(&skim->kept);
        *skim = (JsonSkim){0};
    }
}

void json_skim_reset(JsonSkim *skim)
{
    buf_reset(&skim->kept);
    *skim = (JsonSkim){.kept = skim->kept};
}

static void keep(JsonSkim *skim, char c)
{
    if (skim->arrays > 0 || skim->dropped || skim->overflow) {
        return;
    }
    skim->overflow = skim->kept.length >= LIMIT_SKIM_BYTES;
    buf_append_char(&skim->kept, c);
}

/* One byte inside quotes, the closing quote included. */
static void skim_string(JsonSkim *skim, char c)
{
    if (c == '"' && !skim->escaped) {
        skim->in_string = false;
        skim->dropped = false;
    }
    skim->escaped = c == '\\' && !skim->escaped;
    keep(skim, c);
    if (skim->kept.length - skim->string > LIMIT_SKIM_STRING_BYTES && skim->in_string &&
        skim->arrays == 0) {
        skim->kept.length = skim->string;
        skim->dropped = true;
    }
}

static void skim_byte(JsonSkim *skim, char c)
{
    if (c == ']' && skim->arrays > 0) {
        skim->arrays--;
    }
    keep(skim, c);
    if (c == '[') {
        skim->arrays++;
    }
    if (c == '"') {
        skim->in_string = true;
        skim->string = skim->kept.length;
    }
}

/* Where the next byte that matters is, from `at` on: in the bulk of a body that is the closing quote. */
static size_t next_of_interest(const JsonSkim *skim, Str part, size_t at)
{
    bool bulk = skim->in_string && !skim->escaped && (skim->dropped || skim->arrays > 0);
    while (bulk && at < part.length && part.data[at] != '"' && part.data[at] != '\\') {
        at++;
    }
    return at;
}

void json_skim_feed(JsonSkim *skim, Str part)
{
    for (size_t i = next_of_interest(skim, part, 0); i < part.length;
         i = next_of_interest(skim, part, i + 1)) {
        if (skim->in_string) {
            skim_string(skim, part.data[i]);
        } else {
            skim_byte(skim, part.data[i]);
        }
    }
}

Str json_skim_body(const JsonSkim *skim)
{
    return skim->overflow ? (Str){0} : buf_str(&skim->kept);
}
