/* loop: standard input and output of every kind, and every way to end. Each test runs a loop that
 * echoes, in a child process of its own. */
#include "server/os/loop.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "protocol/limits.h"
#include "tests/unit/unit.h"

enum { PATIENCE = 10 /* seconds */ };

/* The client of the loop in the child: echoes, until a q comes. */
typedef struct {
    Loop *loop;
    uint32_t times; /* how often each byte is sent back */
    int64_t parent; /* to be watched; 0: none */
} Echo;

static void echo(void *self, Str bytes)
{
    Echo *state = self;
    for (uint32_t i = 0; i < state->times; i++) {
        Buf copy = {0};
        buf_append(&copy, bytes);
        loop_write(state->loop, copy);
    }
    if (str_find_char(bytes, 'q') != STR_NONE) {
        loop_stop(state->loop);
    }
}

static void nothing(void *self)
{
    (void)self;
}

/* Starts a child whose standard input and output are these, which it takes over. */
static pid_t start(int input, int output, Echo state)
{
    pid_t pid = fork();
    if (pid != 0) {
        close(input);
        close(output);
        return pid;
    }
    alarm(2 * PATIENCE);
    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    for (int other = STDERR_FILENO + 1; other < 64; other++) {
        close(other);
    }
    state.loop = loop_new((LoopClient){.self = &state, .receive = echo, .drain = nothing});
    if (state.parent != 0) {
        loop_watch_parent(state.loop, state.parent);
    }
    printf("a library says hello\n");
    fflush(stdout);
    loop_run(state.loop);
    loop_free(state.loop);
    _exit(7);
}

/* Waits for the end of a child: its exit code, or -1 where it had to be killed or died. */
static int end_of(pid_t pid)
{
    int status;
    for (int waited = 0; waited < PATIENCE * 1000; waited++) {
        if (waitpid(pid, &status, WNOHANG) == pid) {
            return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        }
        usleep(1000);
    }
    kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    return -1;
}

static void say(int descriptor, Str text)
{
    assert_int_equal(write(descriptor, text.data, text.length), text.length);
}

/* Expects these bytes next. */
static void hear(int descriptor, Str expected)
{
    char got[256];
    assert_true(expected.length <= sizeof(got));
    size_t length = 0;
    while (length < expected.length) {
        struct pollfd ready = {.fd = descriptor, .events = POLLIN};
        assert_int_equal(poll(&ready, 1, PATIENCE * 1000), 1);
        ssize_t count = read(descriptor, got + length, expected.length - length);
        assert_true(count > 0);
        length += (size_t)count;
    }
    assert_str_equal(((Str){got, length}), expected);
}

static void make_pipe(int *from, int *to)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    *from = ends[0];
    *to = ends[1];
}

/* A child between two pipes; the ends that are ours. */
static pid_t start_piped(Echo state, int *to_child, int *from_child)
{
    int input, output;
    make_pipe(&input, to_child);
    make_pipe(from_child, &output);
    fcntl(*to_child, F_SETFD, FD_CLOEXEC);
    return start(input, output, state);
}

static void it_speaks_through_pipes(void **state)
{
    (void)state;
    int to, from;
    pid_t pid = start_piped((Echo){.times = 1}, &to, &from);
    say(to, STR("one"));
    hear(from, STR("one"));
    say(to, STR("q"));
    hear(from, STR("q"));
    assert_int_equal(end_of(pid), 7);
    close(to);
    close(from);
}

static void it_ends_with_its_input(void **state)
{
    (void)state;
    int to, from;
    pid_t pid = start_piped((Echo){.times = 1}, &to, &from);
    say(to, STR("last"));
    close(to);
    hear(from, STR("last"));
    assert_int_equal(end_of(pid), 7);
    close(from);
}

static void it_speaks_through_a_socket(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    pid_t pid = start(ends[0], dup(ends[0]), (Echo){.times = 1});
    say(ends[1], STR("one"));
    hear(ends[1], STR("one"));
    say(ends[1], STR("q"));
    hear(ends[1], STR("q"));
    assert_int_equal(end_of(pid), 7);
    close(ends[1]);
}

static void it_reads_and_writes_files(void **state)
{
    (void)state;
    char input[] = "/tmp/galley-loop-XXXXXX", output[] = "/tmp/galley-loop-XXXXXX";
    int in = mkstemp(input), out = mkstemp(output);
    say(in, STR("from a file"));
    lseek(in, 0, SEEK_SET);
    assert_int_equal(end_of(start(in, dup(out), (Echo){.times = 2})), 7);
    lseek(out, 0, SEEK_SET);
    hear(out, STR("from a filefrom a file"));
    close(out);
    unlink(input);
    unlink(output);
}

static void it_speaks_on_a_terminal(void **state)
{
    (void)state;
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    int terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
    int from, output;
    make_pipe(&from, &output);
    pid_t pid = start(terminal, output, (Echo){.times = 1});
    say(master, STR("one\n"));
    hear(from, STR("one\n"));
    say(master, STR("q\n"));
    hear(from, STR("q\n"));
    assert_int_equal(end_of(pid), 7);
    close(master);
    close(from);
}

static void it_ends_where_there_is_no_input(void **state)
{
    (void)state;
    int from, output;
    make_pipe(&from, &output);
    assert_int_equal(end_of(start(open("/dev/null", O_RDONLY), output, (Echo){.times = 1})), 7);
    make_pipe(&from, &output);
    assert_int_equal(end_of(start(open("/", O_RDONLY), output, (Echo){.times = 1})), 7);
    close(from);
}

static void it_ends_when_nobody_reads(void **state)
{
    (void)state;
    int to, from;
    pid_t pid = start_piped((Echo){.times = 1}, &to, &from);
    close(from);
    say(to, STR("one"));
    assert_int_equal(end_of(pid), 7);
    close(to);
}

static void it_ends_on_signals(void **state)
{
    (void)state;
    const int signals[] = {SIGINT, SIGTERM};
    for (size_t i = 0; i < 2; i++) {
        int to, from;
        pid_t pid = start_piped((Echo){.times = 1}, &to, &from);
        say(to, STR("up"));
        hear(from, STR("up"));
        kill(pid, signals[i]);
        assert_int_equal(end_of(pid), 7);
        close(to);
        close(from);
    }
}

/* Writes as long as somebody reads; how much that was. */
static size_t fill(int descriptor)
{
    static const char zeros[4096];
    fcntl(descriptor, F_SETFL, O_NONBLOCK);
    size_t written = 0;
    for (int idle = 0; idle < 100;) {
        ssize_t count = write(descriptor, zeros, sizeof(zeros));
        written += count > 0 ? (size_t)count : 0;
        idle = count > 0 ? 0 : idle + 1;
        usleep(count > 0 ? 0 : 2000);
    }
    return written;
}

static void it_does_not_read_while_its_output_is_stuck(void **state)
{
    (void)state;
    enum { TIMES = 64 };
    int to, from;
    pid_t pid = start_piped((Echo){.times = TIMES}, &to, &from);
    size_t written = fill(to);
    assert_true(written * TIMES < 2 * (size_t)LIMIT_IN_FLIGHT_BYTES);

    close(to); /* the rest is read, echoed and written once we read */
    size_t heard = 0;
    static char room[1 << 16];
    for (ssize_t count; (count = read(from, room, sizeof(room))) > 0;) {
        heard += (size_t)count;
    }
    assert_int_equal(heard, written * TIMES);
    assert_int_equal(end_of(pid), 7);
    close(from);
}

static void it_ends_though_its_output_is_stuck(void **state)
{
    (void)state;
    int to, from;
    pid_t pid = start_piped((Echo){.times = 64}, &to, &from);
    fill(to);
    kill(pid, SIGTERM);
    assert_int_equal(end_of(pid), 7);
    close(to);
    close(from);
}

static void it_ends_with_its_parent(void **state)
{
    (void)state;
    int to, from;
    pid_t parent = fork();
    if (parent == 0) {
        pause();
        _exit(0);
    }
    pid_t pid = start_piped((Echo){.times = 1, .parent = parent}, &to, &from);
    say(to, STR("up"));
    hear(from, STR("up"));
    kill(parent, SIGKILL);
    waitpid(parent, NULL, 0);
    assert_int_equal(end_of(pid), 7);
    close(to);
    close(from);
}

static void it_does_not_watch_a_process_that_is_not_there(void **state)
{
    (void)state;
    pid_t gone = fork();
    if (gone == 0) {
        _exit(0);
    }
    waitpid(gone, NULL, 0);
    int to, from;
    pid_t pid = start_piped((Echo){.times = 1, .parent = gone}, &to, &from);
    usleep(100 * 1000);
    say(to, STR("q"));
    hear(from, STR("q"));
    assert_int_equal(end_of(pid), 7);
    close(to);
    close(from);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_speaks_through_pipes),
        cmocka_unit_test(it_ends_with_its_input),
        cmocka_unit_test(it_speaks_through_a_socket),
        cmocka_unit_test(it_reads_and_writes_files),
        cmocka_unit_test(it_speaks_on_a_terminal),
        cmocka_unit_test(it_ends_where_there_is_no_input),
        cmocka_unit_test(it_ends_when_nobody_reads),
        cmocka_unit_test(it_ends_on_signals),
        cmocka_unit_test(it_does_not_read_while_its_output_is_stuck),
        cmocka_unit_test(it_ends_though_its_output_is_stuck),
        cmocka_unit_test(it_ends_with_its_parent),
        cmocka_unit_test(it_does_not_watch_a_process_that_is_not_there),
    };
    return cmocka_run_group_tests_name("loop", tests, NULL, NULL);
}
