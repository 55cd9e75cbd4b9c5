/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/command.h"

#include <string.h>

#include "daemon/suggest.h"

static const struct command commands[] = {
    {"alert", "查找风险、处理预警", "look for risks and work on alerts", cmd_alert, true},
    {"audit", "验证审计链，导出链头", "verify the audit chain, print its head", cmd_audit, true},
    {"backup", "备份数据库；校验或演练一份备份",
     "back the database up; verify or rehearse a backup", cmd_backup, true},
    {"check", "检查数据库：版本、编码、表、磁盘",
     "check the database: version, encoding, tables, disk", cmd_check, true},
    {"demo", "生成示例名录（虚构数据）", "make a generated register to try things on", cmd_demo,
     false},
    {"draw", "双随机抽取：承诺、抽取、揭示", "double-random draws: commit, run, reveal", cmd_draw,
     true},
    {"explain", "说明一个主体为何得此类别", "say why an entity has its class", cmd_explain, true},
    {"feed", "管理自动报送的数据源", "sources that deliver by themselves", cmd_feed, true},
    {"load", "装载来源文件：校验、去重、留痕", "load source files: check, merge, keep history",
     cmd_load, true},
    {"migrate", "建立或升级数据库结构", "make or upgrade the database schema", cmd_migrate, true},
    {"reject", "查看、导出、重放被拒收的行", "list, export and replay rejected rows", cmd_reject,
     true},
    {"restore", "由备份恢复到空数据库", "make the register of a backup in an empty database",
     cmd_restore, true},
    {"score", "为全部主体计算信用类别", "give every entity its credit class", cmd_score, true},
    {"serve", "提供网页与接口，直到收到 SIGTERM", "serve pages and the HTTP API until SIGTERM",
     cmd_serve, true},
    {"user", "管理账户", "manage accounts", cmd_user, true},
    {"verify", "验证一次抽取的凭证（不用数据库和网络）",
     "verify the bundle of a draw (no database, no network)", cmd_verify, false},
    {"version", "显示版本", "print the version", cmd_version, false},
};

enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

const struct command *command_find(const char *name, struct error *err)
{
    struct suggest suggest;
    suggest_init(&suggest, name);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
        suggest_offer(&suggest, commands[i].name);
    }
    char hint[SUGGEST_TEXT_SIZE];
    error_set(err, ERROR_USAGE, NULL, "there is no command %s%s", name,
              suggest_text(&suggest, "heng ", hint));
    return NULL;
}

void command_print_all(bool chinese, FILE *stream)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(stream, "  %-12s %s\n", commands[i].name,
                chinese ? commands[i].summary_zh : commands[i].summary_en);
}
