#include "server/markdown/document.h"

#include "protocol/base/memory.h"
#include "server/markdown/chunk_private.h"
#include "server/markdown/document_private.h"
#include "server/markdown/inlines.h"
#include "server/markdown/scan.h"

#include <assert.h>
#include <stdlib.h>

typedef Array(Chunk *) Chunks;

struct Document {
    Chunk **chunks;   /* in order; never none */
    uint32_t *starts; /* parallel: the offset of each chunk; one more for the end */
    uint32_t *lines;  /* parallel: the line that each begins with; one more for the end */
    uint32_t count, capacity;
    ChunkSize size;
    uint64_t serial; /* the last one given to a chunk */
    Definitions definitions;
    Splice pending;    /* what edits have done since the last settling */
    uint8_t templates; /* of each chunk once it is settled */
};

static const ChunkSize ordinary_size = {.enough = 1024, .large = 2048};

/* Splicing */

static void make_room(Document *document, uint32_t count)
{
    if (count >= document->capacity) {
        document->capacity = count + count / 2 + 4;
        size_t room = document->capacity;
        document->chunks = memory_resize(document->chunks, room * sizeof(Chunk *));
        document->starts = memory_resize(document->starts, (room + 1) * sizeof(uint32_t));
        document->lines = memory_resize(document->lines, (room + 1) * sizeof(uint32_t));
    }
}

/* The union of two splices, the second of which comes after the first. */
static Splice splice_join(Splice a, Splice b)
{
    if (a.removed == 0 && a.inserted == 0) {
        b.references |= a.references;
        return b;
    }
    uint32_t first = a.first < b.first ? a.first : b.first;
    uint32_t a_end = a.first + a.inserted, b_end = b.first + b.removed;
    uint32_t end = a_end > b_end ? a_end : b_end; /* between the two */
    return (Splice){
        .first = first,
        .removed = end - a.inserted + a.removed - first,
        .inserted = end - b.removed + b.inserted - first,
        .references = a.references || b.references,
    };
}

/* Moves what follows the splice, by what it has added to the bytes and lines before. */
static void shift(Document *document, uint32_t from, uint32_t bytes, uint32_t lines)
{
    if (bytes != 0 || lines != 0) {
        for (uint32_t i = from; i <= document->count; i++) {
            document->starts[i] += bytes;
            document->lines[i] += lines;
        }
    }
}

static void splice(Document *document, uint32_t first, uint32_t removed, const Chunks *added)
{
    uint32_t tail = first + removed, kept = document->count - tail;
    for (uint32_t i = 0; i < added->count; i++) {
        Chunk *chunk = added->items[i];
        chunk->serial = ++document->serial;
        definitions_add(&document->definitions, chunk->defines, chunk->define_count);
    }
    for (uint32_t i = first; i < tail; i++) {
        Chunk *chunk = document->chunks[i];
        definitions_remove(&document->definitions, chunk->defines, chunk->define_count);
        chunk_free(chunk);
    }
    uint32_t old_start = document->starts[tail], old_line = document->lines[tail];
    uint32_t next = first + added->count;
    make_room(document, next + kept);
    memmove(&document->chunks[next], &document->chunks[tail], kept * sizeof(Chunk *));
    memmove(&document->starts[next], &document->starts[tail], (kept + 1) * sizeof(uint32_t));
    memmove(&document->lines[next], &document->lines[tail], (kept + 1) * sizeof(uint32_t));
    document->count = next + kept;

    uint32_t start = first == 0 ? 0
                                : document->starts[first - 1] + document->chunks[first - 1]->length;
    uint32_t line = first == 0 ? 0
                               : document->lines[first - 1] + document->chunks[first - 1]->lines;
    for (uint32_t i = 0; i < added->count; i++) {
        document->chunks[first + i] = added->items[i];
        document->starts[first + i] = start;
        document->lines[first + i] = line;
        start += added->items[i]->length;
        line += added->items[i]->lines;
    }
    shift(document, next, start - old_start, line - old_line);
    document->pending = splice_join(document->pending,
                                    (Splice){first, removed, added->count, false});
}

/* Lifetime */

Document *document_new_sized(Str text, ChunkSize size)
{
    Document *document = memory_new_zeroed(1, sizeof(Document));
    document->size = size;
    make_room(document, 0);
    document->starts[0] = document->lines[0] = 0;

    Chunks chunks = {0};
    Scanner scanner;
    scanner_init(&scanner, text, true, (Carry){0}, size);
    while (scanner_next(&scanner)) {
        *array_add(&chunks) = chunk_new(&scanner);
    }
    scanner_finish(&scanner);
    if (chunks.count == 0) {
        *array_add(&chunks) = chunk_new_empty();
    }
    splice(document, 0, 0, &chunks);
    array_finish(&chunks);
    return document;
}

Document *document_new(Str text)
{
    return document_new_sized(text, ordinary_size);
}

void document_free(Document *document)
{
    if (document == NULL) {
        return;
    }
    for (uint32_t i = 0; i < document->count; i++) {
        chunk_free(document->chunks[i]);
    }
    free(document->chunks);
    free(document->starts);
    free(document->lines);
    definitions_finish(&document->definitions);
    free(document);
}

/* Editing */

/* An edit, as the chunks that it touches and the text that takes their place. */
typedef struct {
    uint32_t first, last; /* the chunks that hold it */
    uint32_t follow;      /* how many chunks behind them are scanned too, at most */
    size_t start, end;    /* offsets in the document */
    Str text;             /* what takes the place of the bytes between them */
} Edit;

static void append_chunks(const Document *document, uint32_t from, uint32_t to, Buf *text)
{
    for (uint32_t i = from; i < to; i++) {
        buf_append(text, (Str){document->chunks[i]->text, document->chunks[i]->length});
    }
}

/* The text from the first chunk of the edit to the last one that is scanned, as it is afterwards. */
static Buf edited_text(const Document *document, const Edit *edit)
{
    size_t start = edit->start - document->starts[edit->first];
    size_t end = edit->end - document->starts[edit->last];
    const Chunk *last = document->chunks[edit->last];
    Buf text = {0};
    append_chunks(document, edit->first, edit->last + 1, &text);
    text.length = start;
    buf_append(&text, edit->text);
    buf_append(&text, str_after((Str){last->text, last->length}, end));
    append_chunks(document, edit->last + 1, edit->last + 1 + edit->follow, &text);
    return text;
}

/* The index of the old chunk behind the edit that begins at `at` of the scanned text and goes on with
 * `carry`, or 0: from there on everything is as it was. */
static uint32_t old_boundary(const Document *document, const Edit *edit, uint32_t at, Carry carry)
{
    size_t edited = edit->start - document->starts[edit->first] + edit->text.length;
    if (at < edited) {
        return 0;
    }
    size_t old = edit->end + (at - edited);
    uint32_t index = document_chunk_at(document, old);
    bool same = index > edit->last && index <= edit->last + edit->follow &&
                document->starts[index] == old && carry_equal(document->chunks[index]->in, carry);
    return same ? index : 0;
}

static void drop_chunks(Chunks *chunks)
{
    for (uint32_t i = 0; i < chunks->count; i++) {
        chunk_free(chunks->items[i]);
    }
    array_reset(chunks);
}

/* Scans the edited chunks anew. Returns the first old chunk that stands as it is, or 0 where more
 * text is needed to know. */
static uint32_t rescan(Document *document, const Edit *edit, Chunks *added)
{
    bool whole = edit->last + edit->follow + 1 == document->count;
    Buf text = edited_text(document, edit);
    Scanner scanner;
    uint32_t boundary = 0;
    scanner_init(&scanner, buf_str(&text), edit->first == 0, document->chunks[edit->first]->in,
                 document->size);
    while (boundary == 0 && scanner_next(&scanner)) {
        if (scanner.at == scanner.text.length && !whole) {
            break; /* where this chunk ends is not in view */
        }
        *array_add(added) = chunk_new(&scanner);
        boundary = old_boundary(document, edit, scanner.at, scanner.out);
    }
    bool done = boundary != 0 || (whole && scanner.at == scanner.text.length);
    scanner_finish(&scanner);
    buf_finish(&text);
    if (!done) {
        drop_chunks(added);
        return 0;
    }
    return boundary != 0 ? boundary : document->count;
}

/* Whether `offset` is on the first line of a chunk or at the beginning of its second. Its first line
 * says whether the chunk begins there at all. */
static bool touches_first_line(const Document *document, uint32_t index, size_t offset)
{
    const Chunk *chunk = document->chunks[index];
    size_t inside = offset - document->starts[index];
    Str rest = {chunk->text, chunk->length}, line;
    return !str_take_line(&rest, &line) || inside <= chunk->length - rest.length;
}

static bool has_front_matter(const Document *document)
{
    const Chunk *chunk = document->chunks[0];
    return chunk->block_count > 0 && chunk->blocks[0].type == BLOCK_FRONT_MATTER;
}

/* Whether an edit at `start` may open, close or undo front matter. */
static bool may_change_front_matter(const Document *document, size_t start)
{
    Str beginning = {document->chunks[0]->text, document->chunks[0]->length};
    return start < FRONT_MATTER_LIMIT && !has_front_matter(document) &&
           scan_opens_front_matter(beginning);
}

/* How many chunks behind the edit must be in view at once: one, or all that front matter may be in. */
static uint32_t first_follow(const Document *document, const Edit *edit)
{
    uint32_t left = document->count - edit->last - 1, follow = left == 0 ? 0 : 1;
    while (edit->first == 0 && follow < left &&
           document->starts[edit->last + follow] <= FRONT_MATTER_LIMIT + edit->end) {
        follow++;
    }
    return follow;
}

static Edit edit_of(const Document *document, size_t start, size_t end, Str text)
{
    size_t length = document_length(document);
    start = start < length ? start : length;
    end = end < length ? end : length;
    Edit edit = {
        .start = start < end ? start : end,
        .end = start < end ? end : start,
        .text = text,
    };
    edit.first = document_chunk_at(document, edit.start);
    edit.last = document_chunk_at(document, edit.end);
    if (edit.first > 0 && touches_first_line(document, edit.first, edit.start)) {
        edit.first--;
    }
    if (may_change_front_matter(document, edit.start)) {
        edit.first = 0;
    }
    edit.follow = first_follow(document, &edit);
    return edit;
}

void document_edit(Document *document, size_t start, size_t end, Str text)
{
    Edit edit = edit_of(document, start, end, text);
    Chunks added = {0};
    uint32_t boundary;
    while ((boundary = rescan(document, &edit, &added)) == 0) {
        uint32_t left = document->count - edit.last - 1, more = edit.follow * 2 + 1;
        edit.follow = more < left ? more : left;
    }
    if (added.count == 0 && edit.first == 0 && boundary == document->count) {
        *array_add(&added) = chunk_new_empty();
    }
    splice(document, edit.first, boundary - edit.first, &added);
    array_finish(&added);
}

/* Settling */

static void parse(Document *document, InlineParser *parser, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        if (!document->chunks[i]->parsed) {
            inlines_parse(parser, document->chunks[i], &document->definitions);
        }
    }
}

/* Parses again what mentions a label that became defined or undefined. */
static bool parse_mentioning(Document *document, InlineParser *parser)
{
    bool any = false;
    for (uint32_t i = 0; i < document->count; i++) {
        Chunk *chunk = document->chunks[i];
        if (chunk->parsed &&
            definitions_flipped(&document->definitions, chunk->mentions, chunk->mention_count)) {
            chunk->parsed = false;
            chunk->serial = ++document->serial;
            parse(document, parser, i, i + 1);
            any = true;
        }
    }
    return any;
}

static void mark_templates(Document *document, uint32_t first, uint32_t count)
{
    for (uint32_t i = first; i < first + count; i++) {
        document->chunks[i]->templates = document->templates;
    }
}

void document_set_templates(Document *document, uint8_t templates)
{
    document->templates = templates;
    mark_templates(document, 0, document->count);
}

Splice document_settle(Document *document)
{
    Splice pending = document->pending;
    InlineParser *parser = inlines_new();
    if (document->definitions.flipped.count > 0) {
        pending.references = parse_mentioning(document, parser);
        definitions_settle(&document->definitions);
    }
    parse(document, parser, pending.first, pending.first + pending.inserted);
    inlines_free(parser);
    mark_templates(document, pending.first, pending.inserted);
    document->pending = (Splice){0};
    return pending;
}

/* Queries */

size_t document_length(const Document *document)
{
    return document->starts[document->count];
}

uint32_t document_line_count(const Document *document)
{
    return document->lines[document->count] + 1;
}

/* The last of `count` rising numbers, the first of which is 0, that is not above `value`. */
static uint32_t last_not_above(const uint32_t *numbers, uint32_t count, size_t value)
{
    uint32_t low = 0, high = count;
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;
        if (numbers[middle] <= value) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t document_chunk_at(const Document *document, size_t offset)
{
    return last_not_above(document->starts, document->count, offset);
}

uint32_t document_chunk_count(const Document *document)
{
    return document->count;
}

const Chunk *document_chunk(const Document *document, uint32_t index)
{
    return document->chunks[index];
}

size_t document_chunk_start(const Document *document, uint32_t index)
{
    return document->starts[index];
}

uint32_t document_line_at(const Document *document, size_t offset, size_t *line_start)
{
    size_t length = document_length(document);
    offset = offset < length ? offset : length;
    uint32_t index = document_chunk_at(document, offset);
    const Chunk *chunk = document->chunks[index];
    Str rest = {chunk->text, chunk->length}, line;
    uint32_t number = document->lines[index];
    size_t inside = offset - document->starts[index], start = 0;
    while (str_take_line(&rest, &line)) {
        size_t next = chunk->length - rest.length;
        bool ended = next > start + line.length;
        if (inside < next || !ended) {
            break;
        }
        start = next;
        number++;
    }
    *line_start = document->starts[index] + start;
    return number;
}

size_t document_line(const Document *document, uint32_t line, Str *text)
{
    *text = (Str){0};
    if (line >= document_line_count(document)) {
        return document_length(document);
    }
    uint32_t index = last_not_above(document->lines, document->count, line);
    const Chunk *chunk = document->chunks[index];
    Str rest = {chunk->text, chunk->length};
    for (uint32_t left = line - document->lines[index]; left > 0; left--) {
        Str skipped;
        str_take_line(&rest, &skipped);
    }
    size_t start = document->starts[index] + chunk->length - rest.length;
    str_take_line(&rest, text);
    return start;
}
