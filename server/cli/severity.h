/* severity: the names of severities, as the command prints them. */
#ifndef SERVER_CLI_SEVERITY_H
#define SERVER_CLI_SEVERITY_H

#include "server/rules/rule.h"

static inline const char *severity_name(Severity severity)
{
    static const char *const names[] = {
        [SEVERITY_ERROR] = "error",
        [SEVERITY_WARNING] = "warning",
        [SEVERITY_INFORMATION] = "information",
        [SEVERITY_HINT] = "hint",
    };
    return names[severity];
}

#endif
