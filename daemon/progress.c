/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/progress.h"

#include <inttypes.h>
#include <stdarg.h>
#include <unistd.h>

#include "daemon/clock.h"

enum { TERMINAL_INTERVAL_MS = 200, PLAIN_INTERVAL_MS = 5000, COUNT_SIZE = 32, PART_SIZE = 48 };

void progress_init(struct progress *progress, FILE *stream, bool quiet)
{
    *progress = (struct progress){
        .stream = stream, .terminal = isatty(fileno(stream)) == 1, .quiet = quiet};
}

/* 1234567 → "1,234,567". */
static const char *grouped(uint64_t value, char *buffer)
{
    char digits[COUNT_SIZE];
    int size = snprintf(digits, sizeof digits, "%" PRIu64, value);
    char *out = buffer;
    for (int i = 0; i < size; i++) {
        if (i > 0 && (size - i) % 3 == 0)
            *out++ = ',';
        *out++ = digits[i];
    }
    *out = '\0';
    return buffer;
}

const char *progress_line(const char *what, uint64_t done, uint64_t total, int64_t elapsed_ms,
                          char *buffer)
{
    char count[COUNT_SIZE];
    char share[PART_SIZE] = "";
    char speed[PART_SIZE] = "";
    char time[PART_SIZE];
    double seconds = (double)elapsed_ms / 1000.0;
    double rate = elapsed_ms > 0 ? (double)done / seconds : 0.0;
    if (total > 0)
        snprintf(share, sizeof share, " / %s  %d %%", grouped(total, count),
                 (int)((double)done / (double)total * 100.0));
    if (rate > 0.0)
        snprintf(speed, sizeof speed, "  %s/s", grouped((uint64_t)rate, count));
    if (rate > 0.0 && done < total)
        snprintf(time, sizeof time, "%.0f s left", (double)(total - done) / rate);
    else
        snprintf(time, sizeof time, "%.1f s", seconds);
    snprintf(buffer, PROGRESS_LINE_SIZE, "%s  %s%s%s  %s", what, grouped(done, count), share, speed,
             time);
    return buffer;
}

static void print_line(struct progress *progress, uint64_t done, int64_t now_ms)
{
    char line[PROGRESS_LINE_SIZE];
    progress_line(progress->what, done, progress->total, now_ms - progress->started_ms, line);
    if (progress->terminal)
        fprintf(progress->stream, "\r\033[K%s", line);
    else
        fprintf(progress->stream, "%s\n", line);
    fflush(progress->stream);
    progress->line_open = progress->terminal;
    progress->printed_ms = now_ms;
}

void progress_start(struct progress *progress, const char *what, uint64_t total)
{
    snprintf(progress->what, sizeof progress->what, "%s", what);
    progress->total = total;
    progress->started_ms = clock_monotonic_ms();
    progress->printed_ms = progress->started_ms;
}

void progress_step(struct progress *progress, uint64_t done)
{
    if (progress->quiet)
        return;
    int64_t now_ms = clock_monotonic_ms();
    int64_t interval_ms = progress->terminal ? TERMINAL_INTERVAL_MS : PLAIN_INTERVAL_MS;
    if (now_ms - progress->printed_ms >= interval_ms)
        print_line(progress, done, now_ms);
}

void progress_finish(struct progress *progress, uint64_t done)
{
    if (progress->quiet)
        return;
    print_line(progress, done, clock_monotonic_ms());
    progress_break(progress);
}

void progress_note(struct progress *progress, const char *format, ...)
{
    if (progress->quiet)
        return;
    progress_break(progress);
    va_list arguments;
    va_start(arguments, format);
    fputs("heng: ", progress->stream);
    vfprintf(progress->stream, format, arguments);
    fputc('\n', progress->stream);
    va_end(arguments);
    fflush(progress->stream);
}

void progress_break(struct progress *progress)
{
    if (progress->line_open)
        fputc('\n', progress->stream);
    progress->line_open = false;
}
