/* peers: what `galley check` costs, beside other linters of Markdown on the same files in the same run.
 *
 *     peers GALLEY RUMDL MARKDOWNLINT FOLDER ARTICLE
 *
 * Programs take turns,
 * so that the machine's moods are shared; times are medians, memory is the most that any turn took. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_TURNS = 21, ROWS = 8, WORDS = 8 };

typedef struct {
    double wall, cpu; /* milliseconds */
    double peak;      /* megabytes */
} Cost;

/* One program, in one way. */
typedef struct {
    const char *name;
    const char *words[WORDS];
    const char *threads;   /* RAYON_NUM_THREADS, by which rumdl is told; NULL: all */
    int rare;              /* it takes part in every so many turns, since it is slow; 0: in all */
    Cost costs[MAX_TURNS]; /* of its turns */
    int count;
    int failed; /* turns that ended as none should */
} Row;

enum { GALLEY_ONE, GALLEY_ALL, CACHED_ONE, CACHED_ALL, FRESH_ONE, FRESH_ALL, MARKDOWNLINT, FLOOR };

static double milliseconds(struct timeval time)
{
    return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

static double clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void become(const Row *row)
{
    int nowhere = open("/dev/null", O_RDWR);
    for (int i = 0; i < 3; i++) {
        dup2(nowhere, i);
    }
    if (row->threads != NULL) {
        setenv("RAYON_NUM_THREADS", row->threads, 1);
    }
    execvp(row->words[0], (char *const *)row->words);
    _exit(127);
}

/* 0 and 1 are how linters end. */
static int take_turn(Row *row)
{
    int status;
    struct rusage usage;
    double start = clock_now();
    pid_t pid = fork();
    if (pid == 0) {
        become(row);
    }
    if (wait4(pid, &status, 0, &usage) != pid) {
        return 2;
    }
    row->costs[row->count++] = (Cost){
        .wall = clock_now() - start,
        .cpu = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime),
        .peak = (double)usage.ru_maxrss / 1e3,
    };
    return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static Cost cost_of(const Row *row)
{
    double wall[MAX_TURNS], cpu[MAX_TURNS], peak = 0;
    for (int i = 0; i < row->count; i++) {
        wall[i] = row->costs[i].wall;
        cpu[i] = row->costs[i].cpu;
        peak = row->costs[i].peak > peak ? row->costs[i].peak : peak;
    }
    qsort(wall, (size_t)row->count, sizeof(double), compare);
    qsort(cpu, (size_t)row->count, sizeof(double), compare);
    return (Cost){wall[row->count / 2], cpu[row->count / 2], peak};
}

static void measure(Row *rows, int count, int turns)
{
    for (int turn = 0; turn < turns; turn++) {
        for (int i = 0; i < count; i++) {
            if (rows[i].rare == 0 || turn % rows[i].rare == 0) {
                rows[i].failed += take_turn(&rows[i]) > 1;
            }
        }
    }
}

static void print_rows(const Row *rows, int count)
{
    Cost mine = cost_of(&rows[GALLEY_ALL]);
    printf("%-26s %9s %9s %9s     times galley's: wall, CPU, memory\n", "", "wall ms", "CPU ms",
           "peak MB");
    for (int i = 0; i < count; i++) {
        Cost cost = cost_of(&rows[i]);
        printf("%-26s %9.1f %9.1f %9.1f %18.2f %6.2f %6.2f%s\n", rows[i].name, cost.wall, cost.cpu,
               cost.peak, cost.wall / mine.wall, cost.cpu / mine.cpu, cost.peak / mine.peak,
               rows[i].failed > 0 ? "  it failed" : "");
    }
}

static void print_targets(const Row *rows, Cost article)
{
    Cost mine = cost_of(&rows[GALLEY_ALL]), cached = cost_of(&rows[CACHED_ALL]);
    printf("\nwall, to rumdl's with its cache       %6.2f (target: below 1)\n",
           mine.wall / cached.wall);
    printf("memory, likewise                     %6.2f (target: below 0.25)\n",
           mine.peak / cached.peak);
    printf("CPU of one article, start included   %6.2f ms (target: below 5)\n", article.cpu);
}

int main(int count, char **arguments)
{
    if (count != 6 || chdir(arguments[4]) != 0) {
        fprintf(stderr, "usage: peers GALLEY RUMDL MARKDOWNLINT FOLDER ARTICLE\n");
        return 2;
    }
    const char *galley = arguments[1], *rumdl = arguments[2], *markdownlint = arguments[3];
    Row rows[ROWS] = {
        [GALLEY_ONE] = {.name = "galley, one job",        .words = {galley, "check", "-j1", "."}       },
        [GALLEY_ALL] = {.name = "galley",                 .words = {galley, "check", "."}              },
        [CACHED_ONE] = {.name = "rumdl, cached, one job",
                        .words = {rumdl, "check", "."},
                        .threads = "1"},
        [CACHED_ALL] = {.name = "rumdl, cached",                                .words = {rumdl, "check", "."}                                                      },
        [FRESH_ONE] = {.name = "rumdl, one job",
                        .words = {rumdl, "check", "--no-cache", "."},
                        .threads = "1",
                        .rare = 4},
        [FRESH_ALL] = {.name = "rumdl",                   .words = {rumdl, "check", "--no-cache", "."},                                                                       .rare = 4},
        [MARKDOWNLINT] = {.name = "markdownlint-cli2",                  .words = {markdownlint, "*.md"}, .rare = 20},
        [FLOOR] = {.name = "cat",                                .words = {"sh", "-c", "cat ./*.md"}                                                  },
    };
    Row article = {
        .words = {galley, "check", arguments[5]}
    };
    Row warm = rows[CACHED_ALL];
    take_turn(&warm); /* its cache is filled */
    measure(rows, ROWS, MAX_TURNS);
    measure(&article, 1, MAX_TURNS);
    print_rows(rows, ROWS);
    print_targets(rows, cost_of(&article));
    return 0;
}
