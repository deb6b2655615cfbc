/* outline: the sections of one file as a tree, with their states and words. */
#include "protocol/limits.h"
#include "server/article.h"
#include "server/cli/command.h"
#include "server/cli/plain.h"
#include "server/features/features.h"
#include "server/os/files.h"

enum { INDENT = 2 };

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

static void print_tree(Buf *out, Symbols symbols, Arena *arena)
{
    uint32_t *depths = ARENA_NEW(arena, uint32_t, symbols.count + 1);
    for (uint32_t i = 0; i < symbols.count; i++) {
        const Symbol *symbol = &symbols.items[i];
        depths[i] = symbol->parent == SYMBOL_ROOT ? 0 : depths[symbol->parent] + 1;
        print_symbol(out, symbol, depths[i]);
    }
}

static int print_outline(Str text)
{
    Arena arena = {0};
    Buf out = {0};
    Article *article = article_new(text);
    article_analyse(article);
    print_tree(&out, symbols_of(article, &arena), &arena);
    bool printed = files_print(buf_str(&out));
    article_free(article);
    buf_finish(&out);
    arena_finish(&arena);
    return printed ? EXIT_CLEAN : EXIT_TROUBLE;
}

static int run(const Invocation *invocation)
{
    char *path = invocation->arguments[0];
    Buf text = {0};
    const char *error = files_read(path, LIMIT_DOCUMENT_BYTES, &text);
    int code = error != NULL ? command_complain(str_of(path), error)
                             : print_outline(buf_str(&text));
    buf_finish(&text);
    return code;
}

const Command command_outline = {
    .name = "outline",
    .arguments = "FILE|-",
    .minimum = 1,
    .maximum = 1,
    .summary = "the sections of a file, which are unfinished, and their words",
    .kind = VALUE_FILE,
    .exits = {[EXIT_CLEAN] = "it is printed",
              [EXIT_TROUBLE] = "wrong usage, or the file cannot be read"},
    .run = run,
};
