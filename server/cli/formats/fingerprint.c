#include "server/cli/formats/fingerprint.h"

enum {
    ENOUGH = 1024
}; /* bytes of a line that tell it from others; it may have thousands of findings */

void fingerprints_finish(Fingerprints *fingerprints)
{
    map_finish(&fingerprints->seen);
}

uint64_t fingerprints_next(Fingerprints *fingerprints, const Document *document,
                           const Finding *finding, uint64_t seed)
{
    Str line;
    size_t start;
    document_line(document, document_line_at(document, finding->place.start, &start), &line);
    uint64_t hash = str_hash_more(seed, str_of(finding->rule->code));
    hash = str_hash_more(hash, str_before(str_trim(line), ENOUGH));
    MapValue *count = map_put(&fingerprints->seen, (Str){(const char *)&hash, sizeof(hash)});
    uint64_t ordinal = count->number++;
    return str_hash_more(hash, (Str){(const char *)&ordinal, sizeof(ordinal)});
}
