/* A document's number and symbol, "763/KH-PGDĐT": digits, the code of its kind, the code of who issued it
 * (Nghị định 30/2020/NĐ-CP, annex III).
 *
 * Under a stamp it is read in part: "1/Z&H-PGDDT". The kind, "kế hoạch", says that the code is KH; so near
 * the digits something else was read, and they are not to be trusted: "/KH-PGDĐT" is what is known. Of
 * "1204/KH-PCDBT" only the issuer's code was misread, which is one of few. */
#include "extract/head/head.h"

#include "base/str.h"
#include "base/viet.h"

#include <string.h>

void head_add_number(Head *h, int first, int end, const char *value, float trust)
{
    bool part = value[0] == '/';
    if (!head_known(h, FACT_NUMBER))
        head_add(h, FACT_NUMBER, 0, value, first, end, part ? trust * TRUST_PART : trust);
}

/* "Số:", "Số73", "SỐ:453" */
static bool says_number(const Body *b, int i, bool *glued)
{
    Arena a = {0};
    const char *s = viet_skeleton(&a, b->tok.v[i].text);
    *glued = str_starts(s, "so") && viet_is_digit(s[2 + strspn(s + 2, ":.;,-")]);
    arena_release(&a);
    return *glued || str_eq(b->text[i], "so") || str_eq(b->raw[i], "so");
}

void document_number(Head *h)
{
    const Body *b = h->b;
    for (int i = 0; i < h->end && !head_known(h, FACT_NUMBER); i++) {
        const char *value;
        bool glued;
        if (h->struck[i] || b->tok.v[i].mark || !says_number(b, i, &glued)) continue;
        int line_end = body_line_end(b, i);
        for (int k = i + !glued; k < line_end && k < i + 5; k++) {
            int end = body_number(b, k, line_end, &value);
            if (!end) continue;
            head_add_number(h, k, end, value, TRUST_FORM);
            head_strike(h, i, end);
            break;
        }
    }
}

/* ---- what kind and number say of each other ---- */

static const struct {
    const char *code, *kind;
} codes[] = {{"KH", "kế hoạch"},  {"QĐ", "quyết định"}, {"TB", "thông báo"},     {"BC", "báo cáo"},
             {"HD", "hướng dẫn"}, {"TTr", "tờ trình"},  {"CTr", "chương trình"}, {"BB", "biên bản"},
             {"CV", "công văn"},  {"CT", "chỉ thị"},    {"NQ", "nghị quyết"}};

/* The kind that the symbol names: "KH" in 763/KH-PGDĐT has the initials of "kế hoạch". */
static void find_kind(Head *h)
{
    const Fact *number = head_known(h, FACT_NUMBER);
    if (head_known(h, FACT_KIND) || !number) return;
    const char *symbol = strrchr(number->value, '/');
    for (size_t i = 0; symbol && i < sizeof codes / sizeof *codes; i++) {
        size_t n = strlen(codes[i].code);
        if (strncmp(symbol + 1, codes[i].code, n) != 0 || (symbol[1 + n] && symbol[1 + n] != '-')) continue;
        Fact f = *number;
        f.kind = FACT_KIND, f.value = codes[i].kind;
        *vec_push(&h->found->facts) = f;
        return;
    }
    if (symbol && head_known(h, FACT_TITLE)) { /* a letter has no code of its kind */
        Fact f = *number;
        f.kind = FACT_KIND, f.value = "công văn", f.prob *= TRUST_SENTENCE;
        *vec_push(&h->found->facts) = f;
    }
}

/* Codes of offices that plans come from; schools have one each. */
static const char *const issuers[] = {"PGDĐT", "SGDĐT", "BGDĐT", "PGD&ĐT", "SGD&ĐT", "UBND", "HĐND", "GDĐT"};
enum {
    LEAST_CODE = 5,
    MOST_MISREAD = 2
}; /* letters; of them misread: PGDĐT has neighbours two letters away, no nearer */

/* Misread letters between two codes, without marks. */
static int code_distance(const char *x, const char *y)
{
    Arena a = {0};
    const char *p = viet_skeleton(&a, x), *q = viet_skeleton(&a, y);
    int d = edit_distance(p, (int)strlen(p), q, (int)strlen(q), MOST_MISREAD);
    arena_release(&a);
    return d;
}

/* The one issuer's code that was meant; what was read where none is, or two are as near. */
static const char *issuer_meant(const char *code)
{
    const char *best = code;
    int best_d = MOST_MISREAD + 1, ties = 0;
    if (utf8_length(code) < LEAST_CODE) return code;
    for (size_t i = 0; i < sizeof issuers / sizeof *issuers; i++) {
        int d = code_distance(code, issuers[i]);
        if (strcmp(code, issuers[i]) == 0) return code;
        if (d == best_d) ties++;
        if (d < best_d) best = issuers[i], best_d = d, ties = 0;
    }
    return best_d <= MOST_MISREAD && !ties ? best : code;
}

/* The code of a kind, or NULL. */
static const char *code_of(const char *kind)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(codes[i].kind, kind) == 0) return codes[i].code;
    return NULL;
}

static bool is_code(const char *s)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(codes[i].code, s) == 0) return true;
    return false;
}

/* Digits, and a letter for a second of that number: "12a". */
static bool is_count(const char *s, size_t n)
{
    size_t digits = strspn(s, "0123456789");
    return digits > 0 && digits <= 5 && (digits == n || (digits + 1 == n && strchr("abcABC", s[digits])));
}

/* "1/Z&H-PGDDT" of a "kế hoạch": "/KH-PGDĐT". Only numbers of that form, one slash and one dash after it. */
static void mend_number(Head *h, Fact *f)
{
    Arena *a = &h->found->arena;
    const char *slash = strchr(f->value, '/'), *dash = slash ? strchr(slash, '-') : NULL;
    const Fact *kind = head_known(h, FACT_KIND);
    if (!dash || strchr(slash + 1, '/') || strchr(dash + 1, '-')) return;
    size_t count = (size_t)(slash - f->value);
    const char *code = arena_strn(a, slash + 1, (size_t)(dash - slash - 1)), *issuer = issuer_meant(dash + 1);
    const char *meant = kind ? code_of(kind->value) : NULL;
    bool other = meant && !is_code(code);
    bool lost = count && (other || !is_count(f->value, count));
    if (!other && !lost && issuer == dash + 1) return;
    f->value = arena_printf(a, "%.*s/%s-%s", lost ? 0 : (int)count, f->value, other ? meant : code, issuer);
    if (lost) f->prob *= TRUST_PART;
}

void document_number_end(Head *h)
{
    find_kind(h);
    for (size_t i = 0; i < h->found->facts.n; i++)
        if (h->found->facts.v[i].kind == FACT_NUMBER) mend_number(h, &h->found->facts.v[i]);
}
