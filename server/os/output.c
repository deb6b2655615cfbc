#include "server/os/output.h"

#include <stdlib.h>

#include "protocol/base/memory.h"

/* What the descriptor did not take at once. */
typedef struct {
    uv_write_t request;
    Output *output;
    Buf buf;       /* owned */
    size_t length; /* of the part that was queued */
} Pending;

void output_open(Output *output, uv_loop_t *loop, uv_file file, OutputEvents events)
{
    uv_handle_type kind = uv_guess_handle(file);
    *output = (Output){.events = events, .file = file};
    output->is_file = stream_open(loop, file, kind, &output->as) != 0;
}

void output_close(Output *output)
{
    if (!output->closed) {
        output->closed = true;
        if (!output->is_file) {
            uv_close(&output->as.handle, NULL);
        }
    }
}

static void fail(Output *output)
{
    if (!output->broken && !output->closed) {
        output->broken = true;
        output->events.fail(output->events.self);
    }
}

static void on_written(uv_write_t *request, int status)
{
    Pending *pending = request->data;
    Output *output = pending->output;
    output->in_flight -= pending->length;
    buf_finish(&pending->buf);
    free(pending);
    if (status < 0) {
        fail(output);
    } else if (output->in_flight == 0 && !output->closed) {
        output->events.drain(output->events.self);
    }
}

/* A file takes everything: how long that lasts is the system's affair. */
static int write_file(Output *output, Str bytes)
{
    while (bytes.length > 0) {
        uv_fs_t request;
        uv_buf_t buf = uv_buf_init((char *)bytes.data, (unsigned)bytes.length);
        int count = uv_fs_write(NULL, &request, output->file, &buf, 1, -1, NULL);
        uv_fs_req_cleanup(&request);
        if (count <= 0) {
            return count < 0 ? count : UV_EIO;
        }
        bytes = str_after(bytes, (size_t)count);
    }
    return 0;
}

/* Queues what is left of `taken` after `written` bytes. */
static int write_later(Output *output, Buf *taken, size_t written)
{
    Pending *pending = memory_new(sizeof(*pending));
    *pending = (Pending){.output = output, .length = taken->length - written};
    pending->buf = buf_take(taken);
    pending->request.data = pending;
    output->in_flight += pending->length;

    uv_buf_t rest = uv_buf_init(pending->buf.data + written, (unsigned)pending->length);
    int error = uv_write(&pending->request, &output->as.stream, &rest, 1, on_written);
    if (error != 0) {
        output->in_flight -= pending->length;
        buf_finish(&pending->buf);
        free(pending);
    }
    return error;
}

static int write_stream(Output *output, Buf *taken)
{
    uv_buf_t buf = uv_buf_init(taken->data, (unsigned)taken->length);
    int count = uv_try_write(&output->as.stream, &buf, 1);
    if (count < 0 && count != UV_EAGAIN) {
        return count;
    }
    size_t written = count < 0 ? 0 : (size_t)count;
    return written == taken->length ? 0 : write_later(output, taken, written);
}

void output_write(Output *output, Buf taken)
{
    if (!output->broken && !output->closed && taken.length > 0) {
        int error = output->is_file ? write_file(output, buf_str(&taken))
                                    : write_stream(output, &taken);
        if (error != 0) {
            fail(output);
        }
    }
    buf_finish(&taken);
}
