/* invocation, nearest: how words become options and arguments, and which word was meant. */
#include "server/cli/invocation.h"

#include "server/cli/command.h"
#include "tests/unit/unit.h"

static const Option options[] = {
    {.name = "--quiet",      .letter = 'q'},
    {.name = "--format",
     .letter = 'f',
     .value = "FORMAT",
     .choices = "text json",
     .initial = "text"},
    {.name = "--jobs",          .letter = 'j', .value = "NUMBER", .kind = VALUE_NUMBER},
    {.name = "--only", .value = "CODES"},
    {0                     },
};

static const Command command = {
    .name = "try",
    .options = options,
    .arguments = "FILE...",
    .maximum = 3,
};

enum { WORDS = 8 };

/* Parses words, which the test separates by blanks. */
static bool parse(Invocation *invocation, const char *line, char *storage, char **words)
{
    uint32_t count = 0;
    strcpy(storage, line);
    for (char *word = strtok(storage, " "); word != NULL; word = strtok(NULL, " ")) {
        words[count++] = word;
    }
    return invocation_parse(invocation, &command, words, count);
}

static void values_are_glued_or_follow(void **state)
{
    (void)state;
    const char *const lines[] = {"--format=json -j4 a", "--format json -j 4 a", "a -fjson --jobs=4",
                                 "-qf json a --jobs 4", "-qfjson -j4 -- a"};
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
        char storage[128], *words[WORDS];
        Invocation invocation;
        assert_true(parse(&invocation, lines[i], storage, words));
        assert_string_equal(invocation_value(&invocation, "--format"), "json");
        assert_int_equal(invocation_number(&invocation, "--jobs"), 4);
        assert_int_equal(invocation_has(&invocation, "--quiet"), i >= 3);
        assert_int_equal(invocation.count, 1);
        assert_string_equal(invocation.arguments[0], "a");
        invocation_finish(&invocation);
    }
}

static void what_is_not_given_has_its_initial_value(void **state)
{
    (void)state;
    char storage[128], *words[WORDS];
    Invocation invocation;
    assert_true(parse(&invocation, "a", storage, words));
    assert_string_equal(invocation_value(&invocation, "--format"), "text");
    assert_null(invocation_value(&invocation, "--only"));
    assert_int_equal(invocation_number(&invocation, "--jobs"), 0);
    assert_false(invocation_has(&invocation, "--format"));
    invocation_finish(&invocation);
}

static void repeated_options_keep_their_order_and_the_last_counts(void **state)
{
    (void)state;
    char storage[128], *words[WORDS];
    Invocation invocation;
    assert_true(parse(&invocation, "--only a --only=b -q", storage, words));
    assert_string_equal(invocation_value(&invocation, "--only"), "b");
    assert_int_equal(invocation.given.count, 3);
    assert_string_equal(invocation.given.items[0].value, "a");
    assert_string_equal(invocation.given.items[1].value, "b");
    invocation_finish(&invocation);
}

static void two_dashes_end_the_options(void **state)
{
    (void)state;
    char storage[128], *words[WORDS];
    Invocation invocation;
    assert_true(parse(&invocation, "- -- --format -q", storage, words));
    assert_int_equal(invocation.count, 3);
    assert_string_equal(invocation.arguments[0], "-");
    assert_string_equal(invocation.arguments[2], "-q");
    assert_int_equal(invocation.given.count, 0);
    invocation_finish(&invocation);
}

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    const char *const lines[] = {"--format",  "-f",   "--format=xml", "--quiet=yes", "--jobs=two",
                                 "--jobs=-1", "-qx",  "--nothing",    "--form json", "a b c d",
                                 "--jobs=",   "--=3", "--format=",    "--only="};
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
        char storage[128], *words[WORDS];
        Invocation invocation;
        assert_false(parse(&invocation, lines[i], storage, words));
        invocation_finish(&invocation);
    }
}

static void help_is_an_option_of_every_command(void **state)
{
    (void)state;
    const char *const lines[] = {"--help", "-h", "-qh", "a b c d --help"};
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
        char storage[128], *words[WORDS];
        Invocation invocation;
        assert_true(parse(&invocation, lines[i], storage, words));
        assert_true(invocation.help);
        invocation_finish(&invocation);
    }
}

/* Nearest */

static void slips_are_counted(void **state)
{
    (void)state;
    assert_int_equal(nearest_slips(STR("check"), STR("check")), 0);
    assert_int_equal(nearest_slips(STR("check"), STR("chekc")), 1);
    assert_int_equal(nearest_slips(STR("check"), STR("hceck")), 1);
    assert_int_equal(nearest_slips(STR("check"), STR("chec")), 1);
    assert_int_equal(nearest_slips(STR("check"), STR("checks")), 1);
    assert_int_equal(nearest_slips(STR("check"), STR("cheek")), 1);
    assert_int_equal(nearest_slips(STR("heading_jump"), STR("Heading-Jump")), 0);
    assert_int_equal(nearest_slips(STR(""), STR("abc")), 3);
    assert_int_equal(nearest_slips(STR("abc"), STR("")), 3);
    assert_int_equal(nearest_slips(STR("kitten"), STR("sitting")), 3);
}

static Str meant(const char *wanted)
{
    Nearest nearest = nearest_to(str_of(wanted));
    nearest_try(&nearest, STR("check"));
    nearest_try(&nearest, STR("outline"));
    nearest_try(&nearest, STR("--no-config"));
    return nearest.word;
}

static void only_the_near_is_suggested(void **state)
{
    (void)state;
    assert_str_equal(meant("chekc"), STR("check"));
    assert_str_equal(meant("outlines"), STR("outline"));
    assert_str_equal(meant("--noconfig"), STR("--no-config"));
    assert_int_equal(meant("lsp").length, 0);
    assert_int_equal(meant("-q").length, 0);
    assert_int_equal(meant("c").length, 0);
    assert_int_equal(meant("").length, 0);
    assert_int_equal(meant("splice").length, 0);
    char longest[NEAREST_LENGTH + 2] = {0};
    memset(longest, 'c', NEAREST_LENGTH + 1);
    assert_int_equal(meant(longest).length, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_glued_or_follow),
        cmocka_unit_test(what_is_not_given_has_its_initial_value),
        cmocka_unit_test(repeated_options_keep_their_order_and_the_last_counts),
        cmocka_unit_test(two_dashes_end_the_options),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(help_is_an_option_of_every_command),
        cmocka_unit_test(slips_are_counted),
        cmocka_unit_test(only_the_near_is_suggested),
    };
    return cmocka_run_group_tests_name("invocation", tests, NULL, NULL);
}
