/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "etl/source/csv.h"
#include "models/models.h"
#include "tests/unit/etl/source/scratch_file.h"

enum { SHOWN_SIZE = 8192, SMALL_CAP = 64 };

/* Input, and every record as "line[field][field]" or "line!problem". */
struct sample {
    const char *name;
    char delimiter;
    struct text input;
    const char *expected;
};

/* TEXT_LITERAL() as an initializer of static storage. */
#define T(s)                                                                                       \
    {                                                                                              \
        (s), sizeof(s) - 1                                                                         \
    }

static const struct sample samples[] = {
    {"plain", ',', T("a,b\nc,d\n"), "1[a][b]2[c][d]"},
    {"no final newline", ',', T("a,b\nc,d"), "1[a][b]2[c][d]"},
    {"CRLF", ',', T("a,b\r\nc,d\r\n"), "1[a][b]2[c][d]"},
    {"CRLF, no final line feed", ',', T("a,b\r\nc,d\r"), "1[a][b]2[c][d]"},
    {"mixed line ends", ',', T("a\nb\r\nc\n"), "1[a]2[b]3[c]"},
    {"a carriage return inside a field", ',', T("a\rb,c\n"), "1[a\rb][c]"},
    {"empty fields", ',', T(",,\n,\n"), "1[][][]2[][]"},
    {"blank lines are counted, not delivered", ',', T("\na\n\n\r\nb\n\n"), "2[a]5[b]"},
    {"a line of blanks is a record", ',', T(" \n\t\n"), "1[ ]2[\t]"},
    {"an empty quoted field is not a blank line", ',', T("\"\"\na\n"), "1[]2[a]"},
    {"an empty file", ',', T(""), ""},
    {"only line ends", ',', T("\n\r\n\n"), ""},
    {"only a byte order mark", ',', T("\xEF\xBB\xBF"), ""},
    {"a byte order mark", ',',
     T("\xEF\xBB\xBF"
       "a,b\nc,d\n"),
     "1[a][b]2[c][d]"},
    {"a byte order mark of GB18030", ',', T("\x84\x31\x95\x33\xD6\xD8,b\n"), "1[\xD6\xD8][b]"},
    {"a byte order mark before a quote", ',', T("\xEF\xBB\xBF\"a\",b\n"), "1[a][b]"},
    {"a byte order mark elsewhere is text", ',',
     T("a\n\xEF\xBB\xBF"
       "b\n"),
     "1[a]2[\xEF\xBB\xBF"
     "b]"},
    {"half a byte order mark is text", ',',
     T("\xEF\xBB"
       "a\n"),
     "1[\xEF\xBB"
     "a]"},
    {"quotes", ',', T("\"a\",\"b\"\n\"c\",d\ne,\"f\"\n"), "1[a][b]2[c][d]3[e][f]"},
    {"quotes and CRLF", ',', T("\"a\",\"b\"\r\n\"c\",d\r\n"), "1[a][b]2[c][d]"},
    {"a closing quote at the end of the file", ',', T("a,\"b\""), "1[a][b]"},
    {"a closing quote and CR at the end of the file", ',', T("a,\"b\"\r"), "1[a][b]"},
    {"a quoted field, then CR at the end of the file", ',', T("\"a\",b\r"), "1[a][b]"},
    {"delimiter in quotes", ',', T("\"a,b\",c\n"), "1[a,b][c]"},
    {"doubled quotes", ',', T("\"a\"\"b\",\"\"\"\",\"\"\"c\"\"\"\n"), "1[a\"b][\"][\"c\"]"},
    {"line feed in quotes", ',', T("\"a\nb\",c\nd,e\n"), "1[a\nb][c]3[d][e]"},
    {"CRLF in quotes", ',', T("\"a\r\nb\",c\r\nd,e\r\n"), "1[a\r\nb][c]3[d][e]"},
    {"blank lines in quotes", ',', T("\"\n\n\",a\nb,c\n"), "1[\n\n][a]4[b][c]"},
    {"quotes inside an unquoted field", ',', T("5\" pipe,a\"b\"\n"), "1[5\" pipe][a\"b\"]"},
    {"a blank before a quote makes it text", ',', T("a, \"b\"\n"), "1[a][ \"b\"]"},
    {"a trailing delimiter behind quotes", ',', T("\"a\",\n\"b\","), "1[a][]2[b][]"},
    {"semicolons", ';', T("a,1;\"b;c\"\n"), "1[a,1][b;c]"},
    {"tabs", '\t', T("a b\t\"c\td\"\t\n"), "1[a b][c\td][]"},
    {"bars", '|', T("a|\"b|c\"|d\n"), "1[a][b|c][d]"},
    {"text behind a closing quote", ',', T("\"a\"b,c\nd,e\n"),
     "1!text behind a closing quote;2[d][e]"},
    {"a blank behind a closing quote", ',', T("\"a\" ,c\nd,e\n"),
     "1!text behind a closing quote;2[d][e]"},
    {"CR behind a closing quote, inside a line", ',', T("\"a\"\rb\nd,e\n"),
     "1!text behind a closing quote;2[d][e]"},
    {"a runaway quote costs one line", ',', T("a,b\nc,\"d\ne,f\ng,h\n"),
     "1[a][b]2!a quote that does not close;3[e][f]4[g][h]"},
    {"a runaway quote on the last line", ',', T("a,b\nc,\"d"),
     "1[a][b]2!a quote that does not close;"},
    {"a runaway quote that meets another quote", ',', T("\"a,b\nc,\"d\"\ne,f\n"),
     "1!text behind a closing quote;2[c][d]3[e][f]"},
    {"a lone quote", ',', T("\""), "1!a quote that does not close;"},
    {"an escaped quote at the end of the file", ',', T("\"a\"\""),
     "1!a quote that does not close;"},
    {"NUL bytes", ',', T("a\0b,\"c\0\"\n\0\n"), "1[a\\0b][c\\0]2[\\0]"},
    {"bytes above 127", ',', T("\xD6\xD0,\"\xB9\xFA\"\n"), "1[\xD6\xD0][\xB9\xFA]"},
};

struct shown {
    char text[SHOWN_SIZE];
    size_t size;
};

static void show(struct shown *shown, const char *data, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        assert_true(shown->size + 3 < sizeof shown->text);
        if (data[i] == '\0') {
            shown->text[shown->size++] = '\\';
            shown->text[shown->size++] = '0';
        } else {
            shown->text[shown->size++] = data[i];
        }
    }
    shown->text[shown->size] = '\0';
}

static void show_record(struct shown *shown, const struct source_record *record)
{
    char line[24];
    int size = snprintf(line, sizeof line, "%lld", (long long)record->line);
    show(shown, line, (size_t)size);
    if (record->problem) {
        show(shown, "!", 1);
        show(shown, record->problem, strlen(record->problem));
        show(shown, ";", 1);
        return;
    }
    for (size_t i = 0; i < record->count; i++) {
        show(shown, "[", 1);
        show(shown, record->fields[i].data, record->fields[i].size);
        show(shown, "]", 1);
    }
}

static void show_all(struct csv *csv, struct shown *shown)
{
    struct error err;
    *shown = (struct shown){.size = 0};
    for (;;) {
        struct source_record record;
        bool end;
        assert_true(csv_next(csv, &record, &end, &err));
        if (end)
            return;
        show_record(shown, &record);
    }
}

static struct stream *open_bytes(struct text input, bool gzip)
{
    char path[SCRATCH_PATH_SIZE];
    scratch_path("sample", path);
    if (gzip)
        scratch_write_gzip(path, input.data, input.size);
    else
        scratch_write(path, input.data, input.size);
    return scratch_open(path);
}

/* block 0: as the loader reads. */
static void read_all(struct text input, char delimiter, size_t cap, size_t block, bool gzip,
                     struct shown *shown)
{
    struct stream *stream = open_bytes(input, gzip);
    struct csv *csv = NULL;
    struct error err;
    assert_true(block == 0 ? csv_open(stream, delimiter, &csv, &err)
                           : csv_open_sized(stream, delimiter, cap, block, &csv, &err));
    show_all(csv, shown);
    csv_close(csv);
    stream_close(stream);
}

static void check_sample(const struct sample *sample, size_t block, bool gzip)
{
    struct shown shown;
    read_all(sample->input, sample->delimiter, SMALL_CAP, block, gzip, &shown);
    if (strcmp(shown.text, sample->expected) != 0)
        fail_msg("%s, block %zu: expected %s, found %s", sample->name, block, sample->expected,
                 shown.text);
}

static void test_samples(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        check_sample(&samples[i], 0, false);
        check_sample(&samples[i], 0, true);
    }
}

/* Copies of each sample behind each other, read with a buffer edge at every place of them. */
static void test_every_split(void **state)
{
    (void)state;
    static const char unit[] = "ab,\"c\"\"d\ne\",f\r\n\"\"\n\n\"x\"y,1\nlast,\"q\r\n\"\n";
    static const char shown_unit[] = "[ab][c\"d\ne][f]|[]|!text behind a closing quote;"
                                     "|[last][q\r\n]|";
    enum { COPIES = 3, LINES = 7 };
    static const int64_t lines[] = {1, 3, 5, 6};
    char input[COPIES * sizeof unit] = "";
    char expected[SHOWN_SIZE] = "";
    size_t used = 0;
    for (int copy = 0; copy < COPIES; copy++) {
        memcpy(input + (size_t)copy * (sizeof unit - 1), unit, sizeof unit);
        const char *part = shown_unit;
        for (size_t i = 0; i < 4; i++) {
            const char *stop = strchr(part, '|');
            used += (size_t)snprintf(expected + used, sizeof expected - used, "%lld%.*s",
                                     (long long)lines[i] + (long long)LINES * copy,
                                     (int)(stop - part), part);
            part = stop + 1;
        }
    }
    /* The longest record has 15 bytes: with that cap a block of any size decides the edges. */
    for (size_t cap = 15; cap <= 20; cap++) {
        for (size_t block = 1; block <= sizeof input; block++) {
            struct shown shown;
            read_all((struct text){input, COPIES * (sizeof unit - 1)}, ',', cap, block, false,
                     &shown);
            if (strcmp(shown.text, expected) != 0)
                fail_msg("cap %zu, block %zu: found %s", cap, block, shown.text);
        }
    }
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        for (size_t block = 1; block <= samples[i].input.size + 1; block++)
            check_sample(&samples[i], block, false);
    }
}

static void test_record_cap(void **state)
{
    (void)state;
    static const struct {
        struct text input;
        const char *expected;
    } cases[] = {
        {T("1234567\na\n"), "1[1234567]2[a]"},
        {T("12345678\na\n"), "1!a line of more than 1 MiB;2[a]"},
        {T("12345678"), "1[12345678]"},
        {T("123456789"), "1!a line of more than 1 MiB;"},
        {T("123456789012345678901234567890\na,b\n"), "1!a line of more than 1 MiB;2[a][b]"},
        {T("a\n123456789012345678901234567890"), "1[a]2!a line of more than 1 MiB;"},
        {T("\"234\n6\"\na\n"), "1[234\n6]3[a]"},
        {T("\"2345\n7\"\na\n"), "1!a quote that does not close, or a record over 1 MiB;"
                                "2[7\"]3[a]"},
        {T("\"234567890\",b\na\n"), "1!a line of more than 1 MiB;2[a]"},
        {T("\"23456\"\na\n"), "1[23456]2[a]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (size_t block = 1; block <= cases[i].input.size + 1; block++) {
            struct shown shown;
            read_all(cases[i].input, ',', 8, block, false, &shown);
            if (strcmp(shown.text, cases[i].expected) != 0)
                fail_msg("case %zu, block %zu: found %s", i, block, shown.text);
        }
    }
}

/* The real cap: the line that passes it is given up, the next is read, and the account of lines
 * stays right. */
static void test_real_cap(void **state)
{
    (void)state;
    size_t size = 3 * (size_t)SOURCE_RECORD_CAP;
    char *input = malloc(size);
    assert_non_null(input);
    memset(input, 'x', size);
    memcpy(input, "head\n", 5);
    input[SOURCE_RECORD_CAP - 1 + 5] = '\n'; /* just fits */
    memcpy(input + size - 7, "\nlast,\n", 7);
    struct stream *stream = open_bytes((struct text){input, size}, false);
    struct csv *csv = NULL;
    struct error err;
    struct source_record record;
    bool end;
    assert_true(csv_open(stream, ',', &csv, &err));
    assert_true(csv_next(csv, &record, &end, &err) && !end);
    assert_true(csv_next(csv, &record, &end, &err) && !end);
    assert_null(record.problem);
    assert_int_equal(record.fields[0].size, SOURCE_RECORD_CAP - 1);
    assert_true(csv_next(csv, &record, &end, &err) && !end);
    assert_string_equal(record.problem, "a line of more than 1 MiB");
    assert_int_equal(record.line, 3);
    assert_int_equal(record.raw.size, SOURCE_RECORD_CAP);
    assert_true(csv_next(csv, &record, &end, &err) && !end);
    assert_int_equal(record.line, 4);
    assert_int_equal(record.count, 2);
    assert_true(csv_next(csv, &record, &end, &err) && end);
    csv_close(csv);
    stream_close(stream);
    free(input);
}

static void test_column_cap(void **state)
{
    (void)state;
    static char input[4 * SOURCE_COLUMNS_CAP];
    size_t used = 0;
    for (int quoted = 0; quoted < 2; quoted++) {
        for (int columns = SOURCE_COLUMNS_CAP; columns <= SOURCE_COLUMNS_CAP + 1; columns++) {
            used = 0;
            if (quoted)
                used = (size_t)snprintf(input, sizeof input, "\"\"");
            memset(input + used, ',', (size_t)columns - 1);
            used += (size_t)columns - 1;
            memcpy(input + used, "\na\n", 3);
            struct stream *stream = open_bytes((struct text){input, used + 3}, false);
            struct csv *csv = NULL;
            struct error err;
            struct source_record record;
            bool end;
            assert_true(csv_open(stream, ',', &csv, &err));
            assert_true(csv_next(csv, &record, &end, &err) && !end);
            if (columns == SOURCE_COLUMNS_CAP) {
                assert_null(record.problem);
                assert_int_equal(record.count, SOURCE_COLUMNS_CAP);
            } else {
                assert_string_equal(record.problem, "more columns than a record may have");
            }
            assert_true(csv_next(csv, &record, &end, &err) && !end);
            assert_int_equal(record.line, 2);
            assert_int_equal(record.count, 1);
            csv_close(csv);
            stream_close(stream);
        }
    }
}

static void check_raw(struct text input, const char *expected)
{
    struct stream *stream = open_bytes(input, false);
    struct csv *csv = NULL;
    struct error err;
    struct source_record record;
    bool end;
    assert_true(csv_open(stream, ',', &csv, &err));
    assert_true(csv_next(csv, &record, &end, &err) && !end);
    assert_int_equal(record.raw.size, strlen(expected));
    assert_memory_equal(record.raw.data, expected, record.raw.size);
    csv_close(csv);
    stream_close(stream);
}

static void test_raw_is_the_record_without_its_end(void **state)
{
    (void)state;
    check_raw(TEXT_LITERAL("a, b\nc\n"), "a, b");
    check_raw(TEXT_LITERAL("a, b\r\nc\n"), "a, b");
    check_raw(TEXT_LITERAL("a\r"), "a");
    check_raw(TEXT_LITERAL("\xEF\xBB\xBF"
                           "a\n"),
              "a");
    check_raw(TEXT_LITERAL("\"a\r\nb\"\r\nc\n"), "\"a\r\nb\"");
    check_raw(TEXT_LITERAL("\"a\",b\r"), "\"a\",b");
    check_raw(TEXT_LITERAL("\"a\"b\r\nc\n"), "\"a\"b");
    check_raw(TEXT_LITERAL("\"a\r\nb"), "\"a");
}

static void test_truncated_gzip_is_an_error(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    char bytes[4096];
    static char input[64 * 1024];
    for (size_t i = 0; i < sizeof input; i++)
        input[i] = (char)(i % 61 == 60 ? '\n' : 'a' + i * i % 23);
    scratch_path("whole.gz", path);
    scratch_write_gzip(path, input, sizeof input);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    assert_int_equal(fclose(file), 0);
    assert_in_range(size, 100, sizeof bytes - 1);
    for (size_t cut = 1; cut <= size - 20; cut += 7) {
        scratch_write(path, bytes, size - cut);
        struct stream *stream = NULL;
        struct csv *csv = NULL;
        struct error err;
        bool end = false;
        bool ok = true;
        assert_true(stream_open(path, NULL, &stream, &err));
        assert_true(csv_open(stream, ',', &csv, &err));
        for (struct source_record record; ok && !end;)
            ok = csv_next(csv, &record, &end, &err);
        assert_false(ok);
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_string_equal(err.message, "cannot decompress: the gzip data ends early");
        csv_close(csv);
        stream_close(stream);
    }
    assert_int_equal(unlink(path), 0);
}

static int set_up(void **state)
{
    (void)state;
    models_init();
    scratch_init();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

static void expect_one(struct csv *csv, const char *bytes, size_t count, const char *problem)
{
    struct source_record record;
    struct error err;
    assert_true(csv_one(csv, text_of(bytes), &record, &err));
    if (problem)
        assert_string_equal(record.problem, problem);
    else
        assert_null(record.problem);
    assert_int_equal(record.count, count);
    assert_true(text_is(record.raw, bytes));
}

static void test_one_record_without_a_stream(void **state)
{
    static char too_long[101];
    struct csv *csv;
    struct source_record record;
    struct error err;
    (void)state;
    assert_true(csv_open_sized(NULL, ';', 100, 10, &csv, &err));
    expect_one(csv, "a;b,c;d", 3, NULL);
    expect_one(csv, "a;\"b\nb\";c", 3, NULL);
    expect_one(csv, "", 1, NULL);
    expect_one(csv, "a;\"b", 0, "a quote that does not close");
    expect_one(csv, "a;\"b\"x", 0, "text behind a closing quote");
    expect_one(csv, "a;b\nc;d", 0, "more than one record");
    expect_one(csv, "x;y", 2, NULL);
    memset(too_long, 'x', sizeof too_long);
    assert_false(csv_one(csv, (struct text){too_long, sizeof too_long}, &record, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    csv_close(csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples),
        cmocka_unit_test(test_every_split),
        cmocka_unit_test(test_record_cap),
        cmocka_unit_test(test_real_cap),
        cmocka_unit_test(test_column_cap),
        cmocka_unit_test(test_raw_is_the_record_without_its_end),
        cmocka_unit_test(test_truncated_gzip_is_an_error),
        cmocka_unit_test(test_one_record_without_a_stream),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
