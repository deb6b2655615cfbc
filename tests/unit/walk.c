/* walk: which files a folder stands for, with git's help and without. */
#include "server/os/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/harness/command_run.h"
#include "tests/unit/unit.h"

static void shell(const char *folder, const char *command)
{
    char line[1024];
    snprintf(line, sizeof(line), "cd '%s' && { %s; } >/dev/null 2>&1", folder, command);
    assert_int_equal(system(line), 0);
}

static void put(const char *folder, const char *name)
{
    assert_true(folder_put(folder, name, STR("# A\n")));
}

/* What `below` in the folder stands for, a line each, told from the folder. */
static void assert_walk(const char *folder, const char *below, const char *expected)
{
    Arena arena = {0};
    WalkList list = {0};
    Buf names = {0};
    char path[512], *paths[] = {path};
    snprintf(path, sizeof(path), "%s%s", folder, below);
    walk_list(paths, 1, &arena, &list);
    for (uint32_t i = 0; i < list.count; i++) {
        const WalkEntry *entry = &list.items[i];
        Str name = str_after(entry->path, strlen(folder) + 1);
        buf_printf(&names, "%.*s%s%s\n", STR_ARG(name), entry->error != NULL ? ": " : "",
                   entry->error != NULL ? entry->error : "");
    }
    assert_str_equal(buf_str(&names), str_of(expected));
    buf_finish(&names);
    array_finish(&list);
    arena_finish(&arena);
}

static void folders_come_before_what_their_names_begin(void **state)
{
    (void)state;
    char *folder = folder_make();
    put(folder, "a/z.md");
    put(folder, "a-b.md");
    put(folder, "a.md");
    put(folder, "A.MD");
    put(folder, "b/.hidden/x.md");
    put(folder, "b/node_modules/x.md");
    put(folder, "b/text.txt");
    assert_walk(folder, "", "A.MD\na/z.md\na-b.md\na.md\n");
    assert_walk(folder, "/b", "b: no Markdown files in it\n");
    assert_walk(folder, "/b/text.txt", "b/text.txt\n");
    folder_remove(folder);
}

static void what_git_ignores_is_left_out(void **state)
{
    (void)state;
    char *folder = folder_make();
    put(folder, "kept.md");
    put(folder, "out/built.md");
    put(folder, "drafts/a.md");
    put(folder, "drafts/tracked.md");
    put(folder, "gone.md");
    put(folder, ".hidden/x.md");
    shell(folder, "git init -q && git add -f . && git rm -q --cached -r out drafts/a.md");
    shell(folder, "rm gone.md; printf 'out\\ndrafts/*\\n' > .gitignore");
    assert_walk(folder, "", "drafts/tracked.md\nkept.md\n");
    assert_walk(folder, "/", "drafts/tracked.md\nkept.md\n");
    assert_walk(folder, "/drafts", "drafts/tracked.md\n");
    assert_walk(folder, "/.hidden", ".hidden/x.md\n");
    folder_remove(folder);
}

static void an_ignored_folder_that_is_named_is_walked(void **state)
{
    (void)state;
    char *folder = folder_make();
    put(folder, "out/deep/built.md");
    put(folder, "posts/a.md");
    shell(folder, "git init -q && printf '/out\\n*.md\\n' > .gitignore");
    assert_walk(folder, "/out/deep", "out/deep/built.md\n");
    assert_walk(folder, "/posts", "posts: no Markdown files in it\n");
    folder_remove(folder);
}

static void a_repository_inside_has_its_own_rules(void **state)
{
    (void)state;
    char *folder = folder_make();
    put(folder, "a.md");
    put(folder, "inner/b.md");
    put(folder, "inner/ignored.md");
    shell(folder, "cd inner && git init -q && echo ignored.md > .gitignore");
    assert_walk(folder, "", "a.md\ninner/b.md\n");
    shell(folder, "git init -q && echo b.md > .gitignore");
    assert_walk(folder, "", "a.md\ninner/b.md\n");
    /* As a hook of git leaves it. */
    setenv("GIT_DIR", "/nowhere", 1);
    assert_walk(folder, "", "a.md\ninner/b.md\n");
    unsetenv("GIT_DIR");
    folder_remove(folder);
}

static void names_are_no_patterns(void **state)
{
    (void)state;
    char *folder = folder_make();
    put(folder, ":(top)*/a\n\xFF.md");
    put(folder, "ax/b.md");
    shell(folder, "git init -q");
    assert_walk(folder, "/:(top)*", ":(top)*/a\n\xFF.md\n");
    folder_remove(folder);
}

static void a_file_in_a_conflict_is_one(void **state)
{
    (void)state;
    char *folder = folder_make();
    shell(folder, "git init -q -b one && git config user.name a && git config user.email a@b && "
                  "echo 1 > a.md && git add . && git commit -qm 1 && git checkout -qb two && "
                  "echo 2 > a.md && git commit -qam 2 && git checkout -q one && "
                  "echo 3 > a.md && git commit -qam 3; git merge two; true");
    assert_walk(folder, "", "a.md\n");
    folder_remove(folder);
}

static void a_repository_starts_no_program(void **state)
{
    (void)state;
    char *folder = folder_make(), mark[512];
    put(folder, "a.md");
    shell(folder, "git init -q && printf '#!/bin/sh\\ntouch started\\n' > watch && chmod +x watch "
                  "&& git config core.fsmonitor ./watch");
    assert_walk(folder, "", "a.md\n");
    snprintf(mark, sizeof(mark), "%s/started", folder);
    assert_int_not_equal(access(mark, F_OK), 0);
    folder_remove(folder);
}

static void without_git_the_walk_goes_on(void **state)
{
    (void)state;
    char *folder = folder_make(), *path = strdup(getenv("PATH"));
    put(folder, "a.md");
    put(folder, "out/b.md");
    shell(folder, "git init -q && echo out > .gitignore");
    setenv("PATH", "/nowhere", 1);
    assert_walk(folder, "", "a.md\nout/b.md\n");
    setenv("PATH", path, 1);
    free(path);
    shell(folder, "rm .git/HEAD"); /* now it refuses */
    assert_walk(folder, "", "a.md\nout/b.md\n");
    folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folders_come_before_what_their_names_begin),
        cmocka_unit_test(what_git_ignores_is_left_out),
        cmocka_unit_test(an_ignored_folder_that_is_named_is_walked),
        cmocka_unit_test(a_repository_inside_has_its_own_rules),
        cmocka_unit_test(names_are_no_patterns),
        cmocka_unit_test(a_file_in_a_conflict_is_one),
        cmocka_unit_test(a_repository_starts_no_program),
        cmocka_unit_test(without_git_the_walk_goes_on),
    };
    return cmocka_run_group_tests_name("walk", tests, NULL, NULL);
}
