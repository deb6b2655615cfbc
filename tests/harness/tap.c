#include "tests/harness/tap.h"

#include <stdarg.h>
#include <stdio.h>

bool tap_test(Tap *tap, bool passed, const char *name, ...)
{
    va_list arguments;
    tap->ran++;
    tap->failed += passed ? 0 : 1;
    printf("%s %u - ", passed ? "ok" : "not ok", tap->ran);
    va_start(arguments, name);
    vprintf(name, arguments);
    va_end(arguments);
    putchar('\n');
    return passed;
}

void tap_note(const char *heading, Str text)
{
    Str line;
    printf("# %s\n", heading);
    while (str_take_line(&text, &line)) {
        printf("#   %.*s\n", STR_ARG(line));
    }
}

int tap_end(const Tap *tap)
{
    printf("1..%u\n", tap->ran);
    fflush(stdout);
    return tap->failed == 0 ? 0 : 1;
}
