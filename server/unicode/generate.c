/* The generator of unicode_table.h: asks libunistring about every code point and prints the table
 * that unicode.h describes. Run by the build; libunistring is no part of the server. */
#include <stdio.h>
#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <uniwidth.h>

#include "server/unicode/unicode.h"

enum { BLOCK = 128, BLOCKS = 0x110000 / BLOCK, MAX_RECORDS = 256, MAX_BLOCKS = 512 };

static const char *const script_names[UNICODE_SCRIPTS] = {
    [UNICODE_LATIN] = "Latin",       [UNICODE_GREEK] = "Greek",
    [UNICODE_CYRILLIC] = "Cyrillic", [UNICODE_ARMENIAN] = "Armenian",
    [UNICODE_GEORGIAN] = "Georgian", [UNICODE_HEBREW] = "Hebrew",
    [UNICODE_ARABIC] = "Arabic",     [UNICODE_DEVANAGARI] = "Devanagari",
    [UNICODE_THAI] = "Thai",         [UNICODE_HAN] = "Han",
    [UNICODE_HIRAGANA] = "Hiragana", [UNICODE_KATAKANA] = "Katakana",
    [UNICODE_BOPOMOFO] = "Bopomofo", [UNICODE_HANGUL] = "Hangul",
};

static const UnicodeRecord surrogate = {0};

static UnicodeRecord records[MAX_RECORDS];
static unsigned record_count;
static uint8_t numbers[MAX_BLOCKS][BLOCK];
static unsigned blocks[BLOCKS];
static unsigned block_count;

static UnicodeScript script_of(uint32_t cp)
{
    const uc_script_t *script = uc_script(cp);
    if (script == NULL || strcmp(script->name, "Common") == 0 ||
        strcmp(script->name, "Inherited") == 0) {
        return UNICODE_COMMON;
    }
    for (int i = UNICODE_LATIN; i < UNICODE_OTHER; i++) {
        if (strcmp(script->name, script_names[i]) == 0) {
            return (UnicodeScript)i;
        }
    }
    return UNICODE_OTHER;
}

/* Punctuation that is never a part of the word beside it; "C++", "C#", "50 %" and "A/B" keep
 * theirs. */
static bool is_loose(uint32_t cp)
{
    static const uint32_t loose[] = {
        '"',  '\'', '*',    '_',    '~',    '`',    '.',    ',',    ':',    ';',    '!',    '?',
        0xA1, 0xBF, 0x2026, 0x3001, 0x3002, 0xFF01, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F,
    };
    for (size_t i = 0; i < sizeof(loose) / sizeof(loose[0]); i++) {
        if (loose[i] == cp) {
            return true;
        }
    }
    return false;
}

static bool is_ideograph(uint32_t cp, UnicodeScript script)
{
    bool length_mark = cp == 0x30FC || cp == 0xFF70 || cp == 0x3006;
    return length_mark || (script >= UNICODE_HAN && script <= UNICODE_BOPOMOFO);
}

static bool has(uint32_t cp, uint32_t categories)
{
    return uc_is_general_category_withtable(cp, categories);
}

static unsigned flags_of(uint32_t cp, UnicodeScript script)
{
    static const uint32_t classes[][2] = {
        {UC_CATEGORY_MASK_L,                        UNICODE_IS_LETTER             },
        {UC_CATEGORY_MASK_M,                        UNICODE_IS_MARK               },
        {UC_CATEGORY_MASK_Nd,                       UNICODE_IS_DIGIT              },
        {UC_CATEGORY_MASK_N,                        UNICODE_IS_NUMBER             },
        {UC_CATEGORY_MASK_P | UC_CATEGORY_MASK_S,   UNICODE_IS_PUNCTUATION        },
        {UC_CATEGORY_MASK_Zs,                       UNICODE_IS_SPACE              },
        {UC_CATEGORY_MASK_Lu,                       UNICODE_IS_UPPER              },
        {UC_CATEGORY_MASK_Cf,                       UNICODE_IS_FORMAT             },
        {UC_CATEGORY_MASK_Ps,                       UNICODE_OPENS                 },
        {UC_CATEGORY_MASK_Pe,                       UNICODE_CLOSES                },
        {UC_CATEGORY_MASK_Pi | UC_CATEGORY_MASK_Pf, UNICODE_OPENS | UNICODE_CLOSES},
    };
    unsigned flags = is_loose(cp) ? UNICODE_OPENS | UNICODE_CLOSES : 0;
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        flags |= has(cp, classes[i][0]) ? classes[i][1] : 0;
    }
    if (cp == '\t' || cp == '\n' || cp == '\f' || cp == '\r') {
        flags |= UNICODE_IS_SPACE;
    }
    if (has(cp, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_Nl) && is_ideograph(cp, script)) {
        flags |= UNICODE_IS_IDEOGRAPH;
    }
    int width = uc_width(cp, "UTF-8");
    flags |= width == 2 ? UNICODE_IS_WIDE : width == 0 ? UNICODE_IS_UNSEEN : 0;
    return flags;
}

static size_t fold_of(uint32_t cp, uint32_t out[3])
{
    size_t length = 3;
    if (u32_casefold(&cp, 1, NULL, NULL, out, &length) != out) {
        fprintf(stderr, "unicode: U+%04X folds to more than three code points\n", cp);
        exit(1);
    }
    return length;
}

static UnicodeRecord record_of(uint32_t cp)
{
    if (cp >= 0xD800 && cp <= 0xDFFF) {
        return surrogate;
    }
    uint32_t folded[3];
    size_t length = fold_of(cp, folded);
    UnicodeScript script = script_of(cp);
    UnicodeRecord record = {.script = (uint8_t)script, .flags = (uint16_t)flags_of(cp, script)};
    if (length == 1) {
        record.fold = (int32_t)folded[0] - (int32_t)cp;
    } else {
        record.flags |= UNICODE_FOLDS_TO_MANY;
    }
    return record;
}

static unsigned count_one_more(unsigned *count, unsigned limit)
{
    if (*count == limit) {
        fprintf(stderr, "unicode: the table needs more than %u numbers\n", limit);
        exit(1);
    }
    return (*count)++;
}

static unsigned number_of_record(UnicodeRecord record)
{
    for (unsigned i = 0; i < record_count; i++) {
        if (records[i].fold == record.fold && records[i].flags == record.flags &&
            records[i].script == record.script) {
            return i;
        }
    }
    unsigned number = count_one_more(&record_count, MAX_RECORDS);
    records[number] = record;
    return number;
}

static unsigned number_of_block(const uint8_t block[BLOCK])
{
    for (unsigned i = 0; i < block_count; i++) {
        if (memcmp(numbers[i], block, BLOCK) == 0) {
            return i;
        }
    }
    unsigned number = count_one_more(&block_count, MAX_BLOCKS);
    memcpy(numbers[number], block, BLOCK);
    return number;
}

static void collect(void)
{
    for (uint32_t i = 0; i < BLOCKS; i++) {
        uint8_t block[BLOCK];
        for (uint32_t j = 0; j < BLOCK; j++) {
            block[j] = (uint8_t)number_of_record(record_of(i * BLOCK + j));
        }
        blocks[i] = number_of_block(block);
    }
}

static void print_long_folds(void)
{
    printf("static const LongFold long_folds[] = {\n");
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        if (record_of(cp).flags & UNICODE_FOLDS_TO_MANY) {
            uint32_t to[3] = {0};
            fold_of(cp, to);
            printf("{0x%X, {0x%X, 0x%X, 0x%X}},\n", cp, to[0], to[1], to[2]);
        }
    }
    printf("};\n");
}

static void print_blocks(void)
{
    printf("const uint16_t unicode_blocks[%d] = {\n", BLOCKS);
    for (unsigned i = 0; i < BLOCKS; i++) {
        printf("%u,%s", blocks[i], i % 32 == 31 ? "\n" : "");
    }
    printf("};\nconst uint8_t unicode_numbers[%u][%d] = {\n", block_count, BLOCK);
    for (unsigned i = 0; i < block_count; i++) {
        for (unsigned j = 0; j < BLOCK; j++) {
            printf("%s%u", j == 0 ? "{" : ",", numbers[i][j]);
        }
        printf("},\n");
    }
    printf("};\n");
}

static void print_records(void)
{
    printf("const UnicodeRecord unicode_records[%u] = {\n", record_count);
    for (unsigned i = 0; i < record_count; i++) {
        printf("{%d, %u, %u},\n", (int)records[i].fold, records[i].flags, records[i].script);
    }
    printf("};\n");
}

int main(void)
{
    collect();
    print_blocks();
    print_records();
    print_long_folds();
    return 0;
}
