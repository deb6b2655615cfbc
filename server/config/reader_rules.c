/* The settings about rules: their severities and options, and patterns, which are rules. */
#include "server/config/reader.h"

#include "server/rules/rules.h"

static const Str own_prefix = STR_INIT("pattern-");

/* The number of a rule; RULE_COUNT where there is none. */
static uint32_t find_rule(Str code)
{
    uint32_t number = 0;
    while (number < RULE_COUNT && !str_equal(str_of(rules_all[number]->code), code)) {
        number++;
    }
    return number;
}

/* As find_rule, but the code of one pattern is the rule of all of them. */
static uint32_t read_code(LayerReader *reader, const YamlNode *key)
{
    Str code = key->value;
    uint32_t number = find_rule(str_starts(code, own_prefix) ? STR("pattern") : code);
    if (number == RULE_COUNT) {
        Nearest nearest = nearest_to(code);
        for (uint32_t i = 0; i < RULE_COUNT; i++) {
            nearest_try(&nearest, str_of(rules_all[i]->code));
        }
        reader_complain_of(reader, key, "rule", nearest.word);
    }
    return number;
}

static void add_choice(LayerReader *reader, const YamlNode *node, const YamlNode *key,
                       uint32_t rule, int32_t option, uint32_t number)
{
    LayerValue *value = reader_add(reader, SETTING_RULES, node);
    value->rule = rule;
    value->option = option;
    value->value = number;
    value->text = str_starts(key->value, own_prefix) ? key->value : (Str){0};
}

static void read_option(LayerReader *reader, const YamlNode *node, const YamlNode *key,
                        uint32_t rule)
{
    const Rule *record = rules_all[rule];
    Nearest nearest = nearest_to(node->key->value);
    nearest_try(&nearest, STR("severity"));
    for (uint32_t i = 0; i < record->option_count; i++) {
        uint32_t number;
        Str name = str_of(record->options[i].name);
        nearest_try(&nearest, name);
        if (str_equal(name, node->key->value)) {
            if (reader_read_choice(reader, node, record->options[i].choices, &number)) {
                add_choice(reader, node, key, rule, (int32_t)i, number);
            }
            return;
        }
    }
    reader_complain_of(reader, node->key, "option", nearest.word);
}

static void read_options(LayerReader *reader, const YamlNode *node, uint32_t rule)
{
    reader_check_keys(reader, node);
    for (const YamlNode *option = node->first; option != NULL; option = option->next) {
        uint32_t severity;
        if (option->key->kind != YAML_SCALAR || reader_is_null(option)) {
            continue;
        }
        if (!str_equal(option->key->value, STR("severity"))) {
            read_option(reader, option, node->key, rule);
        } else if (reader_read_severity(reader, option, &severity)) {
            add_choice(reader, option, node->key, rule, -1, severity);
        }
    }
}

void reader_read_rules(LayerReader *reader, const YamlNode *node)
{
    if (!reader_expect(reader, node, YAML_MAPPING, "codes of rules, each with a severity")) {
        return;
    }
    reader_check_keys(reader, node);
    for (const YamlNode *member = node->first; member != NULL; member = member->next) {
        uint32_t severity,
            rule = member->key->kind == YAML_SCALAR ? read_code(reader, member->key) : RULE_COUNT;
        if (rule == RULE_COUNT || reader_is_null(member)) {
            continue;
        }
        if (member->kind == YAML_MAPPING) {
            read_options(reader, member, rule);
        } else if (reader_read_severity(reader, member, &severity)) {
            add_choice(reader, member, member->key, rule, -1, severity);
        }
    }
}

/* Patterns */

/* The byte of the text where byte `at` of a decoded scalar stands: exact where nothing before it was
 * written by an escape, else the scalar's beginning. */
static size_t place_in(const LayerReader *reader, const YamlNode *node, size_t at)
{
    size_t start = node->start + (node->style == YAML_QUOTED ? 1 : 0);
    Str source = str_slice(reader->layer->text, start, start + at);
    bool plain = node->style != YAML_BLOCK && str_equal(source, str_before(node->value, at));
    return plain ? start + at : node->start;
}

static Pattern *compile(LayerReader *reader, const YamlNode *node)
{
    Buf error = {0};
    size_t at = 0;
    Pattern *pattern = pattern_new(node->value, &error, &at);
    if (pattern == NULL) {
        size_t place = place_in(reader, node, at);
        layer_add_problem(
            reader->layer, SEVERITY_ERROR, place,
            place > node->start && place < node->end ? place + 1 : node->end,
            arena_printf(reader->arena, "no pattern: %.*s", STR_ARG(buf_str(&error))));
    }
    buf_finish(&error);
    return pattern;
}

/* The name of a pattern becomes part of a code: lower case, digits and dashes. */
static bool is_name(Str text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
            return false;
        }
    }
    return text.length > 0;
}

static bool read_name(LayerReader *reader, const YamlNode *node, Rule *own)
{
    own->code = "pattern";
    if (node == NULL || reader_is_null(node)) {
        return true;
    }
    if (node->kind != YAML_SCALAR || !is_name(node->value)) {
        reader_complain(reader, node, SEVERITY_ERROR,
                        STR("expected a name of lower case letters, digits and dashes"));
        return false;
    }
    own->code = arena_printf(reader->arena, "pattern-%.*s", STR_ARG(node->value)).data;
    return true;
}

static bool read_message(LayerReader *reader, const YamlNode *item, Rule *own)
{
    const YamlNode *message = yaml_member(item, STR("message"));
    if (message == NULL || message->kind != YAML_SCALAR || message->value.length == 0) {
        reader_complain(reader, message == NULL ? item : message, SEVERITY_ERROR,
                        STR("expected a `message` that says what is wrong"));
        return false;
    }
    own->summary = message->value.data; /* the arena's copies end with a NUL */
    return true;
}

static void check_members(LayerReader *reader, const YamlNode *item)
{
    static const Str names[] = {STR_INIT("pattern"), STR_INIT("message"), STR_INIT("severity"),
                                STR_INIT("code")};
    reader_check_keys(reader, item);
    for (const YamlNode *member = item->first; member != NULL; member = member->next) {
        Nearest nearest = nearest_to(member->key->value);
        bool known = member->key->kind != YAML_SCALAR;
        for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
            known |= str_equal(names[i], member->key->value);
            nearest_try(&nearest, names[i]);
        }
        if (!known) {
            reader_complain_of(reader, member->key, "part of a pattern", nearest.word);
        }
    }
}

static void read_pattern(LayerReader *reader, const YamlNode *item)
{
    if (!reader_expect(reader, item, YAML_MAPPING, "a mapping with `pattern` and `message`")) {
        return;
    }
    check_members(reader, item);
    const YamlNode *expression = yaml_member(item, STR("pattern"));
    const YamlNode *level = yaml_member(item, STR("severity"));
    Rule own = {0};
    uint32_t severity = 0;
    if (expression == NULL || expression->kind != YAML_SCALAR || expression->value.length == 0) {
        reader_complain(reader, expression == NULL ? item : expression, SEVERITY_ERROR,
                        STR("expected a `pattern`, a regular expression"));
        return;
    }
    if (!read_message(reader, item, &own) ||
        !read_name(reader, yaml_member(item, STR("code")), &own) ||
        (level != NULL && !reader_is_null(level) &&
         !reader_read_severity(reader, level, &severity))) {
        return;
    }
    Pattern *pattern = compile(reader, expression);
    if (pattern != NULL && severity != RULE_OFF) {
        LayerValue *value = reader_add(reader, SETTING_PATTERNS, expression);
        own.severity = (Severity)severity;
        value->own = own;
        value->pattern = pattern;
    } else {
        pattern_free(pattern);
    }
}

void reader_read_patterns(LayerReader *reader, const YamlNode *node)
{
    if (!reader_expect(reader, node, YAML_SEQUENCE, "a list of patterns")) {
        return;
    }
    for (const YamlNode *item = node->first; item != NULL; item = item->next) {
        if (reader->patterns++ == LAYER_PATTERN_LIMIT) {
            reader_complain(reader, item, SEVERITY_ERROR,
                            STR("too many patterns: not read from here on"));
        }
        if (reader->patterns <= LAYER_PATTERN_LIMIT) {
            read_pattern(reader, item);
        }
    }
}
