/* configuration: what a person or a pipeline gets of .galley.yml: `galley config`, and `galley check` as
 * configured. */
#include <stdlib.h>
#include <unistd.h>

#include "tests/harness/client.h"
#include "tests/harness/command_run.h"
#include "tests/harness/server_path.h"
#include "tests/unit/unit.h"

static Buf program;

static const Str flawed = STR_INIT("# A\n\nText.\n\n## B\n\n## C\n\nText.\n");

/* With the words as arguments. */
#define galley(run, ...)                                                                           \
    assert_true(command_run_do((run), program.data, (const char *const[]){__VA_ARGS__, NULL}))

static bool has(const Buf *text, const char *part)
{
    return str_find(buf_str(text), str_of(part)) != STR_NONE;
}

static void put(const char *folder, const char *name, const char *text)
{
    assert_true(folder_put(folder, name, str_of(text)));
}

static void check_follows_the_nearest_configuration(void **state)
{
    (void)state;
    char *folder = folder_make();
    assert_true(folder_put(folder, "a.md", flawed));
    assert_true(folder_put(folder, "in/b.md", flawed));
    put(folder, ".galley.yml", "rules: {empty-section: hint}\n");
    put(folder, "in/.galley.yml", "rules: {empty-section: error}\n");
    CommandRun run = {.folder = folder}, without = run;
    galley(&run, "check", ".");
    assert_int_equal(run.code, 1);
    assert_true(has(&run.out, "a.md:5:1: hint: "));
    assert_true(has(&run.out, "in/b.md:5:1: error: "));
    assert_int_equal(run.err.length, 0);
    galley(&without, "check", "--no-config", ".");
    assert_true(has(&without.out, "a.md:5:1: warning: "));
    command_run_finish(&run);
    command_run_finish(&without);
    folder_remove(folder);
}

static void check_says_what_is_wrong_and_goes_on(void **state)
{
    (void)state;
    char *folder = folder_make();
    assert_true(folder_put(folder, "a.md", flawed));
    put(folder, ".galley.yml", "# я\nrules: {empty-section: hint, hm: off}\nphrases: ['я', '']\n");
    CommandRun run = {.folder = folder};
    galley(&run, "check", "a.md");
    assert_int_equal(run.code, 0);
    assert_str_equal(buf_str(&run.err),
                     STR(".galley.yml:2:30: warning: unknown rule 'hm' [configuration]\n"
                         ".galley.yml:3:16: error: expected a word [configuration]\n"));
    assert_true(has(&run.out, "a.md:5:1: hint: "));
    command_run_finish(&run);
    folder_remove(folder);
}

static void a_broken_configuration_is_exit_code_2(void **state)
{
    (void)state;
    char *folder = folder_make();
    assert_true(folder_put(folder, "a.md", flawed));
    put(folder, ".galley.yml", "rules: [\n");
    CommandRun found = {.folder = folder}, named = found, missing = found;
    galley(&found, "check", "a.md");
    assert_int_equal(found.code, 2);
    assert_true(has(&found.out, "a.md:5:1: warning: ")); /* by the defaults */
    assert_true(has(&found.err, "error: no YAML: "));
    galley(&named, "check", "--config", ".galley.yml", "a.md");
    assert_int_equal(named.code, 2);
    assert_int_equal(named.out.length, 0);
    galley(&missing, "check", "--config", "none.yml", "a.md");
    assert_int_equal(missing.code, 2);
    assert_str_equal(buf_str(&missing.err), STR("galley: none.yml: there is no such file\n"));
    command_run_finish(&found);
    command_run_finish(&named);
    command_run_finish(&missing);
    folder_remove(folder);
}

static void a_configuration_that_extends_itself_is_one_line(void **state)
{
    (void)state;
    char *folder = folder_make();
    assert_true(folder_put(folder, "a.md", flawed));
    put(folder, ".galley.yml", "extends: b.yml\nrules: {empty-section: hint}\n");
    put(folder, "b.yml", "extends: .galley.yml\n");
    CommandRun run = {.folder = folder};
    galley(&run, "check", "a.md");
    assert_int_equal(run.code, 0);
    assert_true(has(&run.out, "a.md:5:1: hint: "));
    assert_true(has(&run.err, "extend each other in a circle"));
    assert_true(str_find_char(buf_str(&run.err), '\n') == run.err.length - 1);
    command_run_finish(&run);
    folder_remove(folder);
}

static void excluded_files_are_passed_over(void **state)
{
    (void)state;
    char *folder = folder_make();
    assert_true(folder_put(folder, "a.md", flawed));
    assert_true(folder_put(folder, "drafts/b.md", flawed));
    put(folder, ".galley.yml", "exclude: drafts/\n");
    CommandRun all = {.folder = folder}, one = all;
    galley(&all, "check", ".");
    assert_int_equal(all.code, 1);
    assert_false(has(&all.out, "b.md"));
    galley(&one, "check", "drafts/b.md"); /* as a hook names it */
    assert_int_equal(one.code, 0);
    assert_int_equal(one.err.length, 0);
    command_run_finish(&all);
    command_run_finish(&one);
    folder_remove(folder);
}

static void standard_input_has_a_configuration_too(void **state)
{
    (void)state;
    char *folder = folder_make();
    put(folder, ".galley.yml", "overrides: [{files: n/*.md, rules: {empty-section: off}}]\n");
    CommandRun plain = {.folder = folder, .input = flawed}, called = plain, batch = plain;
    galley(&plain, "check", "-");
    assert_int_equal(plain.code, 1);
    galley(&called, "check", "--stdin-filepath", "n/a.md", "-");
    assert_int_equal(called.code, 0);
    batch.input = STR("{\"path\": \"n/a.md\", \"text\": \"# A\\n\\n## B\\n\"}\n");
    put(folder, "c.yml", "rules: {empty-section: off}\n");
    galley(&batch, "check", "--batch", "--config", "c.yml");
    assert_int_equal(batch.code, 0);
    command_run_finish(&plain);
    command_run_finish(&called);
    command_run_finish(&batch);
    folder_remove(folder);
}

static void a_pattern_has_a_code_of_its_own(void **state)
{
    (void)state;
    char *folder = folder_make();
    put(folder, "a.md", "# A\n\nA hive.\n");
    put(folder, ".galley.yml",
        "patterns: [{pattern: hive, message: say colony, code: words, severity: error}]\n");
    CommandRun text = {.folder = folder}, sarif = text, except = text;
    galley(&text, "check", "a.md");
    assert_true(has(&text.out, "a.md:3:3: error: say colony [pattern-words]\n"));
    galley(&sarif, "check", "--format", "sarif", "a.md");
    assert_true(has(&sarif.out, "\"ruleId\":\"pattern-words\""));
    galley(&except, "check", "--except", "pattern", "a.md");
    assert_int_equal(except.code, 0);
    command_run_finish(&text);
    command_run_finish(&sarif);
    command_run_finish(&except);
    folder_remove(folder);
}

static void show_tells_where_each_value_comes_from(void **state)
{
    (void)state;
    char *folder = folder_make();
    put(folder, "house.yml", "phrases: [follows soon]\n");
    put(folder, "a/.galley.yml",
        "extends: ../house.yml\nrules:\n  heading-jump: off\n"
        "overrides:\n  - files: x.md\n    rules:\n"
        "      multiple-titles: {title-in-body: forbid}\n");
    CommandRun run = {.folder = folder};
    galley(&run, "config", "show", "a/x.md");
    assert_int_equal(run.code, 0);
    assert_true(str_starts(buf_str(&run.out), STR("# a/.galley.yml\n# extends house.yml\n")));
    assert_true(
        has(&run.out, "rules.heading-jump: off                           a/.galley.yml:3\n"));
    assert_true(
        has(&run.out, "rules.multiple-titles.title-in-body: forbid       a/.galley.yml:7\n"));
    assert_true(has(&run.out, "phrases: follows soon                             house.yml:1\n"));
    assert_true(has(&run.out, "rules.empty-section: warning                      default\n"));
    command_run_finish(&run);
    folder_remove(folder);
}

static void init_writes_a_file_that_says_nothing_yet_and_never_twice(void **state)
{
    (void)state;
    char *folder = folder_make();
    assert_true(folder_put(folder, "a.md", flawed));
    CommandRun first = {.folder = folder}, second = first, check = first;
    galley(&first, "config", "init");
    assert_int_equal(first.code, 0);
    galley(&second, "config", "init");
    assert_int_equal(second.code, 2);
    assert_true(has(&second.err, ".galley.yml: it is there already"));
    galley(&check, "check", "a.md");
    assert_int_equal(check.err.length, 0);
    assert_true(has(&check.out, "a.md:5:1: warning: "));
    command_run_finish(&first);
    command_run_finish(&second);
    command_run_finish(&check);
    folder_remove(folder);
}

static void what_makes_no_sense_is_said(void **state)
{
    (void)state;
    CommandRun nothing = {0}, file = {0}, word = {0};
    galley(&nothing, "config", "show");
    assert_int_equal(nothing.code, 2);
    galley(&file, "config", "schema", "a.md");
    assert_int_equal(file.code, 2);
    galley(&word, "config", "shwo", "a.md");
    assert_int_equal(word.code, 2);
    assert_true(has(&word.err, "did you mean show?"));
    command_run_finish(&nothing);
    command_run_finish(&file);
    command_run_finish(&word);
}

/* In an editor that cannot watch files */

/* The severity of the first finding that is published next of `uri`; 0: there is none. */
static uint32_t next_severity(Client *client, const char *uri)
{
    JsonDocument message = {0};
    uint32_t severity;
    bool other;
    do {
        assert_true(client_wait_notification(client, "textDocument/publishDiagnostics", &message));
        JsonReader params = jr_field(json_document_root(&message), "params");
        severity = jr_uint32_or(jr_field(jr_item(jr_field(params, "diagnostics"), 0), "severity"),
                                0);
        other = !str_equal(jr_string_or(jr_field(params, "uri"), (Str){0}), str_of(uri));
    } while (other);
    json_document_finish(&message);
    return severity;
}

/* A change may be told in several steps, the first of which is an empty file. */
static void await_severity(Client *client, const char *uri, uint32_t severity)
{
    for (int tries = 0; next_severity(client, uri) != severity; tries++) {
        assert_true(tries < 10);
    }
}

static void a_server_watches_the_folders_of_its_configurations(void **state)
{
    (void)state;
    char *folder = folder_make();
    Buf uri = {0}, gone = {0};
    buf_printf(&uri, "file://%s/in/a.md", folder);
    buf_append_char(&uri, '\0');
    buf_printf(&gone, "%s/in/.galley.yml", folder);
    buf_append_char(&gone, '\0');
    assert_true(folder_put(folder, "in/a.md", flawed));
    Client client;
    JsonDocument reply = {0};
    assert_true(client_start(&client, (const char *const[]){program.data, "lsp", NULL}));
    assert_true(client_initialize(&client, "{}", &reply));
    assert_true(client_open(&client, uri.data, flawed));
    await_severity(&client, uri.data, 2);
    put(folder, ".galley.yml", "rules: {empty-section: hint}\n"); /* in a folder above */
    await_severity(&client, uri.data, 4);
    put(folder, "in/.galley.yml", "rules: {empty-section: error}\n");
    await_severity(&client, uri.data, 1);
    assert_int_equal(unlink(gone.data), 0);
    await_severity(&client, uri.data, 4);
    assert_int_equal(client_stop(&client), 0);
    json_document_finish(&reply);
    buf_finish(&uri);
    buf_finish(&gone);
    folder_remove(folder);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_follows_the_nearest_configuration),
        cmocka_unit_test(check_says_what_is_wrong_and_goes_on),
        cmocka_unit_test(a_broken_configuration_is_exit_code_2),
        cmocka_unit_test(a_configuration_that_extends_itself_is_one_line),
        cmocka_unit_test(excluded_files_are_passed_over),
        cmocka_unit_test(standard_input_has_a_configuration_too),
        cmocka_unit_test(a_pattern_has_a_code_of_its_own),
        cmocka_unit_test(show_tells_where_each_value_comes_from),
        cmocka_unit_test(init_writes_a_file_that_says_nothing_yet_and_never_twice),
        cmocka_unit_test(what_makes_no_sense_is_said),
        cmocka_unit_test(a_server_watches_the_folders_of_its_configurations),
    };
    (void)count;
    server_path(arguments[0], &program);
    int failed = cmocka_run_group_tests_name("configuration", tests, NULL, NULL);
    buf_finish(&program);
    return failed;
}
