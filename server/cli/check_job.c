#include "server/cli/check_job.h"

#include "protocol/base/utf.h"
#include "protocol/limits.h"
#include "server/os/files.h"

/* How much of a file tells whether it is text. */
enum { FIRST_BLOCK = 8 << 10 };

void check_job_finish(CheckJob *job)
{
    arena_finish(&job->arena);
    buf_finish(&job->part);
}

/* What is no text */

/* A sequence that the block cuts in two is not invalid. */
static bool is_mostly_invalid(Str block)
{
    size_t invalid = 0;
    if (utf_valid(block)) {
        return false;
    }
    for (size_t at = 0; at < block.length;) {
        size_t length = utf_sequence(block, at);
        invalid += length == 0;
        at += length == 0 ? 1 : length;
    }
    return invalid > 4 && invalid > block.length / 4;
}

/* A slip of one NUL makes no binary file of an article. */
static bool is_full_of_nuls(Str block)
{
    size_t nuls = 0;
    for (size_t i = 0; i < block.length; i++) {
        nuls += block.data[i] == 0;
    }
    return nuls > block.length / 32;
}

/* NULL: it is text. */
static const char *why_no_text(Str text)
{
    Str block = str_before(text, FIRST_BLOCK);
    if (str_starts(block, STR("\xFF\xFE")) || str_starts(block, STR("\xFE\xFF"))) {
        return "it is in UTF-16, not in UTF-8";
    }
    if (is_full_of_nuls(block)) {
        return "it is binary";
    }
    return is_mostly_invalid(block) ? "it is not in UTF-8" : NULL;
}

/* Checking */

static void print_part(CheckJob *job, const CheckOptions *options, CheckedFile *file)
{
    const Format *format = options->format;
    format_summarise(format, file, &job->arena);
    job->summary = file->summary;
    if (format->file != NULL) {
        format->file(&job->part, &options->display, file);
    }
}

void check_job_check(CheckJob *job, const CheckOptions *options, Str text)
{
    Arena scratch = {0};
    Article *article = article_new(text);
    article_configure(article, job->config);
    article_analyse(article);
    Findings findings = report_findings(&article->report, article->document, &article->outline,
                                        &scratch);
    check_options_filter(options, &findings);
    CheckedFile file = {.path = job->path,
                        .uri = job->uri,
                        .article = article,
                        .text = text,
                        .findings = findings,
                        .index = job->index};
    print_part(job, options, &file);
    article_free(article);
    arena_finish(&scratch);
}

void check_job_fail(CheckJob *job, const CheckOptions *options)
{
    CheckedFile file = {
        .path = job->path, .uri = job->uri, .error = job->error, .index = job->index};
    print_part(job, options, &file);
}

void check_job_read(CheckJob *job, const CheckOptions *options, const char *file)
{
    Buf text = {0};
    if (job->config != NULL && job->config->excluded) {
        job->passed_over = true;
        return;
    }
    if (job->error == NULL) {
        job->error = files_read(file, LIMIT_DOCUMENT_BYTES, &text);
    }
    if (job->error == NULL) {
        job->error = why_no_text(buf_str(&text));
        job->passed_over = job->error != NULL && !job->named;
    }
    if (job->error == NULL) {
        check_job_check(job, options, buf_str(&text));
    } else if (!job->passed_over) {
        check_job_fail(job, options);
    }
    buf_finish(&text);
}
