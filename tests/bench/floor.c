/* floor: the least that a language server does. The same loop, framing and JSON as galley's, and no
 * analysis: it answers each text with no diagnostics and each request with null. What galley costs
 * above it is what galley's own work costs. */
#include "protocol/frame.h"
#include "protocol/limits.h"
#include "protocol/rpc.h"
#include "server/os/heap.h"
#include "server/os/loop.h"

typedef struct {
    Loop *loop;
    FrameReader frames;
    JsonWriter writer;
} Floor;

static bool is(const RpcMessage *message, const char *method)
{
    return str_equal(message->method, str_of(method));
}

static void publish_nothing(Floor *server, RpcMessage *message)
{
    JsonReader document = jr_field(rpc_params(message), "textDocument");
    JsonWriter *writer = &server->writer;
    rpc_begin_notification(writer, STR("textDocument/publishDiagnostics"));
    jw_begin_object(writer);
    jw_string_field(writer, "uri", jr_string_or(jr_field(document, "uri"), STR("")));
    jw_uint_field(writer, "version", jr_uint32_or(jr_field(document, "version"), 0));
    jw_key(writer, "diagnostics");
    jw_begin_array(writer);
    jw_end_array(writer);
    jw_end_object(writer);
    loop_write(server->loop, rpc_end(writer));
}

static void answer(Floor *server, RpcMessage *message)
{
    if (message->kind == RPC_REQUEST) {
        rpc_begin_response(&server->writer, message->id);
        jw_raw(&server->writer,
               is(message, "initialize") ? STR("{\"capabilities\": {}}") : STR("null"));
        loop_write(server->loop, rpc_end(&server->writer));
    } else if (is(message, "textDocument/didOpen") || is(message, "textDocument/didChange") ||
               is(message, "textDocument/didClose")) {
        publish_nothing(server, message);
    } else if (is(message, "exit")) {
        loop_stop(server->loop);
    }
}

static void receive(void *self, Str bytes)
{
    Floor *server = self;
    Frame frame;
    FrameEvent event;
    frame_feed(&server->frames, bytes);
    while ((event = frame_next(&server->frames, &frame)) != FRAME_NONE) {
        if (event == FRAME_BODY) {
            RpcMessage message;
            rpc_parse(frame.body, &message);
            answer(server, &message);
            rpc_message_finish(&message);
        }
    }
}

static void drain(void *self)
{
    (void)self;
}

int main(void)
{
    Floor server = {0};
    heap_configure();
    frame_reader_init(&server.frames, LIMIT_BODY_BYTES);
    server.loop = loop_new((LoopClient){.self = &server, .receive = receive, .drain = drain});
    loop_run(server.loop);
    loop_free(server.loop);
    frame_reader_finish(&server.frames);
    jw_finish(&server.writer);
    return 0;
}
