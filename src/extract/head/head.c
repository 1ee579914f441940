/* The head of an official text, as Nghị định 30/2020/NĐ-CP has it:
 *
 *     UBND QUẬN CẦU GIẤY              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
 *     PHÒNG GIÁO DỤC VÀ ĐÀO TẠO             Độc lập - Tự do - Hạnh phúc
 *     Số: 763/KH-PGDĐT                  Cầu Giấy, ngày 15 tháng 09 năm 2024
 *                                KẾ HOẠCH
 *            Tổ chức hoạt động kết nghĩa giữa các trường ...
 *
 * 1. The first line that is a kind of document in capitals ends the head; without one, the first sentence.
 * 2. In the head what is known by its form is struck out, wherever it stands: motto, number, date, "V/v". So it does not
 *    matter whether the two columns were read beside each other or one after the other.
 * 3. What is left in capitals are agencies. One of higher rank than the one before begins a new issuer (UBND QUẬN, TRƯỜNG,
 *    UBND HUYỆN, TRƯỜNG: two schools issue it together).
 * 4. What was not found there is looked for in "(Kèm theo Kế hoạch số 763/KH-PGDĐT ngày 15/09/2024)" of an annex, and in
 *    the first sentences. */
#include "extract/head/head.h"

#include "base/viet.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_HEAD = 40,   /* lines before the title: letterhead, stamps and their dirt */
    PROSE_WORDS = 14, /* a line of as many words is a sentence */
    MOST_TITLE = 8    /* lines */
};

static bool is_sentence(const Body *b, const BodyLine *line)
{
    int words = 0;
    for (int i = line->first; i < line->first + line->n; i++) words += !b->tok.v[i].mark;
    int i = line->first, end = i + line->n;
    if (body_says(b, i, end, WORD_OPENS_SENTENCE) && body_capital(b, i)) return true;
    return words >= PROSE_WORDS && !line->capitals;
}

static void find_end(Head *h)
{
    const Body *b = h->b;
    h->end_line = -1;
    for (int i = 0; i < (int)b->lines.n && i < MOST_HEAD; i++) {
        const BodyLine *line = &b->lines.v[i];
        const char *value;
        int first, end;
        if (line->page != b->lines.v[0].page) break;
        if (!head_kind_line(b, line, &first, &end, &value)) {
            if (h->end_line < 0 && is_sentence(b, line)) h->end_line = i;
            continue;
        }
        h->end_line = h->kind_line = i;
        h->title = end;
        head_add(h, FACT_KIND, 0, value, first, end, TRUST_FORM);
        break;
    }
    if (h->end_line < 0) h->end_line = (int)b->lines.n < MOST_HEAD ? (int)b->lines.n : MOST_HEAD;
    h->end = h->end_line < (int)b->lines.n ? b->lines.v[h->end_line].first : (int)b->tok.n;
}

/* ---- what has a form of its own ---- */

/* How many tokens from i on its line are nearest to the motto; 0: they are something else. */
static int motto_at(const Body *b, int i, const Keyword *w)
{
    enum { MOST_TOKENS = 13 };
    char text[COMPACT_MOST];
    int best = w->edits + 1, best_n = 0;
    Run r = {b->tok.v + i, body_line_end(b, i) - i};
    if (b->text[i][0] != w->letters[0] && b->raw[i][0] != w->letters[0]) return 0;
    for (int n = 1; n <= r.n && n <= MOST_TOKENS; n++) {
        int m = compact_run(run_part(r, 0, n), false, text);
        int d = edit_distance(text, m, w->letters, w->len, w->edits);
        if (d < best) best = d, best_n = n;
    }
    return best_n;
}

static void strike_mottos(Head *h)
{
    KeywordList mottos = words_of_kind(h->b->doc->words, WORD_MOTTO);
    for (int i = 0; i < h->end; i++)
        for (int k = 0; k < mottos.n; k++) head_strike(h, i, i + motto_at(h->b, i, &mottos.v[k]));
}

static bool has_letters(const Body *b, int i, const char *letters, size_t n)
{
    return (strlen(b->text[i]) == n && strncmp(b->text[i], letters, n) == 0) ||
           (strlen(b->raw[i]) == n && strncmp(b->raw[i], letters, n) == 0);
}

/* "V / v" in three tokens, or, where an engine lost the small letter, "V /" at the beginning of a line, before small
 * letters; how many tokens it takes, 0: none. */
static int about_in_parts(const Body *b, int i, int end)
{
    KeywordList list = words_of_kind(b->doc->words, WORD_ABOUT);
    if (i + 2 >= end || b->tok.v[i + 1].mark != '/') return 0;
    for (int k = 0; k < list.n; k++) {
        const char *key = list.v[k].key, *rest = strchr(key, ' ');
        if (rest && has_letters(b, i, key, (size_t)(rest - key)) &&
            has_letters(b, i + 2, rest + 1, strlen(rest + 1)))
            return 3;
        if (rest && has_letters(b, i, key, (size_t)(rest - key)) && head_ink(&b->tok.v[i]) &&
            b->lines.v[b->line[i]].first == i && body_capital(b, i) && !b->tok.v[i + 2].mark &&
            !body_capital(b, i + 2))
            return 2;
    }
    return 0;
}

/* Strokes and stamps below a subject are read as words that no engine is sure of. */
static bool readable(const Body *b, const BodyLine *line)
{
    float sum = 0;
    for (int i = line->first; i < line->first + line->n; i++) sum += b->tok.v[i].prob;
    return sum > 0.5f * (float)line->n;
}

/* The words of a title, without the full stop that some write behind it. */
static const char *title_text(const Body *b, int first, int end)
{
    const char *text = body_text(b, first, end);
    size_t n = strlen(text);
    while (n && strchr(".;, ", text[n - 1])) n--;
    return arena_strn(&b->doc->a, text, n);
}

/* "V/v tổ chức kết nghĩa": the title of a letter; it goes on in the lines below it. */
static void find_subject(Head *h)
{
    const Body *b = h->b;
    for (int i = 0; i < h->end && !head_known(h, FACT_TITLE); i++) {
        int used = body_says(b, i, h->end, WORD_ABOUT), first = i + used;
        int slashed = about_in_parts(b, i, h->end);
        if (h->struck[i] || (!used && !slashed)) continue;
        if (slashed) first = i + slashed;
        int end = body_line_end(b, i), line = b->line[i];
        while (line + 1 < h->end_line && end - first < 60) {
            const BodyLine *next = &b->lines.v[line + 1], *this = &b->lines.v[line];
            bool below = next->at.y - rect_bottom(this->at) < this->at.h &&
                         next->at.x < rect_right(this->at) && this->at.x < rect_right(next->at);
            if (!readable(b, next) || next->capitals || h->struck[next->first] || !below ||
                is_sentence(b, next))
                break;
            end = next->first + next->n, line++;
        }
        head_add(h, FACT_TITLE, 0, title_text(b, first, end), first, end, TRUST_FORM);
        head_strike(h, i, end);
        h->letter = h->kind_line < 0;
    }
}

/* ---- title ---- */

/* "Thực hiện Kế hoạch số 12/KH-PGDĐT" begins the text; "Thực hiện phong trào ..." may be the title. */
static bool names_document(const Body *b, const BodyLine *line)
{
    const char *value;
    for (int i = line->first; i < line->first + line->n; i++)
        if (!b->tok.v[i].mark && body_number(b, i, line->first + line->n, &value)) return true;
    return false;
}

static bool begins_text(const Body *b, const BodyLine *line, bool capitals, bool speck)
{
    Date d;
    int i = line->first, end = i + line->n;
    const Tok *t = &b->tok.v[i];
    size_t n = strlen(t->text);
    if ((t->mark == '(' && !speck) || t->mark == '+' || (t->mark == '-' && !speck)) return true;
    if (n > 1 && t->text[n - 1] == '.' &&
        (strspn(t->text, "0123456789") == n - 1 || strspn(t->text, "IVX") == n - 1))
        return true;
    int used;
    const Keyword *opener = body_word(b, i, end, WORD_OPENS_TEXT, &used);
    if (opener && (!capitals || opener->value) && body_capital(b, i)) return true;
    if (body_date(b, i, end, false, &d) == end) return true;
    bool office = line->capitals && body_agency_rank(b, i, end);
    return office && (!capitals || body_agency_rank(b, i, end) == 1);
}

static bool small_or_number(const Body *b, int i)
{
    return !body_capital(b, i) && b->text[i][0];
}

/* Do the tokens of the line from `skip` on stand centred under the line before, as those of a title do? */
static bool is_centred(const Body *b, const BodyLine *last, const BodyLine *line, int skip)
{
    if (line->at.h <= 1) return false;
    Rect above = run_at((Run){b->tok.v + last->first, last->n});
    Rect at = run_at((Run){b->tok.v + line->first + skip, line->n - skip});
    int off = 2 * at.x + at.w - 2 * above.x - above.w;
    return abs(off) <= 2 * line->at.h;
}

/* Is the dash before this line a speck, and a bracket a part of the title? No item and no "(Kèm theo ...)" stands so,
 * centred under the line before. */
static bool is_speck(const Body *b, const BodyLine *last, const BodyLine *line)
{
    char mark = b->tok.v[line->first].mark;
    int end = line->first + line->n;
    bool bracket =
        mark == '(' && b->tok.v[end - 1].mark != ')' && !body_says(b, line->first + 1, end, WORD_ENCLOSED);
    return (mark == '-' || bracket) && line->n >= 3 && is_centred(b, last, line, mark == '-');
}

/* A long title: its lines are as long as sentences, but stand centred and end nowhere. */
static bool goes_on_centred(const Body *b, const BodyLine *last, const BodyLine *line)
{
    return is_centred(b, last, line, 0) && !body_ends(b, line->first - 1) &&
           !body_says(b, line->first, line->first + line->n, WORD_OPENS_SENTENCE);
}

/* Does the title go on in this line? */
static bool title_line(const Body *b, const BodyLine *last, const BodyLine *line, bool begun, bool capitals)
{
    bool task = !begun && body_says(b, line->first, line->first + line->n, WORD_CARRIES_OUT) &&
                !names_document(b, line);
    if (line->page != last->page) return false;
    bool speck = is_speck(b, last, line);
    if (!task && begins_text(b, line, begun ? capitals : line->capitals, speck)) return false;
    if (!begun) return true;
    bool near = line->at.y - rect_bottom(last->at) < (last->at.h > 1 ? last->at.h : 1);
    if (small_or_number(b, line->first + speck)) return true;
    return near && line->capitals == capitals && (!is_sentence(b, line) || goes_on_centred(b, last, line));
}

/* Specks before the title's first word. */
static int past_dirt(const Body *b, const BodyLine *line)
{
    int i = line->first, end = i + line->n;
    while (i + 1 < end && i < line->first + MOST_DIRT && body_capital(b, i + 1) &&
           (b->tok.v[i].mark || strstr(b->tok.v[i].text, "..")))
        i++;
    return i;
}

static void find_title(Head *h)
{
    const Body *b = h->b;
    int first = h->title, end, lines = 0;
    if (h->kind_line < 0 || head_known(h, FACT_TITLE)) return;
    int at = h->kind_line, line_end = body_line_end(b, b->lines.v[at].first);
    while (first < line_end && b->tok.v[first].mark) first++;
    if (body_says(b, first, line_end, WORD_OF) && body_agency_rank(b, first + 1, line_end)) first = line_end;
    bool begun = line_end - first >= 2 && body_capitals(b, first, line_end);
    end = begun ? line_end : first;
    bool capitals = begun;
    for (int i = at + 1; i < (int)b->lines.n && lines < MOST_TITLE; i++, lines++) {
        const BodyLine *line = &b->lines.v[i];
        char c[COMPACT_MOST];
        if (compact_run((Run){b->tok.v + line->first, line->n}, false, c) < 2)
            continue; /* a rule under the kind */
        if (!begun && line->at.y < rect_bottom(b->lines.v[at].at) && b->tok.v[first - 1].at.h > 1 &&
            line->at.y + line->at.h / 2 < rect_bottom(b->tok.v[first - 1].at))
            continue; /* a stamp beside it */
        if (!title_line(b, &b->lines.v[at], line, begun, capitals)) break;
        if (!begun) first = past_dirt(b, line), capitals = line->capitals;
        begun = true, end = line->first + line->n, at = i;
    }
    if (begun && end > first) head_add(h, FACT_TITLE, 0, title_text(b, first, end), first, end, TRUST_FORM);
    h->title_first = first, h->title_end = begun ? end : first;
}

/* ---- elsewhere ---- */

/* "(Kèm theo Kế hoạch số": where it stands and where the kind, either of which may be misread; or -1. */
static int find_annex_line(const Body *b, int at, int *kind_at)
{
    int n = (int)b->tok.n;
    const char *kind;
    for (; at < n; at++) {
        int with = body_says(b, at, n, WORD_ENCLOSED);
        if (with) return *kind_at = at + with, at;
        for (int k = at + 1; b->tok.v[at].mark == '(' && k < at + 5 && k < n; k++)
            if (body_kind(b, k, n, &kind) && body_capital(b, k)) return *kind_at = k, at;
    }
    return -1;
}

/* Takes number, date and issuer from the annex line, its kind at i. */
static bool take_annex(Head *h, int i, int end)
{
    const Body *b = h->b;
    const char *kind = NULL, *value;
    Date d;
    int kind_end = body_kind(b, i, end, &kind), number = 0, first = kind_end ? kind_end : i, date = 0;
    for (int k = first; k < end && k < first + 4 && !number; k++) {
        number = b->tok.v[k].mark ? 0 : body_number(b, k, end, &value);
        if (number) first = k;
    }
    if (!number && !kind_end) return false;
    if (kind_end && !head_known(h, FACT_KIND)) head_add(h, FACT_KIND, 0, kind, i, kind_end, TRUST_ANNEX);
    if (number) head_add_number(h, first, number, value, TRUST_ANNEX);
    int at = number ? number : kind_end;
    while (at < end && !(date = body_date(b, at, end, false, &d))) at++;
    if (date) head_add_date(h, at, date, d, TRUST_ANNEX);
    int of = date ? date : number;
    if (of && body_says(b, of, end, WORD_OF) && !head_known(h, FACT_ISSUER)) {
        int agency = body_agency(b, of + 1, end);
        head_add(h, FACT_ISSUER, 1, agency ? body_proper(b, of + 1, agency) : NULL, of + 1, agency,
                 TRUST_ANNEX);
    }
    return true;
}

static void find_annex(Head *h)
{
    const Body *b = h->b;
    int n = (int)b->tok.n, kind;
    for (int at = 0; (at = find_annex_line(b, at, &kind)) >= 0; at = kind + 1) {
        int end = kind;
        while (end < n && end < kind + 30 && b->tok.v[end].mark != ')') end++;
        if (kind < n && take_annex(h, kind, end)) return;
    }
}

/* A text without a head whose first lines are its subject: up to "Căn cứ", "(Kèm theo" or the first
 * sentence. */
static void find_bare_title(Head *h)
{
    const Body *b = h->b;
    int kind, annex = find_annex_line(b, 0, &kind), end = h->end;
    if (head_known(h, FACT_TITLE) || h->kind_line >= 0 || head_known(h, FACT_ISSUER) ||
        head_known(h, FACT_NUMBER))
        return;
    if (annex >= 0 && annex < end) end = b->lines.v[b->line[annex]].first;
    if (!end || h->end_line > 3) return;
    head_add(h, FACT_TITLE, 0, body_text(b, 0, end), 0, end, TRUST_SENTENCE);
    h->title_first = 0, h->title_end = end;
}

/* "Phòng Giáo dục và Đào tạo quận Hà Đông ban hành kế hoạch ..." */
static void find_issuer_in_text(Head *h)
{
    const Body *b = h->b;
    int n = (int)b->tok.n;
    for (int i = 0; i < n && i < 1500 && !head_known(h, FACT_ISSUER); i++) {
        if (!body_capital(b, i) ||
            (i && !body_ends(b, i - 1) && b->tok.v[i - 1].mark != ',' && !b->tok.v[i].new_line))
            continue;
        int end = body_agency(b, i, n);
        if (!end || end - i < 3) continue;
        if (body_says(b, end, n, WORD_ISSUES))
            head_add(h, FACT_ISSUER, 1, body_proper(b, i, end), i, end, TRUST_SENTENCE);
    }
}

/* A letterhead of its own: what an annex or a sentence names is another document. */
static bool has_head(const Head *h)
{
    bool motto = false;
    for (int i = 0; i < h->end && !motto; i++)
        motto = h->struck[i] && body_says(h->b, i, h->end, WORD_MOTTO_BEGINS);
    return motto && (head_known(h, FACT_NUMBER) || head_known(h, FACT_DATE)) && head_known(h, FACT_ISSUER);
}

/* "Hôm nay, ngày 23 tháng 06 năm 2023"; else a line with nothing but a place and a date; else, in a text that
 * is not an official document, the first date that is not that of another one. */
static void find_date_in_text(Head *h)
{
    const Body *b = h->b;
    int n = (int)b->tok.n, used, at = body_find(b, 0, n, WORD_TODAY, &used);
    for (int i = at, end = at < 0 ? 0 : body_line_end(b, at); i >= 0 && i < end && !head_known(h, FACT_DATE);
         i++) {
        Date d;
        int stop = body_begins(b, i, WORD_DAY) ? body_date(b, i, end, false, &d) : 0;
        if (stop) head_add_date(h, i, stop, d, TRUST_FORM);
    }
    for (int i = n - 1; i >= 0 && !head_known(h, FACT_DATE); i--) {
        const BodyLine *line = &b->lines.v[b->line[i]];
        Date d;
        if (!body_says(b, i, n, WORD_DAY) || i - line->first > 5) continue;
        int end = body_date(b, i, n, false, &d);
        if (end && end == line->first + line->n && i > line->first && b->tok.v[i - 1].mark == ',') {
            head_add_date(h, i, end, d, TRUST_FORM);
            head_add_place(h, i);
        }
    }
    bool own = head_known(h, FACT_KIND) || has_head(h);
    for (int i = 0; i < n && !own && !head_known(h, FACT_DATE); i++) {
        const char *value;
        Date d;
        int number = b->tok.v[i].mark ? 0 : body_number(b, i, n, &value);
        if (number) {
            int end = body_date(b, number, n, false, &d);
            i = (end ? end : number) - 1;
            continue;
        }
        if (!body_says(b, i, n, WORD_DAY)) continue;
        int end = body_date(b, i, n, false, &d);
        if (end && d.day) head_add_date(h, i, end, d, TRUST_SENTENCE * TRUST_SENTENCE);
    }
}

void document_facts(const Body *b, Pairings *found)
{
    if (!b->lines.n) return;
    Head h = {.b = b, .found = found, .kind_line = -1, .struck = arena_new(&b->doc->a, bool, b->tok.n + 1)};
    find_end(&h);
    strike_mottos(&h);
    document_stamps(&h);
    document_date(&h);
    document_number(&h);
    find_subject(&h);
    document_issuers(&h);
    find_title(&h);
    document_number_end(&h);
    if (!has_head(&h)) find_annex(&h), find_bare_title(&h);
    find_issuer_in_text(&h);
    find_date_in_text(&h);
    document_number_end(&h);
    document_bases(&h);
    document_period(&h);
    document_signers(&h);
    document_recipients(&h);
}
