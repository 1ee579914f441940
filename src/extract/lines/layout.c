/* What stands round the names in most rows of a list is told by counting: in
 *
 *     1 | CĐCS Trường MN Cát Dài | CĐCS Trường MN Hòa Bình | Hoàng Thị Hải
 *     2 | CĐCS Trường MN Lam Sơn | CĐCS Trường MN Cao Minh | Đặng Văn Tuấn
 *
 * "CĐCS" stands before most levels and a person behind most pairs; so neither is part of a name in the rows where no bar
 * says it. */
#include "extract/lines/rows.h"

#include "base/align.h"

#include <string.h>

/* No syllable of a name is without a vowel: "CBCS", "cpcs" are what was read of a code. */
static bool is_code(const Tok *t)
{
    size_t n = strlen(t->read);
    return !t->mark && n >= 3 && n <= 5 && strcspn(t->read, "aeiouy") == n;
}

bool layout_code(const Layout *layout, const Tok *t)
{
    if (is_code(t)) return true;
    const char *code = layout->code;
    int n = (int)strlen(t->read), m = code ? (int)strlen(code) : 0;
    return code && !t->mark && edit_distance(t->read, n, code, m, 2) <= 2 && n <= m + 1;
}

/* The word before most levels that is none of theirs: "CĐCS Trường MN". */
static const char *common_code(Arena *a, const FlatLine *lines, int n)
{
    enum { LEAST = 3 };
    Map seen = {0};
    const char *best = NULL;
    int most = 0, all = 0, start[MOST_STARTS];
    for (int i = 0; i < n; i++) {
        int starts = name_starts(lines[i].run, start);
        for (int k = 0; k < starts; k++, all++) {
            const Tok *t = start[k] ? &lines[i].run.v[start[k] - 1] : NULL;
            if (!t || t->mark || strlen(t->read) < LEAST || tok_word(t, WORD_LEAD)) continue;
            int *at = map_at(&seen, t->read);
            if (++*at > most) most = *at, best = arena_str(a, t->read);
        }
    }
    map_release(&seen);
    return most >= LEAST && most * 5 > all ? best : NULL;
}

int layout_level(Run r)
{
    int start[MOST_STARTS], n = name_starts(r, start), used;
    if (n < 2) return r.n;
    int last = start[n - 1];
    if (last + 1 < r.n && !r.v[last + 1].mark && !(n > 2 && !tok_capital(&r.v[last + 1]))) {
        if (n < 3 || run_words(run_part(r, last, r.n - last)) > 3) return r.n;
    }
    return level_prefix(run_part(r, last, 1), &used) && used == 1 ? last : r.n;
}

/* Numbered lines, most of which have words that join two names in them or in the line below. */
static bool are_sentences(Arena *a, const FlatLine *lines, int n)
{
    enum { LEAST = 3 };
    int rows = 0, joined = 0;
    for (int i = 0; i < n; i++) {
        Run row;
        Entry e = {0};
        if (!flat_ordinal(a, lines[i].run, 0, &row) || !run_words(row)) continue;
        rows++;
        if (i + 1 < n) row = run_join(a, row, lines[i + 1].run);
        joined += part_sentence(row, &e);
    }
    return joined >= LEAST && joined * 2 > rows;
}

Layout layout_of(const Flat *f, const FlatLine *lines, int n)
{
    enum { LEAST = 3 };
    int start[MOST_STARTS], rows = 0, places = 0, persons = 0, bars = 0, four = 0, levels = 0, used;
    for (int i = 0; i < n; i++) {
        Run r = lines[i].run;
        int starts = name_starts(r, start), last = starts ? start[starts - 1] : 0, bar = r.n;
        if (!starts || lines[i].kind == LINE_SECTION || lines[i].kind == LINE_HEADER) continue;
        level_prefix(run_part(r, last, r.n - last), &used);
        for (int k = last; k < r.n && bar == r.n; k++)
            if (r.v[k].mark == '|') bar = k;
        rows++;
        four += starts >= 4;
        levels += layout_level(r) < r.n;
        places += place_start(r, last + used, true) < r.n;
        bars += starts > 1 && bar < r.n && run_words(run_part(r, bar, r.n - bar)) > 0;
        persons += starts > 1 && bar + 1 < r.n && is_person_to_end(r, bar + 1);
    }
    return (Layout){.sentences = are_sentences(&f->doc->a, lines, n),
                    .places = places >= LEAST && places * 4 > rows,
                    .persons = persons >= LEAST && persons * 4 > rows,
                    .bars = bars >= LEAST && bars * 3 > rows,
                    .levels = levels >= LEAST && levels * 3 > rows,
                    .beside = four * 2 > rows,
                    .code = common_code(&f->doc->a, lines, n)};
}
