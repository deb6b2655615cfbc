#include "server/cli/check_batch.h"

#include <stdlib.h>

#include "protocol/base/memory.h"
#include "protocol/json_read.h"
#include "protocol/json_write.h"
#include "protocol/limits.h"
#include "server/cli/check_job.h"
#include "server/cli/command.h"
#include "server/cli/configuration.h"
#include "server/os/files.h"
#include "server/os/heap.h"
#include "server/os/pool.h"

typedef struct {
    CheckOptions options; /* `only` and `except` are borrowed */
    const Config *config; /* of all articles */
    Pool *pool;
    Buf line;      /* the line that has not ended yet */
    bool too_long; /* and is dropped until it ends */
    bool closed;   /* nobody reads any more */
    bool trouble;  /* a line that is none of ours, or an article that cannot be read */
    bool failed;   /* something was found that is a failure */
} Batch;

/* A line, as the pool gives it to a thread. */
typedef struct {
    CheckJob job;
    Buf line;
} LineJob;

/* On any thread */

/* What is not even an article has no name. */
static void answer_error(CheckJob *job, Str error)
{
    JsonWriter writer = {0};
    jw_begin_object(&writer);
    jw_string_field(&writer, "error", error);
    jw_end_object(&writer);
    buf_append(&job->part, buf_str(&writer.out));
    jw_finish(&writer);
    job->error = "not an article";
}

static void check_text(CheckJob *job, const CheckOptions *options, Str text)
{
    if (text.length > LIMIT_DOCUMENT_BYTES) {
        job->error = "too large";
        check_job_fail(job, options);
    } else {
        check_job_check(job, options, text);
    }
}

/* {"uri": …, "text": …}, {"path": …, "text": …} or {"path": …} */
static void check_object(CheckJob *job, const CheckOptions *options, JsonReader object)
{
    Str text = {0}, path = {0};
    JsonReader body = jr_field(object, "text");
    if (!jr_optional_string(jr_field(object, "uri"), &job->uri) ||
        !jr_optional_string(jr_field(object, "path"), &path)) {
        answer_error(job, json_document_error(object.document));
        return;
    }
    job->path = arena_copy(&job->arena, path.length > 0 ? path : job->uri);
    job->uri = arena_copy(&job->arena, job->uri);
    if (!jr_missing(body)) {
        if (jr_string(body, &text)) {
            check_text(job, options, text);
        } else {
            answer_error(job, json_document_error(object.document));
        }
    } else if (path.length > 0) {
        check_job_read(job, options, job->path.data);
    } else {
        answer_error(job, STR("neither text nor path"));
    }
}

static void work(void *self, void *delivered)
{
    const Batch *batch = self;
    LineJob *line = delivered;
    JsonDocument document = {0};
    JsonReader object;
    Buf error = {0};
    if (line->job.error != NULL) {
        answer_error(&line->job, str_of(line->job.error));
    } else if (!json_document_parse(buf_str(&line->line), &document, &error)) {
        answer_error(&line->job, buf_str(&error));
    } else if (!jr_object(json_document_root(&document), &object)) {
        answer_error(&line->job, STR("not an object"));
    } else {
        check_object(&line->job, &batch->options, object);
    }
    buf_append_char(&line->job.part, '\n');
    json_document_finish(&document);
    buf_finish(&error);
}

/* On the pool's thread */

static void deliver(void *self, void *delivered)
{
    Batch *batch = self;
    LineJob *line = delivered;
    CheckJob *job = &line->job;
    batch->trouble |= job->error != NULL;
    for (uint32_t i = 0; i < job->summary.count_count; i++) {
        batch->failed |= job->summary.counts[i].severity <= batch->options.fail_on;
    }
    if (!batch->closed && !files_print(buf_str(&job->part))) {
        batch->closed = true;
        batch->trouble = true;
        pool_stop(batch->pool);
    }
    buf_finish(&line->line);
    check_job_finish(job);
    free(line);
}

static void submit_line(Batch *batch)
{
    LineJob *line = memory_new_zeroed(1, sizeof(*line));
    line->job.named = true;
    line->job.config = batch->config;
    line->job.error = batch->too_long ? "the line is too long" : NULL;
    line->line = buf_take(&batch->line);
    batch->too_long = false;
    pool_submit(batch->pool, line);
}

static void add_to_line(Batch *batch, Str part)
{
    if (batch->line.length + part.length > LIMIT_BODY_BYTES) {
        batch->too_long = true;
        buf_finish(&batch->line);
    }
    if (!batch->too_long) {
        buf_append(&batch->line, part);
    }
}

static void receive(void *self, Str bytes)
{
    Batch *batch = self;
    Str part, rest = bytes;
    while (!batch->closed && str_cut(rest, '\n', &part, &rest)) {
        add_to_line(batch, part);
        submit_line(batch);
    }
    add_to_line(batch, rest);
}

/* What makes no sense together is said, not passed over. */
static bool is_sensible(const Invocation *invocation)
{
    const char *format = invocation_value(invocation, "--format");
    if (invocation->count > 0 || invocation_has(invocation, "--files-from")) {
        command_complain(STR("--batch"), "articles come on standard input, not as arguments");
        return false;
    }
    if (invocation_has(invocation, "--format") && strcmp(format, "json") != 0) {
        command_complain(STR("--batch"), "the only format is json");
        return false;
    }
    return true;
}

static int run(Batch *batch)
{
    heap_serve_threads(batch->options.jobs);
    batch->pool = pool_new(
        batch->options.jobs,
        (PoolClient){.self = batch, .work = work, .deliver = deliver, .receive = receive});
    pool_read(batch->pool);
    if (!batch->closed && (batch->line.length > 0 || batch->too_long)) {
        submit_line(batch);
        pool_wait_for_all(batch->pool);
    }
    pool_free(batch->pool);
    buf_finish(&batch->line);
    return batch->trouble ? EXIT_TROUBLE : batch->failed ? EXIT_FINDINGS : EXIT_CLEAN;
}

int check_batch(const CheckOptions *options, const Invocation *invocation)
{
    Batch batch = {.options = *options};
    Configuration configuration = {0};
    int code = EXIT_TROUBLE;
    batch.options.format = format_find(STR("json"));
    batch.options.display = (FormatOptions){.clean = true};
    if (!is_sensible(invocation)) {
        return code;
    }
    if (configuration_open(&configuration, invocation)) {
        batch.config = configuration_for(&configuration, STR("batch"));
        batch.trouble = configuration.broken;
        code = run(&batch);
    }
    configuration_close(&configuration);
    return code;
}
