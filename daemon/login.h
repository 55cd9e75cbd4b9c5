/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The session of a browser. The cookie holds 32 random bytes in hexadecimal; the database knows
 * their SHA-256 only. The token that every change must carry is SHA-256("heng-token\n" + the
 * bytes): who has it cannot make the cookie from it, and nothing more needs to be stored.
 */
#ifndef HENG_DAEMON_LOGIN_H
#define HENG_DAEMON_LOGIN_H

#include "daemon/http.h"
#include "daemon/secret.h"
#include "models/core/digest.h"

enum { LOGIN_COOKIE_SIZE = 256 };

/* "__Host-heng_session" where browsers come by TLS, else "heng_session". */
const char *login_cookie_name(const struct service *service);

/* The value of Set-Cookie; id NULL takes the cookie back. Returns out (LOGIN_COOKIE_SIZE). */
const char *login_cookie(const struct service *service, const unsigned char *id, char *out);

void login_session_hash(const unsigned char id[SECRET_TOKEN_BYTES], unsigned char out[DIGEST_SIZE]);
void login_token(const unsigned char id[SECRET_TOKEN_BYTES], char out[SECRET_TOKEN_HEX_SIZE]);

/* Internal error: the account's role is unknown to this program. */
ERROR_CHECKED bool login_user(const struct account *account, struct request_user *out,
                              struct error *err);

/* Counts a try and checks name and password; takes as long for a name that does not exist. Refuses
 * through the response (429, 401, 503). */
ERROR_CHECKED bool login_check(struct request *request, struct response *response, const char *name,
                               const char *password, struct account *out, struct error *err);

#endif
