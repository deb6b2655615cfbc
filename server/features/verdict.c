#include "protocol/base/buf.h"
#include "server/features/features.h"

/* What one finding of a rule is called, and several. */
typedef struct {
    Str code;
    const char *one, *many;
} Noun;

static const Noun nouns[] = {
    {STR_INIT("placeholder-text"), "placeholder",          "placeholders"        },
    {STR_INIT("empty-section"),    "empty section",        "empty sections"      },
    {STR_INIT("repeated-heading"), "repeated heading",     "repeated headings"   },
    {STR_INIT("heading-jump"),     "skipped level",        "skipped levels"      },
    {STR_INIT("multiple-titles"),  "extra title",          "extra titles"        },
    {STR_INIT("heading-hash"),     "stray # in a heading", "stray # in headings" },
    {STR_INIT("stray-underline"),  "stray underline",      "stray underlines"    },
    {STR_INIT("foreign-script"),   "foreign-script word",  "foreign-script words"},
};

enum { NOUNS = sizeof(nouns) / sizeof(*nouns) };

/* What is said of rules that have no noun. */
static const Noun other = {STR_INIT(""), "other finding", "other findings"};

static uint32_t noun_of(const Rule *rule)
{
    uint32_t i = 0;
    while (i < NOUNS && !str_equal(nouns[i].code, str_of(rule->code))) {
        i++;
    }
    return i;
}

Str verdict_of(Findings findings, Arena *arena)
{
    uint32_t counts[NOUNS + 1] = {0};
    for (uint32_t i = 0; i < findings.count; i++) {
        if (findings.items[i].severity <= SEVERITY_WARNING) {
            counts[noun_of(findings.items[i].rule)]++;
        }
    }
    Buf line = {0};
    for (uint32_t i = 0; i <= NOUNS; i++) {
        const Noun *noun = i < NOUNS ? &nouns[i] : &other;
        if (counts[i] > 0) {
            buf_append(&line, line.length == 0 ? STR("not ready: ") : STR(", "));
            buf_printf(&line, "%u %s", counts[i], counts[i] == 1 ? noun->one : noun->many);
        }
    }
    Str verdict = line.length == 0 ? STR("ready to publish") : arena_copy(arena, buf_str(&line));
    buf_finish(&line);
    return verdict;
}
