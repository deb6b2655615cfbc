#include "server/cli/formats/markup.h"

#include "protocol/base/utf.h"
#include "server/cli/plain.h"

static Str reference(char c)
{
    switch (c) {
    case '&':
        return STR("&amp;");
    case '<':
        return STR("&lt;");
    case '>':
        return STR("&gt;");
    case '"':
        return STR("&quot;");
    case '\'':
        return STR("&#39;");
    default:
        return (Str){0};
    }
}

/* U+FFFE and U+FFFF are no characters of XML. */
void markup_append(Buf *out, Str text)
{
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        uint32_t c = utf_next(text, &at);
        Str name = c < 0x80 ? reference((char)c) : (Str){0};
        if (name.length > 0) {
            buf_append(out, name);
        } else if (c == 0xFFFE || c == 0xFFFF) {
            utf_append(out, UTF_REPLACEMENT);
        } else {
            plain_append(out, str_slice(text, start, at));
        }
    }
}
