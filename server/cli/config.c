/* config: what applies to a file, a file to begin with, and what may stand in it. */
#include "server/cli/command.h"
#include "server/cli/config_text.h"
#include "server/os/files.h"

static const char *const names[] = {".galley.yml", ".galley.yaml"};

static int print(Buf *out)
{
    bool printed = files_print(buf_str(out));
    buf_finish(out);
    return printed ? EXIT_CLEAN : EXIT_TROUBLE;
}

static int show(const Invocation *invocation)
{
    Configuration configuration;
    Buf out = {0};
    int code = EXIT_TROUBLE;
    if (configuration_open(&configuration, invocation)) {
        Str path = str_of(invocation->arguments[1]);
        config_append_values(&out, &configuration, configuration_for(&configuration, path));
        code = print(&out);
        code = configuration.broken ? EXIT_TROUBLE : code;
    }
    configuration_close(&configuration);
    return code;
}

static int init(void)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        if (files_exist(names[i])) {
            return command_complain(str_of(names[i]), "it is there already, and stays as it is");
        }
    }
    Buf out = {0};
    config_append_template(&out);
    const char *error = files_create(names[0], buf_str(&out));
    buf_finish(&out);
    return error != NULL ? command_complain(str_of(names[0]), error)
           : files_print(STR(".galley.yml is written\n")) ? EXIT_CLEAN
                                                          : EXIT_TROUBLE;
}

static int schema(void)
{
    Buf out = {0};
    config_append_schema(&out);
    return print(&out);
}

static int run(const Invocation *invocation)
{
    Str action = str_of(invocation->arguments[0]);
    bool shows = str_equal(action, STR("show"));
    if (shows != (invocation->count == 2)) {
        return command_suggest(action, shows ? "which file?" : "it takes no file", (Str){0},
                               invocation->command);
    }
    return shows ? show(invocation) : str_equal(action, STR("init")) ? init() : schema();
}

static const Option options[] = {CONFIGURATION_OPTIONS, {0}};

const Command command_config = {
    .name = "config",
    .options = options,
    .actions = "show init schema",
    .arguments = "show FILE|init|schema",
    .kind = VALUE_FILE,
    .minimum = 1,
    .maximum = 2,
    .summary = "what applies to a file; a .galley.yml to begin with; its JSON Schema",
    .details =
        "show prints each value that applies to FILE and where it comes from, the nearest "
        ".galley.yml upward until the root of the repository.\n\ninit writes a .galley.yml in the "
        "working folder, with all settings as comments.\n\nschema prints the JSON Schema of such "
        "a file, for editors.",
    .exits = {[EXIT_CLEAN] = "it is done",
              [EXIT_TROUBLE] = "wrong usage, or the configuration cannot be read"},
    .run = run,
};
