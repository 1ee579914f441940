/* The index has a row for each block of text and for each cell. Its rowid tells which: page << 20, plus 1 << 19 for a cell,
 * plus n. The row found is looked through once more, word by word, for the place:
 *
 *     key       "truong tieu hoc nguyen trai quan ha dong"
 *     words     Trường  Tiểu  học  Nguyễn  Trãi  quận  Hà  Đông
 *     asked     "nguyen tra"            ^^^^^^^^^^^^^  box of these two, three or so words on either side
 */
#include "store/search.h"

#include "base/viet.h"
#include "store/sql.h"

#include <string.h>

enum { PAGE_SHIFT = 20, CELL_BIT = 1 << 19, AROUND = 6 /* words shown on either side */ };

/* Words of a group, in their order, as the index and its keeper need them; bound as :page. */
#define GROUP_WORDS(table, where)                                                                           \
    "SELECT g.n, coalesce(w.text, w.raw) AS t, w.x, w.y, w.w, w.h FROM " table                              \
    " g JOIN lines l ON l.page = g.page"                                                                    \
    " AND l.n >= g.first_line AND l.n < g.first_line + g.lines JOIN words w ON w.page = g.page"             \
    " AND w.n >= l.first_word AND w.n < l.first_word + l.words WHERE g.page = :page AND g.lines > 0 " where \
    " ORDER BY g.n, w.n"
#define ADD_GROUPS(table, bit, where)                             \
    "INSERT INTO search (rowid, key) SELECT (:page << 20) + " bit \
    " + n, fold(group_concat(t, ' ')) FROM (" GROUP_WORDS(table, where) ") GROUP BY n"

bool sql_index_page(Store *s, int64_t page, Err *err)
{
    return sql_do(s, err, "DELETE FROM search WHERE rowid BETWEEN :page << 20 AND (:page << 20) + 1048575",
                  SQL("page", page)) &&
           sql_do(s, err, ADD_GROUPS("blocks", "0", "AND g.kind = 'text'"), SQL("page", page)) &&
           sql_do(s, err, ADD_GROUPS("cells", "524288", ""), SQL("page", page));
}

/* ---- one group ---- */

typedef struct QueryWord {
    const char *key; /* one word of letters and digits */
    int word;
} QueryWord;

typedef struct SeenWord {
    const char *text;
    Rect box;
} SeenWord;

typedef VEC(QueryWord) Tokens;
typedef VEC(SeenWord) SeenWords;

static void add_tokens(Tokens *tokens, Arena *a, const char *text, int word)
{
    char *key = viet_key(a, text);
    for (char *p = key; *p;) {
        size_t n = strcspn(p, " ");
        bool more = p[n] != '\0';
        p[n] = '\0';
        if (n) *vec_push(tokens) = (QueryWord){p, word};
        p += n + more;
    }
}

static bool stands_at(const Tokens *tokens, size_t i, const Tokens *asked)
{
    if (i + asked->n > tokens->n) return false;
    for (size_t k = 0; k + 1 < asked->n; k++)
        if (strcmp(tokens->v[i + k].key, asked->v[k].key) != 0) return false;
    return str_starts(tokens->v[i + asked->n - 1].key, asked->v[asked->n - 1].key);
}

static const char *join(Arena *a, const SeenWords *words, int from, int to)
{
    Buf b = {0};
    for (int i = from < 0 ? 0 : from; i < to && i < (int)words->n; i++) {
        if (!*words->v[i].text) continue;
        if (b.len) buf_addc(&b, ' ');
        buf_add(&b, words->v[i].text);
    }
    const char *text = arena_str(a, buf_str(&b));
    buf_release(&b);
    return text;
}

static void add_hit(const SeenWords *words, int first, int last, const Hit *where, Arena *a, Hits *hits)
{
    Hit hit = *where;
    for (int i = first; i <= last; i++) hit.box = rect_union(hit.box, words->v[i].box);
    hit.before = join(a, words, first - AROUND, first);
    hit.found = join(a, words, first, last + 1);
    hit.after = join(a, words, last + 1, last + 1 + AROUND);
    *vec_push(hits) = hit;
}

static void search_group(Store *s, int64_t rowid, const Tokens *asked, const Hit *where, Arena *a, Hits *hits,
                         Err *err)
{
    Tokens tokens = {0};
    SeenWords words = {0};
    int64_t page = rowid >> PAGE_SHIFT;
    int n = (int)(rowid & (CELL_BIT - 1));
    Query *q = rowid & CELL_BIT
                   ? sql_bind(s, err, GROUP_WORDS("cells", "AND g.n = :n"), SQL("page", page), SQL("n", n))
                   : sql_bind(s, err, GROUP_WORDS("blocks", "AND g.n = :n"), SQL("page", page), SQL("n", n));
    while (sql_row(s, q, err)) {
        *vec_push(&words) = (SeenWord){.text = sql_text(q, "t", a), .box = sql_box(q, "")};
        add_tokens(&tokens, a, words.v[words.n - 1].text, (int)words.n - 1);
    }
    for (size_t i = 0; i < tokens.n; i++)
        if (stands_at(&tokens, i, asked))
            add_hit(&words, tokens.v[i].word, tokens.v[i + asked->n - 1].word, where, a, hits);
    vec_release(&words);
    vec_release(&tokens);
}

/* ---- */

typedef struct HitGroup {
    int64_t rowid;
    Hit where;
} HitGroup;

bool store_search(Store *s, const char *words, int most, Arena *a, Hits *hits, Err *err)
{
    Tokens asked = {0};
    VEC(HitGroup) groups = {0};
    const char *key = viet_key(a, words);
    add_tokens(&asked, a, words, 0);
    if (!asked.n) return err_set(err, DAU_USAGE, "'%s' has no letter or digit to search for", words);
    Query *q = sql_bind(s, err,
                        "SELECT x.rowid AS rowid, p.document, f.file, p.number FROM search x JOIN pages p"
                        " ON p.id = x.rowid >> 20 JOIN named f ON f.document = p.document"
                        " WHERE search MATCH :key ORDER BY f.file, p.number, x.rowid LIMIT :most",
                        SQL("key", arena_printf(a, "\"%s\" *", key)), SQL("most", most));
    while (sql_row(s, q, err))
        *vec_push(&groups) = (HitGroup){.rowid = sql_int64(q, "rowid"),
                                        .where = {.doc = sql_int64(q, "document"),
                                                  .file = sql_text(q, "file", a),
                                                  .page = sql_int(q, "number")}};
    for (size_t i = 0; i < groups.n && (int)hits->n < most && !err_is(err); i++)
        search_group(s, groups.v[i].rowid, &asked, &groups.v[i].where, a, hits, err);
    if ((int)hits->n > most) hits->n = (size_t)most;
    vec_release(&groups);
    vec_release(&asked);
    return !err_is(err);
}
