#include "server/config/layer.h"

#include "protocol/base/yaml.h"
#include "server/config/reader.h"

/* Lifetime */

static void finish_values(LayerValues *values)
{
    for (uint32_t i = 0; i < values->count; i++) {
        pattern_free(values->items[i].pattern);
    }
    array_finish(values);
}

void layer_finish(Layer *layer)
{
    finish_values(&layer->values);
    for (uint32_t i = 0; i < layer->sections.count; i++) {
        array_finish(&layer->sections.items[i].files);
        finish_values(&layer->sections.items[i].values);
    }
    array_finish(&layer->sections);
    array_finish(&layer->problems);
    *layer = (Layer){0};
}

void layer_add_problem(Layer *layer, Severity severity, size_t start, size_t end, Str message)
{
    *array_add(&layer->problems) = (LayerProblem){severity, start, end, message};
}

/* Settings by key */

static bool begins_key(Str key, Str name)
{
    return str_starts(key, name) && key.length > name.length && key.data[name.length] == '.';
}

static bool is_allowed(const LayerReader *reader, const Setting *setting)
{
    return !setting->file_only || (reader->kind == LAYER_FILE && reader->section == NULL);
}

/* The setting of a key, or NULL; `group`: the key is the beginning of settings' keys. */
static const Setting *find_setting(const LayerReader *reader, Str name, bool *group)
{
    *group = false;
    for (SettingId i = 0; i < SETTING_COUNT; i++) {
        Str key = str_of(settings_all[i].key);
        if (str_equal(key, name) && is_allowed(reader, &settings_all[i])) {
            return &settings_all[i];
        }
        *group |= begins_key(key, name);
    }
    return NULL;
}

static void complain_of_key(LayerReader *reader, const YamlNode *key, Str prefix)
{
    Nearest nearest = nearest_to(key->value);
    for (SettingId i = 0; i < SETTING_COUNT; i++) {
        Str known = str_of(settings_all[i].key);
        known = begins_key(known, prefix) ? str_after(known, prefix.length + 1) : known;
        if (is_allowed(reader, &settings_all[i])) {
            nearest_try(&nearest, str_before(known, str_find_char(known, '.')));
        }
    }
    if (reader->section != NULL) {
        nearest_try(&nearest, STR("files"));
    }
    reader_complain_of(reader, key, "setting", nearest.word);
}

static void read_mapping(LayerReader *reader, const YamlNode *node, Str prefix);

static void read_member(LayerReader *reader, const YamlNode *node, Str prefix)
{
    bool group;
    Str name = prefix.length == 0 ? node->key->value
                                  : arena_printf(reader->arena, "%.*s.%.*s", STR_ARG(prefix),
                                                 STR_ARG(node->key->value));
    const Setting *setting = find_setting(reader, name, &group);
    if (setting != NULL && setting->type == SETTING_SECTIONS) {
        layer_read_sections(reader, node);
    } else if (setting != NULL) {
        reader_read_value(reader, (SettingId)(setting - settings_all), node);
    } else if (group) {
        read_mapping(reader, node, name);
    } else if (reader->section == NULL || !str_equal(name, STR("files"))) {
        complain_of_key(reader, node->key, prefix);
    }
}

static void read_mapping(LayerReader *reader, const YamlNode *node, Str prefix)
{
    if (reader_is_null(node) || !reader_expect(reader, node, YAML_MAPPING, "settings")) {
        return;
    }
    reader_check_keys(reader, node);
    for (const YamlNode *member = node->first; member != NULL; member = member->next) {
        if (member->key->kind == YAML_SCALAR) {
            read_member(reader, member, prefix);
        }
    }
}

/* Overrides */

static void read_section(LayerReader *reader, const YamlNode *node)
{
    const YamlNode *files = yaml_member(node, STR("files"));
    if (!reader_expect(reader, node, YAML_MAPPING, "a mapping with `files`")) {
        return;
    }
    LayerSection section = {0};
    if (files == NULL) {
        reader_complain(reader, node, SEVERITY_ERROR, STR("`files` is missing: whom is it for?"));
    } else {
        reader_read_globs(reader, files, &section);
        reader->section = &section;
        reader->values = &section.values;
        read_mapping(reader, node, (Str){0});
        reader->section = NULL;
        reader->values = &reader->layer->values;
    }
    *array_add(&reader->layer->sections) = section;
}

void layer_read_sections(LayerReader *reader, const YamlNode *node)
{
    if (reader_is_null(node) || !reader_expect(reader, node, YAML_SEQUENCE, "a list")) {
        return;
    }
    for (const YamlNode *item = node->first; item != NULL; item = item->next) {
        read_section(reader, item);
    }
}

/* The whole */

static int by_place(const void *a, const void *b)
{
    const LayerProblem *first = a, *second = b;
    return (first->start > second->start) - (first->start < second->start);
}

void layer_read(Layer *layer, LayerKind kind, Str text, Arena *arena)
{
    *layer = (Layer){.text = text};
    LayerReader reader = {.layer = layer, .kind = kind, .arena = arena, .line = 1};
    reader.values = &layer->values;
    YamlError error = {0};
    const YamlNode *root = yaml_read(text, arena, &error);
    if (error.message.length > 0) {
        size_t end = error.at < text.length ? error.at + 1 : error.at;
        layer_add_problem(layer, SEVERITY_ERROR, error.at, end,
                          arena_printf(arena, "no YAML: %.*s", STR_ARG(error.message)));
        layer->unread = true;
    } else if (root != NULL) {
        layer->unread = root->kind != YAML_MAPPING && !reader_is_null(root);
        read_mapping(&reader, root, (Str){0});
    }
    if (layer->problems.count > 1) {
        qsort(layer->problems.items, layer->problems.count, sizeof(LayerProblem), by_place);
    }
}
