/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Errors as values: the caller owns a struct error, a function that can fail returns false and
 * has filled it. An error says what was expected, what was found, and about which subject (a file,
 * a line, a field, a code). It is logged once, at the top.
 *
 * error_set() always returns false, so that `return error_set(err, …);` is the whole idiom.
 */
#ifndef HENG_MODELS_CORE_ERROR_H
#define HENG_MODELS_CORE_ERROR_H

#include <stdbool.h>

enum error_kind {
    ERROR_NONE = 0,
    ERROR_USAGE,        /* the command line is wrong */
    ERROR_CONFIG,       /* a setting is wrong or missing */
    ERROR_INPUT,        /* a file, document or record is not what it must be */
    ERROR_NOT_FOUND,    /* the named thing does not exist */
    ERROR_CONFLICT,     /* the thing is in a state that forbids the request */
    ERROR_LIMIT,        /* a named limit was passed */
    ERROR_IO,           /* a file or the system failed */
    ERROR_DATABASE,     /* the database refused a statement */
    ERROR_UNAVAILABLE,  /* the database (or a lock) cannot be had now */
    ERROR_MEMORY,       /* no memory */
    ERROR_INTERNAL,     /* a rule of this program was broken */
    ERROR_INTERRUPTED,  /* a signal asked to stop */
    ERROR_CHECK,        /* a self check found a difference */
    ERROR_INVALID,      /* a bundle was verified and is invalid */
    ERROR_NOT_REVEALED, /* a bundle cannot be verified yet: secret not revealed */
    ERROR_SCHEMA,       /* the database has another schema than this program */
    ERROR_KIND_COUNT
};

enum { ERROR_SUBJECT_SIZE = 256, ERROR_MESSAGE_SIZE = 768 };

struct error {
    enum error_kind kind;
    char subject[ERROR_SUBJECT_SIZE];
    char message[ERROR_MESSAGE_SIZE];
};

/* One row per kind: its name, the exit code of the process, the HTTP status, worth a retry. */
struct error_meaning {
    const char *name;
    int exit_code;
    int http_status;
    bool retry;
};

#define ERROR_CHECKED __attribute__((warn_unused_result))

/* Fills *err (which may be NULL) and returns false. Text that does not fit is cut at a character
 * boundary. subject may be NULL. */
bool error_set(struct error *err, enum error_kind kind, const char *subject, const char *format,
               ...) __attribute__((format(printf, 4, 5)));

/* The usual message for a failed allocation. Returns false. */
bool error_memory(struct error *err);

/* Kind ERROR_IO with the text of errno_value. Returns false. */
bool error_errno(struct error *err, const char *subject, const char *what, int errno_value);

/* The row of the table for this kind; never NULL. */
const struct error_meaning *error_meaning_of(enum error_kind kind);

#endif
