/* review: the page on which a person corrects the list.
 *
 *     Desk desk = {.store = store, .who = "lan", .token = token, .hosts = hosts, .help = help};
 *     desk_answer(&desk, &request, &response);              (needs the database alone, no sockets)
 *     response_release(&response);
 *
 *     Server *server = server_start(&desk, "127.0.0.1", 0, &err);        (libmicrohttpd; 0: any free port)
 *     server_port(server);
 *     server_stop(server);
 *
 * Everything lies under /TOKEN/, and the token is random. A request without the token gets 403. So does one whose Host
 * is not ours (a name that someone else points to this machine), and one whose Origin is another page's. Bodies are forms
 * (application/x-www-form-urlencoded), answers are JSON. A change is answered after its commit.
 *
 *     GET  page.html page.css page.js       the page, from the binary
 *     GET  queue?n=&skip=                   what is left, what to expect, the next ids behind the first `skip`
 *     GET  row?id=                          one row: as read, as it stands, alternatives
 *     GET  page?doc=&page=                  a page: its rows, cells, or its lines when it is text
 *     GET  picture?doc=&page=&x=&y=&w=&h=&side=     PNG
 *     GET  complete?q=                      names that begin so, marks aside
 *     POST row split merge add undo redo    a change; 409 with the row as it stands when somebody was faster. Undo and
 *                                           redo are of what `who` did.
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

/* What the review needs from the stages and the models; cmd/review.c lends it. Only one thread at a time calls each
 * function, but `picture` may run beside the others. */
typedef struct ReviewHelp {
    void *context;
    /* Appends a PNG of a part of a page (an empty box: the whole page); neither side is over most_side pixels. */
    bool (*picture)(void *context, int64_t doc, int page, Rect box, int most_side, Buf *png, Err *err);
    /* Writes names that begin so, lent until the next call. Returns how many, at most cap. */
    int (*complete)(void *context, const char *typed, const char **names, int cap);
    /* Writes what else the name may be, the best first, in the arena. Returns how many, at most cap. */
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

/* Fills the response, which the caller releases. It never fails: what is wrong becomes a status and a sentence. */
void desk_answer(Desk *desk, const Request *request, Response *response);
void response_release(Response *response);
/* Whether a picture is asked for, which needs no lock on the store. */
bool desk_is_picture(const Request *request);

/* The headers that every answer carries, name and value in turn, ended by NULL. */
extern const char *const review_headers[];

/* ---- the server ---- */

typedef struct Server Server;
/* Starts to listen at the IP address `bind`. The desk, which checks hosts, must outlive the server. NULL on error:
 * DAU_CONFIG when `bind` is not an address, DAU_FILE_ACCESS when the port cannot be had. */
Server *server_start(Desk *desk, const char *bind, int port, Err *err);
int server_port(const Server *s);
void server_stop(Server *s); /* answers the requests in hand first; NULL is allowed */

#endif
