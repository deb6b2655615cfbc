#include "server/config/glob.h"

#include "protocol/base/utf.h"

static bool matches_name(Str glob, Str name)
{
    size_t g = 0, n = 0, star = STR_NONE, swallowed = 0;
    while (n < name.length) {
        if (g < glob.length && glob.data[g] == '*') {
            star = ++g;
            swallowed = n;
        } else if (g < glob.length && glob.data[g] == '?') {
            utf_next(name, &n);
            g++;
        } else if (g < glob.length && glob.data[g] == name.data[n]) {
            g++;
            n++;
        } else if (star != STR_NONE) { /* a later star makes those before it of no interest */
            g = star;
            n = ++swallowed;
        } else {
            return false;
        }
    }
    while (g < glob.length && glob.data[g] == '*') {
        g++;
    }
    return g == glob.length;
}

/* Takes the first name off a path. */
static Str take_name(Str *path)
{
    size_t end = str_find_char(*path, '/');
    Str name = str_before(*path, end);
    *path = end == STR_NONE ? (Str){0} : str_after(*path, end + 1);
    return name;
}

/* Whether the path, or a folder that it is in, is what the glob says. */
static bool matches_path(Str glob, Str path)
{
    Str after_stars = {0}, swallowed = {0};
    bool stars = false;
    while (glob.length > 0) {
        Str rest = glob, name = take_name(&rest);
        if (str_equal(name, STR("**"))) {
            stars = true;
            glob = after_stars = rest;
            swallowed = path;
            continue;
        }
        if (path.length == 0) {
            return false; /* nor would it be enough with more of it swallowed */
        }
        if (matches_name(name, take_name(&path))) {
            glob = rest;
        } else if (stars) {
            take_name(&swallowed);
            path = swallowed;
            glob = after_stars;
        } else {
            return false;
        }
    }
    return true;
}

bool glob_matches(Str glob, Str path)
{
    glob = str_starts(glob, STR("./")) ? str_after(glob, 2) : glob;
    bool anchored = str_starts(glob, STR("/"));
    glob = anchored ? str_after(glob, 1) : glob;
    Str whole = str_ends(glob, STR("/")) ? str_before(glob, glob.length - 1) : glob;
    bool anywhere = !anchored && str_find_char(whole, '/') == STR_NONE;
    if (whole.length == 0 || !anywhere) {
        return whole.length > 0 && matches_path(whole, path);
    }
    bool found = false;
    while (path.length > 0 && !found) {
        found = matches_name(whole, take_name(&path));
    }
    return found;
}
