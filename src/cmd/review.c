/* dau review: prints the address and serves the page until Ctrl-C. It lends the page what that needs from stages and
 * models: pictures of the scan, names that begin so ("nguyen tr": Nguyễn Trãi), and what else a name may be. */
#include "cmd/cmd.h"

#include "base/viet.h"
#include "cmd/reading.h"
#include "cmd/source.h"
#include "model/gazetteer.h"
#include "review/review.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    HELD_PAGES = 6,   /* rendered pages that are kept: the queue goes to and fro between them */
    TOKEN_BYTES = 16, /* 128 bits */
    MOST_NEAR = 200,  /* names looked at */
    SHOWN_NEAR = 6,   /* the others are kept for what the page itself may read */
    NEAR_LETTERS = 2  /* by which an alternative may differ from what is there */
};

static const Usage usage = {
    "review", "[-d plans.db] [--port N] [--bind ADDRESS] [--who NAME]",
    "A page on this machine to correct the list by: the doubtful rows first, each with its picture. The\n"
    "address that is printed holds a secret and works until the program ends (Ctrl-C). Each change is\n"
    "in the database before the page says so.\n\n"
    "  dau review -d plans.db"};

/* ---- pictures: rendered pages, the least recently used one makes room ---- */

typedef struct HeldPage {
    Source source;
    int page;
    long used;
} HeldPage;

typedef struct Helper {
    Store *store, *pictures; /* two connections: pictures are made by another thread */
    Gazetteer *gazetteer;
    SourceWorker *worker; /* renders them */
    HeldPage held[HELD_PAGES];
    long clock;
    Arena names; /* of the last completion */
} Helper;

static HeldPage *held_page(Helper *h, int64_t doc, int page)
{
    HeldPage *oldest = &h->held[0];
    for (int i = 0; i < HELD_PAGES; i++) {
        HeldPage *p = &h->held[i];
        if (p->source.doc == doc && p->page == page) return p;
        if (p->used < oldest->used) oldest = p;
    }
    source_close(&oldest->source);
    oldest->page = page;
    return oldest;
}

static bool picture(void *context, int64_t doc, int number, Rect box, int most_side, Buf *png, Err *err)
{
    Helper *h = context;
    Page page;
    Arena a = {0};
    page_init(&page, number);
    if (store_load_page(h->pictures, doc, number, &page, err)) {
        const char *file = store_lookup_path(h->pictures, doc, 0, &a, err);
        if (page.unit == UNIT_CHARACTER) err_set(err, DAU_FILE_ACCESS, "a page of text has no picture");
        HeldPage *held = held_page(h, doc, number);
        held->used = ++h->clock;
        const Raster *scan = source_open(&held->source, h->pictures, doc, file ? file : "", err)
                                 ? source_page(&held->source, &page, err)
                                 : NULL;
        if (scan) load_png(scan, rect_clip(box, page.width, page.height), most_side, png, err);
    }
    page_release(&page);
    arena_release(&a);
    return !err_is(err);
}

/* ---- names ---- */

static bool add_name(const char **names, int *n, int cap, const char *name)
{
    for (int i = 0; i < *n; i++)
        if (str_eq(names[i], name)) return false;
    if (*n == cap || !name || !*name) return false;
    names[(*n)++] = name;
    return true;
}

/* Names of this list first, then those of the lists that dau came with. */
static int complete(void *context, const char *typed, const char **names, int cap)
{
    Helper *h = context;
    const char *known[REVIEW_MOST_NAMES];
    Ids here = {0};
    Err err = {0};
    int n = 0;
    arena_release(&h->names);
    const char *key = viet_key(&h->names, typed);
    if (*key) review_names(h->store, &h->names, key, cap, &here, &err);
    for (size_t i = 0; i < here.n; i++) add_name(names, &n, cap, here.v[i]);
    vec_release(&here);
    int more = h->gazetteer ? gazetteer_complete(h->gazetteer, typed, known, REVIEW_MOST_NAMES) : 0;
    for (int i = 0; i < more; i++) add_name(names, &n, cap, known[i]);
    return n;
}

/* The name with one of its words read otherwise. */
static const char *with_word(Arena *a, const char *name, const char *word, const char *other)
{
    size_t n = strlen(word);
    for (const char *p = name; (p = strstr(p, word)) != NULL; p++) {
        bool begins = p == name || p[-1] == ' ', ends = !p[n] || p[n] == ' ';
        if (n && begins && ends)
            return viet_trim(a, arena_printf(a, "%.*s%s%s", (int)(p - name), name, other, p + n));
    }
    return NULL;
}

static void other_words(Helper *h, const Review *r, const School *s, Arena *a, const char **names, int *n,
                        int cap)
{
    Page page;
    Err err = {0};
    page_init(&page, 0);
    int end = s->place.first_word + s->place.words;
    if (s->place.page && store_load_page(h->store, r->doc, s->place.page, &page, &err))
        for (int i = s->place.first_word; i < end && i < (int)page.words.n; i++) {
            const Word *w = &page.words.v[i];
            for (int k = 0; w->text && k < w->alts && k < 4; k++)
                if (!str_eq(w->alt[k].text, w->text))
                    add_name(names, n, cap, with_word(a, s->name, w->text, w->alt[k].text));
        }
    page_release(&page);
}

/* Names of the lists that are near to it; the number at its end stays ("An Mỹ I": "Ân Mỹ I"). */
static void other_names(Helper *h, const School *s, Arena *a, const char **names, int *n, int cap)
{
    Spelling near[MOST_NEAR];
    const char *districts[] = {s->district ? s->district : ""};
    size_t stem = school_stem(s->name);
    if (!h->gazetteer) return;
    int k = gazetteer_near(h->gazetteer, arena_strn(a, s->name, stem), NEAR_LETTERS, districts,
                           s->district ? 1 : 0, near, MOST_NEAR);
    for (int i = 0; i < k && i < SHOWN_NEAR; i++)
        add_name(names, n, cap, arena_printf(a, "%s%s", near[i].name, s->name + stem));
}

static int alternatives(void *context, const Review *r, Field field, Arena *a, const char **names, int cap)
{
    Helper *h = context;
    const Pairing *p = &r->row.pairing;
    const School *s = field == FIELD_SCHOOL ? &p->school : &p->partner;
    const School *found = field == FIELD_SCHOOL ? &r->found.school : &r->found.partner;
    const char *all[REVIEW_MOST_NAMES + 1];
    int n = 0, kept = 0;
    add_name(all, &n, cap + 1, s->name); /* not as an alternative to itself */
    if (!str_eq(s->name, found->name)) add_name(all, &n, cap + 1, found->name);
    if (s->name && *s->name) other_names(h, s, a, all, &n, cap + 1);
    if (s->name && *s->name) other_words(h, r, s, a, all, &n, cap + 1);
    for (int i = 0; i < n; i++)
        if (!str_eq(all[i], s->name) && kept < cap) names[kept++] = arena_str(a, all[i]);
    return kept;
}

/* ---- the server's life ---- */

static bool make_token(char token[2 * TOKEN_BYTES + 1], Err *err)
{
    unsigned char bytes[TOKEN_BYTES];
    FILE *f = fopen("/dev/urandom", "rb");
    bool ok = f && fread(bytes, 1, sizeof bytes, f) == sizeof bytes;
    if (f) fclose(f);
    if (!ok) return err_set(err, DAU_FILE_ACCESS, "cannot read '/dev/urandom': %s", err_system(errno));
    for (size_t i = 0; i < sizeof bytes; i++) snprintf(token + 2 * i, 3, "%02x", bytes[i]);
    return true;
}

/* Both are blocked in all threads and waited for here. */
static void wait_for_signal(void)
{
    sigset_t set;
    int got;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigwait(&set, &got);
}

static void block_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static void serve(Helper *h, const char *bind_to, int port, const char *who, Err *err)
{
    char token[2 * TOKEN_BYTES + 1], named[80], local[40] = "";
    const char *hosts[] = {named, local, NULL};
    Desk desk = {h->store, who, token, hosts, {h, picture, complete, alternatives}};
    bool six = strchr(bind_to, ':') != NULL;
    if (!make_token(token, err)) return;
    block_signals();
    Server *server = server_start(&desk, bind_to, port, err);
    if (!server) return;
    snprintf(named, sizeof named, six ? "[%s]:%d" : "%s:%d", bind_to, server_port(server));
    if (str_eq(bind_to, "127.0.0.1")) snprintf(local, sizeof local, "localhost:%d", server_port(server));
    printf("http://%s/%s/\n", named, token);
    fflush(stdout);
    say("open this address in a browser; Ctrl-C ends the review");
    wait_for_signal();
    server_stop(server);
}

static bool open_helper(Helper *h, const char *database, const Passwords *passwords, Err *err)
{
    Err ignored = {0};
    h->store = store_open(database, STORE_CHANGE, err);
    h->pictures = h->store ? store_open(database, STORE_READ, err) : NULL;
    h->gazetteer = gazetteer_open(&ignored); /* without it there are fewer suggestions */
    h->worker = source_worker_new(passwords->all.v);
    for (int i = 0; i < HELD_PAGES; i++) h->held[i].source.lent = h->worker;
    return h->pictures != NULL;
}

static void close_helper(Helper *h)
{
    for (int i = 0; i < HELD_PAGES; i++) source_close(&h->held[i].source);
    source_worker_free(h->worker);
    gazetteer_close(h->gazetteer);
    store_close(h->pictures);
    store_close(h->store);
    arena_release(&h->names);
}

int cmd_review(int argc, char **argv)
{
    const char *database = "plans.db", *bind_to = "127.0.0.1", *who = NULL;
    int port = 0;
    Passwords passwords = {0};
    const Option options[] = {
        {'d', "database", OPT_STRING, &database, "FILE", "the database (plans.db)"},
        {'p', "port", OPT_INT, &port, "N", "the port (any that is free)"},
        {0, "bind", OPT_STRING, &bind_to, "ADDRESS", "listen there; others can reach all but 127.0.0.1"},
        PASSWORD_OPTION(passwords),
        {0, "who", OPT_STRING, &who, "NAME", "who corrects ($DAU_WHO, else $USER)"},
        {0}};
    Err err = {0};
    Helper h = {0};
    int first = options_parse(argc, argv, &usage, options);
    if (first < 0) return -first - 1;
    if (first < argc)
        return usage_error(&usage, "unexpected argument '%s'; pass the database with -d", argv[first]);
    if (port < 0 || port > 65535) return usage_error(&usage, "a port is 1 to 65535");
    if (passwords_read(&passwords, &err) && open_helper(&h, database, &passwords, &err))
        serve(&h, bind_to, port, cmd_who(who), &err);
    close_helper(&h);
    passwords_release(&passwords);
    return complain(&err);
}
