#include "tests/spec/examples.h"

static const Str fence = STR_INIT("````````````````````````````````");
static const Str arrow = STR_INIT("→");

/* Puts tabs where the specification shows arrows. */
static void restore_tabs(Buf *text)
{
    size_t from = 0, to = 0;
    while (from < text->length) {
        bool tab = str_starts(str_after(buf_str(text), from), arrow);
        text->data[to++] = tab ? '\t' : text->data[from];
        from += tab ? arrow.length : 1;
    }
    text->length = to;
}

/* From the line after `opening` up to a line that is `end`, which is taken off too. */
static Str take_part(Str *rest, Str end)
{
    const char *start = rest->data;
    Str line = {0};
    while (str_take_line(rest, &line) && !str_equal(line, end)) {
    }
    return (Str){start, (size_t)(line.data - start)};
}

void examples_read(Buf *specification, Examples *examples)
{
    restore_tabs(specification);
    Str rest = buf_str(specification), line;
    while (str_take_line(&rest, &line)) {
        if (str_starts(line, fence) && str_ends(line, STR(" example"))) {
            Example *example = array_add(examples);
            example->number = examples->count;
            example->markdown = take_part(&rest, STR("."));
            example->html = take_part(&rest, fence);
        }
    }
}
