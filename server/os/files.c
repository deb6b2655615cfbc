#include "server/os/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is read at once where the size is not known; what a pipe takes whole or not at all. */
enum { STEP = 1 << 16, ATOMIC = 4096 };

/* Reading */

static const char too_large[] = "too large";

/* `expected`: how many bytes there may be. */
static const char *read_all(int descriptor, size_t expected, size_t limit, Buf *text)
{
    size_t before = text->length;
    while (text->length - before <= limit) {
        size_t step = text->length - before <= expected ? expected - (text->length - before) + 1
                                                        : STEP;
        ssize_t count = read(descriptor, buf_reserve(text, step), step);
        if (count == 0) {
            return NULL;
        }
        if (count < 0 && errno != EINTR) {
            return strerror(errno);
        }
        text->length += count < 0 ? 0 : (size_t)count;
    }
    return too_large;
}

/* A file that is too large is not read at all. */
static const char *read_file(int descriptor, size_t limit, Buf *text)
{
    struct stat status;
    size_t expected = STEP;
    if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)) {
        expected = (size_t)status.st_size;
    }
    return expected > limit && expected > STEP ? too_large
                                               : read_all(descriptor, expected, limit, text);
}

const char *files_read(const char *path, size_t limit, Buf *text)
{
    if (strcmp(path, "-") == 0) {
        return read_file(STDIN_FILENO, limit, text);
    }
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return strerror(errno);
    }
    const char *error = read_file(descriptor, limit, text);
    close(descriptor);
    return error;
}

const char *files_read_regular(const char *path, size_t limit, Buf *text)
{
    struct stat status;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        return errno == ENOENT || errno == ENOTDIR ? "" : strerror(errno);
    }
    const char *error = fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)
                            ? "it is no file"
                            : read_file(descriptor, limit, text);
    close(descriptor);
    return error;
}

bool files_exist(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

Str files_here(Arena *arena)
{
    char *folder = getcwd(NULL, 0);
    Str copy = arena_copy(arena, folder == NULL ? STR("/") : str_of(folder));
    free(folder);
    return copy;
}

Str files_resolve(const char *path, Arena *arena)
{
    char *resolved = realpath(path, NULL);
    Str copy = resolved != NULL ? arena_copy(arena, str_of(resolved)) : (Str){0};
    free(resolved);
    return copy;
}

/* Writing */

/* As many lines as a pipe takes at once, so that who is interrupted has written whole lines. */
static size_t portion(Str text)
{
    size_t length = text.length < ATOMIC ? text.length : ATOMIC, end = length;
    while (end > 0 && text.data[end - 1] != '\n') {
        end--;
    }
    return end > 0 ? end : length;
}

static bool write_all(int descriptor, Str text)
{
    while (text.length > 0) {
        ssize_t count = write(descriptor, text.data, portion(text));
        if (count < 0 && errno != EINTR) {
            return false;
        }
        text = str_after(text, count < 0 ? 0 : (size_t)count);
    }
    return true;
}

const char *files_create(const char *path, Str text)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return strerror(errno);
    }
    const char *error = write_all(descriptor, text) ? NULL : strerror(errno);
    close(descriptor);
    return error;
}

bool files_print(Str text)
{
    return write_all(STDOUT_FILENO, text);
}

bool files_complain(Str text)
{
    return write_all(STDERR_FILENO, text);
}
