/* A document's number and symbol, "763/KH-PGDĐT": a count, the code of its kind, the code of who issued it (Nghị định
 * 30/2020/NĐ-CP, annex III). A letter has no code of its kind: "342/PGDĐT-TH" is count, office and unit.
 *
 * The symbol is printed and is looked for first: capitals behind a slash, on a line that begins with "Số". The count
 * before it is often written by hand. Where it was not read, or is more likely wrong than right, it is left open:
 * "/KH-PGDĐT" is what is known.
 *
 * Under a stamp "1/Z&H-PGDDT" is read. The kind, "kế hoạch", says that the code is KH; so near the digits something else
 * was read, and they are left open too. Of "1204/KH-PCDBT" only the issuer's code was misread, which is one of few, and
 * of "12/QĐ-SYVT" as well: the issuer above is a "Sở Y tế". What was typed stays as it stands. */
#include "extract/head/head.h"

#include "base/str.h"
#include "base/viet.h"

#include <string.h>

void head_add_number(Head *h, int first, int end, const char *value, float trust)
{
    bool part = value[0] == '/';
    if (head_known(h, FACT_NUMBER)) return;
    h->number_typed = h->b->tok.v[end - 1].typed;
    head_add(h, FACT_NUMBER, 0, value, first, end, part ? trust * TRUST_PART : trust);
}

/* ---- the line of the number ---- */

/* Where its parts stand. */
typedef struct NumberLine {
    int word;       /* token "Số:", which may have the count glued on */
    int slash, end; /* the symbol's tokens, and one past them */
    const char *symbol;
} NumberLine;

static bool is_dirt(const Body *b, int i)
{
    return b->tok.v[i].mark || b->text[i][0] == '\0';
}

/* How many bytes of token i are the word: of "Số:", "Số73" and, before a symbol, of "Sá:2442"; 0: it is another. */
static size_t word_of_number(const Body *b, int i, bool misread)
{
    enum { LETTERS = 3 };
    Arena a = {0};
    const char *text = b->tok.v[i].text;
    size_t before = 0, n = 0, letters = 0;
    KeywordList words = words_of_kind(b->doc->words, WORD_NUMBER);
    for (int32_t c; text[n];) {
        size_t bytes = utf8_decode(text + n, strlen(text + n), &c);
        if (viet_is_letter(c))
            letters++;
        else if (letters)
            break;
        else
            before = n + bytes;
        n += bytes;
    }
    const char *word = viet_skeleton(&a, arena_strn(&a, text + before, n - before));
    bool is = false;
    for (int k = 0; k < words.n; k++)
        is = is || str_eq(word, words.v[k].letters) ||
             (misread && letters <= LETTERS && word[0] == words.v[k].letters[0]);
    arena_release(&a);
    return is ? n : 0;
}

/* Two capitals at least: "/QĐ-UBND", but not "V/v" or "huyện/thị". */
static bool begins_symbol(const Body *b, int i)
{
    const char *s = b->tok.v[i].text;
    int capitals = 0;
    for (int32_t c; *s && capitals < 2;) {
        s += utf8_decode(s, strlen(s), &c);
        if (!viet_is_letter(c) || !viet_is_upper(c)) break;
        capitals++;
    }
    return capitals == 2;
}

/* "GA VI" that an engine parted, though no blank is there. */
static int past_parted(const Body *b, int i, int end)
{
    while (i < end && head_ink(&b->tok.v[i]) && !b->tok.v[i].mark && body_capitals(b, i, i + 1) &&
           b->tok.v[i].at.x - rect_right(b->tok.v[i - 1].at) < b->tok.v[i].at.h / 8)
        i++;
    return i;
}

/* The symbol behind the last slash of the line that can have one. */
static bool find_symbol(const Body *b, int first, int end, NumberLine *n)
{
    for (int i = end - 2; i > first; i--) {
        if (b->tok.v[i].mark != '/' || !begins_symbol(b, i + 1)) continue;
        int stop = body_number(b, i, end, &n->symbol);
        if (!stop) continue;
        n->slash = i, n->end = past_parted(b, stop, end);
        for (int k = stop; k < n->end; k++)
            n->symbol = arena_printf(&b->doc->a, "%s%s", n->symbol, b->tok.v[k].text);
        return true;
    }
    return false;
}

static bool number_line(const Head *h, const BodyLine *line, NumberLine *n)
{
    const Body *b = h->b;
    int first = line->first, end = head_row_end(b, first);
    while (first < end && first < line->first + MOST_DIRT && is_dirt(b, first)) first++;
    if (first == end || h->struck[first] || !find_symbol(b, first, end, n)) return false;
    n->word = first;
    return word_of_number(b, first, true) > 0;
}

/* ---- the count ---- */

/* "763", "12a" for a second of that number, "22/2013" of a law, "02-NQ" of the Party. */
static bool is_count(const char *s)
{
    size_t digits = strspn(s, "0123456789");
    const char *rest = s + digits;
    if (!digits || digits > 5) return false;
    if (rest[0] == '/') return strspn(rest + 1, "0123456789") == 4 && !rest[5];
    if (rest[0] == '-') return viet_is_letter((unsigned char)rest[1]);
    return !*rest || (!rest[1] && strchr("abcABC", *rest));
}

/* The count as it was read, and which token ends it. */
static const char *count_text(const Body *b, const NumberLine *n, int *last)
{
    Buf s = {0};
    size_t word = word_of_number(b, n->word, true);
    const char *glued = b->tok.v[n->word].text + word;
    glued += strspn(glued, ":.;,-_ ");
    buf_add(&s, glued);
    *last = n->word;
    for (int i = n->word + 1; i < n->slash; i++) {
        if (is_dirt(b, i) && !s.len) continue;
        buf_add(&s, b->tok.v[i].text);
        *last = i;
    }
    const char *count = arena_str(&b->doc->a, buf_str(&s));
    buf_release(&s);
    return count;
}

/* Were letters read between digits, "2o9/SYT", and made digits of? Print is seldom read so, a hand often. */
static bool read_as_letters(const Body *b, const NumberLine *n, int last)
{
    const char *s = b->tok.v[last].raw;
    if (last == n->word) s += strcspn(s, "0123456789");
    s += strspn(s, "0123456789");
    int32_t c = 0;
    if (*s) utf8_decode(s, strlen(s), &c);
    return viet_is_letter(c) && viet_is_digit(s[utf8_offset(s, 1)]);
}

/* Probability that the count is right; 0 where it is none. */
static float count_prob(const Head *h, const NumberLine *n, const char *count, int last)
{
    const Body *b = h->b;
    if (!is_count(count) || (head_ink(&b->tok.v[last]) && read_as_letters(b, n, last))) return 0;
    bool slash = b->tok.v[last].index == b->tok.v[n->slash].index;
    Joined joined = slash ? JOINED_SLASH : last == n->word ? JOINED_WORD : JOINED_NOTHING;
    return b->tok.v[last].prob * (1 - head_by_hand(h, last, joined, false));
}

void document_number(Head *h)
{
    const Body *b = h->b;
    NumberLine n;
    for (int l = 0; l < h->end_line && !head_known(h, FACT_NUMBER); l++) {
        if (!number_line(h, &b->lines.v[l], &n)) continue;
        int last, first = n.slash;
        const char *count = count_text(b, &n, &last);
        float prob = count_prob(h, &n, count, last);
        bool open = prob < 0.5f;
        if (!open) first = n.word == last ? last : n.word + 1;
        const char *value = open ? n.symbol : arena_printf(&b->doc->a, "%s%s", count, n.symbol);
        Fact *f = head_add(h, FACT_NUMBER, 0, value, first, n.end, TRUST_FORM);
        f->prob = body_prob(b, n.slash + 1, n.end) * TRUST_FORM * (open ? 1 : prob);
        h->number_typed = b->tok.v[n.end - 1].typed;
        head_strike(h, b->lines.v[l].first, n.end);
    }
}

/* ---- what kind and number say of each other ---- */

static const char LETTER[] = "công văn";

/* The kind that the symbol names: "KH" in 763/KH-PGDĐT has the initials of "kế hoạch". */
static void find_kind(Head *h)
{
    const Fact *number = head_known(h, FACT_NUMBER);
    const Fact *title = head_known(h, FACT_TITLE);
    if (head_known(h, FACT_KIND) || (!number && !h->letter)) return;
    if (!number) number = title;
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
        f.kind = FACT_KIND, f.value = LETTER;
        f.prob = h->letter ? TRUST_ANNEX : f.prob * TRUST_SENTENCE; /* "V/v" is a second witness */
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

/* Signs that no code has: it was misread. */
static bool is_odd(const char *code)
{
    for (int32_t c; *code;) {
        code += utf8_decode(code, strlen(code), &c);
        if (!viet_is_letter(c)) return true;
    }
    return false;
}

/* "Ủ" is U in a code, "Đ" stays. */
static void add_initial(Buf *s, const char *word, bool whole)
{
    int32_t c = 0;
    utf8_decode(word, strlen(word), &c);
    bool d = viet_upper(c) == 0x110;
    if (whole)
        buf_add(s, word);
    else if (d)
        buf_add(s, "Đ");
    else if (viet_is_letter(c))
        buf_addc(s, viet_letter(c).base);
}

/* "SYT" of "Sở Y tế tỉnh Hoa Lư": the first letters of what stands before the unit; "" of a school, whose code leaves
 * out the first of them. */
static const char *initials(const Head *h)
{
    const Body *b = h->b;
    Buf s = {0};
    if (h->issuer_first < h->issuer_end && body_agency_rank(b, h->issuer_first, h->issuer_end) == 3)
        return "";
    for (int i = h->issuer_first;
         i < h->issuer_end && (i == h->issuer_first || !body_unit(b, i, h->issuer_end)); i++) {
        const char *text = b->tok.v[i].text;
        if (b->tok.v[i].mark || body_says(b, i, h->issuer_end, WORD_AND)) continue;
        add_initial(&s, text, words_lookup(b->doc->words, WORD_SHORT_FORM, b->text[i]));
    }
    const char *letters = viet_upper_str(&b->doc->a, buf_str(&s));
    buf_release(&s);
    return letters;
}

/* The parts of a number: "763", "KH", "PGDĐT"; of a letter "342", "PGDĐT", "TH". */
typedef struct NumberParts {
    const char *count, *code, *issuer; /* issuer: all behind the first dash, or NULL */
} NumberParts;

static bool take_parts(Arena *a, const char *value, NumberParts *p)
{
    const char *slash = strchr(value, '/'), *last = strrchr(value, '/');
    if (!slash || slash != last) return false;
    const char *dash = strchr(slash, '-');
    p->count = arena_strn(a, value, (size_t)(slash - value));
    p->code = dash ? arena_strn(a, slash + 1, (size_t)(dash - slash - 1)) : slash + 1;
    p->issuer = dash ? dash + 1 : NULL;
    return true;
}

/* An issuer's code that was misread: as the letterhead's issuer has it; without one, as an office has that plans come
 * from. Some codes leave out the first word ("LĐTBXH" of a Phòng): the first letter is the same. */
static const char *issuer_mended(const Head *h, const char *code)
{
    enum { SHORTEST = 3 };
    const char *letterhead = initials(h);
    if (utf8_length(letterhead) < 2) return issuer_meant(h->b->doc->words, code);
    int most = utf8_length(code) < LEAST_CODE ? 1 : MOST_MISREAD;
    bool near = utf8_length(letterhead) >= SHORTEST && utf8_length(code) >= SHORTEST &&
                code[0] == letterhead[0] && code_distance(code, letterhead) <= most;
    return near ? letterhead : code;
}

/* "1/Z&H-PGDDT" of a "kế hoạch": "/KH-PGDĐT". */
static void mend_number(Head *h, Fact *f)
{
    Arena *a = &h->found->arena;
    const Keywords *words = h->b->doc->words;
    const Fact *kind = head_known(h, FACT_KIND);
    NumberParts p;
    if (h->number_typed == TYPED_YES || !take_parts(a, f->value, &p) || !p.issuer) return;
    const char *meant = kind && strcmp(kind->value, LETTER) != 0 ? code_of(words, kind->value) : NULL;
    bool coded = is_code(words, p.code), odd = is_odd(p.code);
    bool other = meant && !coded && (odd || code_distance(p.code, meant) <= 1);
    const char *code = other ? meant : p.code, *issuer = p.issuer;
    if ((coded || other) && !strchr(issuer, '-')) issuer = issuer_mended(h, issuer);
    if (!coded && !other) code = issuer_mended(h, code);
    bool lost = *p.count && odd && other;
    f->value = arena_printf(a, "%s/%s-%s", lost ? "" : p.count, code, issuer);
}

/* "/QĐ-SYT" under "UBND TỈNH" alone: the office below the committee was not read, and the committee is not the issuer. */
static void doubt_issuer(Head *h)
{
    static const char COMMITTEE[] = "UBND";
    const Fact *number = head_known(h, FACT_NUMBER);
    const char *code = number ? strchr(number->value, '-') : NULL;
    if (!code || h->number_typed == TYPED_YES || h->issuer_doubted || !str_eq(initials(h), COMMITTEE)) return;
    if (strstr(number->value, "UB") || strstr(number->value, "VP")) return;
    for (size_t i = 0; i < h->found->facts.n; i++) {
        Fact *f = &h->found->facts.v[i];
        if (f->kind == FACT_ISSUER && f->item == 1) f->prob *= TRUST_PART;
    }
    h->issuer_doubted = true;
}

static void at_least(Head *h, FactKind kind, float prob)
{
    for (size_t i = 0; i < h->found->facts.n; i++) {
        Fact *f = &h->found->facts.v[i];
        if (f->kind == kind && f->item == 0 && f->prob < prob) f->prob = prob;
    }
}

/* "QUYẾT ĐỊNH" and "/QĐ-SYT" under "SỞ Y TẾ": each was read twice, however poorly; both kinds stand in a list of some
 * thirty. On 75 real first pages all that agreed so were right. Of a count nothing else tells. */
static void confirm(Head *h)
{
    const Fact *number = head_known(h, FACT_NUMBER), *kind = head_known(h, FACT_KIND);
    NumberParts p;
    if (!number || !kind || !take_parts(&h->b->doc->a, number->value, &p) || !p.issuer) return;
    const char *code = code_of(h->b->doc->words, kind->value), *office = initials(h);
    if (!code || !str_eq(code, p.code)) return;
    at_least(h, FACT_KIND, TRUST_ANNEX);
    if (!*p.count && *office && str_eq(office, p.issuer)) at_least(h, FACT_NUMBER, TRUST_ANNEX);
}

void document_number_end(Head *h)
{
    find_kind(h);
    doubt_issuer(h);
    for (size_t i = 0; i < h->found->facts.n; i++)
        if (h->found->facts.v[i].kind == FACT_NUMBER) mend_number(h, &h->found->facts.v[i]);
    confirm(h);
}
