/* The beginnings and ends of HTML blocks (CommonMark 0.31, "HTML blocks"), for starts.h. */
#include "server/markdown/line.h"
#include "server/markdown/starts.h"

static const Str raw_names[] = {
    STR_INIT("pre"),
    STR_INIT("script"),
    STR_INIT("style"),
    STR_INIT("textarea"),
};

static const Str block_names[] = {
    STR_INIT("address"),  STR_INIT("article"),    STR_INIT("aside"),    STR_INIT("base"),
    STR_INIT("basefont"), STR_INIT("blockquote"), STR_INIT("body"),     STR_INIT("caption"),
    STR_INIT("center"),   STR_INIT("col"),        STR_INIT("colgroup"), STR_INIT("dd"),
    STR_INIT("details"),  STR_INIT("dialog"),     STR_INIT("dir"),      STR_INIT("div"),
    STR_INIT("dl"),       STR_INIT("dt"),         STR_INIT("fieldset"), STR_INIT("figcaption"),
    STR_INIT("figure"),   STR_INIT("footer"),     STR_INIT("form"),     STR_INIT("frame"),
    STR_INIT("frameset"), STR_INIT("h1"),         STR_INIT("h2"),       STR_INIT("h3"),
    STR_INIT("h4"),       STR_INIT("h5"),         STR_INIT("h6"),       STR_INIT("head"),
    STR_INIT("header"),   STR_INIT("hr"),         STR_INIT("html"),     STR_INIT("iframe"),
    STR_INIT("legend"),   STR_INIT("li"),         STR_INIT("link"),     STR_INIT("main"),
    STR_INIT("menu"),     STR_INIT("menuitem"),   STR_INIT("nav"),      STR_INIT("noframes"),
    STR_INIT("ol"),       STR_INIT("optgroup"),   STR_INIT("option"),   STR_INIT("p"),
    STR_INIT("param"),    STR_INIT("search"),     STR_INIT("section"),  STR_INIT("summary"),
    STR_INIT("table"),    STR_INIT("tbody"),      STR_INIT("td"),       STR_INIT("tfoot"),
    STR_INIT("th"),       STR_INIT("thead"),      STR_INIT("title"),    STR_INIT("tr"),
    STR_INIT("track"),    STR_INIT("ul"),
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name_char(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
}

static bool is_one_of(Str name, const Str *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal_nocase(name, names[i])) {
            return true;
        }
    }
    return false;
}

/* The tag name at the beginning of `text`; empty where there is none. */
static Str tag_name(Str text)
{
    size_t length = text.length > 0 && is_letter(text.data[0]);
    while (length > 0 && length < text.length && is_name_char(text.data[length])) {
        length++;
    }
    return str_before(text, length);
}

static size_t skip_blanks(Str text, size_t at)
{
    while (at < text.length && is_blank(text.data[at])) {
        at++;
    }
    return at;
}

/* An attribute's value, from behind its `=`; STR_NONE where there is none. */
static size_t skip_value(Str text, size_t at)
{
    at = skip_blanks(text, at);
    char quote = at < text.length ? text.data[at] : 0;
    if (quote == '"' || quote == '\'') {
        size_t end = str_find_char(str_after(text, at + 1), quote);
        return end == STR_NONE ? STR_NONE : at + 1 + end + 1;
    }
    size_t start = at;
    while (at < text.length && str_find_char(STR(" \t\"'=<>`"), text.data[at]) == STR_NONE) {
        at++;
    }
    return at == start ? STR_NONE : at;
}

static bool starts_attribute_name(char c)
{
    return is_letter(c) || c == '_' || c == ':';
}

/* The attributes of an open tag; STR_NONE where one is malformed. */
static size_t skip_attributes(Str text, size_t at)
{
    for (;;) {
        size_t name = skip_blanks(text, at);
        if (name == at || name == text.length || !starts_attribute_name(text.data[name])) {
            return name;
        }
        at = name;
        while (at < text.length && (is_name_char(text.data[at]) || text.data[at] == '.' ||
                                    starts_attribute_name(text.data[at]))) {
            at++;
        }
        size_t equals = skip_blanks(text, at);
        if (equals < text.length && text.data[equals] == '=') {
            at = skip_value(text, equals + 1);
            if (at == STR_NONE) {
                return STR_NONE;
            }
        }
    }
}

/* Whether `rest` is one whole open or closing tag and blanks. */
static bool is_lone_tag(Str rest)
{
    bool closing = str_starts(rest, STR("</"));
    Str name = tag_name(str_after(rest, closing ? 2 : 1));
    if (name.length == 0) {
        return false;
    }
    size_t at = (closing ? 2 : 1) + name.length;
    at = closing ? skip_blanks(rest, at) : skip_attributes(rest, at);
    if (at != STR_NONE && !closing && at < rest.length && rest.data[at] == '/') {
        at++;
    }
    return at != STR_NONE && at < rest.length && rest.data[at] == '>' &&
           str_trim(str_after(rest, at + 1)).length == 0;
}

uint8_t start_html(Str rest, bool in_paragraph)
{
    if (rest.length < 2 || rest.data[0] != '<') {
        return 0;
    }
    bool closing = rest.data[1] == '/';
    Str name = tag_name(str_after(rest, closing ? 2 : 1));
    Str after = str_after(rest, (closing ? 2 : 1) + name.length);
    bool ends = after.length == 0 || is_blank(after.data[0]) || after.data[0] == '>';
    if (!closing && ends && is_one_of(name, raw_names, sizeof(raw_names) / sizeof(Str))) {
        return 1;
    }
    if (str_starts(rest, STR("<!--"))) {
        return 2;
    }
    if (rest.data[1] == '?') {
        return 3;
    }
    if (str_starts(rest, STR("<![CDATA["))) {
        return 5;
    }
    if (rest.data[1] == '!' && rest.length > 2 && is_letter(rest.data[2])) {
        return 4;
    }
    bool block = is_one_of(name, block_names, sizeof(block_names) / sizeof(Str));
    if (block && (ends || str_starts(after, STR("/>")))) {
        return 6;
    }
    return !in_paragraph && is_lone_tag(rest) ? 7 : 0;
}

bool start_html_end(Str line, uint8_t kind)
{
    static const Str ends[] = {
        [2] = STR_INIT("-->"), [3] = STR_INIT("?>"), [4] = STR_INIT(">"), [5] = STR_INIT("]]>")};
    if (kind != 1) {
        return kind <= 5 && str_find(line, ends[kind]) != STR_NONE;
    }
    for (size_t at = 0; (at = str_find(line, STR("</"))) != STR_NONE;) {
        line = str_after(line, at + 2);
        Str name = tag_name(line);
        if (is_one_of(name, raw_names, sizeof(raw_names) / sizeof(Str)) &&
            str_starts(str_after(line, name.length), STR(">"))) {
            return true;
        }
    }
    return false;
}

uint32_t html_inline_end(Str text, uint32_t at)
{
    Str rest = str_after(text, at);
    static const struct {
        Str start, end;
    } forms[] = {
        {STR_INIT("<!-->"),     STR_INIT(">")  },
        {STR_INIT("<!--->"),    STR_INIT(">")  },
        {STR_INIT("<!--"),      STR_INIT("-->")},
        {STR_INIT("<![CDATA["), STR_INIT("]]>")},
        {STR_INIT("<!"),        STR_INIT(">")  },
        {STR_INIT("<?"),        STR_INIT("?>") },
    };
    for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
        if (str_starts(rest, forms[i].start)) {
            size_t skip = i < 2 ? 0 : forms[i].start.length;
            size_t end = str_find(str_after(rest, skip), forms[i].end);
            return at +
                   (uint32_t)(end == STR_NONE ? rest.length : skip + end + forms[i].end.length);
        }
    }
    char quote = 0;
    for (uint32_t i = 1; i < rest.length; i++) {
        char c = rest.data[i];
        if (quote == 0 && c == '>') {
            return at + i + 1;
        }
        bool opens = quote == 0 && (c == '"' || c == '\'');
        quote = opens ? c : c == quote ? 0 : quote;
    }
    return (uint32_t)text.length;
}
