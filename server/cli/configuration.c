#include "server/cli/configuration.h"

#include "protocol/base/utf.h"
#include "server/cli/command.h"
#include "server/cli/plain.h"
#include "server/cli/severity.h"
#include "server/os/files.h"

/* The disk. Paths that it is asked for end with a NUL. */

static const char *read_text(void *self, Str path, Buf *text)
{
    (void)self;
    return files_read_regular(path.data, CONFIG_BYTES_LIMIT, text);
}

static bool exists(void *self, Str path)
{
    (void)self;
    return files_exist(path.data);
}

/* Mistakes */

Str configuration_path(const Configuration *configuration, Str path)
{
    Str here = configuration->here;
    bool below = str_starts(path, here) && path.length > here.length + 1 &&
                 path.data[here.length] == '/';
    return below ? str_after(path, here.length + 1) : path;
}

/* The line and the column, in characters, of a byte of a text; both from 1. */
static void place_of(Str text, size_t offset, uint32_t *line, uint32_t *column)
{
    size_t at = 0;
    *line = *column = 1;
    while (at < offset && at < text.length) {
        bool ends = text.data[at] == '\n';
        utf_next(text, &at);
        *column = ends ? 1 : *column + 1;
        *line += ends;
    }
}

static void print_problem(const Configuration *configuration, const ConfigFile *file,
                          const LayerProblem *problem)
{
    Buf out = {0};
    uint32_t line, column;
    place_of(file->layer.text, problem->start, &line, &column);
    plain_append(&out, configuration_path(configuration, file->path));
    buf_printf(&out, ":%u:%u: %s: ", line, column, severity_name(problem->severity));
    plain_append(&out, problem->message);
    buf_append(&out, STR(" [configuration]\n"));
    files_complain(buf_str(&out));
    buf_finish(&out);
}

static void tell(Configuration *configuration)
{
    Configs *configs = &configuration->configs;
    while (configuration->told < configs->order.count) {
        const ConfigFile *file = configs->order.items[configuration->told++];
        for (uint32_t i = 0; i < file->layer.problems.count; i++) {
            print_problem(configuration, file, &file->layer.problems.items[i]);
        }
        configuration->broken |= file->layer.unread;
    }
}

/* Lifetime */

static bool use(Configuration *configuration, const char *name)
{
    Str path = configs_path(&configuration->arena, configuration->here, str_of(name));
    const char *error = configs_use(&configuration->configs, path);
    if (error != NULL) {
        command_complain(str_of(name), error);
        return false;
    }
    tell(configuration);
    return !configuration->broken;
}

bool configuration_open(Configuration *configuration, const Invocation *invocation)
{
    const char *file = invocation_value(invocation, "--config");
    *configuration = (Configuration){0};
    configuration->here = files_here(&configuration->arena);
    configs_init(&configuration->configs, (ConfigWorld){NULL, read_text, exists});
    if (invocation_has(invocation, "--no-config")) {
        configs_ignore(&configuration->configs);
        return true;
    }
    return file == NULL || use(configuration, file);
}

void configuration_close(Configuration *configuration)
{
    configs_finish(&configuration->configs);
    arena_finish(&configuration->arena);
    *configuration = (Configuration){0};
}

const Config *configuration_for(Configuration *configuration, Str path)
{
    Arena scratch = {0};
    Str whole = configs_path(&scratch, configuration->here, path);
    const Config *config = configs_for(&configuration->configs, whole);
    arena_finish(&scratch);
    tell(configuration);
    return config;
}
