/* splice: the text of one section, from standard input, into the file it was missing in. */
#include "protocol/limits.h"
#include "server/cli/command.h"
#include "server/cli/configuration.h"
#include "server/features/sections.h"
#include "server/os/files.h"
#include "server/os/replace.h"

/* Why a section that was found is left alone; NULL: it is not. With a revision the caller says what
 * is to be replaced; without one, that is what nobody has written. */
static const char *refuse(const Section *section, const char *revision)
{
    if (revision != NULL) {
        bool same = str_equal(section->revision, str_of(revision));
        return same ? NULL : "the section has changed meanwhile; nothing is written";
    }
    return section->state != SECTION_WRITTEN ? NULL
                                             : "the section is not unfinished; nothing is written";
}

/* Appends an article with `body` in the section that is wanted. Complains of what is wrong, and
 * returns how the command ends. */
static int splice_article(const Invocation *invocation, const Article *article, Str text, Str body,
                          Buf *out, Arena *arena)
{
    Str id = str_of(invocation_value(invocation, "--section"));
    Sections sections = sections_of(article, arena);
    uint32_t index;
    SectionSearch search = sections_find(&sections, id, &index);
    if (search != SECTION_FOUND) {
        return command_complain(id, search == SECTION_UNKNOWN
                                        ? "no section has this id; see galley outline --unfinished"
                                        : "several sections have this id; add -1, -2 and so on");
    }
    const Section *section = &sections.items[index];
    const char *error = refuse(section, invocation_value(invocation, "--revision"));
    if (error != NULL) {
        command_complain(id, error);
        return EXIT_FINDINGS;
    }
    error = splice_section(article, section, text, body, out, arena);
    return error == NULL ? EXIT_CLEAN : command_complain(id, error);
}

static int splice_text(const Invocation *invocation, const Config *config, Str text, Str body,
                       Buf *out)
{
    Arena arena = {0};
    Article *article = article_new(text);
    article_configure(article, config);
    article_analyse(article);
    int code = splice_article(invocation, article, text, body, out, &arena);
    article_free(article);
    arena_finish(&arena);
    return code;
}

static int splice_file(const Invocation *invocation, const Config *config, Str body)
{
    Str path = str_of(invocation->arguments[0]);
    Replacement *file = NULL;
    Buf text = {0}, out = {0};
    const char *error = replace_open(path.data, LIMIT_DOCUMENT_BYTES, &file, &text);
    int code = error != NULL ? command_complain(path, error)
                             : splice_text(invocation, config, buf_str(&text), body, &out);
    if (code == EXIT_CLEAN) {
        error = replace_write(file, buf_str(&out));
        if (error != NULL) {
            command_complain(path, error);
            code = error == replace_changed ? EXIT_FINDINGS : EXIT_TROUBLE;
        }
    }
    replace_free(file);
    buf_finish(&text);
    buf_finish(&out);
    return code;
}

/* Whatever makes the text may take its time: only then is the file taken. */
static int splice_input(const Invocation *invocation, Configuration *configuration)
{
    Buf body = {0};
    const Config *config = configuration_for(configuration, str_of(invocation->arguments[0]));
    int code = EXIT_TROUBLE;
    if (!configuration->broken) {
        const char *error = files_read("-", LIMIT_DOCUMENT_BYTES, &body);
        code = error != NULL ? command_complain(STR("stdin"), error)
                             : splice_file(invocation, config, buf_str(&body));
    }
    buf_finish(&body);
    return code;
}

static int run(const Invocation *invocation)
{
    if (invocation_value(invocation, "--section") == NULL) {
        return command_suggest(STR("splice"), "--section is missing", (Str){0}, &command_splice);
    }
    Configuration configuration;
    int code = EXIT_TROUBLE;
    if (configuration_open(&configuration, invocation)) {
        code = splice_input(invocation, &configuration);
    }
    configuration_close(&configuration);
    return code;
}

static const Option options[] = {
    {.name = "--section",
     .letter = 's',
     .value = "ID",
     .summary = "the section, by its id in galley outline"},
    {.name = "--revision",
     .value = "REVISION",
     .summary = "replace it only as it was then, whether it is finished or not"},
    CONFIGURATION_OPTIONS,
    {0                  },
};

const Command command_splice = {
    .name = "splice",
    .options = options,
    .arguments = "FILE",
    .kind = VALUE_FILE,
    .minimum = 1,
    .maximum = 1,
    .summary = "put the text on standard input into a section of a file",
    .details =
        "The text takes the place of what stands between the section's heading and the first "
        "heading below it; nothing else of the file changes. The file is replaced as a whole "
        "or not at all. Without --revision the section has to be unfinished.",
    .exits = {[EXIT_CLEAN] = "the section has its text",
              [EXIT_FINDINGS] = "the section or the file has changed meanwhile: nothing is written",
              [EXIT_TROUBLE] = "there is no such section, the text cannot be put in, or the file "
                               "cannot be read or written"},
    .run = run,
};
