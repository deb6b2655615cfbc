#include "server/config/config.h"

#include "protocol/base/memory.h"
#include "server/config/build.h"

/* Lifetime */

void configs_init(Configs *configs, ConfigWorld world)
{
    *configs = (Configs){.world = world};
}

static void free_file(ConfigFile *file)
{
    if (file != NULL) {
        layer_finish(&file->layer);
        buf_finish(&file->text);
        free(file);
    }
}

static void finish_files(Configs *configs)
{
    for (uint32_t i = 0; i < configs->order.count; i++) {
        free_file(configs->order.items[i]);
    }
    free_file(configs->editor);
    configs->editor = NULL;
    array_finish(&configs->order);
    map_finish(&configs->folders);
    map_finish(&configs->files);
    map_finish(&configs->configs);
    arena_finish(&configs->arena);
}

void configs_finish(Configs *configs)
{
    finish_files(configs);
    buf_finish(&configs->editor_text);
    *configs = (Configs){0};
}

void configs_forget(Configs *configs)
{
    finish_files(configs);
    configs->only = NULL;
    Str text = buf_str(&configs->editor_text);
    if (text.length > 0) {
        configs->editor = memory_new_zeroed(1, sizeof(ConfigFile));
        layer_read(&configs->editor->layer, LAYER_EDITOR, text, &configs->arena);
    }
}

void configs_set_editor(Configs *configs, Str json)
{
    buf_reset(&configs->editor_text);
    buf_append(&configs->editor_text, json);
    configs_forget(configs);
}

/* Files */

static Str folder_of(Str path)
{
    size_t length = path.length;
    while (length > 0 && path.data[length - 1] != '/') {
        length--;
    }
    return str_before(path, length > 1 ? length - 1 : length);
}

static Str join(Arena *arena, Str folder, Str name)
{
    const char *slash = str_ends(folder, STR("/")) ? "" : "/";
    return arena_printf(arena, "%.*s%s%.*s", STR_ARG(folder), slash, STR_ARG(name));
}

Str configs_path(Arena *arena, Str folder, Str name)
{
    Buf out = {0};
    Str rest = str_starts(name, STR("/")) ? name : join(arena, folder, name);
    while (rest.length > 0) {
        size_t end = str_find_char(rest, '/');
        Str part = str_before(rest, end);
        rest = end == STR_NONE ? (Str){0} : str_after(rest, end + 1);
        if (str_equal(part, STR(".."))) {
            out.length = folder_of(buf_str(&out)).length;
            out.length = out.length == 1 ? 0 : out.length;
        } else if (part.length > 0 && !str_equal(part, STR("."))) {
            buf_append_char(&out, '/');
            buf_append(&out, part);
        }
    }
    Str path = arena_copy(arena, buf_str(&out));
    buf_finish(&out);
    return path;
}

static ConfigFile *read_file(Configs *configs, Str path, const char **error);

/* Why a file cannot be what another one is built on; NULL where it can. */
static const char *cannot_extend(const ConfigFile *file, const ConfigFile *base, const char *error)
{
    if (base == NULL) {
        return error[0] == '\0' ? "there is no such file" : error;
    }
    if (base == file) {
        return "a configuration cannot extend itself";
    }
    if (base->open) {
        return "these configurations extend each other in a circle";
    }
    return base->depth + 1 > CONFIG_EXTENDS_LIMIT ? "a chain of too many configurations" : NULL;
}

static void extend(Configs *configs, ConfigFile *file)
{
    Layer *layer = &file->layer;
    if (layer->extends.length == 0) {
        return;
    }
    const char *error = "";
    Str path = configs_path(&configs->arena, file->folder, layer->extends);
    file->open = true;
    ConfigFile *base = read_file(configs, path, &error);
    file->open = false;
    const char *why = cannot_extend(file, base, error);
    if (why != NULL) {
        layer_add_problem(layer, SEVERITY_ERROR, layer->extends_start, layer->extends_end,
                          str_of(why));
        return;
    }
    file->base = base;
    file->depth = base->depth + 1;
}

/* The file, read once; NULL where it cannot be. */
static ConfigFile *read_file(Configs *configs, Str path, const char **error)
{
    MapValue *known = map_get(&configs->files, path);
    if (known != NULL) {
        return known->pointer;
    }
    Buf text = {0};
    *error = configs->world.read(configs->world.self, path, &text);
    if (*error != NULL && **error == '\0') {
        buf_finish(&text);
        return NULL;
    }
    ConfigFile *file = memory_new_zeroed(1, sizeof(*file));
    file->path = arena_copy(&configs->arena, path);
    file->folder = folder_of(file->path);
    file->text = text;
    map_put(&configs->files, path)->pointer = file;
    *array_add(&configs->order) = file;
    layer_read(&file->layer, LAYER_FILE, buf_str(&file->text), &configs->arena);
    if (*error != NULL) {
        layer_add_problem(&file->layer, SEVERITY_ERROR, 0, 0, str_of(*error));
        file->layer.unread = true;
    }
    extend(configs, file);
    return file;
}

const char *configs_use(Configs *configs, Str path)
{
    const char *error = NULL;
    configs->only = read_file(configs, path, &error);
    return configs->only != NULL ? NULL : "there is no such file";
}

void configs_ignore(Configs *configs)
{
    configs->none = true;
}

/* Looking upward */

static ConfigFile *file_in(Configs *configs, Str folder)
{
    static const Str names[] = {STR_INIT(".galley.yml"), STR_INIT(".galley.yaml")};
    ConfigFile *file = NULL;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names) && file == NULL; i++) {
        const char *error;
        file = read_file(configs, join(&configs->arena, folder, names[i]), &error);
    }
    return file;
}

static ConfigFile *nearest_file(Configs *configs, Str folder)
{
    MapValue *known = map_get(&configs->folders, folder);
    if (known != NULL) {
        return known->pointer;
    }
    ConfigFile *file = file_in(configs, folder);
    Str above = folder_of(folder);
    bool root = above.length == folder.length ||
                configs->world.exists(configs->world.self,
                                      join(&configs->arena, folder, STR(".git")));
    if (file == NULL && !root) {
        file = nearest_file(configs, above);
    }
    map_put(&configs->folders, folder)->pointer = file;
    return file;
}

const Config *configs_for(Configs *configs, Str path)
{
    const ConfigFile *file = configs->none           ? NULL
                             : configs->only != NULL ? configs->only
                                                     : nearest_file(configs, folder_of(path));
    Buf key = {0};
    BuildOrder order = {0};
    build_collect(&order, file, configs->editor, path);
    build_append_key(&order, &key);
    MapValue *known = map_get(&configs->configs, buf_str(&key));
    const Config *config = known != NULL ? known->pointer : NULL;
    if (config == NULL) {
        Config *made = build_config(&order, file, &configs->arena);
        map_put(&configs->configs, buf_str(&key))->pointer = made;
        config = made;
    }
    build_finish(&order);
    buf_finish(&key);
    return config;
}
