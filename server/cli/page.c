#include "server/cli/page.h"

#include "server/cli/plain.h"
#include "server/cli/wrap.h"

enum {
    WIDEST = 80, /* lines longer than this are hard to read */
    MARGIN = 4,  /* of examples */
};

#define BOLD      "\033[1m"
#define UNDERLINE "\033[4;31m"
#define NORMAL    "\033[0m"

/* Text that is not printed yet, and where the page is. */
typedef struct {
    Buf *out;
    Buf paragraph;  /* lines so far, joined */
    Str fence;      /* the marks that opened an example; empty: none is open */
    uint32_t marks; /* that are open in the example */
    uint32_t width; /* of paragraphs, in columns */
    bool colour;    /* styles may be used */
} Page;

static void end_paragraph(Page *page)
{
    Buf plain = {0};
    plain_append(&plain, buf_str(&page->paragraph));
    if (plain.length > 0) {
        wrap_append(page->out, buf_str(&plain), 0, 0, page->width);
    }
    buf_reset(&page->paragraph);
    buf_finish(&plain);
}

static void append_styled(Page *page, const char *style, Str text)
{
    bool styled = page->colour && style != NULL && text.length > 0;
    buf_append(page->out, str_of(styled ? style : NULL));
    plain_append(page->out, text);
    buf_append(page->out, str_of(styled ? NORMAL : NULL));
}

/* Examples */

/* The length of a mark's head, «code: or «code!severity:, at the start of `text`; 0: it is none. */
static size_t mark_head(Str text)
{
    Str open = STR("\xC2\xAB");
    if (!str_starts(text, open)) {
        return 0;
    }
    for (size_t at = open.length; at < text.length; at++) {
        char c = text.data[at];
        if (c == ':') {
            return at > open.length ? at + 1 : 0;
        }
        if (!((c >= 'a' && c <= 'z') || c == '-' || c == '!')) {
            return 0;
        }
    }
    return 0;
}

/* One line of an example, its marks as underlining. */
static void append_marked(Page *page, Str line)
{
    Str close = STR("\xC2\xBB");
    size_t start = 0;
    for (size_t at = 0; at <= line.length;) {
        Str rest = str_after(line, at);
        size_t head = mark_head(rest);
        bool closes = page->marks > 0 && str_starts(rest, close);
        if (head > 0 || closes || at == line.length) {
            append_styled(page, page->marks > 0 ? UNDERLINE : NULL, str_slice(line, start, at));
            page->marks += head > 0;
            page->marks -= closes;
            start = at + (closes ? close.length : head);
        }
        at = start > at ? start : at + 1;
    }
}

static void append_example_line(Page *page, Str line)
{
    buf_printf(page->out, "%*s", line.length > 0 ? MARGIN : 0, "");
    if (page->colour) {
        append_marked(page, line);
    } else {
        plain_append(page->out, line);
    }
    buf_append_char(page->out, '\n');
}

static Str fence_of(Str line)
{
    char mark = line.length > 0 ? line.data[0] : 0;
    size_t length = 0;
    while ((mark == '`' || mark == '~') && length < line.length && line.data[length] == mark) {
        length++;
    }
    return length >= 3 ? str_before(line, length) : (Str){0};
}

/* Lines */

static bool stands_alone(Str line)
{
    static const char *const starts[] = {"- ", "* ", "|", ">", "    "};
    for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
        if (str_starts(line, str_of(starts[i]))) {
            return true;
        }
    }
    return false;
}

static void append_prose_line(Page *page, Str line)
{
    if (line.length == 0 || line.data[0] == '#' || stands_alone(line)) {
        end_paragraph(page);
    }
    if (line.length == 0) {
        buf_append_char(page->out, '\n');
    } else if (line.data[0] == '#') {
        append_styled(page, BOLD, str_after(line, str_find_char(line, ' ') + 1));
        buf_append_char(page->out, '\n');
    } else {
        buf_append(&page->paragraph, page->paragraph.length > 0 ? STR(" ") : (Str){0});
        buf_append(&page->paragraph, line);
    }
}

static void append_page_line(Page *page, Str line)
{
    Str fence = fence_of(line);
    if (page->fence.length > 0) {
        if (str_equal(fence, page->fence) && line.length == fence.length) {
            page->fence = (Str){0};
        } else {
            append_example_line(page, line);
        }
    } else if (fence.length > 0) {
        end_paragraph(page);
        page->fence = fence;
        page->marks = 0;
    } else {
        append_prose_line(page, line);
    }
}

void page_append(Buf *out, Str markdown, uint32_t width, bool colour)
{
    Page page = {.out = out, .width = width < WIDEST ? width : WIDEST, .colour = colour};
    Str line;
    while (str_take_line(&markdown, &line)) {
        append_page_line(&page, line);
    }
    end_paragraph(&page);
    buf_finish(&page.paragraph);
}
