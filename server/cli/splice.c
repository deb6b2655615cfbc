/* splice: the text of one section, from standard input, into the file it was missing in. */
#include "protocol/limits.h"
#include "server/cli/command.h"
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

/* Finds the section of an article and appends the article with `body` in it. Complains of what is
 * wrong, and returns how the command ends. */
static int splice(const Invocation *invocation, Str text, Str body, Buf *out, Arena *arena)
{
    Str id = str_of(invocation_value(invocation, "--section"));
    Article *article = article_new(text);
    article_analyse(article);
    Sections sections = sections_of(article, arena);
    uint32_t index;
    SectionSearch search = sections_find(&sections, id, &index);
    int code = EXIT_CLEAN;
    if (search != SECTION_FOUND) {
        code = command_complain(id, search == SECTION_UNKNOWN
                                        ? "no section has this id; see galley outline --unfinished"
                                        : "several sections have this id; add -1, -2 and so on");
    } else {
        const Section *section = &sections.items[index];
        const char *error = refuse(section, invocation_value(invocation, "--revision"));
        code = error == NULL ? EXIT_CLEAN : EXIT_FINDINGS;
        if (error == NULL) {
            error = splice_section(article, section, text, body, out, arena);
            code = error == NULL ? EXIT_CLEAN : EXIT_TROUBLE;
        }
        if (error != NULL) {
            command_complain(id, error);
        }
    }
    article_free(article);
    return code;
}

static int splice_file(const Invocation *invocation, Str body)
{
    const char *path = invocation->arguments[0];
    Replacement *file = NULL;
    Buf text = {0}, out = {0};
    Arena arena = {0};
    const char *error = replace_open(path, LIMIT_DOCUMENT_BYTES, &file, &text);
    int code = error != NULL ? command_complain(str_of(path), error)
                             : splice(invocation, buf_str(&text), body, &out, &arena);
    if (code == EXIT_CLEAN) {
        error = replace_write(file, buf_str(&out));
        if (error != NULL) {
            code = command_complain(str_of(path), error);
            code = error == replace_changed ? EXIT_FINDINGS : code;
        }
    }
    replace_free(file);
    buf_finish(&text);
    buf_finish(&out);
    arena_finish(&arena);
    return code;
}

static int run(const Invocation *invocation)
{
    Buf body = {0};
    if (invocation_value(invocation, "--section") == NULL) {
        return command_suggest(STR("splice"), "--section is missing", (Str){0}, &command_splice);
    }
    /* Whatever makes the text may take its time: only then is the file taken. */
    const char *error = files_read("-", LIMIT_DOCUMENT_BYTES, &body);
    int code = error != NULL ? command_complain(STR("stdin"), error)
                             : splice_file(invocation, buf_str(&body));
    buf_finish(&body);
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
