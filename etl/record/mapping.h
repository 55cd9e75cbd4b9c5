/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A mapping document says how the columns of one source become the fields of one record kind.
 * Columns are those of a header or, in JSON and XML, members and elements by their paths
 * (json_records.h, xml_records.h); "all columns" of these are those that the document names. It is
 * read strictly: an unknown member or field, or a constant or mapped value that its field
 * cannot hold, is an error that names its place.
 *
 *   mapping      "heng-mapping-1"
 *   source       name of the source, [a-z0-9_]{1,60}; records keep their identity per source
 *   kind         a record kind of kind.h
 *   title        {"zh": …, "en": …}
 *   jurisdiction for example "CN-50"; rules are chosen by it
 *   format       "csv" (default), "xlsx", "json", "jsonl" or "xml"
 *   encoding     "utf-8", "gb18030" or "utf-16" (with a byte order mark); not of xlsx
 *   member       optional: the file of a zip archive, when it has several; not of xlsx
 *   delimiter    optional, of csv: "," (default), ";", "\t", "|"
 *   sheet        optional, of xlsx: name, or position from 1 (default 1)
 *   header_row   optional, of csv and xlsx: line of the header (default 1), or [first, last]: the
 *                names of columns are then the texts from top to bottom with '/' between them
 *   record_path  of json (optional): dotted path to the array; of xml: path of the element that is
 *                a record ("taskInfo/superviseObjects/superviseObject")
 *   key          column names, or "hash_of_all_columns" for a source without a key
 *   subject      ways to name the entity, the first that is not empty wins: {"scheme", "column",
 *                optional "clean" and "prefix" as below} or {"scheme": "place", "columns": […]},
 * the columns of an address. Scheme "uscc" is a credit code (GB 32100) and is checked known_at
 * {"column", "dates", "backfill": true}: the day on which the record became known, only for a
 * marked back-fill; otherwise a record is known from the load on drop         columns blanked
 * before anything is stored, rejected rows included fields       field name → {"column" or
 * "constant"; optional, applied in this order: "clean" steps, "values" (value → code, null =
 * missing; others stay as they are), "prefix"; for days "dates" (forms, tried in order; default
 * YYYY-MM-DD), for money "unit" (fen, yuan, wan_yuan; default yuan), for sets "separator" (one of
 * ,;|/ and blank; default
 *                |), whose members are cleaned and looked up one by one}
 *
 * clean steps, in their order in the list: "upper", "cut_after_dash" (drops the first '-' and all
 * behind it), "digits_only", "strip_leading_zeros".
 */
#ifndef HENG_ETL_RECORD_MAPPING_H
#define HENG_ETL_RECORD_MAPPING_H

#include "etl/record/kind.h"
#include "etl/source/source.h"
#include "models/core/arena.h"
#include "models/core/digest.h"
#include "models/core/error.h"

enum {
    MAPPING_BYTES_CAP = 256 * 1024,
    MAPPING_NAME_CAP = 60,    /* characters of a source or scheme */
    MAPPING_COLUMNS_CAP = 16, /* columns that together make a key or a place */
    MAPPING_SUBJECTS_CAP = 4,
    MAPPING_VALUES_CAP = 4096,
    MAPPING_DATES_CAP = 6,
    MAPPING_CLEAN_CAP = 6,
    MAPPING_DROP_CAP = 64
};

enum date_form {
    DATE_ISO,        /* YYYY-MM-DD */
    DATE_SLASH,      /* YYYY/M/D */
    DATE_COMPACT,    /* YYYYMMDD */
    DATE_CHINESE,    /* YYYY年M月D日 */
    DATE_MONTH_FIRST /* M/D/YYYY */
};

enum clean_step { CLEAN_UPPER, CLEAN_CUT_AFTER_DASH, CLEAN_DIGITS_ONLY, CLEAN_STRIP_ZEROS };

struct value_pair {
    struct text from;
    struct text to; /* data NULL: missing */
};

/* Where a value comes from and how it is cleaned. */
struct mapped_value {
    bool used;
    const char *column; /* NULL when constant */
    const char *constant;
    int index;                 /* number of the column in the file, set by mapping_bind() */
    struct value_pair *values; /* sorted by from */
    size_t value_count;
    enum date_form dates[MAPPING_DATES_CAP];
    size_t date_count;
    int unit_decimals; /* of the money unit, that still give whole fen */
    char separator;
    const char *prefix;
    enum clean_step clean[MAPPING_CLEAN_CAP];
    size_t clean_count;
};

struct mapped_subject {
    const char *scheme;
    bool place;
    struct mapped_value columns[MAPPING_COLUMNS_CAP];
    size_t column_count;
};

struct mapping {
    const char *source;
    const struct kind *kind;
    const char *title_zh;
    const char *title_en;
    const char *jurisdiction;
    struct source_form form; /* of the file; its columns are those that the document names */
    bool key_is_hash;
    const char *key_columns[MAPPING_COLUMNS_CAP];
    int key_indices[MAPPING_COLUMNS_CAP];
    size_t key_count;
    struct mapped_subject subjects[MAPPING_SUBJECTS_CAP];
    size_t subject_count;
    struct mapped_value known_at; /* used = back-fill */
    const char *drop[MAPPING_DROP_CAP];
    size_t drop_count;
    struct mapped_value fields[KIND_FIELDS_CAP];
    bool *dropped;                     /* per column of the file, set by mapping_bind() */
    size_t column_count;               /* columns of the file */
    unsigned char sha256[DIGEST_SIZE]; /* of the document's bytes */
};

/* Reads a document; the mapping and its strings live in the arena. subject names it in errors. */
ERROR_CHECKED bool mapping_read(const char *bytes, size_t size, const char *subject,
                                struct arena *arena, struct mapping **out, struct error *err);

/* The form of the name of a source or of a scheme of codes: a-z, 0-9 and _. */
bool mapping_name_valid(struct text name);

/* Finds the mapped columns in the file's header (names trimmed). A missing or repeated column is
 * an error that names it and lists what the file has, and so is one that is dropped and used. */
ERROR_CHECKED bool mapping_bind(struct mapping *mapping, const struct text *header, size_t count,
                                struct arena *arena, const char *file, struct error *err);

#endif
