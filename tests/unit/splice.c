/* splice: the loop by which a pipeline writes again exactly what failed, and what may go wrong. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "protocol/base/buf.h"
#include "tests/harness/server_path.h"
#include "tests/unit/folder.h"
#include "tests/unit/unit.h"

static Buf program, readme, sample;

static const Str bees = STR_INIT("# Bees\n\nSmall.\n\n## Hives\n\n[Your text here]\n\n"
                                 "## Tools\n\nSmoker.\n\n## Wax\n");
static const Str spliced = STR_INIT("# Bees\n\nSmall.\n\n## Hives\n\nWood.\n\n"
                                    "## Tools\n\nSmoker.\n\n## Wax\n");

/* Files in a folder of the test's own, where it runs */

static void read_file(const char *path, Buf *text)
{
    int file = open(path, O_RDONLY);
    assert_true(file >= 0);
    ssize_t count;
    while ((count = read(file, buf_reserve(text, 65536), 65536)) > 0) {
        text->length += (size_t)count;
    }
    close(file);
}

static void write_file(const char *path, Str text, mode_t mode)
{
    int file = open(path, O_CREAT | O_WRONLY | O_TRUNC, mode);
    assert_true(file >= 0);
    assert_int_equal(write(file, text.data, text.length), text.length);
    close(file);
}

static void assert_file(const char *path, Str expected)
{
    Buf text = {0};
    read_file(path, &text);
    assert_str_equal(buf_str(&text), expected);
    buf_finish(&text);
}

/* Nothing is left beside the files. */
static void assert_no_temporaries(void)
{
    assert_int_not_equal(system("ls -A | grep -q '^\\.galley'"), 0);
}

/* Running galley */

typedef struct {
    Buf out, err;
    int code;
} Run;

static void run_shell(const char *script, Run *run)
{
    Buf command = {0};
    buf_printf(&command, "galley() { '%s' \"$@\"; }\n%s\n", program.data, script);
    buf_append_char(&command, '\0');
    write_file("script", str_before(buf_str(&command), command.length - 1), 0600);
    int status = system("sh script >out 2>err </dev/null");
    *run = (Run){.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1};
    read_file("out", &run->out);
    read_file("err", &run->err);
    buf_finish(&command);
}

static bool has(const Buf *text, const char *needle)
{
    return str_find(buf_str(text), str_of(needle)) != STR_NONE;
}

/* The script ends with this code, and says this on standard error; "": nothing. */
static void assert_shell(const char *script, int code, const char *complaint)
{
    Run run;
    run_shell(script, &run);
    if (run.code != code || !has(&run.err, complaint) ||
        (*complaint == '\0') != (run.err.length == 0)) {
        fail_msg("%s: %d, %.*s", script, run.code, (int)run.err.length, run.err.data);
    }
    buf_finish(&run.out);
    buf_finish(&run.err);
}

/* In a script: the id and the revision of the first unfinished section. */
#define TAKE_ID                                                                                    \
    "tab=$(printf '\\t'); line=$(galley outline --unfinished a.md | head -1); id=${line%%$tab*}\n" \
    "rest=${line#*$tab}; revision=${rest%%$tab*}\n"
#define SPLICE TAKE_ID "echo Wood. | galley splice a.md --section $id"

static void the_text_takes_its_place(void **state)
{
    (void)state;
    write_file("a.md", bees, 0640);
    assert_shell(SPLICE, 0, "");
    assert_file("a.md", spliced);
    assert_no_temporaries();
    struct stat status;
    assert_int_equal(stat("a.md", &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
}

static void a_finished_section_is_left_alone(void **state)
{
    (void)state;
    write_file("a.md", bees, 0600);
    assert_shell(SPLICE "; echo Straw. | galley splice a.md --section $id", 1, "is not unfinished");
    assert_file("a.md", spliced);
}

static void a_revision_says_what_is_replaced(void **state)
{
    (void)state;
    write_file("a.md", bees, 0600);
    assert_shell(TAKE_ID "sed -i 's/Your text/Your new text/' a.md\n"
                         "echo Wood. | galley splice a.md -s $id --revision $revision",
                 1, "the section has changed meanwhile");
    assert_shell(TAKE_ID "sed -i 's/Small/Little/' a.md\n"
                         "echo Wood. | galley splice a.md -s $id --revision $revision",
                 0, "");
    assert_shell(
        "id=$(galley outline -f json a.md | tr , '\\n' | grep -m2 '\"id\"' | tail -1)\n"
        "id=${id#*:\\\"}; id=${id%\\\"}\n"
        "revision=$(galley outline -f json a.md | tr , '\\n' | grep -m2 revision | tail -1)\n"
        "revision=${revision#*:\\\"}; revision=${revision%\\\"}\n"
        "echo Straw. | galley splice a.md -s $id --revision $revision",
        0, "");
    assert_file("a.md", STR("# Bees\n\nLittle.\n\n## Hives\n\nStraw.\n\n"
                            "## Tools\n\nSmoker.\n\n## Wax\n"));
}

static void wrong_usage_is_2(void **state)
{
    (void)state;
    write_file("a.md", bees, 0600);
    assert_shell("echo x | galley splice a.md", 2, "--section is missing");
    assert_shell("echo x | galley splice", 2, "missing: FILE");
    assert_shell("echo x | galley splice a.md --section nothing", 2, "no section has this id");
    assert_shell("echo x | galley splice a.md --section ''", 2, "its value is missing");
    assert_shell("echo x | galley splice nowhere.md --section x", 2, "No such file");
    assert_shell("echo x | galley splice . --section x", 2, "Is a directory");
    assert_shell("mkfifo pipe; echo x | galley splice pipe --section x", 2, "not a regular file");
    assert_shell(TAKE_ID "galley splice a.md --section $id", 2, "there is no text");
    assert_shell(TAKE_ID "echo '## x' | galley splice a.md --section $id", 2, "line 1 of the text");
    assert_shell(TAKE_ID "echo '```' | galley splice a.md --section $id", 2, "would swallow");
    assert_file("a.md", bees);
    write_file("a.md", STR("# A\n\n## B\n\n## B\n\n## C\n\nx\n\n## B\n"), 0600);
    assert_shell(TAKE_ID "echo x | galley splice a.md --section ${id%-*}", 2, "several sections");
}

static void what_is_unfinished_follows_the_configuration(void **state)
{
    (void)state;
    write_file("a.md", STR("# A\n\n## B\n\nNot yet!\n"), 0600);
    assert_shell("test -z \"$(galley outline -u a.md)\"", 0, "");
    write_file(".galley.yml", STR("phrases:\n  - not yet\n"), 0600);
    assert_shell("test -z \"$(galley outline -u --no-config a.md)\"", 0, "");
    assert_shell(SPLICE, 0, "");
    assert_file("a.md", STR("# A\n\n## B\n\nWood.\n"));
    write_file(".galley.yml", STR("phrases: [\n"), 0600);
    assert_shell("echo x | galley splice a.md -s x", 2, "[configuration]");
    assert_shell("galley outline a.md", 2, "[configuration]");
}

static void a_link_is_followed(void **state)
{
    (void)state;
    assert_int_equal(mkdir("inner", 0700), 0);
    write_file("inner/real.md", bees, 0600);
    assert_int_equal(symlink("inner/real.md", "a.md"), 0);
    assert_shell(SPLICE, 0, "");
    struct stat status;
    assert_int_equal(lstat("a.md", &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_file("inner/real.md", spliced);
    assert_no_temporaries();
}

static void a_read_only_file_stays(void **state)
{
    (void)state;
    write_file("a.md", bees, 0444);
    assert_shell(SPLICE, 2, "read-only");
    assert_file("a.md", bees);
}

static void a_full_disk_loses_nothing(void **state)
{
    (void)state;
    Buf large = {0};
    buf_append(&large, bees);
    buf_append(&large, STR("\nText.\n"));
    while (large.length < 64 * 1024) {
        buf_append(&large, STR("A paragraph of a long article.\n\n"));
    }
    write_file("a.md", buf_str(&large), 0600);
    assert_shell(TAKE_ID "ulimit -f 8; echo Wood. | galley splice a.md --section $id", 2,
                 "File too large");
    assert_file("a.md", buf_str(&large));
    assert_no_temporaries();
    buf_finish(&large);
}

static void a_folder_that_is_closed_loses_nothing(void **state)
{
    (void)state;
    if (geteuid() == 0) {
        return; /* no folder is closed to root */
    }
    assert_int_equal(mkdir("inner", 0700), 0);
    write_file("inner/a.md", bees, 0600);
    assert_int_equal(symlink("inner/a.md", "a.md"), 0);
    assert_int_equal(chmod("inner", 0500), 0);
    assert_shell(SPLICE, 2, "Permission denied");
    assert_int_equal(chmod("inner", 0700), 0);
    assert_file("a.md", bees);
}

/* A pipeline may write all sections at once. */
static void splices_wait_for_each_other(void **state)
{
    (void)state;
    Buf text = {0}, expected = {0};
    buf_append(&text, STR("# A\n\nText.\n"));
    buf_append(&expected, buf_str(&text));
    for (int i = 0; i < 12; i++) {
        buf_printf(&text, "\n## Part %c\n\n[Your text here]\n", 'a' + i);
        buf_printf(&expected, "\n## Part %c\n\nWritten.\n", 'a' + i);
    }
    write_file("a.md", buf_str(&text), 0600);
    assert_shell("galley outline --unfinished a.md >list\n"
                 "while read -r id revision rest; do\n"
                 "    (echo Written. | galley splice a.md --section $id --revision $revision) &\n"
                 "done <list\n"
                 "wait\n",
                 0, "");
    assert_file("a.md", buf_str(&expected));
    buf_finish(&text);
    buf_finish(&expected);
}

/* The loop as README.md shows it */

static Str example_of(Str page)
{
    size_t splice = str_find(page, STR("| galley splice "));
    assert_int_not_equal(splice, STR_NONE);
    size_t start = 0, fence;
    while ((fence = str_find(str_slice(page, start, splice), STR("```sh\n"))) != STR_NONE) {
        start += fence + 6;
    }
    return str_before(str_after(page, start), str_find(str_after(page, start), STR("```")));
}

static void replace_once(Buf *text, const char *old, const char *new)
{
    size_t at = str_find(buf_str(text), str_of(old));
    assert_int_not_equal(at, STR_NONE);
    Buf changed = {0};
    buf_append(&changed, str_before(buf_str(text), at));
    buf_append(&changed, str_of(new));
    buf_append(&changed, str_after(buf_str(text), at + strlen(old)));
    buf_finish(text);
    *text = changed;
}

static void the_loop_of_the_readme_writes_what_failed(void **state)
{
    (void)state;
    write_file("article.md", buf_str(&sample), 0600);
    Buf script = {0}, expected = {0};
    buf_append(&script,
               STR("generate() {\n"
                   "    n=$(($(cat n) + 1)); echo $n >n\n"
                   "    [ $n = 2 ] && echo '[Your text here]' || echo \"Text number $n.\"\n"
                   "}\n"
                   "echo 0 >n\n"
                   "while [ -n \"$(galley outline --unfinished article.md)\" ]; do\n"));
    buf_append(&script, example_of(buf_str(&readme)));
    buf_append(&script, STR("done\n"));
    buf_append_char(&script, '\0');
    assert_shell(script.data, 0, "");

    buf_append(&expected, buf_str(&sample));
    replace_once(&expected, "#### **Сахар и мёд**\n", "#### **Сахар и мёд**\n\nText number 1.\n");
    replace_once(&expected, "[Временный текст из-за ошибки генерации]", "Text number 6.");
    replace_once(&expected, "[Временный текст из-за ошибки генерации]", "Text number 3.");
    replace_once(&expected, "[Временный текст из-за ошибки генерации]", "Text number 4.");
    replace_once(&expected, "[Не удалось сгенерировать раздел: рецепты недели]", "Text number 5.");
    assert_file("article.md", buf_str(&expected));
    buf_finish(&script);
    buf_finish(&expected);
}

int main(int count, char **arguments)
{
    (void)count;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_text_takes_its_place, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(a_finished_section_is_left_alone, enter_folder,
                                        leave_folder),
        cmocka_unit_test_setup_teardown(a_revision_says_what_is_replaced, enter_folder,
                                        leave_folder),
        cmocka_unit_test_setup_teardown(wrong_usage_is_2, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(what_is_unfinished_follows_the_configuration, enter_folder,
                                        leave_folder),
        cmocka_unit_test_setup_teardown(a_link_is_followed, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(a_read_only_file_stays, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(a_full_disk_loses_nothing, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(a_folder_that_is_closed_loses_nothing, enter_folder,
                                        leave_folder),
        cmocka_unit_test_setup_teardown(splices_wait_for_each_other, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(the_loop_of_the_readme_writes_what_failed, enter_folder,
                                        leave_folder),
    };
    Buf path = {0};
    server_path(arguments[0], &path);
    char *whole = realpath(path.data, NULL); /* tests run in folders of their own */
    assert_non_null(whole);
    buf_append(&program, (Str){whole, strlen(whole) + 1});
    read_file("README.md", &readme);
    read_file("tests/articles/unfinished.ru.md", &sample);
    int failed = cmocka_run_group_tests_name("splice", tests, NULL, NULL);
    free(whole);
    buf_finish(&path);
    buf_finish(&program);
    buf_finish(&readme);
    buf_finish(&sample);
    return failed;
}
