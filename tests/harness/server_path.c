#include "tests/harness/server_path.h"

#include <stdlib.h>

void server_path(const char *program, Buf *path)
{
    Str set = str_of(getenv("GALLEY")), self = str_of(program);
    if (set.length > 0) {
        buf_append(path, set);
    } else {
        size_t at = str_find(self, STR("tests/"));
        buf_append(path, at == STR_NONE ? STR("build/release/") : str_before(self, at));
        buf_append(path, STR("galley"));
    }
    buf_append_char(path, 0);
}
