/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/xml.h"

#include <assert.h>
#include <expat.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 64 * 1024 };

struct xml {
    const struct xml_input *input;
    const struct xml_events *events;
    void *reader;
    XML_Parser parser;
    size_t depth;
    int64_t fed;      /* bytes given to the parser */
    int64_t event_at; /* value of fed at the last event */
    bool paused;
    bool last_fed; /* nothing follows what was given */
    bool failed;
    struct error problem;
};

const char *xml_local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *xml_attribute(const char **attributes, const char *name)
{
    for (; attributes[0]; attributes += 2) {
        if (strcmp(xml_local(attributes[0]), name) == 0)
            return attributes[1];
    }
    return NULL;
}

void xml_pause(struct xml *xml)
{
    xml->paused = true;
    XML_StopParser(xml->parser, XML_TRUE);
}

static bool place_error(const struct xml *xml, struct error *err, enum error_kind kind,
                        const char *what)
{
    const char *part = xml->input->part;
    return error_set(err, kind, xml->input->path, "%s%sline %lu: %s", part ? part : "",
                     part ? ", " : "", (unsigned long)XML_GetCurrentLineNumber(xml->parser), what);
}

void xml_fail(struct xml *xml, enum error_kind kind, const char *format, ...)
{
    char what[400];
    va_list arguments;
    if (xml->failed)
        return;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    xml->failed = true;
    place_error(xml, &xml->problem, kind, what);
    XML_StopParser(xml->parser, XML_FALSE);
}

int64_t xml_begin(const struct xml *xml)
{
    return (int64_t)XML_GetCurrentByteIndex(xml->parser);
}

int64_t xml_end(const struct xml *xml)
{
    return xml_begin(xml) + XML_GetCurrentByteCount(xml->parser);
}

static void on_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
    struct xml *xml = user;
    xml->event_at = xml->fed;
    if (++xml->depth > XML_DEPTH_CAP)
        xml_fail(xml, ERROR_LIMIT, "elements may be nested %d deep, found more", XML_DEPTH_CAP);
    else if (xml->events->start && !xml->failed)
        xml->events->start(xml, xml->reader, xml_local(name), attributes);
}

static void on_end(void *user, const XML_Char *name)
{
    struct xml *xml = user;
    xml->event_at = xml->fed;
    xml->depth--;
    if (xml->events->end && !xml->failed)
        xml->events->end(xml, xml->reader, xml_local(name));
}

static void on_text(void *user, const XML_Char *data, int size)
{
    struct xml *xml = user;
    xml->event_at = xml->fed;
    if (xml->events->text && !xml->failed)
        xml->events->text(xml, xml->reader, data, (size_t)size);
}

static void on_doctype(void *user, const XML_Char *name, const XML_Char *system,
                       const XML_Char *public, int has_subset)
{
    (void)name;
    (void)system;
    (void)public;
    (void)has_subset;
    xml_fail(user, ERROR_INPUT, "a document type definition, which is refused");
}

bool xml_open(const struct xml_input *input, const struct xml_events *events, void *reader,
              struct xml **out, struct error *err)
{
    struct xml *xml = calloc(1, sizeof *xml);
    if (!xml)
        return error_memory(err);
    *xml = (struct xml){.input = input, .events = events, .reader = reader};
    xml->parser = XML_ParserCreate(input->utf8 ? "UTF-8" : NULL);
    if (!xml->parser) {
        free(xml);
        return error_memory(err);
    }
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    *out = xml;
    return true;
}

void xml_close(struct xml *xml)
{
    if (!xml)
        return;
    XML_ParserFree(xml->parser);
    free(xml);
}

static bool feed(struct xml *xml, enum XML_Status *status, struct error *err)
{
    size_t size;
    char *buffer = XML_GetBuffer(xml->parser, BLOCK_SIZE);
    if (!buffer)
        return error_memory(err);
    if (!xml->input->read(xml->input->context, buffer, BLOCK_SIZE, &size, err))
        return false;
    xml->fed += (int64_t)size;
    xml->last_fed = size == 0;
    *status = XML_ParseBuffer(xml->parser, (int)size, size == 0);
    if (*status == XML_STATUS_OK && xml->fed - xml->event_at > XML_TOKEN_CAP + BLOCK_SIZE)
        return place_error(xml, err, ERROR_LIMIT, "a tag or comment of more than 1 MiB");
    return true;
}

bool xml_run(struct xml *xml, bool *end, struct error *err)
{
    enum XML_Status status = XML_STATUS_OK;
    bool resume = xml->paused;
    *end = false;
    xml->paused = false;
    for (;;) {
        if (resume)
            status = XML_ResumeParser(xml->parser);
        else if (!feed(xml, &status, err))
            return false;
        resume = false;
        if (xml->failed) {
            *err = xml->problem;
            return false;
        }
        if (status == XML_STATUS_ERROR)
            return place_error(xml, err, ERROR_INPUT,
                               XML_ErrorString(XML_GetErrorCode(xml->parser)));
        if (status == XML_STATUS_SUSPENDED)
            return true;
        if (xml->last_fed) {
            *end = true;
            return true;
        }
    }
}

bool xml_read_all(const struct xml_input *input, const struct xml_events *events, void *reader,
                  struct error *err)
{
    struct xml *xml = NULL;
    bool end = false;
    bool ok = xml_open(input, events, reader, &xml, err);
    assert(xml || !ok);
    while (ok && !end)
        ok = xml_run(xml, &end, err);
    xml_close(xml);
    return ok;
}
