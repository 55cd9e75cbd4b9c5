/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/global.h"

#include <string.h>

enum { GLOBAL_COUNT = 9 };

static void fill(struct global *global, struct option_row *rows)
{
    const struct option_row table[GLOBAL_COUNT] = {
        {"config", "FILE", OPTION_TEXT, .text = &global->config,
         .help_zh = "设置文件，默认 " SETTINGS_DEFAULT_FILE,
         .help_en = "settings file, by default " SETTINGS_DEFAULT_FILE},
        {"set", "SECTION.KEY=VALUE", OPTION_LIST, .list = &global->set,
         .help_zh = "改一项设置，可重复", .help_en = "change one setting; may be repeated"},
        {"database", "DSN", OPTION_TEXT, .text = &global->database,
         .help_zh = "使用这个 PostgreSQL，不用内置数据库",
         .help_en = "use this PostgreSQL, not the embedded one"},
        {"json", NULL, OPTION_FLAG, .flag = &global->json, .help_zh = "以 JSON 输出数据",
         .help_en = "print data as JSON"},
        {"quiet", NULL, OPTION_FLAG, .flag = &global->quiet, .help_zh = "不显示进度",
         .help_en = "show no progress"},
        {"print-config", NULL, OPTION_FLAG, .flag = &global->print_config,
         .help_zh = "显示各项设置及其来源", .help_en = "print the settings and their origins"},
        {"sample-config", NULL, OPTION_FLAG, .flag = &global->sample_config,
         .help_zh = "输出带说明的设置文件示例", .help_en = "print a commented settings file"},
        {"help", NULL, OPTION_FLAG, .flag = &global->help,
         .help_zh = "显示帮助；heng 命令 --help 显示该命令的帮助",
         .help_en = "print help; heng COMMAND --help for a command"},
        {"version", NULL, OPTION_FLAG, .flag = &global->version, .help_zh = "显示版本",
         .help_en = "print the version"},
    };
    memcpy(rows, table, sizeof table);
}

bool global_read(struct global *global, int *argc, char **argv, struct error *err)
{
    struct option_row rows[GLOBAL_COUNT];
    const struct option_form form = {.rows = rows, .count = GLOBAL_COUNT};
    *global = (struct global){.config = NULL};
    fill(global, rows);
    return option_extract(&form, argc, argv, err);
}

bool global_settings(const struct global *global, const char *const *environment,
                     struct settings *settings, struct error *err)
{
    const char *path = global->config ? global->config : SETTINGS_DEFAULT_FILE;
    settings_init(settings);
    if (!settings_read_file(settings, path, global->config != NULL, err) ||
        !settings_read_environment(settings, environment, err))
        return false;
    for (size_t i = 0; i < global->set.count; i++) {
        if (!settings_assign(settings, global->set.items[i], "flag --set", err))
            return false;
    }
    return !global->database ||
           settings_set(settings, SETTING_DATABASE_DSN, global->database, "flag --database", err);
}

const char *const *global_names(void)
{
    static const char *const names[GLOBAL_COUNT + 1] = {"config",       "set",           "database",
                                                        "json",         "quiet",         "help",
                                                        "print-config", "sample-config", "version"};
    return names;
}

void global_print_help(bool chinese, FILE *stream)
{
    struct global unused = {.config = NULL};
    struct option_row rows[GLOBAL_COUNT];
    fill(&unused, rows);
    const struct option_form form = {.rows = rows, .count = GLOBAL_COUNT};
    option_print_help(&form, chinese, stream);
}
