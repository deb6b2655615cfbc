#include "tests/harness/command_run.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/capability.h>
#include <sys/prctl.h>
#endif

/* Streams */

static int scratch_file(void)
{
    char path[] = "/tmp/galley-run-XXXXXX";
    int file = mkstemp(path);
    unlink(path);
    return file;
}

static bool open_terminal(int *mine, int *its)
{
    *mine = posix_openpt(O_RDWR | O_NOCTTY);
    if (*mine < 0 || grantpt(*mine) != 0 || unlockpt(*mine) != 0) {
        return false;
    }
    *its = open(ptsname(*mine), O_RDWR | O_NOCTTY);
    return *its >= 0;
}

/* Where the test reads, and where the command writes. */
static bool open_stream(RunStream stream, int *mine, int *its)
{
    int ends[2];
    if (stream == RUN_TERMINAL) {
        return open_terminal(mine, its);
    }
    if (stream == RUN_FILE) {
        *mine = scratch_file();
        *its = dup(*mine);
        return *its >= 0;
    }
    if (pipe(ends) != 0) {
        return false;
    }
    *its = ends[1];
    *mine = ends[0];
    if (stream == RUN_CLOSED) {
        close(ends[0]);
        *mine = -1;
    }
    return true;
}

/* Where the test writes, and where the command reads. */
static bool open_input(CommandRun *run, int *its)
{
    int ends[2];
    run->input_end = -1;
    if (run->fed) {
        if (pipe2(ends, O_CLOEXEC) != 0) {
            return false;
        }
        *its = ends[0];
        run->input_end = ends[1];
        return true;
    }
    *its = scratch_file();
    return write(*its, run->input.data, run->input.length) == (ssize_t)run->input.length &&
           lseek(*its, 0, SEEK_SET) == 0;
}

/* What is left to read. A terminal whose other end has gone fails, which is its end. */
static void read_rest(RunStream stream, int file, Buf *text)
{
    enum { STEP = 4096 };
    if (stream == RUN_FILE) {
        lseek(file, 0, SEEK_SET);
    }
    while (file >= 0) {
        ssize_t count = read(file, buf_reserve(text, STEP), STEP);
        if (count <= 0) {
            close(file);
            return;
        }
        text->length += (size_t)count;
    }
}

/* Runs */

static void give_up_privileges(void)
{
#ifdef __linux__
    prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);
    prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0);
#endif
}

static void become(const CommandRun *run, const int streams[3], const char *program,
                   const char *const *arguments)
{
    const char *words[32] = {"galley"};
    char *path = realpath(program, NULL);
    for (size_t i = 0; i < 30 && arguments[i] != NULL; i++) {
        words[i + 1] = arguments[i];
    }
    for (int i = 0; i < 3; i++) {
        dup2(streams[i], i);
    }
    if (run->folder != NULL && chdir(run->folder) != 0) {
        _exit(126);
    }
    if (run->unprivileged) {
        give_up_privileges();
    }
    close(run->output_end);
    close(run->error_end);
    setenv("TERM", "xterm", 1);
    execv(path, (char *const *)words);
    _exit(127);
}

bool command_run_start(CommandRun *run, const char *program, const char *const *arguments)
{
    int streams[3] = {-1, -1, -1};
    if (!open_input(run, &streams[0]) || !open_stream(run->output, &run->output_end, &streams[1]) ||
        !open_stream(run->error, &run->error_end, &streams[2])) {
        return false;
    }
    run->pid = fork();
    if (run->pid == 0) {
        become(run, streams, program, arguments);
    }
    for (int i = 0; i < 3; i++) {
        close(streams[i]);
    }
    return run->pid > 0;
}

bool command_run_wait(CommandRun *run)
{
    int status;
    struct rusage usage;
    if (run->input_end >= 0) {
        close(run->input_end);
        run->input_end = -1;
    }
    if (run->output == RUN_PIPE || run->output == RUN_TERMINAL) {
        read_rest(run->output, run->output_end, &run->out);
    }
    if (run->error == RUN_PIPE || run->error == RUN_TERMINAL) {
        read_rest(run->error, run->error_end, &run->err);
    }
    if (wait4(run->pid, &status, 0, &usage) != run->pid) {
        return false;
    }
    if (run->output == RUN_FILE) {
        read_rest(RUN_FILE, run->output_end, &run->out);
    }
    if (run->error == RUN_FILE) {
        read_rest(RUN_FILE, run->error_end, &run->err);
    }
    run->code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    run->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    run->peak = usage.ru_maxrss * 1024;
    return true;
}

bool command_run_do(CommandRun *run, const char *program, const char *const *arguments)
{
    return command_run_start(run, program, arguments) && command_run_wait(run);
}

void command_run_finish(CommandRun *run)
{
    buf_finish(&run->out);
    buf_finish(&run->err);
}

/* Folders */

char *folder_make(void)
{
    char *folder = strdup("/tmp/galley-folder-XXXXXX");
    return folder != NULL ? mkdtemp(folder) : NULL;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

void folder_remove(char *folder)
{
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(folder);
}

bool folder_put(const char *folder, const char *name, Str text)
{
    char path[512];
    size_t start = strlen(folder) + 1;
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    for (char *at = path + start; (at = strchr(at, '/')) != NULL; at++) {
        *at = 0;
        if (mkdir(path, 0700) != 0 && errno != EEXIST) {
            return false;
        }
        *at = '/';
    }
    int file = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    bool put = write(file, text.data, text.length) == (ssize_t)text.length;
    close(file);
    return put;
}
