/* check_batch: `galley check --batch`: articles as JSON lines on standard input, and one JSON line for
 * each on standard output, in the same order and in constant memory.
 *
 * One configuration holds for all of them, wherever they say that they come from: that of the working
 * folder, or --config. So a worker elsewhere says the same, and nothing grows with the articles. */
#ifndef SERVER_CLI_CHECK_BATCH_H
#define SERVER_CLI_CHECK_BATCH_H

#include "server/cli/check_options.h"

/* Returns the process' exit code. */
int check_batch(const CheckOptions *options, const Invocation *invocation);

#endif
