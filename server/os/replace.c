#include "server/os/replace.h"

#include "protocol/base/memory.h"
#include "server/os/files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct Replacement {
    char path[PATH_MAX]; /* of the file itself, links followed */
    char temporary[PATH_MAX];
    int descriptor;     /* of the file, locked */
    struct stat status; /* of the file when it was taken */
};

enum { TRIES = 100 }; /* to take a file that others are replacing */

const char replace_changed[] = "the file has changed meanwhile; nothing is written";

/* Taking */

static bool is_as_it_was(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
           a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

/* Opens and locks the file that has the name once the lock is there. Where files cannot be locked,
 * what others do is noticed all the same. */
static const char *take(Replacement *replacement)
{
    for (int i = 0; i < TRIES; i++) {
        struct stat now;
        replacement->descriptor = open(replacement->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (replacement->descriptor < 0) {
            return strerror(errno);
        }
        if (fstat(replacement->descriptor, &replacement->status) == 0 &&
            !S_ISREG(replacement->status.st_mode)) {
            return S_ISDIR(replacement->status.st_mode) ? strerror(EISDIR) : "not a regular file";
        }
        while (flock(replacement->descriptor, LOCK_EX) != 0 && errno == EINTR) {
        }
        if (fstat(replacement->descriptor, &replacement->status) == 0 &&
            stat(replacement->path, &now) == 0 && is_as_it_was(&now, &replacement->status)) {
            return NULL;
        }
        close(replacement->descriptor);
        replacement->descriptor = -1;
    }
    return "others keep replacing it";
}

/* Whoever may write in its folder could replace a file that is not to be written. */
static const char *check_writable(const Replacement *replacement)
{
    if ((replacement->status.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0) {
        return "the file is read-only";
    }
    return access(replacement->path, W_OK) == 0 ? NULL : strerror(errno);
}

const char *replace_open(const char *path, size_t limit, Replacement **replacement, Buf *text)
{
    Replacement *taken = memory_new_zeroed(1, sizeof(Replacement));
    taken->descriptor = -1;
    const char *error = realpath(path, taken->path) == NULL ? strerror(errno) : take(taken);
    error = error != NULL ? error : check_writable(taken);
    error = error != NULL ? error : files_read(taken->path, limit, text);
    if (error != NULL) {
        replace_free(taken);
    } else {
        *replacement = taken;
    }
    return error;
}

void replace_free(Replacement *replacement)
{
    if (replacement != NULL) {
        if (replacement->descriptor >= 0) {
            close(replacement->descriptor);
        }
        free(replacement);
    }
}

/* Writing */

static bool write_all(int descriptor, Str text)
{
    while (text.length > 0) {
        ssize_t count = write(descriptor, text.data, text.length);
        if (count < 0 && errno != EINTR) {
            return false;
        }
        text = str_after(text, count < 0 ? 0 : (size_t)count);
    }
    return true;
}

/* Makes the file beside the other one. Returns its descriptor, or -1 with errno. */
static int make_temporary(Replacement *replacement)
{
    char *slash = strrchr(replacement->path, '/');
    int folder = slash == NULL ? 0 : (int)(slash + 1 - replacement->path);
    int length = snprintf(replacement->temporary, sizeof(replacement->temporary),
                          "%.*s.galley-XXXXXX", folder, replacement->path);
    if (length < 0 || (size_t)length >= sizeof(replacement->temporary)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return mkostemp(replacement->temporary, O_CLOEXEC);
}

/* The owner first: who gives a file away may lose bits of its mode. */
static bool copy_mode(const Replacement *replacement, int descriptor)
{
    const struct stat *status = &replacement->status;
    bool given = fchown(descriptor, status->st_uid, status->st_gid) == 0 ||
                 fchown(descriptor, (uid_t)-1, status->st_gid) == 0;
    (void)given; /* else it stays with whoever writes it */
    return fchmod(descriptor, status->st_mode & ALLPERMS) == 0;
}

static const char *fill(const Replacement *replacement, int descriptor, Str text)
{
    bool filled = write_all(descriptor, text) && copy_mode(replacement, descriptor) &&
                  fsync(descriptor) == 0;
    const char *error = filled ? NULL : strerror(errno);
    if (close(descriptor) != 0 && error == NULL) {
        error = strerror(errno);
    }
    return error;
}

/* The name is on the disk once the folder is. */
static void sync_folder(const char *path)
{
    char folder[PATH_MAX];
    snprintf(folder, sizeof(folder), "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash != NULL) {
        slash[slash == folder ? 1 : 0] = '\0';
        int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor >= 0) {
            fsync(descriptor);
            close(descriptor);
        }
    }
}

static const char *put(Replacement *replacement, Str text)
{
    int descriptor = make_temporary(replacement);
    if (descriptor < 0) {
        return strerror(errno);
    }
    struct stat now;
    const char *error = fill(replacement, descriptor, text);
    if (error == NULL &&
        (stat(replacement->path, &now) != 0 || !is_as_it_was(&now, &replacement->status))) {
        error = replace_changed;
    }
    if (error == NULL && rename(replacement->temporary, replacement->path) != 0) {
        error = strerror(errno);
    }
    if (error != NULL) {
        unlink(replacement->temporary);
    } else {
        sync_folder(replacement->path);
    }
    return error;
}

/* No signal comes between making the file beside and its removal; one about a file that grows too
 * large is an error of writing. */
const char *replace_write(Replacement *replacement, Str text)
{
    sigset_t all, before;
    struct sigaction ignored = {.sa_handler = SIG_IGN}, old;
    sigfillset(&all);
    sigdelset(&all, SIGXFSZ); /* what is blocked is not ignored, but kept */
    sigprocmask(SIG_BLOCK, &all, &before);
    sigaction(SIGXFSZ, &ignored, &old);
    const char *error = put(replacement, text);
    sigaction(SIGXFSZ, &old, NULL);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return error;
}
