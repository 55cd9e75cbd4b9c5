/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>

#include "daemon/command.h"
#include "daemon/environment.h"
#include "daemon/global.h"
#include "daemon/interrupt.h"
#include "models/models.h"

static void print_help(bool chinese, FILE *stream)
{
    fprintf(stream, chinese ? "衡：监管数据分析\n\n用法：heng 命令 [选项…]\n\n命令\n"
                            : "heng: supervision analytics\n\nUsage: heng COMMAND [OPTION…]\n\n"
                              "Commands\n");
    command_print_all(chinese, stream);
    fprintf(stream, chinese ? "\n通用选项\n" : "\nGlobal options\n");
    global_print_help(chinese, stream);
}

/* Whatever was printed must have reached its place before the call counts as a success. */
static bool flush(FILE *out, struct error *err)
{
    return (fflush(out) == 0 && !ferror(out)) ||
           error_errno(err, "standard output", "cannot write", errno);
}

/* The first error is the one to report; a failure to stop the database comes after it. */
static bool run(struct invocation *inv, struct error *err)
{
    struct error closing = {.kind = ERROR_NONE};
    bool good = inv->command->run(inv, err) || err->kind == ERROR_NONE;
    good = good && flush(inv->out, err);
    progress_break(inv->progress);
    if (cluster_close(inv->cluster, inv->progress, &closing))
        return good;
    if (good)
        *err = closing;
    return false;
}

static bool run_command(const struct global *global, const struct settings *settings,
                        const char *name, int argc, char **argv, struct error *err)
{
    const struct command *command = command_find(name, err);
    if (!command)
        return false;
    struct progress progress;
    progress_init(&progress, stderr, global->quiet);
    struct invocation inv = {.command = command,
                             .argc = argc,
                             .argv = argv,
                             .settings = settings,
                             .progress = &progress,
                             .out = stdout,
                             .json = global->json,
                             .help = global->help,
                             .chinese = settings_chinese(settings)};
    return run(&inv, err);
}

/* argv begins with the command's name, if there is one. */
static bool dispatch(const struct global *global, int argc, char **argv, struct error *err)
{
    struct settings settings;
    if (global->sample_config) {
        settings_print_sample(stdout);
        return flush(stdout, err);
    }
    if (!global_settings(global, environment_all(), &settings, err)) {
        if (!global->help)
            return false;
        settings_init(&settings); /* help must not depend on a settings file */
    }
    if (global->print_config) {
        settings_print(&settings, stdout);
        return flush(stdout, err);
    }
    if (argc > 0 || global->version)
        return run_command(global, &settings, argc > 0 ? argv[0] : "version",
                           argc > 0 ? argc - 1 : 0, argv + (argc > 0), err);
    print_help(settings_chinese(&settings), global->help ? stdout : stderr);
    return global->help ? flush(stdout, err)
                        : error_set(err, ERROR_USAGE, NULL, "expected a command, found none");
}

static int report(const char *name, const struct error *err)
{
    fprintf(stderr, "heng%s%s: %s%s%s\n", name ? " " : "", name ? name : "", err->subject,
            err->subject[0] ? ": " : "", err->message);
    return error_meaning_of(err->kind)->exit_code;
}

int main(int argc, char **argv)
{
    struct error err = {.kind = ERROR_NONE};
    struct global global;
    models_init();
    interrupt_init();
    int count = argc > 0 ? argc - 1 : 0;
    char **arguments = argv + (argc > 0);
    if (global_read(&global, &count, arguments, &err) && dispatch(&global, count, arguments, &err))
        return 0;
    return report(count > 0 && arguments[0][0] != '-' ? arguments[0] : NULL, &err);
}
