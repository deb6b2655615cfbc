#include "server/cli/version.h"

#include "protocol/base/yaml.h"
#include "protocol/json_read.h"
#include "server/lexicon/pattern.h"
#include "server/os/program.h"

/* Each as it runs; md4c does not tell, and is named as it was when galley was built. */
void version_append(Buf *out)
{
    const char *const libraries[][2] = {
        {"libuv",   program_libuv()       },
        {"jansson", json_library_version()},
        {"md4c",    GALLEY_MD4C           },
        {"libyaml", yaml_library_version()},
    };
    buf_append(out, STR("galley " GALLEY_VERSION "\n"));
    for (size_t i = 0; i < sizeof(libraries) / sizeof(*libraries); i++) {
        buf_printf(out, "%-8s %s\n", libraries[i][0], libraries[i][1]);
    }
    buf_printf(out, "%-8s ", "PCRE2");
    pattern_library_version(out);
    buf_append_char(out, '\n');
}
