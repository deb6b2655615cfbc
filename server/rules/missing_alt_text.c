/* missing-alt-text: an image is described for those who do not see it.
 *
 * Of 229 published articles 214 describe no image at all: there it is nobody's oversight. So it is
 * information, once for an article, on its first image without a description, and only where another
 * one has it. An image that is a link says what the link says. */
#include "server/rules/rule.h"

/* Whether an inline is an image that stands by itself and leads somewhere. */
static bool is_image(const Chunk *chunk, const Inline *image)
{
    bool linked = image->parent >= 0 && chunk->inlines[image->parent].type == INLINE_LINK;
    bool attributes = image->whole.end < chunk->length && chunk->text[image->whole.end] == '{';
    return image->type == INLINE_IMAGE && image->form == LINK_INLINE && !linked && !attributes &&
           !chunk_is_blank(chunk, image->destination);
}

/* The first image of a chunk that is described, or that is not. */
static const Inline *first_image(const Chunk *chunk, bool described)
{
    for (uint32_t i = 0; i < chunk->inline_count; i++) {
        const Inline *image = &chunk->inlines[i];
        if (is_image(chunk, image) && chunk_is_blank(chunk, image->content) != described) {
            return image;
        }
    }
    return NULL;
}

static void check(RuleContext *context, const Chunk *chunk)
{
    const Inline *image = first_image(chunk, false);
    if (image != NULL) {
        rule_report(context, image->whole, "an image without a description");
    }
}

static bool stands(const Document *document, uint32_t index, Span span, size_t *reach)
{
    (void)span;
    (void)reach;
    for (uint32_t i = index; i > 0; i--) {
        if (first_image(document_chunk(document, i - 1), false) != NULL) {
            return false;
        }
    }
    for (uint32_t i = 0; i < document_chunk_count(document); i++) {
        if (first_image(document_chunk(document, i), true) != NULL) {
            return true;
        }
    }
    return false;
}

const Rule rule_missing_alt_text = {
    .code = "missing-alt-text",
    .severity = SEVERITY_INFORMATION,
    .summary = "an image without a description, where others have one",
    .yields_to = "empty-link",
    .check_chunk = check,
    .stands = stands,
};
