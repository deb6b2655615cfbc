#include "server/markdown/front_matter.h"

#include "protocol/base/yaml.h"

typedef struct {
    const Chunk *chunk;
    uint32_t start; /* of the YAML, in the chunk */
    FrontMatter *front;
    uint32_t capacity; /* of its values, in `arena` */
    Arena *arena;
} Collector;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Where the text of a scalar stands: without quotes, without the header line of a block scalar. */
static Span text_span(const Collector *collector, const YamlNode *node)
{
    const char *text = collector->chunk->text;
    Span span = {collector->start + (uint32_t)node->start, collector->start + (uint32_t)node->end};
    if (node->style == YAML_QUOTED) {
        return (Span){span.start + 1, span.end - 1};
    }
    if (node->style == YAML_BLOCK) {
        while (span.start < span.end && text[span.start] != '\n' && text[span.start] != '\r') {
            span.start++;
        }
        while (span.start < span.end && is_blank(text[span.start])) {
            span.start++;
        }
    }
    return span;
}

static FrontValue *add_value(Collector *collector)
{
    FrontMatter *front = collector->front;
    if (front->count == collector->capacity) {
        uint32_t capacity = collector->capacity == 0 ? 16 : 2 * collector->capacity;
        FrontValue *values = ARENA_NEW(collector->arena, FrontValue, capacity);
        if (front->count > 0) {
            memcpy(values, front->values, front->count * sizeof(FrontValue));
        }
        front->values = values;
        collector->capacity = capacity;
    }
    return &front->values[front->count++];
}

/* Recursion is as deep as the reader lets collections be nested. */
static void collect(Collector *collector, const YamlNode *node, Str key, unsigned depth)
{
    if (node->kind == YAML_SCALAR && node->value.length > 0) {
        *add_value(collector) = (FrontValue){
            .key = key,
            .top = depth == 1,
            .value = node->value,
            .span = text_span(collector, node),
        };
    }
    for (const YamlNode *child = node->first; child != NULL; child = child->next) {
        bool named = child->key != NULL && child->key->kind == YAML_SCALAR;
        collect(collector, child, named ? child->key->value : key, depth + 1);
    }
}

const Block *front_matter_block(const Chunk *chunk)
{
    bool found = chunk->first && chunk->block_count > 0 &&
                 chunk->blocks[0].type == BLOCK_FRONT_MATTER;
    return found ? &chunk->blocks[0] : NULL;
}

FrontMatter front_matter_read(const Chunk *chunk, Arena *arena)
{
    FrontMatter front = {0};
    const Block *block = front_matter_block(chunk);
    if (block == NULL || block->marker != '-') {
        return front;
    }
    YamlError error;
    const YamlNode *root = yaml_read(chunk_str(chunk, block->content), arena, &error);
    if (root != NULL) {
        Collector collector = {
            .chunk = chunk, .start = block->content.start, .front = &front, .arena = arena};
        collect(&collector, root, (Str){0}, 0);
    }
    return front;
}
