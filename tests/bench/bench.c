/* bench: what galley costs, beside a server with the same loop, framing and JSON and no analysis.
 *
 *     bench GALLEY FLOOR ARTICLE
 *
 * Both are driven as an editor drives them, in one run on one machine, so that the ratios mean
 * something where the times do not. Times are medians; CPU is the server's own. */
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/harness/client.h"
#include "tests/harness/samples.h"

enum { STARTS = 15, OPENS = 5, ROUNDS = 12, KEYS = 20, ASKS = 3, MAX_TIMES = 256 };
enum { GALLEY, FLOOR, SERVERS };

static const char uri[] = "file:///bench/article.md";
static const char capabilities[] =
    "{\"textDocument\": {\"publishDiagnostics\": {\"versionSupport\": true},"
    " \"documentSymbol\": {\"hierarchicalDocumentSymbolSupport\": true},"
    " \"foldingRange\": {\"lineFoldingOnly\": true}}}";

typedef struct {
    double wall, cpu; /* milliseconds for one */
} Cost;

typedef struct {
    const char *program;
    Client client;
    uint32_t version;
    double times[MAX_TIMES]; /* wall, in milliseconds */
    double cpu;              /* for all of them, likewise */
    uint32_t count;
    bool good; /* everything was answered so far */
} Run;

/* Clocks */

static uint64_t cpu_clock(pid_t pid)
{
    char path[64];
    uint64_t nanoseconds = 0;
    snprintf(path, sizeof(path), "/proc/%d/schedstat", (int)pid);
    FILE *file = fopen(path, "r");
    if (file != NULL) {
        if (fscanf(file, "%" SCNu64, &nanoseconds) != 1) {
            nanoseconds = 0;
        }
        fclose(file);
    }
    return nanoseconds;
}

static double resident_bytes(pid_t pid)
{
    char path[64], line[256];
    double kilobytes = 0;
    snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
        if (sscanf(line, "VmRSS: %lf", &kilobytes) == 1) {
            break;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return kilobytes * 1024;
}

static int compare_times(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

/* Of what was timed since the last call. */
static Cost take_cost(Run *run)
{
    qsort(run->times, run->count, sizeof(double), compare_times);
    Cost cost = {0};
    if (run->count > 0) {
        cost = (Cost){.wall = run->times[run->count / 2], .cpu = run->cpu / run->count};
    }
    run->count = 0;
    run->cpu = 0;
    return cost;
}

/* What an editor does */

static bool start(Run *run)
{
    const char *arguments[] = {run->program, "lsp", NULL};
    JsonDocument reply = {0};
    run->version = 1;
    run->good = client_start(&run->client, arguments) &&
                client_initialize(&run->client, capabilities, &reply);
    json_document_finish(&reply);
    return run->good;
}

static void stop(Run *run)
{
    client_stop(&run->client);
}

static void await_diagnostics(Run *run)
{
    JsonDocument message = {0};
    run->good = run->good &&
                client_wait_notification(&run->client, "textDocument/publishDiagnostics", &message);
    json_document_finish(&message);
}

static void open_article(Run *run, const Sample *sample)
{
    run->good = run->good && client_open(&run->client, uri, buf_str(&sample->text));
    await_diagnostics(run);
}

static void close_article(Run *run)
{
    JsonWriter *params = client_begin(&run->client, "textDocument/didClose", NULL);
    jw_begin_object(params);
    jw_key(params, "textDocument");
    jw_begin_object(params);
    jw_string_field(params, "uri", str_of(uri));
    jw_end_object(params);
    jw_end_object(params);
    run->good = run->good && client_send(&run->client);
    await_diagnostics(run); /* there are none any more */
}

/* Types a letter, or takes back the one typed before. */
static void press(Run *run, SamplePlace place, bool back)
{
    run->good = run->good &&
                client_change(&run->client, uri, ++run->version, place.line, place.character,
                              place.character + (back ? 1 : 0), back ? STR("") : STR("ж"));
    await_diagnostics(run);
}

/* Measurements: a step is timed on both servers in turn, round by round, so that the machine's moods
 * are shared */

typedef enum { STEP_START, STEP_OPEN, STEP_PARAGRAPH, STEP_HEADING, STEP_SYMBOLS, STEP_FOLDS } Step;

static const char *const step_names[] = {"start -> initialised",
                                         "open -> diagnostics",
                                         "key in a paragraph",
                                         "key in a heading",
                                         "symbols",
                                         "folds"};

static void ask(Run *run, const char *method)
{
    JsonDocument reply = {0};
    run->good = run->good && client_ask(&run->client, method, uri, &reply);
    json_document_finish(&reply);
}

/* What has to come before a step and is not timed: a question is asked after a key, so that no
 * answer is kept from the one before. */
static void prepare(Run *run, Step step, const Sample *sample, bool odd)
{
    if (step == STEP_START) {
        stop(run);
    } else if (step == STEP_OPEN) {
        close_article(run);
    } else if (step == STEP_SYMBOLS || step == STEP_FOLDS) {
        press(run, sample->paragraph, odd);
    }
}

static void take_step(Run *run, Step step, const Sample *sample, bool odd)
{
    if (step == STEP_START) {
        start(run);
    } else if (step == STEP_OPEN) {
        open_article(run, sample);
    } else if (step == STEP_SYMBOLS || step == STEP_FOLDS) {
        ask(run,
            step == STEP_SYMBOLS ? "textDocument/documentSymbol" : "textDocument/foldingRange");
    } else {
        press(run, step == STEP_HEADING ? sample->heading : sample->paragraph, odd);
    }
}

static void time_step(Run *run, Step step, const Sample *sample, bool odd)
{
    prepare(run, step, sample, odd);
    uint64_t cpu = step == STEP_START ? 0 : cpu_clock(run->client.pid);
    uint64_t wall = client_clock();
    take_step(run, step, sample, odd);
    bool sent = step != STEP_START;
    run->times[run->count++] = (double)(run->client.received - (sent ? run->client.sent : wall)) /
                               1e6;
    run->cpu += (double)(cpu_clock(run->client.pid) - cpu) / 1e6;
}

static void measure(Run runs[SERVERS], Step step, const Sample *sample, Cost costs[SERVERS])
{
    bool key = step == STEP_PARAGRAPH || step == STEP_HEADING;
    uint32_t rounds = step == STEP_OPEN ? OPENS : ROUNDS;
    uint32_t times = key ? KEYS : step > STEP_HEADING ? ASKS + 1 : 1;
    for (uint32_t round = 0; round < rounds; round++) {
        for (int server = 0; server < SERVERS; server++) {
            for (uint32_t i = 0; i < times; i++) {
                time_step(&runs[server], step, sample, i % 2 == 1);
            }
        }
    }
    for (int server = 0; server < SERVERS; server++) {
        costs[server] = take_cost(&runs[server]);
    }
}

/* Instructions: two runs that differ by some keys, under valgrind */

static double instructions(const char *program, const Sample *sample, uint32_t keys)
{
    char log[] = "/tmp/galley-bench-XXXXXX", option[64];
    int descriptor = mkstemp(log);
    snprintf(option, sizeof(option), "--log-file=%s", log);
    const char *arguments[] = {
        "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", option, program, "lsp",
        NULL};
    Run run = {.good = true};
    JsonDocument reply = {0};
    run.good = descriptor >= 0 && client_start(&run.client, arguments) &&
               client_initialize(&run.client, capabilities, &reply);
    json_document_finish(&reply);
    open_article(&run, sample);
    for (uint32_t i = 0; i < keys; i++) {
        press(&run, sample->paragraph, i % 2 == 1);
    }
    stop(&run);

    Buf text = {0};
    double total = 0;
    client_read_file(log, &text);
    buf_append_char(&text, '\0');
    const char *collected = strstr(text.data, "Collected : ");
    if (run.good && collected != NULL) {
        total = strtod(collected + strlen("Collected : "), NULL);
    }
    buf_finish(&text);
    unlink(log);
    close(descriptor);
    return total;
}

static double key_instructions(const char *program, const Sample *sample)
{
    enum { FEW = 20, MANY = 120 };
    double few = instructions(program, sample, FEW), many = instructions(program, sample, MANY);
    return few > 0 && many > 0 ? (many - few) / (MANY - FEW) : 0;
}

/* The page */

static void print_step(Run runs[SERVERS], Step step, const Sample *sample, Cost costs[SERVERS])
{
    measure(runs, step, sample, costs);
    double galley = costs[GALLEY].wall, floor = costs[FLOOR].wall;
    printf("  %-22s %10.3f %10.3f %8.1f %12.3f %10.3f\n", step_names[step], galley, floor,
           floor > 0 ? galley / floor : 0, costs[GALLEY].cpu, costs[FLOOR].cpu);
    fflush(stdout);
}

/* What targets are about. */
typedef struct {
    Cost key[SERVERS]; /* in a paragraph */
    double resident;   /* galley, with the article open, in bytes */
    double each;       /* of them, for each byte of text */
} Result;

static Result print_sample(Run runs[SERVERS], const Sample *sample)
{
    Cost costs[SERVERS];
    Result result;
    double size = (double)sample->text.length, idle[SERVERS], resident[SERVERS];
    printf("\n%.0f kB\n", size / 1000);
    for (int i = 0; i < SERVERS; i++) {
        start(&runs[i]);
        idle[i] = resident_bytes(runs[i].client.pid);
        open_article(&runs[i], sample);
        resident[i] = resident_bytes(runs[i].client.pid);
    }
    print_step(runs, STEP_OPEN, sample, costs);
    print_step(runs, STEP_PARAGRAPH, sample, result.key);
    print_step(runs, STEP_HEADING, sample, costs);
    print_step(runs, STEP_SYMBOLS, sample, costs);
    print_step(runs, STEP_FOLDS, sample, costs);
    result.resident = resident[GALLEY];
    result.each = (resident[GALLEY] - idle[GALLEY]) / size;
    printf("  %-22s %8.1fMB %8.1fMB          %.1f bytes a byte of text\n", "resident",
           resident[GALLEY] / 1e6, resident[FLOOR] / 1e6, result.each);
    for (int i = 0; i < SERVERS; i++) {
        if (!runs[i].good) {
            printf("  %s did not answer everything\n", runs[i].program);
        }
        stop(&runs[i]);
    }
    return result;
}

static void print_instructions(const char *galley, const char *floor, const Sample *sample)
{
    double mine = key_instructions(galley, sample);
    if (mine == 0) {
        printf("instructions of a key: valgrind is not here to count them\n");
        return;
    }
    printf("instructions of a key, 60 kB         %6.2f million (floor: %.2f; target: below 0.9)\n",
           mine / 1e6, key_instructions(floor, sample) / 1e6);
}

static void print_start(Run runs[SERVERS])
{
    Cost costs[SERVERS];
    printf("milliseconds                 galley      floor    ratio   galley CPU  floor CPU\n\n");
    start(&runs[GALLEY]);
    start(&runs[FLOOR]);
    print_step(runs, STEP_START, NULL, costs);
    stop(&runs[GALLEY]);
    stop(&runs[FLOOR]);
}

enum { SMALLEST, ARTICLE, LARGE, LARGEST, SIZES };

static void print_targets(const Result results[SIZES])
{
    const Result *article = &results[ARTICLE];
    printf("\na key, 60 kB, to the floor's          %6.2f (target: below 2.5)\n",
           article->key[GALLEY].wall / article->key[FLOOR].wall);
    printf("CPU of a key, 10 MB to 10 kB         %6.2f (target: below 2)\n",
           results[LARGEST].key[GALLEY].cpu / results[SMALLEST].key[GALLEY].cpu);
    printf("resident, 60 kB                      %6.2f MB (target: below 8)\n",
           article->resident / 1e6);
    printf("resident for a byte of text, 10 MB   %6.2f bytes (target: below 4)\n",
           results[LARGEST].each);
}

static bool report(const char *galley, const char *floor, const char *article)
{
    const size_t sizes[SIZES] = {10000, 60000, 1000000, 10000000};
    Run runs[SERVERS] = {{.program = galley}, {.program = floor}};
    Result results[SIZES];
    Sample sample;
    print_start(runs);
    for (int i = 0; i < SIZES; i++) {
        if (!sample_make(&sample, article, sizes[i])) {
            return false;
        }
        results[i] = print_sample(runs, &sample);
        sample_finish(&sample);
    }
    print_targets(results);
    sample_make(&sample, article, sizes[ARTICLE]);
    print_instructions(galley, floor, &sample);
    sample_finish(&sample);
    return true;
}

/* Client and servers share one processor: waking a sleeping one costs more than a key does. */
static void share_processor(void)
{
    cpu_set_t all, one;
    CPU_ZERO(&one);
    if (sched_getaffinity(0, sizeof(all), &all) == 0) {
        for (int i = 0; i < CPU_SETSIZE && CPU_COUNT(&one) == 0; i++) {
            if (CPU_ISSET(i, &all)) {
                CPU_SET(i, &one);
            }
        }
        sched_setaffinity(0, sizeof(one), &one);
    }
}

int main(int count, char **arguments)
{
    share_processor();
    if (count != 4 || !report(arguments[1], arguments[2], arguments[3])) {
        fprintf(stderr, "usage: bench GALLEY FLOOR ARTICLE\n");
        return 2;
    }
    return 0;
}
