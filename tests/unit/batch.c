/* batch: `galley check --batch`: a line for each line, in order, alone and under GNU parallel. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "protocol/json_read.h"
#include "protocol/json_write.h"
#include "tests/harness/command_run.h"
#include "tests/harness/server_path.h"
#include "tests/unit/unit.h"

static Buf program;

static const char *const batch[] = {"check", "--batch", NULL};

/* An article of some kilobytes with `sections` empty ones, as a line. */
static void append_article(Buf *lines, uint32_t number, uint32_t sections)
{
    Buf text = {0};
    JsonWriter writer = {0};
    buf_printf(&text, "# Article %u\n\n", number);
    for (uint32_t i = 0; i < 20; i++) {
        buf_printf(&text, "%s %u\n\nWhat the bees did on day %u, and \"why\".\n\n",
                   i < sections ? "## Hive" : "Hive", i, i);
        buf_append(&text, i < sections ? STR("## Empty\n\n## Next\n\nText.\n\n") : STR(""));
    }
    jw_begin_object(&writer);
    jw_key(&writer, "uri");
    Buf uri = {0};
    buf_printf(&uri, "file:///a/%u.md", number);
    jw_string(&writer, buf_str(&uri));
    jw_string_field(&writer, "text", buf_str(&text));
    jw_end_object(&writer);
    buf_append(lines, buf_str(&writer.out));
    buf_append_char(lines, '\n');
    jw_finish(&writer);
    buf_finish(&text);
    buf_finish(&uri);
}

static Buf make_articles(uint32_t count)
{
    Buf lines = {0};
    for (uint32_t i = 0; i < count; i++) {
        append_article(&lines, i, i % 4);
    }
    return lines;
}

static uint32_t count_lines(Str text)
{
    uint32_t count = 0;
    for (Str line; str_take_line(&text, &line);) {
        count++;
    }
    return count;
}

static void every_line_has_its_answer_in_order(void **state)
{
    (void)state;
    enum { COUNT = 300 };
    Buf articles = make_articles(COUNT);
    CommandRun run = {.input = buf_str(&articles)};
    assert_true(
        command_run_do(&run, program.data,
                       (const char *const[]){"check", "--batch", "--only", "empty-section", NULL}));
    assert_int_equal(run.code, 1);
    Str rest = buf_str(&run.out), line;
    for (uint32_t i = 0; i < COUNT; i++) {
        JsonDocument answer = {0};
        Buf uri = {0};
        buf_printf(&uri, "file:///a/%u.md", i);
        assert_true(str_take_line(&rest, &line));
        assert_true(json_document_parse(line, &answer, &uri));
        JsonReader root = json_document_root(&answer);
        assert_str_equal(jr_string_or(jr_field(root, "uri"), STR("")), buf_str(&uri));
        assert_int_equal(jr_count(jr_field(root, "findings")), i % 4);
        json_document_finish(&answer);
        buf_finish(&uri);
    }
    assert_int_equal(rest.length, 0);
    command_run_finish(&run);
    buf_finish(&articles);
}

static void what_is_no_article_is_answered_too(void **state)
{
    (void)state;
    char *folder = folder_make();
    assert_true(folder_put(folder, "a.md", STR("# A\n\n## B\n")));
    CommandRun run = {.folder = folder,
                      .input = STR("{\"path\":\"a.md\"}\n"
                                   "no JSON\n"
                                   "\n"
                                   "[1]\n"
                                   "{\"uri\":\"x\"}\n"
                                   "{\"uri\":1,\"text\":\"\"}\n"
                                   "{\"path\":\"nowhere.md\"}\r\n"
                                   "{\"uri\":\"file:///b.md\",\"text\":\"# B\\n\\nText.\\n\"}")};
    assert_true(command_run_do(&run, program.data, batch));
    assert_int_equal(run.code, 2);
    assert_int_equal(run.err.length, 0);
    assert_int_equal(count_lines(buf_str(&run.out)), 8);
    Str rest = buf_str(&run.out), line;
    for (int i = 0; i < 8; i++) {
        str_take_line(&rest, &line);
        assert_int_equal(str_find(line, STR("\"error\":")) != STR_NONE, i > 0 && i < 7);
    }
    assert_str_equal(line, STR("{\"uri\":\"file:///b.md\",\"state\":\"ready\",\"findings\":[]}"));
    command_run_finish(&run);
    folder_remove(folder);
}

static void an_answer_does_not_wait_for_the_next_line(void **state)
{
    (void)state;
    CommandRun run = {.fed = true, .output = RUN_PIPE};
    assert_true(command_run_start(&run, program.data, batch));
    for (int i = 0; i < 3; i++) {
        Buf article = {0};
        struct pollfd answer = {.events = POLLIN};
        char byte = 0;
        append_article(&article, 0, 0);
        assert_int_equal(write(run.input_end, article.data, article.length), article.length);
        answer.fd = run.output_end;
        assert_int_equal(poll(&answer, 1, 10000), 1);
        while (byte != '\n') {
            assert_int_equal(read(run.output_end, &byte, 1), 1);
        }
        buf_finish(&article);
    }
    assert_true(command_run_wait(&run));
    assert_int_equal(run.code, 0);
    command_run_finish(&run);
}

/* The most memory that so many articles take. They are never all here: a process begins with the
 * memory of the one that started it. */
static long peak_of(uint32_t count)
{
    CommandRun run = {.fed = true};
    assert_true(command_run_start(&run, program.data, batch));
    for (uint32_t i = 0; i < count; i++) {
        Buf article = {0};
        append_article(&article, i, i % 4);
        assert_int_equal(write(run.input_end, article.data, article.length), article.length);
        buf_finish(&article);
    }
    assert_true(command_run_wait(&run));
    assert_int_equal(count_lines(buf_str(&run.out)), count);
    command_run_finish(&run);
    return run.peak;
}

static void memory_does_not_grow_with_the_articles(void **state)
{
    (void)state;
#ifdef DEBUG /* a sanitizer keeps what was freed */
    assert_true(peak_of(200) > 0);
#else
    enum { MEGABYTE = 1 << 20 };
    assert_true(peak_of(20000) < peak_of(200) + 4 * (long)MEGABYTE);
#endif
}

static void a_reader_who_has_gone_ends_it(void **state)
{
    (void)state;
    Buf articles = make_articles(2000);
    CommandRun run = {.input = buf_str(&articles), .output = RUN_CLOSED};
    assert_true(command_run_do(&run, program.data, batch));
    assert_int_equal(run.code, 2);
    assert_int_equal(run.signal, 0);
    assert_int_equal(run.err.length, 0);
    command_run_finish(&run);
    buf_finish(&articles);
}

static void parallel_workers_answer_as_one(void **state)
{
    (void)state;
    char *folder = folder_make(), command[1024], *path = realpath(program.data, NULL);
    Buf articles = make_articles(2000);
    assert_true(folder_put(folder, "articles", buf_str(&articles)));
    snprintf(command, sizeof(command),
             "cd '%s' && HOME=. parallel --will-cite --pipe --keep-order --block 200k --jobs 3 "
             "'%s' check --batch --jobs 1 <articles >many; '%s' check --batch <articles >one; "
             "cmp one many && test -s one",
             folder, path, path);
    assert_int_equal(system(command), 0);
    free(path);
    buf_finish(&articles);
    folder_remove(folder);
}

static void one_configuration_holds_for_all(void **state)
{
    (void)state;
    char *folder = folder_make();
    Str article = STR("{\"uri\":\"file:///elsewhere/a.md\",\"text\":\"# A\\n\\n## B\\n\"}\n");
    assert_true(folder_put(folder, ".galley.yml", STR("rules:\n  empty-section: off\n")));
    CommandRun near = {.folder = folder, .input = article}, none = near;
    assert_true(command_run_do(&near, program.data, batch));
    assert_int_equal(near.code, 0);
    assert_true(command_run_do(&none, program.data,
                               (const char *const[]){"check", "--batch", "--no-config", NULL}));
    assert_int_equal(none.code, 1);
    command_run_finish(&near);
    command_run_finish(&none);
    folder_remove(folder);
}

static void what_makes_no_sense_together_is_refused(void **state)
{
    (void)state;
    const char *const words[][2] = {
        {"a.md",         NULL   },
        {"--format",     "sarif"},
        {"--files-from", "x"    }
    };
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        CommandRun run = {0};
        assert_true(command_run_do(
            &run, program.data,
            (const char *const[]){"check", "--batch", words[i][0], words[i][1], NULL}));
        assert_int_equal(run.code, 2);
        assert_int_equal(run.out.length, 0);
        assert_int_equal(count_lines(buf_str(&run.err)), 1);
        command_run_finish(&run);
    }
}

int main(int count, char **arguments)
{
    (void)count;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_has_its_answer_in_order),
        cmocka_unit_test(what_is_no_article_is_answered_too),
        cmocka_unit_test(an_answer_does_not_wait_for_the_next_line),
        cmocka_unit_test(memory_does_not_grow_with_the_articles),
        cmocka_unit_test(a_reader_who_has_gone_ends_it),
        cmocka_unit_test(parallel_workers_answer_as_one),
        cmocka_unit_test(one_configuration_holds_for_all),
        cmocka_unit_test(what_makes_no_sense_together_is_refused),
    };
    server_path(arguments[0], &program);
    int failed = cmocka_run_group_tests_name("batch", tests, NULL, NULL);
    buf_finish(&program);
    return failed;
}
