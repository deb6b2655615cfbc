/* codes: the codes of rules, as people write them. */
#ifndef SERVER_CLI_CODES_H
#define SERVER_CLI_CODES_H

#include "server/cli/command.h"
#include "server/rules/rules.h"

/* The rule of that code, or NULL. */
const Rule *code_find(Str code);

/* Says that there is no such rule, and which was meant; returns EXIT_TROUBLE. */
int code_refuse(Str code);

#endif
