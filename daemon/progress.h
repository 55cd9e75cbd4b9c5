/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far long work is. On a terminal one line is rewritten at most five times a second; elsewhere
 * a plain line is printed every few seconds; quiet prints nothing. Nothing here ever fails: a lost
 * progress line is no reason to stop.
 */
#ifndef HENG_DAEMON_PROGRESS_H
#define HENG_DAEMON_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { PROGRESS_WHAT_SIZE = 96, PROGRESS_LINE_SIZE = 256 };

struct progress {
    FILE *stream;
    bool terminal;
    bool quiet;
    bool line_open; /* a rewritten line stands on the terminal */
    char what[PROGRESS_WHAT_SIZE];
    uint64_t total; /* 0: not known */
    int64_t started_ms;
    int64_t printed_ms;
};

/* The stream is borrowed. */
void progress_init(struct progress *progress, FILE *stream, bool quiet);

/* Begins a piece of work of `total` rows (0: not known). */
void progress_start(struct progress *progress, const char *what, uint64_t total);

/* `done` rows of the piece are done. Cheap enough to be called per row. */
void progress_step(struct progress *progress, uint64_t done);

/* Ends the piece with one line that stays. */
void progress_finish(struct progress *progress, uint64_t done);

/* A line of its own ("heng: …"), printed unless quiet. */
void progress_note(struct progress *progress, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Ends a rewritten line, so that other text can follow on the terminal. */
void progress_break(struct progress *progress);

/* The line for a piece of work, into buffer (PROGRESS_LINE_SIZE bytes), returned. */
const char *progress_line(const char *what, uint64_t done, uint64_t total, int64_t elapsed_ms,
                          char *buffer);

#endif
