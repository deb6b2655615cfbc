#include "server/cli/option.h"

bool option_take_word(Str *list, Str *word)
{
    while (list->length > 0 && list->data[0] == ' ') {
        *list = str_after(*list, 1);
    }
    if (list->length == 0) {
        return false;
    }
    size_t end = str_find_char(*list, ' ');
    *word = str_before(*list, end);
    *list = str_after(*list, word->length);
    return true;
}

bool option_has_word(const char *list, Str word)
{
    Str rest = str_of(list), each;
    while (option_take_word(&rest, &each)) {
        if (str_equal(each, word)) {
            return true;
        }
    }
    return false;
}

const Option *option_find(const Option *options, Str name)
{
    for (const Option *option = options; option != NULL && option->name != NULL; option++) {
        if (str_equal(str_of(option->name), name)) {
            return option;
        }
    }
    return NULL;
}

const Option *option_find_letter(const Option *options, char letter)
{
    for (const Option *option = options; option != NULL && option->name != NULL; option++) {
        if (option->letter == letter) {
            return option;
        }
    }
    return NULL;
}

bool option_matches(const Option *options, const char *name, Str word)
{
    const Option *option = option_find(options, str_of(name));
    char letter[] = {'-', option->letter, 0};
    return str_equal(word, str_of(name)) || str_equal(word, str_of(letter));
}
