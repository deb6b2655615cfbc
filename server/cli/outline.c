/* outline: the sections of one file as a tree, with their states and words; or those that are
 * unfinished, with what a pipeline needs to write them. */
#include "protocol/json_write.h"
#include "protocol/limits.h"
#include "server/cli/command.h"
#include "server/cli/configuration.h"
#include "server/cli/plain.h"
#include "server/features/sections.h"
#include "server/os/files.h"

enum { INDENT = 2 };

static const char *const states[] = {
    [SECTION_WRITTEN] = "written",
    [SECTION_EMPTY] = "empty",
    [SECTION_PLACEHOLDER] = "placeholder",
};

/* The tree */

static void print_symbol(Buf *out, const Symbol *symbol, uint32_t depth)
{
    buf_printf(out, "%*s", (int)(depth * INDENT), "");
    plain_append(out, symbol->name);
    if (symbol->detail.length > 0) {
        buf_append(out, STR("  "));
        plain_append(out, symbol->detail);
    }
    buf_append_char(out, '\n');
}

static void print_tree(const Article *article, Buf *out, Arena *arena)
{
    Symbols symbols = symbols_of(article, arena);
    uint32_t *depths = ARENA_NEW(arena, uint32_t, symbols.count + 1);
    for (uint32_t i = 0; i < symbols.count; i++) {
        const Symbol *symbol = &symbols.items[i];
        depths[i] = symbol->parent == SYMBOL_ROOT ? 0 : depths[symbol->parent] + 1;
        print_symbol(out, symbol, depths[i]);
    }
}

/* The unfinished ones, a line each, in columns that tabs separate. */

static void append_neighbour(Buf *out, const Sections *sections, uint32_t index)
{
    buf_append_char(out, '\t');
    plain_append(out, index < sections->count ? sections->items[index].name : STR("-"));
}

static void print_unfinished(const Sections *sections, Buf *out, Arena *arena)
{
    for (uint32_t i = 0; i < sections->count; i++) {
        const Section *section = &sections->items[i];
        if (section->state == SECTION_WRITTEN) {
            continue;
        }
        buf_printf(out, "%.*s\t%.*s\t%s\t%u\t%zu-%zu\t", STR_ARG(section->id),
                   STR_ARG(section->revision), states[section->state], section->level,
                   section->range.start, section->range.end);
        plain_append(out, sections_path(sections, i, arena));
        append_neighbour(out, sections, i - 1);
        append_neighbour(out, sections, i + 1);
        buf_append_char(out, '\n');
    }
}

/* JSON */

static void write_place(JsonWriter *writer, const char *key, Place place)
{
    jw_key(writer, key);
    jw_begin_object(writer);
    jw_uint_field(writer, "start", place.start);
    jw_uint_field(writer, "end", place.end);
    jw_end_object(writer);
}

static void write_lines(JsonWriter *writer, const Document *document, Place place)
{
    size_t start, end = place.end > place.start ? place.end - 1 : place.start;
    jw_key(writer, "lines");
    jw_begin_object(writer);
    jw_uint_field(writer, "first", document_line_at(document, place.start, &start) + 1);
    jw_uint_field(writer, "last", document_line_at(document, end, &start) + 1);
    jw_end_object(writer);
}

static void write_path(JsonWriter *writer, const Sections *sections, uint32_t index)
{
    const Section *section = &sections->items[index];
    if (section->parent != SYMBOL_ROOT) {
        write_path(writer, sections, section->parent);
    }
    jw_string(writer, section->name);
}

static void write_neighbour(JsonWriter *writer, const char *key, const Sections *sections,
                            uint32_t index)
{
    jw_key(writer, key);
    if (index < sections->count) {
        jw_string(writer, sections->items[index].name);
    } else {
        jw_null(writer);
    }
}

static void write_section(JsonWriter *writer, const Document *document, const Sections *sections,
                          uint32_t index)
{
    const Section *section = &sections->items[index];
    jw_begin_object(writer);
    jw_string_field(writer, "id", section->id);
    jw_string_field(writer, "revision", section->revision);
    jw_string_field(writer, "heading", section->name);
    jw_key(writer, "path");
    jw_begin_array(writer);
    write_path(writer, sections, index);
    jw_end_array(writer);
    jw_uint_field(writer, "level", section->level);
    jw_string_field(writer, "state", str_of(states[section->state]));
    jw_uint_field(writer, "words", section->words);
    jw_uint_field(writer, "copies", section->copies);
    write_place(writer, "range", section->range);
    write_place(writer, "body", section->body);
    write_lines(writer, document, section->range);
    write_neighbour(writer, "previous", sections, index - 1);
    write_neighbour(writer, "next", sections, index + 1);
    jw_end_object(writer);
}

static void print_json(const Article *article, const Sections *sections, bool unfinished, Buf *out)
{
    JsonWriter writer = {0};
    jw_begin_object(&writer);
    jw_key(&writer, "sections");
    jw_begin_array(&writer);
    for (uint32_t i = 0; i < sections->count; i++) {
        if (!unfinished || sections->items[i].state != SECTION_WRITTEN) {
            write_section(&writer, article->document, sections, i);
        }
    }
    jw_end_array(&writer);
    jw_end_object(&writer);
    buf_append(out, buf_str(&writer.out));
    buf_append_char(out, '\n');
    jw_finish(&writer);
}

/* The command */

static void print(const Invocation *invocation, const Article *article, Buf *out, Arena *arena)
{
    bool unfinished = invocation_has(invocation, "--unfinished");
    bool json = strcmp(invocation_value(invocation, "--format"), "json") == 0;
    if (!json && !unfinished) {
        print_tree(article, out, arena);
        return;
    }
    Sections sections = sections_of(article, arena);
    if (json) {
        print_json(article, &sections, unfinished, out);
    } else {
        print_unfinished(&sections, out, arena);
    }
}

static int print_outline(const Invocation *invocation, const Config *config, Str text)
{
    Arena arena = {0};
    Buf out = {0};
    Article *article = article_new(text);
    article_configure(article, config);
    article_analyse(article);
    print(invocation, article, &out, &arena);
    bool printed = files_print(buf_str(&out));
    article_free(article);
    buf_finish(&out);
    arena_finish(&arena);
    return printed ? EXIT_CLEAN : EXIT_TROUBLE;
}

static int print_file(const Invocation *invocation, Configuration *configuration)
{
    Str path = str_of(invocation->arguments[0]);
    Buf text = {0};
    const char *error = files_read(path.data, LIMIT_DOCUMENT_BYTES, &text);
    if (error != NULL) {
        buf_finish(&text);
        return command_complain(path, error);
    }
    Str name = str_equal(path, STR("-")) ? STR("stdin") : path;
    int code = print_outline(invocation, configuration_for(configuration, name), buf_str(&text));
    buf_finish(&text);
    return configuration->broken ? EXIT_TROUBLE : code;
}

static int run(const Invocation *invocation)
{
    Configuration configuration;
    int code = EXIT_TROUBLE;
    if (configuration_open(&configuration, invocation)) {
        code = print_file(invocation, &configuration);
    }
    configuration_close(&configuration);
    return code;
}

static const Option options[] = {
    {.name = "--unfinished",
     .letter = 'u',
     .summary = "only the sections that are empty or a placeholder, a line each"},
    {.name = "--format",
     .letter = 'f',
     .value = "FORMAT",
     .choices = "text json",
     .initial = "text",
     .summary = "how to print them"},
    CONFIGURATION_OPTIONS,
    {0                                                         },
};

const Command command_outline = {
    .name = "outline",
    .options = options,
    .arguments = "FILE|-",
    .minimum = 1,
    .maximum = 1,
    .summary = "the sections of a file, which are unfinished, and their words",
    .details =
        "A line of --unfinished has, separated by tabs: id, revision, state, level, the bytes from "
        "which to which the section goes, the headings from the top down to it, and the headings "
        "before and behind it, - for none. Copies of a heading are one section.",
    .kind = VALUE_FILE,
    .exits = {[EXIT_CLEAN] = "it is printed",
              [EXIT_TROUBLE] = "wrong usage, or the file cannot be read"},
    .run = run,
};
