#include "protocol/base/buf.h"
#include "server/features/features.h"

/* What one finding of a rule is called, and several. */
typedef struct {
    Str code;
    const char *one, *many;
} Noun;

static const Noun nouns[] = {
    {STR_INIT("placeholder-text"),    "placeholder",                 "placeholders"                },
    {STR_INIT("empty-section"),       "empty section",               "empty sections"              },
    {STR_INIT("repeated-heading"),    "repeated heading",            "repeated headings"           },
    {STR_INIT("heading-jump"),        "skipped level",               "skipped levels"              },
    {STR_INIT("multiple-titles"),     "extra title",                 "extra titles"                },
    {STR_INIT("heading-hash"),        "stray # in a heading",        "stray # in headings"         },
    {STR_INIT("stray-underline"),     "stray underline",             "stray underlines"            },
    {STR_INIT("foreign-script"),      "foreign-script word",         "foreign-script words"        },
    {STR_INIT("pattern"),             "match of a pattern",          "matches of patterns"         },
    {STR_INIT("heading-space"),       "# without a space",           "# without a space"           },
    {STR_INIT("unused-suppression"),  "unused stet",                 "unused stets"                },
    {STR_INIT("mixed-script-word"),   "word of two alphabets",       "words of two alphabets"      },
    {STR_INIT("chat-artifact"),       "chat artifact",               "chat artifacts"              },
    {STR_INIT("mojibake"),            "broken character",            "broken characters"           },
    {STR_INIT("merge-conflict"),      "unfinished merge",            "unfinished merges"           },
    {STR_INIT("invisible-character"), "invisible character",         "invisible characters"        },
    {STR_INIT("literal-markup"),      "mark that prints",            "marks that print"            },
    {STR_INIT("omitted-text"),        "omission",                    "omissions"                   },
    {STR_INIT("accidental-heading"),  "accidental heading",          "accidental headings"         },
    {STR_INIT("chat-text"),           "remark of a chat assistant",  "remarks of a chat assistant" },
    {STR_INIT("duplicate-heading"),   "duplicate heading",           "duplicate headings"          },
    {STR_INIT("heading-emphasis"),    "bold heading",                "bold headings"               },
    {STR_INIT("placeholder-link"),    "placeholder link",            "placeholder links"           },
    {STR_INIT("repeated-word"),       "repeated word",               "repeated words"              },
    {STR_INIT("broken-table"),        "broken table",                "broken tables"               },
    {STR_INIT("empty-link"),          "empty link",                  "empty links"                 },
    {STR_INIT("unrendered-template"), "unrendered template",         "unrendered templates"        },
    {STR_INIT("unclosed-fence"),      "unclosed fence",              "unclosed fences"             },
    {STR_INIT("unclosed-comment"),    "unclosed comment",            "unclosed comments"           },
    {STR_INIT("wrapped-document"),    "wrapped document",            "wrapped documents"           },
    {STR_INIT("emphasis-as-heading"), "bold line for a heading",     "bold lines for headings"     },
    {STR_INIT("missing-alt-text"),    "image without a description", "images without a description"},
};

enum { NOUNS = sizeof(nouns) / sizeof(*nouns) };

/* What is said of rules that have no noun. */
static const Noun other = {STR_INIT(""), "other finding", "other findings"};

static uint32_t noun_of(const Rule *rule)
{
    uint32_t i = 0;
    while (i < NOUNS && !str_equal(nouns[i].code, str_of(rule_kind(rule)->code))) {
        i++;
    }
    return i;
}

Str verdict_of_counts(const FindingCount *counts, uint32_t count, Arena *arena)
{
    uint32_t totals[NOUNS + 1] = {0};
    for (uint32_t i = 0; i < count; i++) {
        if (counts[i].severity <= SEVERITY_WARNING) {
            totals[noun_of(counts[i].rule)] += counts[i].count;
        }
    }
    Buf line = {0};
    for (uint32_t i = 0; i <= NOUNS; i++) {
        const Noun *noun = i < NOUNS ? &nouns[i] : &other;
        if (totals[i] > 0) {
            buf_append(&line, line.length == 0 ? STR("not ready: ") : STR(", "));
            buf_printf(&line, "%u %s", totals[i], totals[i] == 1 ? noun->one : noun->many);
        }
    }
    Str verdict = line.length == 0 ? STR("ready to publish") : arena_copy(arena, buf_str(&line));
    buf_finish(&line);
    return verdict;
}

Str verdict_of(Findings findings, Arena *arena)
{
    FindingCount *counts = ARENA_NEW(arena, FindingCount, findings.count);
    for (uint32_t i = 0; i < findings.count; i++) {
        const Finding *finding = &findings.items[i];
        counts[i] = (FindingCount){finding->rule, finding->severity, 1};
    }
    return verdict_of_counts(counts, findings.count, arena);
}
