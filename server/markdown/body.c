#include "server/markdown/body.h"

#include "server/markdown/line.h"
#include "server/unicode/words.h"

static bool is_underline(Str line)
{
    line = str_trim(line);
    char c = line.length == 0 ? 0 : line.data[0];
    return (c == '=' || c == '-') && line.length > 1 && run_length(line, c) == line.length;
}

/* Programs are spoken to by marks that words do not have: `prettier-ignore`, `#region`, `toc=2`. */
static bool looks_like_word(Str word)
{
    for (size_t i = 0; i < word.length; i++) {
        if (str_find_char(STR("-_#=/@{}<>|"), word.data[i]) != STR_NONE) {
            return false;
        }
    }
    return word.length > 0 && str_find_char(str_before(word, word.length - 1), ':') == STR_NONE;
}

static Str first_token(Str text)
{
    size_t start = 0, end;
    while (start < text.length && (is_blank(text.data[start]) || text.data[start] == '\n')) {
        start++;
    }
    for (end = start; end < text.length && (unsigned char)text.data[end] > ' ';) {
        end++;
    }
    return str_slice(text, start, end);
}

bool body_is_words(Str comment)
{
    size_t delimiter = str_starts(comment, STR("<!--"))  ? 4
                       : str_starts(comment, STR("{/*")) ? 3
                                                         : 0;
    size_t tail = delimiter == 4 ? 3 : delimiter;
    Str inside = str_slice(comment, delimiter, comment.length - tail);
    return delimiter > 0 && words_count(inside) >= 2 && looks_like_word(first_token(inside));
}

/* `<a id="x"></a>`, `<span name="x"/>`: tags with an id and nothing between them. */
static bool is_anchor(Str html)
{
    bool named = str_find(html, STR(" id=")) != STR_NONE ||
                 str_find(html, STR(" name=")) != STR_NONE;
    while (named && html.length > 0) {
        size_t end = html.data[0] == '<' ? str_find_char(html, '>') : STR_NONE;
        if (end == STR_NONE) {
            return false;
        }
        html = str_trim(str_after(html, end + 1));
    }
    return named && html.length == 0;
}

static BodyParts html_part(const Chunk *chunk, const Block *block)
{
    Str text = str_trim(chunk_str(chunk, block->whole));
    if (block->level == 2 && str_ends(text, STR("-->"))) {
        return body_is_words(text) ? BODY_COMMENT : BODY_SYNTAX;
    }
    return is_anchor(text) ? BODY_ANCHOR : BODY_CONTENT;
}

static BodyParts paragraph_part(const Chunk *chunk, const Block *block)
{
    Str first = chunk_piece(chunk, block->piece), text = chunk_str(chunk, block->whole);
    if (block->pieces == 1 && is_underline(first)) {
        return BODY_STRAY;
    }
    if (str_starts(text, STR("{/*")) && str_ends(text, STR("*/}"))) {
        return body_is_words(text) ? BODY_COMMENT : BODY_SYNTAX;
    }
    return first.data[0] == '<' && is_anchor(text) ? BODY_ANCHOR : BODY_CONTENT;
}

BodyParts body_part(const Chunk *chunk, uint32_t index)
{
    const Block *block = &chunk->blocks[index];
    switch (block->type) {
    case BLOCK_HTML:
        return html_part(chunk, block);
    case BLOCK_PARAGRAPH:
        return paragraph_part(chunk, block);
    case BLOCK_BREAK:
        return BODY_BREAK;
    case BLOCK_FRONT_MATTER:
        return 0;
    default:
        return BODY_CONTENT;
    }
}
