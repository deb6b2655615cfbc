#include "server/unicode/unicode.h"

#include <stdlib.h>

#include "protocol/base/utf.h"

/* A case folding of more than one code point; the rest is 0. */
typedef struct {
    uint32_t from;
    uint32_t to[3];
} LongFold;

#include "unicode_table.h"

static int compare_fold(const void *key, const void *item)
{
    uint32_t cp = *(const uint32_t *)key, from = ((const LongFold *)item)->from;
    return (cp > from) - (cp < from);
}

static unsigned fold_to_many(uint32_t cp, uint32_t out[3])
{
    const LongFold *fold = bsearch(&cp, long_folds, sizeof(long_folds) / sizeof(long_folds[0]),
                                   sizeof(long_folds[0]), compare_fold);
    memcpy(out, fold->to, sizeof(fold->to));
    return out[2] == 0 ? 2 : 3;
}

unsigned unicode_fold(uint32_t cp, uint32_t out[3])
{
    const UnicodeRecord *record = unicode_record(cp);
    if (record->flags & UNICODE_FOLDS_TO_MANY) {
        return fold_to_many(cp, out);
    }
    out[0] = cp + (uint32_t)record->fold;
    return 1;
}

void unicode_fold_append(Buf *out, Str text)
{
    for (size_t at = 0; at < text.length;) {
        unsigned char byte = (unsigned char)text.data[at];
        if (byte < 0x80) {
            buf_append_char(out, byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : (char)byte);
            at++;
            continue;
        }
        uint32_t folded[3];
        unsigned count = unicode_fold(utf_next(text, &at), folded);
        for (unsigned i = 0; i < count; i++) {
            utf_append(out, folded[i]);
        }
    }
}

static bool is_label_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void unicode_normalise_label(Buf *out, Str label)
{
    bool first = true;
    for (size_t at = 0; at < label.length;) {
        size_t start = at;
        while (at < label.length && !is_label_blank(label.data[at])) {
            at++;
        }
        if (at > start) {
            buf_append(out, first ? STR("") : STR(" "));
            unicode_fold_append(out, str_slice(label, start, at));
            first = false;
        }
        while (at < label.length && is_label_blank(label.data[at])) {
            at++;
        }
    }
}
