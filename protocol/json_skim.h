/*
 * json_skim: what is left of a message that is too long to be kept. It takes a body part by part
 * and keeps it without its bulk: a long string becomes "", an array []. Objects, short strings and
 * numbers stay, in any order: enough to know who sent what, and to answer.
 *
 *     {"method":"textDocument/didOpen","params":{"textDocument":{"text":"","uri":"file:///a.md"}}}
 *
 * It checks nothing: of a body that is JSON it makes JSON. A zeroed JsonSkim is ready.
 */
#ifndef PROTOCOL_JSON_SKIM_H
#define PROTOCOL_JSON_SKIM_H

#include "protocol/base/buf.h"

typedef struct {
    Buf kept;        /* the message so far, at most LIMIT_SKIM_BYTES */
    size_t string;   /* where in `kept` the current string begins */
    uint32_t arrays; /* arrays around the current byte; inside one nothing is kept */
    bool in_string;  /* inside quotes */
    bool escaped;    /* behind a backslash */
    bool dropped;    /* the current string was too long */
    bool overflow;   /* there were too many short things */
} JsonSkim;

void json_skim_finish(JsonSkim *skim);
void json_skim_reset(JsonSkim *skim);

void json_skim_feed(JsonSkim *skim, Str part);

/* What is left, borrowed until the next change. Empty where too much would be. */
Str json_skim_body(const JsonSkim *skim);

#endif
