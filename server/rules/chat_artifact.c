/* chat-artifact: what a chat assistant's own machinery left in a text.
 *
 * These are exact tokens: marks of citations, paths of a sandbox, templates of a model. In 1,763
 * published articles none of them stood by chance, so they are errors wherever they print; code and
 * what is quoted are mention. Each has one rare byte, by which a chunk without any is passed over at
 * the cost of one look at its bytes. */
#include "server/rules/rule.h"

#define LEFT_BEHIND "what a chat assistant left behind"
#define TRACKED     "the address says which assistant gave it"

enum { LONGEST = 400 }; /* bytes of a token */

/* A place in a chunk's text that may be a token, and what it turned out to be. */
typedef struct {
    Str text;
    uint32_t at; /* of the rare byte */
    Span span;
    bool parameter; /* of an address: a warning */
    bool link;      /* it may be a link */
} Token;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static char byte_at(Str text, size_t at)
{
    return at < text.length ? text.data[at] : '\0';
}

static uint32_t skip_digits(Str text, uint32_t at)
{
    while (is_digit(byte_at(text, at))) {
        at++;
    }
    return at;
}

static bool goes_on(Str text, size_t at, Str with)
{
    return str_starts(str_after(text, at), with);
}

static bool came_before(Str text, size_t at, Str what)
{
    return str_ends(str_before(text, at), what);
}

static bool found(Token *token, uint32_t start, uint32_t end)
{
    token->span = (Span){start, end};
    return true;
}

/* Where a bracket with one of `inside`, which "#" stands for a number in, ends; 0. */
static uint32_t match_pattern(Str text, uint32_t at, Str pattern)
{
    for (size_t i = 0; i < pattern.length; i++) {
        uint32_t next = pattern.data[i] == '#' ? skip_digits(text, at)
                                               : at + (byte_at(text, at) == pattern.data[i]);
        if (next == at) {
            return 0;
        }
        at = next;
    }
    return at;
}

/* "[cite: 1, 2]" behind its colon. */
static uint32_t match_numbers(Str text, uint32_t at)
{
    uint32_t first = at + (byte_at(text, at) == ' ');
    if (!is_digit(byte_at(text, first))) {
        return 0;
    }
    for (at = first;
         is_digit(byte_at(text, at)) || byte_at(text, at) == ',' || byte_at(text, at) == ' ';) {
        at++;
    }
    return byte_at(text, at) == ']' ? at + 1 : 0;
}

static bool match_bracket(Token *token)
{
    static const Str patterns[] = {
        STR_INIT("[oaicite:#]{index=#}"),
        STR_INIT("[oaicite:#]"),
        STR_INIT("[cite_start]"),
        STR_INIT("[span_#](start_span)"),
        STR_INIT("[span_#](end_span)"),
        STR_INIT("[attached_file:#]"),
        STR_INIT("[web:#]"),
        STR_INIT("[INST]"),
        STR_INIT("[/INST]"),
    };
    Str text = token->text, reference = STR(":contentReference");
    uint32_t at = token->at, end = 0;
    for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]) && end == 0; i++) {
        end = match_pattern(text, at, patterns[i]);
    }
    if (end == 0 && goes_on(text, at, STR("[cite:"))) {
        end = match_numbers(text, at + 6);
    }
    token->link = goes_on(text, at, STR("[span_"));
    bool referred = came_before(text, at, reference);
    return end != 0 && found(token, referred ? at - (uint32_t)reference.length : at, end);
}

static bool match_tag(Token *token)
{
    static const Str tags[] = {
        STR_INIT("<think>"),       STR_INIT("</think>"),
        STR_INIT("<thinking>"),    STR_INIT("</thinking>"),
        STR_INIT("<antArtifact "), STR_INIT("</antArtifact>"),
        STR_INIT("<|im_start|>"),  STR_INIT("<|im_end|>"),
        STR_INIT("<|endoftext|>"), STR_INIT("<|start_header_id|>"),
    };
    for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
        if (goes_on(token->text, token->at, tags[i])) {
            Str rest = str_before(str_after(token->text, token->at), LONGEST);
            size_t end = str_find_char(rest, '>');
            return end != STR_NONE && found(token, token->at, token->at + (uint32_t)end + 1);
        }
    }
    return false;
}

/* LaTeX whose backslashes a copy took for the beginning of entities. A real one ends in ";". */
static bool match_entity(Token *token)
{
    static const Str names[] = {
        STR_INIT("&frac{"), STR_INIT("&sqrt{"), STR_INIT("&times{"),  STR_INIT("&sum{"),
        STR_INIT("&text{"), STR_INIT("&left{"), STR_INIT("&mathbf{"), STR_INIT("&mathrm{"),
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (goes_on(token->text, token->at, names[i])) {
            return found(token, token->at, token->at + (uint32_t)names[i].length);
        }
    }
    return false;
}

static bool match_brace(Token *token)
{
    Str text = token->text, writing = STR(":::writing");
    uint32_t at = token->at;
    if (came_before(text, at, writing)) {
        size_t end = str_find_char(str_before(str_after(text, at), LONGEST), '}');
        return end != STR_NONE &&
               found(token, at - (uint32_t)writing.length, at + (uint32_t)end + 1);
    }
    if (!goes_on(text, at, STR("{\"attribution\":{\"")) &&
        !goes_on(text, at, STR("{\"attributableIndex\""))) {
        return false;
    }
    Str rest = str_before(str_after(text, at), LONGEST);
    size_t end = str_find_char(rest, '}');
    for (; byte_at(rest, end) == '}'; end++) {
    }
    return end != STR_NONE && found(token, at, at + (uint32_t)end);
}

/* The end of an address that goes on at `at`. */
static uint32_t address_end(Str text, uint32_t at)
{
    while (at < text.length && strchr(" \t\r\n)>\"'`]", text.data[at]) == NULL) {
        at++;
    }
    return at;
}

/* "?name=value" in an address, where the value ends. */
static bool match_parameter(Token *token, uint32_t start, uint32_t value, const Str *values)
{
    char before = start == 0 ? '\0' : token->text.data[start - 1];
    for (; before == '?' || before == '&' || before == ';'; values++) {
        if (values->length == 0) {
            return false;
        }
        uint32_t end = value + (uint32_t)values->length;
        char after = byte_at(token->text, end);
        if (goes_on(token->text, value, *values) && !is_word(after) && after != '.' &&
            after != '-') {
            token->parameter = true;
            return found(token, start, end);
        }
    }
    return false;
}

static bool match_underscore(Token *token)
{
    static const Str sources[] = {
        STR_INIT("chatgpt.com"),
        STR_INIT("openai"),
        STR_INIT("openai.com"),
        STR_INIT("copilot.com"),
        {0},
    };
    Str text = token->text;
    uint32_t at = token->at;
    if (came_before(text, at, STR("utm")) && goes_on(text, at, STR("_source="))) {
        return match_parameter(token, at - 3, at + 8, sources);
    }
    if (came_before(text, at, STR("grok")) &&
        (goes_on(text, at, STR("_card")) || goes_on(text, at, STR("_render_citation_card")))) {
        uint32_t end = at;
        while (is_word(byte_at(text, end))) {
            end++;
        }
        return found(token, at - 4, end);
    }
    if (came_before(text, at, STR("oai")) && goes_on(text, at, STR("_citation:"))) {
        return found(token, at - 3, address_end(text, at));
    }
    uint32_t end = came_before(text, at, STR("INSERT"))
                       ? match_pattern(text, at, STR("_SOURCE_URL_#"))
                       : 0;
    return end != 0 && found(token, at - 6, end);
}

static bool match_equals(Token *token)
{
    static const Str sources[] = {STR_INIT("grok.com"), {0}};
    return came_before(token->text, token->at, STR("referrer")) &&
           match_parameter(token, token->at - 8, token->at + 1, sources);
}

static bool match_colon(Token *token)
{
    Str text = token->text;
    return goes_on(text, token->at, STR(":/mnt/data/")) &&
           came_before(text, token->at, STR("sandbox")) &&
           found(token, token->at - 7, address_end(text, token->at));
}

static bool match_hyphen(Token *token)
{
    Str text = token->text, rest = STR("-ai-file-upload");
    return goes_on(text, token->at, rest) && came_before(text, token->at, STR("ppl")) &&
           found(token, token->at - 3, token->at + (uint32_t)rest.length);
}

/* "turn0search1", where the number begins; its end, or 0. */
static uint32_t turn_end(Str text, uint32_t at)
{
    static const Str kinds[] = {
        STR_INIT("search#"), STR_INIT("view#"), STR_INIT("news#"),
        STR_INIT("image#"),  STR_INIT("file#"),
    };
    uint32_t kind = skip_digits(text, at), end = 0;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && end == 0; i++) {
        end = match_pattern(text, kind, kinds[i]);
    }
    return kind == at ? 0 : end;
}

/* Whether one of the private marks U+E200 to U+E206, which are the glyphs of icons elsewhere, is at
 * `at`. */
static bool is_private(Str text, size_t at)
{
    return goes_on(text, at, STR("\xEE\x88")) && (unsigned char)byte_at(text, at + 2) <= 0x86;
}

static bool match_turn(Token *token)
{
    Str text = token->text;
    uint32_t start = token->at - 4, end = turn_end(text, token->at);
    if (end == 0 ||
        (start > 0 && is_word(text.data[start - 1]) && !came_before(text, start, STR("cite")))) {
        return false;
    }
    for (bool more = true; more;) {
        uint32_t next = end;
        if (is_private(text, end)) {
            next = end + 3;
        } else if (goes_on(text, end, STR("turn")) && turn_end(text, end + 4) != 0) {
            next = turn_end(text, end + 4);
        }
        more = next != end;
        end = next;
    }
    while (start >= 3 && is_private(text, start - 3)) {
        start -= 3;
    }
    start -= came_before(text, start, STR("cite")) ? 4 : 0;
    while (start >= 3 && is_private(text, start - 3)) {
        start -= 3;
    }
    return found(token, start, end);
}

/* 【85†L261-269】 at its dagger. 【18:30】 is a time. */
static bool match_dagger(Token *token)
{
    Str text = token->text, opens = STR("【"), closes = STR("】");
    uint32_t start = token->at;
    while (start > 0 && (is_digit(text.data[start - 1]) || text.data[start - 1] == ':')) {
        start--;
    }
    if (start == token->at || !came_before(text, start, opens)) {
        return false;
    }
    Str line = str_before(str_after(text, token->at), LONGEST);
    line = str_before(line, str_find_char(line, '\n'));
    size_t end = str_find(line, closes);
    return end != STR_NONE && found(token, start - (uint32_t)opens.length,
                                    token->at + (uint32_t)(end + closes.length));
}

static bool match(Token *token)
{
    switch (token->text.data[token->at]) {
    case '[':
        return match_bracket(token);
    case '<':
        return match_tag(token);
    case '&':
        return match_entity(token);
    case '{':
        return match_brace(token);
    case '_':
        return match_underscore(token);
    case '=':
        return match_equals(token);
    case ':':
        return match_colon(token);
    case '-':
        return match_hyphen(token);
    case '\xE2':
        return goes_on(token->text, token->at, STR("†")) && match_dagger(token);
    default:
        return came_before(token->text, token->at, STR("turn")) && match_turn(token);
    }
}

/* Where a token stands */

/* Whether an HTML block prints what it holds: no comment, no <pre>. */
static bool prints(const Chunk *chunk, const Block *block)
{
    Str text = chunk_str(chunk, block->whole);
    return block->level >= 6 && str_find(text, STR("<code")) == STR_NONE &&
           str_find(text, STR("<pre")) == STR_NONE && str_find(text, STR("<!--")) == STR_NONE;
}

/* Whether the inline that begins last before a token, or with it, makes it a part of something else:
 * of code, of an attribute, of a link by reference. */
static bool is_syntax(const Inline *at, const Token *token)
{
    if (!span_overlaps(at->whole, token->span)) {
        return false;
    }
    bool begins = at->whole.start == token->span.start;
    return at->type == INLINE_CODE || (at->type == INLINE_HTML && !begins && !token->parameter) ||
           (at->type == INLINE_LINK && begins && !token->link && at->form != LINK_INLINE);
}

static bool is_quoted(Str text, size_t at)
{
    static const Str marks[] = {
        STR_INIT("\""), STR_INIT("'"), STR_INIT("`"),  STR_INIT("“"),  STR_INIT("‘"),
        STR_INIT("„"),  STR_INIT("«"), STR_INIT("「"), STR_INIT("『"),
    };
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (came_before(text, at, marks[i])) {
            return true;
        }
    }
    return false;
}

/* How far the blocks and inlines of a chunk are read: tokens come in the order of the text. */
typedef struct {
    uint32_t block, at; /* the first block and the first inline behind the token */
} Reading;

static bool is_shown(const Chunk *chunk, const Token *token, Reading *reading)
{
    uint32_t start = token->span.start;
    while (reading->block < chunk->block_count &&
           chunk->blocks[reading->block].whole.start <= start) {
        reading->block++;
    }
    while (reading->at < chunk->inline_count && chunk->inlines[reading->at].whole.start <= start) {
        reading->at++;
    }
    if (reading->block == 0 || is_quoted(token->text, start)) {
        return false;
    }
    const Block *block = &chunk->blocks[reading->block - 1];
    switch (block->type) {
    case BLOCK_PARAGRAPH:
    case BLOCK_HEADING:
    case BLOCK_CELL:
        return reading->at == 0 || !is_syntax(&chunk->inlines[reading->at - 1], token);
    case BLOCK_HTML:
        return prints(chunk, block);
    default:
        return block->type == BLOCK_DEFINITION && token->parameter;
    }
}

/* What most of the bytes that some token has are not: beside the byte that it has there. */
static bool is_in_place(Str text, uint32_t at)
{
    char before = at > 0 ? text.data[at - 1] : 0;
    char after = at + 1 < text.length ? text.data[at + 1] : 0;
    switch (text.data[at]) {
    case '-':
        return after == 'a';
    case ':':
        return after == '/';
    case '=':
        return before == 'r';
    default:
        return !is_digit(text.data[at]) || before == 'n';
    }
}

/* The next byte from `at` on by which a token may be known. */
static uint32_t next_rare(Str text, uint32_t at)
{
    static const bool rare[256] = {
        ['['] = 1, ['<'] = 1, ['&'] = 1, ['{'] = 1, ['_'] = 1,  ['='] = 1, [':'] = 1,
        ['-'] = 1, ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1,  ['4'] = 1, ['5'] = 1,
        ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1, [0xE2] = 1,
    };
    while (at < text.length && (!rare[(unsigned char)text.data[at]] || !is_in_place(text, at))) {
        at++;
    }
    return at;
}

static void check(RuleContext *context, const Chunk *chunk)
{
    Str text = {chunk->text, chunk->length};
    Reading reading = {0};
    for (uint32_t at = next_rare(text, 0); at < text.length; at = next_rare(text, at + 1)) {
        Token token = {.text = text, .at = at};
        if (!match(&token)) {
            continue;
        }
        if (is_shown(chunk, &token, &reading)) {
            rule_report(context, token.span, token.parameter ? TRACKED : LEFT_BEHIND);
            rule_severity(context, token.parameter ? SEVERITY_WARNING : SEVERITY_ERROR);
        }
        at = token.span.end - 1;
    }
}

/* Two headings of a model's template. */
static void check_outline(RuleContext *context, const Outline *outline)
{
    const Document *document = rule_document(context);
    const Heading *instruction = NULL;
    for (uint32_t i = 0; i < outline->count; i++) {
        const Heading *heading = &outline->headings[i];
        uint32_t length = heading->text.end - heading->text.start;
        if (heading->level != 3 || length > STR("Instruction:").length) {
            continue;
        }
        Str text = chunk_str(document_chunk(document, heading->chunk), heading->text);
        if (instruction != NULL && str_equal(text, STR("Response:"))) {
            rule_report_heading(context, instruction, instruction->text, LEFT_BEHIND);
            rule_relate_heading(context, heading, heading->text, "its other half");
            instruction = NULL;
        } else if (str_equal(text, STR("Instruction:"))) {
            instruction = heading;
        }
    }
}

const Rule rule_chat_artifact = {
    .code = "chat-artifact",
    .severity = SEVERITY_ERROR,
    .summary = "tokens of a chat assistant's machinery",
    .check_chunk = check,
    .check_outline = check_outline,
};
