/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings of the program: one typed table drives reading, --print-config, the sample file and
 * the help. Precedence: flag > environment > file > default.
 *
 *   flag         --set section.key=value, --database DSN
 *   environment  HENG_SECTION__KEY, or HENG_SECTION__KEY_FILE naming a file that holds the value;
 *                DATABASE_URL stands for database.dsn where that is not set otherwise
 *   file         INI, --config FILE or SETTINGS_DEFAULT_FILE; # and ; start comment lines only
 *
 * A wrong value, and an unknown key of a known place, is an error that names where it was written.
 */
#ifndef HENG_DAEMON_SETTINGS_H
#define HENG_DAEMON_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "models/core/error.h"

#define SETTINGS_DEFAULT_FILE "/etc/heng/heng.ini"

enum { SETTING_VALUE_SIZE = 1024, SETTING_SOURCE_SIZE = 160 };

enum setting {
    SETTING_DATABASE_DSN,
    SETTING_DATABASE_EMBEDDED,
    SETTING_CLUSTER_DATA_DIR,
    SETTING_CLUSTER_RUNTIME_DIR,
    SETTING_CLUSTER_BIN_DIR,
    SETTING_CLUSTER_SERVICE_USER,
    SETTING_CLUSTER_SHARED_BUFFERS_MB,
    SETTING_REGISTER_UTC_OFFSET_MINUTES,
    SETTING_REGISTER_LANGUAGE,
    SETTING_REGISTER_ALERT_RULES,
    SETTING_FEED_FOLDER,
    SETTING_LOAD_REJECT_SHARE_PPM,
    SETTING_JOB_THREADS,
    SETTING_JOB_MEMORY_MB,
    SETTING_HTTP_ADDRESS,
    SETTING_HTTP_PORT,
    SETTING_HTTP_TLS_CERTIFICATE,
    SETTING_HTTP_TLS_KEY,
    SETTING_HTTP_TRUSTED_PROXY,
    SETTING_HTTP_PAGES,
    SETTING_HTTP_HEAD_SECONDS,
    SETTING_HTTP_BODY_SECONDS,
    SETTING_HTTP_SEND_SECONDS,
    SETTING_HTTP_IDLE_SECONDS,
    SETTING_HTTP_STOP_SECONDS,
    SETTING_SESSION_IDLE_MINUTES,
    SETTING_SESSION_ABSOLUTE_HOURS,
    SETTING_SESSION_TRIES_PER_ACCOUNT,
    SETTING_SESSION_TRIES_PER_ADDRESS,
    SETTING_BACKUP_FOLDER,
    SETTING_BACKUP_KEEP,
    SETTING_BACKUP_EVERY_HOURS,
    SETTING_COUNT
};

enum setting_type { SETTING_TEXT, SETTING_PATH, SETTING_BOOL, SETTING_INTEGER, SETTING_CHOICE };

struct setting_row {
    const char *section;
    const char *key;
    const char *fallback; /* the default, as text */
    enum setting_type type;
    bool secret;
    int64_t min; /* SETTING_INTEGER only */
    int64_t max;
    const char *choices; /* SETTING_CHOICE only: "zh|en" */
    const char *help_zh;
    const char *help_en;
};

struct setting_value {
    char text[SETTING_VALUE_SIZE];
    int64_t integer;                  /* also 0 or 1 for SETTING_BOOL */
    char source[SETTING_SOURCE_SIZE]; /* where the value comes from, for people */
};

/* Values only, no pointers: a struct settings may be copied. */
struct settings {
    struct setting_value values[SETTING_COUNT];
};

const struct setting_row *settings_row(enum setting setting);

/* Every value at its default. */
void settings_init(struct settings *settings);

/* Later calls override earlier ones: call in the order file, environment, flags. A missing file is
 * an error only when must_exist. */
ERROR_CHECKED bool settings_read_file(struct settings *settings, const char *path, bool must_exist,
                                      struct error *err);
ERROR_CHECKED bool settings_read_environment(struct settings *settings,
                                             const char *const *environment, struct error *err);

/* assignment is "section.key=value"; source names the flag. */
ERROR_CHECKED bool settings_assign(struct settings *settings, const char *assignment,
                                   const char *source, struct error *err);
ERROR_CHECKED bool settings_set(struct settings *settings, enum setting setting, const char *value,
                                const char *source, struct error *err);

const char *settings_text(const struct settings *settings, enum setting setting);
int64_t settings_integer(const struct settings *settings, enum setting setting);
bool settings_bool(const struct settings *settings, enum setting setting);

/* register.language is zh. */
bool settings_chinese(const struct settings *settings);

/* Every value and where it comes from; secrets are masked. */
void settings_print(const struct settings *settings, FILE *stream);

/* The commented sample file. */
void settings_print_sample(FILE *stream);

#endif
