/*
 * html: what the files of the HTML format share. html.c is the page, html_article.c an article on
 * it, html_style.c its looks.
 */
#ifndef SERVER_CLI_FORMATS_HTML_H
#define SERVER_CLI_FORMATS_HTML_H

#include "server/cli/format.h"

/* The text of the page's style element. */
extern const Str html_style;

/* One article, from its tag to its end tag. */
void html_article_append(Buf *out, const CheckedFile *file);

/* "6 900", with narrow spaces that break no line. */
void html_number_append(Buf *out, uint64_t number);

/* "6 900 words", with the word for one or for several, on one line. */
void html_count_append(Buf *out, uint64_t count, const char *one, const char *many);

/* What the page calls one finding of it: "remark" is better read than "information". */
const char *html_severity_name(Severity severity);

/* " · 3 warnings": the word that fits, and nothing where there are none. */
void html_severity_append(Buf *out, uint64_t count, Severity severity);

#endif
