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

/* Is a digit glued to the word of a number, "Số73", "SỐ:453"? */
static bool number_glued(const char *skeleton, const Keyword *w)
{
    if (!str_starts(skeleton, w->letters)) return false;
    const char *rest = skeleton + w->len;
    return viet_is_digit(rest[strspn(rest, ":.;,-")]);
}

/* "Số:", "Số73", "SỐ:453" */
static bool says_number(const Body *b, int i, bool *glued)
{
    Arena a = {0};
    const char *s = viet_skeleton(&a, b->tok.v[i].text);
    KeywordList words = words_of_kind(b->doc->words, WORD_NUMBER);
    bool alone = false;
    *glued = false;
    for (int k = 0; k < words.n; k++) {
        *glued = *glued || number_glued(s, &words.v[k]);
        alone = alone || str_eq(b->text[i], words.v[k].letters) || str_eq(b->raw[i], words.v[k].letters);
    }
    arena_release(&a);
    return *glued || alone;
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

/* The kind that the symbol names: "KH" in 763/KH-PGDĐT has the initials of "kế hoạch". */
static void find_kind(Head *h)
{
    const Fact *number = head_known(h, FACT_NUMBER);
    if (head_known(h, FACT_KIND) || !number) return;
    const char *symbol = strrchr(number->value, '/');
    KeywordList codes = words_of_kind(h->b->doc->words, WORD_DOCUMENT_CODE);
    for (int i = 0; symbol && i < codes.n; i++) {
        size_t n = strlen(codes.v[i].text);
        if (!str_starts(symbol + 1, codes.v[i].text) || (symbol[1 + n] && symbol[1 + n] != '-')) continue;
        Fact f = *number;
        f.kind = FACT_KIND, f.value = arena_str(&h->found->arena, codes.v[i].meaning);
        *vec_push(&h->found->facts) = f;
        return;
    }
    if (symbol && head_known(h, FACT_TITLE)) { /* a letter has no code of its kind */
        Fact f = *number;
        f.kind = FACT_KIND, f.value = "công văn", f.prob *= TRUST_SENTENCE;
        *vec_push(&h->found->facts) = f;
    }
}

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

/* The one issuer's code that was meant, of the offices that plans come from; schools have one each; what was read where none is, or two are as near. */
static const char *issuer_meant(const Keywords *words, const char *code)
{
    KeywordList issuers = words_of_kind(words, WORD_ISSUER_CODE);
    const char *best = code;
    int best_d = MOST_MISREAD + 1, ties = 0;
    if (utf8_length(code) < LEAST_CODE) return code;
    for (int i = 0; i < issuers.n; i++) {
        int d = code_distance(code, issuers.v[i].text);
        if (strcmp(code, issuers.v[i].text) == 0) return code;
        if (d == best_d) ties++;
        if (d < best_d) best = issuers.v[i].text, best_d = d, ties = 0;
    }
    return best_d <= MOST_MISREAD && !ties ? best : code;
}

/* The code of a kind, or NULL. */
static const char *code_of(const Keywords *words, const char *kind)
{
    KeywordList codes = words_of_kind(words, WORD_DOCUMENT_CODE);
    for (int i = 0; i < codes.n; i++)
        if (strcmp(codes.v[i].meaning, kind) == 0) return codes.v[i].text;
    return NULL;
}

static bool is_code(const Keywords *words, const char *s)
{
    KeywordList codes = words_of_kind(words, WORD_DOCUMENT_CODE);
    for (int i = 0; i < codes.n; i++)
        if (strcmp(codes.v[i].text, s) == 0) return true;
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
    const Keywords *words = h->b->doc->words;
    const char *slash = strchr(f->value, '/'), *dash = slash ? strchr(slash, '-') : NULL;
    const Fact *kind = head_known(h, FACT_KIND);
    if (!dash || strchr(slash + 1, '/') || strchr(dash + 1, '-')) return;
    size_t count = (size_t)(slash - f->value);
    const char *code = arena_strn(a, slash + 1, (size_t)(dash - slash - 1)),
               *issuer = issuer_meant(words, dash + 1);
    const char *meant = kind ? code_of(words, kind->value) : NULL;
    bool other = meant && !is_code(words, code);
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
