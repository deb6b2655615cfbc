/*
 * front_matter: the values that stand before an article, between two lines of ---.
 *
 * YAML is read; TOML (+++) is recognised by the block scanner and not read. What is no valid YAML
 * has no values. Reading takes some microseconds, and none where there is no front matter.
 */
#ifndef SERVER_MARKDOWN_FRONT_MATTER_H
#define SERVER_MARKDOWN_FRONT_MATTER_H

#include "protocol/base/arena.h"
#include "server/markdown/chunk.h"

typedef struct {
    Str key;   /* what it is the value of: "title"; an item of a list has the key of its list */
    bool top;  /* of the front matter itself, in no list and no other mapping */
    Str value; /* decoded */
    Span span; /* in the chunk: what stands between its quotes, or under the | of a block scalar */
} FrontValue;

typedef struct {
    FrontValue *values; /* every scalar that is not empty, in the order of the text */
    uint32_t count;
} FrontMatter;

/* The block of the front matter; NULL where the chunk, which is seldom the first, has none. */
const Block *front_matter_block(const Chunk *chunk);

/* All values, in `arena`; none where there is no front matter that can be read. */
FrontMatter front_matter_read(const Chunk *chunk, Arena *arena);

#endif
