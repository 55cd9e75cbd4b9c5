/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/settings.h"

#include <assert.h>
#include <string.h>

static const struct setting_row rows[SETTING_COUNT] = {
    [SETTING_DATABASE_DSN] = {"database", "dsn", "", SETTING_TEXT, .secret = true,
                              .help_zh = "PostgreSQL 连接串；留空则使用内置数据库",
                              .help_en = "PostgreSQL connection string; empty: the embedded "
                                         "database"},
    [SETTING_DATABASE_EMBEDDED] = {"database", "embedded", "true", SETTING_BOOL,
                                   .help_zh = "未设连接串时是否启动内置数据库",
                                   .help_en = "start the embedded database when there is no dsn"},
    [SETTING_CLUSTER_DATA_DIR] = {"cluster", "data_dir", "", SETTING_PATH,
                                  .help_zh = "内置数据库的目录；留空：服务用户与 root 为 "
                                             "/var/lib/heng，其他用户为 $XDG_DATA_HOME/heng",
                                  .help_en = "home of the embedded database; empty: /var/lib/heng "
                                             "for root and the service user, else "
                                             "$XDG_DATA_HOME/heng"},
    [SETTING_CLUSTER_RUNTIME_DIR] = {"cluster", "runtime_dir", "", SETTING_PATH,
                                     .help_zh = "套接字目录的上级；留空：$RUNTIME_DIRECTORY、"
                                                "$XDG_RUNTIME_DIR 或 /tmp",
                                     .help_en = "where the socket directory is made; empty: "
                                                "$RUNTIME_DIRECTORY, $XDG_RUNTIME_DIR or /tmp"},
    [SETTING_CLUSTER_BIN_DIR] = {"cluster", "bin_dir", "", SETTING_PATH,
                                 .help_zh = "postgres 与 initdb 所在目录；留空则自动查找",
                                 .help_en = "where postgres and initdb are; empty: found by "
                                            "themselves"},
    [SETTING_CLUSTER_SERVICE_USER] = {"cluster", "service_user", "heng", SETTING_TEXT,
                                      .help_zh = "以 root 启动时改用的用户",
                                      .help_en = "the user that heng becomes when started as root"},
    [SETTING_CLUSTER_SHARED_BUFFERS_MB] = {"cluster", "shared_buffers_mb", "0", SETTING_INTEGER,
                                           .min = 0, .max = 65536,
                                           .help_zh = "内置数据库共享缓存（MB）；0：按内存取 "
                                                      "128 至 512",
                                           .help_en = "shared buffers of the embedded database "
                                                      "(MB); 0: 128 to 512 by memory"},
    [SETTING_REGISTER_UTC_OFFSET_MINUTES] = {"register", "utc_offset_minutes", "480",
                                             SETTING_INTEGER, .min = -840, .max = 840,
                                             .help_zh = "本地时间比 UTC 早的分钟数",
                                             .help_en = "minutes that local time is ahead of UTC"},
    [SETTING_REGISTER_LANGUAGE] = {"register", "language", "zh", SETTING_CHOICE, .choices = "zh|en",
                                   .help_zh = "帮助与报告的语言：zh 或 en",
                                   .help_en = "language of help and reports: zh or en"},
    [SETTING_JOB_THREADS] = {"job", "threads", "2", SETTING_INTEGER, .min = 1, .max = 256,
                             .help_zh = "一个任务使用的线程数",
                             .help_en = "threads that one job uses"},
    [SETTING_JOB_MEMORY_MB] = {"job", "memory_mb", "1024", SETTING_INTEGER, .min = 64,
                               .max = 1048576, .help_zh = "一个任务可用的内存上限（MB）",
                               .help_en = "most memory that one job may use (MB)"},
};

const struct setting_row *settings_row(enum setting setting)
{
    assert((int)setting >= 0 && setting < SETTING_COUNT);
    return &rows[setting];
}

void settings_print(const struct settings *settings, FILE *stream)
{
    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct setting_value *value = &settings->values[i];
        bool masked = rows[i].secret && value->text[0];
        fprintf(stream, "%s.%s = %s  (%s)\n", rows[i].section, rows[i].key,
                masked ? "********" : value->text, value->source);
    }
}

static void print_type(const struct setting_row *row, FILE *stream)
{
    if (row->type == SETTING_INTEGER)
        fprintf(stream, "# %lld … %lld\n", (long long)row->min, (long long)row->max);
    else if (row->type == SETTING_BOOL)
        fprintf(stream, "# true | false\n");
}

void settings_print_sample(FILE *stream)
{
    const char *section = "";
    fprintf(stream, "# SPDX-License-Identifier: GPL-3.0-or-later\n"
                    "# 衡的设置示例，由 heng --sample-config 生成；文件位置 " SETTINGS_DEFAULT_FILE
                    "\n# Sample settings of heng, printed by heng --sample-config.\n");
    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct setting_row *row = &rows[i];
        if (strcmp(section, row->section) != 0)
            fprintf(stream, "\n[%s]\n", row->section);
        section = row->section;
        fprintf(stream, "\n# %s\n# %s\n", row->help_zh, row->help_en);
        print_type(row, stream);
        fprintf(stream, ";%s =%s%s\n", row->key, row->fallback[0] ? " " : "", row->fallback);
    }
}
