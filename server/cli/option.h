/*
 * option: what a command can be told, as data. The tables are read by the parser (invocation.h),
 * the help, the man page and the completions; nothing else knows an option's spelling.
 */
#ifndef SERVER_CLI_OPTION_H
#define SERVER_CLI_OPTION_H

#include "protocol/base/str.h"

/* What a value or an argument is: what the parser checks and a shell completes. */
typedef enum {
    VALUE_TEXT,    /* anything */
    VALUE_FILE,    /* a file */
    VALUE_PATH,    /* a file or a folder */
    VALUE_NUMBER,  /* a whole number; checked */
    VALUE_CODE,    /* a rule's code */
    VALUE_CODES,   /* codes of rules, separated by commas */
    VALUE_COMMAND, /* a command's name */
} ValueKind;

/* An array of these ends with a zeroed one. */
typedef struct {
    const char *name;    /* "--format" */
    char letter;         /* 'f' for -f; 0: none */
    const char *value;   /* how the help calls its value; NULL: it has none */
    ValueKind kind;      /* of the value */
    const char *choices; /* the values there are, separated by blanks; NULL: any */
    const char *initial; /* what holds where it is not given; NULL: nothing to speak of */
    const char *summary; /* half a line */
} Option;

/* Takes the first word off a list that is separated by blanks. False at the end. */
bool option_take_word(Str *list, Str *word);

/* Whether a list of words separated by blanks has this one; NULL is empty. */
bool option_has_word(const char *list, Str word);

/* The option of that name or letter, or NULL; `options` may be NULL. */
const Option *option_find(const Option *options, Str name);
const Option *option_find_letter(const Option *options, char letter);

/* Whether `word` is that option of the table, by name or letter. */
bool option_matches(const Option *options, const char *name, Str word);

#endif
