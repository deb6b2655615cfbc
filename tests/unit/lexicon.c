/* lexicon: every phrase of the data is found; what published articles say is not. */
#include "server/lexicon/lexicon.h"

#include "protocol/base/buf.h"
#include "server/lexicon/automaton.h"
#include "tests/unit/unit.h"

#define LEXICON_PHRASES
#include "lexicon_table.h"

enum { PHRASES = sizeof(phrases) / sizeof(phrases[0]) };

/* A text that the phrase matches. */
static void append_example(Buf *out, const char *phrase)
{
    for (Str rest = str_of(phrase); rest.length > 0; rest = str_after(rest, 1)) {
        if (str_starts(rest, STR("*"))) {
            buf_append(out, STR("xyzъ"));
        } else if (str_starts(rest, STR("…"))) {
            buf_append(out, STR("и всё. Что угодно, anything else!"));
            rest = str_after(rest, 2);
        } else {
            buf_append(out, str_before(rest, 1));
        }
    }
}

static Str example(Buf *out, const char *before, const char *phrase, const char *after)
{
    buf_reset(out);
    buf_append(out, str_of(before));
    append_example(out, phrase);
    buf_append(out, str_of(after));
    return buf_str(out);
}

static void assert_block(Str text, LexiconTier expected)
{
    if (lexicon_match_block(text, LEXICON_ALL) != expected) {
        Str shown = text.length == 0 ? STR("nothing") : text;
        fail_msg("%.*s: %d instead of %d", STR_ARG(shown), lexicon_match_block(text, LEXICON_ALL),
                 expected);
    }
}

static void assert_bracket(Str text, LexiconTier expected)
{
    if (lexicon_match_bracket(text, LEXICON_ALL) != expected) {
        fail_msg("%.*s: %d instead of %d", STR_ARG(text), lexicon_match_bracket(text, LEXICON_ALL),
                 expected);
    }
}

static void every_phrase_of_a_block_is_found_however_dressed(void **state)
{
    (void)state;
    static const char *const dress[][2] = {
        {"",               ""    },
        {"  ",             ".\n" },
        {"**",             "**"  },
        {"[",              "]"   },
        {"(",              ")"   },
        {"**[",            "]**."},
        {"Error: ",        ""    },
        {"🚧 ",          "!"   },
        {"«",             "»"  },
        {"**[WARNING]** ", "…" },
    };
    Buf text = {0};
    for (size_t i = 0; i < PHRASES; i++) {
        bool block = phrases[i].tier == LEXICON_BLOCK || phrases[i].tier == LEXICON_SOON;
        for (size_t j = 0; j < sizeof(dress) / sizeof(dress[0]); j++) {
            if (block && phrases[i].root == ROOT_BLOCK) {
                Str dressed = example(&text, dress[j][0], phrases[i].text, dress[j][1]);
                assert_block(dressed, (LexiconTier)phrases[i].tier);
            }
        }
    }
    buf_finish(&text);
}

static void every_phrase_of_a_bracket_is_found_in_brackets_only(void **state)
{
    (void)state;
    Buf text = {0};
    for (size_t i = 0; i < PHRASES; i++) {
        if (phrases[i].root == ROOT_BRACKET) {
            LexiconTier tier = (LexiconTier)phrases[i].tier;
            assert_bracket(example(&text, "", phrases[i].text, ""), tier);
            assert_block(example(&text, "[", phrases[i].text, "]"), tier);
            assert_block(example(&text, "_［", phrases[i].text, "］_."), tier);
            assert_block(example(&text, "See the words of ", phrases[i].text, ""), LEXICON_NONE);
        }
    }
    buf_finish(&text);
}

static void every_marker_is_found_by_its_exact_case(void **state)
{
    (void)state;
    Buf text = {0};
    for (size_t i = 0; i < PHRASES; i++) {
        size_t length = 0, whole = strlen(phrases[i].text);
        if (phrases[i].tier != LEXICON_MARKER) {
            continue;
        }
        assert_bracket(example(&text, " ", phrases[i].text, " "), LEXICON_MARKER);
        if (!str_ends(str_of(phrases[i].text), STR("…"))) {
            assert_true(lexicon_match_marker(example(&text, "", phrases[i].text, ": x"), &length));
            assert_int_equal(length, whole);
            assert_true(
                lexicon_match_marker(example(&text, "", phrases[i].text, "(a): x"), &length));
            assert_int_equal(length, whole);
            assert_true(lexicon_match_marker(example(&text, "", phrases[i].text, "."), &length));
            assert_false(lexicon_match_marker(example(&text, "", phrases[i].text, " x"), &length));
            assert_false(
                lexicon_match_marker(example(&text, "", phrases[i].text, "s: x"), &length));
        }
    }
    buf_finish(&text);
}

static void assert_blocks(const char *const *texts, LexiconTier expected)
{
    for (; *texts != NULL; texts++) {
        assert_block(str_of(*texts), expected);
    }
}

static void what_was_seen_in_real_files_is_found(void **state)
{
    (void)state;
    static const char *const blocks[] = {
        "[Временный текст из-за ошибки генерации]",
        "[Не удалось сгенерировать раздел: Введение]",
        "Не удалось сгенерировать раздел 'Итоги'. Заполните вручную или повторите генерацию.",
        "Не удалось сгенерировать текст…",
        "Контент находится в процессе генерации.",
        "Модель не вернула содержимое: пустой ответ",
        "[Ошибка генерации: timeout]",
        "Раздел ещё не написан",
        "**[WARNING]** Content generation failed for this section (LLM returned empty response).",
        "[placeholder due to LLM error]",
        "[Placeholder due to missing text]",
        "Content could not be generated at this time.",
        "LOREM IPSUM DOLOR SIT AMET, consectetur adipiscing elit.",
        "No se ha podido generar el contenido…",
        "Le contenu n’a pas pu être généré.",
        "Texto de preenchimento",
        "Il contenuto di questa sezione non è stato generato: riprova.",
        "Testo segnaposto",
        "Nie udało się wygenerować treści.",
        "Nepodařilo se vygenerovat obsah této sekce (prázdná odpověď).",
        "De inhoud kon niet worden gegenereerd.",
        "İÇERİK OLUŞTURULAMADI",
        "Içerik oluşturulamadı",
        "内容生成失败，请稍后重试。",
        "错误：内容生成失败",
        "【エラー：本文の生成に失敗しました】",
        "（待补充）",
        "**占位文本**",
        "ダミーテキスト。",
        "【セクションの生成に失敗しました：応答なし】",
        "콘텐츠 생성에 실패했습니다.",
        "تعذر إنشاء المحتوى.",
        NULL,
    };
    static const char *const soon[] = {
        "Раздел в разработке",
        "(Coming soon!)",
        "Тут незабаром з’явиться текст",
        "Esta seção está em construção.",
        "Ta strona jest w budowie",
        "このページは準備中です。",
        "本节正在编写中……",
        NULL,
    };
    static const char *const forms[] = {
        "[Вставьте ссылку на исследование]",
        "[Your Name]",
        "[Insert date here]",
        "[tu-email@example.com]",
        "[VOTRE NOM]",
        "[Ihre Adresse]",
        "[Ваше ім’я]",
        "[seu nome]",
        "[Adınız]",
        "[ADINIZ]",
        "[Twoje imię]",
        "[Vaše jméno]",
        "[Uw naam]",
        "[Il tuo nome]",
        "[在此插入您的研究结果]",
        "【此处插入您的研究图表】",
        "［ここに名前を入力］",
        "[여기에 이름을 입력하세요]",
        "[اسمك]",
        NULL,
    };
    assert_blocks(blocks, LEXICON_BLOCK);
    assert_blocks(soon, LEXICON_SOON);
    assert_blocks(forms, LEXICON_BRACKET);
}

static void what_articles_say_is_no_placeholder(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        " ",
        "[]",
        "[…]",
        "...",
        "***",
        "This page intentionally left blank",
        "placeholder",
        "(placeholder)",
        "[placeholder]",
        "Draft",
        "Заглушка",
        "Заглушка: деталь, которой закрывают трубу",
        "Рыба",
        "em breve",
        "wkrótce",
        "Скоро",
        "В разработке",
        "À venir",
        "Próximamente",
        "Under construction",
        "Your name",
        "Ваше имя",
        "Ihr Name",
        "(your name)",
        "Error",
        "Ошибка:",
        "Warning: Error: coming soon",
        "Coming soon to a theatre near you",
        "The film is coming soon",
        "Lorem ipsum",
        "Lorem ipsum is older than it looks.",
        "ipsum dolor",
        "The rest of your stay",
        "[the rest of your stay]",
        "He [the king] said",
        "[the king]",
        "[@smith2020]",
        "[1]",
        "[x] done",
        "[!NOTE]",
        "[sic]",
        "[TOC]",
        "[[your name]]",
        "[your name] and [your address]",
        "[Insert]",
        "[unchanged]",
        "[0, 1]",
        "Не удалось создать раздел на диске: проверьте разметку.",
        "Не удалось сгенерировать ключ: проверьте права.",
        "Ошибка генерации отчёта возникает, когда нет прав.",
        "Не удалось получить содержимое раздела",
        "Временный текстовый файл",
        "Placeholder text is what a form shows before you type.",
        "Unable to generate contents of the keyring.",
        "Todo el mundo lo sabe",
        "Texto de rellenos",
        "Inhalt folgt der Form",
        NULL,
    };
    assert_blocks(texts, LEXICON_NONE);
}

static void what_articles_in_other_languages_say_is_no_placeholder(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Não foi possível gerar a chave: verifique as permissões.",
        "Impossibile generare la chiave",
        "Nie udało się wygenerować klucza: brak uprawnień.",
        "Yakında",
        "Připravujeme",
        "Segnaposto",
        "Symbol zastępczy",
        "占位",
        "占位符",
        "敬请期待",
        "错误：",
        "错误：内容过长，无法显示",
        "在此输入内容即可搜索，无需登录。",
        "【18:30】開場",
        "（雨天中止）",
        "準備中",
        "近日公開",
        "ダミーテキストは本文の代わりに置く文章である。",
        "준비 중",
        "[이름]",
        "[名前]",
        "قريبا",
        NULL,
    };
    assert_blocks(texts, LEXICON_NONE);
}

static void what_brackets_hold_in_prose_is_rarely_a_form(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "coming soon",
        "the king",
        "sic",
        "…",
        "placeholder",
        "link",
        "1",
        "0, 1",
        "x",
        "todo el día",
        "todo",
        "Insert",
        "XXX Olympiad",
        "his name",
        "TODO-листы",
        "WIP limits",
        "TBDs",
        "TKO",
        "ваш",
        "текст",
        "nome",
        "imię",
        "jméno",
        "名前",
        "注意",
        "图片",
        "18:30",
        "이름",
        "확인",
        "الاسم",
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_bracket(str_of(texts[i]), LEXICON_NONE);
    }
    assert_bracket(STR("TODO: sources"), LEXICON_MARKER);
    assert_bracket(STR("TODO add sources"), LEXICON_MARKER);
    assert_bracket(STR("Placeholder text"), LEXICON_BLOCK);
    assert_bracket(STR("citation needed"), LEXICON_BRACKET);
}

static void what_begins_like_a_marker_is_none(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "TODO lists are useful",
        "Todo: comprar pan",
        "todo",
        "TODOS: list",
        "XXXL",
        "TKO: a win",
        "WIP limits: three",
        "FIXME(ann) x",
        "?",
        "?? why",
        "A TODO:",
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        size_t length = 7;
        if (lexicon_match_marker(str_of(texts[i]), &length)) {
            fail_msg("%s", texts[i]);
        }
        assert_int_equal(length, 7);
    }
}

static void every_phrase_of_an_omission_is_found(void **state)
{
    (void)state;
    Buf text = {0};
    for (size_t i = 0; i < PHRASES; i++) {
        if (phrases[i].root == ROOT_OMISSION) {
            assert_true(lexicon_is_omission(example(&text, "[", phrases[i].text, "]")));
            assert_true(lexicon_is_omission(example(&text, "<!-- ... ", phrases[i].text, " ... ")));
            assert_false(lexicon_is_omission(example(&text, "Read ", phrases[i].text, "")));
        }
    }
    buf_finish(&text);
    assert_true(lexicon_is_omission(STR("[Rest of the content remains the same…]")));
    assert_true(lexicon_is_omission(STR("[Остальная часть без изменений]")));
    assert_false(lexicon_is_omission(STR("the rest of your stay")));
    assert_false(lexicon_is_omission(STR("…")));
    assert_false(lexicon_is_omission(STR("more")));
}

static void every_phrase_of_a_chat_is_found_where_a_text_begins(void **state)
{
    (void)state;
    Buf text = {0};
    for (size_t i = 0; i < PHRASES; i++) {
        if (phrases[i].root >= ROOT_OPENING && phrases[i].root <= ROOT_DISCLAIMER) {
            LexiconChat what = (LexiconChat)(phrases[i].root - ROOT_OPENING);
            Str whole = example(&text, "", phrases[i].text, "");
            assert_int_equal(lexicon_begins(what, whole), whole.length);
            Str longer = example(&text, "", phrases[i].text, ": 1");
            assert_true(lexicon_begins(what, longer) >= longer.length - 3);
            assert_int_equal(lexicon_find(what, example(&text, "(", phrases[i].text, ")")), 1);
        }
    }
    buf_finish(&text);
}

static void words_of_a_chat_are_found_beside_punctuation(void **state)
{
    (void)state;
    assert_int_equal(lexicon_begins(LEXICON_OPENING, STR("Certainly! Here is a")), 18);
    assert_int_equal(lexicon_begins(LEXICON_OPENING, STR("**Sure**,  here’s it")), 19);
    assert_true(lexicon_begins(LEXICON_OPENING, STR("Конечно! Вот переработанный вариант")) > 0);
    assert_true(lexicon_begins(LEXICON_OPENING, STR("当然！以下是您的文章：")) > 0);
    assert_true(lexicon_begins(LEXICON_DISCLAIMER, STR("作为一个AI语言模型，我无法")) > 0);
    assert_true(lexicon_find(LEXICON_SIGN, STR("以下是您的文章：")) != STR_NONE);
    assert_int_equal(lexicon_begins(LEXICON_OPENING, STR("Certainly hereditary")), 0);
    assert_int_equal(lexicon_begins(LEXICON_OPENING, STR("Certainly! Hereditary")), 0);
    assert_int_equal(lexicon_begins(LEXICON_OPENING, STR("Certainly")), 0);
    assert_int_equal(lexicon_begins(LEXICON_DISCLAIMER, STR("As an AI language model, GPT")), 0);
    assert_int_equal(lexicon_begins(LEXICON_OPENING, STR("")), 0);
    assert_int_equal(lexicon_find(LEXICON_DISCLAIMER, STR("\xFF\xD0")), STR_NONE);
}

static void every_function_word_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < PHRASES; i++) {
        if (phrases[i].root == ROOT_FUNCTION_WORD) {
            assert_true(lexicon_is_function_word(str_of(phrases[i].text)));
        }
    }
    static const char *const meant[] = {"that",   "had",  "did",  "in",   "on",  "for", "is",
                                        "really", "vous", "nous", "très", "si",  "sie", "die",
                                        "der",    "je",   "to",   "etc",  "one", "два", "bir"};
    for (size_t i = 0; i < sizeof(meant) / sizeof(meant[0]); i++) {
        assert_false(lexicon_is_function_word(str_of(meant[i])));
    }
}

static void broken_text_is_no_phrase(void **state)
{
    (void)state;
    assert_block(STR("\xD0"), LEXICON_NONE);
    assert_block(STR("[\xFF\xFE]"), LEXICON_NONE);
    assert_block(STR("coming\0soon"), LEXICON_NONE);
    assert_bracket(STR("your\xC2"), LEXICON_NONE);
    assert_block((Str){0}, LEXICON_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_phrase_of_a_block_is_found_however_dressed),
        cmocka_unit_test(every_phrase_of_a_bracket_is_found_in_brackets_only),
        cmocka_unit_test(every_marker_is_found_by_its_exact_case),
        cmocka_unit_test(what_was_seen_in_real_files_is_found),
        cmocka_unit_test(what_articles_say_is_no_placeholder),
        cmocka_unit_test(what_articles_in_other_languages_say_is_no_placeholder),
        cmocka_unit_test(what_brackets_hold_in_prose_is_rarely_a_form),
        cmocka_unit_test(what_begins_like_a_marker_is_none),
        cmocka_unit_test(every_phrase_of_an_omission_is_found),
        cmocka_unit_test(every_phrase_of_a_chat_is_found_where_a_text_begins),
        cmocka_unit_test(words_of_a_chat_are_found_beside_punctuation),
        cmocka_unit_test(every_function_word_is_found),
        cmocka_unit_test(broken_text_is_no_phrase),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
