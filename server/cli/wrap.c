#include "server/cli/wrap.h"

#include "server/cli/columns.h"
#include "server/cli/option.h"

void wrap_append(Buf *out, Str text, size_t at, size_t indent, size_t width)
{
    Str word;
    for (bool first = true; option_take_word(&text, &word); first = false) {
        size_t word_width = columns_of(word);
        if (!first && at + 1 + word_width > width) {
            buf_printf(out, "\n%*s", (int)indent, "");
            at = indent;
        } else if (!first) {
            buf_append_char(out, ' ');
            at++;
        }
        buf_append(out, word);
        at += word_width;
    }
    buf_append_char(out, '\n');
}
