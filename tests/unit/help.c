/* help, page, wrap: what a person reads in a terminal. */
#include "server/cli/help.h"

#include "server/cli/columns.h"
#include "server/cli/page.h"
#include "server/cli/wrap.h"
#include "tests/unit/unit.h"

static bool has(const Buf *text, Str part)
{
    return str_find(buf_str(text), part) != STR_NONE;
}

static void assert_narrow(const Buf *text)
{
    Str rest = buf_str(text), line;
    while (str_take_line(&rest, &line)) {
        assert_true(columns_of(line) <= 80);
        assert_false(str_ends(line, STR(" ")));
    }
}

static void every_help_fits_a_terminal_and_names_every_option(void **state)
{
    (void)state;
    for (const Command *const *command = commands_all; *command != NULL; command++) {
        Buf help = {0};
        help_append(&help, *command);
        assert_narrow(&help);
        const Option *option = (*command)->options;
        for (; option != NULL && option->name != NULL; option++) {
            assert_true(has(&help, str_of(option->name)));
            assert_true(option->summary != NULL && strlen(option->summary) > 0);
            assert_true(option->choices == NULL || option->value != NULL);
        }
        assert_true(has(&help, STR("  -h, --help ")) && has(&help, STR("\nExit codes:\n")));
        buf_finish(&help);
    }
}

/* Whether another option of the table has the name or the letter of this one. */
static bool is_doubled(const Option *options, const Option *option)
{
    for (const Option *other = options; other->name != NULL; other++) {
        bool same_letter = option->letter != 0 && option->letter == other->letter;
        if (other != option && (same_letter || strcmp(other->name, option->name) == 0)) {
            return true;
        }
    }
    return option_find(options_common, str_of(option->name)) != NULL ||
           (option->letter != 0 && option_find_letter(options_common, option->letter) != NULL);
}

static void options_have_names_of_their_own_and_possible_values(void **state)
{
    (void)state;
    for (const Command *const *command = commands_all; *command != NULL; command++) {
        const Option *option = (*command)->options;
        for (; option != NULL && option->name != NULL; option++) {
            assert_true(str_starts(str_of(option->name), STR("--")));
            assert_false(is_doubled((*command)->options, option));
            assert_true(option->choices == NULL || option->initial == NULL ||
                        option_has_word(option->choices, str_of(option->initial)));
        }
    }
}

static void the_help_of_galley_lists_its_commands(void **state)
{
    (void)state;
    Buf help = {0}, line = {0};
    help_append(&help, NULL);
    assert_narrow(&help);
    for (const Command *const *command = commands_all; *command != NULL; command++) {
        buf_reset(&line);
        buf_printf(&line, "\n  %s ", (*command)->name);
        assert_true(has(&help, buf_str(&line)));
    }
    buf_finish(&line);
    buf_finish(&help);
}

static void words_are_wrapped_and_a_long_one_stands_alone(void **state)
{
    (void)state;
    Buf out = {0};
    wrap_append(&out, STR("one two  three four-and-a-half пять six"), 3, 2, 9);
    assert_str_equal(buf_str(&out), STR("one\n  two\n  three\n  four-and-a-half\n  пять\n  six\n"));
    buf_finish(&out);
}

static const Str markdown = STR_INIT(
    "# a-rule\n\nSome words\nabout it \x1b[2J.\n\n## Case\n\n```md\nA «a-rule:b\n«b!hint:c» d» e "
    "«f»\n\n```\n\n| a |\n| - |\n");

static void a_page_is_laid_out(void **state)
{
    (void)state;
    Buf out = {0};
    page_append(&out, markdown, 200, false);
    assert_str_equal(buf_str(&out),
                     STR("a-rule\n\nSome words about it \\u{1B}[2J.\n\nCase\n\n    A «a-rule:b\n   "
                         " «b!hint:c» d» e «f»\n\n\n| a |\n| - |\n"));
    buf_finish(&out);
}

static void with_colour_marks_become_underlines(void **state)
{
    (void)state;
    Buf out = {0};
    page_append(&out, markdown, 200, true);
    assert_true(has(&out, STR("\033[1ma-rule\033[0m\n")));
    assert_true(has(&out, STR("    A \033[4;31mb\033[0m\n")));
    assert_true(has(&out, STR("    \033[4;31mc\033[0m\033[4;31m d\033[0m e «f»\n")));
    buf_finish(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_help_fits_a_terminal_and_names_every_option),
        cmocka_unit_test(options_have_names_of_their_own_and_possible_values),
        cmocka_unit_test(the_help_of_galley_lists_its_commands),
        cmocka_unit_test(words_are_wrapped_and_a_long_one_stands_alone),
        cmocka_unit_test(a_page_is_laid_out),
        cmocka_unit_test(with_colour_marks_become_underlines),
    };
    return cmocka_run_group_tests_name("help", tests, NULL, NULL);
}
