#include "server/config/reader.h"

#include "protocol/base/map.h"

/* What is wrong */

void reader_complain(LayerReader *reader, const YamlNode *node, Severity severity, Str message)
{
    layer_add_problem(reader->layer, severity, node->start, node->end, message);
}

enum { QUOTED = 40 }; /* bytes of a word that a message quotes */

void reader_complain_of(LayerReader *reader, const YamlNode *node, const char *what, Str meant)
{
    Str value = str_before(node->value, QUOTED);
    Str message = meant.length > 0
                      ? arena_printf(reader->arena, "unknown %s '%.*s'; did you mean '%.*s'?", what,
                                     STR_ARG(value), STR_ARG(meant))
                      : arena_printf(reader->arena, "unknown %s '%.*s'", what, STR_ARG(value));
    reader_complain(reader, node, SEVERITY_WARNING, message);
}

bool reader_expect(LayerReader *reader, const YamlNode *node, YamlKind kind, const char *expected)
{
    if (node->kind == kind) {
        return true;
    }
    const char *alias = node->kind == YAML_ALIAS ? "; aliases are not read" : "";
    reader_complain(reader, node, SEVERITY_ERROR,
                    arena_printf(reader->arena, "expected %s%s", expected, alias));
    return false;
}

void reader_check_keys(LayerReader *reader, const YamlNode *mapping)
{
    Map seen = {0};
    for (const YamlNode *member = mapping->first; member != NULL; member = member->next) {
        const YamlNode *key = member->key;
        if (key->kind != YAML_SCALAR) {
            reader_complain(reader, key, SEVERITY_ERROR, STR("expected a word before the colon"));
        } else if (map_get(&seen, key->value) != NULL) {
            reader_complain(reader, key, SEVERITY_WARNING, STR("stands here twice"));
        } else {
            map_put(&seen, key->value);
        }
    }
    map_finish(&seen);
}

bool reader_is_null(const YamlNode *node)
{
    return node->kind == YAML_SCALAR && node->style == YAML_PLAIN &&
           (node->value.length == 0 || str_equal(node->value, STR("null")) ||
            str_equal(node->value, STR("~")));
}

/* Values come in the order of the text, so that counting on is linear. */
static uint32_t line_of(LayerReader *reader, size_t offset)
{
    if (offset < reader->offset) {
        reader->offset = 0;
        reader->line = 1;
    }
    for (; reader->offset < offset; reader->offset++) {
        reader->line += reader->layer->text.data[reader->offset] == '\n';
    }
    return reader->line;
}

LayerValue *reader_add(LayerReader *reader, SettingId setting, const YamlNode *node)
{
    LayerValue *value = array_add(reader->values);
    value->setting = setting;
    value->line = line_of(reader, node->key == NULL ? node->start : node->key->start);
    value->text = node->kind == YAML_SCALAR ? node->value : (Str){0};
    value->option = -1;
    return value;
}

/* Words */

static bool take_word(Str *list, Str *word)
{
    if (list->length == 0) {
        return false;
    }
    size_t end = str_find_char(*list, ' ');
    *word = str_before(*list, end);
    *list = end == STR_NONE ? (Str){0} : str_after(*list, end + 1);
    return true;
}

/* "a, b or c" */
static Str join_choices(Arena *arena, const char *choices)
{
    Buf out = {0};
    Str list = str_of(choices), word;
    while (take_word(&list, &word)) {
        const char *before = out.length == 0 ? "" : list.length == 0 ? " or " : ", ";
        buf_printf(&out, "%s%.*s", before, STR_ARG(word));
    }
    Str joined = arena_copy(arena, buf_str(&out));
    buf_finish(&out);
    return joined;
}

bool reader_read_choice(LayerReader *reader, const YamlNode *node, const char *choices,
                        uint32_t *number)
{
    Str list = str_of(choices), word;
    for (uint32_t i = 0; take_word(&list, &word); i++) {
        if (node->kind == YAML_SCALAR && str_equal(word, node->value)) {
            *number = i;
            return true;
        }
    }
    reader_complain(reader, node, SEVERITY_ERROR,
                    arena_printf(reader->arena, "expected %.*s",
                                 STR_ARG(join_choices(reader->arena, choices))));
    return false;
}

bool reader_read_severity(LayerReader *reader, const YamlNode *node, uint32_t *severity)
{
    uint32_t number;
    if (!reader_read_choice(reader, node, SETTING_SEVERITY_WORDS, &number)) {
        return false;
    }
    *severity = number == 0 ? RULE_OFF : number;
    return true;
}

/* Lists */

/* One word may stand for a list of it. */
static const YamlNode *first_item(LayerReader *reader, const YamlNode *node)
{
    if (node->kind == YAML_SCALAR) {
        return node;
    }
    return reader_expect(reader, node, YAML_SEQUENCE, "a list of words") ? node->first : NULL;
}

static const YamlNode *next_item(const YamlNode *list, const YamlNode *item)
{
    return list == item ? NULL : item->next;
}

static bool is_word(LayerReader *reader, const YamlNode *item)
{
    if (!reader_expect(reader, item, YAML_SCALAR, "a word")) {
        return false;
    }
    if (item->value.length == 0) {
        reader_complain(reader, item, SEVERITY_ERROR, STR("expected a word"));
        return false;
    }
    return true;
}

static void read_words(LayerReader *reader, SettingId setting, const YamlNode *node)
{
    const YamlNode *item = first_item(reader, node);
    for (; item != NULL; item = next_item(node, item)) {
        uint32_t number = 0;
        const char *choices = settings_all[setting].choices;
        if (is_word(reader, item) &&
            (choices == NULL || reader_read_choice(reader, item, choices, &number))) {
            reader_add(reader, setting, item)->value = number;
        }
    }
}

static void read_phrases(LayerReader *reader, const YamlNode *node)
{
    const YamlNode *item = first_item(reader, node);
    for (; item != NULL; item = next_item(node, item)) {
        Phrase phrase;
        const char *error = is_word(reader, item) ? phrase_read(item->value, reader->arena, &phrase)
                                                  : "";
        if (error == NULL) {
            reader_add(reader, SETTING_PHRASES, item)->phrase = phrase;
        } else if (*error != '\0') {
            reader_complain(reader, item, SEVERITY_ERROR, str_of(error));
        }
    }
}

void reader_read_globs(LayerReader *reader, const YamlNode *node, LayerSection *section)
{
    const YamlNode *item = first_item(reader, node);
    for (; item != NULL; item = next_item(node, item)) {
        if (is_word(reader, item)) {
            *array_add(&section->files) = item->value;
        }
    }
}

static void read_path(LayerReader *reader, const YamlNode *node)
{
    if (is_word(reader, node)) {
        reader->layer->extends = node->value;
        reader->layer->extends_start = node->start;
        reader->layer->extends_end = node->end;
    }
}

void reader_read_value(LayerReader *reader, SettingId setting, const YamlNode *node)
{
    if (reader_is_null(node)) {
        return;
    }
    switch (settings_all[setting].type) {
    case SETTING_SEVERITIES:
        reader_read_rules(reader, node);
        break;
    case SETTING_PATTERN_LIST:
        reader_read_patterns(reader, node);
        break;
    case SETTING_PHRASE_LIST:
        read_phrases(reader, node);
        break;
    case SETTING_PATH:
        read_path(reader, node);
        break;
    case SETTING_WORDS:
    case SETTING_GLOBS:
        read_words(reader, setting, node);
        break;
    case SETTING_SECTIONS:
        break;
    }
}
