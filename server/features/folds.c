#include "protocol/base/array.h"
#include "protocol/base/utf.h"
#include "server/features/features.h"
#include "server/features/text_end.h"

enum {
    NAME_LIMIT = 60,  /* characters of a heading in a collapsed section: its state has to fit in */
    HTML_COMMENT = 2, /* the kind of HTML block that a comment is */
};

/* A block that is cut at the end of its chunk has no end yet. */
static const size_t goes_on = SIZE_MAX;

/* What may become a fold. */
typedef struct {
    Fold fold;            /* of one line or less: none */
    const Symbol *symbol; /* a section's; NULL: no section */
    bool region;          /* between two comments of the author's: sections make way for it */
    uint32_t above;       /* region: the last line of text above it */
    uint32_t depth;       /* how many folds it is in */
} Candidate;

/* A candidate whose end the walk has not yet reached. */
typedef struct {
    uint32_t candidate;
    size_t end; /* in bytes */
} Open;

/* A region whose closing comment the walk has not yet seen. */
typedef struct {
    uint32_t candidate;
    int32_t parent; /* the block around it, which is also around its end; -1: the root */
    size_t limit;   /* where that block ends */
} OpenRegion;

/* Counts lines once, for places that come in their order. */
typedef struct {
    uint32_t chunk; /* up to where lines are counted: the chunk, */
    uint32_t at;    /* and the offset in it */
    uint32_t first; /* the line that the chunk starts with */
    uint32_t line;  /* the line at the offset */
    bool returns;   /* the chunk has a \r */
} LineCounter;

/* A walk over all blocks. */
typedef struct {
    const Document *document;
    size_t end;                  /* of the document's text */
    const Symbol *symbol;        /* the next section */
    const Chunk *chunk;          /* where the walk is */
    size_t start;                /* of the chunk */
    Array(Candidate) candidates; /* in the order of their starts, outer before inner */
    Array(Open) open;            /* each inside the one before */
    Array(OpenRegion) regions;   /* likewise */
    LineCounter counter;
} Walk;

/* Lines */

static uint32_t count_endings(Str text, bool returns)
{
    uint32_t count = 0;
    const char *at = text.data, *end = text.data + text.length;
    if (!returns) {
        while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
            count++;
            at++;
        }
        return count;
    }
    for (; at < end; at++) {
        count += *at == '\n' || (*at == '\r' && (at + 1 == end || at[1] != '\n'));
    }
    return count;
}

static void enter_chunk(LineCounter *counter, const Document *document, uint32_t index)
{
    const Chunk *chunk = document_chunk(document, index);
    counter->chunk = index;
    counter->at = 0;
    counter->line = counter->first;
    counter->returns = chunk->length > 0 && memchr(chunk->text, '\r', chunk->length) != NULL;
}

/* The line that holds `offset`, which is not before the last one asked for. */
static uint32_t line_of(Walk *walk, size_t offset)
{
    LineCounter *counter = &walk->counter;
    uint32_t chunks = document_chunk_count(walk->document);
    while (counter->chunk + 1 < chunks &&
           document_chunk_start(walk->document, counter->chunk + 1) <= offset) {
        counter->first += document_chunk(walk->document, counter->chunk)->lines;
        enter_chunk(counter, walk->document, counter->chunk + 1);
    }
    const Chunk *chunk = document_chunk(walk->document, counter->chunk);
    uint32_t to = (uint32_t)(offset - document_chunk_start(walk->document, counter->chunk));
    counter->line += count_endings(chunk_str(chunk, (Span){counter->at, to}), counter->returns);
    counter->at = to;
    return counter->line;
}

/* Candidates */

static Candidate *add_candidate(Walk *walk, size_t start)
{
    Candidate *candidate = array_add(&walk->candidates);
    candidate->fold.start_line = line_of(walk, start);
    return candidate;
}

static size_t clipped(const Walk *walk, uint32_t depth, size_t end)
{
    size_t around = depth == 0 ? walk->end : walk->open.items[depth - 1].end;
    return end < around ? end : around;
}

static Candidate *open_candidate(Walk *walk, size_t start, size_t end)
{
    size_t limit = clipped(walk, walk->open.count, end);
    Candidate *candidate = add_candidate(walk, start);
    *array_add(&walk->open) = (Open){walk->candidates.count - 1, limit};
    return candidate;
}

/* Writes the last lines of all that ends before `offset`. */
static void close_before(Walk *walk, size_t offset)
{
    while (walk->open.count > 0 && array_last(&walk->open)->end <= offset) {
        Open *open = array_last(&walk->open);
        walk->candidates.items[open->candidate].fold.end_line = line_of(walk, open->end);
        walk->open.count--;
    }
}

/* Regions */

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Whether `comment` is `<!-- #WORD … -->`, with or without the #; `name` is what follows. */
static bool is_marker(Str comment, Str word, Str *name)
{
    size_t end = str_find(comment, STR("-->"));
    if (end == STR_NONE) {
        return false;
    }
    Str text = str_trim(str_slice(comment, strlen("<!--"), end));
    text = str_after(text, str_starts(text, STR("#")) ? 1 : 0);
    if (!str_starts(text, word) ||
        (text.length > word.length && is_name_char(text.data[word.length]))) {
        return false;
    }
    *name = str_trim(str_after(text, word.length));
    return true;
}

/* The last line of text above a block that starts on `line`. */
static uint32_t line_above(const Walk *walk, const Block *block, uint32_t line)
{
    size_t start = walk->start + block->whole.start, ignored;
    size_t end = text_end(walk->document, start, block->parent >= 0);
    if (end < walk->start) {
        return document_line_at(walk->document, end, &ignored);
    }
    Span between = {(uint32_t)(end - walk->start), block->whole.start};
    return line - count_endings(chunk_str(walk->chunk, between), walk->counter.returns);
}

static void open_region(Walk *walk, const Block *block, Str name)
{
    Candidate *candidate = add_candidate(walk, walk->start + block->whole.start);
    candidate->region = true;
    candidate->above = line_above(walk, block, candidate->fold.start_line);
    candidate->fold.collapsed_text = name;
    *array_add(&walk->regions) = (OpenRegion){
        .candidate = walk->candidates.count - 1,
        .parent = block->parent,
        .limit = block->parent < 0 ? goes_on
                                   : walk->start + walk->chunk->blocks[block->parent].whole.end,
    };
}

/* Ends a region, and with it the sections that have begun in it. */
static void close_region(Walk *walk, const Block *block)
{
    size_t start = walk->start + block->whole.start;
    while (walk->regions.count > 0 && array_last(&walk->regions)->limit <= start) {
        walk->regions.count--;
    }
    if (walk->regions.count == 0 || array_last(&walk->regions)->parent != block->parent) {
        return;
    }
    uint32_t region = array_last(&walk->regions)->candidate;
    walk->regions.count--;
    walk->candidates.items[region].fold.end_line = line_of(walk, start);
    for (uint32_t i = walk->open.count; i > 0 && walk->open.items[i - 1].candidate > region; i--) {
        size_t *end = &walk->open.items[i - 1].end;
        *end = *end < walk->start + block->whole.end ? *end : walk->start + block->whole.end;
    }
}

/* Blocks */

static void visit_heading(Walk *walk, const Block *block)
{
    const Symbol *symbol = walk->symbol++;
    if (symbol->range.end > walk->start + block->whole.end) {
        open_candidate(walk, symbol->range.start, symbol->range.end)->symbol = symbol;
    }
}

static void visit_html(Walk *walk, const Block *block)
{
    Str rest = chunk_str(walk->chunk, block->whole), line, name;
    if (block->level != HTML_COMMENT || !str_take_line(&rest, &line)) {
        open_candidate(walk, walk->start + block->whole.start, walk->start + block->whole.end);
    } else if (is_marker(line, STR("region"), &name)) {
        open_region(walk, block, name);
    } else if (is_marker(line, STR("endregion"), &name)) {
        close_region(walk, block);
    } else {
        open_candidate(walk, walk->start + block->whole.start, walk->start + block->whole.end)
            ->fold.kind = FOLD_COMMENT;
    }
}

/* A block that goes on from the chunk before is the last one still open there. */
static void visit_whole(Walk *walk, const Block *block)
{
    size_t end = block->flags & BLOCK_CONTINUES ? goes_on : walk->start + block->whole.end;
    uint32_t depth = walk->open.count;
    if ((block->flags & BLOCK_CONTINUED) && depth > 0 &&
        walk->open.items[depth - 1].end == goes_on) {
        walk->open.items[depth - 1].end = end == goes_on ? end : clipped(walk, depth - 1, end);
        return;
    }
    Candidate *candidate = open_candidate(walk, walk->start + block->whole.start, end);
    array_last(&walk->open)->end = end == goes_on ? end : array_last(&walk->open)->end;
    if (block->type == BLOCK_FRONT_MATTER) {
        candidate->fold.collapsed_text = STR("front matter");
    }
}

static void visit_block(Walk *walk, const Block *block)
{
    close_before(walk, walk->start + block->whole.start);
    switch (block->type) {
    case BLOCK_HEADING:
        visit_heading(walk, block);
        break;
    case BLOCK_HTML:
        visit_html(walk, block);
        break;
    case BLOCK_LIST:
    case BLOCK_ITEM:
    case BLOCK_QUOTE:
    case BLOCK_TABLE:
    case BLOCK_FENCE:
    case BLOCK_CODE:
    case BLOCK_FRONT_MATTER:
        visit_whole(walk, block);
        break;
    default:
        break;
    }
}

static void visit_all(Walk *walk)
{
    enter_chunk(&walk->counter, walk->document, 0);
    for (uint32_t i = 0; i < document_chunk_count(walk->document); i++) {
        walk->chunk = document_chunk(walk->document, i);
        walk->start = document_chunk_start(walk->document, i);
        for (uint32_t j = 0; j < walk->chunk->block_count; j++) {
            visit_block(walk, &walk->chunk->blocks[j]);
        }
    }
    close_before(walk, document_length(walk->document));
}

/* Choosing */

/* Drops what is one line, or the same lines as what is around it, and cuts sections that reach into
 * a region. `around` has room for as many as there are candidates. Returns how many are left. */
static uint32_t settle(Candidate *candidates, uint32_t count, Candidate **around)
{
    uint32_t depth = 0, left = 0;
    for (uint32_t i = 0; i < count; i++) {
        Candidate *candidate = &candidates[i];
        Fold *fold = &candidate->fold;
        if (fold->end_line <= fold->start_line) {
            continue;
        }
        while (depth > 0 && around[depth - 1]->fold.end_line < fold->start_line) {
            depth--;
        }
        while (candidate->region && depth > 0 &&
               around[depth - 1]->fold.end_line < fold->end_line) {
            around[--depth]->fold.end_line = candidate->above;
        }
        if (depth > 0 && around[depth - 1]->fold.start_line == fold->start_line &&
            around[depth - 1]->fold.end_line == fold->end_line) {
            fold->end_line = fold->start_line;
            continue;
        }
        candidate->depth = depth;
        around[depth++] = candidate;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (candidates[i].fold.end_line > candidates[i].fold.start_line) {
            candidates[left++] = candidates[i];
        }
    }
    return left;
}

/* Keeps the outermost. Of those that are equally deep, the first are kept. */
static uint32_t limit_depth(Candidate *candidates, uint32_t count, uint32_t limit, Arena *arena)
{
    uint32_t *at_depth = ARENA_NEW(arena, uint32_t, count + 1);
    uint32_t depth = 0, room = limit, left = 0;
    for (uint32_t i = 0; i < count; i++) {
        at_depth[candidates[i].depth]++;
    }
    while (at_depth[depth] <= room && depth < count) {
        room -= at_depth[depth++];
    }
    for (uint32_t i = 0; i < count; i++) {
        bool fits = candidates[i].depth < depth || (candidates[i].depth == depth && room > 0);
        room -= candidates[i].depth == depth && room > 0;
        if (fits) {
            candidates[left++] = candidates[i];
        }
    }
    return left;
}

/* "## Bees · 340 words" */
static Str section_text(const Symbol *symbol, Arena *arena)
{
    size_t end = 0;
    for (uint32_t i = 0; i < NAME_LIMIT && end < symbol->name.length; i++) {
        utf_next(symbol->name, &end);
    }
    Str name = str_before(symbol->name, end);
    return arena_printf(arena, "%.*s %.*s%s · %.*s", symbol->level, "######", STR_ARG(name),
                        end < symbol->name.length ? "…" : "", STR_ARG(symbol->detail));
}

static Folds collect(const Candidate *candidates, uint32_t count, Arena *arena)
{
    Folds folds = {ARENA_NEW(arena, Fold, count), count};
    for (uint32_t i = 0; i < count; i++) {
        folds.items[i] = candidates[i].fold;
        if (candidates[i].symbol != NULL) {
            folds.items[i].collapsed_text = section_text(candidates[i].symbol, arena);
        }
    }
    return folds;
}

Folds folds_of(const Article *article, uint32_t limit, Arena *arena)
{
    Walk walk = {
        .document = article->document,
        .end = text_end(article->document, document_length(article->document), false),
        .symbol = symbols_of(article, arena).items,
    };
    visit_all(&walk);
    Candidate *candidates = walk.candidates.items;
    uint32_t count = walk.candidates.count;
    count = settle(candidates, count, ARENA_NEW(arena, Candidate *, count));
    if (count > limit) {
        count = limit_depth(candidates, count, limit, arena);
    }
    Folds folds = collect(candidates, count, arena);
    array_finish(&walk.candidates);
    array_finish(&walk.open);
    array_finish(&walk.regions);
    return folds;
}
