/*
 * merged: the outline as it stands once headings that say again what the heading just before them
 * said are merged with it. The rules about structure read this, so that one defect is one finding.
 *
 * A copy goes and the first survives. Where the copy was deeper, the headings below it rise with it,
 * up to the next one at or above its level.
 */
#ifndef SERVER_RULES_MERGED_H
#define SERVER_RULES_MERGED_H

#include "server/markdown/outline.h"

typedef struct {
    const Heading *heading; /* the first of its copies */
    const Heading *last;    /* the last of them; the same where there is no other */
    uint8_t level;          /* once the copies above it are gone */
    Body body;              /* what stands under it, which is what stands under `last` */
} MergedHeading;

typedef struct {
    const MergedHeading *items; /* in document order, without nested headings */
    uint32_t count;
} Merged;

/* In `arena`; borrows from the outline. */
Merged merged_of(const Document *document, const Outline *outline, Arena *arena);

#endif
