#include "server/os/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { USUAL_WIDTH = 80 };

bool terminal_is(TerminalStream stream)
{
    return isatty((int)stream) == 1;
}

uint32_t terminal_width(TerminalStream stream)
{
    struct winsize size;
    if (!terminal_is(stream)) {
        return 0;
    }
    bool told = ioctl((int)stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return told ? size.ws_col : USUAL_WIDTH;
}

bool terminal_has_colour(TerminalStream stream)
{
    const char *refused = getenv("NO_COLOR"), *kind = getenv("TERM");
    bool knows = kind != NULL && kind[0] != 0 && strcmp(kind, "dumb") != 0;
    return knows && terminal_is(stream) && (refused == NULL || refused[0] == 0);
}
