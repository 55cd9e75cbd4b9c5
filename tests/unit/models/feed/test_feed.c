/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader of feed documents; the schema judges the same files (tests/lint/test_schemas.sh). */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "models/catalog/catalog.h"
#include "models/feed/feed.h"
#include "models/models.h"

enum { ARENA_CAP = 4 * 1024 * 1024 };

static const char documents[] = SOURCE_DIR "/tests/unit/models/feed/documents";
static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    models_init();
    arena_init(&arena, ARENA_CAP);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_reset(&arena);
    return 0;
}

static void read_shipped(const char *name, struct feed *out)
{
    struct error err;
    const struct catalog_document *document = catalog_find(name);
    assert_non_null(document);
    if (!feed_read(document->data, document->size, document->name, &arena, out, &err))
        fail_msg("%s", err.message);
}

static void reads_the_shipped_folder(void **state)
{
    (void)state;
    struct feed feed;
    read_shipped("feed/folder_example.json", &feed);
    assert_int_equal(feed.kind, FEED_FOLDER);
    assert_string_equal(feed_kind_name(feed.kind), "folder");
    assert_string_equal(feed.mapping, "mapping/complaint.json");
    assert_true(feed.scheduled);
    assert_int_equal(feed.schedule.every_seconds, 10);
    assert_false(feed.schedule.working_days_only);
    assert_int_equal(feed.expected_minutes, 1440);
    assert_true(feed.expected_working_days);
    assert_string_equal(feed.folder.path, "/var/lib/heng/feeds/complaint");
    assert_string_equal(feed.folder.pattern, "complaint_*.csv*");
    assert_int_equal(feed.folder.ready, FEED_READY_QUIET);
    assert_int_equal(feed.folder.quiet_seconds, 30);
    assert_int_equal(feed.folder.archive_days, 180);
    assert_int_equal(feed.folder.refused_days, 30);
}

static void reads_the_shipped_push(void **state)
{
    (void)state;
    struct feed feed;
    read_shipped("feed/push_example.json", &feed);
    assert_int_equal(feed.kind, FEED_PUSH);
    assert_false(feed.scheduled);
    assert_int_equal(feed.push.account_count, 1);
    assert_string_equal(feed.push.accounts[0], "hotline_machine");
}

static bool read_file(const char *name, struct feed *out, struct error *err)
{
    char path[512];
    static char bytes[FEED_BYTES_CAP];
    snprintf(path, sizeof path, "%s/%s", documents, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    return feed_read(bytes, size, name, &arena, out, err);
}

static void judges_every_document_as_its_name_says(void **state)
{
    (void)state;
    DIR *entries = opendir(documents);
    const struct dirent *entry;
    int count = 0;
    assert_non_null(entries);
    while ((entry = readdir(entries)) != NULL) {
        struct feed feed;
        struct error err = {.kind = ERROR_NONE};
        if (entry->d_name[0] == '.')
            continue;
        bool read = read_file(entry->d_name, &feed, &err);
        if (read != (strncmp(entry->d_name, "valid_", 6) == 0))
            fail_msg("%s: %s", entry->d_name, read ? "was read" : err.message);
        if (!read && (err.kind != ERROR_INPUT || err.message[0] == '\0'))
            fail_msg("%s: refused without a reason", entry->d_name);
        count++;
    }
    closedir(entries);
    assert_true(count >= 38);
}

static void reads_times(void **state)
{
    (void)state;
    struct feed feed;
    struct error err;
    assert_true(read_file("valid_times.json", &feed, &err));
    assert_int_equal(feed.schedule.every_seconds, 0);
    assert_int_equal(feed.schedule.at_count, 3);
    assert_int_equal(feed.schedule.at_minutes[0], 150);
    assert_int_equal(feed.schedule.at_minutes[2], 1439);
    assert_true(feed.schedule.working_days_only);
    assert_true(read_file("valid_rename_unkept.json", &feed, &err));
    assert_int_equal(feed.expected_minutes, 0);
    assert_int_equal(feed.folder.archive_days, 0);
    assert_int_equal(feed.folder.refused_days, FEED_REFUSED_DAYS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_shipped_folder),
        cmocka_unit_test(reads_the_shipped_push),
        cmocka_unit_test(judges_every_document_as_its_name_says),
        cmocka_unit_test(reads_times),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
