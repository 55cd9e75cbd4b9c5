/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "etl/demo/area.h"
#include "etl/demo/demo.h"
#include "etl/demo/forms.h"
#include "models/core/json.h"
#include "models/models.h"

enum { ENTITIES = 3000, PATH_SIZE = 512, FILE_CAP = 16 * 1024 * 1024 };

struct folder {
    char path[64];
};

static char *bytes; /* one file at a time, FILE_CAP of them */
static char *other_bytes;

static int set_up(void **state)
{
    (void)state;
    models_init();
    bytes = malloc(FILE_CAP);
    other_bytes = malloc(FILE_CAP);
    return !bytes || !other_bytes;
}

static int tear_down(void **state)
{
    (void)state;
    free(bytes);
    free(other_bytes);
    return 0;
}

static struct folder new_folder(void)
{
    struct folder folder = {"/tmp/heng-demo-XXXXXX"};
    assert_non_null(mkdtemp(folder.path));
    return folder;
}

static void remove_files(const char *path)
{
    DIR *directory = opendir(path);
    assert_non_null(directory);
    for (struct dirent *entry; (entry = readdir(directory));) {
        char name[PATH_SIZE];
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (entry->d_type == DT_REG)
            assert_int_equal(unlink(name), 0);
    }
    closedir(directory);
    assert_int_equal(rmdir(path), 0);
}

static void remove_folder(const struct folder *folder)
{
    char mapping[PATH_SIZE];
    snprintf(mapping, sizeof mapping, "%s/mapping", folder->path);
    if (access(mapping, F_OK) == 0)
        remove_files(mapping);
    remove_files(folder->path);
}

static struct demo_options options_for(const struct folder *folder)
{
    return (struct demo_options){ENTITIES, 1, DEMO_UNTIL_DEFAULT, folder->path};
}

static void write_demo(const struct demo_options *options)
{
    struct error err = {0};
    if (!demo_write(options, NULL, NULL, &err))
        fail_msg("%s: %s", err.subject, err.message);
}

/* gzread reads plain files as they are. */
static size_t read_whole(const char *folder, const char *name, char *out)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    gzFile file = gzopen(path, "rb");
    if (!file)
        fail_msg("%s is missing", path);
    int size = gzread(file, out, FILE_CAP - 1);
    assert_in_range(size, 1, FILE_CAP - 2);
    assert_int_equal(gzclose(file), Z_OK);
    out[size] = '\0';
    return (size_t)size;
}

static json_t *read_json(const char *folder, const char *name)
{
    struct error err;
    json_t *document = NULL;
    size_t size = read_whole(folder, name, bytes);
    assert_true(json_read(bytes, size, name, &document, &err));
    return document;
}

static void assert_same_file(const struct folder *a, const struct folder *b, const char *name)
{
    size_t size = read_whole(a->path, name, bytes);
    assert_int_equal(size, read_whole(b->path, name, other_bytes));
    assert_memory_equal(bytes, other_bytes, size);
}

static void test_same_options_same_bytes(void **state)
{
    (void)state;
    struct folder a = new_folder();
    struct folder b = new_folder();
    struct demo_options options = options_for(&a);
    write_demo(&options);
    options.directory = b.path;
    write_demo(&options);
    for (size_t i = 0; i < FORMS_COUNT; i++)
        assert_same_file(&a, &b, forms_at((enum forms_file)i)->file);
    assert_same_file(&a, &b, "truth.json");
    assert_same_file(&a, &b, "manifest.json");
    remove_folder(&a);
    remove_folder(&b);
}

/* Records of a CSV file after its header; bytes below 0x30 are never part of a longer character
 * in either encoding. */
static uint64_t count_rows(size_t size)
{
    uint64_t rows = 0;
    bool quoted = false;
    for (size_t i = 0; i < size; i++) {
        quoted ^= bytes[i] == '"';
        rows += bytes[i] == '\n' && !quoted;
    }
    assert_false(quoted);
    return rows - 1;
}

static void assert_valid_in(const char *encoding, size_t size)
{
    iconv_t converter = iconv_open("UTF-8", encoding);
    assert_true(converter != (iconv_t)-1);
    char *from = bytes;
    char *to = other_bytes;
    size_t room = FILE_CAP;
    assert_true(iconv(converter, &from, &size, &to, &room) != (size_t)-1);
    assert_int_equal(size, 0);
    iconv_close(converter);
}

static int64_t number_in(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    assert_true(json_is_integer(value));
    return json_integer_value(value);
}

static void test_files_agree_with_the_truth(void **state)
{
    (void)state;
    struct folder folder = new_folder();
    struct demo_options options = options_for(&folder);
    write_demo(&options);
    json_t *truth = read_json(folder.path, "truth.json");
    json_t *manifest = read_json(folder.path, "manifest.json");
    const json_t *accounts = json_object_get(truth, "files");
    assert_int_equal(json_array_size(accounts), FORMS_COUNT);
    assert_int_equal(json_array_size(json_object_get(manifest, "files")), FORMS_COUNT);
    for (size_t i = 0; i < FORMS_COUNT; i++) {
        const struct sheet_form *form = forms_at((enum forms_file)i);
        const json_t *account = json_array_get(accounts, i);
        assert_string_equal(json_string_value(json_object_get(account, "file")), form->file);
        size_t size = read_whole(folder.path, form->file, bytes);
        assert_int_equal(count_rows(size), number_in(account, "rows"));
        assert_int_equal(number_in(account, "rows"),
                         number_in(account, "inserted") + number_in(account, "updated") +
                             number_in(account, "identical") + number_in(account, "rejected"));
        assert_valid_in(form->encoding == SHEET_GB18030 ? "GB18030" : "UTF-8", size);
    }
    json_decref(truth);
    json_decref(manifest);
    remove_folder(&folder);
}

static void test_entities_are_inserted_once_over_both_extracts(void **state)
{
    (void)state;
    struct folder folder = new_folder();
    struct demo_options options = options_for(&folder);
    write_demo(&options);
    json_t *truth = read_json(folder.path, "truth.json");
    const json_t *accounts = json_object_get(truth, "files");
    const json_t *earlier = json_array_get(accounts, FORMS_ENTITY_EARLIER);
    const json_t *later = json_array_get(accounts, FORMS_ENTITY);
    assert_int_equal(number_in(earlier, "inserted") + number_in(later, "inserted"), ENTITIES);
    assert_true(number_in(later, "updated") > ENTITIES / 12);
    json_decref(truth);
    remove_folder(&folder);
}

static void test_no_earlier_extract_before_the_change(void **state)
{
    (void)state;
    struct folder folder = new_folder();
    struct demo_options options = options_for(&folder);
    options.entities = DEMO_ENTITIES_MIN;
    options.until = AREA_CHANGED_ON - 1;
    write_demo(&options);
    json_t *manifest = read_json(folder.path, "manifest.json");
    assert_int_equal(json_array_size(json_object_get(manifest, "files")), FORMS_COUNT - 1);
    size_t size = read_whole(folder.path, "market_entity.csv", bytes);
    assert_null(memmem(bytes, size, ",500157,", 8));
    assert_non_null(memmem(bytes, size, ",500112,", 8));
    json_decref(manifest);
    remove_folder(&folder);
}

static void test_options_out_of_range(void **state)
{
    (void)state;
    const struct demo_options bad[] = {
        {DEMO_ENTITIES_MIN - 1, 1, DEMO_UNTIL_DEFAULT, "/nonexistent"},
        {DEMO_ENTITIES_MAX + 1, 1, DEMO_UNTIL_DEFAULT, "/nonexistent"},
        {ENTITIES, DEMO_SEED_MAX + 1, DEMO_UNTIL_DEFAULT, "/nonexistent"},
        {ENTITIES, 1, DEMO_UNTIL_MIN - 1, "/nonexistent"},
        {ENTITIES, 1, DEMO_UNTIL_MAX + 1, "/nonexistent"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct error err = {0};
        assert_false(demo_write(&bad[i], NULL, NULL, &err));
        assert_int_equal(err.kind, ERROR_LIMIT);
    }
}

static void test_a_folder_that_cannot_be_made(void **state)
{
    (void)state;
    struct demo_options options = {ENTITIES, 1, DEMO_UNTIL_DEFAULT, "/nonexistent/folder"};
    struct error err = {0};
    assert_false(demo_write(&options, NULL, NULL, &err));
    assert_int_equal(err.kind, ERROR_IO);
    assert_string_equal(err.subject, "/nonexistent/folder");
}

static bool stop_at_once(uint64_t done, uint64_t total, void *context)
{
    *(uint64_t *)context = done;
    assert_true(done < total);
    return false;
}

static void test_an_interrupted_folder_loses_its_manifest(void **state)
{
    (void)state;
    struct folder folder = new_folder();
    struct demo_options options = options_for(&folder);
    struct error err = {0};
    uint64_t done = 0;
    char manifest[PATH_SIZE];
    snprintf(manifest, sizeof manifest, "%s/manifest.json", folder.path);
    write_demo(&options);
    assert_int_equal(access(manifest, F_OK), 0);
    assert_false(demo_write(&options, stop_at_once, &done, &err));
    assert_int_equal(err.kind, ERROR_INTERRUPTED);
    assert_true(done > 0);
    assert_int_not_equal(access(manifest, F_OK), 0);
    remove_folder(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_options_same_bytes),
        cmocka_unit_test(test_files_agree_with_the_truth),
        cmocka_unit_test(test_entities_are_inserted_once_over_both_extracts),
        cmocka_unit_test(test_no_earlier_extract_before_the_change),
        cmocka_unit_test(test_options_out_of_range),
        cmocka_unit_test(test_a_folder_that_cannot_be_made),
        cmocka_unit_test(test_an_interrupted_folder_loses_its_manifest),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
