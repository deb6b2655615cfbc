#include "server/rules/dialect.h"

bool dialect_is_kramdown(const Chunk *chunk)
{
    Str text = {chunk->text, chunk->length};
    const Block *first = chunk->block_count > 0 ? &chunk->blocks[0] : NULL;
    return str_find(text, STR("{:")) != STR_NONE || str_find(text, STR("{%")) != STR_NONE ||
           (first != NULL && first->type == BLOCK_FRONT_MATTER &&
            str_find(chunk_str(chunk, first->content), STR("layout:")) != STR_NONE);
}
