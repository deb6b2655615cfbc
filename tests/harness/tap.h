/*
 * tap: what a test program of our own prints: the Test Anything Protocol, as tests/run reads it.
 *
 * A zeroed Tap is ready.
 */
#ifndef TESTS_HARNESS_TAP_H
#define TESTS_HARNESS_TAP_H

#include "protocol/base/str.h"

typedef struct {
    uint32_t ran, failed;
} Tap;

/* One test is over; the name is built as by printf. Returns `passed`. */
bool tap_test(Tap *tap, bool passed, const char *name, ...) __attribute__((format(printf, 3, 4)));

/* What there is to say about the test just told; each line of `text` under a heading of its own. */
void tap_note(const char *heading, Str text);

/* Prints the plan. The exit status of the program. */
int tap_end(const Tap *tap);

#endif
