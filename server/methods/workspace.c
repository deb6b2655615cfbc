/* workspace: the configuration of what is open, from files and from the editor, as it changes (LSP 3.17,
 * "Workspace Features"). */
#include "protocol/limits.h"
#include "protocol/lsp/decode.h"
#include "protocol/lsp/encode.h"
#include "protocol/uri.h"
#include "server/methods/methods.h"
#include "server/ranges.h"

static const Str source = STR_INIT("galley");

/* Files: what is open counts before what is on the disk. */

static OpenDocument *find_open(Server *server, Str path)
{
    Buf uri = {0};
    uri_of_path(path, &uri);
    OpenDocument *document = documents_find(&server->documents, buf_str(&uri));
    buf_finish(&uri);
    return document;
}

static const char *read_text(void *self, Str path, Buf *text)
{
    Server *server = self;
    OpenDocument *document = find_open(server, path);
    if (document != NULL && document->settings && document->state == DOCUMENT_LIVE) {
        documents_append_text(document, text);
        return text->length > CONFIG_BYTES_LIMIT ? "too large" : NULL;
    }
    return server->host->read(server->host->self, path, text);
}

static bool exists(void *self, Str path)
{
    const Host *host = ((Server *)self)->host;
    return host->exists(host->self, path);
}

/* The editor's settings */

/* Settings come by themselves or under the name of their section. Most editors have none, and say so
 * again and again. */
static void take_settings(Server *server, JsonReader settings)
{
    Workspace *workspace = &server->workspace;
    JsonReader section = jr_field(settings, "galley"), member = {0};
    Buf text = {0};
    settings = jr_kind(section) != JR_MISSING ? section : settings;
    if (jr_kind(settings) == JR_OBJECT && jr_next(settings, &member)) {
        jr_append(settings, &text);
    }
    if (str_equal(buf_str(&text), buf_str(&workspace->editor))) {
        buf_finish(&text);
        return;
    }
    buf_finish(&workspace->editor);
    workspace->editor = text;
    workspace->settings = true;
}

static void on_configuration(Server *server, JsonReader result)
{
    take_settings(server, jr_item(result, 0));
}

static void ask_for_settings(Server *server)
{
    JsonWriter *params = server_ask(server, STR("workspace/configuration"), on_configuration);
    encode_configuration_params(params, source);
    server_send(server);
}

static void log_mistakes(Server *server)
{
    const ConfigFile *editor = server->workspace.configs.editor;
    for (uint32_t i = 0; editor != NULL && i < editor->layer.problems.count; i++) {
        Str message = editor->layer.problems.items[i].message;
        server_log(server, MESSAGE_WARNING, "settings galley.*: %.*s", STR_ARG(message));
    }
}

LspStatus on_did_change_configuration(Server *server, JsonReader params, JsonWriter *result)
{
    (void)result;
    if (server->client.configuration) {
        ask_for_settings(server);
    } else {
        take_settings(server, jr_field(params, "settings"));
    }
    return LSP_OK;
}

/* The beginning */

void workspace_begin(Server *server, const InitializeParams *initialize)
{
    Workspace *workspace = &server->workspace;
    configs_init(&workspace->configs, (ConfigWorld){server, read_text, exists});
    WorkspaceFolder folder;
    if (decode_workspace_folder(jr_item(initialize->workspaceFolders, 0), &folder)) {
        uri_to_path(folder.uri, &workspace->root);
    } else if (!uri_to_path(initialize->rootUri, &workspace->root)) {
        buf_append(&workspace->root, initialize->rootPath);
    }
    if (jr_kind(initialize->initializationOptions) == JR_OBJECT) {
        take_settings(server, initialize->initializationOptions);
    }
}

/* Asks the client to say what changes, as far as it wants to be asked. */
LspStatus on_initialized(Server *server, JsonReader params, JsonWriter *result)
{
    const ClientCapabilities *client = &server->client;
    (void)params;
    (void)result;
    if (client->didChangeConfigurationRegistration || client->didChangeWatchedFilesRegistration) {
        JsonWriter *registrations = server_ask(server, STR("client/registerCapability"), NULL);
        encode_registrations_begin(registrations);
        if (client->didChangeConfigurationRegistration) {
            encode_configuration_registration(registrations, source);
        }
        if (client->didChangeWatchedFilesRegistration) {
            encode_watch_registration(registrations, STR("**/*.{yml,yaml}"));
        }
        encode_registrations_end(registrations);
        server_send(server);
    }
    if (client->configuration) {
        ask_for_settings(server);
    }
    return LSP_OK;
}

/* What applies */

static void watch_folders(Server *server)
{
    Workspace *workspace = &server->workspace;
    if (server->client.didChangeWatchedFilesRegistration) {
        return;
    }
    for (MapEntry *entry = NULL; (entry = map_next(&workspace->configs.folders, entry)) != NULL;) {
        if (map_get(&workspace->watched, entry->key) == NULL &&
            workspace->watched.count < LIMIT_WATCHED_FOLDERS) {
            map_put(&workspace->watched, entry->key);
            server->host->watch(server->host->self, entry->key);
        }
    }
}

static const Config *config_of(Server *server, const OpenDocument *document)
{
    Workspace *workspace = &server->workspace;
    Buf path = {0};
    if (!uri_to_path(document->uri, &path)) { /* it has no place yet */
        buf_append(&path, buf_str(&workspace->root));
        buf_append(&path, STR("/untitled.md"));
    }
    const Config *config = configs_for(&workspace->configs, buf_str(&path));
    buf_finish(&path);
    return config;
}

void workspace_configure(Server *server, OpenDocument *document)
{
    server->workspace.stale |= document->settings;
    if (document->state != DOCUMENT_FOREIGN && !document->settings) {
        documents_configure(&server->documents, document, config_of(server, document));
        watch_folders(server);
    }
}

/* Whether a file has to do with the configuration: it is one, or what one is built on. */
static bool is_relevant(const Workspace *workspace, Str path)
{
    return str_ends(path, STR("/.galley.yml")) || str_ends(path, STR("/.galley.yaml")) ||
           map_get(&workspace->configs.files, path) != NULL;
}

void workspace_file_changed(Server *server, Str path)
{
    server->workspace.stale |= is_relevant(&server->workspace, path);
}

LspStatus on_did_change_watched_files(Server *server, JsonReader params, JsonWriter *result)
{
    (void)result;
    JsonReader changes = jr_field(params, "changes");
    for (size_t i = 0; i < jr_count(changes); i++) {
        Buf path = {0};
        if (uri_to_path(jr_string_or(jr_field(jr_item(changes, i), "uri"), (Str){0}), &path)) {
            workspace_file_changed(server, buf_str(&path));
        }
        buf_finish(&path);
    }
    return LSP_OK;
}

/* Mistakes */

static void write_problems(Server *server, const ConfigFile *file, JsonWriter *params)
{
    Document *document = document_new(file->layer.text);
    document_settle(document);
    Ranges ranges = ranges_of(document, server->client.positionEncoding);
    uint32_t count = file->layer.problems.count;
    for (uint32_t i = 0; i < count && i < LIMIT_DIAGNOSTICS; i++) {
        const LayerProblem *problem = &file->layer.problems.items[i];
        Diagnostic diagnostic = {
            .range = ranges_range(&ranges, (Place){problem->start, problem->end}),
            .severity = (DiagnosticSeverity)problem->severity,
            .code = STR("configuration"),
            .source = source,
            .message = problem->message,
        };
        encode_diagnostic_begin(params, &diagnostic);
        encode_diagnostic_end(params);
    }
    document_free(document);
}

/* Publishes the mistakes of a file, or where `file` is NULL that there are none any more. */
static void publish(Server *server, Str path, const ConfigFile *file)
{
    Buf uri = {0};
    uri_of_path(path, &uri);
    OpenDocument *document = documents_find(&server->documents, buf_str(&uri));
    JsonWriter *params = server_begin(server, STR("textDocument/publishDiagnostics"));
    encode_publish_begin(params, document == NULL ? buf_str(&uri) : document->uri, NULL);
    if (file != NULL) {
        write_problems(server, file, params);
    }
    encode_publish_end(params);
    server_send(server);
    buf_finish(&uri);
}

/* Of files that were read since. Whether they are open does not matter, and they are no articles, so
 * that they are pushed to every client. */
static void tell_mistakes(Server *server)
{
    Workspace *workspace = &server->workspace;
    const Configs *configs = &workspace->configs;
    for (; workspace->told < configs->order.count; workspace->told++) {
        const ConfigFile *file = configs->order.items[workspace->told];
        bool shown = map_get(&workspace->shown, file->path) != NULL;
        if (file->layer.problems.count > 0) {
            publish(server, file->path, file);
            map_put(&workspace->shown, file->path);
        } else if (shown) {
            publish(server, file->path, NULL);
            map_remove(&workspace->shown, file->path);
        }
    }
}

/* Of files that apply to nothing any more. */
static void forget_mistakes(Server *server)
{
    Workspace *workspace = &server->workspace;
    for (MapEntry *entry = NULL; (entry = map_next(&workspace->shown, entry)) != NULL;) {
        if (map_get(&workspace->configs.files, entry->key) == NULL) {
            publish(server, entry->key, NULL);
            map_remove(&workspace->shown, entry->key);
        }
    }
}

/* Following */

static void read_again(Server *server)
{
    Workspace *workspace = &server->workspace;
    bool settings = workspace->settings;
    if (settings) {
        configs_set_editor(&workspace->configs, buf_str(&workspace->editor));
    } else {
        configs_forget(&workspace->configs);
    }
    workspace->settings = workspace->stale = false;
    workspace->told = 0;

    MapEntry *entry = NULL;
    bool any = false;
    for (OpenDocument *open; (open = documents_next(&server->documents, &entry)) != NULL;) {
        any |= open->article != NULL && !open->settings;
        open->config = NULL;
        workspace_configure(server, open);
    }
    workspace->stale = false; /* an open file of settings is no news by itself */
    if (settings) {
        log_mistakes(server);
    }
    if (any && server_is_pulled(server)) {
        jw_null(server_ask(server, STR("workspace/diagnostic/refresh"), NULL));
        server_send(server);
    }
}

void workspace_follow(Server *server)
{
    const Host *host = server->host;
    bool behind = server->workspace.stale || server->workspace.settings;
    if (host->congested(host->self)) {
        return;
    }
    if (behind) {
        read_again(server);
    }
    tell_mistakes(server);
    if (behind) {
        forget_mistakes(server);
    }
}
