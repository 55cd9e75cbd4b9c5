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
    [SETTING_REGISTER_ALERT_RULES] = {"register", "alert_rules", "", SETTING_PATH,
                                      .help_zh = "预警规则文件；留空则用随附的规则",
                                      .help_en = "alert rules document; empty: the one shipped "
                                                 "with the program"},
    [SETTING_FEED_FOLDER] = {"feed", "folder", "", SETTING_PATH,
                             .help_zh =
                                 "数据源报送文件（*.json）所在目录；SIGHUP 时重读；留空则没有"
                                 "自动报送",
                             .help_en = "folder of the feed documents (*.json), read again on "
                                        "SIGHUP; empty: no source delivers by itself"},
    /* A mapping that is not the file's own rejects nearly every row; the dirtiest real delivery
     * seen rejects a tenth. Half lies far from both. */
    [SETTING_LOAD_REJECT_SHARE_PPM] =
        {"load", "reject_share_ppm", "500000", SETTING_INTEGER, .min = 1, .max = 1000000,
         .help_zh = "一个文件首批记录中拒收所占的上限（百万分之几）；超过则整个文件不予装载",
         .help_en = "share of rejects (parts per million) in the first batch of a file above which "
                    "the file is refused"},
    [SETTING_JOB_THREADS] = {"job", "threads", "2", SETTING_INTEGER, .min = 1, .max = 256,
                             .help_zh = "一个任务使用的线程数",
                             .help_en = "threads that one job uses"},
    [SETTING_JOB_MEMORY_MB] = {"job", "memory_mb", "1024", SETTING_INTEGER, .min = 64,
                               .max = 1048576, .help_zh = "一个任务可用的内存上限（MB）",
                               .help_en = "most memory that one job may use (MB)"},
    [SETTING_HTTP_ADDRESS] =
        {"http", "address", "127.0.0.1", SETTING_TEXT,
         .help_zh = "监听的 IP 地址；非本机地址须有 TLS 或可信代理",
         .help_en =
             "IP address to listen on; one that other machines reach needs TLS or a trusted proxy"},
    [SETTING_HTTP_PORT] = {"http", "port", "8360", SETTING_INTEGER, .min = 0, .max = 65535,
                           .help_zh = "监听的端口；0：任取空闲端口",
                           .help_en = "port to listen on; 0: any free one"},
    [SETTING_HTTP_TLS_CERTIFICATE] = {"http", "tls_certificate", "", SETTING_PATH,
                                      .help_zh = "TLS 证书链文件（PEM）；SIGHUP 时重读",
                                      .help_en =
                                          "TLS certificate chain (PEM); read again on SIGHUP"},
    [SETTING_HTTP_TLS_KEY] = {"http", "tls_key", "", SETTING_PATH, .help_zh = "TLS 私钥文件（PEM）",
                              .help_en = "TLS private key (PEM)"},
    [SETTING_HTTP_TRUSTED_PROXY] =
        {"http", "trusted_proxy", "", SETTING_TEXT,
         .help_zh = "终结 TLS 的反向代理的 IP 地址；只接受它和本机的连接，并信任其 X-Forwarded-For",
         .help_en = "IP address of the reverse proxy that ends TLS; only it and this machine may "
                    "connect, and its X-Forwarded-For is believed"},
    [SETTING_HTTP_PAGES] = {"http", "pages", "", SETTING_PATH,
                            .help_zh = "网页文件目录；留空则只有状态页",
                            .help_en = "folder with the pages; empty: a status page only"},
    [SETTING_HTTP_HEAD_SECONDS] = {"http", "head_seconds", "10", SETTING_INTEGER, .min = 1,
                                   .max = 600, .help_zh = "请求头须在此秒数内收全",
                                   .help_en =
                                       "seconds in which the head of a request must have arrived"},
    [SETTING_HTTP_BODY_SECONDS] = {"http", "body_seconds", "60", SETTING_INTEGER, .min = 1,
                                   .max = 3600, .help_zh = "请求正文须在此秒数内收全",
                                   .help_en =
                                       "seconds in which the body of a request must have arrived"},
    [SETTING_HTTP_SEND_SECONDS] =
        {"http", "send_seconds", "60", SETTING_INTEGER, .min = 1, .max = 3600,
         .help_zh = "应答（或其一段）须在此秒数内被取走",
         .help_en = "seconds in which an answer, or a part of a long one, must have been taken"},
    [SETTING_HTTP_IDLE_SECONDS] = {"http", "idle_seconds", "600", SETTING_INTEGER, .min = 1,
                                   .max = 86400, .help_zh = "空闲连接保留的秒数",
                                   .help_en = "seconds that a quiet connection is kept"},
    [SETTING_HTTP_STOP_SECONDS] = {"http", "stop_seconds", "10", SETTING_INTEGER, .min = 0,
                                   .max = 600, .help_zh = "停止时等待进行中请求的秒数",
                                   .help_en = "seconds that a stop waits for requests under way"},
    [SETTING_SESSION_IDLE_MINUTES] = {"session", "idle_minutes", "30", SETTING_INTEGER, .min = 1,
                                      .max = 1440, .help_zh = "会话闲置此分钟数后失效",
                                      .help_en =
                                          "minutes without a request after which a session ends"},
    [SETTING_SESSION_ABSOLUTE_HOURS] = {"session", "absolute_hours", "12", SETTING_INTEGER,
                                        .min = 1, .max = 168, .help_zh = "会话最长小时数",
                                        .help_en = "hours after which a session ends in any case"},
    [SETTING_SESSION_TRIES_PER_ACCOUNT] = {"session", "tries_per_account", "5", SETTING_INTEGER,
                                           .min = 1, .max = 64,
                                           .help_zh = "每分钟每个账户最多尝试登录次数",
                                           .help_en = "tries to log in per account and minute"},
    [SETTING_SESSION_TRIES_PER_ADDRESS] = {"session", "tries_per_address", "20", SETTING_INTEGER,
                                           .min = 1, .max = 64,
                                           .help_zh = "每分钟每个地址最多尝试登录次数",
                                           .help_en = "tries to log in per address and minute"},
    [SETTING_BACKUP_FOLDER] =
        {"backup", "folder", "", SETTING_PATH,
         .help_zh = "存放备份的目录，最好在另一块磁盘上；留空：内置数据库目录下的 backup",
         .help_en = "where backups are made, best on another disk; empty: backup/ below the home "
                    "of the embedded database"},
    [SETTING_BACKUP_KEEP] = {"backup", "keep", "7", SETTING_INTEGER, .min = 0, .max = 10000,
                             .help_zh = "保留最新的几份备份；0：全部保留",
                             .help_en = "how many of the newest backups stay; 0: all"},
    [SETTING_BACKUP_EVERY_HOURS] = {"backup", "every_hours", "0", SETTING_INTEGER, .min = 0,
                                    .max = 8760,
                                    .help_zh = "heng serve 每隔多少小时备份一次；0：不自动备份",
                                    .help_en = "hours between the backups that heng serve makes; "
                                               "0: it makes none"},
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
