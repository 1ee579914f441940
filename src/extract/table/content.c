/* "MN Nhật Tân | Tây Hồ | 0912 345 678" are a school, a name and a telephone's number. What a cell is, its tokens tell
 * by themselves and by the words they begin with; what a column is, the shares of its cells. */
#include "extract/table/table.h"

#include "base/str.h"
#include "base/viet.h"

#include <limits.h>
#include <string.h>

/* ---- one cell ---- */

/* Its number may stand before it: "12 Trường MN Hoa Mai". */
static Run without_number(Run r)
{
    while (r.n && (r.v[0].mark == '-' || r.v[0].mark == '.')) r = run_part(r, 1, r.n - 1);
    if (run_words(r) > 2 && !r.v[0].mark && ordinal_read(&r.v[0], 0)) r = run_part(r, 1, r.n - 1);
    return r;
}

static Run first_line(Run r)
{
    int n = 1;
    while (n < r.n && !r.v[n].new_line) n++;
    return run_part(r, 0, n);
}

/* "A", "II.": what sections are counted with. */
static bool is_section_number(Run r)
{
    const char *s = r.v[0].letters;
    return run_words(r) == 1 && !r.v[0].mark &&
           (heading_number(&r.v[0]) || (strlen(s) == 1 && *s >= 'a' && *s <= 'h'));
}

static bool is_number(Run r)
{
    if (is_section_number(r)) return true;
    return run_words(r) <= 2 && ordinal_read(&r.v[r.v[0].mark == '(' && r.n > 1], 0) &&
           !(r.v[0].sense & (SENSE_DAY | SENSE_DATE));
}

/* Telephones, sums and dates: half of the letters and more are digits. */
static bool is_amount(Run r, bool *contact)
{
    int digits = 0, all = 0;
    unsigned sense = 0;
    for (int i = 0; i < r.n; i++) {
        sense |= r.v[i].sense;
        for (const char *p = r.v[i].text; *p; p++)
            digits += viet_is_digit((unsigned char)*p), all += ((unsigned char)*p & 0xC0) != 0x80;
    }
    *contact = sense & SENSE_CONTACT;
    return 2 * digits >= all || sense & (SENSE_DATE | SENSE_MONEY);
}

/* "Ông Trần Bình": schools are named after persons, but not so. */
static bool is_person(Run r)
{
    int used;
    return run_word_marked(r, WORD_PERSON_TITLE, &used) && used < r.n && tok_word(&r.v[used], WORD_SURNAME);
}

/* "Trường Hoa Mai", not "Trường TP". */
static bool is_led_name(Run r)
{
    int used;
    bool lead = tok_word(&r.v[0], WORD_LEAD) || tok_word(&r.v[0], WORD_LEAD_SHORT);
    return r.n > 1 && lead && tok_capital(&r.v[1]) && !unit_word(run_part(r, 1, r.n - 1), &used);
}

/* Most of its words begin with a capital letter or a digit. */
static bool is_name(Run r)
{
    enum { SHARE = 60 }; /* per cent */
    int words = 0, capitals = 0;
    for (int i = 0; i < r.n; i++)
        if (!r.v[i].mark && !tok_word(&r.v[i], WORD_AND)) words++, capitals += tok_capital(&r.v[i]);
    return words && tok_capital(&r.v[0]) && capitals * 100 >= words * SHARE;
}

CellKind cell_kind(Run r)
{
    int used;
    bool contact = false;
    if (!r.n) return CELL_EMPTY;
    if (run_is_ditto(r)) return CELL_DITTO;
    if (!run_words(r)) return CELL_EMPTY;
    if (is_number(r)) return CELL_NUMBER;
    if (level_cell(r)) return CELL_LEVEL;
    Run line = first_line(without_number(r));
    if (!line.n) return CELL_TEXT;
    if (run_is_school(line)) return CELL_SCHOOL;
    if (run_is_outsider(line)) return CELL_TEXT;
    if (is_amount(line, &contact)) return contact ? CELL_CONTACT : CELL_AMOUNT;
    if (tok_word(&line.v[0], WORD_CONTACT)) return CELL_CONTACT;
    if (is_led_name(line)) return CELL_SCHOOL;
    if (unit_word(line, &used) && used < line.n) return CELL_UNIT;
    if (is_person(line)) return CELL_PERSON;
    return is_name(line) ? CELL_NAME : CELL_TEXT;
}

/* ---- a column ---- */

/* What tells persons from schools in a column of names: three words or four that no list of schools has, "Nguyễn Thu
 * Phúc", most of which begin with a family's name; of the rare ones fewer do. */
typedef struct Persons {
    int long_ones, surnames;
} Persons;

static void note_person(Doc *doc, Run r, int rows, Persons *p)
{
    enum { LEAST = 3, MOST = 4 };
    int words = run_words(r);
    if (words != r.n || words < LEAST || words > MOST || gazetteer_count(doc->names, run_text(&doc->a, r)))
        return;
    p->long_ones += rows, p->surnames += rows * (tok_word(&r.v[0], WORD_SURNAME) != NULL);
}

/* Are they persons? `contacts`: telephones stand in the next column. */
static bool are_persons(const Persons *p, int names, bool contacts)
{
    enum { FEW = 4 };
    bool most_long = p->long_ones * 10 > names * 6, all_long = p->long_ones * 10 > names * 8;
    if (contacts && most_long) return true;
    return names >= FEW && (p->surnames * 10 > names * 7 || (all_long && p->surnames * 10 >= names * 4));
}

static bool beside_contacts(const Grid *g, int from, int col)
{
    int contacts = 0, all = 0;
    for (int r = from; r < g->t->rows; r++) {
        const XCell *c = cell_at(g, r, col + 1);
        if (!c || c->row != r || c->col != col + 1 || !c->run.n) continue;
        all++, contacts += cell_kind(c->run) == CELL_CONTACT;
    }
    return contacts * 2 > all;
}

/* What names are in a column: districts where most are, the same few again and again ("Tây Hồ, Tây Hồ, Sóc Sơn");
 * persons where most look like them. */
static CellKind names_are(int names, int distinct, int districts, bool persons, int units)
{
    enum { ONE_IN = 5 };
    if (units * ONE_IN > names) return CELL_UNIT; /* "phường Bắc Hồng" among "Nam Hồng" */
    if (districts * 10 > names * 7 && distinct * 2 <= names) return CELL_UNIT;
    return persons ? CELL_PERSON : CELL_NAME;
}

/* "huyện Hiệp Hòa", "Hiệp Hòa" of the lists. */
static bool is_district(Doc *doc, Run r)
{
    int used;
    UnitKind unit = unit_word(r, &used);
    if (unit) return unit != UNIT_WARD;
    return gazetteer_lookup_district(doc->names, run_text(&doc->a, r)) != NULL;
}

/* The level that most schools of the column have, and none has another. */
static void note_level(Profile *k, Run r)
{
    int used;
    Level level = level_prefix(without_number(r), &used);
    if (level && k->level && !levels_agree(level, k->level)) k->levels_differ = true;
    if (level && !k->level) k->level = level;
}

/* Numbers that count 1, 2, 3 are ordinals; others are pupils, classes, sums. */
static bool counts_on(const Grid *g, int from, int col)
{
    enum { NEAR = 3 }; /* rows may be lost, or a number misread */
    int numbers = 0, steps = 0, last = 0, least = INT_MAX, most = 0;
    for (int r = from; r < g->t->rows; r++) {
        const XCell *c = cell_at(g, r, col);
        if (!c || c->row != r || c->col != col || cell_kind(c->run) != CELL_NUMBER) continue;
        int no = 0;
        for (int i = 0; i < c->run.n && !no; i++) no = ordinal_read(&c->run.v[i], last + 1);
        if (!no) continue;
        numbers++, steps += last && (no == 1 || (no > last && no <= last + NEAR));
        last = no;
        if (no < least) least = no;
        if (no > most) most = no;
    }
    return numbers < 3 || (steps * 2 >= numbers - 1 && most - least <= NEAR * numbers);
}

Profile column_profile(Doc *doc, const Grid *g, int from, int col)
{
    Profile k = {0};
    int distinct = 0, districts = 0;
    Persons persons = {0};
    Map seen = {0};
    for (int r = from; r < g->t->rows; r++) {
        const XCell *c = cell_at(g, r, col);
        if (!c || c->row != r || c->col != col || c->colspan > 1) continue;
        CellKind kind = cell_kind(c->run);
        int rows = c->rowspan; /* for which it holds */
        k.share[kind] += rows, k.n += rows;
        if (kind == CELL_SCHOOL) note_level(&k, c->run);
        if (kind == CELL_NAME || kind == CELL_UNIT) k.districts += rows * is_district(doc, c->run);
        if (kind != CELL_NAME) continue;
        const char *name = run_text(&doc->a, c->run);
        districts += rows * (gazetteer_lookup_district(doc->names, name) != NULL);
        note_person(doc, c->run, rows, &persons);
        distinct += !(*map_at(&seen, name))++;
    }
    map_release(&seen);
    if (!counts_on(g, from, col)) k.share[CELL_AMOUNT] += k.share[CELL_NUMBER], k.share[CELL_NUMBER] = 0;
    int names = (int)k.share[CELL_NAME];
    int units = k.share[CELL_SCHOOL] > 0 ? 0 : (int)k.share[CELL_UNIT];
    bool people = names && are_persons(&persons, names, beside_contacts(g, from, col));
    CellKind really = names_are(names, distinct, districts, people, units);
    if (really != CELL_NAME) k.share[really] += names, k.share[CELL_NAME] = 0;
    for (int i = 0; k.n && i < CELL_KINDS; i++) k.share[i] /= k.n;
    if (k.n) k.districts /= k.n;
    return k;
}

double profile_names(const Profile *k)
{
    return k->share[CELL_SCHOOL] + k->share[CELL_NAME];
}
