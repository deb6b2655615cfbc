#include "protocol/rpc.h"

/* Messages in */

static void refuse(RpcMessage *message, RpcErrorCode code, const char *reason)
{
    message->kind = RPC_INVALID;
    message->code = code;
    buf_append(&message->error, str_of(reason));
}

static JsonReader member(RpcMessage *message, const char *key)
{
    return jr_field(json_document_root(&message->document), key);
}

/* Not jr_int64, which takes 1.0 for 1: an id goes back as the same JSON value. */
bool rpc_decode_id(JsonReader reader, RpcId *id)
{
    RpcId read = {0};
    if (jr_kind(reader) == JR_INTEGER && jr_int64(reader, &read.number)) {
        read.kind = RPC_ID_NUMBER;
    } else if (jr_kind(reader) == JR_STRING && jr_string(reader, &read.text)) {
        read.kind = RPC_ID_TEXT;
    } else {
        return jr_fail(reader, "an integer or a string");
    }
    *id = read;
    return true;
}

/* Whether the version is the one there is, or left out, which does no harm. */
static bool is_version_2(JsonReader version)
{
    return jr_kind(version) == JR_MISSING || str_equal(jr_string_or(version, (Str){0}), STR("2.0"));
}

/* Something with a method: a request where it has an id. */
static void classify_call(RpcMessage *message, JsonReader id, JsonReader method)
{
    bool has_id = jr_kind(id) != JR_MISSING;
    if (has_id && !rpc_decode_id(id, &message->id)) {
        refuse(message, RPC_INVALID_REQUEST, "the id is neither an integer nor a string");
    } else if (!jr_string(method, &message->method)) {
        refuse(message, RPC_INVALID_REQUEST, "the method is no string");
    } else if (!is_version_2(member(message, "jsonrpc"))) {
        refuse(message, RPC_INVALID_REQUEST, "the version of JSON-RPC is not 2.0");
    } else {
        message->kind = has_id ? RPC_REQUEST : RPC_NOTIFICATION;
    }
}

static void classify(RpcMessage *message)
{
    JsonReader id = member(message, "id"), method = member(message, "method");
    bool answers = jr_kind(member(message, "result")) != JR_MISSING ||
                   jr_kind(member(message, "error")) != JR_MISSING;
    if (jr_kind(method) != JR_MISSING) {
        classify_call(message, id, method);
        return;
    }
    rpc_decode_id(id, &message->id);
    if (answers) {
        message->kind = RPC_RESPONSE; /* also without an id: nobody answers an answer */
    } else {
        refuse(message, RPC_INVALID_REQUEST, "there is no method");
    }
}

void rpc_parse(Str body, RpcMessage *message)
{
    *message = (RpcMessage){0};
    Buf reason = {0};
    if (!json_document_parse(body, &message->document, &reason)) {
        refuse(message, RPC_PARSE_ERROR, "");
        message->error = reason;
        return;
    }
    JsonKind kind = jr_kind(json_document_root(&message->document));
    if (kind == JR_ARRAY) {
        refuse(message, RPC_INVALID_REQUEST, "LSP has no batches");
    } else if (kind != JR_OBJECT) {
        refuse(message, RPC_INVALID_REQUEST, "a message is an object");
    } else {
        classify(message);
    }
}

void rpc_message_finish(RpcMessage *message)
{
    if (message != NULL) {
        json_document_finish(&message->document);
        buf_finish(&message->error);
        *message = (RpcMessage){0};
    }
}

JsonReader rpc_params(RpcMessage *message)
{
    return member(message, "params");
}

JsonReader rpc_result(RpcMessage *message)
{
    return member(message, "result");
}

JsonReader rpc_error(RpcMessage *message)
{
    return member(message, "error");
}

bool rpc_id_equal(RpcId a, RpcId b)
{
    return a.kind == b.kind && a.number == b.number && str_equal(a.text, b.text);
}

/* Envelopes out */

static void write_id(JsonWriter *writer, RpcId id)
{
    jw_key(writer, "id");
    switch (id.kind) {
    case RPC_ID_NONE:
        jw_null(writer);
        break;
    case RPC_ID_NUMBER:
        jw_int(writer, id.number);
        break;
    case RPC_ID_TEXT:
        jw_string(writer, id.text);
        break;
    }
}

static void begin_envelope(JsonWriter *writer)
{
    jw_message_begin(writer);
    jw_begin_object(writer);
    jw_string_field(writer, "jsonrpc", STR("2.0"));
}

void rpc_begin_notification(JsonWriter *writer, Str method)
{
    begin_envelope(writer);
    jw_string_field(writer, "method", method);
    jw_key(writer, "params");
}

void rpc_begin_request(JsonWriter *writer, RpcId id, Str method)
{
    begin_envelope(writer);
    write_id(writer, id);
    jw_string_field(writer, "method", method);
    jw_key(writer, "params");
}

JsonMark rpc_begin_response(JsonWriter *writer, RpcId id)
{
    begin_envelope(writer);
    write_id(writer, id);
    JsonMark mark = jw_mark(writer);
    jw_key(writer, "result");
    return mark;
}

void rpc_fail(JsonWriter *writer, JsonMark mark, RpcErrorCode code, Str text)
{
    jw_rewind(writer, mark);
    jw_key(writer, "error");
    jw_begin_object(writer);
    jw_key(writer, "code");
    jw_int(writer, code);
    jw_string_field(writer, "message", text);
    jw_end_object(writer);
}

Buf rpc_end(JsonWriter *writer)
{
    jw_end_object(writer);
    return jw_message_take(writer);
}
