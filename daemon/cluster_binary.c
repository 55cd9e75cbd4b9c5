/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/cluster_binary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char DISTRIBUTION[] = "/usr/lib/postgresql";

enum { MAJOR_MAX = 999 };

int cluster_binary_major(const char *version)
{
    int major = 0;
    for (const char *c = version; *c >= '0' && *c <= '9' && major <= MAJOR_MAX; c++)
        major = major * 10 + (*c - '0');
    return major <= MAJOR_MAX ? major : 0;
}

int cluster_binary_newest(const char *folder, const char *proof)
{
    DIR *entries = opendir(folder);
    int newest = 0;
    if (!entries)
        return 0;
    for (const struct dirent *entry = readdir(entries); entry; entry = readdir(entries)) {
        int major = cluster_binary_major(entry->d_name);
        char path[CLUSTER_PATH_SIZE];
        bool number = strspn(entry->d_name, "0123456789") == strlen(entry->d_name);
        snprintf(path, sizeof path, "%.200s/%d/%.40s", folder, major, proof);
        if (number && major > newest && access(path, F_OK) == 0)
            newest = major;
    }
    closedir(entries);
    return newest;
}

static void run_child(const char *program, const char *argument, int out)
{
    int null = open("/dev/null", O_RDWR);
    dup2(null, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execlp(program, program, argument, (char *)NULL);
    _exit(127);
}

/* The first line that `program argument` prints; false when it fails or prints none. */
static bool ask(const char *program, const char *argument, char *line, int size)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    pid_t child = fork();
    if (child == 0)
        run_child(program, argument, ends[1]);
    close(ends[1]);
    FILE *answer = fdopen(ends[0], "r");
    bool good = child > 0 && answer && fgets(line, size, answer);
    if (answer)
        fclose(answer);
    int status = 0;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (!good || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return false;
    line[strcspn(line, "\r\n")] = '\0';
    return true;
}

static bool in_folder(const char *folder, struct cluster_binary *binary, struct error *err)
{
    static const char prefix[] = "postgres (PostgreSQL) ";
    char line[CLUSTER_PATH_SIZE] = "";
    if (!cluster_paths_join(folder, "initdb", binary->initdb, err) ||
        !cluster_paths_join(folder, "postgres", binary->postgres, err))
        return false;
    if (access(binary->initdb, X_OK) != 0 || !ask(binary->postgres, "--version", line, sizeof line))
        return error_set(err, ERROR_NOT_FOUND, folder,
                         "there must be initdb and postgres in this directory, found no such "
                         "programs that run; install postgresql-%d or set cluster.bin_dir",
                         CLUSTER_MAJOR_MIN);
    bool known = strncmp(line, prefix, sizeof prefix - 1) == 0;
    binary->major = known ? cluster_binary_major(line + sizeof prefix - 1) : 0;
    if (binary->major < CLUSTER_MAJOR_MIN)
        return error_set(err, ERROR_NOT_FOUND, binary->postgres,
                         "PostgreSQL must be at least version %d, found \"%s\"", CLUSTER_MAJOR_MIN,
                         line);
    return true;
}

/* Where to look, by the order of the header. */
static bool folder_of(const struct settings *settings, int data_major, char *folder,
                      struct error *err)
{
    const char *chosen = settings_text(settings, SETTING_CLUSTER_BIN_DIR);
    int major = data_major ? data_major : cluster_binary_newest(DISTRIBUTION, "bin/initdb");
    if (chosen[0]) {
        snprintf(folder, CLUSTER_PATH_SIZE, "%.*s", CLUSTER_PATH_SIZE - 1, chosen);
        return true;
    }
    snprintf(folder, CLUSTER_PATH_SIZE, "%s/%d/bin", DISTRIBUTION, major);
    if (access(folder, X_OK) == 0 || ask("pg_config", "--bindir", folder, CLUSTER_PATH_SIZE))
        return true;
    return error_set(err, ERROR_NOT_FOUND, "PostgreSQL",
                     "found neither %s nor pg_config; install postgresql-%d, set cluster.bin_dir "
                     "or name a server in database.dsn",
                     folder, data_major ? data_major : CLUSTER_MAJOR_MIN);
}

bool cluster_binary_find(const struct settings *settings, int data_major,
                         struct cluster_binary *binary, struct error *err)
{
    char folder[CLUSTER_PATH_SIZE];
    if (!folder_of(settings, data_major, folder, err) || !in_folder(folder, binary, err))
        return false;
    if (data_major != 0 && binary->major != data_major)
        return error_set(err, ERROR_NOT_FOUND, folder,
                         "the data is of PostgreSQL %d, found programs of version %d; install "
                         "postgresql-%d or set cluster.bin_dir",
                         data_major, binary->major, data_major);
    return true;
}
