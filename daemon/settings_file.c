/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/settings.h"

#include <errno.h>
#include <ini.h>
#include <string.h>

enum { LINE_SIZE = SETTING_VALUE_SIZE + 256 };

/* libinih hands lines to the row function without their number, so the reader counts. */
struct reading {
    struct settings *settings;
    FILE *file;
    const char *path;
    unsigned line;
    bool failed;
    struct error *err;
};

static void place(const struct reading *reading, char *source)
{
    snprintf(source, SETTING_SOURCE_SIZE, "%s:%u", reading->path, reading->line);
}

static char *read_line(char *line, int size, void *context)
{
    struct reading *reading = context;
    if (reading->failed || !fgets(line, size, reading->file))
        return NULL;
    reading->line++;
    if (strchr(line, '\n') || feof(reading->file))
        return line;
    char source[SETTING_SOURCE_SIZE];
    place(reading, source);
    reading->failed = true;
    error_set(reading->err, ERROR_LIMIT, source, "a line may have %d bytes, found more", size - 2);
    return NULL;
}

static int read_row(void *context, const char *section, const char *name, const char *value)
{
    struct reading *reading = context;
    char source[SETTING_SOURCE_SIZE];
    char assignment[LINE_SIZE + LINE_SIZE];
    place(reading, source);
    snprintf(assignment, sizeof assignment, "%s.%s=%s", section, name, value);
    if (settings_assign(reading->settings, assignment, source, reading->err))
        return 1;
    reading->failed = true;
    return 0;
}

/* libinih keeps these switches in variables of its own. */
static void choose_dialect(void)
{
    ini_max_line = LINE_SIZE;
    ini_use_stack = true;
    ini_allow_multiline = false;
    ini_allow_inline_comments = false;
    ini_stop_on_first_error = true;
}

bool settings_read_file(struct settings *settings, const char *path, bool must_exist,
                        struct error *err)
{
    FILE *file = fopen(path, "re");
    if (!file && errno == ENOENT && !must_exist)
        return true;
    if (!file)
        return error_errno(err, path, "cannot open the settings", errno);
    struct reading reading = {settings, file, path, 0, false, err};
    choose_dialect();
    int bad_line = ini_parse_stream(read_line, &reading, read_row, &reading);
    bool unread = ferror(file) != 0;
    fclose(file);
    if (reading.failed)
        return false;
    if (unread)
        return error_set(err, ERROR_IO, path, "cannot read the settings");
    if (bad_line != 0)
        return error_set(err, ERROR_CONFIG, path,
                         "line %d: expected [section], key = value or a comment", bad_line);
    return true;
}
