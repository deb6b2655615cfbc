#include "server/cli/config_text.h"

#include "server/cli/plain.h"
#include "server/cli/severity.h"

enum { WIDTH = 48 }; /* of a key and its value */

typedef struct {
    Buf *out;
    const Configuration *configuration;
    const Config *config;
} Values;

/* KEY: VALUE  ORIGIN; `said` is NULL where it is the default. */
static void append_line(const Values *values, Str key, Str value, const ConfigValue *said)
{
    size_t start = values->out->length;
    plain_append(values->out, key);
    buf_append(values->out, STR(": "));
    plain_append(values->out, value);
    size_t length = values->out->length - start;
    buf_printf(values->out, "%*s  ", length < WIDTH ? (int)(WIDTH - length) : 0, "");
    if (said == NULL) {
        buf_append(values->out, STR("default"));
    } else {
        plain_append(values->out, configuration_path(values->configuration, said->file->path));
        buf_printf(values->out, ":%u", said->value->line);
    }
    buf_append_char(values->out, '\n');
}

static const ConfigValue *find_choice(const Config *config, uint32_t rule, int32_t option)
{
    for (uint32_t i = 0; i < config->count; i++) {
        const LayerValue *value = config->values[i].value;
        if (value->setting == SETTING_RULES && value->rule == rule && value->option == option &&
            value->text.length == 0) {
            return &config->values[i];
        }
    }
    return NULL;
}

static Str severity_word(uint32_t severity)
{
    return severity == RULE_OFF ? STR("off") : str_of(severity_name((Severity)severity));
}

/* Word number `number` of a list. */
static Str word_of(const char *choices, uint32_t number)
{
    Str list = str_of(choices), word = {0};
    for (uint32_t i = 0; i <= number && option_take_word(&list, &word); i++) {
    }
    return word;
}

static void append_rule(const Values *values, uint32_t index, Arena *arena)
{
    const Rule *rule = rules_all[index];
    const ConfigValue *said = find_choice(values->config, index, -1);
    append_line(values, arena_printf(arena, "rules.%s", rule->code),
                severity_word(said == NULL ? rule->severity : said->value->value), said);
    for (uint32_t i = 0; i < rule->option_count; i++) {
        const RuleOption *option = &rule->options[i];
        said = find_choice(values->config, index, (int32_t)i);
        append_line(values, arena_printf(arena, "rules.%s.%s", rule->code, option->name),
                    word_of(option->choices, said == NULL ? 0 : said->value->value), said);
    }
}

/* The severities of single patterns. */
static void append_pattern_rules(const Values *values, Arena *arena)
{
    for (uint32_t i = 0; i < values->config->count; i++) {
        const ConfigValue *said = &values->config->values[i];
        if (said->value->setting == SETTING_RULES && said->value->text.length > 0) {
            append_line(values, arena_printf(arena, "rules.%.*s", STR_ARG(said->value->text)),
                        severity_word(said->value->value), said);
        }
    }
}

static void append_setting(const Values *values, SettingId id)
{
    const Setting *setting = &settings_all[id];
    uint32_t count = 0;
    for (uint32_t i = 0; i < values->config->count; i++) {
        const ConfigValue *said = &values->config->values[i];
        if (said->value->setting == id) {
            append_line(values, str_of(setting->key), said->value->text, said);
            count++;
        }
    }
    if (count == 0) {
        append_line(values, str_of(setting->key), str_of(setting->initial), NULL);
    }
}

/* The files that are built on each other, from the nearest one on. */
static void append_files(const Values *values)
{
    const ConfigFile *file = values->config->file;
    if (file == NULL) {
        buf_append(values->out, STR("# no configuration\n"));
    }
    for (const char *word = "#"; file != NULL; file = file->base, word = "# extends") {
        buf_printf(values->out, "%s ", word);
        plain_append(values->out, configuration_path(values->configuration, file->path));
        buf_append_char(values->out, '\n');
    }
    if (values->config->excluded) {
        buf_append(values->out, STR("# the file is excluded: galley says nothing about it\n"));
    }
}

void config_append_values(Buf *out, const Configuration *configuration, const Config *config)
{
    Values values = {out, configuration, config};
    Arena arena = {0};
    append_files(&values);
    for (uint32_t i = 0; i < RULE_COUNT; i++) {
        append_rule(&values, i, &arena);
    }
    append_pattern_rules(&values, &arena);
    for (SettingId id = 0; id < SETTING_COUNT; id++) {
        bool listed = settings_all[id].type != SETTING_SEVERITIES && !settings_all[id].file_only;
        if (listed) {
            append_setting(&values, id);
        }
    }
    arena_finish(&arena);
}
