/* placeholder-link: a link or an image that leads to what a template had in that place.
 *
 * Only destinations are looked at, and only those that nobody means: example.com is an honest address
 * of documentation. A link to "#" leads to the top of the page, so that its words decide. */
#include "server/rules/rule.h"
#include "server/rules/voice.h"

enum { LONGEST = 24 }; /* bytes of a destination that is compared as a whole */

static bool is_word_for_link(Str destination)
{
    static const Str words[] = {
        STR_INIT("url"),
        STR_INIT("link"),
        STR_INIT("your-url"),
        STR_INIT("your-link"),
        STR_INIT("your-url-here"),
        STR_INIT("your-link-here"),
        STR_INIT("your_url"),
        STR_INIT("your_link"),
        STR_INIT("your_url_here"),
        STR_INIT("your_link_here"),
        STR_INIT("insert-link"),
        STR_INIT("insert-link-here"),
        STR_INIT("insert_link"),
        STR_INIT("insert_link_here"),
        STR_INIT("insert-url-here"),
        STR_INIT("link-here"),
        STR_INIT("link_here"),
        STR_INIT("url-here"),
        STR_INIT("url_here"),
        STR_INIT("link-to-source"),
        STR_INIT("image-url"),
        STR_INIT("image_url"),
        STR_INIT("imageurl"),
        STR_INIT("image-link"),
        STR_INIT("placeholder"),
        STR_INIT("placeholder-url"),
        STR_INIT("placeholder-link"),
        STR_INIT("todo"),
        STR_INIT("tbd"),
        STR_INIT("ссылка"),
    };
    for (size_t i = 0; destination.length <= LONGEST && i < sizeof(words) / sizeof(words[0]); i++) {
        if (str_equal_nocase(destination, words[i])) {
            return true;
        }
    }
    return false;
}

static bool holds(Str destination, const Str *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_find(destination, parts[i]) != STR_NONE) {
            return true;
        }
    }
    return false;
}

/* "path/to/image.png" and a video that has no number yet. */
static bool is_example(Str destination)
{
    static const Str parts[] = {STR_INIT("VIDEO_ID"), STR_INIT("VIDEO-ID"), STR_INIT("YOUR_LINK"),
                                STR_INIT("YOUR_URL")};
    Str path = destination;
    while (str_starts(path, STR("../")) || str_starts(path, STR("./")) ||
           str_starts(path, STR("/"))) {
        path = str_after(path, str_find_char(path, '/') + 1);
    }
    return str_starts(path, STR("path/to/")) || str_starts(path, STR("path-to-")) ||
           holds(destination, parts, sizeof(parts) / sizeof(parts[0]));
}

/* Whether an image comes from a service that draws grey boxes. */
static bool is_grey_box(Str destination)
{
    static const Str hosts[] = {
        STR_INIT("//via.placeholder.com/"), STR_INIT("//placehold.it/"),
        STR_INIT("//placehold.co/"),        STR_INIT("//dummyimage.com/"),
        STR_INIT("//placeimg.com/"),        STR_INIT("//placekitten.com/"),
        STR_INIT("//lorempixel.com/"),      STR_INIT("//fakeimg.pl/"),
        STR_INIT("//loremflickr.com/"),     STR_INIT("//picsum.photos/"),
    };
    return str_find(destination, STR("//")) != STR_NONE &&
           holds(destination, hosts, sizeof(hosts) / sizeof(hosts[0]));
}

/* Whether "#" is where a link is meant to lead: to the top; or a badge that leads nowhere. */
static bool is_to_top(const Chunk *chunk, const Inline *link)
{
    static const Str words[] = {
        STR_INIT("top"),  STR_INIT("up"),   STR_INIT("home"),   STR_INIT("start"),
        STR_INIT("haut"), STR_INIT("oben"), STR_INIT("arriba"), STR_INIT("inicio"),
        STR_INIT("topo"), STR_INIT("верх"), STR_INIT("начал"),  STR_INIT("верху"),
        STR_INIT("顶部"), STR_INIT("先頭"), STR_INIT("トップ"), STR_INIT("맨 위"),
    };
    Str text = chunk_str(chunk, link->content);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (str_find_nocase(text, words[i]) != STR_NONE) {
            return true;
        }
    }
    bool letters = false;
    for (size_t i = 0; i < text.length; i++) {
        letters |= (text.data[i] >= 'A' && text.data[i] <= 'z') || (text.data[i] & 0xC0) == 0xC0;
    }
    return !letters || str_find(text, STR("![")) != STR_NONE || str_starts(text, STR("↑")) ||
           str_starts(text, STR("⬆")) || str_starts(text, STR("<"));
}

static bool is_placeholder(const Chunk *chunk, const Inline *link)
{
    Str destination = chunk_str(chunk, link->destination);
    if (str_equal(destination, STR("#"))) {
        return link->type == INLINE_LINK && !is_to_top(chunk, link);
    }
    return is_word_for_link(destination) || is_example(destination) ||
           (link->type == INLINE_IMAGE && is_grey_box(destination));
}

static void check(RuleContext *context, const Chunk *chunk)
{
    for (uint32_t i = 0; i < chunk->inline_count; i++) {
        const Inline *at = &chunk->inlines[i];
        if ((at->type == INLINE_LINK || at->type == INLINE_IMAGE) && at->form == LINK_INLINE &&
            !span_empty(at->destination) && is_placeholder(chunk, at) &&
            !voice_is_quote(chunk, at->block)) {
            rule_report(context, at->destination, "placeholder instead of an address");
        }
    }
}

const Rule rule_placeholder_link = {
    .code = "placeholder-link",
    .severity = SEVERITY_WARNING,
    .summary = "a link or an image that leads to a placeholder",
    .check_chunk = check,
};
