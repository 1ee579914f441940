/* name_lists RAW OUT: the lists of names that `dau` reads, from lists of facts.
 *
 *     RAW/units.tsv     kind, name, district, province, first day, last day
 *     RAW/schools.tsv   level, name, times, district, province
 *     RAW/streets.tsv   name, district, province
 *
 * "Trường THPT An Phú 2, Huyện An Phú" is in OUT/schools.tsv
 *
 *     an phu    An Phú    THPT    1    An Phú    An Giang
 *
 * The key comes first and the lines are in its order, blanks aside, so that opening a list compares nothing. A name has
 * its tones in their old place and no numeral. Districts are spelt as units.tsv has them; a place of a district that it
 * does not have is left out. At last OUT/syllables.tsv counts what follows what in all of the names. */
#include "base/file.h"
#include "base/map.h"
#include "base/str.h"
#include "base/tsv.h"
#include "base/vec.h"
#include "base/viet.h"
#include "doc/pairing.h"
#include "model/gazetteer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Line {
    const char *order; /* the key without blanks */
    const char *text;
} Line;

typedef struct Lists {
    Arena a;
    Map districts;           /* folded "district, province": index + 1 into spelt */
    VEC(const char *) spelt; /* "Hà Đông TAB Hà Nội" */
    VEC(Line) lines;         /* of the list being made */
    Map counts;              /* "TAB"-parted school: times */
    Map streets;             /* a street's name: how many have it */
    Map commonest;           /* letters: how many have the commonest name of these */
    const char *raw, *out;
} Lists;

static const char *field(const Tsv *t, int i)
{
    return i < t->fields && t->field[i] ? t->field[i] : "";
}

static const char *without_blanks(Arena *a, const char *key)
{
    char *s = arena_str(a, key), *to = s;
    for (const char *p = key; *p; p++)
        if (*p != ' ') *to++ = *p;
    *to = '\0';
    return s;
}

static void add_line(Lists *l, const char *name, const char *rest)
{
    const char *spelt = viet_tone_str(&l->a, name, TONE_OLD), *key = viet_key(&l->a, spelt);
    if (!*key) return;
    *vec_push(&l->lines) =
        (Line){without_blanks(&l->a, key), arena_printf(&l->a, "%s\t%s\t%s", key, spelt, rest)};
}

static int by_order(const void *a, const void *b)
{
    const Line *p = a, *q = b;
    int order = strcmp(p->order, q->order);
    return order ? order : strcmp(p->text, q->text);
}

/* Writes the lines in order, each once. */
static bool write_list(Lists *l, const char *name, const char *title, Err *err)
{
    Buf b = {0};
    buf_addf(&b, "# key\tname\t%s\n", title);
    if (l->lines.n) qsort(l->lines.v, l->lines.n, sizeof *l->lines.v, by_order);
    for (size_t i = 0; i < l->lines.n; i++)
        if (!i || !str_eq(l->lines.v[i].text, l->lines.v[i - 1].text))
            buf_addf(&b, "%s\n", l->lines.v[i].text);
    bool ok = file_write(arena_printf(&l->a, "%s/%s", l->out, name), buf_str(&b), b.len, err);
    buf_release(&b);
    l->lines.n = 0;
    return ok;
}

static bool each_line(Lists *l, const char *name, void (*take)(Lists *, const Tsv *), Err *err)
{
    Buf text = {0};
    Tsv t = {0};
    bool ok = file_read(arena_printf(&l->a, "%s/%s", l->raw, name), 0, &text, err);
    tsv_init(&t, buf_str(&text), text.len);
    while (ok && tsv_next(&t)) take(l, &t);
    tsv_release(&t);
    buf_release(&text);
    return ok;
}

/* ---- units ---- */

static const char *folded(Arena *a, const char *district, const char *province)
{
    return arena_printf(a, "%s\t%s", gazetteer_fold(a, district), gazetteer_fold(a, province));
}

static bool is_district(const char *kind)
{
    return str_eq(kind, "quận") || str_eq(kind, "huyện") || str_eq(kind, "thị xã") ||
           str_eq(kind, "thành phố");
}

static void note_district(Lists *l, const Tsv *t)
{
    if (!is_district(field(t, 0)) || !*field(t, 5)) return;
    int *at = map_at(&l->districts, folded(&l->a, field(t, 1), field(t, 3)));
    if (*at) return;
    *vec_push(&l->spelt) = arena_printf(&l->a, "%s\t%s", field(t, 1), field(t, 3));
    *at = (int)l->spelt.n;
}

static void unit_line(Lists *l, const Tsv *t)
{
    add_line(l, field(t, 1),
             arena_printf(&l->a, "%s\t%s\t%s\t%s\t%s", field(t, 0), field(t, 2), field(t, 3), field(t, 4),
                          field(t, 5)));
}

/* "Hà Đông TAB Hà Nội" as the units have it; "TAB": they have not. */
static const char *place(const Lists *l, Arena *a, const char *district, const char *province)
{
    int at = *district ? map_lookup(&l->districts, folded(a, district, province), 0) : 0;
    return at ? l->spelt.v[at - 1] : "\t";
}

/* ---- schools and streets ---- */

/* Numbers are left out: "Số 1 Hòa Sơn", "Huổi Luông số 1", "An Phú 2". */
static const char *bare_name(Arena *a, const char *name)
{
    const char *number = viet_key(a, name);
    name = arena_strn(a, name, school_stem(name));
    if (strncmp(number, "so ", 3) == 0 && viet_is_digit((unsigned char)number[3])) {
        name = strchr(name, ' ') ? strchr(strchr(name, ' ') + 1, ' ') : NULL;
        return name ? name + 1 : "";
    }
    const char *last = strrchr(name, ' ');
    return last && str_eq(viet_key(a, last), "so") ? arena_strn(a, name, (size_t)(last - name)) : name;
}

/* How many streets have the name, and how many the commonest of its letters. */
static void count_street(Lists *l, const Tsv *t)
{
    Arena tmp = {0};
    const char *name = viet_tone_str(&tmp, field(t, 0), TONE_OLD);
    int n = ++*map_at(&l->streets, name),
        *most = map_at(&l->commonest, without_blanks(&tmp, viet_key(&tmp, name)));
    if (n > *most) *most = n;
    arena_release(&tmp);
}

/* "Nguyễn Bình Khiêm" of one town, where 45 have Nguyễn Bỉnh Khiêm, is a slip of whoever typed the list. */
static bool is_slip(const Lists *l, Arena *a, const char *name)
{
    enum { TIMES = 10, PERSON = 3 /* syllables; of two there are many names */ };
    const char *spelt = viet_tone_str(a, name, TONE_OLD), *key = viet_key(a, spelt);
    int most = map_lookup(&l->commonest, without_blanks(a, key), 0), blanks = 0;
    for (const char *p = key; *p; p++) blanks += *p == ' ';
    return most >= TIMES && blanks + 1 >= PERSON && map_lookup(&l->streets, spelt, 0) * TIMES <= most;
}

static void count_school(Lists *l, const Tsv *t)
{
    const char *name = viet_tone_str(&l->a, bare_name(&l->a, field(t, 1)), TONE_OLD);
    if (!*name || viet_is_digit((unsigned char)*name) ||
        (str_int(field(t, 2)) < 2 && is_slip(l, &l->a, name)))
        return;
    *map_at(&l->counts, arena_printf(&l->a, "%s\t%s\t%s", name, field(t, 0),
                                     place(l, &l->a, field(t, 3), field(t, 4)))) += str_int(field(t, 2));
}

static void add_schools(Lists *l)
{
    for (size_t i = 0; i < l->counts.cap; i++) {
        const MapSlot *s = &l->counts.slot[i];
        if (!s->key) continue;
        size_t name = strcspn(s->key, "\t"), level = strcspn(s->key + name + 1, "\t");
        const char *code = arena_strn(&l->a, s->key + name + 1, level);
        add_line(l, arena_strn(&l->a, s->key, name),
                 arena_printf(&l->a, "%s\t%d\t%s", code, s->value, s->key + name + level + 2));
    }
}

static void street_line(Lists *l, const Tsv *t)
{
    Arena tmp = {0};
    const char *where = place(l, &tmp, field(t, 1), field(t, 2));
    if (*where != '\t' && !is_slip(l, &tmp, field(t, 0))) add_line(l, field(t, 0), where);
    arena_release(&tmp);
}

/* ---- syllables ---- */

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void count_pair(Map *m, Arena *a, const char *first, const char *second, int weight)
{
    *map_at(m, arena_printf(a, "%s\t%s", first, second)) += weight;
    *map_at(m, arena_printf(a, "%s\t", first)) += weight;
}

/* "^ TAB tay", "tay TAB dang", "dang TAB $", each with its weight; "tay TAB" is all that begins with it, "$ TAB" all syllables. */
static void count_name(Map *m, Arena *a, const char *name, int weight)
{
    const char *before = "^";
    char *rest = NULL;
    for (char *s = strtok_r(viet_key(a, name), " ", &rest); s; s = strtok_r(NULL, " ", &rest)) {
        count_pair(m, a, before, s, weight);
        *map_at(m, "$\t") += weight;
        before = s;
    }
    count_pair(m, a, before, "$", weight);
}

static bool write_syllables(Lists *l, Err *err)
{
    static const char title[] = "# syllable\tnext\tweight\n";
    const char *path = arena_printf(&l->a, "%s/syllables.tsv", l->out);
    Map m = {0};
    VEC(const char *) keys = {0};
    Buf b = {0};
    if (!file_write(path, title, sizeof title - 1, err)) return false;
    Gazetteer *g = gazetteer_open(err);
    for (size_t i = 0; g && gazetteer_name(g, i); i++)
        count_name(&m, &l->a, gazetteer_name(g, i), gazetteer_weight(g, i));
    gazetteer_close(g);
    for (size_t i = 0; i < m.cap; i++)
        if (m.slot[i].key) *vec_push(&keys) = m.slot[i].key;
    if (keys.n) qsort(keys.v, keys.n, sizeof *keys.v, by_bytes);
    buf_add(&b, title);
    for (size_t i = 0; i < keys.n; i++) buf_addf(&b, "%s\t%d\n", keys.v[i], map_lookup(&m, keys.v[i], 0));
    bool ok = g && file_write(path, buf_str(&b), b.len, err);
    buf_release(&b);
    vec_release(&keys);
    map_release(&m);
    return ok;
}

int main(int argc, char **argv)
{
    Err err = {0};
    if (argc != 3) return fprintf(stderr, "usage: name_lists RAW OUT\n"), 2;
    Lists l = {.raw = argv[1], .out = argv[2]};
    setenv("DAU_DATA", l.out, 1);
    bool ok =
        each_line(&l, "units.tsv", note_district, &err) && each_line(&l, "units.tsv", unit_line, &err) &&
        write_list(&l, "units.tsv", "kind\tdistrict\tprovince\tfrom\tuntil", &err) &&
        each_line(&l, "streets.tsv", count_street, &err) && each_line(&l, "schools.tsv", count_school, &err);
    if (ok) add_schools(&l);
    ok = ok && write_list(&l, "schools.tsv", "level\tcount\tdistrict\tprovince", &err) &&
         each_line(&l, "streets.tsv", street_line, &err) &&
         write_list(&l, "streets.tsv", "district\tprovince", &err) && write_syllables(&l, &err);
    if (!ok) fprintf(stderr, "name_lists: %s\n", err.text);
    map_release(&l.districts);
    map_release(&l.counts);
    map_release(&l.streets);
    map_release(&l.commonest);
    vec_release(&l.spelt);
    vec_release(&l.lines);
    arena_release(&l.a);
    return ok ? 0 : 1;
}
