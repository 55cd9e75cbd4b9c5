/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/cmd_alert.h"

#include <string.h>

#include "daemon/command.h"
#include "daemon/suggest.h"

/* The verbs are commands of their own behind the first word: each has its options and its help. */
static const struct command verbs[] = {
    {"alert acknowledge", "确认已看到预警", "say that an alert was seen", cmd_alert_step, true},
    {"alert assign", "把预警分派给人", "give an alert to a person", cmd_alert_step, true},
    {"alert close", "关闭已处理的预警", "close a resolved alert", cmd_alert_step, true},
    {"alert list", "列出预警，默认只列未处理完的", "list alerts; by default those that are open",
     cmd_alert_list, true},
    {"alert resolve", "处理完毕，须给出结论", "settle an alert, with a verdict", cmd_alert_step,
     true},
    {"alert scan", "按规则查找风险，生成预警", "look for risks by the rules and raise alerts",
     cmd_alert_scan, true},
    {"alert show", "显示一条预警的证据与经过", "show the evidence of an alert and what was done",
     cmd_alert_show, true},
    {"alert start", "开始处理预警", "begin to work on an alert", cmd_alert_step, true},
    {"alert verify", "检查预警经过的哈希链", "check the chain of all steps", cmd_alert_verify,
     true},
};

enum { VERB_COUNT = sizeof verbs / sizeof verbs[0], VERB_PREFIX = sizeof "alert " - 1 };

static void print_help(const struct invocation *inv)
{
    fprintf(inv->out,
            inv->chinese ? "heng alert 动作 [选项…]\n\n%s\n\n"
                         : "heng alert VERB [OPTION…]\n\n%s\n\n",
            inv->chinese ? inv->command->summary_zh : inv->command->summary_en);
    for (size_t i = 0; i < VERB_COUNT; i++)
        fprintf(inv->out, "  %-12s %s\n", verbs[i].name + VERB_PREFIX,
                inv->chinese ? verbs[i].summary_zh : verbs[i].summary_en);
    fprintf(inv->out, "\n%s\n",
            inv->chinese ? "各动作的选项见 heng alert 动作 --help"
                         : "Options of a verb: heng alert VERB --help");
}

static const struct command *find_verb(const char *name, struct error *err)
{
    char hint[SUGGEST_TEXT_SIZE];
    struct suggest suggest;
    suggest_init(&suggest, name);
    for (size_t i = 0; i < VERB_COUNT; i++) {
        if (strcmp(verbs[i].name + VERB_PREFIX, name) == 0)
            return &verbs[i];
        suggest_offer(&suggest, verbs[i].name + VERB_PREFIX);
    }
    error_set(err, ERROR_USAGE, NULL, "there is no verb %s%s", name,
              suggest_text(&suggest, "heng alert ", hint));
    return NULL;
}

bool cmd_alert(struct invocation *inv, struct error *err)
{
    if (inv->argc == 0 && inv->help) {
        print_help(inv);
        return true;
    }
    if (inv->argc == 0)
        return error_set(err, ERROR_USAGE, NULL,
                         "expected a verb, found none: see heng alert --help");
    const struct command *verb = find_verb(inv->argv[0], err);
    if (!verb)
        return false;
    inv->command = verb;
    inv->argc--;
    inv->argv++;
    return verb->run(inv, err);
}
