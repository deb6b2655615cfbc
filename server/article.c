#include "server/article.h"

#include "protocol/base/memory.h"

#include <stdlib.h>

Article *article_new(Str text)
{
    Article *article = memory_new_zeroed(1, sizeof(Article));
    article->document = document_new(text);
    return article;
}

void article_free(Article *article)
{
    if (article != NULL) {
        report_finish(&article->report);
        outline_finish(&article->outline);
        document_free(article->document);
        free(article);
    }
}

void article_edit(Article *article, size_t start, size_t end, Str text)
{
    document_edit(article->document, start, end, text);
    article->analysed = false;
}

void article_configure(Article *article, const Config *config)
{
    document_set_templates(article->document, config == NULL ? 0 : config->templates);
    report_configure(&article->report, config == NULL ? NULL : config_rules(config));
    article->analysed = false;
    article->configured = true;
}

void article_analyse(Article *article)
{
    if (article->analysed) {
        return;
    }
    Splice splice = document_settle(article->document);
    bool changed = outline_update(&article->outline, article->document, splice);
    if (article->configured) { /* there are no findings yet */
        splice = (Splice){.inserted = document_chunk_count(article->document)};
    }
    report_update(&article->report, article->document, &article->outline, splice,
                  changed || article->configured);
    article->analysed = true;
    article->configured = false;
}
