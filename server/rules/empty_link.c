/* empty-link: a link leads somewhere, and has a text to be clicked at.
 *
 * `[text]()` is a link whose address was never put in; `[](address)` is one that nobody sees. MyST
 * fills in the text of `[](#target)` and `[](file.md)` itself, `[](){#name}` is an anchor, and an image
 * is a text. */
#include "server/rules/rule.h"

/* Whether an address leads out of the article's site: no other program fills in the text for it. */
static bool leads_out(Str address)
{
    return str_starts(address, STR("http://")) || str_starts(address, STR("https://")) ||
           str_starts(address, STR("mailto:"));
}

static void check_link(RuleContext *context, const Chunk *chunk, const Inline *link)
{
    bool attributes = link->whole.end < chunk->length && chunk->text[link->whole.end] == '{';
    bool no_text = chunk_is_blank(chunk, link->content);
    bool no_address = chunk_is_blank(chunk, link->destination);
    if (attributes || (no_text && no_address)) {
        return;
    }
    if (no_address) {
        rule_report(context, link->whole,
                    link->type == INLINE_IMAGE ? "an image without an address"
                                               : "a link without an address");
    } else if (no_text && link->type == INLINE_LINK &&
               leads_out(chunk_str(chunk, link->destination))) {
        rule_report(context, link->whole, "a link without a text");
    }
}

static void check(RuleContext *context, const Chunk *chunk)
{
    for (uint32_t i = 0; i < chunk->inline_count; i++) {
        const Inline *link = &chunk->inlines[i];
        if ((link->type == INLINE_LINK || link->type == INLINE_IMAGE) &&
            link->form == LINK_INLINE) {
            check_link(context, chunk, link);
        }
    }
}

const Rule rule_empty_link = {
    .code = "empty-link",
    .severity = SEVERITY_WARNING,
    .summary = "a link without an address or a text",
    .check_chunk = check,
};
