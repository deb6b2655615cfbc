/* unit: what every unit test needs: cmocka in the order of includes that it asks for, and Str. */
#ifndef TESTS_UNIT_UNIT_H
#define TESTS_UNIT_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "protocol/base/str.h"

#define assert_str_equal(actual, expected)                                                         \
    do {                                                                                           \
        Str actual_ = (actual), expected_ = (expected);                                            \
        if (!str_equal(actual_, expected_)) {                                                      \
            fail_msg("%.*s != %.*s", STR_ARG(actual_), STR_ARG(expected_));                        \
        }                                                                                          \
    } while (0)

#endif
