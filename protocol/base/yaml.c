#include "protocol/base/yaml.h"

#include <yaml.h>

#include "protocol/base/utf.h"

typedef struct {
    YamlNode *node;
    YamlNode *last; /* its last item or value so far */
    YamlNode *key;  /* mapping: a key whose value has not come yet */
} Collection;

typedef struct {
    yaml_parser_t parser;
    Str text;
    Arena *arena;
    size_t first;         /* the byte that libyaml counts from: behind a byte order mark */
    size_t index, offset; /* a character that was asked for, and its byte */
    YamlNode *root;
    Collection open[YAML_DEPTH_LIMIT];
    uint32_t depth, nodes;
    const char *limit; /* which of our limits was passed; NULL: none */
} Reader;

/* libyaml counts characters. Its marks hardly ever go back, so that counting on is linear. */
static size_t byte_at(Reader *reader, size_t index)
{
    if (index < reader->index) {
        reader->index = 0;
        reader->offset = reader->first;
    }
    while (reader->index < index && reader->offset < reader->text.length) {
        utf_next(reader->text, &reader->offset);
        reader->index++;
    }
    return reader->offset;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Marks begin at a node's anchor and tag. */
static size_t skip_properties(Str text, size_t at, size_t end)
{
    while (at < end && (text.data[at] == '&' || text.data[at] == '!')) {
        while (at < end && !is_blank(text.data[at])) {
            at++;
        }
        while (at < end && is_blank(text.data[at])) {
            at++;
        }
    }
    return at;
}

static void add_to_open(Reader *reader, YamlNode *node)
{
    if (reader->depth == 0) {
        reader->root = node;
        return;
    }
    Collection *in = &reader->open[reader->depth - 1];
    if (in->node->kind == YAML_MAPPING && in->key == NULL) {
        in->key = node;
        return;
    }
    node->key = in->key;
    in->key = NULL;
    *(in->last == NULL ? &in->node->first : &in->last->next) = node;
    in->last = node;
}

static YamlNode *add_node(Reader *reader, const yaml_event_t *event, YamlKind kind)
{
    YamlNode *node = ARENA_NEW(reader->arena, YamlNode, 1);
    node->kind = kind;
    node->start = byte_at(reader, event->start_mark.index);
    node->end = byte_at(reader, event->end_mark.index);
    reader->limit = ++reader->nodes > YAML_NODE_LIMIT ? "too many values" : reader->limit;
    add_to_open(reader, node);
    return node;
}

static YamlStyle style_of(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        return YAML_QUOTED;
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE:
        return YAML_BLOCK;
    default:
        return YAML_PLAIN;
    }
}

static void add_scalar(Reader *reader, const yaml_event_t *event)
{
    YamlNode *node = add_node(reader, event, YAML_SCALAR);
    Str value = {(const char *)event->data.scalar.value, event->data.scalar.length};
    node->value = arena_copy(reader->arena, value);
    node->style = style_of(event->data.scalar.style);
    node->start = skip_properties(reader->text, node->start, node->end);
    while (node->end > node->start && is_blank(reader->text.data[node->end - 1])) {
        node->end--; /* a block scalar ends with the blank lines behind it */
    }
}

static void open_collection(Reader *reader, const yaml_event_t *event, YamlKind kind)
{
    if (reader->depth == YAML_DEPTH_LIMIT) {
        reader->limit = "nested too deeply";
        return;
    }
    YamlNode *node = add_node(reader, event, kind);
    reader->open[reader->depth++] = (Collection){.node = node};
}

/* A flow collection ends with its bracket. A block one has no end of its own: libyaml puts it before
 * whatever comes next. */
static void close_collection(Reader *reader, const yaml_event_t *event)
{
    Collection *closed = &reader->open[--reader->depth];
    bool flow = event->end_mark.index > event->start_mark.index;
    if (flow) {
        closed->node->end = byte_at(reader, event->end_mark.index);
    } else if (closed->last != NULL) {
        closed->node->end = closed->last->end;
    }
}

/* Takes in one event. False at the end of the first document, and where a limit was passed. */
static bool take(Reader *reader, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_ALIAS_EVENT: {
        Str name = str_of((const char *)event->data.alias.anchor);
        add_node(reader, event, YAML_ALIAS)->value = arena_copy(reader->arena, name);
        break;
    }
    case YAML_SCALAR_EVENT:
        add_scalar(reader, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        open_collection(reader, event, YAML_SEQUENCE);
        break;
    case YAML_MAPPING_START_EVENT:
        open_collection(reader, event, YAML_MAPPING);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_collection(reader, event);
        break;
    case YAML_DOCUMENT_END_EVENT:
    case YAML_STREAM_END_EVENT:
        return false;
    default:
        break;
    }
    return reader->limit == NULL;
}

/* Where libyaml stopped: its reader counts bytes, the rest of it characters. */
static YamlError parser_error(Reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    Str message = parser->problem == NULL ? STR("out of memory") : str_of(parser->problem);
    size_t at = parser->error == YAML_READER_ERROR ? reader->first + parser->problem_offset
                                                   : byte_at(reader, parser->problem_mark.index);
    return (YamlError){message, at < reader->text.length ? at : reader->text.length};
}

static bool read_document(Reader *reader, YamlError *error)
{
    for (bool more = true; more;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&reader->parser, &event)) {
            *error = parser_error(reader);
            return false;
        }
        more = take(reader, &event);
        if (reader->limit != NULL) {
            *error = (YamlError){str_of(reader->limit), byte_at(reader, event.start_mark.index)};
        }
        yaml_event_delete(&event);
    }
    return reader->limit == NULL;
}

/* Gives the parser all of the text but a byte order mark, which would indent the first line. Told the
 * encoding, libyaml takes no bytes for UTF-16. */
static void feed(Reader *reader)
{
    reader->first = reader->offset = str_starts(reader->text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    Str input = str_after(reader->text, reader->first);
    input = input.length == 0 ? STR("") : input; /* libyaml wants a pointer */
    yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader->parser, (const unsigned char *)input.data, input.length);
}

YamlNode *yaml_read(Str text, Arena *arena, YamlError *error)
{
    Reader reader = {.text = text, .arena = arena};
    if (!yaml_parser_initialize(&reader.parser)) {
        *error = (YamlError){STR("out of memory"), 0};
        return NULL;
    }
    feed(&reader);
    bool read = read_document(&reader, error);
    yaml_parser_delete(&reader.parser);
    return read ? reader.root : NULL;
}

const YamlNode *yaml_member(const YamlNode *node, Str key)
{
    if (node == NULL || node->kind != YAML_MAPPING) {
        return NULL;
    }
    for (const YamlNode *value = node->first; value != NULL; value = value->next) {
        if (value->key->kind == YAML_SCALAR && str_equal(value->key->value, key)) {
            return value;
        }
    }
    return NULL;
}

const char *yaml_library_version(void)
{
    return yaml_get_version_string();
}
