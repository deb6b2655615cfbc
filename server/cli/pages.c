#include "server/cli/pages.h"

#include "protocol/limits.h"
#include "protocol/uri.h"
#include "server/os/files.h"
#include "server/os/program.h"
#include "server/rules/rules.h"

/* From the folder of the program: installed; in the source tree, as it is and by its link. */
static const char *const folders[] = {"../share/galley/rules", "../../tests/rules",
                                      "../tests/rules"};

void pages_init(Pages *pages)
{
    Buf program = {0};
    *pages = (Pages){0};
    bool known = program_folder(&program);
    for (size_t i = 0; known && i < sizeof(folders) / sizeof(*folders); i++) {
        Str folder = arena_printf(&pages->arena, "%.*s/%s", STR_ARG(buf_str(&program)), folders[i]);
        Str resolved = files_resolve(folder.data, &pages->arena);
        if (resolved.length > 0) {
            pages->folder = resolved;
            break;
        }
    }
    buf_finish(&program);
}

void pages_finish(Pages *pages)
{
    arena_finish(&pages->arena);
}

Str pages_path(Pages *pages, Str code)
{
    if (pages->folder.length == 0) {
        return (Str){0};
    }
    return arena_printf(&pages->arena, "%.*s/%.*s.md", STR_ARG(pages->folder), STR_ARG(code));
}

Str pages_read(Str code, Arena *arena)
{
    Pages pages;
    Buf text = {0};
    pages_init(&pages);
    Str path = pages_path(&pages, code), page = {0};
    if (path.length > 0 && files_read(path.data, LIMIT_DOCUMENT_BYTES, &text) == NULL) {
        page = arena_copy(arena, buf_str(&text));
    }
    buf_finish(&text);
    pages_finish(&pages);
    return page;
}

/* The URI of a page; empty where there is no such file. */
static Str look_for(Pages *pages, Str code)
{
    Str path = pages_path(pages, code);
    if (path.length == 0 || files_resolve(path.data, &pages->arena).length == 0) {
        return (Str){0};
    }
    Buf uri = {0};
    uri_of_path(path, &uri);
    Str copy = arena_copy(&pages->arena, buf_str(&uri));
    buf_finish(&uri);
    return copy;
}

static uint32_t count_rules(void)
{
    uint32_t count = 0;
    while (rules_all[count] != NULL) {
        count++;
    }
    return count;
}

static void look_for_all(Pages *pages)
{
    pages->uris = ARENA_NEW(&pages->arena, Str, count_rules());
    for (uint32_t i = 0; rules_all[i] != NULL; i++) {
        pages->uris[i] = look_for(pages, str_of(rules_all[i]->code));
    }
}

Str pages_uri(Pages *pages, Str code)
{
    if (pages->uris == NULL) {
        look_for_all(pages);
    }
    for (uint32_t i = 0; rules_all[i] != NULL; i++) {
        if (str_equal(str_of(rules_all[i]->code), code)) {
            return pages->uris[i];
        }
    }
    return (Str){0};
}
