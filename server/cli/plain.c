#include "server/cli/plain.h"

#include "protocol/base/utf.h"

bool plain_is_control(uint32_t c)
{
    bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    bool separator = c == 0x2028 || c == 0x2029;
    bool direction = c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
                     (c >= 0x2066 && c <= 0x2069);
    return control || separator || direction;
}

void plain_append(Buf *out, Str text)
{
    for (size_t at = 0; at < text.length;) {
        uint32_t c = utf_next(text, &at);
        if (plain_is_control(c)) {
            buf_printf(out, "\\u{%X}", (unsigned)c);
        } else {
            utf_append(out, c);
        }
    }
}
