/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/settings.h"

static struct settings settings;
static struct error err;

static int begin(void **state)
{
    (void)state;
    settings_init(&settings);
    err = (struct error){.kind = ERROR_NONE};
    return 0;
}

/* A file with this content; the caller unlinks path. */
static void write_file(char *path, const char *content)
{
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, content, strlen(content)), strlen(content));
    close(file);
}

static bool read_content(const char *content)
{
    char path[] = "/tmp/heng-settings-XXXXXX";
    write_file(path, content);
    bool good = settings_read_file(&settings, path, true, &err);
    unlink(path);
    return good;
}

static bool read_environment(const char *const *environment)
{
    return settings_read_environment(&settings, environment, &err);
}

static void test_defaults(void **state)
{
    (void)state;
    assert_int_equal(settings_integer(&settings, SETTING_REGISTER_UTC_OFFSET_MINUTES), 480);
    assert_true(settings_bool(&settings, SETTING_DATABASE_EMBEDDED));
    assert_string_equal(settings_text(&settings, SETTING_CLUSTER_SERVICE_USER), "heng");
    assert_true(settings_chinese(&settings));
}

static void test_later_sources_win(void **state)
{
    (void)state;
    const char *const environment[] = {"HENG_JOB__THREADS=5", "HENG_TEST_DATA=unrelated", NULL};
    assert_true(read_content("[job]\nthreads = 4\nmemory_mb = 2048\n"));
    assert_int_equal(settings_integer(&settings, SETTING_JOB_THREADS), 4);
    assert_true(read_environment(environment));
    assert_int_equal(settings_integer(&settings, SETTING_JOB_THREADS), 5);
    assert_true(settings_assign(&settings, "job.threads=6", "flag --set", &err));
    assert_int_equal(settings_integer(&settings, SETTING_JOB_THREADS), 6);
    assert_int_equal(settings_integer(&settings, SETTING_JOB_MEMORY_MB), 2048);
    assert_string_equal(settings.values[SETTING_JOB_THREADS].source, "flag --set");
    assert_non_null(strstr(settings.values[SETTING_JOB_MEMORY_MB].source, ":3"));
}

static void test_an_unknown_key_names_its_line_and_the_nearest_key(void **state)
{
    (void)state;
    assert_false(read_content("# first\n[cluster]\n\ndata_dri = /x\n"));
    assert_int_equal(err.kind, ERROR_CONFIG);
    assert_non_null(strstr(err.subject, ":4"));
    assert_non_null(strstr(err.message, "did you mean cluster.data_dir?"));
}

static void test_wrong_values_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "job.threads=0",      "job.threads=257",      "job.threads=two",
        "job.threads=",       "job.threads= 2",       "database.embedded=maybe",
        "cluster.data_dir=x", "register.language=de", "register.language=z",
        "register.language=", "nothing.here=1",       "register.language=zh|en",
        "database.embedded=",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        if (settings_assign(&settings, bad[i], "test", &err))
            fail_msg("accepted: %s", bad[i]);
        assert_int_equal(err.kind, ERROR_CONFIG);
    }
    assert_false(settings_assign(&settings, "job.threads", "test", &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    assert_int_equal(settings_integer(&settings, SETTING_JOB_THREADS), 2);
}

static void test_broken_files_are_refused(void **state)
{
    (void)state;
    assert_false(read_content("[job\nthreads = 2\n"));
    assert_non_null(strstr(err.message, "line 1"));
    assert_false(read_content("[job]\nthreads\n"));
    assert_non_null(strstr(err.message, "line 2"));
    assert_false(read_content("threads = 2\n"));
    assert_false(settings_read_file(&settings, "/nonexistent/heng.ini", true, &err));
    assert_int_equal(err.kind, ERROR_IO);
    assert_true(settings_read_file(&settings, "/nonexistent/heng.ini", false, &err));
}

static void test_long_values(void **state)
{
    (void)state;
    char content[4096] = "[database]\ndsn = ";
    size_t start = strlen(content);
    memset(content + start, 'x', 1000);
    strncat(content, "\n[job]\nthreads = 3\n", sizeof content - strlen(content) - 1);
    assert_true(read_content(content));
    assert_int_equal(strlen(settings_text(&settings, SETTING_DATABASE_DSN)), 1000);
    assert_int_equal(settings_integer(&settings, SETTING_JOB_THREADS), 3);
    memset(content + start, 'x', 3000);
    content[start + 3000] = '\0';
    assert_false(read_content(content));
    assert_int_equal(err.kind, ERROR_LIMIT);
    assert_non_null(strstr(err.subject, ":2"));
}

static void test_inline_marks_belong_to_the_value(void **state)
{
    (void)state;
    assert_true(read_content("[database]\ndsn = host=/x password='a ; b # c'\n"));
    assert_string_equal(settings_text(&settings, SETTING_DATABASE_DSN),
                        "host=/x password='a ; b # c'");
}

static void test_secrets_from_files(void **state)
{
    (void)state;
    char path[] = "/tmp/heng-secret-XXXXXX";
    char entry[128];
    write_file(path, "host=/from/file\n");
    snprintf(entry, sizeof entry, "HENG_DATABASE__DSN_FILE=%s", path);
    const char *const one[] = {"DATABASE_URL=host=/alias", entry, NULL};
    assert_true(read_environment(one));
    assert_string_equal(settings_text(&settings, SETTING_DATABASE_DSN), "host=/from/file");
    settings_init(&settings);
    const char *const both[] = {entry, "HENG_DATABASE__DSN=host=/x", NULL};
    assert_false(read_environment(both));
    assert_non_null(strstr(err.message, "HENG_DATABASE__DSN_FILE is set too"));
    unlink(path);
    settings_init(&settings);
    const char *const gone[] = {entry, NULL};
    assert_false(read_environment(gone));
    assert_int_equal(err.kind, ERROR_IO);
}

static void test_environment_aliases_and_typos(void **state)
{
    (void)state;
    const char *const alias[] = {"DATABASE_URL=postgresql://h/d", NULL};
    const char *const typo[] = {"HENG_JOB__THREAD=1", NULL};
    assert_true(read_environment(alias));
    assert_string_equal(settings_text(&settings, SETTING_DATABASE_DSN), "postgresql://h/d");
    assert_false(read_environment(typo));
    assert_string_equal(err.subject, "HENG_JOB__THREAD");
    assert_non_null(strstr(err.message, "did you mean job.threads?"));
}

/* What `print` prints; lives until the next call. */
static char *printed(void (*print)(FILE *))
{
    static char text[16384];
    FILE *stream = fmemopen(text, sizeof text, "w");
    assert_non_null(stream);
    print(stream);
    fclose(stream);
    return text;
}

static void print_settings(FILE *stream)
{
    settings_print(&settings, stream);
}

static void test_secrets_are_masked(void **state)
{
    (void)state;
    assert_true(settings_assign(&settings, "database.dsn=password=hunter2", "flag --set", &err));
    char *text = printed(print_settings);
    assert_null(strstr(text, "hunter2"));
    assert_non_null(strstr(text, "database.dsn = ********  (flag --set)\n"));
    assert_non_null(strstr(text, "job.threads = 2  (default)\n"));
}

static void test_the_committed_sample_is_the_generated_one(void **state)
{
    (void)state;
    char committed[16384];
    FILE *file = fopen(SOURCE_DIR "/daemon/heng.ini.sample", "re");
    assert_non_null(file);
    committed[fread(committed, 1, sizeof committed - 1, file)] = '\0';
    fclose(file);
    char *generated = printed(settings_print_sample);
    assert_string_equal(committed, generated);
}

/* Without the comment marks of its values, the sample says what the defaults say. */
static void test_the_sample_holds_every_default(void **state)
{
    (void)state;
    struct settings defaults = settings;
    char *sample = printed(settings_print_sample);
    for (char *mark = strstr(sample, "\n;"); mark; mark = strstr(mark, "\n;"))
        mark[1] = ' ';
    assert_true(read_content(sample));
    for (int i = 0; i < SETTING_COUNT; i++) {
        assert_string_equal(settings.values[i].text, defaults.values[i].text);
        assert_non_null(strstr(settings.values[i].source, "/tmp/heng-settings-"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_defaults, begin),
        cmocka_unit_test_setup(test_later_sources_win, begin),
        cmocka_unit_test_setup(test_an_unknown_key_names_its_line_and_the_nearest_key, begin),
        cmocka_unit_test_setup(test_wrong_values_are_refused, begin),
        cmocka_unit_test_setup(test_broken_files_are_refused, begin),
        cmocka_unit_test_setup(test_long_values, begin),
        cmocka_unit_test_setup(test_inline_marks_belong_to_the_value, begin),
        cmocka_unit_test_setup(test_secrets_from_files, begin),
        cmocka_unit_test_setup(test_environment_aliases_and_typos, begin),
        cmocka_unit_test_setup(test_secrets_are_masked, begin),
        cmocka_unit_test_setup(test_the_committed_sample_is_the_generated_one, begin),
        cmocka_unit_test_setup(test_the_sample_holds_every_default, begin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
