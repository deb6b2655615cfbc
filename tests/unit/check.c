/* check: `galley check` on whatever stands in its way: files that cannot be read or are none, names
 * that command a terminal, readers that leave, Ctrl-C. The rest goes on, and the exit code is right. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/harness/command_run.h"
#include "tests/harness/server_path.h"
#include "tests/unit/unit.h"

static Buf program;

static const Str clean = STR_INIT("# A\n\nText.\n");
static const Str flawed = STR_INIT("# A\n\nText.\n\n## B\n\n## C\n\nText.\n");

/* With the words as arguments. */
#define check(run, ...)                                                                            \
    assert_true(                                                                                   \
        command_run_do((run), program.data, (const char *const[]){"check", __VA_ARGS__, NULL}))

static bool has(const Buf *text, const char *part)
{
    return str_find(buf_str(text), str_of(part)) != STR_NONE;
}

static void put(const char *folder, const char *name, Str text)
{
    assert_true(folder_put(folder, name, text));
}

static void link_to(const char *folder, const char *name, const char *target)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    assert_int_equal(symlink(target, path), 0);
}

static void assert_ends_in_line(const Buf *text)
{
    assert_true(text->length > 0 && text->data[text->length - 1] == '\n');
}

/* What is checked */

static void a_folder_is_in_the_order_of_names_whatever_the_jobs(void **state)
{
    (void)state;
    enum { FILES = 60 };
    char *folder = folder_make(), name[32];
    for (int i = 0; i < FILES; i++) {
        snprintf(name, sizeof(name), "%d/%d.md", i % 7, i);
        put(folder, name, flawed);
    }
    CommandRun one = {.folder = folder}, many = one;
    check(&one, "--jobs", "1", ".");
    check(&many, "--jobs", "5", ".");
    assert_int_equal(one.code, 1);
    assert_int_equal(many.code, 1);
    assert_str_equal(buf_str(&many.out), buf_str(&one.out));
    assert_true(str_starts(buf_str(&one.out), STR("./0/0.md:5:")));
    assert_true(has(&one.out, "\nnot ready: 60 empty sections\n"));
    command_run_finish(&one);
    command_run_finish(&many);
    folder_remove(folder);
}

static void codes_are_chosen_and_severities_fail(void **state)
{
    (void)state;
    const struct {
        const char *option, *value;
        int code;
    } cases[] = {
        {"--only",    "heading-jump,heading-hash", 0},
        {"--only",    "empty-section",             1},
        {"--except",  "empty-section",             0},
        {"--fail-on", "error",                     0},
        {"--fail-on", "hint",                      1},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        CommandRun run = {.input = flawed};
        check(&run, "-", cases[i].option, cases[i].value);
        assert_int_equal(run.code, cases[i].code);
        command_run_finish(&run);
    }
    CommandRun run = {.input = flawed};
    check(&run, "-", "--only", "emty-section");
    assert_int_equal(run.code, 2);
    assert_true(has(&run.err, "did you mean empty-section?"));
    command_run_finish(&run);
}

static void one_pattern_of_a_configuration_is_chosen_too(void **state)
{
    (void)state;
    char *folder = folder_make();
    put(folder, ".galley.yml",
        STR("patterns:\n  - {pattern: bees, message: b, code: bees}\n"
            "  - {pattern: wasps, message: w, code: wasps}\n"));
    put(folder, "a.md", STR("# A\n\nThe bees and wasps.\n"));
    CommandRun one = {.folder = folder}, all = one;
    check(&one, ".", "--only", "pattern-bees");
    assert_true(has(&one.out, "[pattern-bees]") && !has(&one.out, "[pattern-wasps]"));
    check(&all, ".", "--only", "pattern");
    assert_true(has(&all.out, "[pattern-bees]") && has(&all.out, "[pattern-wasps]"));
    command_run_finish(&one);
    command_run_finish(&all);
    folder_remove(folder);
}

static void names_come_from_a_file(void **state)
{
    (void)state;
    char *folder = folder_make();
    put(folder, "a.md", flawed);
    put(folder, "with\nnewline.md", flawed);
    put(folder, "names", STR("a.md\n\n"));
    CommandRun lines = {.folder = folder}, nuls = lines, none = lines, both = lines;
    check(&lines, "--files-from", "names");
    assert_true(has(&lines.out, "a.md:5:"));
    assert_int_equal(lines.code, 1);

    nuls.input = STR("with\nnewline.md\0a.md");
    check(&nuls, "--files-from", "-", "-0");
    assert_true(str_starts(buf_str(&nuls.out), STR("with\\u{A}newline.md:5:")));
    assert_true(has(&nuls.out, "\na.md:5:"));

    check(&none, "--files-from", "-");
    assert_int_equal(none.code, 0);
    assert_int_equal(none.err.length, 0);

    check(&both, "--files-from", "nowhere");
    assert_int_equal(both.code, 2);
    command_run_finish(&lines);
    command_run_finish(&nuls);
    command_run_finish(&none);
    command_run_finish(&both);
    folder_remove(folder);
}

static void standard_input_has_a_name(void **state)
{
    (void)state;
    CommandRun run = {.input = flawed};
    check(&run, "-", "--stdin-filepath", "posts/a.md");
    assert_true(str_starts(buf_str(&run.out), STR("posts/a.md:5:")));
    command_run_finish(&run);
}

/* What cannot be checked */

static void what_cannot_be_read_is_said_and_the_rest_goes_on(void **state)
{
    (void)state;
    char *folder = folder_make(), path[512];
    put(folder, "a.md", flawed);
    put(folder, "b.md", flawed);
    put(folder, "closed/c.md", flawed);
    put(folder, "z.md", flawed);
    snprintf(path, sizeof(path), "%s/b.md", folder);
    chmod(path, 0);
    snprintf(path, sizeof(path), "%s/closed", folder);
    chmod(path, 0);
    CommandRun run = {.folder = folder, .unprivileged = true};
    check(&run, ".");
    assert_int_equal(run.code, 2);
    assert_str_equal(buf_str(&run.err), STR("galley: ./b.md: Permission denied\n"
                                            "galley: ./closed: Permission denied\n"));
    assert_true(has(&run.out, "./a.md:5:") && has(&run.out, "./z.md:5:"));
    assert_true(has(&run.out, "\nnot ready: 2 empty sections"));
    command_run_finish(&run);
    chmod(path, 0700);
    folder_remove(folder);
}

static void links_that_loop_end(void **state)
{
    (void)state;
    char *folder = folder_make();
    put(folder, "a/x.md", flawed);
    link_to(folder, "a/up", "..");
    link_to(folder, "a/self", "self");
    link_to(folder, "loop.md", "loop.md");
    link_to(folder, "y.md", "a/x.md");
    CommandRun run = {.folder = folder};
    check(&run, ".");
    assert_int_equal(run.code, 2);
    assert_str_equal(buf_str(&run.err),
                     STR("galley: ./loop.md: Too many levels of symbolic links\n"));
    assert_true(has(&run.out, "./a/x.md:5:") && has(&run.out, "./y.md:5:"));
    assert_false(has(&run.out, "up/"));
    command_run_finish(&run);
    folder_remove(folder);
}

static void what_is_no_text_is_passed_over_unless_it_is_named(void **state)
{
    (void)state;
    char *folder = folder_make();
    put(folder, "a.md", clean);
    put(folder, "nul.md", STR("PNG\0\0"));
    put(folder, "utf16.md", STR("\xFF\xFE# \0"));
    put(folder, "cp1251.md", STR("# \xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0\n"));
    CommandRun walked = {.folder = folder}, named = walked;
    check(&walked, ".");
    assert_int_equal(walked.code, 0);
    assert_int_equal(walked.err.length, 0);
    check(&named, "nul.md", "utf16.md", "cp1251.md", "a.md");
    assert_int_equal(named.code, 2);
    assert_str_equal(buf_str(&named.err), STR("galley: nul.md: it is binary\n"
                                              "galley: utf16.md: it is in UTF-16, not in UTF-8\n"
                                              "galley: cp1251.md: it is not in UTF-8\n"));
    command_run_finish(&walked);
    command_run_finish(&named);
    folder_remove(folder);
}

static void nothing_that_could_be_checked_is_2(void **state)
{
    (void)state;
    char *folder = folder_make();
    put(folder, "nul.md", STR("\0"));
    CommandRun run = {.folder = folder};
    check(&run, ".");
    assert_int_equal(run.code, 2);
    assert_true(run.err.length > 0);
    command_run_finish(&run);
    folder_remove(folder);
}

static void a_gigabyte_is_not_read(void **state)
{
    (void)state;
    enum { GIGABYTE = 1 << 30 };
    char *folder = folder_make(), path[512];
    put(folder, "a.md", flawed);
    put(folder, "huge.md", (Str){0});
    snprintf(path, sizeof(path), "%s/huge.md", folder);
    assert_int_equal(truncate(path, GIGABYTE), 0);
    CommandRun run = {.folder = folder};
    check(&run, ".");
    assert_int_equal(run.code, 2);
    assert_str_equal(buf_str(&run.err), STR("galley: ./huge.md: too large\n"));
    assert_true(has(&run.out, "./a.md:5:"));
    assert_true(run.peak < GIGABYTE / 2);
    command_run_finish(&run);
    folder_remove(folder);
}

/* Names and text */

static void names_and_text_never_reach_a_terminal_raw(void **state)
{
    (void)state;
    char *folder = folder_make();
    Str text = STR("# A\n\n## B \x1b]0;title\x07 \xC2\x9B"
                   "2J\n\n## C\n\nText.\n");
    put(folder, "a\x1b[2J\n\xFF.md", text);
    CommandRun piped = {.folder = folder}, shown = {.folder = folder, .output = RUN_TERMINAL};
    check(&piped, "--fail-on", "hint", ".");
    assert_int_equal(piped.code, 1);
    assert_true(has(&piped.out, "./a\\u{1B}[2J\\u{A}\xEF\xBF\xBD.md:"));
    assert_false(has(&piped.out, "\x1b") || has(&piped.out, "\xC2\x9B"));
    check(&shown, "--color", "never", ".");
    assert_true(shown.out.length > 0);
    assert_false(has(&shown.out, "\x1b") || has(&shown.out, "\x07") || has(&shown.out, "\xC2\x9B"));
    command_run_finish(&piped);
    command_run_finish(&shown);
    folder_remove(folder);
}

/* Readers and signals */

static void a_reader_who_has_gone_changes_no_exit_code(void **state)
{
    (void)state;
    const struct {
        const char *path;
        Str input;
        int code;
    } cases[] = {
        {"-",           clean,  0},
        {"-",           flawed, 1},
        {"/nowhere.md", clean,  2}
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        CommandRun run = {.input = cases[i].input, .output = RUN_CLOSED};
        check(&run, cases[i].path);
        assert_int_equal(run.code, cases[i].code);
        assert_int_equal(run.signal, 0);
        assert_int_equal(run.err.length > 0, cases[i].code == 2);
        command_run_finish(&run);
    }
}

/* A named pipe that nobody writes to: who reads it waits. */
static void make_pipe(const char *folder, const char *name)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    assert_int_equal(mkfifo(path, 0600), 0);
}

static void an_interrupt_ends_at_once(void **state)
{
    (void)state;
    char *folder = folder_make(), first;
    put(folder, "a.md", flawed);
    make_pipe(folder, "waits.md");
    CommandRun run = {.folder = folder, .output = RUN_PIPE};
    assert_true(command_run_start(&run, program.data,
                                  (const char *const[]){"check", "a.md", "waits.md", NULL}));
    assert_int_equal(read(run.output_end, &first, 1), 1); /* it is at work */
    assert_int_equal(kill(run.pid, SIGINT), 0);
    assert_true(command_run_wait(&run));
    assert_int_equal(run.signal, SIGINT); /* which a shell calls 130 */
    assert_ends_in_line(&run.out);
    assert_int_equal(run.err.length, 0);
    command_run_finish(&run);
    folder_remove(folder);
}

static void an_interrupt_cuts_no_line(void **state)
{
    (void)state;
    enum { SECTIONS = 20000, ENOUGH = 100000 };
    Buf text = {0};
    for (int i = 0; i < SECTIONS; i++) {
        buf_append(&text, STR("# A\n\n"));
        buf_printf(&text, "## B%d\n\n", i);
    }
    CommandRun run = {.input = buf_str(&text), .output = RUN_PIPE};
    assert_true(command_run_start(&run, program.data, (const char *const[]){"check", "-", NULL}));
    char start[ENOUGH];
    size_t got = 0;
    while (got < ENOUGH) {
        ssize_t count = read(run.output_end, start + got, ENOUGH - got);
        assert_true(count > 0);
        got += (size_t)count;
    }
    usleep(100000); /* it fills the pipe and waits */
    kill(run.pid, SIGINT);
    assert_true(command_run_wait(&run));
    assert_int_equal(run.signal, SIGINT);
    assert_ends_in_line(&run.out);
    command_run_finish(&run);
    buf_finish(&text);
}

/* Opens the named pipe, for whoever waits to read it, after a while. */
static void feed_pipe_later(const char *folder, const char *name)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    usleep(600000);
    int file = open(path, O_WRONLY);
    assert_true(file >= 0);
    assert_int_equal(write(file, clean.data, clean.length), clean.length);
    close(file);
}

static void progress_is_shown_on_a_terminal_alone(void **state)
{
    (void)state;
    char *folder = folder_make();
    put(folder, "b.md", clean);
    make_pipe(folder, "a.md");
    for (int terminal = 0; terminal < 2; terminal++) {
        CommandRun run = {.folder = folder, .error = terminal ? RUN_TERMINAL : RUN_FILE};
        assert_true(command_run_start(&run, program.data,
                                      (const char *const[]){"check", "a.md", "b.md", NULL}));
        feed_pipe_later(folder, "a.md");
        assert_true(command_run_wait(&run));
        assert_int_equal(run.code, 0);
        if (terminal) {
            assert_true(has(&run.err, " of 2 articles"));
            assert_true(str_ends(buf_str(&run.err), STR("\r\x1b[K")));
        } else {
            assert_int_equal(run.err.length, 0);
        }
        command_run_finish(&run);
    }
    folder_remove(folder);
}

int main(int count, char **arguments)
{
    (void)count;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_is_in_the_order_of_names_whatever_the_jobs),
        cmocka_unit_test(codes_are_chosen_and_severities_fail),
        cmocka_unit_test(one_pattern_of_a_configuration_is_chosen_too),
        cmocka_unit_test(names_come_from_a_file),
        cmocka_unit_test(standard_input_has_a_name),
        cmocka_unit_test(what_cannot_be_read_is_said_and_the_rest_goes_on),
        cmocka_unit_test(links_that_loop_end),
        cmocka_unit_test(what_is_no_text_is_passed_over_unless_it_is_named),
        cmocka_unit_test(nothing_that_could_be_checked_is_2),
        cmocka_unit_test(a_gigabyte_is_not_read),
        cmocka_unit_test(names_and_text_never_reach_a_terminal_raw),
        cmocka_unit_test(a_reader_who_has_gone_changes_no_exit_code),
        cmocka_unit_test(an_interrupt_ends_at_once),
        cmocka_unit_test(an_interrupt_cuts_no_line),
        cmocka_unit_test(progress_is_shown_on_a_terminal_alone),
    };
    server_path(arguments[0], &program);
    int failed = cmocka_run_group_tests_name("check", tests, NULL, NULL);
    buf_finish(&program);
    return failed;
}
