/* What stands beside a name in its cell and is not part of it:
 *
 *     Trường Mầm non Hiền Ninh, X. Hiền Ninh        an address: the ward "Hiền Ninh"
 *     HT: Hoàng Thị Hà - ĐT: 0987 335 734           whom to call
 *     (Đ/c Lê Văn Hải, 0912 000 111)                the same in brackets
 *     Kim Đồng (TH)                                 the level, behind the name
 *
 * An address begins with the word of a unit and goes on over words in capitals; what is said of a person goes on to the
 * end of its line. */
#include "extract/names/names.h"

#include "base/str.h"
#include "base/viet.h"

#include <string.h>

static Run from(Run r, int i)
{
    return run_part(r, i, r.n - i);
}

/* "Đ/c": of "đồng chí", or of "địa chỉ" before an address. */
static int comrade(Run r)
{
    bool is = r.n > 2 && tok_is(&r.v[0], "d") && r.v[1].mark == '/' && tok_is(&r.v[2], "c");
    return is ? 3 : 0;
}

/* ---- places ---- */

/* "Hợp lý", "Cư jút": the last syllable of a place that somebody typed in small letters. */
static bool is_small_end(Run r, int i)
{
    int used;
    const Tok *t = &r.v[i];
    bool ends = i + 1 == r.n || r.v[i + 1].mark || r.v[i + 1].new_line;
    return i == 1 && ends && t->typed == TYPED_YES && !t->mark && !t->new_line && *t->letters &&
           !tok_word(t, WORD_AND) && !run_word_marked(from(r, i), WORD_CONTACT, &used);
}

/* Tokens of the place's own name, in capitals or digits, on its line. */
static int place_words(Run r)
{
    enum { MOST = 5 };
    int n = 0, used;
    while (n < r.n && n < MOST && !r.v[n].mark && !(n && r.v[n].new_line && r.v[n].broke)) {
        if (n && ((!tok_capital(&r.v[n]) && !is_small_end(r, n)) || level_prefix(from(r, n), &used) ||
                  run_word_marked(from(r, n), WORD_CONTACT, &used)))
            break;
        n++;
    }
    return n;
}

/* Words before a place that say no more than that it is one: "thuộc", "địa chỉ:". */
static int address_words(Run r)
{
    int used = 0, comrades = comrade(r), unit;
    if (comrades && unit_word(from(r, comrades), &unit)) return comrades;
    if (!run_word_marked(r, WORD_BELONGS, &used)) return 0;
    while (used < r.n && (r.v[used].mark == '.' || r.v[used].mark == '-')) used++;
    return used;
}

static bool is_listed(const Gazetteer *g, const char *name)
{
    enum { MOST = 8 };
    Spelling s[MOST];
    int n = gazetteer_near(g, name, 0, NULL, 0, s, MOST);
    while (n > 0 && !gazetteer_same(s[n - 1].name, name)) n--;
    return n > 0;
}

/* "Đường Lâm", "Xã Đàn": names that begin like an address. */
static bool is_listed_whole(Arena *a, const Gazetteer *g, Run r)
{
    int n = r.n && tok_capital(&r.v[0]) ? place_words(r) : 0;
    while (g && n > 1 && !is_listed(g, run_text(a, run_part(r, 0, n)))) n--;
    return g && n > 1;
}

/* "Thị trấn Chi Lăng (THCS)": a school's name, whose level stands in brackets. */
static bool before_level(Run r)
{
    int n = place_words(r), to = n + 1;
    if (n >= r.n || r.v[n].mark != '(') return false;
    while (to < r.n && r.v[to].mark != ')') to++;
    return to > n + 1 && level_cell(run_part(r, n + 1, to - n - 1));
}

/* "quận Cầu Giấy", "X. Tiên Thắng". `apart`: a mark or a new line stands before it. */
static Beside read_place(Arena *a, const Gazetteer *g, Run r, bool apart)
{
    Beside b = {BESIDE_NOTHING};
    int skip = apart || (r.n && !tok_capital(&r.v[0])) ? address_words(r) : 0, used = 0,
        more = 0; /* "Thân Thuộc" */
    UnitKind unit = unit_word(from(r, skip), &used);
    if (!unit || (!apart && !skip && tok_capital(&r.v[0]))) return b;
    if (unit == UNIT_WARD && !skip && (is_listed_whole(a, g, r) || (apart && before_level(from(r, used)))))
        return b;
    used += skip;
    if (used < r.n && r.v[used].mark == '.') used++;
    Run name = from(r, used);
    b.kind = BESIDE_PLACE, b.used = used;
    const char *district = district_name(a, g, name, apart, &more);
    if (unit != UNIT_WARD && district) {
        if (unit == UNIT_DISTRICT || gazetteer_lookup_district(g, district)) b.district = district;
        b.used += more;
        return b;
    }
    if (!apart && !skip && unit != UNIT_WARD) return (Beside){BESIDE_NOTHING};
    b.used += place_words(name);
    return b;
}

/* ---- persons and telephones ---- */

/* Tokens to the end of what is said of a person: of the line, and of the next one too where the word went over its
 * end. A school's level ends it, and so does a semicolon. */
static int person_words(Run r)
{
    int n = 1, used;
    for (; n < r.n; n++) {
        const Tok *t = &r.v[n];
        if ((t->new_line && t->broke) || t->mark == ';' || t->mark == '(' || t->mark == ')') break;
        if (level_prefix(from(r, n), &used) && used < r.n - n && tok_capital(t)) break;
        if (t->new_line && (tok_word(t, WORD_LEAD) || unit_word(from(r, n), &used))) break;
    }
    return n;
}

/* Was it read with a mark? Restoring may have put those of "Bà" on the "Ba" of "Ba Đình". */
static bool has_read_mark(const Tok *t)
{
    for (const char *p = t->raw; *p; p++)
        if (*p & 0x80) return true;
    return false;
}

/* "Bà Trần Thị Hoa"; not "Cô Giang" and "Bà Lê Chân", after whom schools are named. */
static bool is_person(Arena *a, const Gazetteer *g, Run r)
{
    int used = comrade(r), unit, n;
    if (used && !unit_word(from(r, used), &unit)) return used < r.n;
    if (!run_word_marked(r, WORD_PERSON_TITLE, &used) || used >= r.n || !has_read_mark(&r.v[0]) ||
        !tok_capital(&r.v[0]) || !tok_word(&r.v[used], WORD_SURNAME))
        return false;
    for (n = used; n < r.n && !r.v[n].mark && tok_capital(&r.v[n]) && !(n && r.v[n].new_line);) n++;
    while (n > used && (strlen(r.v[n - 1].letters) < 2 || numeral_is(&r.v[n - 1]))) n--; /* "Cô Tô II" */
    return n - used > 1 && !(g && gazetteer_count(g, run_text(a, run_part(r, 0, n))));
}

/* "Hoàng Thị Hà - 0912345678": a line with a telephone that begins with a person. */
static bool is_line_of_person(Run r)
{
    int used;
    bool phone = false;
    if (!tok_word(&r.v[0], WORD_SURNAME) || level_prefix(r, &used)) return false;
    for (int i = 1; i < r.n && !(r.v[i].new_line && r.v[i].broke) && !phone; i++)
        phone = r.v[i].sense & SENSE_CONTACT;
    return phone;
}

/* "HT:", "PHT", which are written in capitals: "Pht Châu" is "Phú Châu". */
static bool says_contact(Run r)
{
    int used;
    const Keyword *w = run_word_marked(r, WORD_CONTACT, &used);
    bool code = w && w->text[0] && viet_is_upper((unsigned char)w->text[0]);
    for (const char *p = r.v[0].raw; code && *p; p++)
        if (*p >= 'a' && *p <= 'z') return false;
    return w;
}

static Beside read_person(Arena *a, const Gazetteer *g, Run r, bool line)
{
    bool said = says_contact(r) || is_person(a, g, r) || r.v[0].sense & SENSE_CONTACT ||
                (line && is_line_of_person(r));
    return said ? (Beside){.kind = BESIDE_PERSON, .used = person_words(r)} : (Beside){BESIDE_NOTHING};
}

/* ---- in all ---- */

Beside beside_read(Arena *a, const Gazetteer *g, Run r, bool apart, bool line)
{
    if (!r.n || r.v[0].mark) return (Beside){BESIDE_NOTHING};
    Beside b = read_place(a, g, r, apart);
    return b.kind ? b : read_person(a, g, r, line);
}

Beside beside_in_bracket(Arena *a, const Gazetteer *g, Run inside)
{
    Level level = inside.n ? level_cell(inside) : LEVEL_NONE;
    int used;
    if (level) return (Beside){.kind = BESIDE_LEVEL, .used = inside.n, .level = level};
    Beside b = beside_read(a, g, inside, true, true);
    if (b.kind) {
        for (int i = b.used; i < inside.n && !b.district; i++) { /* "xã Vân Hòa, huyện Ba Vì" */
            Beside more = beside_read(a, g, from(inside, i), true, false);
            b.district = more.district;
        }
        b.used = inside.n;
        return b;
    }
    for (int i = 0; i < inside.n; i++)
        if (inside.v[i].sense & (SENSE_CONTACT | SENSE_MONEY | SENSE_DATE))
            return (Beside){.kind = BESIDE_PERSON, .used = inside.n};
    const char *district = inside.n ? district_name(a, g, inside, false, &used) : NULL;
    if (district && used == inside.n)
        return (Beside){.kind = BESIDE_PLACE, .used = used, .district = district};
    return (Beside){BESIDE_NOTHING};
}
