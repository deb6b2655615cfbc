#include "server/os/program.h"

#include <stdlib.h>
#include <uv.h>

enum { PATH_LIMIT = 1 << 14 };

bool program_folder(Buf *out)
{
    Buf path = {0};
    size_t length = PATH_LIMIT;
    char *resolved = NULL;
    if (uv_exepath(buf_reserve(&path, PATH_LIMIT), &length) == 0) {
        resolved = realpath(path.data, NULL);
    }
    char *slash = resolved != NULL ? strrchr(resolved, '/') : NULL;
    if (slash != NULL) {
        buf_append(out, (Str){resolved, (size_t)(slash - resolved)});
    }
    free(resolved);
    buf_finish(&path);
    return slash != NULL;
}

const char *program_libuv(void)
{
    return uv_version_string();
}
