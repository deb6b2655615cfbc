#include "protocol/uri.h"

#include "tests/unit/unit.h"

#include <stdlib.h>

static void assert_normal(Str uri, Str expected)
{
    Buf out = {0};
    uri_normalise(uri, &out);
    assert_str_equal(buf_str(&out), expected);
    buf_finish(&out);
}

static void spellings_of_one_file_are_one(void **state)
{
    (void)state;
    const struct {
        Str spelling, normal;
    } cases[] = {
        {STR_INIT("file:///a/b.md"),            STR_INIT("file:///a/b.md")          },
        {STR_INIT("FILE:///a/b.md"),            STR_INIT("file:///a/b.md")          },
        {STR_INIT("file:/a/b.md"),              STR_INIT("file:///a/b.md")          },
        {STR_INIT("file://localhost/a/b.md"),   STR_INIT("file:///a/b.md")          },
        {STR_INIT("file://LOCALHOST/a/b.md"),   STR_INIT("file:///a/b.md")          },
        {STR_INIT("file:///a/%62.md"),          STR_INIT("file:///a/b.md")          },
        {STR_INIT("file:///a%2fb.md"),          STR_INIT("file:///a/b.md")          },
        {STR_INIT("file:///a%20b%5B1%5D.md"),   STR_INIT("file:///a%20b%5B1%5D.md") },
        {STR_INIT("file:///a b[1].md"),         STR_INIT("file:///a%20b%5B1%5D.md") },
        {STR_INIT("file:///%e2%82%ac"),         STR_INIT("file:///%E2%82%AC")       },
        {STR_INIT("file:///\xE2\x82\xAC"),      STR_INIT("file:///%E2%82%AC")       },
        {STR_INIT("file:///a%28b%29%2C%2b%40"), STR_INIT("file:///a(b),+@")         },
        {STR_INIT("file:///c:/a.md"),           STR_INIT("file:///c:/a.md")         },
        {STR_INIT("file:///C:/a.md"),           STR_INIT("file:///c:/a.md")         },
        {STR_INIT("file:///c%3A/a.md"),         STR_INIT("file:///c:/a.md")         },
        {STR_INIT("file:///C%3a/a.md"),         STR_INIT("file:///c:/a.md")         },
        {STR_INIT("file:///%43%3a/a.md"),       STR_INIT("file:///c:/a.md")         },
        {STR_INIT("file:///C:"),                STR_INIT("file:///c:")              },
        {STR_INIT("file:///Cd:/A.md"),          STR_INIT("file:///Cd:/A.md")        },
        {STR_INIT("file:C:/a.md"),              STR_INIT("file:///c:/a.md")         },
        {STR_INIT("file://Server?a"),           STR_INIT("file://server/?a")        },
        {STR_INIT("file://Server/share/A.md"),  STR_INIT("file://server/share/A.md")},
        {STR_INIT("file:///a%23b.md#c%23"),     STR_INIT("file:///a%23b.md#c%23")   },
        {STR_INIT("file:///a.md?q=%41"),        STR_INIT("file:///a.md?q=%41")      },
        {STR_INIT("file:///a%zz%4"),            STR_INIT("file:///a%25zz%254")      },
        {STR_INIT("file:///a%25zz%254"),        STR_INIT("file:///a%25zz%254")      },
        {STR_INIT("file:///%%341"),             STR_INIT("file:///%2541")           },
        {STR_INIT("file:///a%00b%ff"),          STR_INIT("file:///a%00b%FF")        },
        {STR_INIT("file:"),                     STR_INIT("file:///")                },
        {STR_INIT("untitled:Untitled-1"),       STR_INIT("untitled:Untitled-1")     },
        {STR_INIT("untitled:c%3A/A"),           STR_INIT("untitled:c%3A/A")         },
        {STR_INIT("vscode-remote://x/a%20b"),   STR_INIT("vscode-remote://x/a%20b") },
        {STR_INIT("/a/b.md"),                   STR_INIT("/a/b.md")                 },
        {STR_INIT(""),                          STR_INIT("")                        },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        assert_normal(cases[i].spelling, cases[i].normal);
        assert_normal(cases[i].normal, cases[i].normal);
    }
}

static void uris_have_paths(void **state)
{
    (void)state;
    const struct {
        Str uri, path;
    } cases[] = {
        {STR_INIT("file:///a/b%20c.md"),       STR_INIT("/a/b c.md")          },
        {STR_INIT("file://localhost/%D0%B6"),  STR_INIT("/\xD0\xB6")          },
        {STR_INIT("file:///a%zz#b?c"),         STR_INIT("/a%zz")              },
        {STR_INIT("file:///a%23b"),            STR_INIT("/a#b")               },
        {STR_INIT("file:///C%3A/a.md"),        STR_INIT("c:/a.md")            },
        {STR_INIT("file:///c:/"),              STR_INIT("c:/")                },
        {STR_INIT("file://server/share/a.md"), STR_INIT("//server/share/a.md")},
        {STR_INIT("file:///%ff"),              STR_INIT("/\xFF")              },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        Buf path = {0};
        assert_true(uri_to_path(cases[i].uri, &path));
        assert_str_equal(buf_str(&path), cases[i].path);
        buf_finish(&path);
    }
}

static void what_is_no_file_has_no_path(void **state)
{
    (void)state;
    const Str uris[] = {
        STR_INIT("untitled:Untitled-1"), STR_INIT("http://a/b"), STR_INIT("/a"), STR_INIT(""),
        STR_INIT("file:///a%00b"),       STR_INIT("files:///a")};
    for (size_t i = 0; i < sizeof(uris) / sizeof(*uris); i++) {
        Buf path = {0};
        assert_false(uri_to_path(uris[i], &path));
        assert_int_equal(path.length, 0);
    }
}

static void paths_have_uris(void **state)
{
    (void)state;
    const struct {
        Str path, uri;
    } cases[] = {
        {STR_INIT("/a/b c.md"),               STR_INIT("file:///a/b%20c.md")       },
        {STR_INIT("/100%/#1?"),               STR_INIT("file:///100%25/%231%3F")   },
        {STR_INIT("C:\\Users\\a b.md"),       STR_INIT("file:///c:/Users/a%20b.md")},
        {STR_INIT("c:/a.md"),                 STR_INIT("file:///c:/a.md")          },
        {STR_INIT("\\\\server\\share\\a.md"), STR_INIT("file://server/share/a.md") },
        {STR_INIT("/a\\b"),                   STR_INIT("file:///a%5Cb")            },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        Buf uri = {0};
        uri_of_path(cases[i].path, &uri);
        assert_str_equal(buf_str(&uri), cases[i].uri);
        assert_normal(cases[i].uri, cases[i].uri);
        buf_finish(&uri);
    }
}

/* Any absolute path comes back from its URI, whose spelling is the normal one. */
static void paths_come_back_from_their_uris(void **state)
{
    (void)state;
    srand(6);
    for (int round = 0; round < 3000; round++) {
        Buf path = {0}, uri = {0}, back = {0};
        buf_append(&path, STR("/home/"));
        for (int i = rand() % 20; i > 0; i--) {
            static const char likely[] = "%2F5c:/#?&\\ a";
            bool any = rand() % 2 == 0;
            buf_append_char(&path, any ? (char)(1 + rand() % 255) : likely[rand() % 13]);
        }
        uri_of_path(buf_str(&path), &uri);
        assert_normal(buf_str(&uri), buf_str(&uri));
        assert_true(uri_to_path(buf_str(&uri), &back));
        assert_str_equal(buf_str(&back), buf_str(&path));
        buf_finish(&path);
        buf_finish(&uri);
        buf_finish(&back);
    }
}

static void a_normal_form_is_its_own(void **state)
{
    (void)state;
    srand(7);
    for (int round = 0; round < 3000; round++) {
        Buf uri = {0}, once = {0};
        buf_append(&uri, rand() % 4 == 0 ? STR("file:") : STR("file:///"));
        for (int i = rand() % 16; i > 0; i--) {
            static const char likely[] = "%%%24Cc3:/#?.a\xFF";
            buf_append_char(&uri, likely[rand() % 15]);
        }
        uri_normalise(buf_str(&uri), &once);
        assert_normal(buf_str(&once), buf_str(&once));
        buf_finish(&uri);
        buf_finish(&once);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_of_one_file_are_one),
        cmocka_unit_test(uris_have_paths),
        cmocka_unit_test(what_is_no_file_has_no_path),
        cmocka_unit_test(paths_have_uris),
        cmocka_unit_test(paths_come_back_from_their_uris),
        cmocka_unit_test(a_normal_form_is_its_own),
    };
    return cmocka_run_group_tests_name("uri", tests, NULL, NULL);
}
