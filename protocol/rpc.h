/*
 * rpc: JSON-RPC 2.0 as LSP uses it: a body becomes a message, and messages get their envelopes.
 *
 * Ignorant of methods and of what params hold. Reading never fails: what cannot be understood is a
 * message too, of kind RPC_INVALID, with the error to answer with.
 *
 * Ownership: a message owns its document; id, method and readers are borrowed from it. A message
 * may be moved by assignment as long as no reader of it is alive.
 */
#ifndef PROTOCOL_RPC_H
#define PROTOCOL_RPC_H

#include "protocol/json_read.h"
#include "protocol/json_write.h"

typedef enum {
    RPC_PARSE_ERROR = -32700,
    RPC_INVALID_REQUEST = -32600,
    RPC_METHOD_NOT_FOUND = -32601,
    RPC_INVALID_PARAMS = -32602,
    RPC_INTERNAL_ERROR = -32603,
    RPC_SERVER_NOT_INITIALIZED = -32002,
    RPC_REQUEST_CANCELLED = -32800,
    RPC_CONTENT_MODIFIED = -32801,
    RPC_SERVER_CANCELLED = -32802,
    RPC_REQUEST_FAILED = -32803,
} RpcErrorCode;

typedef enum {
    RPC_INVALID,
    RPC_REQUEST,
    RPC_NOTIFICATION,
    RPC_RESPONSE,
} RpcKind;

typedef enum {
    RPC_ID_NONE, /* null on the wire */
    RPC_ID_NUMBER,
    RPC_ID_TEXT,
} RpcIdKind;

typedef struct {
    RpcIdKind kind;
    int64_t number; /* RPC_ID_NUMBER */
    Str text;       /* RPC_ID_TEXT */
} RpcId;

typedef struct {
    RpcKind kind;
    RpcId id;              /* of a request or response; of an invalid message where it is known */
    Str method;            /* of a request or notification */
    RpcErrorCode code;     /* RPC_INVALID: what to answer */
    Buf error;             /* RPC_INVALID: why, in words */
    JsonDocument document; /* the body */
} RpcMessage;

/* Messages in */

/* Reads a body. To be finished whatever its kind. */
void rpc_parse(Str body, RpcMessage *message);
void rpc_message_finish(RpcMessage *message);

/* Members of the body, missing where it has none. */
JsonReader rpc_params(RpcMessage *message);
JsonReader rpc_result(RpcMessage *message);
JsonReader rpc_error(RpcMessage *message);

bool rpc_id_equal(RpcId a, RpcId b);

/* An integer or a string, as in the params of $/cancelRequest. */
bool rpc_decode_id(JsonReader reader, RpcId *id);

/* Envelopes out: each begins a message in the writer, rpc_end ends it */

/* Leaves the writer before the one value of "params". */
void rpc_begin_notification(JsonWriter *writer, Str method);
void rpc_begin_request(JsonWriter *writer, RpcId id, Str method);

/* Leaves the writer before the one value of "result". The mark is for rpc_fail. */
JsonMark rpc_begin_response(JsonWriter *writer, RpcId id);

/* Turns the response that was begun into an error, whatever has been written of its result. */
void rpc_fail(JsonWriter *writer, JsonMark mark, RpcErrorCode code, Str text);

/* The whole message, owned by the caller; the writer is empty. */
Buf rpc_end(JsonWriter *writer);

#endif
