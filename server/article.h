/*
 * article: a document with all that is derived from it: the outline and the report of findings.
 *
 * It is the one road from text to answers: the language server, the command and the tests all go
 * through it. Analysis runs when something is asked for, once for each state of the text. It is
 * ignorant of URIs, versions, LSP positions and files.
 */
#ifndef SERVER_ARTICLE_H
#define SERVER_ARTICLE_H

#include "protocol/base/arena.h"
#include "server/config/config.h"
#include "server/markdown/document.h"
#include "server/markdown/outline.h"
#include "server/report.h"

typedef struct {
    Document *document; /* owned; settled by article_analyse */
    Outline outline;    /* of its headings */
    Report report;      /* what the rules found */
    bool analysed;      /* whether the derived tables follow the text */
    bool configured;    /* since they followed it */
} Article;

/* Lifetime */

Article *article_new(Str text);
void article_free(Article *article);

/* Changers */

/* As document_edit. */
void article_edit(Article *article, size_t start, size_t end, Str text);

/* Makes the findings those of a configuration, which outlives the article or the next call. NULL: of
 * none. */
void article_configure(Article *article, const Config *config);

/* Brings all that is derived up to date; cheap where nothing has changed. Features take an analysed
 * article. */
void article_analyse(Article *article);

#endif
