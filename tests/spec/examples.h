/*
 * examples: the examples of the CommonMark specification, out of its own text (spec.txt).
 *
 * Ownership: what is listed is borrowed from the text; its arrows, which stand for tabs, become tabs
 * in place.
 */
#ifndef TESTS_SPEC_EXAMPLES_H
#define TESTS_SPEC_EXAMPLES_H

#include "protocol/base/array.h"
#include "protocol/base/buf.h"

typedef struct {
    uint32_t number; /* as the specification counts, from 1 */
    Str markdown;
    Str html;
} Example;

typedef Array(Example) Examples;

void examples_read(Buf *specification, Examples *examples);

#endif
