/* Prints the man page or a shell's completions; its argument says which. Run by the build. */
#include <stdio.h>
#include <stdlib.h>

#include "server/cli/complete.h"

int main(int count, char **words)
{
    static const struct {
        const char *name;
        void (*append)(Buf *out);
    } kinds[] = {
        {"man",  man_append   },
        {"bash", complete_bash},
        {"zsh",  complete_zsh },
        {"fish", complete_fish},
    };
    for (size_t i = 0; count == 2 && i < sizeof(kinds) / sizeof(*kinds); i++) {
        if (strcmp(words[1], kinds[i].name) == 0) {
            Buf out = {0};
            kinds[i].append(&out);
            bool printed = fwrite(out.data, 1, out.length, stdout) == out.length &&
                           fflush(stdout) == 0;
            buf_finish(&out);
            return printed ? EXIT_SUCCESS : EXIT_FAILURE;
        }
    }
    fputs("usage: generate man|bash|zsh|fish\n", stderr);
    return EXIT_FAILURE;
}
