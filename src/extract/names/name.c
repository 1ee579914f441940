/* "Tiểu học Vân Hòa (huyện Ba Vì), Tiểu học Phú / Châu" -> TH Vân Hòa, Ba Vì; TH Phú Châu.
 *
 * 1. Words of a level at the front are the level, not the name; they are compared with a few edits allowed,
 *    for an OCR makes "M4m non" and "TIEU HQC" of them. The longest that fits wins ("TH và THCS" over "TH").
 * 2. A name ends at a comma, a semicolon, "và", a plus, a dash or a new line before the next level's words,
 *    at the next level's words themselves, and at a line that was ended early though it had room.
 * 3. In brackets or after a comma, quận, huyện, thị xã, thành phố and a name are the district; xã and phường
 *    are an address. Neither is a school. */
#include "extract/private.h"

#include "base/str.h"
#include "base/viet.h"

#include <string.h>

/* ---- the names in a cell ---- */

typedef struct Parse {
    Names *out;
    Arena *a;
    const Gazetteer *g;
    NameStyle style;
    Run cell;
    int at[256], n; /* tokens of the name being gathered */
    int from;       /* where its prefix began, -1 when it has none */
    Level level, inherited;
    const char *district;
    bool guessed;
} Parse;

static int parse_words(const Parse *p)
{
    int n = 0;
    for (int i = 0; i < p->n; i++) n += !p->cell.v[p->at[i]].mark;
    return n;
}

static const char *clean_ends(Arena *a, const char *s)
{
    static const char junk[] = " .,;:|_-'\"`~=<>*";
    size_t n = strlen(s), bytes;
    int32_t c;
    for (; *s; s += bytes, n -= bytes) {
        bytes = utf8_decode(s, n, &c);
        if (c < 0x80 ? !strchr(junk, c) : viet_is_letter(c)) break;
    }
    while (n) {
        for (bytes = 1; bytes < n && ((unsigned char)s[n - bytes] & 0xC0) == 0x80;) bytes++;
        utf8_decode(s + n - bytes, bytes, &c);
        if (c < 0x80 ? !strchr(junk, c) : viet_is_letter(c)) break;
        n -= bytes;
    }
    return arena_strn(a, s, n);
}

static const char *last_word(const Parse *p, const Tok *t)
{
    return t->typed == TYPED_YES ? t->text : numeral_read(t->text, &p->style.numbers);
}

static const char *parse_text(const Parse *p, bool raw)
{
    Buf b = {0};
    for (int i = 0; i < p->n; i++) {
        const Tok *t = &p->cell.v[p->at[i]];
        const char *s = raw ? t->raw : t->text;
        if (!raw && i + 1 == p->n && i) s = last_word(p, t);
        if (!*s) continue;
        bool bracket = t->mark == ')' || (i && p->cell.v[p->at[i - 1]].mark == '(');
        if (b.len && !bracket) buf_addc(&b, ' ');
        buf_add(&b, s);
    }
    if (!raw && p->n && numeral_lost(&p->cell.v[p->at[p->n - 1]]))
        buf_addf(&b, " %s", numbering_one(&p->style.numbers));
    const char *s = raw ? arena_str(p->a, buf_str(&b)) : clean_ends(p->a, buf_str(&b));
    buf_release(&b);
    return s;
}

static Place place_of(const Parse *p)
{
    Place place = {0};
    int last = -1;
    for (int i = 0; i < p->n; i++) {
        const Tok *t = &p->cell.v[p->at[i]];
        if (!place.page) place.page = t->page, place.first_word = t->index;
        if (t->page != place.page) continue;
        place.box = rect_union(place.box, t->box);
        if (t->index < place.first_word) place.first_word = t->index;
        if (t->index > last) last = t->index;
    }
    place.words = last >= place.first_word ? last - place.first_word + 1 : 0;
    return place;
}

static float prob_of(const Parse *p)
{
    float prob = 1;
    int before = -1;
    for (int i = 0; i < p->n; i++) {
        const Tok *t = &p->cell.v[p->at[i]];
        if (!t->mark && t->index != before) prob *= t->prob, before = t->index;
    }
    return prob;
}

/* Who wrote the name: the least of its words. */
static Typed typed_of(const Parse *p)
{
    Typed least = TYPED_YES;
    for (int i = 0; i < p->n; i++) {
        const Tok *t = &p->cell.v[p->at[i]];
        if (!t->mark && t->typed < least) least = t->typed;
    }
    return least;
}

static bool has_letters(const char *s)
{
    char c[COMPACT_MOST];
    return compact(s, c) > 0;
}

/* "Thanh Tùng ]": the stroke may be the 1 or I that tells the school from its sister; not after a numeral. */
static const char *stroke_after(const Parse *p)
{
    int next = p->at[p->n - 1] + 1;
    if (p->n > 1 && heading_number(&p->cell.v[next - 1])) return NULL;
    bool stroke = next < p->cell.n && p->cell.v[next].mark == '|' && !p->cell.v[next].new_line;
    return stroke ? p->cell.v[next].text : NULL;
}

/* The name being gathered without its first word. */
static const char *name_behind(const Parse *p)
{
    Parse rest = *p;
    memmove(rest.at, rest.at + 1, (size_t)--rest.n * sizeof *rest.at);
    return parse_text(&rest, false);
}

/* Does "Trường" stand before the name? It does where it stands before most of them and the others have a level; else
 * unless the lists know the name better with it, "Trường Sơn" and "Trường Chinh 1". */
static bool is_led(const Parse *p)
{
    const Tok *lead = &p->cell.v[p->at[0]], *next = &p->cell.v[p->at[1]];
    if (p->style.lead && (p->style.kinds || !p->g)) return tok_is_lead(lead);
    if (!tok_word(lead, WORD_LEAD) || next->mark || !p->g) return false;
    if (p->n < 3) /* "Trường 3-2", "Trường Krông" */
        return viet_is_digit((unsigned char)next->text[0]) ||
               (lead->typed == TYPED_YES &&
                !gazetteer_count(p->g, arena_printf(p->a, "%s %s", lead->text, next->text)));
    const char *behind = name_behind(p), *stem = arena_strn(p->a, behind, school_stem(behind));
    int without = gazetteer_count(p->g, behind), of_stem = gazetteer_count(p->g, stem),
        with = gazetteer_count(p->g, arena_printf(p->a, "%s %s", lead->text, stem));
    if (of_stem > without) without = of_stem;
    if (with > without) return false;
    if (without || p->style.kinds || p->style.lead) return true;
    return !gazetteer_count(p->g, arena_printf(p->a, "%s %s", lead->text, next->text));
}

static void name_end(Parse *p)
{
    const char *tail = p->n ? stroke_after(p) : NULL;
    if (p->n && !tail) tail = numeral_tail(&p->cell.v[p->at[p->n - 1]]);
    for (; p->n > 1; p->n--) {
        const Tok *last = &p->cell.v[p->at[p->n - 1]];
        if (numeral_is_stray(last))
            tail = last->raw;
        else if (last->mark == ')' || *last->letters)
            break;
    }
    if (p->from < 0 && p->n > 1 && is_led(p)) memmove(p->at, p->at + 1, (size_t)--p->n * sizeof *p->at);
    if (p->n == 1 && tok_word(&p->cell.v[p->at[0]], WORD_LEAD)) p->n = 0; /* its name stands elsewhere */
    const char *text = parse_text(p, false);
    if (has_letters(text) && strspn(text, "0123456789") < strlen(text)) { /* "1-6" is a name, "24" none */
        Name *name = vec_push(p->out);
        *name = (Name){.level = p->level ? p->level : p->inherited,
                       .name = text,
                       .read = clean_ends(p->a, parse_text(p, true)),
                       .district = p->district,
                       .prob = prob_of(p),
                       .place = place_of(p),
                       .guessed = p->guessed,
                       .typed = typed_of(p),
                       .list = p->style.numbers,
                       .tail = school_stem(text) < strlen(text) ? NULL : tail, /* its numeral was read */
                       .stray = tail != NULL};
        if (p->from >= 0 && p->n) { /* raw: with the words of the level, as it stands there */
            Parse whole = *p;
            whole.n = 0;
            for (int i = p->from; i < p->at[0] && whole.n < 64; i++) whole.at[whole.n++] = i;
            for (int i = 0; i < p->n && whole.n < 255; i++) whole.at[whole.n++] = p->at[i];
            name->raw = parse_text(&whole, true);
            name->place = place_of(&whole);
        } else {
            name->raw = parse_text(p, true);
        }
        name->at = p->cell.v[p->from >= 0 ? p->from : p->at[0]].at;
        if (p->level) p->inherited = p->level;
    }
    p->n = 0;
    p->from = -1;
    p->level = LEVEL_NONE;
    p->district = NULL;
    p->guessed = false;
}

static Run rest_of(const Parse *p, int i)
{
    return run_part(p->cell, i, p->cell.n - i);
}

/* A district for the name being gathered, or for the one that just ended. */
static void set_district(Parse *p, const char *district)
{
    if (p->n)
        p->district = district;
    else if (p->out->n && !p->out->v[p->out->n - 1].district)
        p->out->v[p->out->n - 1].district = district;
}

static int bracket_end(const Parse *p, int i)
{
    for (int k = i + 1; k < p->cell.n; k++)
        if (p->cell.v[k].mark == ')') return k;
    return -1;
}

static void take(Parse *p, int i)
{
    if (p->n < 250) p->at[p->n++] = i;
}

/* What stands beside the names, at i; 0: nothing does. */
static int parse_beside(Parse *p, int i, bool apart, bool line)
{
    Beside b = beside_read(p->a, p->g, rest_of(p, i), apart, line);
    if (b.district) set_district(p, b.district);
    return b.kind ? b.used : 0;
}

/* The level behind a name, "Kim Đồng (TH)", is that of the name being gathered or of the one before. */
static void set_level(Parse *p, Level level)
{
    if (p->n)
        p->level = p->level ? p->level : level;
    else if (p->out->n && !p->out->v[p->out->n - 1].level)
        p->out->v[p->out->n - 1].level = level;
}

/* A bracket: what stands beside a name, or a part of it ("cơ sở 2"). Returns tokens used. */
static int parse_bracket(Parse *p, int i)
{
    int end = bracket_end(p, i);
    bool closed = end >= 0;
    if (!closed) end = p->cell.n;
    Run inside = run_part(p->cell, i + 1, end - i - 1);
    Beside b = beside_in_bracket(p->a, p->g, inside);
    if (b.level) set_level(p, b.level);
    if (b.district) set_district(p, b.district);
    if (!b.kind && p->n && closed && inside.n)
        for (int k = i; k <= end; k++) take(p, k);
    return closed ? end - i + 1 : end - i;
}

static int words_on_line(const Parse *p, int i)
{
    int n = 0;
    for (int k = i; k < p->cell.n && (k == i || !p->cell.v[k].new_line); k++) n += !p->cell.v[k].mark;
    return n;
}

/* "Hoa Mai", "26-3", "tư thục Hoa Cúc", "số 2 Cái Rồng" at i. */
static bool may_begin_name(const Parse *p, int i)
{
    const Tok *t = &p->cell.v[i];
    int used;
    bool digit = i + 1 < p->cell.n && viet_is_digit((unsigned char)p->cell.v[i + 1].text[0]);
    return tok_capital(t) || (tok_is(t, "so") && digit) || run_word(rest_of(p, i), WORD_SCHOOL_KIND, &used);
}

/* Does a name end before token i, because somebody pressed Enter there? A name may go on behind it, above all one with a
 * level where the next line has none: "Trường Tiểu học Nguyễn / Văn Trỗi". *guessed: it may here. */
static bool line_ends_name(const Parse *p, int i, bool *guessed)
{
    enum { WHOLE = 2 }; /* syllables of most names, at least */
    const Tok *t = &p->cell.v[i];
    if (!t->new_line || !t->broke || !parse_words(p) || !may_begin_name(p, i)) return false;
    bool short_one = parse_words(p) < WHOLE || words_on_line(p, i) < WHOLE, prefixed = p->from >= 0;
    *guessed = !t->hard || short_one || prefixed;
    if (tok_word(t, WORD_LEAD) && t->hard) return *guessed = false, true;
    if (t->hard && !prefixed) return parse_words(p) >= WHOLE || words_on_line(p, i) >= WHOLE;
    return !short_one && tok_capital(t) && (t->hard || !p->level);
}

/* "Thị trấn Hòn Đất" on a line of its own is a school named so, where places have their own column or each line begins
 * with a dash. */
static bool is_named_after_ward(const Parse *p, int i)
{
    int used;
    const Tok *t = &p->cell.v[i];
    bool dashed = i && t[-1].mark == '-' && t[-1].new_line && p->cell.v[0].mark == '-';
    int end = i;
    while (end < p->cell.n && !p->cell.v[end].mark) end++;
    bool listed = i && t[-1].mark == ',' && end < p->cell.n &&
                  p->cell.v[end].mark == '('; /* "A (..), Thị trấn B (..)" */
    return ((p->style.places && t->new_line && t->hard) || dashed || listed) && tok_capital(t) &&
           unit_word(rest_of(p, i), &used) == UNIT_WARD && !viet_is_upper((unsigned char)t->text[1]) &&
           strlen(t->letters) > 2;
}

static bool is_list_number(const Parse *p, int i)
{
    const Tok *t = &p->cell.v[i];
    if (t->mark || i + 1 >= p->cell.n || !(t->new_line || i == 0 || p->n)) return false;
    size_t n = strlen(t->text);
    int used;
    bool dotted = n > 1 && (t->text[n - 1] == '.' || t->text[n - 1] == ')') && viet_is_digit(t->text[0]);
    return dotted && (p->n == 0 || level_prefix(rest_of(p, i + 1), &used));
}

/* Syllables of the name being gathered without "Trường" and "số 1" before it. */
static int syllables(const Parse *p)
{
    int i = 0;
    if (p->n && tok_is_lead(&p->cell.v[p->at[0]])) i++;
    if (i + 1 < p->n && tok_is(&p->cell.v[p->at[i]], "so") &&
        viet_is_digit((unsigned char)p->cell.v[p->at[i + 1]].text[0]))
        i += 2;
    return parse_words(p) - i;
}

/* "Bé Ngoan và Thỏ Ngọc" are two names, and so are "Diễn Thái và Hra" where they were typed; "Hoa và Nắng" is one. */
static bool is_and_between_names(const Parse *p, int i)
{
    int used, n = 0;
    if (i + 1 >= p->cell.n || tok_capital(&p->cell.v[i]) || !tok_word(&p->cell.v[i], WORD_AND)) return false;
    Run after = rest_of(p, i + 1);
    if (level_prefix(after, &used) || tok_is_lead(&after.v[0])) return true;
    while (n < after.n && !after.v[n].mark && !after.v[n].new_line && !numeral_is(&after.v[n])) n++;
    bool day = p->n == 1 && p->cell.v[p->at[0]].sense & SENSE_DAY; /* "20-11 và Bùi Bằng Đoàn" */
    return (parse_words(p) > 1 || day) && (n > 1 || (n && syllables(p) > 1 && after.v[0].typed == TYPED_YES));
}

/* "HT: Lê Văn Hải" where a name should begin. */
static bool is_person_alone(const Parse *p, int i)
{
    return beside_read(p->a, p->g, rest_of(p, i), false, true).kind == BESIDE_PERSON;
}

bool run_is_nobody(Run r)
{
    int used = 0;
    while (r.n && r.v[0].mark) r = run_part(r, 1, r.n - 1);
    while (r.n && r.v[r.n - 1].mark) r.n--;
    return r.n && run_word_marked(r, WORD_NOBODY, &used) && used == r.n;
}

bool run_is_outsider(Run r)
{
    int used;
    while (r.n && r.v[0].mark) r = run_part(r, 1, r.n - 1);
    return r.n && tok_capital(&r.v[0]) && run_word_marked(r, WORD_OUTSIDER, &used);
}

/* "các trường A và B", "03 trường: A, B": tokens that only say that several names follow. */
int names_intro(Run r)
{
    enum { MOST = 4 }; /* "các trường học", "03 nhà trường" */
    int used, n = 0;
    if (!r.n) return 0;
    size_t digits = strspn(r.v[0].text, "0123456789");
    if (digits && digits < 3 && !r.v[0].text[digits])
        n = 1;
    else if (run_word(r, WORD_SEVERAL, &used))
        n = used;
    for (int i = n; i < r.n && i < MOST && !r.v[i].mark; i++) {
        const char *s = r.v[i].text;
        bool ends = s[strlen(s) - 1] == ':', lead = tok_is_lead(&r.v[i]);
        if (lead && ends && (n || !tok_capital(&r.v[i]))) return i + 1;
        bool name = lead && n && i + 1 < r.n &&
                    (tok_capital(&r.v[i + 1]) || level_prefix(run_part(r, i + 1, r.n - i - 1), &used));
        if (name) return tok_capital(&r.v[i + 1]) && level_prefix(run_part(r, i, r.n - i), &used) ? i : i + 1;
        if (tok_capital(&r.v[i]) || ends) return 0;
    }
    return 0;
}

/* Takes what stands at i; returns how many tokens it was. */
static int parse_at(Parse *p, int i)
{
    const Tok *t = &p->cell.v[i];
    int used, intro = p->n || p->level ? 0 : names_intro(rest_of(p, i));
    if (intro) return intro;
    bool after_mark = i == 0 || p->cell.v[i - 1].mark == ',' || p->cell.v[i - 1].mark == ';' ||
                      p->cell.v[i - 1].mark == '-';
    if (t->mark == '(') return parse_bracket(p, i);
    if (t->mark == '-') {
        if (!p->n || t->new_line || level_prefix(rest_of(p, i + 1), &used)) return name_end(p), 1;
        int beside = parse_beside(p, i + 1, true, false);
        if (beside) return 1 + beside;
        return take(p, i), 1;
    }
    if (t->mark) return t->mark == '|' || t->mark == '.' || t->mark == ')' ? 1 : (name_end(p), 1);
    if (is_list_number(p, i)) return name_end(p), 1;
    bool loose_and = !p->n && p->out->n && !tok_capital(t) && tok_word(t, WORD_AND);
    if (loose_and || (p->n && is_and_between_names(p, i))) return name_end(p), 1;
    int beside = parse_beside(p, i, after_mark || (t->new_line && (t->broke || p->n)), t->new_line);
    if (is_named_after_ward(p, i)) beside = 0;
    if (beside && (p->n || p->out->n || is_person_alone(p, i))) return beside;
    Level level = level_prefix(rest_of(p, i), &used);
    if (level && !(p->n == 0 && p->level)) {
        if (p->n) name_end(p);
        p->level = level;
        p->from = i;
        return used;
    }
    bool guessed;
    if (p->n && line_ends_name(p, i, &guessed)) {
        name_end(p);
        p->guessed = guessed;
    }
    return take(p, i), 1;
}

void names_parse(Names *out, Arena *a, const Gazetteer *g, Run cell, NameStyle style)
{
    Parse p = {.out = out, .a = a, .g = g, .style = style, .cell = cell, .from = -1};
    for (int i = 0; i < cell.n;) i += parse_at(&p, i);
    name_end(&p);
}
