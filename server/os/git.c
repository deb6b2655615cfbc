#include "server/os/git.h"

#include <stdio.h>
#include <unistd.h>
#include <uv.h>

#include "protocol/base/arena.h"

/* The environment's ways to say which repository is meant: a hook of git sets them, and they would
 * hold for every repository that is asked about. */
static const char *const own_variables[] = {
    "GIT_DIR",        "GIT_WORK_TREE",        "GIT_INDEX_FILE", "GIT_PREFIX",
    "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"};

enum { OWN_VARIABLES = sizeof(own_variables) / sizeof(*own_variables), CHUNK = 1 << 16 };

/* One run of git. */
typedef struct {
    uv_process_t process;
    uv_pipe_t pipe; /* its standard output */
    Buf *output;
    int64_t status;
} Git;

typedef Array(char *) Words;

Str git_root(Str folder)
{
    Arena arena = {0};
    Str root = folder;
    while (root.length > 0) {
        Str mark = arena_printf(&arena, "%.*s/.git", STR_ARG(root));
        if (access(mark.data, F_OK) == 0) {
            break;
        }
        while (root.length > 0 && root.data[--root.length] != '/') {
        }
    }
    arena_finish(&arena);
    return root;
}

/* Running */

static bool is_own(const char *variable)
{
    for (size_t i = 0; i < OWN_VARIABLES; i++) {
        size_t length = strlen(own_variables[i]);
        if (strncmp(variable, own_variables[i], length) == 0 && variable[length] == '=') {
            return true;
        }
    }
    return false;
}

static void copy_environment(Words *words)
{
    for (char **variable = environ; *variable != NULL; variable++) {
        if (!is_own(*variable)) {
            *array_add(words) = *variable;
        }
    }
    *array_add(words) = (char *)"GIT_OPTIONAL_LOCKS=0";
    *array_add(words) = NULL;
}

static void allocate(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
    (void)suggested;
    Git *git = handle->data;
    *buf = uv_buf_init(buf_reserve(git->output, CHUNK), CHUNK);
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buf)
{
    (void)buf;
    Git *git = stream->data;
    if (count < 0) {
        uv_close((uv_handle_t *)stream, NULL);
    } else {
        git->output->length += (size_t)count;
    }
}

static void on_exit_of_git(uv_process_t *process, int64_t status, int number)
{
    Git *git = process->data;
    git->status = number == 0 ? status : -1;
    uv_close((uv_handle_t *)process, NULL);
}

/* Starts git with `arguments` and reads what it prints. False where it cannot be started. */
static bool start(Git *git, uv_loop_t *loop, const Words *arguments, const Words *environment)
{
    uv_stdio_container_t stdio[] = {
        {.flags = UV_IGNORE                        },
        {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE, .data.stream = (uv_stream_t *)&git->pipe},
        {.flags = UV_IGNORE                                         },
    };
    uv_process_options_t options = {.file = "git",
                                    .args = arguments->items,
                                    .env = environment->items,
                                    .exit_cb = on_exit_of_git,
                                    .stdio = stdio,
                                    .stdio_count = 3};
    uv_pipe_init(loop, &git->pipe, 0);
    git->pipe.data = git;
    git->process.data = git;
    if (uv_spawn(loop, &git->process, &options) != 0) {
        uv_close((uv_handle_t *)&git->process, NULL);
        uv_close((uv_handle_t *)&git->pipe, NULL);
        return false;
    }
    uv_read_start((uv_stream_t *)&git->pipe, allocate, on_read);
    return true;
}

/* git's exit status, or -1. */
static int64_t run(const Words *arguments, Buf *output)
{
    uv_loop_t loop;
    Words environment = {0};
    Git git = {.output = output, .status = -1};
    uv_loop_init(&loop);
    copy_environment(&environment);
    start(&git, &loop, arguments, &environment);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    array_finish(&environment);
    return git.status;
}

static void add_words(Words *words, const char *const *more)
{
    for (; *more != NULL; more++) {
        *array_add(words) = (char *)*more;
    }
}

/* What every run has in common. A repository may name a program to watch its files by: it is not
 * run. */
static void begin(Words *words, Str root, Arena *arena)
{
    const char *const common[] = {"git", "-c", "core.fsmonitor=false", "-C", NULL};
    add_words(words, common);
    *array_add(words) = (char *)arena_copy(arena, root).data;
}

/* A folder as git takes it: the path from the root. "./" keeps a name that begins with a colon from
 * being more than a name. */
static char *from_root(const char *before, Str root, Str folder, Arena *arena)
{
    Str rest = str_after(folder, root.length + 1);
    return (char *)arena_printf(arena, "%s./%.*s", before, STR_ARG(rest)).data;
}

bool git_list(Str root, const GitFolders *folders, Buf *list)
{
    Arena arena = {0};
    Words words = {0};
    size_t before = list->length;
    const char *const command[] = {"ls-files", "-co", "--exclude-standard", "-z", "--", NULL};
    begin(&words, root, &arena);
    add_words(&words, command);
    for (uint32_t i = 0; i < folders->count; i++) {
        *array_add(&words) = from_root(":(literal)", root, folders->items[i], &arena);
    }
    *array_add(&words) = NULL;
    bool listed = run(&words, list) == 0;
    list->length = listed ? list->length : before;
    array_finish(&words);
    arena_finish(&arena);
    return listed;
}

bool git_ignores(Str root, Str folder)
{
    Arena arena = {0};
    Words words = {0};
    Buf nothing = {0};
    const char *const command[] = {"check-ignore", "-q", "--", NULL};
    begin(&words, root, &arena);
    add_words(&words, command);
    *array_add(&words) = from_root("", root, folder, &arena);
    *array_add(&words) = NULL;
    bool ignored = run(&words, &nothing) == 0;
    buf_finish(&nothing);
    array_finish(&words);
    arena_finish(&arena);
    return ignored;
}
