/*
 * release: headings of changelogs. What stands under one may be short, always the same, or nothing.
 */
#ifndef SERVER_RULES_RELEASE_H
#define SERVER_RULES_RELEASE_H

#include "protocol/base/str.h"

/* Whether a heading begins with a day, is a version or a date with one other word at most ("Version
 * 2.1", "May 2024"), or says "Unreleased". "1.1 Overview" is a numbered section. */
bool release_is_heading(Str heading);

#endif
