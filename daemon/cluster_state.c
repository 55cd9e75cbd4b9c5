/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/cluster_state.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char NAME[] = "state";
static const char NEW_NAME[] = "state.new";
static const char READY[] = "ready\n";

bool cluster_state_read(const char *home, struct cluster_state *state)
{
    char path[CLUSTER_PATH_SIZE];
    char word[16];
    if (!cluster_paths_join(home, NAME, path, NULL))
        return false;
    FILE *file = fopen(path, "re");
    if (!file)
        return false;
    bool good =
        fgets(state->socket_dir, sizeof state->socket_dir, file) && fgets(word, sizeof word, file);
    fclose(file);
    if (!good)
        return false;
    state->socket_dir[strcspn(state->socket_dir, "\n")] = '\0';
    state->ready = strcmp(word, READY) == 0;
    return true;
}

bool cluster_state_write(const char *home, const struct cluster_state *state, struct error *err)
{
    char path[CLUSTER_PATH_SIZE];
    char new_path[CLUSTER_PATH_SIZE];
    if (!cluster_paths_join(home, NAME, path, err) ||
        !cluster_paths_join(home, NEW_NAME, new_path, err))
        return false;
    FILE *file = fopen(new_path, "we");
    if (!file)
        return error_errno(err, new_path, "cannot write", errno);
    bool good = fprintf(file, "%s\n%s", state->socket_dir, state->ready ? READY : "starting\n") > 0;
    good = fclose(file) == 0 && good && rename(new_path, path) == 0;
    return good || error_errno(err, path, "cannot write", errno);
}

void cluster_state_remove(const char *home)
{
    struct cluster_state state;
    char path[CLUSTER_PATH_SIZE];
    if (cluster_state_read(home, &state))
        cluster_paths_remove_socket_dir(state.socket_dir);
    if (cluster_paths_join(home, NAME, path, NULL))
        unlink(path);
}
