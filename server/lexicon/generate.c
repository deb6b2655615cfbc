/* The generator of lexicon_table.h: reads the phrases of all languages and prints the automaton
 * that automaton.h describes. Run by the build; a broken file ends it, with file and line.
 *
 * A file is lines: `# a comment`, `[section]`, or a phrase. A phrase is words; a trailing `*`
 * matches the rest of a word (by itself any word), `…` at the end the rest of the block: where it
 * stands by itself from the next word on, glued to a word from inside it (Chinese, Japanese). */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "protocol/base/array.h"
#include "protocol/base/map.h"
#include "protocol/base/utf.h"
#include "server/lexicon/automaton.h"
#include "server/unicode/words.h"

static const struct Section {
    const char *name;
    uint8_t tier, root;
} sections[] = {
    {"block",           LEXICON_BLOCK,   ROOT_BLOCK        },
    {"bracketed block", LEXICON_BLOCK,   ROOT_BRACKET      },
    {"soon",            LEXICON_SOON,    ROOT_BLOCK        },
    {"fill-in",         LEXICON_BRACKET, ROOT_BRACKET      },
    {"marker",          LEXICON_MARKER,  ROOT_MARKER       },
    {"lead",            TIER_LEAD,       ROOT_BLOCK        },
    {"omission",        LEXICON_BLOCK,   ROOT_OMISSION     },
    {"opening",         LEXICON_BLOCK,   ROOT_OPENING      },
    {"sign",            LEXICON_BLOCK,   ROOT_SIGN         },
    {"closing",         LEXICON_BLOCK,   ROOT_CLOSING      },
    {"disclaimer",      LEXICON_BLOCK,   ROOT_DISCLAIMER   },
    {"function word",   LEXICON_BLOCK,   ROOT_FUNCTION_WORD},
};

/* A node of the trie of phrases. Numbers of nodes; 0 is none, which the root of no trie is. */
typedef struct {
    uint32_t child, sibling;     /* by byte */
    uint32_t star;               /* the node of the same phrases with a `*` here */
    uint8_t byte;                /* that leads here */
    uint8_t accept, rest;        /* as in Outcome */
    uint8_t file;                /* of the phrase that ends here */
    uint32_t accept_in, rest_in; /* as in Outcome */
    bool loops;                  /* a star: stays here until the word ends */
} Node;

/* A line of a data file: what an error is about. */
typedef struct {
    const char *file;
    unsigned line;
    uint8_t number; /* of the file */
} Place;

enum { SELF = 0xFFFF, LIMIT = 0xFFFFFE, STATE_LIMIT = 0xFFFF, MAX_SET = 128 };

static Array(Node) nodes;
static Array(Outcome) outcomes;
static Map known_outcomes; /* as text → number + 1 */
static Map memo, known;    /* sets of nodes and states, both as bytes → number of the state */
static Array(State) made;  /* the states; made[0] is dead */
static Array(uint8_t) edge_bytes;    /* of all edges, state by state */
static Array(uint32_t) edge_targets; /* parallel */
static Buf phrases;                  /* for the tests: rows of C */

static _Noreturn void fail(const Place *place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%s:%u: ", place->file, place->line);
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\n");
    va_end(arguments);
    exit(1);
}

static uint32_t checked(size_t number, size_t limit)
{
    if (number >= limit) {
        fprintf(stderr, "lexicon: more phrases than the automaton can number\n");
        exit(1);
    }
    return (uint32_t)number;
}

/* The trie */

static uint32_t node_add(Node node)
{
    *array_add(&nodes) = node;
    return checked(nodes.count - 1, LIMIT);
}

static uint32_t node_child(uint32_t parent, uint8_t byte)
{
    for (uint32_t i = nodes.items[parent].child; i != 0; i = nodes.items[i].sibling) {
        if (nodes.items[i].byte == byte) {
            return i;
        }
    }
    uint32_t child = node_add((Node){.byte = byte, .sibling = nodes.items[parent].child});
    nodes.items[parent].child = child;
    return child;
}

static uint32_t node_star(uint32_t parent)
{
    if (nodes.items[parent].star == 0) {
        uint32_t star = node_add((Node){.loops = true});
        nodes.items[parent].star = star;
    }
    return nodes.items[parent].star;
}

static uint32_t add_bytes(uint32_t node, Str bytes)
{
    for (size_t i = 0; i < bytes.length; i++) {
        node = node_child(node, (uint8_t)bytes.data[i]);
    }
    return node;
}

static uint32_t add_folded(uint32_t node, Str token, const Place *place)
{
    Buf folded = {0};
    words_append(&folded, token);
    if (folded.length == 0 || str_find_char(buf_str(&folded), '*') != STR_NONE) {
        fail(place, "'%.*s' is no word", STR_ARG(token));
    }
    node = add_bytes(node, buf_str(&folded));
    buf_finish(&folded);
    return node;
}

static uint32_t add_token(uint32_t node, Str token, const struct Section *section,
                          const Place *place)
{
    if (section->root == ROOT_MARKER) {
        return add_bytes(node, token);
    }
    bool star = str_ends(token, STR("*"));
    Str word = str_before(token, token.length - star);
    node = star && word.length == 0 ? node : add_folded(node, word, place);
    return star ? node_star(node) : node;
}

/* Takes a `…` off the end of a token that has more. */
static bool take_ellipsis(Str *token)
{
    Str mark = STR("…");
    bool glued = token->length > mark.length && str_ends(*token, mark);
    *token = glued ? str_before(*token, token->length - mark.length) : *token;
    return glued;
}

static bool take_token(Str *rest, Str *token)
{
    *rest = str_trim(*rest);
    size_t end = str_find_char(*rest, ' ');
    *token = str_before(*rest, end);
    *rest = str_after(*rest, end);
    return token->length > 0;
}

static void end_phrase(uint32_t node, bool rest, const struct Section *section, const Place *place)
{
    Node *last = &nodes.items[node];
    /* Whose they are is asked of placeholders only; the others share their endings. */
    uint32_t language = section->root >= ROOT_OMISSION ? 1 : 1u << (place->number - 1);
    if (last->accept == section->tier && last->file == place->number && !rest) {
        fail(place, "the phrase stands here twice");
    }
    if (last->accept == 0 || last->accept > section->tier) {
        last->accept = section->tier;
        last->accept_in = 0;
        last->file = place->number;
    }
    last->accept_in |= last->accept == section->tier ? language : 0;
    if (rest) {
        uint32_t after = node_child(node, ' '); /* which may move the items */
        nodes.items[after].rest = section->tier;
        nodes.items[after].rest_in |= language;
    }
}

static void add_phrase(Str phrase, const struct Section *section, const Place *place)
{
    uint32_t root = (uint32_t)(section->root + 1), node = root;
    bool rest = false, glued = false;
    Str left = phrase, token;
    while (take_token(&left, &token)) {
        if (rest) {
            fail(place, "words after '…'");
        }
        glued = section->root != ROOT_MARKER && take_ellipsis(&token);
        rest = glued || str_equal(token, STR("…"));
        if (glued || !rest) {
            node = node == root ? node : node_child(node, ' ');
            node = add_token(node, token, section, place);
        }
    }
    if (node == root) {
        fail(place, "a phrase without words");
    }
    end_phrase(node, rest, section, place);
    if (glued) {
        end_phrase(node_star(node), rest, section, place);
    }
    buf_printf(&phrases, "{%u, %u, \"%.*s\"},\n", section->tier, section->root, STR_ARG(phrase));
}

/* The files */

static const struct Section *section_of(Str line, const Place *place)
{
    Str name = str_slice(line, 1, line.length - 1);
    for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
        if (str_ends(line, STR("]")) && str_equal(name, str_of(sections[i].name))) {
            return &sections[i];
        }
    }
    fail(place, "unknown section %.*s", STR_ARG(line));
}

static void check_text(Str line, const Place *place)
{
    if (!utf_valid(line)) {
        fail(place, "not valid UTF-8");
    }
    if (str_find_char(line, '"') != STR_NONE || str_find_char(line, '\\') != STR_NONE) {
        fail(place, "a phrase is words, without \" and \\");
    }
}

static void read_text(Str text, Place place)
{
    const struct Section *section = NULL;
    for (Str line; str_take_line(&text, &line);) {
        place.line++;
        line = str_trim(line);
        if (line.length == 0 || str_starts(line, STR("#"))) {
            continue;
        }
        check_text(line, &place);
        if (str_starts(line, STR("["))) {
            section = section_of(line, &place);
        } else if (section == NULL) {
            fail(&place, "a phrase before the first [section]");
        } else {
            add_phrase(line, section, &place);
        }
    }
}

static void read_file(Place place)
{
    Buf text = {0};
    FILE *file = fopen(place.file, "rb");
    size_t got = 1;
    while (file != NULL && got > 0) {
        got = fread(buf_reserve(&text, 4096), 1, 4096, file);
        text.length += got;
    }
    if (file == NULL || ferror(file) || fclose(file) != 0) {
        fail(&place, "cannot be read");
    }
    read_text(buf_str(&text), place);
    buf_finish(&text);
}

/* The automaton: a state is the set of nodes that a text may have reached. */

typedef struct {
    uint32_t count;
    uint32_t nodes[MAX_SET]; /* ascending */
} Set;

static void set_add(Set *set, uint32_t node)
{
    uint32_t at = set->count;
    while (at > 0 && set->nodes[at - 1] >= node) {
        at--;
    }
    if (at < set->count && set->nodes[at] == node) {
        return;
    }
    if (set->count == MAX_SET) {
        fprintf(stderr, "lexicon: too many phrases with a * in the same place\n");
        exit(1);
    }
    memmove(set->nodes + at + 1, set->nodes + at, (set->count - at) * sizeof(set->nodes[0]));
    set->nodes[at] = node;
    set->count++;
    if (nodes.items[node].star != 0) {
        set_add(set, nodes.items[node].star);
    }
}

static Str set_key(const Set *set)
{
    return (Str){(const char *)set->nodes, set->count * sizeof(set->nodes[0])};
}

/* Where `byte` leads; the bytes that no node names, where it is -1. */
static Set set_step(const Set *set, int byte)
{
    Set next = {0};
    for (uint32_t i = 0; i < set->count; i++) {
        const Node *node = &nodes.items[set->nodes[i]];
        if (node->loops && byte != ' ') {
            set_add(&next, set->nodes[i]);
        }
        for (uint32_t child = node->child; child != 0; child = nodes.items[child].sibling) {
            if (nodes.items[child].byte == byte) {
                set_add(&next, child);
            }
        }
    }
    return next;
}

static uint32_t build(const Set *set);

/* The only cycles are those from a star to itself, so that the states after a state are made first.
 */
static uint32_t build_next(const Set *set, int byte)
{
    Set next = set_step(set, byte);
    return str_equal(set_key(&next), set_key(set)) ? SELF : build(&next);
}

static void mark_bytes(const Set *set, bool present[256])
{
    for (uint32_t i = 0; i < set->count; i++) {
        uint32_t child = nodes.items[set->nodes[i]].child;
        for (; child != 0; child = nodes.items[child].sibling) {
            present[nodes.items[child].byte] = true;
        }
    }
}

/* The strongest tier stands, for the languages that have it. */
static void add_tier(uint8_t *tier, uint32_t *languages, uint8_t other, uint32_t in)
{
    if (other != 0 && (*tier == 0 || other < *tier)) {
        *tier = other;
        *languages = 0;
    }
    *languages |= other == *tier ? in : 0;
}

static uint16_t outcome_number(Outcome outcome)
{
    uint32_t key[] = {outcome.accept, outcome.rest, outcome.accept_in, outcome.rest_in};
    MapValue *same = map_put(&known_outcomes, (Str){(const char *)key, sizeof(key)});
    if (same->number == 0) {
        *array_add(&outcomes) = outcome;
        same->number = checked(outcomes.count, STATE_LIMIT);
    }
    return (uint16_t)(same->number - 1);
}

static State state_of(const Set *set)
{
    Outcome outcome = {0};
    for (uint32_t i = 0; i < set->count; i++) {
        const Node *node = &nodes.items[set->nodes[i]];
        add_tier(&outcome.accept, &outcome.accept_in, node->accept, node->accept_in);
        add_tier(&outcome.rest, &outcome.rest_in, node->rest, node->rest_in);
    }
    uint16_t other = (uint16_t)build_next(set, -1);
    return (State){.other = other, .outcome = outcome_number(outcome)};
}

static uint32_t add_state(State state, const bool present[256], const uint32_t target[256])
{
    uint32_t number = checked(made.count, STATE_LIMIT);
    state.edge = checked(edge_targets.count, LIMIT);
    state.other = state.other == SELF ? (uint16_t)number : state.other;
    for (unsigned byte = 0; byte < 256; byte++) {
        if (present[byte]) {
            *array_add(&edge_bytes) = (uint8_t)byte;
            *array_add(&edge_targets) = target[byte] == SELF ? number : target[byte];
        }
    }
    *array_add(&made) = state;
    return number;
}

/* What two states that do the same have in common. */
static void append_key(Buf *key, State state, const bool present[256], const uint32_t target[256])
{
    buf_printf(key, "%u %u", state.outcome, state.other);
    for (unsigned byte = 0; byte < 256; byte++) {
        if (present[byte]) {
            buf_printf(key, " %u:%u", byte, target[byte]);
        }
    }
}

static uint32_t build(const Set *set)
{
    MapValue *before = map_get(&memo, set_key(set));
    if (set->count == 0 || before != NULL) {
        return set->count == 0 ? 0 : (uint32_t)before->number;
    }
    State state = state_of(set);
    bool present[256] = {false};
    uint32_t target[256];
    mark_bytes(set, present);
    for (int byte = 0; byte < 256; byte++) {
        target[byte] = present[byte] ? build_next(set, byte) : 0;
    }
    Buf key = {0};
    append_key(&key, state, present, target);
    MapValue *same = map_put(&known, buf_str(&key));
    if (same->number == 0) {
        same->number = add_state(state, present, target);
    }
    uint32_t number = (uint32_t)same->number;
    map_put(&memo, set_key(set))->number = number;
    buf_finish(&key);
    return number;
}

/* The tries of the roots are nodes 1 to ROOTS; in brackets the phrases of a block count as well. */
static uint32_t build_root(unsigned root)
{
    Set set = {0};
    set_add(&set, (uint32_t)(root + 1));
    if (root == ROOT_BRACKET) {
        set_add(&set, ROOT_BLOCK + 1);
    }
    return build(&set);
}

static void print_states(const uint32_t roots[ROOTS])
{
    printf("static const uint32_t roots[ROOTS] = {");
    for (unsigned i = 0; i < ROOTS; i++) {
        printf("%u,", roots[i]);
    }
    printf("};\n");
    printf("static const State states[] = {\n");
    for (uint32_t i = 0; i < made.count; i++) {
        const State *state = &made.items[i];
        printf("{%u, %u, %u},\n", state->edge, state->other, state->outcome);
    }
    printf("{%u, 0, 0},\n};\nstatic const Outcome outcomes[] = {\n", edge_bytes.count);
    for (uint32_t i = 0; i < outcomes.count; i++) {
        Outcome at = outcomes.items[i];
        printf("{%u, %u, %u, %u},\n", at.accept, at.rest, at.accept_in, at.rest_in);
    }
    printf("};\nstatic const uint8_t edge_bytes[] = {");
    for (uint32_t i = 0; i < edge_bytes.count; i++) {
        printf("%s%u", i == 0 ? "" : i % 32 == 0 ? ",\n" : ",", edge_bytes.items[i]);
    }
    printf("};\nstatic const uint16_t edge_targets[] = {");
    for (uint32_t i = 0; i < edge_targets.count; i++) {
        printf("%s%u", i == 0 ? "" : i % 16 == 0 ? ",\n" : ",", edge_targets.items[i]);
    }
    printf("};\n");
}

/* A language is called as its file: "server/lexicon/de.txt". */
static void print_languages(char **files, int count)
{
    printf("const char lexicon_languages[] = \"");
    for (int i = 0; i < count; i++) {
        const char *slash = strrchr(files[i], '/');
        Str name = str_of(slash == NULL ? files[i] : slash + 1);
        printf("%s%.*s", i == 0 ? "" : " ", STR_ARG(str_before(name, str_find_char(name, '.'))));
    }
    printf("\";\n");
}

int main(int argc, char **argv)
{
    if (argc > LANGUAGE_LIMIT + 1) {
        fprintf(stderr, "lexicon: more languages than a state has bits for\n");
        return 1;
    }
    for (unsigned i = 0; i <= ROOTS; i++) {
        node_add((Node){0});
    }
    for (int i = 1; i < argc; i++) {
        read_file((Place){.file = argv[i], .number = (uint8_t)i});
    }
    outcome_number((Outcome){0});
    array_add(&made);
    uint32_t roots[ROOTS];
    for (unsigned i = 0; i < ROOTS; i++) {
        roots[i] = build_root(i);
    }
    printf("#ifdef LEXICON_PHRASES\nstatic const struct {\n    unsigned tier, root;\n"
           "    const char *text;\n} phrases[] = {\n%.*s};\n#else\n",
           STR_ARG(buf_str(&phrases)));
    print_states(roots);
    print_languages(argv + 1, argc - 1);
    printf("#endif\n");
    return 0;
}
