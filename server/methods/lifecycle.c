/* lifecycle: initialize, shutdown and what goes with them (LSP 3.17, "Server lifecycle"). */
#include "protocol/lsp/decode.h"
#include "server/methods/methods.h"

static void write_server_info(JsonWriter *result)
{
    jw_key(result, "serverInfo");
    jw_begin_object(result);
    jw_string_field(result, "name", STR("galley"));
    jw_string_field(result, "version", STR(GALLEY_VERSION));
    jw_end_object(result);
}

LspStatus on_initialize(Server *server, JsonReader params, JsonWriter *result)
{
    InitializeParams initialize = {.capabilities.rangeLimit = UINT32_MAX};
    if (!jr_missing(params) && !decode_initialize(params, &initialize)) {
        return LSP_INVALID_PARAMS;
    }
    server->client = initialize.capabilities;
    server->trace = initialize.trace;
    workspace_begin(server, &initialize);
    if (initialize.processId > 0) {
        server->host->watch_parent(server->host->self, initialize.processId);
    }
    jw_begin_object(result);
    jw_key(result, "capabilities");
    jw_begin_object(result);
    methods_advertise(server, result);
    jw_end_object(result);
    write_server_info(result);
    jw_end_object(result);
    return LSP_OK;
}

LspStatus on_shutdown(Server *server, JsonReader params, JsonWriter *result)
{
    (void)server;
    (void)params;
    jw_null(result);
    return LSP_OK;
}

LspStatus on_set_trace(Server *server, JsonReader params, JsonWriter *result)
{
    (void)result;
    return decode_set_trace(params, &server->trace) ? LSP_OK : LSP_INVALID_PARAMS;
}

LspStatus on_nothing(Server *server, JsonReader params, JsonWriter *result)
{
    (void)server;
    (void)params;
    (void)result;
    return LSP_OK;
}
