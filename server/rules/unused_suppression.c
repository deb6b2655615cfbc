/* unused-suppression: a stet lets something stand.
 *
 * What it once covered was mended, or its code is misspelt: the next defect in that place would be
 * covered by it, and nobody would know. Whether a comment covers anything is known only where all
 * findings are, so the report says it (suppress.h). */
#include "server/rules/rule.h"

const Rule rule_unused_suppression = {
    .code = "unused-suppression",
    .severity = SEVERITY_HINT,
    .summary = "a stet comment that covers nothing",
};
