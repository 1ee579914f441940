/* libmicrohttpd gives each connection a thread. The body of a request is gathered up to REVIEW_MOST_BODY; a larger one is
 * not read. Then the desk answers under a lock, so that the database has one user at a time. Pictures have a lock of
 * their own: rendering a page takes a second, and the row "Nguyễn Du - Phú Lãm" must not wait for it. There are few
 * connections, and idle or slow ones are closed. */
#include "review/review.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    MOST_CONNECTIONS = 96,  /* a browser opens six */
    MOST_OF_ADDRESS = 24,   /* so that one address cannot shut the others out */
    TIMEOUT_S = 20,         /* of silence */
    MOST_MEMORY = 32 * 1024 /* of a connection: request line and headers */
};

struct Server {
    Desk *desk;
    struct MHD_Daemon *daemon;
    pthread_mutex_t desk_lock, picture_lock;
    int port;
};

/* A request's body as it comes in. */
typedef struct Incoming {
    Buf body;
    bool too_large;
} Incoming;

static enum MHD_Result send_response(struct MHD_Connection *c, Response *r)
{
    struct MHD_Response *out = MHD_create_response_from_buffer(
        r->body.len, (void *)(r->body.s ? r->body.s : ""), MHD_RESPMEM_MUST_COPY);
    if (!out) return MHD_NO;
    for (int i = 0; review_headers[i]; i += 2)
        MHD_add_response_header(out, review_headers[i], review_headers[i + 1]);
    if (r->type) MHD_add_response_header(out, MHD_HTTP_HEADER_CONTENT_TYPE, r->type);
    MHD_add_response_header(out, MHD_HTTP_HEADER_CACHE_CONTROL,
                            r->keep ? "private, max-age=3600" : "no-store");
    enum MHD_Result ok = MHD_queue_response(c, (unsigned)r->status, out);
    MHD_destroy_response(out);
    return ok;
}

static void add_escaped(Buf *b, const char *s)
{
    for (; *s; s++) {
        if (strchr("%&=+#", *s) || (unsigned char)*s <= ' ')
            buf_addf(b, "%%%02X", (unsigned char)*s);
        else
            buf_addc(b, *s);
    }
}

/* The library has unescaped the query; a value with a NUL in it ends there, as it should. */
static enum MHD_Result add_argument(void *query, enum MHD_ValueKind kind, const char *name, const char *value)
{
    Buf *b = query;
    (void)kind;
    if (b->len) buf_addc(b, '&');
    add_escaped(b, name);
    buf_addc(b, '=');
    add_escaped(b, value ? value : "");
    return MHD_YES;
}

static const char *header(struct MHD_Connection *c, const char *name)
{
    return MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
}

static enum MHD_Result count_host(void *hosts, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind, (void)value;
    if (strcasecmp(name, MHD_HTTP_HEADER_HOST) == 0) ++*(int *)hosts;
    return MHD_YES;
}

/* The host that is asked for; NULL where there is none, or two: one of them may be what a proxy believed. */
static const char *only_host(struct MHD_Connection *c)
{
    int hosts = 0;
    MHD_get_connection_values(c, MHD_HEADER_KIND, count_host, &hosts);
    return hosts == 1 ? header(c, MHD_HTTP_HEADER_HOST) : NULL;
}

static enum MHD_Result answer(Server *s, struct MHD_Connection *c, const char *url, const char *method,
                              Incoming *in)
{
    Buf query = {0};
    Response response;
    MHD_get_connection_values(c, MHD_GET_ARGUMENT_KIND, add_argument, &query);
    const Request request = {.method = method,
                             .path = url,
                             .query = buf_str(&query),
                             .host = only_host(c),
                             .origin = header(c, MHD_HTTP_HEADER_ORIGIN),
                             .type = header(c, MHD_HTTP_HEADER_CONTENT_TYPE),
                             .language = header(c, MHD_HTTP_HEADER_ACCEPT_LANGUAGE),
                             .body = buf_str(&in->body),
                             .len = in->too_large ? REVIEW_MOST_BODY + 1 : in->body.len};
    pthread_mutex_t *lock = desk_is_picture(&request) ? &s->picture_lock : &s->desk_lock;
    pthread_mutex_lock(lock);
    desk_answer(s->desk, &request, &response);
    pthread_mutex_unlock(lock);
    enum MHD_Result ok = send_response(c, &response);
    response_release(&response);
    buf_release(&query);
    return ok;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *c, const char *url,
                                  const char *method, const char *version, const char *data, size_t *n,
                                  void **state)
{
    Incoming *in = *state;
    (void)version;
    if (!in) {
        *state = in = xalloc(sizeof *in);
        const char *length = header(c, MHD_HTTP_HEADER_CONTENT_LENGTH);
        in->too_large = length && strtoull(length, NULL, 10) > REVIEW_MOST_BODY;
        return in->too_large ? answer(context, c, url, method, in) : MHD_YES; /* the body is not read */
    }
    if (*n) {
        if (in->body.len + *n > REVIEW_MOST_BODY) in->too_large = true;
        if (in->too_large) return MHD_NO; /* closed: nobody of ours sends so much */
        buf_addn(&in->body, data, *n);
        *n = 0;
        return MHD_YES;
    }
    return answer(context, c, url, method, in);
}

static void on_end(void *context, struct MHD_Connection *c, void **state,
                   enum MHD_RequestTerminationCode code)
{
    Incoming *in = *state;
    (void)context, (void)c, (void)code;
    if (!in) return;
    buf_release(&in->body);
    free(in);
    *state = NULL;
}

/* The library has something to say about a broken connection: not to the user. */
static void be_silent(void *context, const char *fmt, va_list ap)
{
    (void)context, (void)fmt, (void)ap;
}

Server *server_start(Desk *desk, const char *bind_to, int port, Err *err)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
    bool six = inet_pton(AF_INET6, bind_to, &v6.sin6_addr) == 1;
    if (!six && inet_pton(AF_INET, bind_to, &v4.sin_addr) != 1)
        return err_set(err, DAU_CONFIG, "'%s' is no address; 127.0.0.1 is this machine alone", bind_to), NULL;
    Server *s = xalloc(sizeof *s);
    s->desk = desk;
    pthread_mutex_init(&s->desk_lock, NULL);
    pthread_mutex_init(&s->picture_lock, NULL);
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL |
                     MHD_USE_ERROR_LOG | (six ? MHD_USE_IPv6 : 0u);
    s->daemon = MHD_start_daemon(
        flags, (uint16_t)port, NULL, NULL, on_request, s, MHD_OPTION_EXTERNAL_LOGGER, be_silent, NULL,
        MHD_OPTION_SOCK_ADDR, six ? (void *)&v6 : (void *)&v4, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)MOST_CONNECTIONS, MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)MOST_OF_ADDRESS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)TIMEOUT_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)MOST_MEMORY, MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_LISTENING_ADDRESS_REUSE,
        1u, MHD_OPTION_END);
    if (!s->daemon) {
        err_set(err, DAU_FILE_ACCESS, "cannot listen on %s port %d: %s; another port goes with --port",
                bind_to, port, err_system(errno));
        server_stop(s);
        return NULL;
    }
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
    s->port = info ? info->port : port;
    return s;
}

int server_port(const Server *s)
{
    return s->port;
}

void server_stop(Server *s)
{
    if (!s) return;
    if (s->daemon) MHD_stop_daemon(s->daemon);
    pthread_mutex_destroy(&s->desk_lock);
    pthread_mutex_destroy(&s->picture_lock);
    free(s);
}
