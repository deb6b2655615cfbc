#include "server/os/watch.h"

#include <stdlib.h>

#include "protocol/base/buf.h"
#include "protocol/base/memory.h"

struct WatchedFolder {
    uv_fs_event_t event;
    Watch *watch;
    Buf path; /* NUL-terminated */
};

static void on_change(uv_fs_event_t *event, const char *name, int events, int status)
{
    const WatchedFolder *folder = event->data;
    Buf path = {0};
    (void)events;
    if (status != 0 || name == NULL) {
        return;
    }
    buf_append(&path, str_of(folder->path.data));
    if (!str_ends(buf_str(&path), STR("/"))) {
        buf_append_char(&path, '/');
    }
    buf_append(&path, str_of(name));
    folder->watch->changed(folder->watch->self, buf_str(&path));
    buf_finish(&path);
}

static void free_folder(uv_handle_t *handle)
{
    WatchedFolder *folder = handle->data;
    buf_finish(&folder->path);
    free(folder);
}

void watch_folder(Watch *watch, Str folder)
{
    WatchedFolder *watched = memory_new_zeroed(1, sizeof(*watched));
    watched->watch = watch;
    buf_append(&watched->path, folder);
    buf_append_char(&watched->path, '\0');
    uv_fs_event_init(watch->loop, &watched->event);
    watched->event.data = watched;
    if (uv_fs_event_start(&watched->event, on_change, watched->path.data, 0) != 0) {
        uv_close((uv_handle_t *)&watched->event, free_folder);
        return;
    }
    *array_add(&watch->folders) = watched;
}

void watch_close(Watch *watch)
{
    for (uint32_t i = 0; i < watch->folders.count; i++) {
        uv_close((uv_handle_t *)&watch->folders.items[i]->event, free_folder);
    }
    array_reset(&watch->folders);
}

void watch_finish(Watch *watch)
{
    array_finish(&watch->folders);
}
