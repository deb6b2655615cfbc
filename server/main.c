#include "server/cli/command.h"
#include "server/os/heap.h"

int main(int count, char **words)
{
    heap_configure();
    return command_run(words + 1, count > 0 ? (uint32_t)count - 1 : 0);
}
