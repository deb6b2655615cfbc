/*
 * fingerprint: a name of a finding that stays when the text elsewhere is edited, so that a service
 * which compares two runs knows an old finding from a new one.
 *
 * It is made of the rule, of the line's text, and of how many equal ones stand before it in the
 * file: neither line numbers nor messages. It is ignorant of the file's name.
 */
#ifndef SERVER_CLI_FORMATS_FINGERPRINT_H
#define SERVER_CLI_FORMATS_FINGERPRINT_H

#include "protocol/base/map.h"
#include "server/report.h"

/* Of one file. A zeroed one is ready. */
typedef struct {
    Map seen; /* hash of rule and line → how often it has come */
} Fingerprints;

void fingerprints_finish(Fingerprints *fingerprints);

/* Of the next finding: they come in the order of the text. `document` is the file's. `seed` is 0, or
 * tells files apart. */
uint64_t fingerprints_next(Fingerprints *fingerprints, const Document *document,
                           const Finding *finding, uint64_t seed);

#endif
