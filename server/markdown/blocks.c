#include "server/markdown/blocks.h"

#include "server/markdown/leaf.h"
#include "server/markdown/link.h"
#include "server/markdown/starts.h"

/* Where the current line stands between the open blocks and those that it may begin. */
typedef struct {
    uint32_t keep;     /* the containers that go on */
    bool in_paragraph; /* the open paragraph would go on with this line */
    bool lazy;         /* … although not all of its containers do */
    bool opened;       /* a block has begun on this line */
} Place;

/* What a line was, in the order in which the scanner asks. */
typedef enum {
    START_NONE,      /* no block begins here */
    START_CONTAINER, /* one begins, and something else may begin behind it */
    START_LEAF,      /* one begins and has used up the line */
} Start;

static Block *block_at(Scanner *scanner, uint32_t index)
{
    return &scanner->blocks.items[index];
}

static Block *open_block(Scanner *scanner, uint32_t depth)
{
    return block_at(scanner, scanner->open[depth].block);
}

static Block *open_leaf(Scanner *scanner)
{
    return block_at(scanner, (uint32_t)scanner->leaf);
}

static bool leaf_is(Scanner *scanner, BlockType type)
{
    return scanner->leaf >= 0 && open_leaf(scanner)->type == type;
}

static Str scanned(const Scanner *scanner, Span span)
{
    return str_slice(scanner->text, scanner->start + span.start, scanner->start + span.end);
}

/* Closing */

/* A quote whose first line is only `[!WORD]` is an alert (GitHub); Obsidian allows a title behind. */
static void mark_alert(Scanner *scanner, uint32_t index)
{
    Block *quote = block_at(scanner, index);
    const Block *first = quote + 1;
    if (index + 1 >= scanner->blocks.count || first->type != BLOCK_PARAGRAPH ||
        first->parent != (int32_t)index) {
        return;
    }
    Piece piece = scanner->pieces.items[first->piece];
    Str text = scanned(scanner, (Span){piece.offset, piece.offset + piece.length});
    if (str_starts(text, STR("[!")) && str_find_char(text, ']') != STR_NONE) {
        quote->flags |= BLOCK_ALERT;
    }
}

static void close_down_to(Scanner *scanner, uint32_t depth)
{
    if (scanner->depth > depth) {
        leaf_close(scanner);
    }
    while (scanner->depth > depth) {
        scanner->depth--;
        if (open_block(scanner, scanner->depth)->type == BLOCK_QUOTE) {
            mark_alert(scanner, scanner->open[scanner->depth].block);
        }
    }
}

/* Makes way for a block that begins on this line; a list can hold nothing but items. */
static void make_way(Scanner *scanner, Place *place, bool for_item)
{
    uint32_t keep = place->keep;
    if (!for_item && keep > 0 && open_block(scanner, keep - 1)->type == BLOCK_LIST) {
        keep--;
    }
    leaf_close(scanner);
    close_down_to(scanner, keep);
    place->keep = keep;
}

static void push_container(Scanner *scanner, Place *place, uint32_t block, uint32_t indent)
{
    scanner->open[scanner->depth++] = (OpenBlock){block, indent};
    *place = (Place){.keep = scanner->depth, .opened = true};
}

/* Says that the containers up to `depth` reach to the end of this line. */
static void extend(Scanner *scanner, const Line *line, uint32_t depth)
{
    for (uint32_t i = 0; i < depth; i++) {
        open_block(scanner, i)->whole.end = line->end - scanner->start;
    }
}

/* Going on with what is open */

static bool match_quote(Line *line)
{
    if (line->indent >= CODE_INDENT || line->blank || line->text.data[line->first] != '>') {
        return false;
    }
    line_skip_to(line, line->first + 1);
    line_skip_columns(line, 1);
    return true;
}

static bool match_indent(Line *line, uint32_t columns, bool blank)
{
    if (line->blank) {
        return blank;
    }
    if (line->indent < columns) {
        return false;
    }
    line_skip_columns(line, columns);
    return true;
}

static bool match_container(Scanner *scanner, Line *line, uint32_t depth)
{
    const Block *block = open_block(scanner, depth);
    bool has_child = scanner->blocks.count > scanner->open[depth].block + 1;
    switch (block->type) {
    case BLOCK_QUOTE:
        return match_quote(line);
    case BLOCK_ITEM:
        return match_indent(line, scanner->open[depth].indent, has_child);
    case BLOCK_FOOTNOTE:
        return match_indent(line, CODE_INDENT, true);
    default:
        return true; /* a list goes on; what does not is its item */
    }
}

/* How many of the open containers go on with this line; the cursor stands behind their markers. A
 * quote reaches to its last marker, also where nothing follows it. */
static uint32_t match_containers(Scanner *scanner, Line *line)
{
    uint32_t depth = 0, quotes = 0;
    while (depth < scanner->depth && match_container(scanner, line, depth)) {
        depth++;
        if (open_block(scanner, depth - 1)->type == BLOCK_QUOTE) {
            quotes = depth;
        }
    }
    if (line->blank) {
        extend(scanner, line, quotes);
    }
    return depth;
}

static bool continue_fence(Scanner *scanner, const Line *line)
{
    Block *block = open_leaf(scanner);
    extend(scanner, line, scanner->depth);
    block->whole.end = line->end - scanner->start;
    Str rest = line_rest(line);
    if (line->indent < CODE_INDENT &&
        start_fence_closing(rest, scanner->fence.marker, scanner->fence.length)) {
        uint32_t start = line->first - scanner->start;
        block->flags |= BLOCK_CLOSED;
        block->close = (Span){start, start + run_length(rest, scanner->fence.marker)};
        scanner->leaf = -1;
    } else {
        block->content.end = line->next - scanner->start;
    }
    return true;
}

static bool continue_html(Scanner *scanner, const Line *line)
{
    Block *block = open_leaf(scanner);
    if (line->blank && block->level >= 6) {
        scanner->leaf = -1;
        return false;
    }
    extend(scanner, line, scanner->depth);
    block->whole.end = block->content.end = line->end - scanner->start;
    if (start_html_end(str_slice(line->text, line->at, line->end), block->level)) {
        block->flags |= BLOCK_CLOSED;
        scanner->leaf = -1;
    }
    return true;
}

static bool continue_code(Scanner *scanner, const Line *line)
{
    if (line->blank) {
        return true;
    }
    if (line->indent < CODE_INDENT) {
        scanner->leaf = -1;
        return false;
    }
    extend(scanner, line, scanner->depth);
    open_leaf(scanner)->whole.end = line->end - scanner->start;
    return true;
}

/* Whether the open leaf has used up a line that all of its containers go on with. */
static bool continue_leaf(Scanner *scanner, const Line *line)
{
    if (scanner->leaf < 0) {
        return false;
    }
    switch (open_leaf(scanner)->type) {
    case BLOCK_FENCE:
        return continue_fence(scanner, line);
    case BLOCK_HTML:
        return continue_html(scanner, line);
    case BLOCK_CODE:
        return continue_code(scanner, line);
    default:
        if (line->blank) {
            leaf_close(scanner);
        }
        return line->blank;
    }
}

/* Beginnings, in the order of the specification */

static Start start_code_block(Scanner *scanner, Line *line, Place *place)
{
    if (place->in_paragraph || place->lazy) {
        return START_NONE;
    }
    make_way(scanner, place, false);
    line_skip_columns(line, CODE_INDENT);
    scanner->leaf = (int32_t)leaf_add_block(scanner, BLOCK_CODE, line->at, line->end);
    return START_LEAF;
}

static Start start_quote_block(Scanner *scanner, Line *line, Place *place)
{
    make_way(scanner, place, false);
    uint32_t block = leaf_add_block(scanner, BLOCK_QUOTE, line->first, line->end);
    match_quote(line);
    push_container(scanner, place, block, 0);
    return START_CONTAINER;
}

static Start start_heading(Scanner *scanner, Line *line, Place *place)
{
    Span text, closing;
    uint8_t level = start_atx(line_rest(line), &text, &closing);
    if (level == 0) {
        return START_NONE;
    }
    make_way(scanner, place, false);
    uint32_t base = line->first - scanner->start;
    Block *block = block_at(scanner,
                            leaf_add_block(scanner, BLOCK_HEADING, line->first, line->end));
    block->level = level;
    block->content = (Span){base + text.start, base + text.end};
    block->close = (Span){base + closing.start, base + closing.end};
    if (!span_empty(text)) {
        *array_add(&scanner->pieces) = (Piece){block->content.start, text.end - text.start};
        block->pieces = 1;
    }
    return START_LEAF;
}

static Start start_fence_block(Scanner *scanner, Line *line, Place *place)
{
    uint32_t length = start_fence(line_rest(line));
    if (length == 0) {
        return START_NONE;
    }
    make_way(scanner, place, false);
    uint32_t index = leaf_add_block(scanner, BLOCK_FENCE, line->first, line->end);
    Block *block = block_at(scanner, index);
    block->marker = line->text.data[line->first];
    block->content = (Span){line->next - scanner->start, line->next - scanner->start};
    scanner->fence = (Carry){
        .kind = CARRY_FENCE,
        .marker = block->marker,
        .indent = line->indent,
        .length = length,
    };
    scanner->leaf = (int32_t)index;
    return START_LEAF;
}

static Start start_html_block(Scanner *scanner, Line *line, Place *place)
{
    uint8_t kind = start_html(line_rest(line), place->in_paragraph || place->lazy);
    if (kind == 0) {
        return START_NONE;
    }
    make_way(scanner, place, false);
    uint32_t index = leaf_add_block(scanner, BLOCK_HTML, line->first, line->end);
    Block *block = block_at(scanner, index);
    block->level = kind;
    block->content = block->whole;
    scanner->leaf = (int32_t)index;
    continue_html(scanner, line); /* it may end on the line that begins it */
    return START_LEAF;
}

static Start start_setext_heading(Scanner *scanner, Line *line, const Place *place)
{
    uint8_t level = place->in_paragraph ? start_setext(line_rest(line)) : 0;
    if (level == 0 || !leaf_take_definitions(scanner)) {
        return START_NONE;
    }
    leaf_make_heading(scanner, line, level);
    return START_LEAF;
}

static Start start_break(Scanner *scanner, Line *line, Place *place)
{
    if (!start_thematic_break(line_rest(line))) {
        return START_NONE;
    }
    make_way(scanner, place, false);
    leaf_add_block(scanner, BLOCK_BREAK, line->first, line->end);
    return START_LEAF;
}

static Start start_footnote_block(Scanner *scanner, Line *line, Place *place)
{
    Span label;
    uint32_t length = start_footnote(line_rest(line), &label);
    if (length == 0) {
        return START_NONE;
    }
    make_way(scanner, place, false);
    uint32_t base = line->first - scanner->start;
    uint32_t index = leaf_add_block(scanner, BLOCK_FOOTNOTE, line->first, line->end);
    block_at(scanner, index)->content = (Span){base + label.start, base + label.end};
    *array_add(&scanner->defines) = link_footnote_key(
        str_slice(line_rest(line), label.start, label.end));
    line_skip_to(line, line->first + length);
    push_container(scanner, place, index, 0);
    return START_CONTAINER;
}

static bool is_list_of(const Block *block, ListMarker marker)
{
    bool ordered = (block->flags & BLOCK_ORDERED) != 0;
    return block->type == BLOCK_LIST && block->marker == marker.marker && ordered == marker.ordered;
}

/* A list interrupts a paragraph only with an item that has text and, numbered, begins at 1. */
static bool may_interrupt(ListMarker marker, Str rest)
{
    bool empty = str_trim(str_after(rest, marker.length)).length == 0;
    return !empty && (!marker.ordered || marker.one);
}

static uint32_t add_list_block(Scanner *scanner, const Line *line, BlockType type,
                               ListMarker marker)
{
    uint32_t index = leaf_add_block(scanner, type, line->first, line->end);
    Block *block = block_at(scanner, index);
    block->marker = marker.marker;
    block->flags = marker.ordered ? BLOCK_ORDERED : 0;
    return index;
}

/* Moves behind a marker and returns how many columns its content is from where the line stood. */
static uint32_t skip_marker(Line *line, uint32_t length)
{
    uint32_t offset = line->indent + length;
    line_skip_to(line, line->first + length);
    bool code = line->indent > CODE_INDENT;
    uint32_t blanks = line->blank || code ? 1 : line->indent;
    line_skip_columns(line, blanks);
    return offset + blanks;
}

static Start start_item(Scanner *scanner, Line *line, Place *place)
{
    ListMarker marker;
    if (!start_list(line_rest(line), &marker) ||
        (place->in_paragraph && !may_interrupt(marker, line_rest(line)))) {
        return START_NONE;
    }
    bool goes_on = place->keep > 0 && is_list_of(open_block(scanner, place->keep - 1), marker);
    make_way(scanner, place, goes_on);
    if (!goes_on) {
        uint32_t list = add_list_block(scanner, line, BLOCK_LIST, marker);
        push_container(scanner, place, list, 0);
    }
    uint32_t item = add_list_block(scanner, line, BLOCK_ITEM, marker);
    uint32_t indent = skip_marker(line, marker.length);
    push_container(scanner, place, item, indent);
    return START_CONTAINER;
}

static Start start_at_dash(Scanner *scanner, Line *line, Place *place, bool room)
{
    Start start = start_setext_heading(scanner, line, place);
    if (start == START_NONE) {
        start = start_break(scanner, line, place);
    }
    return start == START_NONE && room ? start_item(scanner, line, place) : start;
}

static Start start_block(Scanner *scanner, Line *line, Place *place)
{
    if (line->blank) {
        return START_NONE;
    }
    if (line->indent >= CODE_INDENT) {
        return start_code_block(scanner, line, place);
    }
    bool room = scanner->depth + 2 <= CONTAINER_LIMIT;
    switch (line->text.data[line->first]) {
    case '>':
        return room ? start_quote_block(scanner, line, place) : START_NONE;
    case '#':
        return start_heading(scanner, line, place);
    case '`':
    case '~':
        return start_fence_block(scanner, line, place);
    case '<':
        return start_html_block(scanner, line, place);
    case '[':
        return room ? start_footnote_block(scanner, line, place) : START_NONE;
    case '=':
        return start_setext_heading(scanner, line, place);
    case '_':
        return start_break(scanner, line, place);
    case '-':
    case '*':
    case '+':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        return start_at_dash(scanner, line, place, room);
    default:
        return START_NONE;
    }
}

/* Text that begins no block */

static void add_text(Scanner *scanner, Line *line, Place *place)
{
    if (!(place->lazy && !place->opened)) {
        if (!place->opened) {
            close_down_to(scanner, place->keep);
        }
        if (place->in_paragraph && leaf_make_table(scanner, line)) {
            extend(scanner, line, scanner->depth);
            return;
        }
    }
    if (leaf_is(scanner, BLOCK_TABLE)) {
        leaf_add_row(scanner, line);
    } else {
        if (!leaf_is(scanner, BLOCK_PARAGRAPH)) {
            make_way(scanner, place, false);
            scanner->leaf = (int32_t)leaf_add_block(scanner, BLOCK_PARAGRAPH, line->first,
                                                    line->end);
        }
        leaf_add_line(scanner, line);
    }
    extend(scanner, line, scanner->depth);
}

void blocks_line(Scanner *scanner, Line *line)
{
    uint32_t matched = match_containers(scanner, line);
    bool all = matched == scanner->depth;
    if (all && continue_leaf(scanner, line)) {
        return;
    }
    bool paragraph = leaf_is(scanner, BLOCK_PARAGRAPH);
    Place place = {.keep = matched, .in_paragraph = all && paragraph, .lazy = !all && paragraph};
    Start start;
    do {
        start = start_block(scanner, line, &place);
    } while (start == START_CONTAINER);

    if (start == START_LEAF) {
        extend(scanner, line, scanner->depth);
    } else if (!line->blank) {
        add_text(scanner, line, &place);
    } else if (place.opened) {
        extend(scanner, line, scanner->depth);
    } else {
        close_down_to(scanner, matched);
    }
}

/* Cuts */

void blocks_resume(Scanner *scanner)
{
    static const BlockType types[] = {
        [CARRY_FENCE] = BLOCK_FENCE, [CARRY_LIST] = BLOCK_LIST, [CARRY_TABLE] = BLOCK_TABLE};
    if (scanner->in.kind == CARRY_NONE) {
        return;
    }
    uint32_t index = leaf_add_block(scanner, types[scanner->in.kind], scanner->start,
                                    scanner->start);
    Block *block = block_at(scanner, index);
    block->flags = BLOCK_CONTINUED | (scanner->in.ordered ? BLOCK_ORDERED : 0);
    block->marker = scanner->in.marker;
    scanner->columns = scanner->in.length;
    scanner->fence = scanner->in;
    if (block->type == BLOCK_LIST) {
        scanner->open[scanner->depth++] = (OpenBlock){index, 0};
    } else {
        scanner->leaf = (int32_t)index;
    }
}

void blocks_suspend(Scanner *scanner)
{
    if (scanner->out.kind == CARRY_LIST) {
        open_block(scanner, 0)->flags |= BLOCK_CONTINUES;
    } else if (scanner->out.kind != CARRY_NONE) {
        open_leaf(scanner)->flags |= BLOCK_CONTINUES;
    }
    leaf_close(scanner);
    close_down_to(scanner, 0);
}

bool blocks_is_own_item(const Scanner *scanner, const Line *line)
{
    ListMarker marker;
    return scanner->depth > 0 && start_list(line_rest(line), &marker) &&
           is_list_of(&scanner->blocks.items[scanner->open[0].block], marker) &&
           !start_thematic_break(line_rest(line));
}
