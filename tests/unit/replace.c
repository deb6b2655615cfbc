/* replace: a file is put back whole, or stays as somebody else has made it. */
#include "server/os/replace.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/os/files.h"
#include "tests/unit/folder.h"
#include "tests/unit/unit.h"

enum { LIMIT = 1 << 20 };

static const char path[] = "a.md";

static void write_file(const char *name, Str text)
{
    int file = open(name, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    assert_true(file >= 0);
    assert_int_equal(write(file, text.data, text.length), text.length);
    close(file);
}

static void assert_file(Str expected)
{
    Buf text = {0};
    assert_null(files_read(path, LIMIT, &text));
    assert_str_equal(buf_str(&text), expected);
    buf_finish(&text);
    assert_int_not_equal(system("ls -A | grep -q '^\\.galley'"), 0);
}

static Replacement *take(void)
{
    Replacement *replacement = NULL;
    Buf text = {0};
    write_file(path, STR("old"));
    assert_null(replace_open(path, LIMIT, &replacement, &text));
    assert_str_equal(buf_str(&text), STR("old"));
    buf_finish(&text);
    return replacement;
}

static void what_is_written_takes_the_name(void **state)
{
    (void)state;
    Replacement *replacement = take();
    assert_null(replace_write(replacement, STR("new")));
    replace_free(replacement);
    assert_file(STR("new"));
}

static void what_is_not_written_stays(void **state)
{
    (void)state;
    replace_free(take());
    replace_free(NULL);
    assert_file(STR("old"));
}

static void a_change_in_place_is_noticed(void **state)
{
    (void)state;
    Replacement *replacement = take();
    usleep(20000); /* file systems do not tell apart what happens within a tick */
    write_file(path, STR("own"));
    assert_ptr_equal(replace_write(replacement, STR("new")), replace_changed);
    replace_free(replacement);
    assert_file(STR("own"));
}

static void another_file_of_that_name_is_noticed(void **state)
{
    (void)state;
    Replacement *replacement = take();
    write_file("b.md", STR("own"));
    assert_int_equal(rename("b.md", path), 0);
    assert_ptr_equal(replace_write(replacement, STR("new")), replace_changed);
    replace_free(replacement);
    assert_file(STR("own"));
}

static void a_file_that_has_gone_does_not_come_back(void **state)
{
    (void)state;
    Replacement *replacement = take();
    assert_int_equal(unlink(path), 0);
    assert_ptr_equal(replace_write(replacement, STR("new")), replace_changed);
    replace_free(replacement);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void what_cannot_be_taken_says_why(void **state)
{
    (void)state;
    Replacement *replacement = NULL;
    Buf text = {0};
    assert_non_null(replace_open("nowhere", LIMIT, &replacement, &text));
    assert_non_null(replace_open(".", LIMIT, &replacement, &text));
    assert_int_equal(symlink("loop", "loop"), 0);
    assert_non_null(replace_open("loop", LIMIT, &replacement, &text));
    write_file(path, STR("four"));
    assert_non_null(replace_open(path, 3, &replacement, &text));
    assert_null(replacement);
    buf_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_written_takes_the_name, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(what_is_not_written_stays, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(a_change_in_place_is_noticed, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(another_file_of_that_name_is_noticed, enter_folder,
                                        leave_folder),
        cmocka_unit_test_setup_teardown(a_file_that_has_gone_does_not_come_back, enter_folder,
                                        leave_folder),
        cmocka_unit_test_setup_teardown(what_cannot_be_taken_says_why, enter_folder, leave_folder),
    };
    return cmocka_run_group_tests_name("replace", tests, NULL, NULL);
}
