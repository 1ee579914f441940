/* Dates, numbers, agencies, persons and kinds of documents in the running text.
 *
 *     "ngày 15 tháng 09 năm 2024"                   2024-09-15; without the day that was not read: 2024-09
 *     "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO QUẬN CẦU GIẤY"     Phòng Giáo dục và Đào tạo quận Cầu Giấy
 *
 * An agency is written as in a sentence: "quận" begins a name, "giáo dục" does not. */
#include "extract/text/body.h"

#include "base/viet.h"

#include <string.h>

/* ---- dates ---- */

enum { LEAST_YEAR = 1945, LAST_YEAR = 2099 };

/* The number a token is, "08", "O8,"; -1: none. */
static int number_of(const Body *b, int i, int end, int digits)
{
    return i < end && !b->tok.v[i].mark ? digits_read(b->tok.v[i].text, digits) : -1;
}

static bool good_year(int y)
{
    return y >= LEAST_YEAR && y <= LAST_YEAR;
}

/* d/m/y or m/y in one string of digits and separators; blanks between its tokens do not count. */
static int slashed(const Body *b, int i, int end, bool day, Date *date)
{
    int part[3] = {0}, parts = 0, digits = 0, used = 0;
    for (int k = i; k < end && k < i + 5; k++) {
        const Tok *t = &b->tok.v[k];
        for (const char *p = t->text; *p; p++) {
            if (viet_is_digit(*p)) {
                if (digits == 4) return 0;
                part[parts] = part[parts] * 10 + (*p - '0'), digits++;
            } else if (strchr("/.-", *p) && digits && parts < (day ? 2 : 1)) {
                parts++, digits = 0;
            } else if (parts == (day ? 2 : 1) && digits == 4) {
                break; /* "2023)" */
            } else {
                return 0;
            }
        }
        if (parts == (day ? 2 : 1) && digits == 4) {
            used = k + 1;
            break;
        }
    }
    if (!used) return 0;
    *date = day ? (Date){part[2], part[1], part[0]} : (Date){part[1], part[0], 0};
    bool good = good_year(date->year) && date->month >= 1 && date->month <= 12 && date->day <= 31;
    return good && (!day || date->day >= 1) ? used : 0;
}

/* What stands between "ngày" and "tháng", "tháng" and "năm": a number, or something unread. */
static int part_of_date(const Body *b, int i, int end, WordKind word, int most, int *value)
{
    *value = 0;
    for (int k = i; k < end && k <= i + 2; k++) {
        if (body_says(b, k, end, word)) return k + 1;
        int n = number_of(b, k, end, 2);
        if (n >= 1 && n <= most && !*value) *value = n;
    }
    return 0;
}

static int worded(const Body *b, int i, int end, Date *date)
{
    int k = part_of_date(b, i, end, WORD_MONTH, 31, &date->day);
    k = k ? part_of_date(b, k, end, WORD_YEAR, 12, &date->month) : 0;
    date->year = k ? number_of(b, k, end, 4) : 0;
    if (!date->month) date->day = 0;
    return k && good_year(date->year) ? k + 1 : 0;
}

int body_date(const Body *b, int i, int end, bool loose, Date *date)
{
    *date = (Date){0};
    if (i >= end) return 0;
    if (body_says(b, i, end, WORD_DAY)) {
        int k = worded(b, i + 1, end, date);
        return k ? k : slashed(b, i + 1, end, true, date);
    }
    int glued = body_begins(b, i, WORD_DAY);
    if (glued && b->text[i][glued]) { /* "ngày15 tháng 9", "ngày.24" */
        int day = digits_read(b->tok.v[i].text + strcspn(b->tok.v[i].text, "0123456789"), 2);
        int k = worded(b, i + 1, end, date);
        if (k && date->month && day >= 1 && day <= 31) date->day = day;
        return k;
    }
    if (viet_is_digit(b->tok.v[i].text[0])) {
        int k = slashed(b, i, end, true, date);
        if (k) return k;
    }
    if (body_says(b, i, end, WORD_MONTH)) {
        int k = slashed(b, i + 1, end, false, date), month = number_of(b, i + 1, end, 2);
        if (k) return k;
        *date = (Date){number_of(b, i + 3, end, 4), month, 0};
        if (month >= 1 && month <= 12 && body_says(b, i + 2, end, WORD_YEAR) && good_year(date->year))
            return i + 4;
    }
    *date = (Date){0};
    if (!loose) return 0;
    int at = i + (body_says(b, i, end, WORD_YEAR) > 0);
    date->year = number_of(b, at, end, 4);
    return good_year(date->year) ? at + 1 : 0;
}

const char *date_text(Arena *a, Date d)
{
    if (!d.month) return arena_printf(a, "%04d", d.year);
    if (!d.day) return arena_printf(a, "%04d-%02d", d.year, d.month);
    return arena_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

/* ---- numbers and symbols ---- */

static bool is_symbol(const char *s)
{
    int32_t c;
    for (; *s;) {
        s += utf8_decode(s, strlen(s), &c);
        if (!viet_is_letter(c) && !viet_is_digit(c) && c != '-' && c != '&' && c != '.') return false;
    }
    return true;
}

/* "Số73/KH-UBND", "hoạch12/KH": what stands before the first digit, when that is before the slash. */
static const char *without_word(const char *number)
{
    size_t n = strcspn(number, "0123456789/");
    return number[n] ? number + n : number;
}

/* "12/KH-PGDĐTngày": a symbol has capitals, and at most two small letters at its end ("TTg"). */
static const char *without_tail(Arena *a, const char *s)
{
    size_t end = 0, small = 0;
    for (size_t i = 0, n = strlen(s); i < n;) {
        int32_t c;
        i += utf8_decode(s + i, n - i, &c);
        bool lower = viet_is_letter(c) && !viet_is_upper(c);
        small = lower ? small + 1 : 0;
        if (!lower) end = i;
    }
    return small > 2 ? arena_strn(a, s, end) : arena_str(a, s);
}

/* Takes tokens as long as they go on without a blank, or with one round a slash or dash. */
int body_number(const Body *b, int i, int end, const char **value)
{
    Buf s = {0};
    int k = i, slashes = 0;
    bool letter = false;
    for (; k < end && k < i + 12; k++) {
        const Tok *t = &b->tok.v[k];
        bool slash = t->mark == '/', joins = t->mark == '-' || slash;
        bool after = s.len && strchr("/-", s.s[s.len - 1]);
        if (k > i && t->new_line && !after) break;
        if (k > i && !t->glued && !joins && !after) break;
        if (joins && !slash && !t->glued && !(k + 1 < end && slashes)) break;
        if ((t->mark && !joins) || (!t->mark && k > i && !is_symbol(t->text) && !strchr(t->text, '/'))) break;
        if (t->mark == '-' && !s.len) break;
        if (!t->mark && !t->glued && k > i && !body_capital(b, k) && !viet_is_digit(t->text[0])) break;
        for (const char *p = t->text; *p; p++) {
            slashes += *p == '/';
            letter |= slashes && !viet_is_digit(*p) && *p != '/' && *p != '-';
        }
        buf_add(&s, slash ? "/" : t->mark == '-' ? "-" : t->text);
    }
    while (s.len && strchr(".,:;-/", s.s[s.len - 1])) s.s[--s.len] = '\0';
    bool good = s.len && slashes && letter;
    *value = without_tail(&b->doc->a, without_word(buf_str(&s)));
    buf_release(&s);
    return good ? k : 0;
}

/* ---- kinds of documents ---- */

int body_kind(const Body *b, int i, int end, const char **value)
{
    int used;
    const Keyword *w = body_word(b, i, end, WORD_DOCUMENT, &used);
    if (w) *value = w->meaning;
    return w ? i + used : 0;
}

/* ---- agencies ---- */

int body_agency_rank(const Body *b, int i, int end)
{
    Level level;
    int used;
    if (i >= end || b->tok.v[i].mark) return 0;
    const Keyword *w = body_word(b, i, end, WORD_AGENCY, &used);
    if (w) return w->value;
    level = level_prefix((Run){b->tok.v + i, end - i}, &used);
    return level && body_capital(b, i) ? 3 : 0;
}

const Keyword *body_unit_word(const Body *b, int i, int end, int *used)
{
    return body_word_marked(b, i, end, WORD_UNIT, used);
}

int body_unit(const Body *b, int i, int end)
{
    int used;
    return body_unit_word(b, i, end, &used) ? i + used : 0;
}

static bool trails(const Body *b, int i) /* punctuation at the token's end */
{
    const char *s = b->tok.v[i].text;
    size_t n = strlen(s);
    return n > 1 && strchr(".,;:\"?!", s[n - 1]) && !(n <= 4 && s[n - 1] == '.' && body_capital(b, i));
}

int body_agency(const Body *b, int i, int end)
{
    const char *kind;
    int used, k = i;
    if (!body_agency_rank(b, i, end)) return 0;
    for (; k < end && k < i + 24; k++) {
        bool last = trails(b, k);
        if (b->tok.v[k].mark == '(') { /* "(GDĐT)" in the middle of a name */
            if (k + 2 < end && b->tok.v[k + 2].mark == ')' && body_capital(b, k + 1)) {
                k += 2;
                continue;
            }
            break;
        }
        if (b->tok.v[k].mark) break;
        if (body_says(b, k, end, WORD_AGENCY_ENDS)) break;
        if (k > i && body_unit(b, k, end)) {
            k = body_unit(b, k, end) - 1, last = trails(b, k);
        } else if (k > i && (used = body_says(b, k, end, WORD_AGENCY_INSIDE))) {
            k += used - 1, last = trails(b, k);
        } else if (k > i && (body_kind(b, k, end, &kind) ||
                             (body_says(b, k, end, WORD_YEAR) && !body_capital(b, k)))) {
            break;
        } else if (k > i && body_says(b, k, end, WORD_AND) && !body_capital(b, k)) {
            if (k + 1 >= end || !body_capital(b, k + 1) || body_agency_rank(b, k + 1, end) ||
                body_kind(b, k + 1, end, &kind))
                break;
        } else if (k > i && !body_capital(b, k) && !viet_is_digit(b->tok.v[k].text[0])) {
            break;
        }
        if (last) return k + 1;
    }
    return k > i + 1 || (k > i && strlen(b->text[i]) >= 4) ? k : 0;
}

/* ---- persons ---- */

static const float DOUBTED_WORD = 0.6f; /* below, letters are as likely a signature's strokes */

static bool is_among(const Body *b, WordKind kind, const char *letters)
{
    return words_lookup(b->doc->words, kind, letters) != NULL;
}

static bool is_surname(const Body *b, int i)
{
    return is_among(b, WORD_SURNAME, b->text[i]);
}

/* A capital, then small letters only, or with `capitals` capitals throughout. */
static bool name_word(const Body *b, int i, bool capitals)
{
    const Tok *t = &b->tok.v[i];
    size_t n = 0;
    if (t->mark || !body_capital(b, i)) return false;
    for (const char *p = t->text + strspn(t->text, "\"'`-"); *p; n++) {
        int32_t c;
        p += utf8_decode(p, strlen(p), &c);
        if (!viet_is_letter(c) && !(c < 0x80 && strchr(".,;", (int)c) && !*p)) return false;
        if (viet_is_letter(c) && n && viet_is_upper(c) != capitals) return false;
    }
    return n >= 2 && n <= 9;
}

bool body_name_word(const Body *b, int i)
{
    return name_word(b, i, false) && b->tok.v[i].prob > DOUBTED_WORD;
}

/* Words of offices and schools, "Trưởng Phòng", "Trường Mầm", but not "Trương" and "Học". */
static bool no_name_word(const Body *b, int i)
{
    if (!is_among(b, WORD_NO_PERSON, b->text[i])) return false;
    Arena a = {0};
    const char *lower = viet_lower_str(&a, b->tok.v[i].text);
    KeywordList persons = words_of_kind(b->doc->words, WORD_PERSON);
    bool no = true;
    for (int k = 0; k < persons.n; k++) no = no && !str_eq(lower, persons.v[k].lower);
    arena_release(&a);
    return no;
}

int body_person(const Body *b, int i, int end)
{
    int k = i;
    if (i >= end || !(is_surname(b, i) || is_among(b, WORD_SURNAME, b->raw[i]))) return 0;
    bool capitals = body_capitals(b, i, i + 2 < end ? i + 2 : end);
    while (k < end && k < i + 5 && name_word(b, k, capitals) && (k == i || !b->tok.v[k].new_line)) {
        if (k - i >= 3 && is_surname(b, k) && k + 1 < end && name_word(b, k + 1, capitals)) break;
        if (trails(b, k++)) break;
    }
    for (int n = i; n < k; n++)
        if (no_name_word(b, n) && (n == i || k - i == 2)) return 0;
    bool more = k < end && !b->tok.v[k].new_line && name_word(b, k, capitals) && !is_surname(b, k);
    return k - i >= 2 && !more ? k : 0;
}

/* ---- writing capitals as a sentence does ---- */

static const char *titled(Arena *a, const char *s)
{
    const char *lower = viet_lower_str(a, s);
    int32_t c = 0;
    size_t first = *s ? utf8_decode(s, strlen(s), &c) : 0, rest = utf8_offset(lower, 1);
    return arena_printf(a, "%.*s%s", (int)first, s, lower + rest);
}

/* "KT.", "TM.": what follows is the office for which somebody signs. */
static bool stands_for(const Body *b, int i)
{
    const Keyword *w = words_lookup(b->doc->words, WORD_FOR, b->text[i]);
    return w && w->value != FOR_SIGNATURE;
}

/* How token i of what begins at `first` is written; *used tokens. `name`: a proper name goes on. */
static const char *proper_at(const Body *b, int first, int i, int end, bool *name, int *used)
{
    Arena *a = &b->doc->a;
    const Tok *t = &b->tok.v[i];
    *used = 1;
    if (t->mark || !viet_is_letter((unsigned char)b->text[i][0])) return t->text;
    const Keyword *form = body_word(b, i, end, WORD_PROPER, used);
    if (form) return *name = true, form->text;
    if (body_word(b, i, end, WORD_SMALL, used))
        return *name = true, viet_lower_str(a, body_text(b, i, i + *used));
    *used = 1;
    bool short_form = is_among(b, WORD_SHORT_FORM, b->text[i]);
    if (stands_for(b, i)) return t->text;
    if (i > first && stands_for(b, i - 1) && !short_form) return titled(a, t->text);
    if (short_form || !b->text[i][1]) return *name = true, t->text;
    return *name ? titled(a, t->text) : viet_lower_str(a, t->text);
}

const char *body_proper(const Body *b, int first, int end)
{
    Arena *a = &b->doc->a;
    if (!body_capitals(b, first, end)) return body_text(b, first, end);
    Buf s = {0};
    bool name = false;
    for (int i = first, used; i < end; i += used) {
        const char *word = proper_at(b, first, i, end, &name, &used);
        if (s.len && !b->tok.v[i].glued && !(b->tok.v[i].mark && strchr(",;)", b->tok.v[i].mark)))
            buf_addc(&s, ' ');
        buf_add(&s, word);
    }
    const char *text = viet_trim(a, buf_str(&s));
    int32_t c = 0;
    size_t n = *text ? utf8_decode(text, strlen(text), &c) : 0;
    char upper[4];
    size_t bytes = n ? utf8_encode(viet_upper(c), upper) : 0;
    text = arena_printf(a, "%.*s%s", (int)bytes, upper, text + n);
    buf_release(&s);
    return text;
}
