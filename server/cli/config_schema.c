#include "server/cli/config_text.h"

#include "protocol/json_write.h"

static void begin_member(JsonWriter *writer, const char *key)
{
    jw_key(writer, key);
    jw_begin_object(writer);
}

static void write_type(JsonWriter *writer, const char *type)
{
    jw_string_field(writer, "type", str_of(type));
}

/* "enum": the words of a list; booleans too, where they are what the words say. */
static void write_choices(JsonWriter *writer, const char *choices)
{
    Str list = str_of(choices), word;
    jw_key(writer, "enum");
    jw_begin_array(writer);
    while (option_take_word(&list, &word)) {
        bool truth = str_equal(word, STR("true"));
        if (truth || str_equal(word, STR("false"))) {
            jw_bool(writer, truth);
        }
        jw_string(writer, word);
    }
    jw_end_array(writer);
}

/* A list of words, or one word alone; `choices` may be NULL. */
static void write_words(JsonWriter *writer, const char *choices)
{
    for (int list = 0; list < 2; list++) {
        jw_begin_object(writer);
        if (list) {
            write_type(writer, "array");
            begin_member(writer, "items");
        }
        write_type(writer, "string");
        jw_uint_field(writer, "minLength", 1);
        if (choices != NULL) {
            write_choices(writer, choices);
        }
        if (list) {
            jw_end_object(writer);
        }
        jw_end_object(writer);
    }
}

static void write_severity(JsonWriter *writer)
{
    jw_begin_object(writer);
    write_choices(writer, SETTING_SEVERITY_WORDS);
    jw_end_object(writer);
}

static void write_null(JsonWriter *writer)
{
    jw_begin_object(writer);
    write_type(writer, "null");
    jw_end_object(writer);
}

/* A severity alone, or with the options of the rule. */
static void write_rule(JsonWriter *writer, const Rule *rule)
{
    jw_begin_object(writer);
    jw_string_field(writer, "description", str_of(rule->summary));
    jw_key(writer, "anyOf");
    jw_begin_array(writer);
    write_severity(writer);
    write_null(writer);
    jw_begin_object(writer);
    write_type(writer, "object");
    jw_bool_field(writer, "additionalProperties", false);
    begin_member(writer, "properties");
    jw_key(writer, "severity");
    write_severity(writer);
    for (uint32_t i = 0; i < rule->option_count; i++) {
        begin_member(writer, rule->options[i].name);
        jw_string_field(writer, "description", str_of(rule->options[i].summary));
        write_choices(writer, rule->options[i].choices);
        jw_end_object(writer);
    }
    jw_end_object(writer);
    jw_end_object(writer);
    jw_end_array(writer);
    jw_end_object(writer);
}

static void write_rules(JsonWriter *writer)
{
    jw_begin_object(writer);
    write_type(writer, "object");
    jw_bool_field(writer, "additionalProperties", false);
    begin_member(writer, "properties");
    for (uint32_t i = 0; i < RULE_COUNT; i++) {
        jw_key(writer, rules_all[i]->code);
        write_rule(writer, rules_all[i]);
    }
    jw_end_object(writer);
    begin_member(writer, "patternProperties");
    jw_key_text(writer, STR("^pattern-"));
    write_severity(writer);
    jw_end_object(writer);
    jw_end_object(writer);
}

static void write_text(JsonWriter *writer, const char *key, const char *form)
{
    begin_member(writer, key);
    write_type(writer, "string");
    if (form != NULL) {
        jw_string_field(writer, "pattern", str_of(form));
    }
    jw_end_object(writer);
}

static void write_patterns(JsonWriter *writer)
{
    jw_begin_object(writer);
    write_type(writer, "array");
    begin_member(writer, "items");
    write_type(writer, "object");
    jw_bool_field(writer, "additionalProperties", false);
    jw_key(writer, "required");
    jw_begin_array(writer);
    jw_string(writer, STR("pattern"));
    jw_string(writer, STR("message"));
    jw_end_array(writer);
    begin_member(writer, "properties");
    write_text(writer, "pattern", ".");
    write_text(writer, "message", ".");
    write_text(writer, "code", "^[a-z0-9-]+$");
    jw_key(writer, "severity");
    write_severity(writer);
    jw_end_object(writer);
    jw_end_object(writer);
    jw_end_object(writer);
}

static void write_settings(JsonWriter *writer, Str prefix, bool section);

static void write_sections(JsonWriter *writer)
{
    jw_begin_object(writer);
    write_type(writer, "array");
    begin_member(writer, "items");
    jw_key(writer, "required");
    jw_begin_array(writer);
    jw_string(writer, STR("files"));
    jw_end_array(writer);
    write_settings(writer, (Str){0}, true);
    jw_end_object(writer);
    jw_end_object(writer);
}

static void write_value(JsonWriter *writer, const Setting *setting)
{
    switch (setting->type) {
    case SETTING_SEVERITIES:
        write_rules(writer);
        break;
    case SETTING_PATTERN_LIST:
        write_patterns(writer);
        break;
    case SETTING_SECTIONS:
        write_sections(writer);
        break;
    case SETTING_PATH:
        jw_begin_object(writer);
        write_type(writer, "string");
        jw_end_object(writer);
        break;
    case SETTING_PHRASE_LIST:
    case SETTING_WORDS:
    case SETTING_GLOBS:
        write_words(writer, setting->choices);
        break;
    }
}

static void write_setting(JsonWriter *writer, Str name, const Setting *setting)
{
    jw_key_text(writer, name);
    jw_begin_object(writer);
    jw_string_field(writer, "description", str_of(setting->summary));
    jw_key(writer, "anyOf");
    jw_begin_array(writer);
    write_value(writer, setting);
    write_null(writer);
    jw_end_array(writer);
    jw_end_object(writer);
}

/* The settings whose keys begin with `prefix`, without it; those with a point in what is left are
 * those of an object. */
static void write_members(JsonWriter *writer, Str prefix, bool section)
{
    Str group = {0};
    for (SettingId id = 0; id < SETTING_COUNT; id++) {
        const Setting *setting = &settings_all[id];
        Str key = str_of(setting->key), head, tail;
        if (!str_starts(key, prefix) || (section && setting->file_only)) {
            continue;
        }
        key = str_after(key, prefix.length);
        if (!str_cut(key, '.', &head, &tail)) {
            write_setting(writer, key, setting);
        } else if (!str_equal(head, group)) {
            group = head;
            jw_key_text(writer, head);
            jw_begin_object(writer);
            write_settings(
                writer, str_before(str_of(setting->key), prefix.length + head.length + 1), section);
            jw_end_object(writer);
        }
    }
}

static void write_settings(JsonWriter *writer, Str prefix, bool section)
{
    jw_key(writer, "type");
    jw_begin_array(writer);
    jw_string(writer, STR("object"));
    if (!section || prefix.length > 0) {
        jw_string(writer, STR("null"));
    }
    jw_end_array(writer);
    jw_bool_field(writer, "additionalProperties", false);
    begin_member(writer, "properties");
    if (section && prefix.length == 0) {
        begin_member(writer, "files");
        jw_key(writer, "anyOf");
        jw_begin_array(writer);
        write_words(writer, NULL);
        jw_end_array(writer);
        jw_end_object(writer);
    }
    write_members(writer, prefix, section);
    jw_end_object(writer);
}

void config_append_schema(Buf *out)
{
    JsonWriter writer = {0};
    jw_begin_object(&writer);
    jw_string_field(&writer, "$schema", STR("http://json-schema.org/draft-07/schema#"));
    jw_string_field(&writer, "title", STR("galley's configuration: .galley.yml"));
    write_settings(&writer, (Str){0}, false);
    jw_end_object(&writer);
    buf_append(out, buf_str(&writer.out));
    buf_append_char(out, '\n');
    jw_finish(&writer);
}
