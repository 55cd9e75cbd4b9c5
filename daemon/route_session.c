/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logging in, logging out, and who one is. */
#include <string.h>

#include "daemon/clock.h"
#include "daemon/login.h"
#include "daemon/login_cache.h"
#include "daemon/record.h"
#include "daemon/route.h"
#include "daemon/service.h"
#include "models/core/json.h"

static json_t *text_or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

static bool region_name(const struct request *request, char *out, struct error *err)
{
    const char *region_code = scope_region(&request->user.scope);
    out[0] = '\0';
    return !region_code || account_region_name(request->db, region_code, request->today, out, err);
}

static bool answer_user(const struct request *request, const unsigned char *session,
                        int64_t expires_at, struct response *response, struct error *err)
{
    char token[SECRET_TOKEN_HEX_SIZE];
    char expires[CLOCK_UTC_SIZE];
    char region[ACCOUNT_REGION_SIZE];
    const struct request_user *user = &request->user;
    if (!region_name(request, region, err))
        return false;
    login_token(session, token);
    clock_utc(expires_at * 1000000, expires);
    json_t *object = json_pack(
        "{s:{s:s, s:s, s:o, s:o, s:o}, s:s, s:s}", "user", "name", user->name, "role",
        role_name(user->scope.role), "department_id", text_or_null(scope_department(&user->scope)),
        "region_code", text_or_null(scope_region(&user->scope)), "region_name",
        text_or_null(region[0] ? region : NULL), "token", token, "expires_at", expires);
    return response_json(response, object, err);
}

static bool read_login(const struct request *request, json_t *body, const char **name,
                       const char **password, struct error *err)
{
    static const char *const keys[] = {"name", "password", NULL};
    struct json_place place = json_place_root("body");
    (void)request;
    return json_only(body, &place, keys, err) && json_get_text(body, "name", &place, name, err) &&
           json_get_text(body, "password", &place, password, err) &&
           ((strlen(*name) > 0 && strlen(*name) < ACCOUNT_NAME_SIZE) ||
            error_set(err, ERROR_INPUT, "/name", "a name has 1 to %d bytes, found %zu",
                      ACCOUNT_NAME_SIZE - 1, strlen(*name)));
}

/* The former session of this browser ends: its id must not become the new one's. */
static bool end_former(struct request *request, struct error *err)
{
    unsigned char hash[DIGEST_SIZE];
    char hex[DIGEST_HEX_SIZE];
    if (!request->session)
        return true;
    login_session_hash(request->session, hash);
    text_hex(hash, DIGEST_SIZE, hex);
    login_cache_drop(request->service->known, hash);
    return account_session_close(request->db, hex, err);
}

static bool store_session(struct request *request, const struct account *account,
                          const unsigned char *id, int64_t *expires_at, struct error *err)
{
    unsigned char hash[DIGEST_SIZE];
    char hex[DIGEST_HEX_SIZE];
    login_session_hash(id, hash);
    text_hex(hash, DIGEST_SIZE, hex);
    return db_begin(request->db, err) && end_former(request, err) &&
           account_session_insert(
               request->db, hex, account->account_id, request->now,
               settings_integer(request->settings, SETTING_SESSION_ABSOLUTE_HOURS), expires_at,
               err) &&
           record_event(request, "session.open", account->name, request->address, err) &&
           db_commit(request->db, err);
}

static bool open_session(struct request *request, struct response *response,
                         const struct account *account, struct error *err)
{
    int64_t expires_at = 0;
    unsigned char *id = arena_alloc(request->arena, SECRET_TOKEN_BYTES);
    char *cookie = arena_alloc(request->arena, LOGIN_COOKIE_SIZE);
    struct request_user *user = &request->user;
    if (!id || !cookie)
        return arena_error(request->arena, err);
    if (!login_user(account, user, err) || !secret_fill(id, SECRET_TOKEN_BYTES, err) ||
        !store_session(request, account, id, &expires_at, err))
        return false;
    atomic_fetch_add(&request->service->metrics.logins, 1);
    response_header(response, "Set-Cookie", login_cookie(request->service, id, cookie));
    return answer_user(request, id, expires_at, response, err);
}

bool route_session_open(struct request *request, struct response *response, struct error *err)
{
    json_t *body = NULL;
    const char *name = NULL;
    const char *password = NULL;
    struct account account;
    if (!request_json(request, &body, err))
        return false;
    bool checked = read_login(request, body, &name, &password, err) &&
                   login_check(request, response, name, password, &account, err);
    bool refused = !checked && response->problem == PROBLEM_NO_SESSION;
    if (refused) {
        struct error ignored = {.kind = ERROR_NONE};
        atomic_fetch_add(&request->service->metrics.logins_refused, 1);
        if (!record_alone(request, "session.refuse", name, request->address, &ignored))
            *err = ignored;
    }
    json_decref(body);
    return checked && open_session(request, response, &account, err);
}

bool route_session_close(struct request *request, struct response *response, struct error *err)
{
    char *cookie = arena_alloc(request->arena, LOGIN_COOKIE_SIZE);
    if (!cookie)
        return arena_error(request->arena, err);
    if (!db_begin(request->db, err) || !end_former(request, err) ||
        !record_event(request, "session.close", request->user.name, "", err) ||
        !change_note(request->db, "account", err) || !db_commit(request->db, err))
        return false;
    response->status = 204;
    response_header(response, "Set-Cookie", login_cookie(request->service, NULL, cookie));
    return true;
}

bool route_session_me(struct request *request, struct response *response, struct error *err)
{
    return answer_user(request, request->session, request->session_expires_at, response, err);
}
