/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The folders of a watched folder, on one file system, so that every move is a rename:
 *
 *   PATH/in       where senders put files; made by whoever lets them
 *   PATH/work     CLAIM/NAME: taken, on its way into the database
 *   PATH/archive  CLAIM/NAME: accepted, kept for archive_days; columns that the mapping drops are
 *                 blank there (then NAME.csv.gz)
 *   PATH/refused  CLAIM/NAME and CLAIM/NAME.reason.txt: refused as a whole, kept for refused_days
 *
 * work, archive and refused are made with mode 0700 and refused with any other. Whoever holds the
 * work folder's lock is the only one that takes files. CLAIM is the moment of the claim in UTC,
 * "YYYYMMDDThhmmss.uuuuuu", which no two claims share.
 */
#ifndef HENG_ETL_FEED_FOLDER_PLACE_H
#define HENG_ETL_FEED_FOLDER_PLACE_H

#include "models/feed/feed.h"

enum {
    FOLDER_PLACE_CLAIM_SIZE = 24,
    FOLDER_PLACE_NAME_SIZE = 256,
    FOLDER_PLACE_PATH_SIZE = 1024,
    FOLDER_PLACE_FILES_CAP = 10000
};

#define FOLDER_PLACE_DONE ".done"
#define FOLDER_PLACE_REASON ".reason.txt"
#define FOLDER_PLACE_COPY                                                                          \
    ".copy" /* PATH/work/.copy: of the file being archived, until it is whole */
#define FOLDER_PLACE_BLANKED ".csv.gz"

enum folder_room { FOLDER_IN, FOLDER_WORK, FOLDER_ARCHIVE, FOLDER_REFUSED, FOLDER_ROOM_COUNT };

struct folder_place {
    const struct feed_folder *folder;
    int rooms[FOLDER_ROOM_COUNT]; /* directories */
};

/* Conflict: another program works in the folder. */
ERROR_CHECKED bool folder_place_open(struct folder_place *place, const struct feed_folder *folder,
                                     struct error *err);
void folder_place_close(struct folder_place *place);

/* A sorted list of names in the arena. */
struct folder_names {
    const char **names;
    size_t count;
    size_t skipped; /* that fit the pattern but can be neither read nor named */
};

/* The files that are ready to be taken, in the order of their names (bytes). */
ERROR_CHECKED bool folder_place_ready(const struct folder_place *place, int64_t now_us,
                                      struct arena *arena, struct folder_names *out,
                                      struct error *err);

/* The claims in a room, the oldest first. */
ERROR_CHECKED bool folder_place_claims(const struct folder_place *place, enum folder_room room,
                                       struct arena *arena, struct folder_names *out,
                                       struct error *err);

/* Takes a file out of PATH/in. *taken is false when it is not there any more. */
ERROR_CHECKED bool folder_place_claim(const struct folder_place *place, const char *name,
                                      int64_t now_us, char claim[FOLDER_PLACE_CLAIM_SIZE],
                                      bool *taken, struct error *err);

/* What a claim in PATH/work holds; name "" = nothing: the claim is ended by this call. A claim that
 * was interrupted is completed. */
ERROR_CHECKED bool folder_place_resume(const struct folder_place *place, const char *claim,
                                       char name[FOLDER_PLACE_NAME_SIZE], struct error *err);

/* The claim with all it holds goes into another room. */
ERROR_CHECKED bool folder_place_move(const struct folder_place *place, const char *claim,
                                     enum folder_room room, struct error *err);

/* PATH/work/.copy becomes PATH/archive/CLAIM/NAME.csv.gz. */
ERROR_CHECKED bool folder_place_keep_copy(const struct folder_place *place, const char *claim,
                                          const char *name, struct error *err);

/* NAME.reason.txt beside the file, on disk before this returns. */
ERROR_CHECKED bool folder_place_explain(const struct folder_place *place, const char *claim,
                                        const char *name, const char *reason, struct error *err);

/* Deletes a claim with all it holds. */
ERROR_CHECKED bool folder_place_delete(const struct folder_place *place, enum folder_room room,
                                       const char *claim, struct error *err);

/* Deletes the claims of a room that are older than so many days; 0 = none. */
ERROR_CHECKED bool folder_place_purge(const struct folder_place *place, enum folder_room room,
                                      int days, int64_t now_us, struct arena *arena,
                                      struct error *err);

/* PATH/room/CLAIM/NAME + suffix (claim "": in the room itself) into buffer
 * (FOLDER_PLACE_PATH_SIZE). */
ERROR_CHECKED bool folder_place_path(const struct folder_place *place, enum folder_room room,
                                     const char *claim, const char *name, const char *suffix,
                                     char *buffer, struct error *err);

#endif
