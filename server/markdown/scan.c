#include "server/markdown/scan.h"

#include "server/markdown/blocks.h"
#include "server/markdown/leaf.h"
#include "server/markdown/starts.h"

static const Str byte_order_mark = STR_INIT("\xEF\xBB\xBF");

/* Cuts */

static bool root_leaf_is(const Scanner *scanner, BlockType type)
{
    return scanner->depth == 0 && scanner->leaf >= 0 &&
           scanner->blocks.items[scanner->leaf].type == type;
}

/* Whether a line would go on with the table that is open at the root. */
static bool is_plain_row(const Line *line)
{
    Str rest = line_rest(line);
    Span text, label;
    ListMarker marker;
    return line->indent < CODE_INDENT && rest.data[0] != '>' &&
           start_atx(rest, &text, &label) == 0 && start_fence(rest) == 0 &&
           start_html(rest, false) == 0 && !start_thematic_break(rest) &&
           start_footnote(rest, &label) == 0 && !start_list(rest, &marker);
}

/* Whether a new chunk begins before `line`, and what it goes on with. */
static bool cut_before(Scanner *scanner, const Line *line, Carry *carry)
{
    uint32_t length = line->start - scanner->start;
    bool large = length >= scanner->size.large;
    if (length < scanner->size.enough || root_leaf_is(scanner, BLOCK_HTML)) {
        return false;
    }
    if (root_leaf_is(scanner, BLOCK_FENCE)) {
        *carry = scanner->fence;
        return large;
    }
    *carry = (Carry){0};
    if (line->blank || line->indent > 0) {
        return false;
    }
    if (large && blocks_is_own_item(scanner, line)) {
        const Block *list = &scanner->blocks.items[scanner->open[0].block];
        *carry = (Carry){
            .kind = CARRY_LIST,
            .marker = list->marker,
            .ordered = (list->flags & BLOCK_ORDERED) != 0,
        };
        return true;
    }
    if (large && root_leaf_is(scanner, BLOCK_TABLE) && is_plain_row(line)) {
        *carry = (Carry){.kind = CARRY_TABLE, .length = scanner->columns};
        return true;
    }
    Span text, closing;
    return start_atx(line_rest(line), &text, &closing) > 0 ||
           (large && scanner->after_blank && !blocks_is_own_item(scanner, line));
}

/* Front matter */

bool scan_opens_front_matter(Str text)
{
    bool marked = str_starts(text, byte_order_mark);
    Str line;
    text = str_after(text, marked ? 3 : 0);
    return str_take_line(&text, &line) && line.length >= 3 &&
           (str_starts(line, STR("---")) || str_starts(line, STR("+++"))) &&
           str_trim(str_after(line, 3)).length == 0;
}

static bool closes_front_matter(Str line, char marker)
{
    Str bar = marker == '-' ? STR("---") : STR("+++");
    return (str_starts(line, bar) || (marker == '-' && str_starts(line, STR("...")))) &&
           str_trim(str_after(line, 3)).length == 0;
}

/* The front matter's closing line in `text`, from its opening line at `at` on. */
static bool find_front_matter(Str text, uint32_t at, Line *opening, Line *closing)
{
    *opening = line_at(text, at);
    char marker = text.data[opening->first];
    for (uint32_t next = opening->next; next < text.length && next < FRONT_MATTER_LIMIT;) {
        *closing = line_at(text, next);
        if (closes_front_matter(str_slice(text, closing->start, closing->end), marker)) {
            return true;
        }
        next = closing->next;
    }
    return false;
}

uint32_t scan_front_matter(Str text)
{
    Line opening, closing;
    uint32_t at = str_starts(text, byte_order_mark) ? 3 : 0;
    bool found = scan_opens_front_matter(text) && find_front_matter(text, at, &opening, &closing);
    return found ? closing.next : 0;
}

/* Takes what only the beginning of a document can have: a byte order mark and front matter. */
static void scan_beginning(Scanner *scanner)
{
    Str text = str_after(scanner->text, scanner->start);
    uint32_t at = str_starts(text, byte_order_mark) ? 3 : 0;
    scanner->at += at;
    Line opening, closing;
    if (!scan_opens_front_matter(text) || !find_front_matter(text, at, &opening, &closing)) {
        return;
    }
    uint32_t index = leaf_add_block(scanner, BLOCK_FRONT_MATTER, scanner->start + at,
                                    scanner->start + closing.end);
    Block *block = &scanner->blocks.items[index];
    block->marker = text.data[at];
    block->flags = BLOCK_CLOSED;
    block->content = (Span){opening.next, closing.start};
    block->close = (Span){closing.start, closing.start + 3};
    scanner->at = scanner->start + closing.next;
    for (size_t i = 0; i < closing.next;) {
        Line line = line_at(text, (uint32_t)i);
        scanner->lines += line.next > line.end;
        i = line.next;
    }
}

void scanner_init(Scanner *scanner, Str text, bool first, Carry in, ChunkSize size)
{
    *scanner = (Scanner){.text = text, .size = size, .first = first, .out = in, .leaf = -1};
}

void scanner_finish(Scanner *scanner)
{
    array_finish(&scanner->blocks);
    array_finish(&scanner->pieces);
    array_finish(&scanner->defines);
    buf_finish(&scanner->joined);
}

static void begin_chunk(Scanner *scanner)
{
    array_reset(&scanner->blocks);
    array_reset(&scanner->pieces);
    array_reset(&scanner->defines);
    scanner->start = scanner->at;
    scanner->in = scanner->out;
    scanner->out = (Carry){0};
    scanner->lines = 0;
    scanner->after_blank = false;
    blocks_resume(scanner);
}

bool scanner_next(Scanner *scanner)
{
    bool beginning = scanner->first && scanner->at == 0;
    if (scanner->at >= scanner->text.length) {
        return false;
    }
    begin_chunk(scanner);
    scanner->first = beginning;
    if (beginning) {
        scan_beginning(scanner);
    }
    while (scanner->at < scanner->text.length) {
        Line line = line_at(scanner->text, scanner->at);
        if (scanner->lines > 0 && cut_before(scanner, &line, &scanner->out)) {
            break;
        }
        scanner->out = (Carry){0};
        scanner->lines += line.next > line.end;
        scanner->after_blank = line.blank;
        scanner->at = line.next;
        blocks_line(scanner, &line);
    }
    blocks_suspend(scanner);
    return true;
}
