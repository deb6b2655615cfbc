/* sessions: plays the transcripts that are its arguments, each in this process and with the real server
 * over pipes. Prints TAP.
 *
 *   GALLEY    the server; the one of the same mode where it is not set
 *   UPDATE    not empty: what the server said is written into the files instead */
#include <stdio.h>
#include <stdlib.h>

#include "tests/harness/ellipsis.h"
#include "tests/harness/peer.h"
#include "tests/harness/server_path.h"
#include "tests/harness/tap.h"
#include "tests/harness/transcript.h"

/* One play of a transcript. */
typedef struct {
    const Transcript *transcript;
    Peer *peer;
    Buf log;     /* what went wrong, for people; empty where nothing did */
    Buf renewed; /* the file with what the peer said, as far as `used` */
    size_t used; /* how much of the file is in it; 0 where nothing changed */
} Play;

static Str text_of(const Play *play, const Step *step)
{
    return str_slice(buf_str(&play->transcript->text), step->start, step->end);
}

static void complain(Play *play, const char *what, Str text)
{
    buf_printf(&play->log, "%s: ", what);
    buf_append(&play->log, text);
    buf_append_char(&play->log, '\n');
}

/* Puts what came in place of what was expected. */
static void renew(Play *play, const Step *step, Str body)
{
    Str old = buf_str(&play->transcript->text);
    buf_append(&play->renewed, str_slice(old, play->used, step->start));
    transcript_print(body, &play->renewed);
    play->used = step->end;
}

static bool matches(const Step *step, JsonReader actual)
{
    JsonDocument expected = {0};
    Buf reason = {0};
    bool good = json_document_parse(buf_str(&step->bytes), &expected, &reason) &&
                ellipsis_matches(json_document_root(&expected), actual);
    json_document_finish(&expected);
    buf_finish(&reason);
    return good;
}

static void play_expect(Play *play, const Step *step)
{
    JsonDocument actual = {0};
    Str body;
    if (!play->peer->next(play->peer, &actual, &body)) {
        complain(play, "nothing came", text_of(play, step));
    } else if (!matches(step, json_document_root(&actual))) {
        complain(play, "expected", text_of(play, step));
        complain(play, "got", body);
        renew(play, step, body);
    }
    json_document_finish(&actual);
}

/* What the peer has said and nobody expected. */
static void play_silence(Play *play)
{
    JsonDocument message = {0};
    Str body;
    while (!play->peer->waits && play->peer->next(play->peer, &message, &body)) {
        complain(play, "not expected", body);
    }
    json_document_finish(&message);
}

static void play_end(Play *play, const Step *step)
{
    int code;
    if (!play->peer->ended(play->peer, &code)) {
        complain(play, "it goes on", text_of(play, step));
    } else if (code != (int)step->code) {
        complain(play, "it ended otherwise", text_of(play, step));
    }
}

/* Sends this step and those that follow at once; returns the one after them. */
static const Step *play_send(Play *play, const Step *step, const Step *end)
{
    Buf bytes = {0};
    play_silence(play);
    const Step *next = step;
    for (; next < end && next->kind == STEP_SEND; next++) {
        buf_append(&bytes, buf_str(&next->bytes));
    }
    if (!play->peer->send(play->peer, buf_str(&bytes))) {
        complain(play, "it does not read", text_of(play, step));
    }
    buf_finish(&bytes);
    return next;
}

static void play_steps(Play *play)
{
    const Step *step = play->transcript->steps.items;
    const Step *end = step + play->transcript->steps.count;
    while (step < end) {
        switch (step->kind) {
        case STEP_SEND:
            step = play_send(play, step, end);
            continue;
        case STEP_CLOSE:
            play->peer->close(play->peer);
            break;
        case STEP_EXPECT:
            play_expect(play, step);
            break;
        case STEP_END:
            play_end(play, step);
            break;
        }
        step++;
        if (play->peer->waits && play->log.length > 0) {
            return; /* nothing will come that is worth waiting for */
        }
    }
    play_silence(play);
}

static void write_renewed(const char *path, Play *play)
{
    const char *update = getenv("UPDATE");
    if (play->used == 0 || update == NULL || update[0] == 0) {
        return;
    }
    buf_append(&play->renewed, str_after(buf_str(&play->transcript->text), play->used));
    FILE *file = fopen(path, "w");
    if (file != NULL) {
        fwrite(play->renewed.data, 1, play->renewed.length, file);
        fclose(file);
    }
}

/* Plays with one peer, which may be NULL, and frees it. */
static void play(Tap *tap, const char *path, const Transcript *transcript, Peer *peer,
                 const char *where)
{
    Play play = {.transcript = transcript, .peer = peer};
    if (peer == NULL) {
        complain(&play, "it does not start", (Str){0});
    } else {
        play_steps(&play);
        peer->free(peer);
    }
    if (!tap_test(tap, play.log.length == 0, "%s %s", path, where)) {
        tap_note("played", buf_str(&play.log));
    }
    write_renewed(path, &play);
    buf_finish(&play.log);
    buf_finish(&play.renewed);
}

static void run_file(Tap *tap, const char *path, const char *server)
{
    Transcript transcript;
    if (transcript_read(&transcript, path)) {
        play(tap, path, &transcript, peer_here(), "in process");
        play(tap, path, &transcript, peer_there(server), "over pipes");
    } else {
        tap_test(tap, false, "%s", path);
        tap_note("the file", buf_str(&transcript.error));
    }
    transcript_finish(&transcript);
}

int main(int count, char **arguments)
{
    Tap tap = {0};
    Buf server = {0};
    server_path(arguments[0], &server);
    for (int i = 1; i < count; i++) {
        run_file(&tap, arguments[i], server.data);
    }
    buf_finish(&server);
    return tap_end(&tap);
}
