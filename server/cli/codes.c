#include "server/cli/codes.h"

const Rule *code_find(Str code)
{
    for (const Rule *const *rule = rules_all; *rule != NULL; rule++) {
        if (str_equal(str_of((*rule)->code), code)) {
            return *rule;
        }
    }
    return NULL;
}

int code_refuse(Str code)
{
    Nearest nearest = nearest_to(code);
    for (const Rule *const *rule = rules_all; *rule != NULL; rule++) {
        nearest_try(&nearest, str_of((*rule)->code));
    }
    return command_suggest(code, "unknown rule", nearest.word, &command_rules);
}
