/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/problem.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "daemon/http.h"

static const struct problem_row rows[PROBLEM_KIND_COUNT] = {
    [PROBLEM_MALFORMED] = {"malformed", 400, "请求格式有误", "Malformed request", true},
    [PROBLEM_NO_SESSION] = {"no-session", 401, "未登录或会话已失效", "No valid session", true},
    [PROBLEM_FORBIDDEN] = {"forbidden", 403, "无权进行此操作", "Not allowed", true},
    [PROBLEM_ORIGIN] = {"origin", 403, "请求来源未通过校验", "Origin or token check failed", true},
    [PROBLEM_NOT_FOUND] = {"not-found", 404, "未找到", "Not found", true},
    [PROBLEM_METHOD] = {"method", 405, "不支持此方法", "Method not allowed", true},
    [PROBLEM_CONFLICT] = {"conflict", 409, "与当前状态冲突", "Conflict with the present state",
                          true},
    [PROBLEM_LENGTH_REQUIRED] = {"length-required", 411, "需要 Content-Length",
                                 "Content-Length required", true},
    [PROBLEM_PRECONDITION] = {"precondition", 412, "内容已被他人更改", "Changed meanwhile", true},
    [PROBLEM_BODY_SIZE] = {"limit", 413, "超出上限", "A limit was passed", true},
    [PROBLEM_MEDIA_TYPE] = {"media-type", 415, "不支持此内容类型", "Unsupported media type", true},
    [PROBLEM_INPUT] = {"input", 422, "内容不符合要求", "Input is not what it must be", true},
    [PROBLEM_PRECONDITION_REQUIRED] = {"precondition-required", 428, "需要 If-Match",
                                       "If-Match required", true},
    [PROBLEM_RATE] = {"rate", 429, "尝试过于频繁", "Too many tries", true},
    [PROBLEM_INTERNAL] = {"internal", 500, "内部错误", "Internal error", false},
    [PROBLEM_UNAVAILABLE] = {"unavailable", 503, "暂时不可用", "Unavailable for now", false},
};

/* By the HTTP status that the table of errors gives. */
static enum problem_kind kind_of(enum error_kind kind)
{
    int status = error_meaning_of(kind)->http_status;
    for (int i = PROBLEM_BY_ERROR + 1; i < PROBLEM_KIND_COUNT; i++) {
        if (rows[i].status == status)
            return (enum problem_kind)i;
    }
    return PROBLEM_INTERNAL;
}

const struct problem_row *problem_row_of(enum problem_kind kind, const struct error *err)
{
    assert((int)kind >= 0 && kind < PROBLEM_KIND_COUNT);
    return &rows[kind == PROBLEM_BY_ERROR ? kind_of(err->kind) : kind];
}

bool problem_set(struct response *response, struct error *err, enum problem_kind kind,
                 const char *subject, const char *format, ...)
{
    char message[ERROR_MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    response->problem = kind;
    return error_set(err, ERROR_INPUT, subject, "%s", message);
}

static json_t *pointer_errors(const struct error *err)
{
    return json_pack("[{s:s, s:s}]", "pointer", err->subject, "detail", err->message);
}

json_t *problem_document(enum problem_kind kind, const struct error *err, bool chinese,
                         const char *request_id)
{
    const struct problem_row *row = problem_row_of(kind, err);
    json_t *type = json_sprintf("urn:heng:problem:%s", row->name);
    json_t *document = json_pack("{s:o, s:s, s:i, s:s}", "type", type, "title",
                                 chinese ? row->title_zh : row->title_en, "status", row->status,
                                 "request_id", request_id);
    if (!document || !row->show_detail)
        return document;
    if (err->subject[0] == '/')
        json_object_set_new(document, "errors", pointer_errors(err));
    json_object_set_new(document, "detail", json_string(err->message));
    return document;
}
