/* What stands before and after the text of a document.
 *
 *     Căn cứ Kế hoạch số 12/KH-SGDĐT ngày 06/3/2023 của Sở Giáo dục và Đào tạo;      a legal basis
 *     Nơi nhận:                          KT. TRƯỞNG PHÒNG                            signed for
 *     - UBND quận;                       PHÓ TRƯỞNG PHÒNG                            the signer's office
 *     - Lưu: VT.                         Lê Đức Thuận
 *
 * A signer is a line that is nothing but a person's name and stands within some lines of an office or of "Nơi
 * nhận"; of the offices above, those are the signer's that stand over the name. */
#include "extract/head/head.h"

#include "base/viet.h"

#include <limits.h>
#include <string.h>

enum {
    MOST_BASES = 40,       /* of one document */
    BASIS_PARAGRAPHS = 60, /* how far into the text bases are looked for */
    SIGNATURE_LINES = 12,  /* lines between an office and the name under it: the seal may leave some */
    MOST_OFFICES = 12,
    MOST_WORDS_OFFICE = 9,
    BEFORE_TERM = 30 /* tokens between "thời gian" and "từ ... đến" */
};

static const float BY_FORM = 0.98f, BY_PLACE = 0.9f, BY_WORD = 0.8f, PART_OF_NAME = 0.3f;

/* ---- legal bases ---- */

static int paragraph_end(const Body *b, int i)
{
    int line = b->line[i] + 1;
    while (line < (int)b->lines.n && !b->lines.v[line].paragraph) line++;
    return line < (int)b->lines.n ? b->lines.v[line].first : (int)b->tok.n;
}

static bool opens_basis(const Body *b, int i, int end, int *used)
{
    *used = body_says(b, i, end, WORD_OPENS_BASIS);
    return *used && body_capital(b, i);
}

/* "số" and what follows it, within a few words of the kind ("Luật Xây dựng số 50/2014/QH13"). */
static int basis_number(const Body *b, int i, int end, int *first, const char **value)
{
    const char *last = b->tok.v[i - 1].text; /* "Kế hoạch12/KH-UBND" */
    if (viet_is_digit(last[strlen(last) - 1])) i--;
    for (int k = i; k < end && k < i + 9; k++) {
        if (b->tok.v[k].mark == ';' || b->tok.v[k].mark == ',') return 0;
        if (k > i && !body_says(b, k - 1, end, WORD_NUMBER)) continue;
        int n = body_number(b, k, end, value);
        if (!n) continue;
        *first = k;
        return n;
    }
    return 0;
}

/* One basis in [i, end), its kind's words in [i, kind_end). Without number, date or issuer it says nothing.
 */
static bool add_basis(Head *h, int i, int kind_end, int end, const char *kind, int item)
{
    const Body *b = h->b;
    const char *value = NULL;
    int first = 0, number = basis_number(b, kind_end, end, &first, &value), at = number ? number : kind_end;
    Date d;
    int date_at = at, date = 0;
    while (date_at < end && date_at < at + (number ? 2 : 12) &&
           !(date = body_date(b, date_at, end, false, &d)))
        date_at++;
    if (date) at = date;
    int of = body_find(b, at, end < at + 14 ? end : at + 14, WORD_OF, NULL);
    if (number && of > at + 1) of = -1;
    int agency = of >= 0 ? body_agency(b, of + 1, end) : 0;
    if (!number && !date && !agency) return false;
    while (end > i && (b->tok.v[end - 1].mark == ';' || b->tok.v[end - 1].mark == ',' ||
                       body_says(b, end - 1, end, WORD_AND)))
        end--;
    head_add(h, FACT_BASIS, item, body_text(b, i, end), i, end, BY_PLACE);
    head_add(h, FACT_BASIS_KIND, item, kind, i, kind_end, BY_FORM);
    if (number) head_add(h, FACT_BASIS_NUMBER, item, value, first, number, BY_FORM);
    if (date) head_add(h, FACT_BASIS_DATE, item, date_text(&b->doc->a, d), date_at, date, BY_FORM);
    if (agency)
        head_add(h, FACT_BASIS_ISSUER, item, body_proper(b, of + 1, agency), of + 1, agency, BY_PLACE);
    return true;
}

/* Another document begins at i: after a semicolon, a comma, "và", or at the paragraph's beginning. */
static int basis_at(const Body *b, int i, int first, int end, const char **kind)
{
    bool free_before = i == first || b->tok.v[i - 1].mark == ';' || b->tok.v[i - 1].mark == ',' ||
                       body_says(b, i - 1, end, WORD_AND);
    return free_before ? body_kind(b, i, end, kind) : 0;
}

static void take_bases(Head *h, int first, int end, bool numbered, int *item)
{
    const Body *b = h->b;
    const char *kind, *next;
    for (int i = first; i < end && *item < MOST_BASES;) {
        int kind_end = basis_at(b, i, first, end, &kind), stop = i + 1;
        if (!kind_end) {
            i++;
            continue;
        }
        for (stop = kind_end; stop < end; stop++) {
            if (b->tok.v[stop].mark == ';' || body_ends(b, stop - 1)) break;
            if (b->tok.v[stop - 1].mark == ',' && body_capital(b, stop) && body_agency_rank(b, stop, end))
                break;
            int first_of_next, number = basis_at(b, stop, first, end, &next);
            if (number && basis_number(b, number, end, &first_of_next, &next)) break;
        }
        int unused;
        const char *value;
        if (!numbered || basis_number(b, kind_end, stop, &unused, &value))
            *item += add_basis(h, i, kind_end, stop, kind, *item + 1);
        i = stop;
    }
}

void document_bases(Head *h)
{
    const Body *b = h->b;
    int item = 0, seen = 0, n = (int)b->tok.n, from = h->title_end > h->end ? h->title_end : h->end;
    if (from == h->end && h->end_line > 0 && h->kind_line < 0) from = b->lines.v[0].first;
    for (int i = from, end; i < n && seen < BASIS_PARAGRAPHS && item < MOST_BASES; i = end, seen++) {
        const char *kind;
        int used;
        end = paragraph_end(b, i);
        while (i < end && (b->tok.v[i].mark == '-' || b->tok.v[i].mark == '+')) i++;
        if (opens_basis(b, i, end, &used))
            take_bases(h, i + used, end, false, &item);
        else if (i < end && body_kind(b, i, end, &kind) && body_capital(b, i) && !body_capitals(b, i, end))
            take_bases(h, i, end, true, &item);
        if (body_says(b, i, end, WORD_ARTICLE) && i + 1 < end && digits_read(b->tok.v[i + 1].text, 2) == 1)
            break;
    }
}

/* ---- period ---- */

typedef struct Term {
    Date since, until;
    int first, end;
} Term;

/* "2023-2025", "2023 - 2025", "2023 – 2025" */
static int years(const Body *b, int i, int end, Term *t)
{
    int value[2] = {0}, n = 0, k = i;
    for (; k < end && k < i + 4 && n < 2; k++) {
        const char *s = b->tok.v[k].text;
        for (size_t len = strlen(s); len >= 4 && n < 2;) {
            size_t digits = strspn(s, "0123456789");
            if (digits == 4) value[n++] = digits_read(arena_strn(&b->doc->a, s, 4), 4);
            if (digits != 4 && digits) return 0;
            if (!digits) digits = 1;
            s += digits, len -= digits;
        }
    }
    if (n < 2 || value[0] < 1990 || value[1] <= value[0] || value[1] > value[0] + 30) return 0;
    *t = (Term){{value[0], 0, 0}, {value[1], 0, 0}, i, k};
    return k;
}

static bool years_after(const Body *b, int from, int to, WordKind kind, Term *t)
{
    int used, at = from;
    while ((at = body_find(b, at, to, kind, &used)) >= 0) {
        if (years(b, at + used, (int)b->tok.n, t)) return true;
        at += used;
    }
    return false;
}

/* Those years that are said most often. */
static bool most_years(const Body *b, WordKind kind, Term *best)
{
    enum { MOST = 32 };
    Term seen[MOST], t;
    int count[MOST] = {0}, n = 0, top = -1, used, at = 0, end = (int)b->tok.n;
    while ((at = body_find(b, at, end, kind, &used)) >= 0) {
        at += used;
        if (!years(b, at, end, &t)) continue;
        int k = 0;
        while (k < n && (seen[k].since.year != t.since.year || seen[k].until.year != t.until.year)) k++;
        if (k == MOST) continue;
        if (k == n) seen[n++] = t;
        if (++count[k] > (top < 0 ? 0 : count[top])) top = k;
    }
    if (top >= 0) *best = seen[top];
    return top >= 0;
}

/* "từ tháng 06/2023 đến hết tháng 12/2025" at i. */
static bool term_at(const Body *b, int i, Term *t)
{
    int n = (int)b->tok.n;
    *t = (Term){.first = i};
    if (!body_says(b, i, n, WORD_FROM)) return false;
    int end = body_date(b, i + 1, n, true, &t->since);
    if (!end || !body_says(b, end, n, WORD_UNTIL)) return false;
    end++;
    while (end < n && (body_says(b, end, n, WORD_UNTIL_END) || body_says(b, end, n, WORD_UNTIL_LATE))) end++;
    t->end = body_date(b, end, n, true, &t->until);
    return t->end > 0;
}

/* "Thời gian thực hiện: từ tháng 06/2023 đến hết tháng 12/2025" */
static bool term_behind(const Body *b, const Keyword *w, Term *t)
{
    int n = (int)b->tok.n;
    for (int at = 0, used; at < n; at++) {
        if (!(used = body_is(b, at, n, w))) continue;
        bool heading = at <= b->lines.v[b->line[at]].first + 3;
        at += used;
        for (int i = at; heading && i < n && i < at + BEFORE_TERM; i++)
            if (term_at(b, i, t)) return true;
        at--;
    }
    return false;
}

static bool told_term(const Body *b, Term *t)
{
    KeywordList words = words_of_kind(b->doc->words, WORD_TERM);
    for (int k = 0; k < words.n; k++)
        if (term_behind(b, &words.v[k], t)) return true;
    return false;
}

static void add_term(Head *h, const Term *t, float trust)
{
    Arena *a = &h->b->doc->a;
    if (fact_lookup(&h->found->facts, FACT_SINCE, 0)) return;
    head_add(h, FACT_SINCE, 0, date_text(a, t->since), t->first, t->end, trust);
    head_add(h, FACT_UNTIL, 0, date_text(a, t->until), t->first, t->end, trust);
}

void document_period(Head *h)
{
    const Body *b = h->b;
    Term t, school;
    bool in_title = years_after(b, h->title_first, h->title_end, WORD_SCHOOL_YEAR, &school);
    if (told_term(b, &t)) add_term(h, &t, BY_FORM);
    if (years_after(b, h->title_first, h->title_end, WORD_YEARS, &t)) add_term(h, &t, BY_FORM);
    if (in_title || most_years(b, WORD_SCHOOL_YEAR, &school)) {
        const char *value = arena_printf(&b->doc->a, "%d-%d", school.since.year, school.until.year);
        head_add(h, FACT_SCHOOL_YEARS, 0, value, school.first, school.end, in_title ? BY_FORM : BY_WORD);
        if (in_title) add_term(h, &school, BY_FORM);
    }
    if (most_years(b, WORD_YEARS, &t)) add_term(h, &t, BY_WORD);
}

/* ---- signers ---- */

typedef struct Office {
    int first, end;
    Rect at;
    int line;
    bool stands_for; /* KT., TM.: whom it is signed for */
    bool deputy;
    bool taken;
} Office;

typedef struct Signing {
    Head *h;
    Office office[MOST_OFFICES];
    int offices, item, last; /* last: line of the office, recipient or name met last */
    int org_first, org_end;  /* a school or agency in capitals just above an office */
} Signing;

/* An office from token i on: one past its last token. The rest of the line belongs to it when it is short. */
static int office_at(const Body *b, int i, int end, bool *stands_for)
{
    int used;
    const Keyword *w = body_word(b, i, end, WORD_FOR, &used);
    if (!w || w->value == FOR_NAME) used = 0;
    *stands_for = used && body_capital(b, i) && (strchr(b->tok.v[i].text, '.') || used == 2);
    if (*stands_for) return end;
    if (!used) used = body_says(b, i, end, WORD_OFFICE);
    return used && body_capital(b, i) ? i + used : 0;
}

static void add_office(Signing *s, int first, int end, bool stands_for)
{
    if (s->offices == MOST_OFFICES) return;
    const Body *b = s->h->b;
    int used;
    const Keyword *w = body_word(b, first, end, WORD_OFFICE, &used);
    s->last = b->line[first];
    s->office[s->offices++] = (Office){.first = first,
                                       .end = end,
                                       .at = run_at((Run){b->tok.v + first, end - first}),
                                       .line = s->last,
                                       .stands_for = stands_for,
                                       .deputy = w && w->value};
}

/* One past what stands before an office in capitals: a "KT." that a hand wrote, a dash or the signature's strokes are read
 * as a few short words ("tXL. GIÁM ĐỐC"). */
static int past_office_dirt(const Body *b, int first, int end)
{
    enum { LONGEST = 3 /* letters */ };
    bool stands_for;
    for (int i = first; i < end && i <= first + MOST_DIRT; i++) {
        if (office_at(b, i, end, &stands_for)) return i == first || body_capitals(b, i, end) ? i : first;
        if (!b->tok.v[i].mark && (!head_ink(&b->tok.v[i]) || strlen(b->text[i]) > LONGEST)) break;
    }
    return first;
}

/* Words that an office does not have stand before it: the hand's "KT.", so it was signed for that office. */
static bool written_before(const Body *b, int begin, int first)
{
    for (int i = begin; i < first; i++)
        if (!b->tok.v[i].mark) return true;
    return false;
}

/* "Ñ - Hà Công Hiền": a signature's strokes before the name. */
static int past_strokes(const Body *b, int i, int end)
{
    int last = i + 3;
    while (i < end && i < last && (b->tok.v[i].mark || strlen(b->text[i]) < 2)) i++;
    return i;
}

/* "- GIÁM ĐỐC", "- Trần Văn Minh" under an office without a name: the dash is a speck. */
static bool signs_behind_speck(const Signing *s, int first, int end)
{
    const Body *b = s->h->b;
    bool stands_for;
    int i = past_office_dirt(b, first, end), name = past_strokes(b, first, end);
    bool open = s->offices && !s->office[s->offices - 1].taken;
    if (open && name < end && body_person(b, name, end) == end) return true;
    return office_at(b, i, end, &stands_for) == end && body_capitals(b, i, end);
}

/* Offices on a line that holds nothing else: "HIỆU TRƯỞNG", "HIỆU TRƯỞNG   PHÓ HIỆU TRƯỞNG". */
static bool take_offices(Signing *s, int first, int end)
{
    const Body *b = s->h->b;
    bool any = false, stands_for;
    int begin = first;
    first = past_office_dirt(b, first, end);
    bool by_hand = written_before(b, begin, first);
    if (end - first > MOST_WORDS_OFFICE) return false;
    for (int i = first; i < end;) {
        int stop = office_at(b, i, end, &stands_for);
        if (!stop) {
            bool rest = any && body_capitals(b, i, end); /* HIỆU TRƯỞNG TRƯỜNG THCS ... */
            if (rest) s->office[s->offices - 1].end = end;
            return any;
        }
        if (!any && stop < end && !body_capitals(b, first, end) && !stands_for && end - first > 5)
            return false;
        add_office(s, i, stop, stands_for || by_hand);
        any = true;
        i = stop;
    }
    return any;
}

static int centre(Rect r)
{
    return r.x + r.w / 2;
}

static int apart(const Office *o, Rect name)
{
    int d = centre(o->at) - centre(name);
    return d < 0 ? -d : d;
}

/* An office as the list of them has it, whatever an engine made of its letters: "GIÁM ĐÓC" is Giám đốc. */
static const char *office_name(const Body *b, const Office *o)
{
    int used = 0;
    Arena *a = &b->doc->a;
    const char *read = body_proper(b, o->first, o->end);
    const Keyword *w = body_word(b, o->first, o->end, WORD_OFFICE, &used);
    if (!w || !head_ink(&b->tok.v[o->first])) return read;
    size_t one = utf8_offset(w->text, 1);
    const char *capital = viet_upper_str(a, arena_strn(a, w->text, one));
    const char *rest = o->first + used < o->end ? body_proper(b, o->first + used, o->end) : "";
    return arena_printf(a, "%s%s%s%s", capital, w->text + one, *rest ? " " : "", rest);
}

/* "GIÁM ĐỐC" over "PHÓ GIÁM ĐỐC": the deputy signs for the one above, whether "KT." was read or not. */
static bool has_deputy(const Signing *s, const Office *o, int last_line)
{
    for (int i = 0; i < s->offices; i++) {
        const Office *d = &s->office[i];
        bool below = d->line > o->line && d->line <= o->line + 2 && d->line < last_line;
        if (below && d->deputy && !o->deputy && apart(d, o->at) <= (d->at.w + o->at.w) / 4) return true;
    }
    return false;
}

/* The offices over a name: those of the column it stands in. */
static void give_offices(Signing *s, int item, Rect name, int line)
{
    const Body *b = s->h->b;
    int nearest = -1, most = INT_MAX;
    for (int i = 0; i < s->offices; i++) {
        Office *o = &s->office[i];
        if (o->taken || line - o->line > SIGNATURE_LINES) continue;
        if (apart(o, name) < most) most = apart(o, name), nearest = i;
    }
    if (nearest < 0) return;
    for (int i = 0; i < s->offices; i++) {
        Office *o = &s->office[i];
        bool near = apart(o, name) <= most + (o->at.w + name.w) / 2 &&
                    (i == nearest || o->line != s->office[nearest].line);
        if (o->taken || line - o->line > SIGNATURE_LINES || !near) continue;
        o->taken = true;
        bool other = o->stands_for || has_deputy(s, o, line);
        FactKind kind = other ? FACT_SIGNER_FOR : FACT_SIGNER_OFFICE;
        head_add(s->h, kind, item, office_name(b, o), o->first, o->end, BY_FORM);
    }
}

/* "ThS. Nguyễn Văn A": a degree before the name is none of it. */
static int past_degree(const Body *b, int i, int end)
{
    int used;
    const Keyword *w = body_word(b, i, end, WORD_DEGREE, &used);
    bool degree = w && i + used < end && (!w->value || strchr(b->tok.v[i].text, '.'));
    return degree ? past_degree(b, i + used, end) : i;
}

static void add_signer(Signing *s, int first, int end, float trust)
{
    const Body *b = s->h->b;
    int item = ++s->item, line = b->line[first];
    const char *name = body_text(b, first, end);
    name += strspn(name, "\"'`- ");
    size_t n = strlen(name);
    while (n && strchr(".,;:/", name[n - 1])) n--;
    name = arena_strn(&b->doc->a, name, n);
    if (body_capitals(b, first, end)) {
        Buf t = {0};
        for (int i = first; i < end; i++) {
            const char *word = b->tok.v[i].text, *lower = viet_lower_str(&b->doc->a, word);
            size_t one = utf8_offset(word, 1), rest = utf8_offset(lower, 1);
            if (t.len) buf_addc(&t, ' ');
            buf_addn(&t, word, one);
            buf_add(&t, lower + rest);
        }
        name = arena_str(&b->doc->a, buf_str(&t));
        buf_release(&t);
    }
    head_add(s->h, FACT_SIGNER, item, name, first, end, trust);
    give_offices(s, item, run_at((Run){b->tok.v + first, end - first}), line);
    s->last = line;
}

/* "TRƯỜNG ĐẠI HỌC Y KHOA" over "TRẦN VĂN MINH" in an annex's letterhead: the school is called so. */
static bool ends_organisation(const Signing *s, int first, int end)
{
    const Body *b = s->h->b;
    if (!s->org_end || !body_capitals(b, first, end)) return false;
    return b->line[first] - b->line[s->org_first] == 1 && body_capitals(b, s->org_first, s->org_end);
}

/* Under an office a seal often covers the family name: of two words read there, "Hoàng Anh", one is mostly missing. */
static float name_trust(const Body *b, int first, int end)
{
    bool part = end - first == 2 && head_ink(&b->tok.v[first]);
    return part ? PART_OF_NAME : BY_FORM;
}

/* A line, or what stands behind the recipients on it, that is nothing but names. */
static bool take_names(Signing *s, int first, int end)
{
    const Body *b = s->h->b;
    int names = 0, at[4], stop[4];
    bool stands_for;
    first = past_strokes(b, first, end);
    if (first < end && office_at(b, first, end, &stands_for)) return false; /* CHỦ TỊCH UBND TỈNH */
    for (int i = first; i < end && names < 4;) {
        i = past_degree(b, i, end);
        int k = body_person(b, i, end);
        if (!k) return false;
        at[names] = i, stop[names++] = k, i = k;
    }
    if (names && ends_organisation(s, first, end)) return false;
    for (int i = 0; i < names; i++) add_signer(s, at[i], stop[i], name_trust(b, at[i], stop[i]));
    return names > 0;
}

/* "ô Quốc Dũng" under an office: the seal covers the family name. */
static bool take_part_of_name(Signing *s, int first, int end)
{
    const Body *b = s->h->b;
    bool open = false;
    for (int i = 0; i < s->offices; i++) open |= !s->office[i].taken && !s->office[i].stands_for;
    if (!open || end - first != 3 || b->tok.v[first].mark || !body_name_word(b, first + 1) ||
        !body_name_word(b, first + 2) || b->text[first][0] == '\0')
        return false;
    add_signer(s, first, end, PART_OF_NAME);
    return true;
}

static bool begins_annex(const Body *b, const BodyLine *line)
{
    int i = line->first, end = i + line->n;
    if (b->tok.v[i].mark == '(') i++;
    return (line->capitals || i > line->first) && body_says(b, i, end, WORD_ANNEX);
}

static bool is_recipient(const Body *b, const BodyLine *line)
{
    return b->tok.v[line->first].mark == '-';
}

static int recipients_word(const Body *b, const BodyLine *line)
{
    return body_says(b, line->first, line->first + line->n, WORD_RECIPIENTS);
}

/* Schools over the offices: "TRƯỜNG MN HOA MAI", but not the middle of a sentence. */
static void note_organisation(Signing *s, const BodyLine *line)
{
    const Body *b = s->h->b;
    int end = line->first + line->n, i = line->first;
    i += body_says(b, i, end, WORD_STANDS_FOR);
    bool part = i < end &&
                (!body_capital(b, i) || strchr(",;", b->tok.v[end - 1].mark ? b->tok.v[end - 1].mark : ' '));
    if (!part && body_agency_rank(b, i, end) == 3 && end - i >= 3 && end - i <= 12)
        s->org_first = i, s->org_end = end;
}

void document_signers(Head *h)
{
    const Body *b = h->b;
    Signing s = {.h = h, .last = INT_MIN / 2};
    int from = h->title_end > h->end ? b->line[h->title_end - 1] + 1 : h->end_line;
    for (int l = from; l < (int)b->lines.n; l++) {
        const BodyLine *line = &b->lines.v[l];
        int first = line->first, end = first + line->n, word = recipients_word(b, line);
        if (line->list) continue;
        if (begins_annex(b, line)) {
            if (s.item || s.offices) break;
            continue;
        }
        if (word) s.last = l, first += word;
        while (first < end && b->tok.v[first].mark == '.') first++;
        if (is_recipient(b, line)) {
            if (l - s.last <= SIGNATURE_LINES) s.last = l;
            for (int i = first; i < end; i++)
                if ((b->tok.v[i].mark == ';' || body_ends(b, i)) && !signs_behind_speck(&s, first, end))
                    first = i + 1;
            if (first >= end) continue;
        }
        if (first >= end) continue;
        bool near = l - s.last <= SIGNATURE_LINES;
        if (near && (take_names(&s, first, end) || take_part_of_name(&s, first, end))) {
            if (s.org_end) {
                head_add(h, FACT_SIGNER_OF, s.item, body_proper(b, s.org_first, s.org_end), s.org_first,
                         s.org_end, BY_PLACE);
                s.org_end = 0;
            }
            continue;
        }
        if (s.item && s.offices && s.office[s.offices - 1].taken && l - s.last > SIGNATURE_LINES) break;
        if (!take_offices(&s, first, end)) note_organisation(&s, line);
    }
    if (s.item) return;
    for (int i = 0; i < s.offices; i++) { /* the name could not be read; who signed is known all the same */
        const Office *o = &s.office[i];
        if ((int)b->lines.n - o->line > 3 * SIGNATURE_LINES || !body_capitals(b, o->first, o->end)) continue;
        FactKind kind = o->stands_for ? FACT_SIGNER_FOR : FACT_SIGNER_OFFICE;
        head_add(h, kind, 1, office_name(b, o), o->first, o->end, BY_PLACE);
    }
}

/* ---- recipients ---- */

static void add_recipient(Head *h, int first, int end, int *item)
{
    const Body *b = h->b;
    while (first < end && b->tok.v[first].mark && b->tok.v[first].mark != '(') first++;
    while (end > first && b->tok.v[end - 1].mark && b->tok.v[end - 1].mark != ')') end--;
    if (first >= end) return;
    const char *text = body_text(b, first, end);
    size_t n = strlen(text);
    while (n && strchr(".;,/:", text[n - 1])) n--;
    head_add(h, FACT_RECIPIENT, ++*item, arena_strn(&b->doc->a, text, n), first, end, BY_PLACE);
}

static int clause_end(const Body *b, int i, int end)
{
    for (; i < end; i++)
        if (b->tok.v[i].mark == ';' || body_ends(b, i)) return i + 1;
    return end;
}

/* "- UBND quận; - Lưu: VT." in lines; what stands behind the semicolon is of another column. */
static void take_list(Head *h, int line, int *item)
{
    const Body *b = h->b;
    int missed = 0;
    for (int l = line; l < (int)b->lines.n && missed < 4; l++) {
        const BodyLine *at = &b->lines.v[l];
        if (!is_recipient(b, at)) {
            missed++;
            continue;
        }
        int end = at->first + at->n, first = at->first;
        missed = 0;
        while (l + 1 < (int)b->lines.n && !body_ends(b, end - 1) && !is_recipient(b, &b->lines.v[l + 1]) &&
               !b->lines.v[l + 1].capitals && end - first < 24 && !b->lines.v[l + 1].paragraph)
            l++, end = b->lines.v[l].first + b->lines.v[l].n;
        end = clause_end(b, first, end);
        add_recipient(h, first, end, item);
        if (body_find(b, first, end, WORD_FILED, NULL) >= 0) return;
    }
}

void document_recipients(Head *h)
{
    const Body *b = h->b;
    int item = 0, used, n = (int)b->tok.n, to = body_find(b, 0, n, WORD_ADDRESSED, &used);
    if (to >= 0 && b->line[to] <= h->end_line + 6) {
        int end = body_line_end(b, to), first = to + used;
        while (first < end && b->tok.v[first].mark) first++;
        if (first < end && end - first > 1)
            add_recipient(h, first, end, &item);
        else
            take_list(h, b->line[to] + 1, &item);
    }
    for (int l = 0; l < (int)b->lines.n; l++)
        if (recipients_word(b, &b->lines.v[l])) {
            take_list(h, l + 1, &item);
            return;
        }
}
