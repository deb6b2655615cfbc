#include "server/cli/complete.h"
#include "server/cli/help.h"
#include "server/config/settings.h"

/* Text as roff prints it: no request, no escape, dashes that can be copied. */
static void append_text(Buf *out, Str text)
{
    if (text.length > 0 && (text.data[0] == '.' || text.data[0] == '\'')) {
        buf_append(out, STR("\\&"));
    }
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '\\') {
            buf_append(out, STR("\\e"));
        } else if (text.data[i] == '-') {
            buf_append(out, STR("\\-"));
        } else {
            buf_append_char(out, text.data[i]);
        }
    }
}

static void append_line(Buf *out, const char *text)
{
    append_text(out, str_of(text));
    buf_append_char(out, '\n');
}

static void append_bold(Buf *out, const char *text)
{
    buf_append(out, STR("\\fB"));
    append_text(out, str_of(text));
    buf_append(out, STR("\\fR"));
}

static void append_option(Buf *out, const Option *option)
{
    buf_append(out, STR(".TP\n"));
    if (option->letter != 0) {
        char letter[] = {'-', option->letter, 0};
        append_bold(out, letter);
        buf_append(out, STR(", "));
    }
    append_bold(out, option->name);
    if (option->value != NULL) {
        buf_printf(out, " \\fI%s\\fR", option->value);
    }
    buf_append_char(out, '\n');
    Buf meaning = {0};
    help_append_meaning(&meaning, option);
    append_text(out, buf_str(&meaning));
    buf_append(out, STR(".\n"));
    buf_finish(&meaning);
}

static void append_options(Buf *out, const Option *options)
{
    for (const Option *option = options; option != NULL && option->name != NULL; option++) {
        append_option(out, option);
    }
}

static void append_paragraphs(Buf *out, const char *text)
{
    Str rest = str_of(text), line;
    while (str_take_line(&rest, &line)) {
        if (line.length > 0) {
            buf_append(out, STR(".PP\n"));
            append_text(out, line);
            buf_append_char(out, '\n');
        }
    }
}

static void append_exits(Buf *out, const Command *command)
{
    buf_append(out, STR(".PP\nExit status:\n"));
    for (int code = 0; code < COMMAND_EXITS; code++) {
        if (command->exits[code] != NULL) {
            buf_printf(out, ".TP\n.B %d\n", code);
            append_line(out, command->exits[code]);
        }
    }
}

static void append_command(Buf *out, const Command *command)
{
    Buf usage = {0};
    help_append_usage(&usage, command);
    buf_append(out, STR(".SS "));
    append_text(out, buf_str(&usage));
    buf_append_char(out, '\n');
    append_line(out, command->summary);
    append_paragraphs(out, command->details);
    append_options(out, command->options);
    append_exits(out, command);
    buf_finish(&usage);
}

/* Lines as they are, indented. */
static void append_example(Buf *out, const char *text)
{
    Str rest = str_of(text), line;
    buf_append(out, STR(".sp\n.RS\n.nf\n"));
    while (str_take_line(&rest, &line)) {
        append_text(out, line);
        buf_append_char(out, '\n');
    }
    buf_append(out, STR(".fi\n.RE\n"));
}

static void append_settings(Buf *out)
{
    for (int i = 0; i < SETTING_COUNT; i++) {
        const Setting *setting = &settings_all[i];
        buf_append(out, STR(".TP\n"));
        append_bold(out, setting->key);
        buf_append_char(out, '\n');
        append_line(out, setting->summary);
        buf_append(out, STR("By default: "));
        append_line(out, setting->initial);
        append_example(out, setting->example);
    }
}

void man_append(Buf *out)
{
    buf_append(out, STR(".TH GALLEY 1 \"\" \"galley " GALLEY_VERSION "\" \"User Commands\"\n"
                        ".SH NAME\ngalley \\- read articles in Markdown before they are published\n"
                        ".SH SYNOPSIS\n.B galley\n\\fICOMMAND\\fR [\\fIOPTION\\fR...] "
                        "[\\fIARGUMENT\\fR...]\n.SH DESCRIPTION\n"));
    append_line(out, GALLEY_SUMMARY);
    buf_append(out, STR(".SH OPTIONS\n"));
    append_options(out, options_galley);
    buf_append(out, STR(".SH COMMANDS\n"));
    for (const Command *const *command = commands_all; *command != NULL; command++) {
        append_command(out, *command);
    }
    buf_append(out, STR(".SH FILES\n.TP\n.BR .galley.yml \", \" .galley.yaml\n"
                        "What applies to the articles beside it and below. The nearest one upward "
                        "counts, as far as the root of the repository.\n.SH CONFIGURATION\n"));
    append_settings(out);
    buf_append(out,
               STR(".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nWhere it is set and not empty, nothing is "
                   "printed in colours by itself.\n"));
}
