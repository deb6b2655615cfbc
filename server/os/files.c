#include "server/os/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEP = 1 << 16 };

/* Reading */

static const char *read_all(int descriptor, size_t limit, Buf *text)
{
    size_t before = text->length;
    while (text->length - before <= limit) {
        ssize_t count = read(descriptor, buf_reserve(text, STEP), STEP);
        if (count == 0) {
            return NULL;
        }
        if (count < 0 && errno != EINTR) {
            return strerror(errno);
        }
        text->length += count < 0 ? 0 : (size_t)count;
    }
    return "too large";
}

const char *files_read(const char *path, size_t limit, Buf *text)
{
    if (strcmp(path, "-") == 0) {
        return read_all(STDIN_FILENO, limit, text);
    }
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return strerror(errno);
    }
    const char *error = read_all(descriptor, limit, text);
    close(descriptor);
    return error;
}

Str files_resolve(const char *path, Arena *arena)
{
    char *resolved = realpath(path, NULL);
    Str copy = resolved != NULL ? arena_copy(arena, str_of(resolved)) : (Str){0};
    free(resolved);
    return copy;
}

/* Listing */

static bool is_markdown(Str name)
{
    static const Str endings[] = {
        STR_INIT(".md"),  STR_INIT(".markdown"), STR_INIT(".mdown"), STR_INIT(".mkd"),
        STR_INIT(".mdx"), STR_INIT(".qmd"),      STR_INIT(".Rmd"),
    };
    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
        Str ending = endings[i];
        if (name.length > ending.length &&
            str_equal_nocase(str_after(name, name.length - ending.length), ending)) {
            return true;
        }
    }
    return false;
}

static bool is_skipped(const char *name)
{
    return name[0] == '.' || strcmp(name, "node_modules") == 0;
}

typedef Array(Str) Names;

static int compare_names(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

/* What a folder holds, sorted. NULL, or why it cannot be listed. */
static const char *read_folder(const char *path, Arena *arena, Names *names)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        return strerror(errno);
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (!is_skipped(entry->d_name)) {
            *array_add(names) = arena_copy(arena, str_of(entry->d_name));
        }
    }
    closedir(folder);
    if (names->count > 1) {
        qsort(names->items, names->count, sizeof(Str), compare_names);
    }
    return NULL;
}

static Str join(Arena *arena, Str folder, Str name)
{
    const char *separator = str_ends(folder, STR("/")) ? "" : "/";
    return arena_printf(arena, "%.*s%s%.*s", STR_ARG(folder), separator, STR_ARG(name));
}

static void list_folder(Str path, Arena *arena, FilesList *list)
{
    Names names = {0};
    const char *error = read_folder(path.data, arena, &names);
    if (error != NULL) {
        *array_add(list) = (FilesEntry){.path = path, .error = error};
    }
    for (uint32_t i = 0; i < names.count; i++) {
        Str inner = join(arena, path, names.items[i]);
        struct stat status;
        if (lstat(inner.data, &status) != 0) {
            continue; /* it has gone meanwhile */
        }
        if (S_ISDIR(status.st_mode)) {
            list_folder(inner, arena, list);
        } else if (is_markdown(names.items[i])) {
            *array_add(list) = (FilesEntry){.path = inner};
        }
    }
    array_finish(&names);
}

void files_list(const char *path, Arena *arena, FilesList *list)
{
    Str copy = arena_copy(arena, str_of(path));
    struct stat status;
    if (strcmp(path, "-") != 0 && stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        list_folder(copy, arena, list);
    } else {
        *array_add(list) = (FilesEntry){.path = copy};
    }
}

/* Writing */

static bool write_all(int descriptor, Str text)
{
    while (text.length > 0) {
        ssize_t count = write(descriptor, text.data, text.length);
        if (count < 0 && errno != EINTR) {
            return false;
        }
        text = str_after(text, count < 0 ? 0 : (size_t)count);
    }
    return true;
}

bool files_print(Str text)
{
    return write_all(STDOUT_FILENO, text);
}

bool files_complain(Str text)
{
    return write_all(STDERR_FILENO, text);
}
