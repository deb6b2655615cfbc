/*
 * pages: where the pages of the rules are: in the source tree that galley was built in, or in the
 * share folder beside which it is installed. A page is the case file of its rule.
 */
#ifndef SERVER_CLI_PAGES_H
#define SERVER_CLI_PAGES_H

#include "protocol/base/arena.h"

typedef struct {
    Arena arena; /* what `uris` points to */
    Str folder;  /* absolute; empty: there are none */
    Str *uris;   /* one for each rule, in the order of rules_all; empty where it has no page. NULL
                    until one is asked for */
} Pages;

/* Looks for the folder. */
void pages_init(Pages *pages);
void pages_finish(Pages *pages);

/* The path of the page that explains a rule, whether there is one or not; in the arena, with a NUL
 * behind it. Empty where there is no folder. */
Str pages_path(Pages *pages, Str code);

/* The text of the page that explains a rule, in `arena`; empty where there is none. */
Str pages_read(Str code, Arena *arena);

/* The file: URI of the page that explains a rule; empty where there is none. Lives as long as
 * `pages`. */
Str pages_uri(Pages *pages, Str code);

#endif
