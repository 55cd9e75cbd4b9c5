/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A restore that is thrown away: into a cluster of its own, so that it needs no right on the real
 * server, puts no load on it and cannot touch it. The cluster lies in <work>/heng-rehearsal-<user>;
 * what a killed rehearsal left there is taken away by the next.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/backup_work.h"
#include "daemon/clock.h"
#include "daemon/cluster_user.h"
#include "daemon/cmd_backup.h"
#include "daemon/database.h"

enum { ROOM_MB = 512 /* an empty cluster and its log */ };

struct rehearsal {
    struct settings settings;
    char folder[PLACE_PATH_SIZE];
    int lock;
};

/* The user that is to own the cluster, from here on: so nothing below is done as root. */
static bool become_user(const struct settings *settings, struct error *err)
{
    struct cluster_user user;
    return cluster_user_find(settings, &user, err) && cluster_user_become(&user, err);
}

/* What lies there must be this user's own: the place may be open to everybody. */
static bool clear(const char *folder, struct error *err)
{
    struct stat status;
    if (lstat(folder, &status) != 0)
        return errno == ENOENT || place_failed(err, folder, "cannot look at", errno);
    if (!S_ISDIR(status.st_mode) || status.st_uid != geteuid())
        return error_set(err, ERROR_CONFLICT, folder,
                         "must be a folder of user number %u or not be there, found something of "
                         "user number %u: name another place by --work",
                         (unsigned)geteuid(), (unsigned)status.st_uid);
    return place_remove(folder, err);
}

static bool prepare(struct rehearsal *rehearsal, const char *work, const struct manifest *manifest,
                    struct error *err)
{
    char name[64];
    char lock[PLACE_PATH_SIZE];
    snprintf(name, sizeof name, "heng-rehearsal-%u", (unsigned)geteuid());
    if (!place_join(work, name, rehearsal->folder, err))
        return false;
    snprintf(name, sizeof name, "heng-rehearsal-%u.lock", (unsigned)geteuid());
    int64_t need_bytes = manifest->database_bytes + manifest->database_bytes / 4;
    if (!place_join(work, name, lock, err) ||
        !place_lock(lock, "a rehearsal", &rehearsal->lock, err) || !clear(rehearsal->folder, err) ||
        !place_check_free(work, need_bytes + ((int64_t)ROOM_MB << 20), "the rehearsal", err))
        return false;
    return mkdir(rehearsal->folder, PLACE_FOLDER_MODE) == 0 ||
           place_failed(err, rehearsal->folder, "cannot make the folder", errno);
}

static bool configure(struct rehearsal *rehearsal, struct error *err)
{
    static const char source[] = "rehearsal";
    struct settings *settings = &rehearsal->settings;
    return settings_set(settings, SETTING_DATABASE_DSN, "", source, err) &&
           settings_set(settings, SETTING_DATABASE_EMBEDDED, "true", source, err) &&
           settings_set(settings, SETTING_CLUSTER_DATA_DIR, rehearsal->folder, source, err);
}

static bool restore(struct invocation *inv, const char *folder, const char *dsn,
                    struct backup_watch *watch, struct arena *arena, struct backup_restored *out,
                    struct error *err)
{
    char now[CLOCK_UTC_SIZE];
    struct db *db = NULL;
    const struct backup_wish wish = {.folder = folder,
                                     .actor = "rehearsal",
                                     .now_utc = clock_utc(clock_now_us(), now),
                                     .way_out = "which this one should have been"};
    if (!db_open(dsn, DB_JOB_SECONDS, &db, err))
        return false;
    bool good = backup_restore(db, &wish, watch, arena, out, err);
    db_close(db);
    progress_break(inv->progress);
    return good;
}

/* The first failure is the one to report; the cluster is stopped and removed after any. */
static bool rehearse(struct invocation *inv, struct rehearsal *rehearsal, const char *folder,
                     struct backup_watch *watch, struct arena *arena, struct backup_restored *out,
                     struct error *err)
{
    struct error second = {.kind = ERROR_NONE};
    struct cluster *cluster = NULL;
    bool good = configure(rehearsal, err) &&
                cluster_open(&rehearsal->settings, CLUSTER_COMMAND, inv->progress, &cluster, err) &&
                restore(inv, folder, cluster_dsn(cluster), watch, arena, out, err);
    bool cleared = cluster_close(cluster, inv->progress, &second);
    cleared = place_remove(rehearsal->folder, &second) && cleared;
    if (good && !cleared)
        *err = second;
    return good && cleared;
}

bool cmd_backup_rehearse(struct invocation *inv, const char *folder, const char *work,
                         struct error *err)
{
    struct rehearsal rehearsal = {.settings = *inv->settings, .lock = -1};
    struct backup_teller teller = {inv->progress, -1};
    struct backup_watch watch = {.progress = backup_work_tell, .context = &teller};
    struct backup_restored restored;
    struct manifest manifest;
    struct arena arena;
    arena_init(&arena, BACKUP_WORK_ARENA);
    bool good = become_user(inv->settings, err) && manifest_fetch(folder, &arena, &manifest, err) &&
                prepare(&rehearsal, work, &manifest, err) &&
                rehearse(inv, &rehearsal, folder, &watch, &arena, &restored, err);
    if (rehearsal.lock >= 0)
        close(rehearsal.lock);
    arena_reset(&arena);
    return good && cmd_backup_print(inv, &restored, "演练成功，临时数据库已删除",
                                    "rehearsed, and the throw-away database removed", err);
}
