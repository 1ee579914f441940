/* review: the page on which a person corrects the list.
 *
 *     Desk desk = {.store = store, .who = "lan", .token = token, .hosts = hosts, .help = help};
 *     desk_answer(&desk, &request, &response);              a pure function of the database: no sockets
 *     response_release(&response);
 *
 *     Server *server = server_start(&desk, "127.0.0.1", 0, &err);        libmicrohttpd; 0: any free port
 *     server_port(server);
 *     server_stop(server);
 *
 * Everything lies under /TOKEN/, and the token is random: who does not know the printed address gets 403, as
 * does a request whose Host is not ours (a name that someone else points to this machine) or whose Origin is
 * another page's. Bodies are forms (application/x-www-form-urlencoded), answers are JSON. An answer to a
 * change is given after its commit.
 *
 *     GET  page.html page.css page.js       the page, from the binary
 *     GET  queue?n=                         what is left, what to expect, the next ids
 *     GET  row?id=                          one row: as read, as it stands, alternatives
 *     GET  page?doc=&page=                  a page: its rows, cells, or its lines when it is text
 *     GET  picture?doc=&page=&x=&y=&w=&h=&side=     PNG
 *     GET  complete?q=                      names that begin so, without marks
 *     POST row split merge add undo redo    a change; 409 with the row as it is when somebody was faster
 */
#ifndef DAU_REVIEW_REVIEW_H
#define DAU_REVIEW_REVIEW_H

#include "base/str.h"
#include "store/correct.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    REVIEW_MOST_BODY = 64 * 1024, /* bytes of a form: six names of 300 letters, escaped, are 17 K */
    REVIEW_MOST_URL = 4096,
    REVIEW_MOST_NAMES = 9, /* alternatives: the keys 1 to 9 */
};

/* What the review needs from the stages and the models; `cmd` lends it. Each is called by one thread at a
 * time, but picture by another than the rest. */
typedef struct ReviewHelp {
    void *context;
    /* PNG of a part of a page (an empty box: all), neither side over most_side. */
    bool (*picture)(void *context, int64_t doc, int page, Rect box, int most_side, Buf *png, Err *err);
    /* Names that begin so; lent until the next call. Returns how many. */
    int (*complete)(void *context, const char *typed, const char **names, int cap);
    /* What else the name may be, the best first; in a. */
    int (*alternatives)(void *context, const Review *row, Field field, Arena *a, const char **names, int cap);
} ReviewHelp;

typedef struct Desk {
    Store *store;
    const char *who;
    const char *token;
    const char *const *hosts; /* "127.0.0.1:8080", ... ended by NULL: what Host may be */
    ReviewHelp help;
} Desk;

typedef struct Request {
    const char *method;               /* "GET" */
    const char *path;                 /* as it came, without the query: "/TOKEN/row" */
    const char *query;                /* what follows '?', or "" */
    const char *host, *origin, *type; /* headers; NULL: not there */
    const char *language;             /* Accept-Language, or NULL: what is said to a person is said in it */
    const char *body;
    size_t len;
} Request;

typedef struct Response {
    int status;
    const char *type; /* of the body */
    bool keep;        /* the browser may keep it: pictures */
    Buf body;
} Response;

/* Never fails: what is wrong becomes a status and a sentence. */
void desk_answer(Desk *desk, const Request *request, Response *response);
void response_release(Response *response);
/* A picture is asked for, which needs no lock on the store. */
bool desk_is_picture(const Request *request);

/* The headers that every answer carries, name and value in turn, ended by NULL. */
extern const char *const review_headers[];

/* ---- the server ---- */

typedef struct Server Server;
/* `bind`: an IP address. The desk must outlive it; its hosts are checked by the desk. NULL on error. */
Server *server_start(Desk *desk, const char *bind, int port, Err *err);
int server_port(const Server *s);
void server_stop(Server *s); /* answers what is in hand; NULL is fine */

#endif
