/* check: the findings of files, in one of the formats, and where they stand all together. */
#include "protocol/base/memory.h"
#include "server/cli/check_batch.h"
#include "server/cli/check_job.h"
#include "server/cli/command.h"
#include "server/cli/configuration.h"
#include "server/cli/progress.h"
#include "server/os/files.h"
#include "server/os/heap.h"
#include "server/os/pool.h"
#include "server/os/terminal.h"
#include "server/os/walk.h"

/* One run over all files. */
typedef struct {
    CheckOptions options;
    Configuration configuration;
    Arena arena;                   /* paths */
    Array(char *) paths;           /* that were named */
    Buf names;                     /* what --files-from was given */
    WalkList files;                /* what to read, in order */
    Array(const Config *) configs; /* parallel: what applies to each */
    CheckedRun run;                /* what is kept of those that were */
    Progress progress;
    uint32_t done;    /* files */
    uint32_t no_text; /* of them, passed over: what is no text and was not named */
    bool closed;      /* nobody reads any more */
    bool trouble;     /* something could not be read */
    bool failed;      /* something was found that is a failure */
} Check;

/* A file, as the pool gives it to a thread. */
typedef struct {
    CheckJob job;
    const char *file;
} FileJob;

/* Printing */

static void print(Check *check, Str text)
{
    if (text.length > 0 && !check->closed) {
        progress_clear(&check->progress);
        check->closed = !files_print(text);
    }
}

static void print_begin(Check *check)
{
    Buf out = {0};
    if (check->options.format->begin != NULL) {
        check->options.format->begin(&out, &check->options.display);
    }
    print(check, buf_str(&out));
    buf_finish(&out);
}

static void print_end(Check *check)
{
    Buf out = {0};
    if (check->options.format->end != NULL) {
        check->options.format->end(&out, &check->options.display, &check->run);
    }
    print(check, buf_str(&out));
    buf_finish(&out);
}

/* File by file */

static void work(void *self, void *job)
{
    const Check *check = self;
    FileJob *file = job;
    check_job_read(&file->job, &check->options, file->file);
}

static void note(Check *check, const CheckJob *job)
{
    if (job->error != NULL) {
        progress_clear(&check->progress);
        command_complain(job->path, job->error);
        check->trouble = true;
    }
    for (uint32_t i = 0; i < job->summary.count_count; i++) {
        check->failed |= job->summary.counts[i].severity <= check->options.fail_on;
    }
}

static void deliver(void *self, void *delivered)
{
    Check *check = self;
    FileJob *file = delivered;
    CheckJob *job = &file->job;
    check->done++;
    check->no_text += job->passed_over && job->error != NULL;
    if (!job->passed_over) {
        Buf out = {0};
        note(check, job);
        format_add(check->options.format, &check->run, &job->summary, buf_str(&job->part), &out);
        print(check, buf_str(&out));
        buf_finish(&out);
    }
    progress_tell(&check->progress, check->done);
    check_job_finish(job);
    free(file);
}

/* As it is shown. */
static Str path_of(const Check *check, const WalkEntry *entry)
{
    return str_equal(entry->path, STR("-")) ? check->options.input_path : entry->path;
}

static FileJob *next_job(const Check *check, uint32_t index)
{
    const WalkEntry *entry = &check->files.items[index];
    FileJob *file = memory_new_zeroed(1, sizeof(*file));
    file->file = entry->path.data;
    file->job = (CheckJob){.path = path_of(check, entry),
                           .error = entry->error,
                           .named = entry->named,
                           .config = check->configs.items[index],
                           .index = index};
    return file;
}

/* Where nobody reads, the exit code is all that is still of use. */
static bool is_settled(const Check *check)
{
    return check->closed && (check->trouble || check->failed);
}

static void check_files(Check *check)
{
    uint32_t jobs = check->options.jobs < check->files.count ? check->options.jobs
                                                             : check->files.count;
    heap_serve_threads(jobs);
    Pool *pool = pool_new(jobs > 0 ? jobs : 1,
                          (PoolClient){.self = check, .work = work, .deliver = deliver});
    for (uint32_t i = 0; i < check->files.count && !is_settled(check); i++) {
        pool_wait_for_room(pool);
        pool_submit(pool, next_job(check, i));
    }
    pool_wait_for_all(pool);
    pool_free(pool);
}

/* What to check */

/* The names in a file are named as arguments are. */
static bool read_names(Check *check, const char *file, char end)
{
    enum { MOST = 1 << 30 };
    const char *error = files_read(file, MOST, &check->names);
    if (error != NULL) {
        command_complain(str_of(file), error);
        return false;
    }
    Str rest = buf_str(&check->names), name;
    while (rest.length > 0) {
        if (!str_cut(rest, end, &name, &rest)) {
            name = rest;
            rest = (Str){0};
        }
        if (name.length > 0) {
            *array_add(&check->paths) = (char *)arena_copy(&check->arena, name).data;
        }
    }
    return true;
}

static bool list_files(Check *check, const Invocation *invocation)
{
    const char *from = invocation_value(invocation, "--files-from");
    for (uint32_t i = 0; i < invocation->count; i++) {
        *array_add(&check->paths) = invocation->arguments[i];
    }
    if (from != NULL &&
        !read_names(check, from, invocation_has(invocation, "--null") ? '\0' : '\n')) {
        return false;
    }
    if (from == NULL && invocation->count == 0) {
        command_suggest(STR("check"), "what to read is missing", (Str){0}, invocation->command);
        return false;
    }
    walk_list(check->paths.items, check->paths.count, &check->arena, &check->files);
    return true;
}

/* Before the first file is read, so that mistakes of configurations are told first. */
static void configure_files(Check *check)
{
    for (uint32_t i = 0; i < check->files.count; i++) {
        Str path = path_of(check, &check->files.items[i]);
        *array_add(&check->configs) = configuration_for(&check->configuration, path);
    }
}

static void check_finish(Check *check)
{
    configuration_close(&check->configuration);
    checked_run_finish(&check->run);
    array_finish(&check->files);
    array_finish(&check->configs);
    array_finish(&check->paths);
    buf_finish(&check->names);
    arena_finish(&check->arena);
    check_options_finish(&check->options);
}

static int check_paths(Check *check, const Invocation *invocation)
{
    if (!configuration_open(&check->configuration, invocation) || !list_files(check, invocation)) {
        return EXIT_TROUBLE;
    }
    configure_files(check);
    progress_begin(&check->progress, check->options.progress, check->files.count);
    print_begin(check);
    check_files(check);
    progress_clear(&check->progress);
    if (check->no_text > 0 && check->run.files.count == 0) {
        command_complain(STR("check"), "nothing of what is there is text");
        check->trouble = true;
    }
    print_end(check);
    check->trouble |= check->configuration.broken;
    return check->trouble ? EXIT_TROUBLE : check->failed ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int run(const Invocation *invocation)
{
    Check check = {0};
    int code = EXIT_TROUBLE;
    terminal_outlive_reader();
    if (check_options_read(&check.options, invocation)) {
        code = invocation_has(invocation, "--batch") ? check_batch(&check.options, invocation)
                                                     : check_paths(&check, invocation);
    }
    check_finish(&check);
    return code;
}

const Command command_check = {
    .name = "check",
    .options = check_options,
    .arguments = "PATH...|-",
    .maximum = UINT32_MAX,
    .kind = VALUE_PATH,
    .summary = "findings in files, folders or standard input",
    .details = "Folders are searched for Markdown; hidden files, node_modules and what git ignores "
               "are left out. The last line is the verdict.",
    .exits = {"nothing that counts (--fail-on) was found", "something was",
              "wrong usage, or something could not be read"},
    .run = run,
};
