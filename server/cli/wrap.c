#include "server/cli/wrap.h"

#include "server/cli/option.h"

size_t wrap_width(Str text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.length; i++) {
        width += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    }
    return width;
}

void wrap_append(Buf *out, Str text, size_t at, size_t indent, size_t width)
{
    Str word;
    for (bool first = true; option_take_word(&text, &word); first = false) {
        size_t word_width = wrap_width(word);
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
