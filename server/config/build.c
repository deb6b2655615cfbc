#include "server/config/build.h"

#include "server/config/glob.h"

/* What applies */

/* A path told from a folder; empty where it is not below it. */
static Str path_below(Str folder, Str path)
{
    if (str_equal(folder, STR("/"))) {
        return str_after(path, 1);
    }
    bool below = str_starts(path, folder) && path.length > folder.length &&
                 path.data[folder.length] == '/';
    return below ? str_after(path, folder.length + 1) : (Str){0};
}

/* The path as the globs of a file say it. A house style lies elsewhere: then it is told from the folder
 * of the file that is built on it. Where that is elsewhere too, names still match. */
static Str path_in(const ConfigFile *file, const ConfigFile *nearest, Str path)
{
    Str own = path_below(file->folder, path);
    Str inner = own.length > 0 ? own : path_below(nearest->folder, path);
    return inner.length > 0 ? inner : str_after(path, 1);
}

static bool applies(const LayerSection *section, Str path)
{
    bool found = false;
    for (uint32_t i = 0; i < section->files.count && !found; i++) {
        found = glob_matches(section->files.items[i], path);
    }
    return found;
}

static void add_step(BuildOrder *order, const ConfigFile *file, const LayerValues *values, Str path)
{
    *array_add(&order->steps) = (BuildStep){file, values};
    for (uint32_t i = 0; i < values->count; i++) {
        const LayerValue *value = &values->items[i];
        order->excluded |= value->setting == SETTING_EXCLUDE && glob_matches(value->text, path);
    }
}

static void collect_file(BuildOrder *order, const ConfigFile *file, const ConfigFile *nearest,
                         Str path)
{
    if (file == NULL) {
        return;
    }
    collect_file(order, file->base, nearest, path);
    Str inner = path_in(file, nearest, path);
    add_step(order, file, &file->layer.values, inner);
    for (uint32_t i = 0; i < file->layer.sections.count; i++) {
        const LayerSection *section = &file->layer.sections.items[i];
        if (applies(section, inner)) {
            add_step(order, file, &section->values, inner);
        }
    }
}

void build_collect(BuildOrder *order, const ConfigFile *file, const ConfigFile *editor, Str path)
{
    collect_file(order, file, file, path);
    if (editor != NULL) {
        add_step(order, editor, &editor->layer.values, str_after(path, 1));
    }
}

void build_finish(BuildOrder *order)
{
    array_finish(&order->steps);
}

void build_append_key(const BuildOrder *order, Buf *key)
{
    buf_append_char(key, order->excluded ? 'x' : ' ');
    for (uint32_t i = 0; i < order->steps.count; i++) {
        buf_printf(key, "%p ", (const void *)order->steps.items[i].values);
    }
}

/* What holds */

typedef struct {
    ConfigValue *items;
    uint32_t count;
} Holding;

/* Whether a value takes the place of one that was said before. */
static bool replaces(const LayerValue *later, const LayerValue *earlier)
{
    return later->setting == SETTING_RULES && earlier->setting == SETTING_RULES &&
           later->rule == earlier->rule && later->option == earlier->option &&
           str_equal(later->text, earlier->text);
}

static void drop(Holding *holding, uint32_t index)
{
    holding->count--;
    memmove(&holding->items[index], &holding->items[index + 1],
            (holding->count - index) * sizeof(ConfigValue));
}

/* A list that is not added to begins anew in each step that has it. */
static void begin_list(Holding *holding, SettingId setting)
{
    for (uint32_t i = holding->count; i-- > 0;) {
        if (holding->items[i].value->setting == setting) {
            drop(holding, i);
        }
    }
}

static bool says(const BuildStep *step, SettingId setting)
{
    bool found = false;
    for (uint32_t i = 0; i < step->values->count && !found; i++) {
        found = step->values->items[i].setting == setting;
    }
    return found;
}

static void add_value(Holding *holding, const BuildStep *step, const LayerValue *value)
{
    for (uint32_t i = holding->count; i-- > 0 && value->setting == SETTING_RULES;) {
        if (replaces(value, holding->items[i].value)) {
            drop(holding, i);
        }
    }
    holding->items[holding->count++] = (ConfigValue){value, step->file};
}

static void add_step_values(Holding *holding, const BuildStep *step)
{
    for (SettingId id = 0; id < SETTING_COUNT; id++) {
        if (id != SETTING_RULES && !settings_all[id].adds && says(step, id)) {
            begin_list(holding, id);
        }
    }
    for (uint32_t i = 0; i < step->values->count; i++) {
        add_value(holding, step, &step->values->items[i]);
    }
}

static Holding hold(const BuildOrder *order, Arena *arena)
{
    uint32_t room = 0;
    for (uint32_t i = 0; i < order->steps.count; i++) {
        room += order->steps.items[i].values->count;
    }
    Holding holding = {ARENA_NEW(arena, ConfigValue, room), 0};
    for (uint32_t i = 0; i < order->steps.count; i++) {
        add_step_values(&holding, &order->steps.items[i]);
    }
    return holding;
}

static uint32_t count_of(const Holding *holding, SettingId setting)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < holding->count; i++) {
        count += holding->items[i].value->setting == setting;
    }
    return count;
}

static void set_rule(RuleConfig *rules, const LayerValue *value)
{
    RuleChoice *choice = &rules->rules[value->rule];
    if (value->text.length > 0) {
        return; /* about one pattern */
    }
    if (value->option < 0) {
        choice->severity = (uint8_t)value->value;
    } else {
        choice->options[value->option] = (uint8_t)value->value;
    }
}

/* English has what is the same in every language. */
static uint32_t english(void)
{
    Str list = str_of(settings_all[SETTING_LANGUAGES].choices);
    uint32_t bit = 1;
    while (list.length > 0 && !str_starts(list, STR("en"))) {
        size_t end = str_find_char(list, ' ');
        list = end == STR_NONE ? (Str){0} : str_after(list, end + 1);
        bit <<= 1;
    }
    return bit;
}

/* What was said of the severity of one pattern, by its code; 0: nothing. */
static uint32_t severity_of(const Holding *holding, const char *code)
{
    for (uint32_t i = 0; i < holding->count; i++) {
        const LayerValue *value = holding->items[i].value;
        if (value->setting == SETTING_RULES && str_equal(value->text, str_of(code))) {
            return value->value;
        }
    }
    return 0;
}

static void set_pattern(RuleConfig *rules, const Holding *holding, const LayerValue *value,
                        uint32_t number, RulePattern *patterns)
{
    Rule own = value->own;
    uint32_t severity = severity_of(holding, own.code), all = rules->rules[number].severity;
    severity = severity != 0       ? severity
               : own.severity != 0 ? own.severity
               : all != 0          ? all
                                   : rules_all[number]->severity;
    if (severity != RULE_OFF) {
        own.severity = (Severity)severity;
        own.kind = rules_all[number];
        patterns[rules->pattern_count++] = (RulePattern){own, value->pattern};
    }
}

static void set_patterns(RuleConfig *rules, const Holding *holding, Arena *arena)
{
    uint32_t number = 0;
    while (!str_equal(str_of(rules_all[number]->code), STR("pattern"))) {
        number++;
    }
    RulePattern *patterns = ARENA_NEW(arena, RulePattern, count_of(holding, SETTING_PATTERNS));
    rules->patterns = patterns;
    for (uint32_t i = 0; i < holding->count; i++) {
        if (holding->items[i].value->setting == SETTING_PATTERNS) {
            set_pattern(rules, holding, holding->items[i].value, number, patterns);
        }
    }
}

static void set_lists(RuleConfig *rules, const Holding *holding, Arena *arena)
{
    Phrase *phrases = ARENA_NEW(arena, Phrase, count_of(holding, SETTING_PHRASES));
    uint32_t key_count = count_of(holding, SETTING_KEYS);
    Str *keys = ARENA_NEW(arena, Str, key_count);
    for (uint32_t i = 0; i < holding->count; i++) {
        const LayerValue *value = holding->items[i].value;
        if (value->setting == SETTING_PHRASES) {
            phrases[rules->phrase_count++] = value->phrase;
        } else if (value->setting == SETTING_KEYS) {
            keys[rules->key_count++] = value->text;
        } else if (value->setting == SETTING_LANGUAGES) {
            rules->languages |= english() | 1u << value->value;
        } else if (value->setting == SETTING_RULES) {
            set_rule(rules, value);
        }
    }
    rules->phrases = phrases;
    rules->keys = key_count == 0 ? NULL : keys;
}

Config *build_config(const BuildOrder *order, const ConfigFile *file, Arena *arena)
{
    Config *config = ARENA_NEW(arena, Config, 1);
    Holding holding = hold(order, arena);
    set_lists(&config->rules, &holding, arena);
    set_patterns(&config->rules, &holding, arena);
    for (uint32_t i = 0; i < RULE_COUNT && order->excluded; i++) {
        config->rules.rules[i].severity = RULE_OFF;
    }
    for (uint32_t i = 0; i < holding.count; i++) {
        const LayerValue *value = holding.items[i].value;
        config->templates |= value->setting == SETTING_TEMPLATES ? 1u << value->value : 0;
    }
    config->excluded = order->excluded;
    config->file = file;
    config->values = holding.items;
    config->count = holding.count;
    return config;
}
