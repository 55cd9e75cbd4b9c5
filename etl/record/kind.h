/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Record kinds: one table says for every kind which fields it has, of which type, which are
 * required, and which statements store it. The same field names stand in SQL, in mapping
 * documents and in reports.
 *
 * Identifiers of natural persons: no kind has a field for a reporter or complainant; the name of
 * an inspector is that of an officer on duty; a relation to a legal representative names the
 * person by a code of the source's choosing (scheme 'person'), which mappings should fill with a
 * pseudonym.
 */
#ifndef HENG_ETL_RECORD_KIND_H
#define HENG_ETL_RECORD_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "models/core/text.h"

enum field_type {
    FIELD_TEXT,
    FIELD_ID,   /* what other records name it by: like a text, folded to half width, short */
    FIELD_CODE, /* one of the field's codes */
    FIELD_DAY,
    FIELD_INTEGER,  /* not negative */
    FIELD_MONEY,    /* stored in fen */
    FIELD_BOOLEAN,  /* true or false */
    FIELD_SET,      /* texts, no order, no repetition */
    FIELD_REGION,   /* a code of table region */
    FIELD_INDUSTRY, /* a code of table industry, stored without its section letter */
};

struct field {
    const char *name;
    enum field_type type;
    bool required;
    const char *const *codes; /* NULL-terminated, for FIELD_CODE */
};

/* The columns in front of a kind's own fields in its staging table, in order. */
enum head {
    HEAD_END = 0,
    HEAD_VERSION,
    HEAD_SUBJECT_SCHEME,
    HEAD_SUBJECT_CODE,
    HEAD_JURISDICTION,
    HEAD_FIRST_FIELD,  /* the value of fields[0] */
    HEAD_SECOND_FIELD, /* the value of fields[1] */
    HEAD_ID,
    HEAD_ENTITY_ID,
    HEAD_OTHER_ENTITY_ID, /* identity of fields[0]:fields[1] (scheme and code) */
    HEAD_RECORD_KEY,
    HEAD_TRUE,
};

enum { KIND_HEAD_CAP = 12, KIND_KEY_CAP = 3, KIND_FIELDS_CAP = 24 };

struct kind {
    const char *name;
    bool has_subject;    /* records are about an entity */
    bool clash_of_other; /* fields[0]:fields[1] name an entity too (the other end) */
    bool subject_is_key; /* the record is the entity itself */
    bool key_in_source;  /* a mapping names the key columns (required if no natural key) */
    bool subject_in_key; /* the natural key holds the subject as well */
    int key_fields[KIND_KEY_CAP + 1]; /* natural key by field number, ended by -1 */
    int first_column;                 /* fields before it are staged by the head only */
    const char *event_field;          /* the day on which the recorded thing happened, or NULL */
    bool has_decision;                /* staged with the identity of its decision behind the rest */
    enum head heads[KIND_HEAD_CAP];
    const struct field *fields;
    size_t field_count;
    const char *stage_statement;
    const char *merge_script;
    const char *backfill_script;    /* instead of it; NULL for kinds without history */
    const char *after_script;       /* NULL or a script behind the merge */
    const char *outdated_statement; /* staged rejects that are older than what is stored */
};

/* NULL when there is no such kind. */
const struct kind *kind_find(struct text name);

/* All kinds; *count gets their number. */
const struct kind *kind_all(size_t *count);

/* The number of the field, -1 when the kind has none of that name. */
int kind_field(const struct kind *kind, struct text name);

#endif
