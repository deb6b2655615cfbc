/*
 * format: what `galley check` can print its findings as. One file of server/cli/formats is one
 * format; to add one, add its file there and its line here.
 *
 * The whole is the text of `begin`, then the parts of the files in their order, then the text of
 * `end`. A part is a pure function of its file, so that parts can be made on any thread, each into
 * a buffer of its own. A format is ignorant of threads, of files and of where its text goes. Whoever
 * reads the files also says on standard error what could not be read, whatever the format.
 */
#ifndef SERVER_CLI_FORMAT_H
#define SERVER_CLI_FORMAT_H

#include "protocol/base/array.h"
#include "server/features/features.h"

typedef struct {
    uint32_t width;  /* columns of the terminal; 0: not a terminal */
    bool colour;     /* escape sequences for colours may be printed */
    bool quiet;      /* text: the verdict alone, and not even that where all is ready */
    bool statistics; /* text: how often each code was found, before the verdict */
    bool clean;      /* json: files without findings too */
    /* sarif: the page that explains a rule, as Markdown in `arena`; empty: it has none. NULL: none
     * has. */
    Str (*page)(Str code, Arena *arena);
} FormatOptions;

/* Where an article stands; the worst last. */
typedef enum {
    ARTICLE_READY,
    ARTICLE_FLAWED,     /* a warning or an error, but all of it is written */
    ARTICLE_UNFINISHED, /* a placeholder or an empty section */
    ARTICLE_UNREADABLE,
    ARTICLE_STATES,
} ArticleState;

typedef Array(FindingCount) FindingCounts;

/* What is kept of a file once its text is gone. */
typedef struct {
    Str path, uri;     /* as in CheckedFile */
    const char *error; /* likewise */
    ArticleState state;
    uint32_t words;             /* of the whole article; 0 unless the format counts words */
    uint32_t sections;          /* headings; likewise */
    uint32_t unfinished;        /* sections with a placeholder or nothing in them; likewise */
    const FindingCount *counts; /* one for each rule and severity */
    uint32_t count_count;
} FileSummary;

/* A file as its part is made from it. All is borrowed. */
typedef struct {
    Str path;          /* as the user named it: any bytes */
    Str uri;           /* of an article of a batch that has one; empty: `path` names it */
    const char *error; /* why it could not be read, and then there is nothing more; NULL: it was */
    const Article *article; /* analysed */
    Str text;               /* of `article` */
    Findings findings;      /* as configured, in the order of the text */
    uint32_t index;         /* of this file in the run, from 0 */
    FileSummary summary;    /* by format_summarise */
    Symbols symbols;        /* likewise, where the format counts words */
} CheckedFile;

/* All files, as `end` sees them. A zeroed one is a run of no file. */
typedef struct {
    Array(FileSummary) files; /* in order */
    Array(Str) parts;         /* parallel, where the format gathers */
    FindingCounts counts;     /* of all files */
    uint32_t articles;        /* files that were read */
    bool printed;             /* some part was not empty: the next one needs a separator */
    Arena arena;              /* what the summaries and parts borrow */
} CheckedRun;

typedef struct {
    const char *name;      /* of --format */
    const char *summary;   /* half a line, for lists */
    const char *separator; /* what stands between two parts that are not empty */
    bool gathers;          /* parts are kept for `end`, which prints them in an order of its own */
    bool counts_words;     /* summaries need words and sections, which cost more than parsing */
    /* Each appends to `out`; NULL: nothing to say there. `run` has no file yet in `begin`. */
    void (*begin)(Buf *out, const FormatOptions *options);
    void (*file)(Buf *out, const FormatOptions *options, const CheckedFile *file);
    void (*end)(Buf *out, const FormatOptions *options, const CheckedRun *run);
} Format;

#define FORMATS(X) X(text) X(json) X(sarif) X(github) X(gitlab) X(junit) X(html)

#define FORMAT_DECLARATION(name) extern const Format format_##name;
FORMATS(FORMAT_DECLARATION)
#undef FORMAT_DECLARATION

/* Their names, separated by blanks. */
#define FORMAT_NAME(name) #name " "
#define FORMAT_NAMES      FORMATS(FORMAT_NAME)

/* All of them, ended by NULL; the first is the default. */
extern const Format *const formats_all[];

/* NULL where there is none of this name. */
const Format *format_find(Str name);

/* Fills `file->summary` and `file->symbols` from the rest of it. Pure: for the thread that made the file. What it points
 * to is in `arena`, or borrowed from the file. */
void format_summarise(const Format *format, CheckedFile *file, Arena *arena);

/* Adds a file to the run, and copies what is kept of it: in the order of the files, on one thread.
 * Appends to `out` what of its part is to be printed now, behind a separator where it needs one. */
void format_add(const Format *format, CheckedRun *run, const FileSummary *summary, Str part,
                Buf *out);

void checked_run_finish(CheckedRun *run);

/* The verdict on all that was read, and how much was not: "not ready: 2 placeholders; 1 file not
 * read". */
Str checked_run_verdict(const CheckedRun *run, Arena *arena);

/* How often something was found at `severity`. */
uint32_t checked_run_count(const CheckedRun *run, Severity severity);

#endif
