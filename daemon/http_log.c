/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/http_log.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/route.h"

/* An error's texts, every byte escaped, and all else fit into a line. */
enum { LINE_SIZE = 8192, ESCAPE_SIZE = 7, NUMBER_DIGITS = 20 };
_Static_assert(6 * (ERROR_SUBJECT_SIZE + ERROR_MESSAGE_SIZE) + 1536 < LINE_SIZE, "a line fits");

/* One JSON object, written by hand: a line per request is written at full speed. */
struct line {
    char text[LINE_SIZE];
    size_t size;
};

static void put(struct line *line, const char *text)
{
    size_t size = strlen(text);
    if (size > LINE_SIZE - line->size)
        size = LINE_SIZE - line->size;
    memcpy(line->text + line->size, text, size);
    line->size += size;
}

/* A JSON string; the text is UTF-8, as all that a request keeps. */
static void put_text(struct line *line, const char *text)
{
    put(line, "\"");
    for (; *text && line->size < LINE_SIZE - ESCAPE_SIZE; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < ' ' || c == 0x7F || c == '"' || c == '\\')
            line->size +=
                (size_t)snprintf(line->text + line->size, ESCAPE_SIZE, "\\u%04x", (unsigned)c);
        else
            line->text[line->size++] = (char)c;
    }
    put(line, "\"");
}

static void put_number(struct line *line, uint64_t value)
{
    char digits[NUMBER_DIGITS + 1];
    char *first = digits + NUMBER_DIGITS;
    *first = '\0';
    do {
        *--first = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    put(line, first);
}

static void write_line(struct line *line, const struct http_exchange *exchange, bool sent,
                       int64_t duration_us)
{
    const struct request *request = &exchange->request;
    put(line, "{\"at\":");
    put_text(line, exchange->clock.now_utc);
    put(line, ",\"request_id\":");
    put_text(line, exchange->id);
    put(line, ",\"address\":");
    put_text(line, exchange->address);
    if (request->user.name[0]) {
        put(line, ",\"user\":");
        put_text(line, request->user.name);
    }
    put(line, ",\"method\":");
    put_text(line, request->method ? request->method : "?");
    put(line, ",\"route\":");
    put_text(line, request->route ? request->route->pattern : "?");
    put(line, ",\"status\":");
    put_number(line, (uint64_t)exchange->status);
    put(line, ",\"bytes\":");
    put_number(line, exchange->bytes);
    put(line, ",\"duration_us\":");
    put_number(line, duration_us > 0 ? (uint64_t)duration_us : 0);
    put(line, sent ? ",\"sent\":true" : ",\"sent\":false");
    if (exchange->status >= MHD_HTTP_INTERNAL_SERVER_ERROR) {
        put(line, ",\"error_subject\":");
        put_text(line, exchange->err.subject);
        put(line, ",\"error\":");
        put_text(line, exchange->err.message);
    }
    put(line, "}\n");
}

/* Lines gather while the writer sleeps; it takes all that are there in one write. */
struct http_log {
    pthread_mutex_t lock;
    pthread_cond_t filled;
    pthread_t writer;
    bool ending;
    size_t size;
    char buffers[2][HTTP_LOG_BYTES];
    char *filling; /* one of the buffers, the other belongs to the writer */
    struct metrics *metrics;
};

static void write_all(struct http_log *log, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(STDERR_FILENO, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            /* A log that cannot be written must not stop the service. */
            atomic_fetch_add(&log->metrics->log_lost, 1);
            return;
        }
        bytes += written;
        size -= (size_t)written;
    }
}

/* Waits for lines, then a moment for more; false at the end. */
static bool take_lines(struct http_log *log, const char **bytes, size_t *size)
{
    pthread_mutex_lock(&log->lock);
    while (log->size == 0 && !log->ending)
        pthread_cond_wait(&log->filled, &log->lock);
    if (!log->ending) {
        pthread_mutex_unlock(&log->lock);
        clock_sleep_ms(HTTP_LOG_GATHER_MS);
        pthread_mutex_lock(&log->lock);
    }
    *bytes = log->filling;
    *size = log->size;
    log->filling = log->filling == log->buffers[0] ? log->buffers[1] : log->buffers[0];
    log->size = 0;
    pthread_mutex_unlock(&log->lock);
    return *size > 0;
}

static void *write_lines(void *context)
{
    struct http_log *log = context;
    const char *bytes;
    size_t size;
    while (take_lines(log, &bytes, &size))
        write_all(log, bytes, size);
    return NULL;
}

bool http_log_open(struct metrics *metrics, struct http_log **out, struct error *err)
{
    struct http_log *log = calloc(1, sizeof *log);
    if (!log)
        return error_memory(err);
    log->metrics = metrics;
    log->filling = log->buffers[0];
    pthread_mutex_init(&log->lock, NULL);
    pthread_cond_init(&log->filled, NULL);
    int failed = pthread_create(&log->writer, NULL, write_lines, log);
    if (failed) {
        free(log);
        return error_errno(err, NULL, "cannot start a thread", failed);
    }
    *out = log;
    return true;
}

void http_log_close(struct http_log *log)
{
    if (!log)
        return;
    pthread_mutex_lock(&log->lock);
    log->ending = true;
    pthread_cond_signal(&log->filled);
    pthread_mutex_unlock(&log->lock);
    pthread_join(log->writer, NULL);
    pthread_cond_destroy(&log->filled);
    pthread_mutex_destroy(&log->lock);
    free(log);
}

static void add_line(struct http_log *log, const struct line *line)
{
    pthread_mutex_lock(&log->lock);
    bool fits = line->size <= HTTP_LOG_BYTES - log->size;
    if (fits) {
        memcpy(log->filling + log->size, line->text, line->size);
        if (log->size == 0)
            pthread_cond_signal(&log->filled);
        log->size += line->size;
    }
    pthread_mutex_unlock(&log->lock);
    if (!fits)
        atomic_fetch_add(&log->metrics->log_lost, 1);
}

void http_log_request(const struct http_exchange *exchange, bool sent)
{
    struct http_log *log = exchange->server->log;
    struct line line;
    int64_t duration_us = clock_monotonic_us() - exchange->started_us;
    metrics_count(&exchange->server->service->metrics, exchange->status, duration_us,
                  exchange->bytes);
    if (!log)
        return;
    line.size = 0;
    write_line(&line, exchange, sent, duration_us);
    add_line(log, &line);
}
