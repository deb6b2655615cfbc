#include "server/os/terminal.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <uv.h>

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

bool terminal_obeys(TerminalStream stream)
{
    const char *kind = getenv("TERM");
    return kind != NULL && kind[0] != 0 && strcmp(kind, "dumb") != 0 && terminal_is(stream);
}

bool terminal_has_colour(TerminalStream stream)
{
    const char *refused = getenv("NO_COLOR");
    return terminal_obeys(stream) && (refused == NULL || refused[0] == 0);
}

/* The signal has its usual effect again by now (SA_RESETHAND), once this returns. */
static void clear_line(int number)
{
    static const char clear[] = "\r\x1b[K";
    ssize_t written = write(STDERR_FILENO, clear, sizeof(clear) - 1);
    (void)written;
    raise(number);
}

void terminal_clear_on_interrupt(void)
{
    struct sigaction before, action = {.sa_handler = clear_line, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGINT, NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
        sigaction(SIGINT, &action, NULL);
    }
}

void terminal_outlive_reader(void)
{
    signal(SIGPIPE, SIG_IGN);
}

uint64_t terminal_clock(void)
{
    return uv_hrtime() / 1000000;
}
