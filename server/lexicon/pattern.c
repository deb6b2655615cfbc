#include "server/lexicon/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "protocol/base/memory.h"

/* Far more than an honest pattern needs on a paragraph, and some milliseconds at most. */
enum {
    MATCH_LIMIT = 100 * 1000,   /* steps of one search */
    DEPTH_LIMIT = 10 * 1000,    /* of them pending at once */
    HEAP_LIMIT = 8 * 1024,      /* kilobytes */
    EXPRESSION_LIMIT = 4 * 1024 /* bytes */
};

struct Pattern {
    pcre2_code *code;
    pcre2_match_context *limits;
};

/* PCRE2 stops behind what is wrong as often as before it; it never stops outside. */
static size_t clamped(size_t at, size_t length)
{
    return at < length ? at : length;
}

static pcre2_code *compile(Str expression, int *error, size_t *at)
{
    const uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF |
                             PCRE2_NEVER_BACKSLASH_C | PCRE2_MULTILINE;
    PCRE2_SIZE where = 0;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    pcre2_set_max_pattern_length(context, EXPRESSION_LIMIT);
    pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)expression.data, expression.length, options, error,
                                     &where, context);
    pcre2_compile_context_free(context);
    *at = clamped(where, expression.length);
    return code;
}

Pattern *pattern_new(Str expression, Buf *error, size_t *at)
{
    int number = 0;
    size_t where = 0;
    pcre2_code *code = compile(expression, &number, &where);
    if (code == NULL) {
        unsigned char text[256];
        pcre2_get_error_message(number, text, sizeof(text));
        buf_append(error, str_of((const char *)text));
        *at = where;
        return NULL;
    }
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); /* where it cannot be, the interpreter matches */
    Pattern *pattern = memory_new(sizeof(*pattern));
    *pattern = (Pattern){code, pcre2_match_context_create(NULL)};
    pcre2_set_match_limit(pattern->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(pattern->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(pattern->limits, HEAP_LIMIT);
    return pattern;
}

void pattern_free(Pattern *pattern)
{
    if (pattern != NULL) {
        pcre2_match_context_free(pattern->limits);
        pcre2_code_free(pattern->code);
        free(pattern);
    }
}

PatternSearch pattern_search(const Pattern *pattern, Str text)
{
    return (PatternSearch){
        .pattern = pattern,
        .text = text,
        .scratch = pcre2_match_data_create_from_pattern(pattern->code, NULL),
    };
}

void pattern_search_finish(PatternSearch *search)
{
    pcre2_match_data_free(search->scratch);
    *search = (PatternSearch){0};
}

bool pattern_next(PatternSearch *search, size_t *start, size_t *end)
{
    int found = search->at >= search->text.length
                    ? PCRE2_ERROR_NOMATCH
                    : pcre2_match(search->pattern->code, (PCRE2_SPTR)search->text.data,
                                  search->text.length, search->at, PCRE2_NOTEMPTY, search->scratch,
                                  search->pattern->limits);
    if (found < 0) {
        search->at = search->text.length;
        return false;
    }
    const PCRE2_SIZE *place = pcre2_get_ovector_pointer(search->scratch);
    if (place[1] <= place[0]) { /* \K may put the start behind the end */
        search->at = search->text.length;
        return false;
    }
    *start = place[0];
    *end = place[1];
    search->at = place[1] > search->at ? place[1] : search->text.length;
    return true;
}

void pattern_library_version(Buf *out)
{
    int size = pcre2_config(PCRE2_CONFIG_VERSION, NULL); /* with the NUL */
    if (size > 0 && pcre2_config(PCRE2_CONFIG_VERSION, buf_reserve(out, (size_t)size)) > 0) {
        out->length += strcspn(out->data + out->length, " "); /* its date follows */
    }
}
