/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "daemon/progress.h"

static void test_lines(void **state)
{
    (void)state;
    char line[PROGRESS_LINE_SIZE];
    assert_string_equal(progress_line("load x.csv", 250000, 1000000, 2500, line),
                        "load x.csv  250,000 / 1,000,000  25 %  100,000/s  8 s left");
    assert_string_equal(progress_line("load", 1234567, 0, 1000, line),
                        "load  1,234,567  1,234,567/s  1.0 s");
    assert_string_equal(progress_line("load", 100, 100, 1500, line),
                        "load  100 / 100  100 %  66/s  1.5 s");
    assert_string_equal(progress_line("load", 0, 100, 0, line), "load  0 / 100  0 %  0.0 s");
}

/* What a piece of work prints to a file, which is no terminal. */
static size_t printed(bool quiet, bool terminal, char *text, size_t size)
{
    struct progress progress;
    FILE *stream = tmpfile();
    assert_non_null(stream);
    progress_init(&progress, stream, quiet);
    assert_false(progress.terminal);
    progress.terminal = terminal;
    progress_start(&progress, "score", 1000);
    for (uint64_t done = 0; done < 1000; done++)
        progress_step(&progress, done);
    progress_finish(&progress, 1000);
    progress_note(&progress, "%s", "done");
    rewind(stream);
    size_t used = fread(text, 1, size - 1, stream);
    text[used] = '\0';
    fclose(stream);
    return used;
}

static void test_plain_lines_elsewhere(void **state)
{
    (void)state;
    char text[1024];
    printed(false, false, text, sizeof text);
    assert_true(strncmp(text, "score  1,000 / 1,000  100 %", 27) == 0);
    assert_null(strchr(text, '\r'));
    assert_non_null(strstr(text, "\nheng: done\n"));
}

static void test_one_line_is_rewritten_on_a_terminal(void **state)
{
    (void)state;
    char text[1024];
    printed(false, true, text, sizeof text);
    assert_true(strncmp(text, "\r\033[Kscore", 9) == 0);
    assert_non_null(strstr(text, "s\nheng: done\n"));
}

static void test_quiet_prints_nothing(void **state)
{
    (void)state;
    char text[1024];
    assert_int_equal(printed(true, true, text, sizeof text), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_plain_lines_elsewhere),
        cmocka_unit_test(test_one_line_is_rewritten_on_a_terminal),
        cmocka_unit_test(test_quiet_prints_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
