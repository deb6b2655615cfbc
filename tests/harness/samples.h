/*
 * samples: articles of any size for the bench: the sample article, then chapters made of its own
 * paragraphs. All sizes have the same findings, so that sizes compare.
 */
#ifndef TESTS_HARNESS_SAMPLES_H
#define TESTS_HARNESS_SAMPLES_H

#include "protocol/base/buf.h"

typedef struct {
    uint32_t line, character; /* counts from 0; a character is one UTF-16 unit */
} SamplePlace;

typedef struct {
    Buf text;              /* owned */
    SamplePlace paragraph; /* inside one, in the middle of the text */
    SamplePlace heading;   /* inside the text of one, likewise */
} Sample;

/* `size` in bytes is reached, and passed by less than a chapter; 0 is the article alone. False where
 * the article cannot be read. */
bool sample_make(Sample *sample, const char *article, size_t size);
void sample_finish(Sample *sample);

#endif
