/*
 * rules: the one list of rules, in the order in which people meet them in `galley rules`. To add a
 * rule, add its file to this folder, its line here and its case file under tests/rules.
 */
#ifndef SERVER_RULES_RULES_H
#define SERVER_RULES_RULES_H

#include "server/rules/rule.h"

#define RULES(X)                                                                                   \
    X(placeholder_text)                                                                            \
    X(empty_section)                                                                               \
    X(repeated_heading)                                                                            \
    X(heading_jump)                                                                                \
    X(multiple_titles)                                                                             \
    X(heading_hash)                                                                                \
    X(stray_underline)                                                                             \
    X(foreign_script)                                                                              \
    X(pattern)                                                                                     \
    X(heading_space)                                                                               \
    X(unused_suppression)                                                                          \
    X(mixed_script_word)                                                                           \
    X(chat_artifact)                                                                               \
    X(mojibake)                                                                                    \
    X(chat_text)                                                                                   \
    X(placeholder_link)                                                                            \
    X(repeated_word)                                                                               \
    X(merge_conflict)                                                                              \
    X(invisible_character)                                                                         \
    X(literal_markup)                                                                              \
    X(omitted_text)                                                                                \
    X(accidental_heading)                                                                          \
    X(duplicate_heading)                                                                           \
    X(heading_emphasis)                                                                            \
    X(broken_table)                                                                                \
    X(empty_link)                                                                                  \
    X(unrendered_template)                                                                         \
    X(unclosed_fence)                                                                              \
    X(unclosed_comment)                                                                            \
    X(wrapped_document)                                                                            \
    X(emphasis_as_heading)                                                                         \
    X(missing_alt_text)

#define RULE_DECLARATION(name) extern const Rule rule_##name;
RULES(RULE_DECLARATION)
#undef RULE_DECLARATION

#define RULE_ONE(name) +1
enum { RULE_COUNT = 0 RULES(RULE_ONE) };
#undef RULE_ONE

/* All of them, ended by NULL. */
extern const Rule *const rules_all[];

#endif
