#include "server/os/input.h"

#include <stdlib.h>

#include "protocol/base/memory.h"

int stream_open(uv_loop_t *loop, uv_file file, uv_handle_type kind, AnyStream *stream)
{
    int error;
    switch (kind) {
    case UV_NAMED_PIPE:
        error = uv_pipe_init(loop, &stream->pipe, 0);
        error = error == 0 ? uv_pipe_open(&stream->pipe, file) : error;
        break;
    case UV_TCP:
        error = uv_tcp_init(loop, &stream->tcp);
        error = error == 0 ? uv_tcp_open(&stream->tcp, file) : error;
        break;
    case UV_TTY:
        return uv_tty_init(loop, &stream->tty, file, 0);
    default:
        return UV_EINVAL;
    }
    if (error != 0) {
        uv_close(&stream->handle, NULL);
    }
    return error;
}

static void end(Input *input)
{
    if (!input->closed) {
        input->reading = false;
        input->events.end(input->events.self);
    }
}

static void receive(Input *input, ssize_t count)
{
    if (input->closed || count == 0) {
        return;
    }
    if (count < 0) {
        end(input);
        return;
    }
    input->events.receive(input->events.self, (Str){input->chunk, (size_t)count});
}

/* Streams */

static void allocate(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
    (void)suggested;
    Input *input = handle->data;
    *buf = uv_buf_init(input->chunk, INPUT_CHUNK);
}

static void on_stream_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buf)
{
    (void)buf;
    receive(stream->data, count);
}

/* Files */

static void read_file(Input *input);

static void on_file_read(uv_fs_t *request)
{
    Input *input = request->data;
    ssize_t count = request->result;
    uv_fs_req_cleanup(request);
    input->busy = false;
    receive(input, count == 0 ? UV_EOF : count);
    read_file(input);
}

static void read_file(Input *input)
{
    if (input->closed || input->busy || !input->reading) {
        return;
    }
    uv_buf_t buf = uv_buf_init(input->chunk, INPUT_CHUNK);
    input->request.data = input;
    input->busy = uv_fs_read(input->loop, &input->request, input->file, &buf, 1, -1,
                             on_file_read) == 0;
}

/* Both */

void input_open(Input *input, uv_loop_t *loop, uv_file file, InputEvents events)
{
    uv_handle_type kind = uv_guess_handle(file);
    *input = (Input){.events = events, .loop = loop, .file = file};
    input->chunk = memory_new(INPUT_CHUNK);
    /* What is neither is read as a file too: the read fails, and that is the end. */
    input->is_file = stream_open(loop, file, kind, &input->as) != 0;
    if (!input->is_file) {
        input->as.handle.data = input;
    }
    input_resume(input);
}

void input_close(Input *input)
{
    if (input->closed || input->chunk == NULL) {
        return;
    }
    input->closed = true;
    input->reading = false;
    if (!input->is_file) {
        uv_close(&input->as.handle, NULL);
    }
}

void input_finish(Input *input)
{
    free(input->chunk);
    input->chunk = NULL;
}

void input_pause(Input *input)
{
    if (!input->closed && input->reading) {
        input->reading = false;
        if (!input->is_file) {
            uv_read_stop(&input->as.stream);
        }
    }
}

void input_resume(Input *input)
{
    if (input->closed || input->reading) {
        return;
    }
    input->reading = true;
    if (input->is_file) {
        read_file(input);
    } else if (uv_read_start(&input->as.stream, allocate, on_stream_read) != 0) {
        end(input);
    }
}
