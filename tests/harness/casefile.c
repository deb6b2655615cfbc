#include "tests/harness/casefile.h"

#include <stdio.h>

#include "server/rules/rules.h"
#include "tests/harness/client.h"

enum { NESTING = 16 };

/* Reading */

/* How many fence characters begin the line: three or more, or 0. */
static size_t fence_length(Str line)
{
    size_t length = 0;
    while (length < line.length && line.data[length] == line.data[0]) {
        length++;
    }
    bool fence = length >= 3 && (line.data[0] == '`' || line.data[0] == '~');
    return fence ? length : 0;
}

/* `opener` is the fence's first line; takes all up to its closing line off `rest`. */
static CaseFence take_fence(Str opener, Str *rest)
{
    size_t length = fence_length(opener);
    CaseFence fence = {.info = str_trim(str_after(opener, length))};
    fence.contents = str_before(*rest, 0);
    Str line;
    while (str_take_line(rest, &line)) {
        bool closes = fence_length(line) >= length && line.data[0] == opener.data[0] &&
                      str_trim(str_after(line, fence_length(line))).length == 0;
        if (closes) {
            break;
        }
        fence.contents.length = (size_t)(line.data + line.length + 1 - fence.contents.data);
    }
    return fence;
}

bool casefile_read(CaseFile *file, const char *path)
{
    *file = (CaseFile){0};
    if (!client_read_file(path, &file->bytes)) {
        return false;
    }
    Str rest = buf_str(&file->bytes), line;
    while (str_take_line(&rest, &line)) {
        if (str_starts(line, STR("## "))) {
            Case *test = array_add(&file->cases);
            test->name = str_trim(str_after(line, 3));
            test->fence = file->fences.count;
        } else if (fence_length(line) > 0) {
            *array_add(&file->fences) = take_fence(line, &rest);
            if (file->cases.count > 0) {
                array_last(&file->cases)->count++;
            }
        }
    }
    return true;
}

void casefile_finish(CaseFile *file)
{
    for (uint32_t i = 0; i < file->fences.count; i++) {
        buf_finish(&file->fences.items[i].renewed);
    }
    array_finish(&file->fences);
    array_finish(&file->cases);
    buf_finish(&file->bytes);
}

bool casefile_write(const CaseFile *file, const char *path)
{
    Buf out = {0};
    const char *from = file->bytes.data;
    for (uint32_t i = 0; i < file->fences.count; i++) {
        const CaseFence *fence = &file->fences.items[i];
        if (fence->renew) {
            buf_append(&out, (Str){from, (size_t)(fence->contents.data - from)});
            buf_append(&out, buf_str(&fence->renewed));
            from = fence->contents.data + fence->contents.length;
        }
    }
    buf_append(&out, (Str){from, (size_t)(file->bytes.data + file->bytes.length - from)});

    bool same = str_equal(buf_str(&out), buf_str(&file->bytes));
    FILE *stream = same ? NULL : fopen(path, "wb");
    bool good = same || (stream != NULL && fwrite(out.data, 1, out.length, stream) == out.length);
    if (stream != NULL && fclose(stream) != 0) {
        good = false;
    }
    buf_finish(&out);
    return good;
}

bool fence_is(const CaseFence *fence, const char *kind)
{
    Str name = str_of(kind);
    return str_starts(fence->info, name) &&
           (fence->info.length == name.length || fence->info.data[name.length] == ' ');
}

/* Marks */

static const char *const severity_names[] = {"", "error", "warning", "information", "hint"};

const char *severity_name(Severity severity)
{
    return severity_names[severity];
}

/* Patterns of a configuration have codes of their own. */
static bool is_rule(Str code)
{
    if (str_starts(code, STR("pattern-"))) {
        return true;
    }
    for (const Rule *const *rule = rules_all; *rule != NULL; rule++) {
        if (str_equal(code, str_of((*rule)->code))) {
            return true;
        }
    }
    return false;
}

/* What stands between « and its colon, where that can be a mark at all: else the « is a quote. */
static bool read_mark_head(Str text, Mark *mark, size_t *length)
{
    size_t at = 0;
    while (at < text.length && ((text.data[at] >= 'a' && text.data[at] <= 'z') ||
                                text.data[at] == '-' || text.data[at] == '!')) {
        at++;
    }
    Str head = str_before(text, at), severity = {0};
    *mark = (Mark){.code = head};
    if (str_cut(head, '!', &mark->code, &severity)) {
        for (int i = SEVERITY_ERROR; i <= SEVERITY_HINT; i++) {
            mark->severity = str_equal(severity, str_of(severity_names[i])) ? (Severity)i
                                                                            : mark->severity;
        }
    }
    *length = at + 1;
    return at < text.length && text.data[at] == ':' &&
           (str_find_char(mark->code, '-') != STR_NONE || is_rule(mark->code));
}

typedef struct {
    Array(Mark) marks;
    int64_t open[NESTING]; /* indices of marks; -1 is a quote */
    uint32_t depth;
    Buf text;
    const char *error;
} MarkReader;

static const Str opening = STR_INIT("«"), closing = STR_INIT("»"), cursor = STR_INIT("¦");

/* Handles the « at the start of `rest`. Returns how many bytes were used up. */
static size_t open_mark(MarkReader *reader, Str rest)
{
    Mark mark;
    size_t head;
    bool is_mark = read_mark_head(str_after(rest, opening.length), &mark, &head);
    if (reader->depth == NESTING) {
        reader->error = "marks nest too deep";
        return rest.length;
    }
    reader->open[reader->depth++] = is_mark ? (int64_t)reader->marks.count : -1;
    if (!is_mark) {
        buf_append(&reader->text, opening);
        return opening.length;
    }
    if (!is_rule(mark.code)) {
        reader->error = "a mark names no rule";
    }
    mark.start = mark.end = reader->text.length;
    *array_add(&reader->marks) = mark;
    return opening.length + head;
}

/* Handles the » at the start of `rest`: the end of a mark, or of a quote. */
static size_t close_mark(MarkReader *reader)
{
    int64_t index = reader->depth > 0 ? reader->open[--reader->depth] : -1;
    if (index >= 0) {
        reader->marks.items[index].end = reader->text.length;
    } else {
        buf_append(&reader->text, closing);
    }
    return closing.length;
}

MarkedText marks_take(Str input, Arena *arena)
{
    MarkReader reader = {0};
    for (Str rest = input; rest.length > 0 && reader.error == NULL;) {
        size_t used = 1;
        if (str_starts(rest, opening)) {
            used = open_mark(&reader, rest);
        } else if (str_starts(rest, closing)) {
            used = close_mark(&reader);
        } else if (str_starts(rest, cursor)) {
            used = cursor.length;
        } else {
            buf_append_char(&reader.text, rest.data[0]);
        }
        rest = str_after(rest, used);
    }
    while (reader.depth > 0) {
        reader.error = reader.open[--reader.depth] >= 0 ? "a mark has no end" : reader.error;
    }
    MarkedText result = {.count = reader.marks.count, .error = str_of(reader.error)};
    result.text = arena_copy(arena, buf_str(&reader.text));
    result.marks = ARENA_NEW(arena, Mark, reader.marks.count + 1);
    if (reader.marks.count > 0) {
        memcpy(result.marks, reader.marks.items, sizeof(Mark) * reader.marks.count);
    }
    array_finish(&reader.marks);
    buf_finish(&reader.text);
    return result;
}

static void write_opening(const Mark *mark, Buf *out)
{
    buf_append(out, opening);
    buf_append(out, mark->code);
    if (mark->severity != 0) {
        buf_printf(out, "!%s", severity_name(mark->severity));
    }
    buf_append_char(out, ':');
}

bool marks_put(Str text, const Mark *marks, uint32_t count, Buf *out)
{
    uint32_t next = 0, depth = 0;
    size_t ends[NESTING];
    for (size_t at = 0; at <= text.length; at++) {
        while (depth > 0 && ends[depth - 1] == at) {
            buf_append(out, closing);
            depth--;
        }
        while (next < count && marks[next].start == at) {
            if (depth == NESTING || (depth > 0 && marks[next].end > ends[depth - 1])) {
                return false;
            }
            write_opening(&marks[next], out);
            ends[depth++] = marks[next++].end;
            while (depth > 0 && ends[depth - 1] == at) {
                buf_append(out, closing);
                depth--;
            }
        }
        if (at < text.length) {
            buf_append_char(out, text.data[at]);
        }
    }
    return depth == 0 && next == count;
}
