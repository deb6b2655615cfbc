/*
 * watch: folders whose changes are told. For the loop alone, and for clients of it that cannot watch
 * files themselves.
 */
#ifndef SERVER_OS_WATCH_H
#define SERVER_OS_WATCH_H

#include <uv.h>

#include "protocol/base/array.h"
#include "protocol/base/str.h"

typedef struct WatchedFolder WatchedFolder;

typedef struct {
    uv_loop_t *loop;
    void (*changed)(void *self, Str path); /* something in a folder; borrowed until it returns */
    void *self;
    Array(WatchedFolder *) folders; /* owned by the loop until they are closed */
} Watch;

/* Watches a folder, not those below it; nothing where that cannot be. */
void watch_folder(Watch *watch, Str folder);

void watch_close(Watch *watch);
void watch_finish(Watch *watch);

#endif
