#include "server/markdown/definitions.h"

static Str as_text(const LabelKey *key)
{
    return (Str){(const char *)key, sizeof(*key)};
}

void definitions_finish(Definitions *definitions)
{
    map_finish(&definitions->counts);
    map_finish(&definitions->flipped);
}

void definitions_add(Definitions *definitions, const LabelKey *keys, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (map_put(&definitions->counts, as_text(&keys[i]))->number++ == 0) {
            map_put(&definitions->flipped, as_text(&keys[i]));
        }
    }
}

void definitions_remove(Definitions *definitions, const LabelKey *keys, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        MapValue *value = map_get(&definitions->counts, as_text(&keys[i]));
        if (--value->number == 0) {
            map_remove(&definitions->counts, as_text(&keys[i]));
            map_put(&definitions->flipped, as_text(&keys[i]));
        }
    }
}

void definitions_settle(Definitions *definitions)
{
    map_finish(&definitions->flipped);
}

bool definitions_have(const Definitions *definitions, LabelKey key)
{
    return map_get(&definitions->counts, as_text(&key)) != NULL;
}

bool definitions_flipped(const Definitions *definitions, const LabelKey *keys, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (map_get(&definitions->flipped, as_text(&keys[i])) != NULL) {
            return true;
        }
    }
    return false;
}
