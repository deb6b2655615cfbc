#include "server/os/walk.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "server/os/git.h"

/* What git says of one repository. */
typedef struct {
    Str root;           /* absolute, without links */
    GitFolders folders; /* of it that were named */
    Buf files;          /* as git_list appends them */
    bool listed;        /* git has been asked, and has answered */
} Repository;

/* A path that was named. */
typedef struct {
    bool is_folder;
    Str real;            /* of a folder: absolute, without links; empty where that is not known */
    uint32_t repository; /* of a folder; NONE */
} Named;

typedef struct {
    Arena *arena;
    WalkList *list;
    Array(Repository) repositories; /* that the named folders are in */
} Walk;

enum { NONE = UINT32_MAX };

/* Names */

static bool is_article(Str name)
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

static bool is_left_out(Str name)
{
    return str_starts(name, STR(".")) || str_equal(name, STR("node_modules"));
}

/* Whether one of the folders of a path, or its last part, is left out. */
static bool has_left_out(Str path)
{
    Str name, rest = path;
    while (str_cut(rest, '/', &name, &rest)) {
        if (is_left_out(name)) {
            return true;
        }
    }
    return is_left_out(rest);
}

/* A folder comes before what its name is the beginning of, so "/" is below every other byte. */
static int compare_paths(const void *left, const void *right)
{
    Str a = ((const WalkEntry *)left)->path, b = ((const WalkEntry *)right)->path;
    size_t at = 0, shorter = a.length < b.length ? a.length : b.length;
    while (at < shorter && a.data[at] == b.data[at]) {
        at++;
    }
    if (at == shorter) {
        return (a.length > b.length) - (a.length < b.length);
    }
    int mine = a.data[at] == '/' ? -1 : (unsigned char)a.data[at];
    int other = b.data[at] == '/' ? -1 : (unsigned char)b.data[at];
    return mine - other;
}

static Str join(Walk *walk, Str folder, Str name)
{
    const char *separator = str_ends(folder, STR("/")) ? "" : "/";
    return arena_printf(walk->arena, "%.*s%s%.*s", STR_ARG(folder), separator, STR_ARG(name));
}

static void add(Walk *walk, Str path, const char *error)
{
    *array_add(walk->list) = (WalkEntry){.path = path, .error = error};
}

/* Folders, one by one */

static void list_folder(Walk *walk, Str path);
static void list_repository(Walk *walk, Str path, const Repository *repository, Str real);

/* What a name in a folder stands for, as far as it concerns us. */
static void list_name(Walk *walk, Str path)
{
    struct stat status;
    bool article = is_article(path);
    if (lstat(path.data, &status) != 0) {
        return; /* it has gone meanwhile */
    }
    if (S_ISDIR(status.st_mode)) {
        list_folder(walk, path);
    } else if (article && stat(path.data, &status) != 0) {
        add(walk, path, strerror(errno));
    } else if (article && S_ISREG(status.st_mode)) {
        add(walk, path, NULL);
    }
}

static bool is_interesting(const struct dirent *entry)
{
#ifdef DT_REG
    if (entry->d_type == DT_REG) {
        return is_article(str_of(entry->d_name));
    }
#endif
    (void)entry;
    return true;
}

/* The paths in a folder that may be articles or folders. Whether it is a repository of its own. */
static bool read_folder(Walk *walk, DIR *folder, Str path, WalkList *inside)
{
    bool repository = false;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        Str name = str_of(entry->d_name);
        repository = repository || str_equal(name, STR(".git"));
        if (!is_left_out(name) && is_interesting(entry)) {
            *array_add(inside) = (WalkEntry){.path = join(walk, path, name)};
        }
    }
    return repository;
}

/* By asking git. False where git does not answer, and then nothing is listed. */
static bool list_own_repository(Walk *walk, Str path)
{
    char *real = realpath(path.data, NULL);
    Repository repository = {.root = str_of(real)};
    if (real != NULL) {
        *array_add(&repository.folders) = repository.root;
        repository.listed = git_list(repository.root, &repository.folders, &repository.files);
    }
    if (repository.listed) {
        list_repository(walk, path, &repository, repository.root);
    }
    array_finish(&repository.folders);
    buf_finish(&repository.files);
    free(real);
    return repository.listed;
}

static void walk_folder(Walk *walk, Str path, bool ask)
{
    WalkList inside = {0};
    DIR *folder = opendir(path.data);
    if (folder == NULL) {
        add(walk, path, strerror(errno));
        return;
    }
    bool repository = read_folder(walk, folder, path, &inside);
    closedir(folder);
    if (!repository || !ask || !list_own_repository(walk, path)) {
        for (uint32_t i = 0; i < inside.count; i++) {
            list_name(walk, inside.items[i].path);
        }
    }
    array_finish(&inside);
}

static void list_folder(Walk *walk, Str path)
{
    walk_folder(walk, path, true);
}

/* Repositories */

/* One path of git's list, told from the folder `path`. */
static void list_git_name(Walk *walk, Str path, Str name, bool modules)
{
    bool folder = str_ends(name, STR("/"));
    if (!has_left_out(folder ? str_before(name, name.length - 1) : name) &&
        (folder || modules || is_article(name))) {
        list_name(walk, join(walk, path, folder ? str_before(name, name.length - 1) : name));
    }
}

/* What git's list has below `real`, which is known to the user as `path`. */
static void list_repository(Walk *walk, Str path, const Repository *repository, Str real)
{
    Str below = str_after(real, repository->root.length + 1);
    Str rest = buf_str(&repository->files), name;
    /* A module of a repository is in the list as a file is. */
    bool modules = str_find(rest, STR(".gitmodules")) != STR_NONE;
    while (str_cut(rest, 0, &name, &rest)) {
        if (below.length == 0) {
            list_git_name(walk, path, name, modules);
        } else if (str_starts(name, below) && name.length > below.length &&
                   name.data[below.length] == '/') {
            list_git_name(walk, path, str_after(name, below.length + 1), modules);
        }
    }
}

static uint32_t find_repository(Walk *walk, Str root)
{
    uint32_t i = 0;
    while (i < walk->repositories.count && !str_equal(walk->repositories.items[i].root, root)) {
        i++;
    }
    if (i == walk->repositories.count) {
        *array_add(&walk->repositories) = (Repository){.root = root};
    }
    return i;
}

static void ask_git(Walk *walk)
{
    for (uint32_t i = 0; i < walk->repositories.count; i++) {
        Repository *repository = &walk->repositories.items[i];
        repository->listed = git_list(repository->root, &repository->folders, &repository->files);
    }
}

/* What was named */

static Named look_at(Walk *walk, const char *path)
{
    struct stat status;
    Named named = {.repository = NONE};
    if (strcmp(path, "-") == 0 || stat(path, &status) != 0 || !S_ISDIR(status.st_mode)) {
        return named;
    }
    named.is_folder = true;
    char *real = realpath(path, NULL);
    named.real = arena_copy(walk->arena, str_of(real));
    free(real);
    Str root = git_root(named.real);
    if (root.length > 0) {
        named.repository = find_repository(walk, root);
        Repository *repository = &walk->repositories.items[named.repository];
        *array_add(&repository->folders) = named.real;
    }
    return named;
}

static void list_named_folder(Walk *walk, Str path, const Named *named)
{
    uint32_t first = walk->list->count;
    const Repository *repository = named->repository == NONE
                                       ? NULL
                                       : &walk->repositories.items[named->repository];
    if (repository != NULL && repository->listed) {
        list_repository(walk, path, repository, named->real);
    }
    bool found = walk->list->count > first;
    if (!found &&
        (repository == NULL || !repository->listed || git_ignores(repository->root, named->real))) {
        walk_folder(walk, path, repository == NULL);
    }
    WalkEntry *entries = walk->list->items + first;
    uint32_t count = walk->list->count - first;
    if (count == 0) {
        add(walk, path, "no Markdown files in it");
    } else {
        qsort(entries, count, sizeof(*entries), compare_paths);
    }
}

/* git names a file that is being merged once for each side. */
static void drop_repeated(WalkList *list, uint32_t first)
{
    uint32_t kept = first;
    for (uint32_t i = first; i < list->count; i++) {
        if (kept == first || !str_equal(list->items[kept - 1].path, list->items[i].path)) {
            list->items[kept++] = list->items[i];
        }
    }
    list->count = kept;
}

void walk_list(char *const *paths, uint32_t count, Arena *arena, WalkList *list)
{
    Walk walk = {.arena = arena, .list = list};
    Array(Named) named = {0};
    for (uint32_t i = 0; i < count; i++) {
        *array_add(&named) = look_at(&walk, paths[i]);
    }
    ask_git(&walk);
    for (uint32_t i = 0; i < count; i++) {
        Str path = arena_copy(arena, str_of(paths[i]));
        uint32_t first = list->count;
        if (named.items[i].is_folder) {
            list_named_folder(&walk, path, &named.items[i]);
            drop_repeated(list, first);
        } else {
            *array_add(list) = (WalkEntry){.path = path, .named = true};
        }
    }
    for (uint32_t i = 0; i < walk.repositories.count; i++) {
        array_finish(&walk.repositories.items[i].folders);
        buf_finish(&walk.repositories.items[i].files);
    }
    array_finish(&walk.repositories);
    array_finish(&named);
}
