/*
 * documents: what the client has open, by URI, as it stands after each edit.
 *
 * Two spellings of one URI are one document. Every document that is opened is tracked until it is
 * closed, but only Markdown of a bearable size is kept and analysed, and that when something is
 * asked for. It is ignorant of messages: it says what has become of a document, and its user tells.
 */
#ifndef SERVER_DOCUMENTS_H
#define SERVER_DOCUMENTS_H

#include "protocol/base/array.h"
#include "protocol/base/map.h"
#include "protocol/lsp/types.h"
#include "server/article.h"

typedef enum {
    DOCUMENT_LIVE,      /* its text is known */
    DOCUMENT_FOREIGN,   /* no Markdown: of no interest */
    DOCUMENT_TOO_LARGE, /* over LIMIT_DOCUMENT_BYTES, until it comes whole and smaller */
    DOCUMENT_LOST,      /* an edit could not be applied: unknown until it comes whole */
} DocumentState;

typedef struct {
    Str uri; /* as the client spelled it; owned */
    int64_t version;
    DocumentState state;
    Article *article; /* owned; NULL unless DOCUMENT_LIVE */
    bool settings;    /* it is a .galley.yml, no article: its text counts instead of the file's */
    const Config *config; /* what applies to it; borrowed; NULL: nothing */
    bool changed;         /* it is among the changed */
    bool shown;           /* the client was sent findings of it, or their absence */
} OpenDocument;

typedef struct {
    Map by_uri;                    /* normalised URI to OpenDocument, owned */
    Array(OpenDocument *) changed; /* since documents_take_changed, in that order */
    Buf key;                       /* a URI while it is looked up */
} Documents;

/* Lifetime */

void documents_finish(Documents *documents);

/* Changers */

/* Opens a document, or replaces what is open under its URI. NULL where LIMIT_OPEN_DOCUMENTS are. */
OpenDocument *documents_open(Documents *documents, const TextDocumentItem *item);

/* Forgets a document and frees it. */
void documents_close(Documents *documents, OpenDocument *document);

/* Applies one edit. Nothing but a whole text helps a document that is not live. */
void documents_edit(Documents *documents, OpenDocument *document,
                    const TextDocumentContentChangeEvent *change, PositionEncoding encoding);

/* Drops the text of a document that is Markdown. */
void documents_drop(Documents *documents, OpenDocument *document, DocumentState state);

/* Takes another configuration, which outlives the document or the next call. */
void documents_configure(Documents *documents, OpenDocument *document, const Config *config);

/* One of the changed, which it then is no more; NULL when there are none. */
OpenDocument *documents_take_changed(Documents *documents);

/* Queries */

/* The open document of any spelling of a URI, or NULL. */
OpenDocument *documents_find(Documents *documents, Str uri);

/* The next of all of them, in no order: `MapEntry *e = NULL; while ((d = documents_next(…, &e)))`. */
OpenDocument *documents_next(const Documents *documents, MapEntry **entry);

/* Appends the text of a live document. */
void documents_append_text(OpenDocument *document, Buf *out);

/* Its article, analysed as it stands; NULL where the document is not live, or is no article. */
const Article *documents_article(OpenDocument *document);

#endif
