/* command: what a person or a pipeline gets from `galley`: words, places, exit codes. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "protocol/base/buf.h"
#include "tests/harness/server_path.h"
#include "tests/unit/unit.h"

static Buf program;

/* What one run printed, and its exit code. */
typedef struct {
    Buf out, err;
    int code;
} Run;

static void read_back(int file, Buf *text)
{
    off_t size = lseek(file, 0, SEEK_END);
    lseek(file, 0, SEEK_SET);
    assert_int_equal(read(file, buf_reserve(text, (size_t)size + 1), (size_t)size), size);
    text->length = (size_t)size;
    close(file);
}

static int scratch_file(void)
{
    char path[] = "/tmp/galley-command-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    unlink(path);
    return file;
}

/* Runs galley with up to four arguments and this on its standard input. */
static Run run(Str input, const char *a, const char *b, const char *c, const char *d)
{
    Run result = {0};
    int in = scratch_file(), out = scratch_file(), err = scratch_file(), status;
    assert_int_equal(write(in, input.data, input.length), input.length);
    lseek(in, 0, SEEK_SET);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(in, STDIN_FILENO);
        dup2(out, STDOUT_FILENO);
        dup2(err, STDERR_FILENO);
        execl(program.data, "galley", a, b, c, d, (char *)NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    result.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    close(in);
    read_back(out, &result.out);
    read_back(err, &result.err);
    return result;
}

static void run_finish(Run *result)
{
    buf_finish(&result->out);
    buf_finish(&result->err);
}

static bool has(const Buf *text, const char *part)
{
    return str_find(buf_str(text), str_of(part)) != STR_NONE;
}

static void assert_one_line(const Buf *text)
{
    Str lines = buf_str(text);
    assert_true(lines.length > 1 && str_find_char(lines, '\n') == lines.length - 1);
}

/* A folder of articles */

static void put(const char *folder, const char *name, Str text)
{
    char path[256];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    int file = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    assert_int_equal(write(file, text.data, text.length), text.length);
    close(file);
}

static void make_folder(const char *folder, const char *name)
{
    char path[256];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static void remove_all(const char *folder)
{
    char command[256];
    snprintf(command, sizeof(command), "rm -r '%s'", folder);
    assert_int_equal(system(command), 0);
}

static const Str clean = STR_INIT("# A\n\nText.\n");
static const Str flawed = STR_INIT("# A\n\nText.\n\n## \xD0\x91\n\n## \xD0\x91\n\nText.\n");

static void a_clean_article_is_0(void **state)
{
    (void)state;
    Run result = run(clean, "check", "-", NULL, NULL);
    assert_int_equal(result.code, 0);
    assert_one_line(&result.out);
    assert_int_equal(result.err.length, 0);
    run_finish(&result);
}

static void findings_are_1_and_have_places(void **state)
{
    (void)state;
    Run result = run(flawed, "check", "-", NULL, NULL);
    assert_int_equal(result.code, 1);
    assert_true(has(&result.out, "stdin:7:"));
    assert_true(has(&result.out, ": warning: repeats the heading above [repeated-heading]\n"));
    assert_true(has(&result.out, "\nnot ready"));
    assert_int_equal(result.err.length, 0);
    run_finish(&result);
}

static void columns_count_characters(void **state)
{
    (void)state;
    Run result = run(STR("# A\n\nText.\n\n# # \xD0\x91 ##\n\nText.\n"), "check", "-", NULL, NULL);
    assert_true(has(&result.out, "stdin:5:3: warning: "));
    run_finish(&result);
}

static void what_cannot_be_read_is_2_and_the_rest_goes_on(void **state)
{
    (void)state;
    Run result = run(flawed, "check", "/nowhere/a.md", "-", NULL);
    assert_int_equal(result.code, 2);
    assert_true(has(&result.out, "stdin:7:"));
    assert_str_equal(buf_str(&result.err),
                     STR("galley: /nowhere/a.md: No such file or directory\n"));
    run_finish(&result);
}

static void folders_are_walked_in_the_order_of_names(void **state)
{
    (void)state;
    char folder[] = "/tmp/galley-articles-XXXXXX";
    assert_non_null(mkdtemp(folder));
    make_folder(folder, "b");
    make_folder(folder, ".git");
    make_folder(folder, "node_modules");
    put(folder, "c.markdown", flawed);
    put(folder, "a.md", flawed);
    put(folder, "b/inner.mdx", flawed);
    put(folder, "b/text.txt", flawed);
    put(folder, ".hidden.md", flawed);
    put(folder, ".git/x.md", flawed);
    put(folder, "node_modules/x.md", flawed);

    Run result = run((Str){0}, "check", folder, NULL, NULL);
    assert_int_equal(result.code, 1);
    size_t a = str_find(buf_str(&result.out), STR("/a.md:7:"));
    size_t b = str_find(buf_str(&result.out), STR("/b/inner.mdx:7:"));
    size_t c = str_find(buf_str(&result.out), STR("/c.markdown:7:"));
    assert_true(a < b && b < c && c != STR_NONE);
    assert_false(has(&result.out, "hidden") || has(&result.out, "/x.md") ||
                 has(&result.out, ".txt"));
    run_finish(&result);
    remove_all(folder);
}

static void a_folder_without_articles_is_2(void **state)
{
    (void)state;
    char folder[] = "/tmp/galley-articles-XXXXXX";
    assert_non_null(mkdtemp(folder));
    Run result = run((Str){0}, "check", folder, NULL, NULL);
    assert_int_equal(result.code, 2);
    assert_int_equal(result.out.length, 0);
    assert_true(has(&result.err, "no Markdown files in it"));
    run_finish(&result);
    remove_all(folder);
}

static void names_cannot_command_the_terminal(void **state)
{
    (void)state;
    char folder[] = "/tmp/galley-articles-XXXXXX";
    assert_non_null(mkdtemp(folder));
    put(folder, "a\x1b[2J\n\xE2\x80\xAE.md", flawed);
    Run result = run((Str){0}, "check", folder, NULL, NULL);
    assert_true(has(&result.out, "/a\\u{1B}[2J\\u{A}\\u{202E}.md:7:"));
    assert_false(has(&result.out, "\x1b"));
    run_finish(&result);
    remove_all(folder);

    result = run((Str){0}, "check", "\x1b[2J", NULL, NULL);
    assert_str_equal(buf_str(&result.err), STR("galley: \\u{1B}[2J: No such file or directory\n"));
    run_finish(&result);
}

static void the_outline_is_a_tree(void **state)
{
    (void)state;
    Run result = run(STR("# A\n\nOne two.\n\n## B \x1b\n\nText.\n"), "outline", "-", NULL, NULL);
    assert_int_equal(result.code, 0);
    assert_true(str_starts(buf_str(&result.out), STR("A")));
    assert_true(has(&result.out, "\n  B \\u{1B}"));
    run_finish(&result);
    result = run((Str){0}, "outline", "/nowhere", NULL, NULL);
    assert_int_equal(result.code, 2);
    assert_one_line(&result.err);
    run_finish(&result);
}

static void rules_have_a_line_each(void **state)
{
    (void)state;
    Run result = run((Str){0}, "rules", NULL, NULL, NULL);
    assert_int_equal(result.code, 0);
    assert_true(has(&result.out, "heading-jump         warning      "));
    run_finish(&result);
}

static void rules_are_data_too(void **state)
{
    (void)state;
    Run result = run((Str){0}, "rules", "--format", "json", NULL);
    assert_int_equal(result.code, 0);
    assert_true(
        has(&result.out, "{\"code\":\"heading-jump\",\"severity\":\"warning\",\"summary\":"));
    assert_true(has(&result.out, "/tests/rules/heading-jump.md\"}"));
    assert_one_line(&result.out);
    run_finish(&result);
}

static void a_rule_is_explained_by_its_page(void **state)
{
    (void)state;
    Run result = run((Str){0}, "explain", "heading-jump", NULL, NULL);
    assert_int_equal(result.code, 0);
    assert_true(str_starts(buf_str(&result.out), STR("# heading-jump\n")));
    assert_true(has(&result.out, "```md\n"));
    run_finish(&result);

    result = run((Str){0}, "explain", "heading-jmup", NULL, NULL);
    assert_int_equal(result.code, 2);
    assert_str_equal(buf_str(&result.err),
                     STR("galley: heading-jmup: unknown rule; did you mean heading-jump?\n"));
    run_finish(&result);
}

static void help_and_version_are_asked_for(void **state)
{
    (void)state;
    Run result = run((Str){0}, "--version", NULL, NULL, NULL);
    assert_true(str_starts(buf_str(&result.out), STR("galley " GALLEY_VERSION "\n")));
    assert_true(has(&result.out, "\nlibuv    1.") && has(&result.out, "\nmd4c     0."));
    assert_int_equal(result.code, 0);
    run_finish(&result);

    result = run((Str){0}, "--help", NULL, NULL, NULL);
    assert_true(has(&result.out, "  lsp ") && has(&result.out, "  outline "));
    assert_int_equal(result.code, 0);
    run_finish(&result);

    result = run((Str){0}, "check", "--help", NULL, NULL);
    assert_true(has(&result.out, "Usage: galley check ") && has(&result.out, "  -h, --help "));
    Run same = run((Str){0}, "help", "check", NULL, NULL);
    assert_str_equal(buf_str(&result.out), buf_str(&same.out));
    run_finish(&same);
    run_finish(&result);
}

static void wrong_usage_is_one_line_and_2(void **state)
{
    (void)state;
    const char *const words[][2] = {
        {"chekc",     NULL       },
        {"--nothing", NULL       },
        {"check",     NULL       },
        {"check",     "--nothing"},
        {"outline",   NULL       },
        {"rules",     "x"        },
        {"lsp",       "x"        },
        {"outline",   "--stdio"  },
        {"\x1b\x1b",  "\x1b"     },
    };
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        Run result = run((Str){0}, words[i][0], words[i][1], NULL, NULL);
        assert_int_equal(result.code, 2);
        assert_int_equal(result.out.length, 0);
        assert_one_line(&result.err);
        assert_false(has(&result.err, "\x1b"));
        run_finish(&result);
    }
}

static void a_slip_gets_a_suggestion(void **state)
{
    (void)state;
    const char *const words[][3] = {
        {"chekc",     NULL,      "galley: chekc: unknown command; did you mean check?\n"       },
        {"help",      "outlnie", "galley: outlnie: unknown command; did you mean outline?\n"   },
        {"--verison", NULL,      "galley: --verison: unknown option; did you mean --version?\n"},
        {"lsp",       "--stido", "galley: --stido: unknown option; did you mean --stdio?\n"    },
        {"xyzzy",     NULL,      "galley: xyzzy: unknown command; see galley --help\n"         },
    };
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        Run result = run((Str){0}, words[i][0], words[i][1], NULL, NULL);
        assert_int_equal(result.code, 2);
        assert_str_equal(buf_str(&result.err), str_of(words[i][2]));
        run_finish(&result);
    }
}

static void the_server_has_three_names(void **state)
{
    (void)state;
    const char *const names[] = {"lsp", "server", "--stdio"};
    Str session = STR("Content-Length: 30\r\n\r\n{\"id\":1,\"method\":\"initialize\"}"
                      "Content-Length: 28\r\n\r\n{\"id\":2,\"method\":\"shutdown\"}");
    for (size_t i = 0; i < 3; i++) {
        Run result = run(session, names[i], i == 2 ? NULL : "--stdio", NULL, NULL);
        assert_int_equal(result.code, 0);
        assert_true(has(&result.out, "\"id\":2,\"result\":null"));
        run_finish(&result);
    }
}

int main(int count, char **arguments)
{
    (void)count;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clean_article_is_0),
        cmocka_unit_test(findings_are_1_and_have_places),
        cmocka_unit_test(columns_count_characters),
        cmocka_unit_test(what_cannot_be_read_is_2_and_the_rest_goes_on),
        cmocka_unit_test(folders_are_walked_in_the_order_of_names),
        cmocka_unit_test(a_folder_without_articles_is_2),
        cmocka_unit_test(names_cannot_command_the_terminal),
        cmocka_unit_test(the_outline_is_a_tree),
        cmocka_unit_test(rules_have_a_line_each),
        cmocka_unit_test(rules_are_data_too),
        cmocka_unit_test(a_rule_is_explained_by_its_page),
        cmocka_unit_test(help_and_version_are_asked_for),
        cmocka_unit_test(wrong_usage_is_one_line_and_2),
        cmocka_unit_test(a_slip_gets_a_suggestion),
        cmocka_unit_test(the_server_has_three_names),
    };
    server_path(arguments[0], &program);
    int failed = cmocka_run_group_tests_name("command", tests, NULL, NULL);
    buf_finish(&program);
    return failed;
}
