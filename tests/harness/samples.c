#include "tests/harness/samples.h"

#include "protocol/base/array.h"
#include "tests/harness/client.h"

enum { LONG_LINE = 250, CHARACTER = 12 };

typedef Array(Str) Lines;

/* Long lines of plain text, which any chapter may hold. */
static void take_paragraphs(Str text, Lines *paragraphs)
{
    Str line;
    while (str_take_line(&text, &line)) {
        bool plain = line.length > LONG_LINE && (line.data[0] & 0x80) != 0;
        if (plain && str_find(line, STR("讨")) == STR_NONE) {
            *array_add(paragraphs) = line;
        }
    }
}

static void add_chapter(Buf *text, const Lines *paragraphs, uint32_t number)
{
    buf_printf(text, "\n## Глава %u\n", number + 1);
    for (uint32_t i = 0; i < 4; i++) {
        if (i == 2) {
            buf_printf(text, "\n### Часть %u\n", number + 1);
        }
        buf_append_char(text, '\n');
        buf_append(text, paragraphs->items[(number + i) % paragraphs->count]);
        buf_append_char(text, '\n');
    }
    buf_append(text, STR("\n- первое, о чём *стоит* помнить;\n- второе, не менее `важное`.\n"));
}

/* The first place at or after the middle where a key can be pressed in such a line. */
static SamplePlace find_place(Str text, bool heading)
{
    Str rest = text, line;
    SamplePlace place = {0}, last = {0};
    for (uint32_t number = 0; str_take_line(&rest, &line); number++) {
        bool fits = heading ? str_starts(line, STR("## ")) : line.length > LONG_LINE;
        if (fits) {
            last = place = (SamplePlace){.line = number, .character = heading ? 4 : CHARACTER};
            if (rest.length < text.length / 2) {
                return place;
            }
        }
    }
    return last;
}

bool sample_make(Sample *sample, const char *article, size_t size)
{
    *sample = (Sample){0};
    if (!client_read_file(article, &sample->text)) {
        return false;
    }
    Buf original = {0};
    buf_append(&original, buf_str(&sample->text));
    Lines paragraphs = {0};
    take_paragraphs(buf_str(&original), &paragraphs);
    for (uint32_t number = 0; paragraphs.count > 0 && sample->text.length < size; number++) {
        add_chapter(&sample->text, &paragraphs, number);
    }
    array_finish(&paragraphs);
    buf_finish(&original);
    sample->paragraph = find_place(buf_str(&sample->text), false);
    sample->heading = find_place(buf_str(&sample->text), true);
    return true;
}

void sample_finish(Sample *sample)
{
    buf_finish(&sample->text);
}
