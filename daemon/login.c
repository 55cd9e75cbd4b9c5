/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/login.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "daemon/clock.h"
#include "daemon/service.h"

_Static_assert((int)SECRET_TOKEN_BYTES == (int)DIGEST_SIZE, "the token is one digest");

const char *login_cookie_name(const struct service *service)
{
    return service->secure ? "__Host-heng_session" : "heng_session";
}

const char *login_cookie(const struct service *service, const unsigned char *id, char *out)
{
    char hex[SECRET_TOKEN_HEX_SIZE] = "";
    if (id)
        text_hex(id, SECRET_TOKEN_BYTES, hex);
    snprintf(out, LOGIN_COOKIE_SIZE, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s",
             login_cookie_name(service), hex, service->secure ? "; Secure" : "",
             id ? "" : "; Max-Age=0");
    return out;
}

void login_session_hash(const unsigned char id[SECRET_TOKEN_BYTES], unsigned char out[DIGEST_SIZE])
{
    digest_of(DIGEST_SHA256, id, SECRET_TOKEN_BYTES, out);
}

void login_token(const unsigned char id[SECRET_TOKEN_BYTES], char out[SECRET_TOKEN_HEX_SIZE])
{
    static const char prefix[] = "heng-token\n";
    unsigned char message[sizeof prefix - 1 + SECRET_TOKEN_BYTES];
    unsigned char token[DIGEST_SIZE];
    memcpy(message, prefix, sizeof prefix - 1);
    memcpy(message + sizeof prefix - 1, id, SECRET_TOKEN_BYTES);
    digest_of(DIGEST_SHA256, message, sizeof message, token);
    text_hex(token, sizeof token, out);
}

static bool count_try(struct request *request, struct response *response, const char *name,
                      struct error *err)
{
    struct service *service = request->service;
    int64_t now_ms = clock_monotonic_ms();
    int64_t wait_ms = 0;
    pthread_mutex_lock(&service->throttle_lock);
    bool free_to_try = throttle_try(service->by_address, request->address, strlen(request->address),
                                    now_ms, &wait_ms) &&
                       throttle_try(service->by_account, name, strlen(name), now_ms, &wait_ms);
    pthread_mutex_unlock(&service->throttle_lock);
    if (free_to_try)
        return true;
    char seconds[24];
    snprintf(seconds, sizeof seconds, "%" PRId64, wait_ms / 1000 + 1);
    const char *value = arena_copy(request->arena, seconds, strlen(seconds));
    if (!value)
        return arena_error(request->arena, err);
    response_header(response, "Retry-After", value);
    return problem_set(response, err, PROBLEM_RATE, NULL, "try again in %s seconds", seconds);
}

/* Passwords take time and memory on purpose, so only a few are checked at once. */
static bool matches(struct request *request, const char *hash, const char *password, bool *out,
                    struct error *err)
{
    struct service *service = request->service;
    bool free_place = atomic_fetch_add(&service->logins, 1) < SERVICE_LOGINS_AT_ONCE;
    if (free_place)
        *out = secret_password_matches(hash, password, strlen(password));
    atomic_fetch_sub(&service->logins, 1);
    return free_place || error_set(err, ERROR_UNAVAILABLE, NULL,
                                   "%d logins are being checked already", SERVICE_LOGINS_AT_ONCE);
}

bool login_check(struct request *request, struct response *response, const char *name,
                 const char *password, struct account *out, struct error *err)
{
    bool found = false;
    bool match = false;
    if (!count_try(request, response, name, err) ||
        !account_fetch(request->db, name, out, &found, err) ||
        !matches(request, found ? out->password_hash : request->service->decoy_hash, password,
                 &match, err))
        return false;
    return (found && match && !out->disabled) ||
           problem_set(response, err, PROBLEM_NO_SESSION, NULL, "name or password is wrong");
}

bool login_user(const struct account *account, struct request_user *out, struct error *err)
{
    *out = (struct request_user){.account_id = account->account_id};
    snprintf(out->name, sizeof out->name, "%s", account->name);
    snprintf(out->scope.region_code, sizeof out->scope.region_code, "%s", account->region_code);
    snprintf(out->scope.department_id, sizeof out->scope.department_id, "%s",
             account->department_id);
    return role_find(text_of(account->role), &out->scope.role) ||
           error_set(err, ERROR_INTERNAL, account->name, "expected a known role, found %s",
                     account->role);
}
