/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/problem.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "daemon/http.h"

static const struct problem_row rows[PROBLEM_KIND_COUNT] = {
    [PROBLEM_MALFORMED] = {"malformed", 400, "请求格式有误", "Malformed request",
                           "请求无法识别，请刷新页面后重试。", NULL},
    [PROBLEM_NO_SESSION] = {"no-session", 401, "未登录或会话已失效", "No valid session",
                            "请登录；登录时请核对用户名和密码。", NULL},
    [PROBLEM_FORBIDDEN] = {"forbidden", 403, "无权进行此操作", "Not allowed",
                           "当前账户的角色不能进行此操作，确有需要请联系管理员。", NULL},
    [PROBLEM_ORIGIN] = {"origin", 403, "请求来源未通过校验", "Origin or token check failed",
                        "请刷新页面后重试，仍不成功请重新登录。", NULL},
    [PROBLEM_NOT_FOUND] = {"not-found", 404, "未找到", "Not found",
                           "没有此内容，或不在您的管辖范围内。", NULL},
    [PROBLEM_METHOD] = {"method", 405, "不支持此方法", "Method not allowed",
                        "此地址不支持这一操作。", NULL},
    [PROBLEM_CONFLICT] = {"conflict", 409, "与当前状态冲突", "Conflict with the present state",
                          "当前状态不允许此操作，请刷新后查看最新状态。", NULL},
    [PROBLEM_LENGTH_REQUIRED] = {"length-required", 411, "需要 Content-Length",
                                 "Content-Length required", "请求未注明长度。", NULL},
    [PROBLEM_PRECONDITION] = {"precondition", 412, "内容已被他人更改", "Changed meanwhile",
                              "他人已先行更改，请刷新后在最新内容上重试。", NULL},
    [PROBLEM_BODY_SIZE] = {"limit", 413, "超出上限", "A limit was passed",
                           "内容或数量超出上限，请缩小后重试。", NULL},
    [PROBLEM_MEDIA_TYPE] = {"media-type", 415, "不支持此内容类型", "Unsupported media type",
                            "请以 JSON 提交。", NULL},
    [PROBLEM_INPUT] = {"input", 422, "内容不符合要求", "Input is not what it must be",
                       "请改正所指内容后重试。", NULL},
    [PROBLEM_PRECONDITION_REQUIRED] = {"precondition-required", 428, "需要 If-Match",
                                       "If-Match required", "请注明所依据的版本，刷新页面后重试。",
                                       NULL},
    [PROBLEM_RATE] = {"rate", 429, "尝试过于频繁", "Too many tries", "请稍候再试。", NULL},
    [PROBLEM_INTERNAL] = {"internal", 500, "内部错误", "Internal error", "请将请求编号告知管理员。",
                          "Tell the administrator the number of the request."},
    [PROBLEM_UNAVAILABLE] = {"unavailable", 503, "暂时不可用", "Unavailable for now",
                             "请稍候再试。", "Try again in a moment."},
    [PROBLEM_SCHEMA] = {"schema", 503, "数据库结构与程序不符", "The database has another schema",
                        "请管理员运行 heng migrate。", NULL},
    [PROBLEM_DISK] = {"disk", 503, "磁盘空间不足", "The disk is nearly full",
                      "请管理员清理磁盘或扩容。", NULL},
};

/* By the HTTP status that the table of errors gives. */
static enum problem_kind kind_of(enum error_kind kind)
{
    int status = error_meaning_of(kind)->http_status;
    if (kind == ERROR_SCHEMA)
        return PROBLEM_SCHEMA;
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

/* Where the fault is: a member of the body ("pointer") or a query parameter ("parameter"). */
static json_t *errors_of(const char *where, const struct error *err)
{
    return json_pack("[{s:s, s:s}]", where, err->subject, "detail", err->message);
}

/* Messages are technical English, made where the error is; for a Chinese reader the advice of the
 * kind stands before it. */
static json_t *detail_of(const struct problem_row *row, const struct error *err, bool chinese)
{
    bool secret = row->instead_en != NULL;
    if (!chinese)
        return json_string(secret ? row->instead_en : err->message);
    return secret ? json_string(row->advice_zh)
                  : json_sprintf("%s（%s）", row->advice_zh, err->message);
}

json_t *problem_document(enum problem_kind kind, const struct error *err, bool in_query,
                         bool chinese, const char *request_id)
{
    const struct problem_row *row = problem_row_of(kind, err);
    json_t *type = json_sprintf("urn:heng:problem:%s", row->name);
    json_t *document = json_pack("{s:o, s:s, s:i, s:o, s:s}", "type", type, "title",
                                 chinese ? row->title_zh : row->title_en, "status", row->status,
                                 "detail", detail_of(row, err, chinese), "request_id", request_id);
    const char *where = err->subject[0] == '/' ? "pointer" : in_query ? "parameter" : NULL;
    if (document && !row->instead_en && where)
        json_object_set_new(document, "errors", errors_of(where, err));
    return document;
}
