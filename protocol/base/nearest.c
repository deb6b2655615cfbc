#include "protocol/base/nearest.h"

/* One slip for every so many letters is near. */
enum { LETTERS_A_SLIP = 3 };

static char letter(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return (char)(c - 'A' + 'a');
    }
    return c == '_' ? '-' : c;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Damerau's and Levenshtein's distance, where no part is edited twice. Three rows of the table are
 * enough: this one, the one before, and the one before that for letters that changed places. */
uint32_t nearest_slips(Str a, Str b)
{
    uint32_t rows[3][NEAREST_LENGTH + 1] = {{0}};
    for (uint32_t j = 0; j <= b.length; j++) {
        rows[0][j] = j;
    }
    for (uint32_t i = 1; i <= a.length; i++) {
        uint32_t *row = rows[i % 3], *before = rows[(i + 2) % 3], *first = rows[(i + 1) % 3];
        row[0] = i;
        for (uint32_t j = 1; j <= b.length; j++) {
            char x = letter(a.data[i - 1]), y = letter(b.data[j - 1]);
            row[j] = smaller(before[j] + 1, row[j - 1] + 1);
            row[j] = smaller(row[j], before[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == letter(b.data[j - 2]) && letter(a.data[i - 2]) == y) {
                row[j] = smaller(row[j], first[j - 2] + 1);
            }
        }
    }
    return rows[a.length % 3][b.length];
}

Nearest nearest_to(Str wanted)
{
    size_t length = wanted.length;
    while (length > 0 && wanted.data[wanted.length - length] == '-') {
        length--; /* the dashes of an option are no letters */
    }
    bool possible = length > 1 && wanted.length <= NEAREST_LENGTH;
    uint32_t near = possible ? (uint32_t)(length + LETTERS_A_SLIP - 1) / LETTERS_A_SLIP : 0;
    return (Nearest){.wanted = wanted, .slips = near + possible};
}

void nearest_try(Nearest *nearest, Str candidate)
{
    if (nearest->slips == 0 || candidate.length > NEAREST_LENGTH) {
        return;
    }
    uint32_t slips = nearest_slips(nearest->wanted, candidate);
    if (slips < nearest->slips) {
        nearest->slips = slips;
        nearest->word = candidate;
    }
}
