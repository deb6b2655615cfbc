#include "server/cli/progress.h"

#include "protocol/base/buf.h"
#include "server/os/files.h"
#include "server/os/terminal.h"

/* Milliseconds: before it is shown at all, and between two times. */
enum { PATIENCE = 400, INTERVAL = 100 };

void progress_begin(Progress *progress, bool wanted, uint32_t total)
{
    *progress = (Progress){.wanted = wanted, .total = total};
    if (wanted) {
        progress->next = terminal_clock() + PATIENCE;
        terminal_clear_on_interrupt();
    }
}

void progress_tell(Progress *progress, uint32_t done)
{
    if (!progress->wanted || terminal_clock() < progress->next) {
        return;
    }
    Buf line = {0};
    buf_printf(&line, "\r%u of %u articles\x1b[K", done, progress->total);
    files_complain(buf_str(&line));
    buf_finish(&line);
    progress->shown = true;
    progress->next = terminal_clock() + INTERVAL;
}

void progress_clear(Progress *progress)
{
    if (progress->shown) {
        files_complain(STR("\r\x1b[K"));
        progress->shown = false;
    }
}
