/* literal-markup: what was written as markup is not printed as it stands.
 *
 * `** bold **` and `**«Word»**text` are no emphasis in CommonMark, `[text] (address)` is no link, and
 * `\n` and `&amp;nbsp;` are what is left when a text was escaped twice. Pointers, powers, globs and
 * footnotes have asterisks too, so the shape of both marks has to fit. kramdown takes for emphasis what
 * CommonMark prints: where a text shows that it is kramdown's, only what that prints too is found. */
#include "protocol/base/utf.h"
#include "server/markdown/line.h"
#include "server/rules/brackets.h"
#include "server/rules/dialect.h"
#include "server/rules/rule.h"

/* Two or three asterisks that print, and what is beside them: a code point, 0 at the end of a line. */
typedef struct {
    Span span;
    uint32_t before, after;
    bool begins; /* its line */
} Stars;

typedef enum { UNKNOWN, NO, YES } Fact;

/* What is found out about a chunk once, when it is first asked for. */
typedef struct {
    Fact kramdown, footnotes;
} Facts;

/* A leaf under check. */
typedef struct {
    RuleContext *context;
    const Chunk *chunk;
    uint32_t block;
    Facts *facts;
    bool has_open; /* stars that may open are in `open` */
    Stars open;
    uint32_t stars; /* how many there were */
} Leaf;

/* Neighbours */

static bool ends_line(uint32_t cp)
{
    return cp == 0 || cp == '\n' || cp == '\r';
}

static bool is_gap(uint32_t cp)
{
    return ends_line(cp) || unicode_is_space(cp);
}

static bool is_ascii_in(uint32_t cp, const char *set)
{
    return cp != 0 && cp < 0x80 && strchr(set, (int)cp) != NULL;
}

static uint32_t code_before(const Chunk *chunk, size_t at)
{
    Str text = {chunk->text, chunk->length};
    return at == 0 ? 0 : utf_previous(text, &at);
}

static uint32_t code_after(const Chunk *chunk, size_t at)
{
    Str text = {chunk->text, chunk->length};
    return at >= text.length ? 0 : utf_next(text, &at);
}

/* Whether a code point can begin what is emphasised, or end it; paths and code do neither. */
static bool is_inner(uint32_t cp)
{
    return unicode_is_word(cp) || (unicode_is_punctuation(cp) && !is_ascii_in(cp, "/\\.,;*_=|>"));
}

static bool is_inner_end(uint32_t cp)
{
    return unicode_is_word(cp) || (unicode_is_punctuation(cp) && !is_ascii_in(cp, "/\\*_=|<"));
}

/* Asterisks */

/* `x **y`, `** y` at the beginning of a line or behind a word, `x**«y`. */
static bool can_open(const Stars *stars)
{
    if (is_gap(stars->before) || stars->begins || is_ascii_in(stars->before, "(\"'")) {
        return is_gap(stars->after) ? !ends_line(stars->after) : is_inner(stars->after);
    }
    return unicode_is_letter(stars->before) && unicode_is_punctuation(stars->after) &&
           is_inner(stars->after);
}

/* Whether what stars open may be a name of code: `**kwargs`, `char **argv`. */
static bool is_code(const Stars *stars)
{
    return !stars->begins && stars->after >= 'a' && stars->after <= 'z';
}

/* `y **`, `y** x`, `»**x`, `y **x`. */
static bool can_close(const Stars *open, const Stars *stars)
{
    if (is_gap(stars->before)) {
        bool word = unicode_is_word(stars->after) && !is_gap(open->after);
        return !is_code(open) && (word || is_gap(stars->after) ||
                                  (is_gap(open->after) && unicode_is_punctuation(stars->after)));
    }
    bool behind_mark = unicode_is_punctuation(stars->before) && unicode_is_letter(stars->after);
    bool outside = is_gap(stars->after) || unicode_is_punctuation(stars->after);
    return is_inner_end(stars->before) && (behind_mark || outside);
}

/* Whether a text begins (with `last`, ends) with an operand: a number, a bracket, a variable of one
 * letter. */
static bool is_operand(Str text, bool last)
{
    size_t at = last ? text.length : 0;
    if (text.length == 0) {
        return true;
    }
    uint32_t cp = last ? utf_previous(text, &at) : utf_next(text, &at);
    bool more = last ? at > 0 : at < text.length;
    uint32_t beside = !more ? 0 : last ? utf_previous(text, &at) : utf_next(text, &at);
    bool letter = cp < 0x80 && unicode_is_letter(cp);
    return is_ascii_in(cp, "0123456789()[]_") || (letter && !unicode_is_letter(beside));
}

/* Whether `** y **` is not a power: it begins a line, or words are around its marks. */
static bool is_no_power(const Leaf *leaf, const Stars *close)
{
    const Stars *open = &leaf->open;
    if (!is_gap(open->after) || !is_gap(close->before) || open->begins) {
        return true;
    }
    Str inside = str_trim(chunk_str(leaf->chunk, (Span){open->span.end, close->span.start}));
    Str before = str_before((Str){leaf->chunk->text, leaf->chunk->length}, open->span.start);
    return !is_operand(str_trim(before), true) && !is_operand(inside, false) &&
           !is_operand(inside, true);
}

static bool has_letter(Str text)
{
    for (size_t at = 0; at < text.length;) {
        if (unicode_is_letter(utf_next(text, &at))) {
            return true;
        }
    }
    return false;
}

static bool is_kramdown(const Leaf *leaf)
{
    if (leaf->facts->kramdown == UNKNOWN) {
        leaf->facts->kramdown = dialect_is_kramdown(leaf->chunk) ? YES : NO;
    }
    return leaf->facts->kramdown == YES;
}

static void report_pair(Leaf *leaf, const Stars *close)
{
    Span span = {leaf->open.span.start, close->span.end};
    Span inside = {leaf->open.span.end, close->span.start};
    bool spaced = is_gap(leaf->open.after) && is_gap(close->before);
    if (has_letter(chunk_str(leaf->chunk, inside)) && is_no_power(leaf, close) &&
        (spaced || !is_kramdown(leaf))) {
        rule_report(leaf->context, span, "prints its asterisks: %s",
                    rule_quote(leaf->context, chunk_str(leaf->chunk, span)));
    }
}

static void add_stars(Leaf *leaf, Stars stars)
{
    leaf->stars++;
    if (leaf->has_open && can_close(&leaf->open, &stars)) {
        report_pair(leaf, &stars);
        leaf->has_open = false;
        leaf->stars = UINT32_MAX / 2; /* none of the leaf is alone */
        return;
    }
    leaf->has_open = can_open(&stars);
    leaf->open = stars;
}

/* Whether a leaf of a chunk has footnotes marked by asterisks: `*Except on Sundays.` */
static bool find_footnotes(const Chunk *chunk)
{
    for (uint32_t block = 0; block < chunk->block_count; block++) {
        Prose prose = prose_of(chunk, block);
        for (ProseRun run; prose_next(&prose, &run);) {
            Str text = chunk_str(chunk, run.span);
            for (size_t at = 0; at < text.length; at++) {
                size_t end = at + run_length(str_after(text, at), '*');
                bool word = end > at && unicode_is_word(code_before(chunk, run.span.start + at));
                bool mark = end == at + 1 && at == 0 && run.gap == PROSE_LINE;
                if ((word && is_gap(code_after(chunk, run.span.start + end))) || mark) {
                    return true;
                }
                at = end > at ? end - 1 : at;
            }
        }
    }
    return false;
}

static bool has_footnotes(const Leaf *leaf)
{
    if (leaf->facts->footnotes == UNKNOWN) {
        leaf->facts->footnotes = find_footnotes(leaf->chunk) ? YES : NO;
    }
    return leaf->facts->footnotes == YES;
}

static Str word_at(Str text)
{
    size_t end = 0;
    while (end < text.length && (unsigned char)((text.data[end] | 0x20) - 'a') < 26) {
        end++;
    }
    return str_before(text, end);
}

static bool is_among(Str word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(word, str_of(words[i]))) {
            return true;
        }
    }
    return false;
}

/* Whether a small word behind stars is one of a sentence: no argument of a function, no pointer. */
static bool is_said(const Chunk *chunk, const Stars *stars)
{
    static const char *const names[] = {"kwargs", "args",  "argv",   "options", "opts",  "params",
                                        "kw",     "env",   "envp",   "config",  "extra", "data",
                                        "kwds",   "attrs", "fields", "props",   "ptr",   "other"};
    static const char *const types[] = {"char",  "int",    "void",     "const",  "struct",
                                        "float", "double", "unsigned", "static", "long"};
    Str text = {chunk->text, chunk->length};
    Str word = word_at(str_after(text, stars->span.end));
    Str rest = str_after(text, stars->span.end + word.length);
    size_t start = stars->span.start;
    while (start > 0 && is_blank(text.data[start - 1])) {
        start--;
    }
    size_t end = start;
    while (start > 0 && (unsigned char)((text.data[start - 1] | 0x20) - 'a') < 26) {
        start--;
    }
    rest = str_starts(rest, STR(",")) ? str_after(rest, 1) : rest;
    bool goes_on = str_starts(rest, STR(" ")) && word_at(str_after(rest, 1)).length > 0;
    return end > start && goes_on && word.length > 1 &&
           !is_among(word, names, sizeof(names) / sizeof(names[0])) &&
           !is_among(str_slice(text, start, end), types, sizeof(types) / sizeof(types[0]));
}

/* Stars that open and are never closed. In a table they hide a name as often (`**son`). */
static void check_unclosed(Leaf *leaf)
{
    const Stars *open = &leaf->open;
    bool opens = leaf->has_open && leaf->chunk->blocks[leaf->block].type != BLOCK_CELL &&
                 leaf->stars == 1 && open->span.end - open->span.start == 2;
    bool word = unicode_is_letter(open->after) || open->after == 0xAB || open->after == 0x201C;
    bool said = !is_code(open) || is_said(leaf->chunk, open);
    if (opens && word && said && (is_gap(open->before) || open->begins) && !is_kramdown(leaf) &&
        !has_footnotes(leaf)) {
        rule_report(leaf->context, open->span, "bold that is never closed");
    }
}

static void check_stars(Leaf *leaf, ProseRun run, uint32_t at)
{
    const Chunk *chunk = leaf->chunk;
    uint32_t length = run_length(chunk_str(chunk, (Span){at, run.span.end}), '*');
    uint32_t before = code_before(chunk, at), after = code_after(chunk, at + length);
    bool begins = at == run.span.start && run.gap == PROSE_LINE;
    if ((length == 2 || length == 3) && before != '*' && after != '*') {
        add_stars(leaf, (Stars){
                            {at, at + length},
                            before, after, begins
        });
    }
}

/* Escapes */

/* Whether a literal \n stands between two sentences, and is not in code or in a path. */
static bool is_line_end(const Chunk *chunk, Span run, uint32_t at)
{
    Str text = {chunk->text, run.end};
    size_t start = at;
    while (start > run.start && (unsigned char)text.data[start - 1] > ' ') {
        start--;
    }
    for (size_t i = start; i < at; i++) {
        if (is_ascii_in((unsigned char)text.data[i], "\\/\"'`()=<>[]{};+")) {
            return false;
        }
    }
    Str rest = str_after(text, at + 2);
    size_t next = 0;
    uint32_t before = at > start ? code_before(chunk, at) : 0;
    uint32_t after = rest.length > 0 ? utf_next(rest, &next) : 0;
    bool word = unicode_is_letter(before) || is_ascii_in(before, ".!?:,*") || before == 0x2026;
    return word && (str_starts(rest, STR("\\n")) || unicode_is_upper(after));
}

/* Reports the run of \n at `at`; returns where its last one is. */
static uint32_t check_newlines(const Leaf *leaf, Span run, uint32_t at)
{
    uint32_t end = at + 2;
    while (str_starts(chunk_str(leaf->chunk, (Span){end, run.end}), STR("\\n"))) {
        end += 2;
    }
    rule_report(leaf->context, (Span){at, end}, "a line ending that prints: \\n");
    return end - 2;
}

/* An entity whose & was escaped once more, beside a word: by itself it is shown. */
static uint32_t escaped_entity(const Chunk *chunk, Span run, uint32_t at)
{
    static const Str names[] = {
        STR_INIT("nbsp;"), STR_INIT("amp;"),    STR_INIT("lt;"),    STR_INIT("gt;"),
        STR_INIT("quot;"), STR_INIT("mdash;"),  STR_INIT("ndash;"), STR_INIT("laquo;"),
        STR_INIT("#39;"),  STR_INIT("hellip;"), STR_INIT("raquo;"), STR_INIT("rsquo;"),
        STR_INIT("apos;"), STR_INIT("ldquo;"),  STR_INIT("rdquo;"), STR_INIT("lsquo;"),
    };
    Str rest = chunk_str(chunk, (Span){at, run.end});
    if (!str_starts(rest, STR("&amp;"))) {
        return 0;
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (str_starts(str_after(rest, STR("&amp;").length), names[i])) {
            uint32_t end = at + (uint32_t)(STR("&amp;").length + names[i].length);
            bool beside = unicode_is_word(code_before(chunk, at)) ||
                          unicode_is_word(code_after(chunk, end));
            return beside ? end : 0;
        }
    }
    return 0;
}

static void check_run(Leaf *leaf, ProseRun run)
{
    const char *text = leaf->chunk->text;
    for (uint32_t at = run.span.start; at < run.span.end; at++) {
        uint32_t end;
        if (text[at] == '*') {
            check_stars(leaf, run, at);
            at += run_length(chunk_str(leaf->chunk, (Span){at, run.span.end}), '*') - 1;
        } else if (text[at] == '\\') {
            bool line = at + 2 < run.span.end && text[at + 1] == 'n';
            if (line && is_line_end(leaf->chunk, run.span, at)) {
                at = check_newlines(leaf, run.span, at);
            }
            at++;
        } else if (text[at] == '&' && (end = escaped_entity(leaf->chunk, run.span, at)) > 0) {
            Span span = {at, end};
            rule_report(leaf->context, span, "an entity that prints: %s",
                        rule_quote(leaf->context, chunk_str(leaf->chunk, span)));
        }
    }
}

/* Links */

/* The end of ` (address)` at `at`, or 0. */
static uint32_t address_end(const Chunk *chunk, uint32_t at)
{
    enum { LONGEST = 2000 };
    Str rest = str_before(chunk_str(chunk, (Span){at, chunk->length}), LONGEST);
    static const char *const starts[] = {" (http://", " (https://", " (./", " (../", " (mailto:"};
    size_t i = 0;
    while (i < sizeof(starts) / sizeof(starts[0]) && !str_starts(rest, str_of(starts[i]))) {
        i++;
    }
    if (i == sizeof(starts) / sizeof(starts[0])) {
        return 0;
    }
    size_t end = 2;
    while (end < rest.length && (unsigned char)rest.data[end] > ' ' && rest.data[end] != ')') {
        end++;
    }
    return end < rest.length && rest.data[end] == ')' ? at + (uint32_t)end + 1 : 0;
}

static void check_links(const Leaf *leaf)
{
    Brackets brackets = brackets_of(leaf->chunk, leaf->block);
    for (Bracket bracket; brackets_next(&brackets, &bracket);) {
        uint32_t end = address_end(leaf->chunk, bracket.whole.end);
        if (end > 0 && leaf->chunk->text[bracket.whole.start] == '[' &&
            has_letter(chunk_str(leaf->chunk, bracket.inside))) {
            rule_report(leaf->context, (Span){bracket.whole.start, end},
                        "no link: a space before the address");
        }
    }
}

/* Leaves */

/* A byte test: what a leaf's source may have of all this. */
typedef enum { MAY_RUN = 1, MAY_LINK = 2 } Marks;

static bool has_pair(Str text, char first, char second)
{
    for (size_t at = 0, next; (next = str_find_char(str_after(text, at), first)) != STR_NONE;) {
        at += next + 1;
        if (at < text.length && text.data[at] == second) {
            return true;
        }
    }
    return false;
}

static unsigned marks_of(Str text)
{
    bool run = has_pair(text, '*', '*') || has_pair(text, '\\', 'n') || has_pair(text, '&', 'a');
    return (run ? MAY_RUN : 0u) | (has_pair(text, ']', ' ') ? MAY_LINK : 0u);
}

static void check_leaf(Leaf *leaf, unsigned marks)
{
    if (marks & MAY_RUN) {
        Prose prose = prose_of(leaf->chunk, leaf->block);
        for (ProseRun run; prose_next(&prose, &run);) {
            check_run(leaf, run);
        }
        check_unclosed(leaf);
    }
    if (marks & MAY_LINK) {
        check_links(leaf);
    }
}

static void check(RuleContext *context, const Chunk *chunk)
{
    Facts facts = {0};
    for (uint32_t block = 0; block < chunk->block_count; block++) {
        const Block *at = &chunk->blocks[block];
        unsigned marks = at->pieces == 0 ? 0 : marks_of(chunk_str(chunk, at->whole));
        if (marks != 0) {
            Leaf leaf = {.context = context, .chunk = chunk, .block = block, .facts = &facts};
            check_leaf(&leaf, marks);
        }
    }
}

const Rule rule_literal_markup = {
    .code = "literal-markup",
    .severity = SEVERITY_WARNING,
    .summary = "markup that prints as it stands",
    .check_chunk = check,
};
