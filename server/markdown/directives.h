/*
 * directives: what the comments of a chunk say to whoever reports findings: let this stand.
 *
 * A comment speaks the syntax of the place where it stands: `<!-- stet -->`, the same between braces in MDX,
 * `# stet` in front matter. markdownlint's comments are read as it reads them, since they stand in
 * many articles already. What is covered by a comment is said here as far as its own chunk goes;
 * what a finding is, and whether it stands, is not known here.
 */
#ifndef SERVER_MARKDOWN_DIRECTIVES_H
#define SERVER_MARKDOWN_DIRECTIVES_H

#include "protocol/base/array.h"
#include "server/markdown/chunk.h"

typedef enum {
    DIRECTIVE_NONE,
    DIRECTIVE_STET,      /* stet, galley-ignore: what follows at its own level */
    DIRECTIVE_STET_FILE, /* stet-file, galley-ignore-file */
    /* markdownlint-… */
    DIRECTIVE_DISABLE, /* from its line on */
    DIRECTIVE_ENABLE,
    DIRECTIVE_DISABLE_LINE,
    DIRECTIVE_DISABLE_NEXT_LINE,
    DIRECTIVE_DISABLE_FILE, /* wherever it stands */
    DIRECTIVE_ENABLE_FILE,
    DIRECTIVE_CAPTURE, /* keeps what is disabled here */
    DIRECTIVE_RESTORE, /* goes back to that */
} DirectiveKind;

typedef struct {
    uint8_t kind;   /* DirectiveKind */
    bool next;      /* stet: it covers the next block at its own level */
    uint32_t block; /* the index of the block that it is, or is in */
    Span whole;     /* with its delimiters */
    Span names;     /* the codes that it names; none: all */
    Span covers;    /* stet: what it covers of its own block: a key of the front matter */
} Directive;

typedef Array(Directive) Directives;

/* The directives of a settled chunk, in the order of the text; the caller finishes the array. Where
 * there is no comment the text is not looked at. */
Directives directives_of_chunk(const Chunk *chunk);

/* Whether a comment of HTML or MDX, with its delimiters, is one. */
bool directive_is(Str comment);

/* Takes the next code from `names`. False at the end. */
bool directive_next_name(Str *names, Str *name);

#endif
