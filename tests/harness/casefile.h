/*
 * casefile: reads Markdown case files (tests/README.md) and writes them anew.
 *
 * A `##` begins a test; a fence whose info string begins with `md` is an input, the fences after it
 * are what is expected of that input. It knows marks, not what they should be.
 *
 * Ownership: a case file owns its bytes; names, fences and inputs are borrowed from them. Inputs
 * without their marks, and marks, live in the arena that the caller passes.
 */
#ifndef TESTS_HARNESS_CASEFILE_H
#define TESTS_HARNESS_CASEFILE_H

#include "protocol/base/arena.h"
#include "protocol/base/array.h"
#include "protocol/base/buf.h"
#include "server/rules/rule.h"

typedef struct {
    Str info;     /* "md", "outline" … */
    Str contents; /* whole lines, in the file's bytes */
    Buf renewed;  /* what it should say instead; empty where `renew` is false */
    bool renew;
} CaseFence;

typedef struct {
    Str name;              /* the text of its `##` */
    uint32_t fence, count; /* its fences */
} Case;

typedef struct {
    Buf bytes;
    Array(Case) cases;
    Array(CaseFence) fences;
} CaseFile;

/* `«code:text»` or `«code!severity:text»` in an input. */
typedef struct {
    size_t start, end; /* of the text, in the input without marks */
    Str code;
    Severity severity; /* 0 where none is written */
} Mark;

typedef struct {
    Str text;    /* without marks and cursors */
    Mark *marks; /* in the order of their starts, outer before inner */
    uint32_t count;
    Str error; /* empty where the marks are right */
} MarkedText;

/* Lifetime */

bool casefile_read(CaseFile *file, const char *path);
void casefile_finish(CaseFile *file);

/* Changers */

/* Writes the file with the contents of all fences that are to be renewed. */
bool casefile_write(const CaseFile *file, const char *path);

/* Queries */

bool fence_is(const CaseFence *fence, const char *kind);

/* Takes the marks off. */
MarkedText marks_take(Str input, Arena *arena);

/* Puts marks into a text without any. False where they cross, which marks cannot say. */
bool marks_put(Str text, const Mark *marks, uint32_t count, Buf *out);

const char *severity_name(Severity severity);

#endif
