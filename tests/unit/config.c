/* config: what is read of a configuration, what is said of its mistakes, and what applies to a path. */
#include "server/config/config.h"
#include "protocol/base/memory.h"
#include "server/article.h"
#include "server/config/glob.h"
#include "server/lexicon/lexicon.h"
#include "tests/unit/unit.h"

/* A disk of a few files: path, text, path, text … */
typedef struct {
    const char *const *files;
    unsigned reads;
} Disk;

static const char *read_text(void *self, Str path, Buf *text)
{
    Disk *disk = self;
    disk->reads++;
    for (const char *const *file = disk->files; *file != NULL; file += 2) {
        if (str_equal(str_of(*file), path)) {
            if (strcmp(file[1], "unreadable") == 0) {
                return "permission denied";
            }
            buf_append(text, str_of(file[1]));
            return NULL;
        }
    }
    return "";
}

static bool exists(void *self, Str path)
{
    Buf text = {0};
    const char *error = read_text(self, path, &text);
    buf_finish(&text);
    return error == NULL || *error != '\0';
}

#define FILES(...) ((const char *const[]){__VA_ARGS__, NULL})
#define DISK(...)  (&(Disk){FILES(__VA_ARGS__), 0})

static Configs open_disk(Disk *disk)
{
    Configs configs;
    configs_init(&configs, (ConfigWorld){disk, read_text, exists});
    return configs;
}

/* Problems, as "START-END SEVERITY MESSAGE" lines, with lines and columns from 1. */

static void append_place(Buf *out, Str text, size_t offset)
{
    unsigned line = 1, column = 1;
    for (size_t i = 0; i < offset; i++) {
        line += text.data[i] == '\n';
        column = text.data[i] == '\n' ? 1 : column + 1;
    }
    buf_printf(out, "%u:%u", line, column);
}

static void append_problems(Buf *out, const Layer *layer)
{
    static const char *const names[] = {"", "error", "warning"};
    for (uint32_t i = 0; i < layer->problems.count; i++) {
        const LayerProblem *problem = &layer->problems.items[i];
        append_place(out, layer->text, problem->start);
        buf_append_char(out, '-');
        append_place(out, layer->text, problem->end);
        buf_printf(out, " %s: %.*s\n", names[problem->severity], STR_ARG(problem->message));
    }
}

static void assert_problems(const char *text, const char *expected)
{
    Arena arena = {0};
    Layer layer;
    Buf out = {0};
    layer_read(&layer, LAYER_FILE, str_of(text), &arena);
    append_problems(&out, &layer);
    assert_str_equal(buf_str(&out), str_of(expected));
    buf_finish(&out);
    layer_finish(&layer);
    arena_finish(&arena);
}

static void good_settings_have_no_problems(void **state)
{
    (void)state;
    assert_problems("", "");
    assert_problems("# nothing\n", "");
    assert_problems("rules:\nphrases:\npatterns:\nlanguages:\nfront-matter:\nexclude:\n", "");
    for (SettingId i = 0; i < SETTING_COUNT; i++) {
        assert_problems(settings_all[i].example, "");
    }
}

static void a_mistake_is_told_at_its_place(void **state)
{
    (void)state;
    assert_problems("rulez: {}\n",
                    "1:1-1:6 warning: unknown setting 'rulez'; did you mean 'rules'?\n");
    assert_problems("zebra: 1\n", "1:1-1:6 warning: unknown setting 'zebra'\n");
    assert_problems("front-matter:\n  kyes: [a]\n",
                    "2:3-2:7 warning: unknown setting 'kyes'; did you mean 'keys'?\n");
    assert_problems("rules:\n  heading-jmp: off\n", "2:3-2:14 warning: unknown rule 'heading-jmp'; "
                                                    "did you mean 'heading-jump'?\n");
    assert_problems("rules:\n  heading-jump: loud\n",
                    "2:17-2:21 error: expected off, error, warning, information or hint\n");
    assert_problems("rules: [a]\n",
                    "1:8-1:11 error: expected codes of rules, each with a severity\n");
    assert_problems("rules:\n  multiple-titles: {title-in-bodi: allow}\n",
                    "2:21-2:34 warning: unknown option 'title-in-bodi'; did you mean "
                    "'title-in-body'?\n");
    assert_problems("rules:\n  multiple-titles: {title-in-body: 'no'}\n",
                    "2:36-2:40 error: expected allow, forbid or require\n");
    assert_problems("exclude: {a: b}\n", "1:10-1:16 error: expected a list of words\n");
    assert_problems("exclude: [[a]]\n", "1:11-1:14 error: expected a word\n");
    assert_problems("exclude: [*a]\n", "1:11-1:13 error: expected a word; aliases are not read\n");
    assert_problems("extends: [a]\n", "1:10-1:13 error: expected a word\n");
    assert_problems("rules: {}\nrules: {}\n", "2:1-2:6 warning: stands here twice\n");
    assert_problems("[a]: b\n", "1:1-1:4 error: expected a word before the colon\n");
    assert_problems("- a\n", "1:1-1:4 error: expected settings\n");
}

static void a_language_is_one_of_the_lexicon(void **state)
{
    (void)state;
    Arena arena = {0};
    Layer layer;
    layer_read(&layer, LAYER_FILE, STR("languages: [ru, xx]\n"), &arena);
    assert_int_equal(layer.values.count, 1);
    assert_int_equal(layer.problems.count, 1);
    assert_int_equal(layer.problems.items[0].start, strlen("languages: [ru, "));
    assert_true(str_starts(layer.problems.items[0].message, STR("expected ar, cs, de, en, ")));
    layer_finish(&layer);
    arena_finish(&arena);
}

static void phrases_have_a_syntax(void **state)
{
    (void)state;
    assert_problems("phrases: ['…']\n", "1:11-1:16 error: a phrase without words\n");
    assert_problems("phrases: ['a … b']\n", "1:11-1:20 error: nothing may follow the …\n");
    assert_problems("phrases: ['a*b c']\n",
                    "1:11-1:18 error: a phrase is words, each perhaps with a * at its end\n");
}

static void a_bad_pattern_is_told_at_its_very_place(void **state)
{
    (void)state;
    assert_problems("patterns:\n  - {pattern: '(a', message: m}\n",
                    "2:18-2:19 error: no pattern: missing closing parenthesis\n");
    assert_problems("patterns:\n  - pattern: a**++\n    message: m\n",
                    "2:16-2:17 error: no pattern: quantifier does not follow a repeatable item\n");
    assert_problems("patterns:\n  - {pattern: \"\\x28a\", message: m}\n",
                    "2:15-2:22 error: no pattern: missing closing parenthesis\n");
    assert_problems("patterns:\n  - pattern: a\n",
                    "2:5-2:15 error: expected a `message` that says what is wrong\n");
    assert_problems("patterns:\n  - message: a\n",
                    "2:5-2:15 error: expected a `pattern`, a regular expression\n");
    assert_problems("patterns:\n  - {pattern: a, message: m, code: 'A B'}\n",
                    "2:36-2:41 error: expected a name of lower case letters, digits and dashes\n");
    assert_problems("patterns:\n  - {pattern: a, message: m, flags: i}\n",
                    "2:30-2:35 warning: unknown part of a pattern 'flags'\n");
    assert_problems("patterns: [a]\n",
                    "1:12-1:13 error: expected a mapping with `pattern` and `message`\n");
}

static void patterns_have_a_limit(void **state)
{
    (void)state;
    Arena arena = {0};
    Buf text = {0};
    Layer layer;
    buf_append(&text, STR("patterns:\n"));
    for (int i = 0; i < LAYER_PATTERN_LIMIT + 5; i++) {
        buf_append(&text, STR("  - {pattern: a, message: b}\n"));
    }
    layer_read(&layer, LAYER_FILE, buf_str(&text), &arena);
    assert_int_equal(layer.values.count, LAYER_PATTERN_LIMIT);
    assert_int_equal(layer.problems.count, 1);
    layer_finish(&layer);
    buf_finish(&text);
    arena_finish(&arena);
}

/* Whatever stands there: problems lie in the text, and nothing else happens. */
static void any_bytes_are_read(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (int round = 0; round < 400; round++) {
        Arena arena = {0};
        Buf text = {0};
        Layer layer;
        for (SettingId i = 0; i < SETTING_COUNT; i++) {
            buf_append(&text, str_of(settings_all[i].example));
        }
        for (int change = 0; change < 4; change++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            text.data[(random >> 33) % text.length] = "[]{}:-*&'\n \xFFx\"\\("[random >> 60];
        }
        layer_read(&layer, LAYER_FILE, buf_str(&text), &arena);
        for (uint32_t i = 0; i < layer.problems.count; i++) {
            const LayerProblem *problem = &layer.problems.items[i];
            assert_true(problem->start <= problem->end && problem->end <= text.length);
        }
        layer_finish(&layer);
        buf_finish(&text);
        arena_finish(&arena);
    }
}

static void overrides_are_checked_as_the_rest(void **state)
{
    (void)state;
    assert_problems("overrides:\n  - rules: {}\n",
                    "2:5-2:14 error: `files` is missing: whom is it for?\n");
    assert_problems("overrides:\n  - files: a\n    extends: b\n    rulse: {}\n",
                    "3:5-3:12 warning: unknown setting 'extends'\n"
                    "4:5-4:10 warning: unknown setting 'rulse'; did you mean 'rules'?\n");
    assert_problems("overrides: a\n", "1:12-1:13 error: expected a list\n");
}

static void what_is_no_yaml_is_one_problem(void **state)
{
    (void)state;
    assert_problems("rules: {a: b\nc: [\n",
                    "2:2-2:3 error: no YAML: did not find expected ',' or '}'\n");
    assert_problems("rules:\n\t- a\n",
                    "2:1-2:2 error: no YAML: found character that cannot start any token\n");
}

static void the_rest_of_a_file_holds(void **state)
{
    (void)state;
    Disk *disk = DISK("/.galley.yml",
                      "rules: {heading-jump: loud, empty-section: hint}\nnope: 1\n");
    Configs configs = open_disk(disk);
    const Config *config = configs_for(&configs, STR("/a.md"));
    assert_int_equal(config->rules.rules[1].severity, SEVERITY_HINT);
    assert_int_equal(config->rules.rules[3].severity, 0);
    assert_int_equal(config->file->layer.problems.count, 2);
    configs_finish(&configs);
}

/* Paths */

static Severity empty_section_in(Configs *configs, const char *path)
{
    return (Severity)configs_for(configs, str_of(path))->rules.rules[1].severity;
}

static void the_nearest_file_upward_counts(void **state)
{
    (void)state;
    Disk *disk = DISK("/r/.git", "", "/r/.galley.yml", "rules: {empty-section: error}",
                      "/r/a/.galley.yaml", "rules: {empty-section: hint}", "/.galley.yml",
                      "rules: {empty-section: off}", "/r/a/sub/.git", "");
    Configs configs = open_disk(disk);
    assert_int_equal(empty_section_in(&configs, "/r/x.md"), SEVERITY_ERROR);
    assert_int_equal(empty_section_in(&configs, "/r/b/c/x.md"), SEVERITY_ERROR);
    assert_int_equal(empty_section_in(&configs, "/r/a/b/x.md"), SEVERITY_HINT);
    assert_int_equal(empty_section_in(&configs, "/r/a/sub/x.md"), 0); /* a repository's root */
    assert_int_equal(empty_section_in(&configs, "/x.md"), RULE_OFF);
    assert_int_equal(empty_section_in(&configs, "/q/r/s/x.md"), RULE_OFF);
    unsigned reads = disk->reads;
    assert_ptr_equal(configs_for(&configs, STR("/r/b/c/x.md")),
                     configs_for(&configs, STR("/r/b/c/y.md")));
    assert_int_equal(disk->reads, reads);
    configs_finish(&configs);
}

static void overrides_apply_in_their_order(void **state)
{
    (void)state;
    Disk *disk = DISK("/r/.galley.yml", "overrides:\n"
                                        "  - {files: news/, rules: {empty-section: error}}\n"
                                        "  - {files: '*.ru.md', rules: {empty-section: hint}}\n"
                                        "exclude: [drafts, '/top.md']\n"
                                        "rules: {empty-section: information}\n");
    Configs configs = open_disk(disk);
    assert_int_equal(empty_section_in(&configs, "/r/a.md"), SEVERITY_INFORMATION);
    assert_int_equal(empty_section_in(&configs, "/r/news/a.md"), SEVERITY_ERROR);
    assert_int_equal(empty_section_in(&configs, "/r/news/a.ru.md"), SEVERITY_HINT);
    assert_int_equal(empty_section_in(&configs, "/r/drafts/a.md"), RULE_OFF);
    assert_true(configs_for(&configs, STR("/r/x/drafts/a.md"))->excluded);
    assert_true(configs_for(&configs, STR("/r/top.md"))->excluded);
    assert_false(configs_for(&configs, STR("/r/x/top.md"))->excluded);
    configs_finish(&configs);
}

static void an_extended_file_holds_below(void **state)
{
    (void)state;
    Disk *disk = DISK("/r/.galley.yml",
                      "extends: ../house/./style.yml\nphrases: [b]\n"
                      "languages: [ru]\nrules: {heading-jump: hint}\n",
                      "/house/style.yml",
                      "phrases: [a]\nlanguages: [de, fr]\n"
                      "rules: {empty-section: error, heading-jump: error}\n");
    Configs configs = open_disk(disk);
    const Config *config = configs_for(&configs, STR("/r/a.md"));
    assert_int_equal(config->rules.rules[1].severity, SEVERITY_ERROR);
    assert_int_equal(config->rules.rules[3].severity, SEVERITY_HINT);
    assert_int_equal(config->rules.phrase_count, 2);
    uint32_t languages = config->rules.languages; /* English, which always counts, and Russian */
    Str english = STR("failed to generate content"),
        german = STR("text konnte nicht erzeugt werden");
    assert_int_equal(lexicon_match_block(english, languages), LEXICON_BLOCK);
    assert_int_equal(lexicon_match_block(german, languages), LEXICON_NONE);
    assert_int_equal(lexicon_match_block(german, LEXICON_ALL), LEXICON_BLOCK);
    configs_finish(&configs);
}

static void globs_of_a_house_style_are_told_from_who_is_built_on_it(void **state)
{
    (void)state;
    Disk *disk = DISK("/r/.galley.yml", "extends: /house/style.yml\n", "/house/style.yml",
                      "exclude: [drafts/*.md, LOG.md]\n"
                      "overrides: [{files: news/*.md, rules: {empty-section: error}}]\n");
    Configs configs = open_disk(disk);
    assert_true(configs_for(&configs, STR("/r/drafts/a.md"))->excluded);
    assert_true(configs_for(&configs, STR("/r/in/LOG.md"))->excluded);
    assert_int_equal(empty_section_in(&configs, "/r/news/a.md"), SEVERITY_ERROR);
    assert_null(configs_use(&configs, STR("/house/style.yml")));
    assert_true(configs_for(&configs, STR("/q/LOG.md"))->excluded);
    assert_true(configs_for(&configs, STR("/house/drafts/a.md"))->excluded);
    configs_finish(&configs);
}

static void assert_extends_problem(Disk *disk, const char *expected)
{
    Configs configs = open_disk(disk);
    Buf out = {0};
    configs_for(&configs, STR("/a.md"));
    for (uint32_t i = 0; i < configs.order.count; i++) {
        append_problems(&out, &configs.order.items[i]->layer);
    }
    assert_str_equal(buf_str(&out), str_of(expected));
    buf_finish(&out);
    configs_finish(&configs);
}

static void what_cannot_be_extended_is_one_problem(void **state)
{
    (void)state;
    assert_extends_problem(DISK("/.galley.yml", "extends: .galley.yml\n"),
                           "1:10-1:21 error: a configuration cannot extend itself\n");
    assert_extends_problem(DISK("/.galley.yml", "extends: b\n", "/b", "extends: .galley.yml\n"),
                           "1:10-1:21 error: these configurations extend each other in a circle\n");
    assert_extends_problem(DISK("/.galley.yml", "extends: 'b c'\n"),
                           "1:10-1:15 error: there is no such file\n");
    assert_extends_problem(DISK("/.galley.yml", "extends: b\n", "/b", "unreadable"),
                           "1:1-1:1 error: permission denied\n");
    assert_extends_problem(DISK("/.galley.yml", "extends: 1", "/1", "extends: 2", "/2",
                                "extends: 3", "/3", "extends: 4", "/4", "extends: 5", "/5",
                                "extends: 6", "/6", "extends: 7", "/7", "extends: 8", "/8",
                                "extends: 9", "/9", "extends: 10", "/10", "extends: 11", "/11",
                                "rules: {}"),
                           "1:10-1:11 error: a chain of too many configurations\n");
}

static void an_editor_has_the_last_word(void **state)
{
    (void)state;
    Disk *disk = DISK("/.galley.yml", "rules: {empty-section: hint}\n");
    Configs configs = open_disk(disk);
    configs_set_editor(&configs, STR("{\"rules\":{\"empty-section\":\"error\"},\"phrases\":null}"));
    assert_int_equal(empty_section_in(&configs, "/a.md"), SEVERITY_ERROR);
    assert_int_equal(configs.editor->layer.problems.count, 0);
    configs_forget(&configs);
    assert_int_equal(empty_section_in(&configs, "/a.md"), SEVERITY_ERROR);
    configs_set_editor(&configs, (Str){0});
    assert_int_equal(empty_section_in(&configs, "/a.md"), SEVERITY_HINT);
    configs_finish(&configs);
}

static void one_file_may_be_taken_for_all_or_none(void **state)
{
    (void)state;
    Disk *disk = DISK("/.galley.yml", "rules: {empty-section: hint}\n", "/x/house.yml",
                      "rules: {empty-section: error}\n");
    Configs configs = open_disk(disk);
    assert_string_equal(configs_use(&configs, STR("/nothing.yml")), "there is no such file");
    assert_null(configs_use(&configs, STR("/x/house.yml")));
    assert_int_equal(empty_section_in(&configs, "/a.md"), SEVERITY_ERROR);
    configs_ignore(&configs);
    assert_int_equal(empty_section_in(&configs, "/a.md"), 0);
    configs_finish(&configs);
}

/* Globs */

static void globs_mean_files_and_folders(void **state)
{
    (void)state;
    static const struct {
        const char *glob, *path;
        bool matches;
    } cases[] = {
        {"a.md",        "a.md",        true },
        {"a.md",        "x/a.md",      true },
        {"/a.md",       "x/a.md",      false},
        {"x/a.md",      "x/a.md",      true },
        {"x/a.md",      "y/x/a.md",    false},
        {"**/a.md",     "y/x/a.md",    true },
        {"**/a.md",     "a.md",        true },
        {"**/a.md",     "ba.md",       false},
        {"*.md",        "y/x/a.md",    true },
        {"x/*.md",      "x/a.md",      true },
        {"x/*.md",      "x/y/a.md",    false},
        {"x/**",        "x/y/a.md",    true },
        {"x/**/a.md",   "x/a.md",      true },
        {"x/**/a.md",   "x/y/z/a.md",  true },
        {"x",           "x/y/a.md",    true },
        {"x/",          "y/x/a.md",    true },
        {"x",           "xy/a.md",     false},
        {"?.md",        "я.md",       true },
        {"?.md",        "ab.md",       false},
        {"a*b*c",       "aXbYbZc",     true },
        {"a*b*c",       "aXbYbZ",      false},
        {"./x/y",       "x/y",         true },
        {"",            "a",           false},
        {"**",          "a/b",         true },
        {"a/**/b/**/c", "a/b/x/b/y/c", true },
        {"a/b",         "a",           false},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        if (glob_matches(str_of(cases[i].glob), str_of(cases[i].path)) != cases[i].matches) {
            fail_msg("%s and %s", cases[i].glob, cases[i].path);
        }
    }
}

/* An article */

static uint32_t count_findings(Article *article)
{
    Arena arena = {0};
    article_analyse(article);
    Findings findings = report_findings(&article->report, article->document, &article->outline,
                                        &arena);
    uint32_t count = findings.count;
    arena_finish(&arena);
    return count;
}

static void an_article_follows_its_configuration(void **state)
{
    (void)state;
    Disk *disk = DISK("/.galley.yml", "overrides:\n"
                                      "  - {files: none.md, rules: {empty-section: off}}\n");
    Configs configs = open_disk(disk);
    Article *article = article_new(STR("# Bees\n\n## Hives\n\n## Honey\n"));
    assert_int_equal(count_findings(article), 2);
    article_configure(article, configs_for(&configs, STR("/none.md")));
    assert_int_equal(count_findings(article), 0);
    article_configure(article, configs_for(&configs, STR("/some.md")));
    article_edit(article, 0, 0, STR("# Wasps\n\nText.\n\n"));
    assert_int_equal(count_findings(article), 3);
    article_configure(article, NULL);
    assert_int_equal(count_findings(article), 3);
    article_free(article);
    configs_finish(&configs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_settings_have_no_problems),
        cmocka_unit_test(a_mistake_is_told_at_its_place),
        cmocka_unit_test(a_language_is_one_of_the_lexicon),
        cmocka_unit_test(phrases_have_a_syntax),
        cmocka_unit_test(a_bad_pattern_is_told_at_its_very_place),
        cmocka_unit_test(patterns_have_a_limit),
        cmocka_unit_test(any_bytes_are_read),
        cmocka_unit_test(overrides_are_checked_as_the_rest),
        cmocka_unit_test(what_is_no_yaml_is_one_problem),
        cmocka_unit_test(the_rest_of_a_file_holds),
        cmocka_unit_test(the_nearest_file_upward_counts),
        cmocka_unit_test(overrides_apply_in_their_order),
        cmocka_unit_test(an_extended_file_holds_below),
        cmocka_unit_test(globs_of_a_house_style_are_told_from_who_is_built_on_it),
        cmocka_unit_test(what_cannot_be_extended_is_one_problem),
        cmocka_unit_test(an_editor_has_the_last_word),
        cmocka_unit_test(one_file_may_be_taken_for_all_or_none),
        cmocka_unit_test(globs_mean_files_and_folders),
        cmocka_unit_test(an_article_follows_its_configuration),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
