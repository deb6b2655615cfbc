#include "server/documents.h"

#include "protocol/base/memory.h"
#include "protocol/limits.h"
#include "protocol/uri.h"
#include "server/ranges.h"

/* Languages that are Markdown, as editors name them. */
static bool is_markdown_name(Str name)
{
    static const Str names[] = {
        STR_INIT("markdown"),  STR_INIT("gfm"),  STR_INIT("mdx"),        STR_INIT("rmd"),
        STR_INIT("quarto"),    STR_INIT("qmd"),  STR_INIT("pandoc"),     STR_INIT("md"),
        STR_INIT("mkd"),       STR_INIT("myst"), STR_INIT("telekasten"), STR_INIT("ghmarkdown"),
        STR_INIT("rmarkdown"),
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        if (str_equal_nocase(name, names[i])) {
            return true;
        }
    }
    return false;
}

/* Vim's file types may be several, with dots between: "markdown.mdx". Where there is none, as in a Vim
 * that was told to detect nothing, the file's name tells. */
static bool is_markdown(Str language, Str uri)
{
    Str first, rest = language.length > 0 ? language : uri;
    while (str_cut(rest, '.', &first, &rest)) {
        if (language.length > 0 && is_markdown_name(first)) {
            return true;
        }
    }
    return is_markdown_name(rest);
}

/* Its name tells, whatever the editor takes it for. */
static bool is_settings(Str uri)
{
    return str_ends(uri, STR("/.galley.yml")) || str_ends(uri, STR("/.galley.yaml"));
}

/* State */

static void mark_changed(Documents *documents, OpenDocument *document)
{
    if (!document->changed) {
        document->changed = true;
        *array_add(&documents->changed) = document;
    }
}

void documents_drop(Documents *documents, OpenDocument *document, DocumentState state)
{
    if (document->state != DOCUMENT_FOREIGN) {
        article_free(document->article);
        document->article = NULL;
        document->state = state;
        mark_changed(documents, document);
    }
}

static void set_text(Documents *documents, OpenDocument *document, Str text)
{
    if (text.length > LIMIT_DOCUMENT_BYTES) {
        documents_drop(documents, document, DOCUMENT_TOO_LARGE);
    } else if (document->state != DOCUMENT_FOREIGN) {
        article_free(document->article);
        document->article = article_new(text);
        article_configure(document->article, document->config);
        document->state = DOCUMENT_LIVE;
        mark_changed(documents, document);
    }
}

/* Lifetime */

static void free_document(OpenDocument *document)
{
    article_free(document->article);
    free((char *)document->uri.data);
    free(document);
}

void documents_finish(Documents *documents)
{
    for (MapEntry *entry = NULL; (entry = map_next(&documents->by_uri, entry)) != NULL;) {
        free_document(entry->value.pointer);
    }
    map_finish(&documents->by_uri);
    array_finish(&documents->changed);
    buf_finish(&documents->key);
}

static Str normalise(Documents *documents, Str uri)
{
    buf_reset(&documents->key);
    uri_normalise(uri, &documents->key);
    return buf_str(&documents->key);
}

static Str copy_text(Str text)
{
    char *copy = memory_new(text.length + 1);
    if (text.length > 0) {
        memcpy(copy, text.data, text.length);
    }
    return (Str){copy, text.length};
}

OpenDocument *documents_open(Documents *documents, const TextDocumentItem *item)
{
    OpenDocument *document = documents_find(documents, item->uri);
    if (document == NULL && documents->by_uri.count >= LIMIT_OPEN_DOCUMENTS) {
        return NULL;
    }
    if (document == NULL) {
        document = memory_new_zeroed(1, sizeof(*document));
        document->state = DOCUMENT_FOREIGN; /* nothing was said of it that could change */
        map_put(&documents->by_uri, normalise(documents, item->uri))->pointer = document;
    }
    free((char *)document->uri.data);
    document->uri = copy_text(item->uri);
    document->version = item->version;

    documents_drop(documents, document, DOCUMENT_LOST);
    document->settings = is_settings(item->uri);
    document->state = document->settings || is_markdown(item->languageId, item->uri)
                          ? DOCUMENT_LOST
                          : DOCUMENT_FOREIGN;
    set_text(documents, document, item->text);
    return document;
}

static void forget_change(Documents *documents, const OpenDocument *document)
{
    for (uint32_t i = 0; i < documents->changed.count; i++) {
        if (documents->changed.items[i] == document) {
            array_splice(&documents->changed, i, 1, 0);
            return;
        }
    }
}

void documents_close(Documents *documents, OpenDocument *document)
{
    if (document->changed) {
        forget_change(documents, document);
    }
    map_remove(&documents->by_uri, normalise(documents, document->uri));
    free_document(document);
}

/* Edits */

static void splice_text(Documents *documents, OpenDocument *document, Str text, Range range,
                        PositionEncoding encoding)
{
    Document *syntax = document->article->document;
    size_t start = ranges_offset(syntax, range.start, encoding);
    size_t end = ranges_offset(syntax, range.end, encoding);
    article_edit(document->article, start, end, text);
    if (document_length(syntax) > LIMIT_DOCUMENT_BYTES) {
        documents_drop(documents, document, DOCUMENT_TOO_LARGE);
    }
    mark_changed(documents, document);
}

void documents_edit(Documents *documents, OpenDocument *document,
                    const TextDocumentContentChangeEvent *change, PositionEncoding encoding)
{
    if (change->whole) {
        set_text(documents, document, change->text);
    } else if (document->state == DOCUMENT_LIVE) {
        splice_text(documents, document, change->text, change->range, encoding);
    }
}

void documents_configure(Documents *documents, OpenDocument *document, const Config *config)
{
    document->config = config;
    if (document->article != NULL && !document->settings) {
        article_configure(document->article, config);
        mark_changed(documents, document);
    }
}

OpenDocument *documents_take_changed(Documents *documents)
{
    if (documents->changed.count == 0) {
        return NULL;
    }
    OpenDocument *document = documents->changed.items[0];
    array_splice(&documents->changed, 0, 1, 0);
    document->changed = false;
    return document;
}

/* Queries */

OpenDocument *documents_find(Documents *documents, Str uri)
{
    MapValue *value = map_get(&documents->by_uri, normalise(documents, uri));
    return value == NULL ? NULL : value->pointer;
}

OpenDocument *documents_next(const Documents *documents, MapEntry **entry)
{
    *entry = map_next(&documents->by_uri, *entry);
    return *entry == NULL ? NULL : (*entry)->value.pointer;
}

void documents_append_text(OpenDocument *document, Buf *out)
{
    article_analyse(document->article);
    const Document *text = document->article->document;
    for (uint32_t i = 0; i < document_chunk_count(text); i++) {
        const Chunk *chunk = document_chunk(text, i);
        buf_append(out, (Str){chunk->text, chunk->length});
    }
}

const Article *documents_article(OpenDocument *document)
{
    if (document->settings) {
        return NULL;
    }
    if (document->article != NULL) {
        article_analyse(document->article);
    }
    return document->article;
}
