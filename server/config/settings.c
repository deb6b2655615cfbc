#include "server/config/settings.h"

#include "server/lexicon/lexicon.h"
#include "server/markdown/chunk.h"

/* clang-format off */
const Setting settings_all[SETTING_COUNT] = {
    [SETTING_EXTENDS] = {
        .key = "extends",
        .type = SETTING_PATH,
        .file_only = true,
        .initial = "nothing",
        .summary = "Another configuration file, which holds where this one says nothing; its path is "
                   "told from this file's folder.",
        .example = "extends: ../house-style.yml\n",
    },
    [SETTING_RULES] = {
        .key = "rules",
        .type = SETTING_SEVERITIES,
        .initial = "as `galley rules` lists them",
        .summary = "The severity of a rule's findings (off, hint, information, warning, error), or "
                   "that and the rule's options.",
        .example = "rules:\n"
                   "  heading-jump: off\n"
                   "  placeholder-text:\n"
                   "    severity: error\n"
                   "    markers: false\n",
    },
    [SETTING_PHRASES] = {
        .key = "phrases",
        .type = SETTING_PHRASE_LIST,
        .adds = true,
        .initial = "none",
        .summary = "Your own placeholders, reported by placeholder-text: words; a * at the end of one "
                   "stands for the rest of the word, … at the end of all for the rest of the block.",
        .example = "phrases:\n"
                   "  - text follows from the editor …\n"
                   "  - section * is missing\n",
    },
    [SETTING_PATTERNS] = {
        .key = "patterns",
        .type = SETTING_PATTERN_LIST,
        .adds = true,
        .initial = "none",
        .summary = "Your own regular expressions (PCRE2), matched against prose; each with the message "
                   "to show, perhaps a severity and a name that makes its code pattern-NAME.",
        .example = "patterns:\n"
                   "  - pattern: '\\b(click here|read more)\\b'\n"
                   "    message: say where the link leads\n"
                   "    severity: information\n"
                   "    code: link-text\n",
    },
    [SETTING_LANGUAGES] = {
        .key = "languages",
        .type = SETTING_WORDS,
        .choices = lexicon_languages,
        .initial = "all",
        .summary = "The languages whose placeholder phrases count. English always does: what is the "
                   "same in every language is among its phrases.",
        .example = "languages: [ru, uk]\n",
    },
    [SETTING_KEYS] = {
        .key = "front-matter.keys",
        .type = SETTING_WORDS,
        .initial = "all",
        .summary = "The keys of front matter whose values placeholder-text reads.",
        .example = "front-matter:\n"
                   "  keys: [title, description]\n",
    },
    [SETTING_TEMPLATES] = {
        .key = "templates",
        .type = SETTING_WORDS,
        .choices = TEMPLATE_DIALECTS,
        .initial = "none",
        .summary = "Languages of templates in the articles, whose text is no prose: liquid ({{ }} and "
                   "{% %}, Jinja's and Handlebars' too), erb (<% %>), hugo ({{< >}} and {{% %}}), "
                   "mdx ({ }).",
        .example = "templates: [liquid]\n",
    },
    [SETTING_EXCLUDE] = {
        .key = "exclude",
        .type = SETTING_GLOBS,
        .adds = true,
        .initial = "nothing",
        .summary = "Files that galley says nothing about, told from this file's folder: * within a "
                   "name, ** across folders, ? one character; a folder stands for all in it, a name "
                   "without / for such names anywhere.",
        .example = "exclude: [drafts/, '**/CHANGELOG.md']\n",
    },
    [SETTING_OVERRIDES] = {
        .key = "overrides",
        .type = SETTING_SECTIONS,
        .file_only = true,
        .initial = "nothing",
        .summary = "Settings for some files alone, one section after the other: files, as in exclude, "
                   "and any of the settings above but extends.",
        .example = "overrides:\n"
                   "  - files: [news/**]\n"
                   "    rules:\n"
                   "      empty-section: error\n",
    },
};
/* clang-format on */
