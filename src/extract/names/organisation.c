/* "CĐCS Trường Mầm non Hoa Mai" is twinned by its trade union, "Chi bộ MN Sơn Ca" by its party cell. For what reads
 * cells and lines it is a school all the same:
 *
 *     CĐCS  Trường  Mầm non  Hoa Mai            the words of the organisation are taken out, and the token
 *           Trường  Mầm non  Hoa Mai            behind them says which one, and has them in its raw
 *
 * They are taken out where "trường" or a level follows. At the front of a cell a name with a capital is enough, "CĐCS Hoa
 * Mai", but not for "đoàn", for a school is called Đoàn Thị Điểm. */
#include "extract/names/names.h"

#include "base/str.h"
#include "base/viet.h"

#include <string.h>

enum { SHORT = 4 }; /* letters of words that need a capital: "Đoàn" */

/* "CĐCS", "công đoàn"; not "đoàn". */
static bool names_itself(const Keyword *w)
{
    int32_t c = 0;
    utf8_decode(w->text, strlen(w->text), &c);
    return strchr(w->key, ' ') || viet_is_upper(c);
}

/* "CBCS", "cpcs": the token as an engine misreads one word of the kind; NULL: it is none. */
static const Keyword *misread_word(Run r)
{
    KeywordList list = words_of_kind(r.v[0].words, WORD_ORGANISATION);
    const Tok *t = &r.v[0];
    for (const Keyword *w = list.v; w < list.v + list.n && !t->mark; w++) {
        if (!w->edits || strchr(w->key, ' ')) continue;
        int n = (int)strlen(t->letters), m = (int)strlen(t->read);
        if (n >= w->len - w->edits && edit_distance(t->letters, n, w->letters, w->len, w->edits) <= w->edits)
            return w;
        if (m >= w->len - w->edits && edit_distance(t->read, m, w->letters, w->len, w->edits) <= w->edits)
            return w;
    }
    return NULL;
}

/* "Bùi Bằng Đoàn": the word ends the name before it. */
static bool ends_name(Run r, int i)
{
    int used;
    const Tok *before = &r.v[i - 1];
    const Keyword *w = run_word(run_part(r, i, r.n - i), WORD_ORGANISATION, &used);
    return w && !names_itself(w) && !r.v[i].new_line && !before->mark && tok_capital(before);
}

/* How many tokens the organisation's words take at the front of the run, before a school's; 0: none stand there. */
static int organisation_at(Run r, bool cell, PairKind *kind)
{
    int used, level;
    const Keyword *w = run_word(r, WORD_ORGANISATION, &used);
    if (!w && (w = misread_word(r))) used = 1, cell = false;
    if (!w || (w->len <= SHORT && !w->edits && !tok_capital(r.v))) return 0;
    Run rest = run_part(r, used, r.n - used);
    if (rest.n > 1 && tok_word(rest.v, WORD_OF)) rest = run_part(rest, 1, rest.n - 1), used++;
    bool name = cell && rest.n && !rest.v[0].mark && tok_capital(rest.v) && names_itself(w);
    if (!rest.n || !(name || tok_is_lead(rest.v) || level_prefix(rest, &level))) return 0;
    *kind = (PairKind)w->value;
    return used;
}

/* The token behind the organisation's words, which stand before it. */
static void take_in(Arena *a, Tok *t, const Tok *words, int n, PairKind kind)
{
    Buf raw = {0};
    for (int i = 0; i < n; i++) {
        if (!*words[i].raw) continue;
        buf_addf(&raw, "%s%s", raw.len && !words[i].glued ? " " : "", words[i].raw);
        t->box = rect_union(t->box, words[i].box);
    }
    buf_addf(&raw, "%s%s", raw.len ? " " : "", t->raw);
    t->raw = arena_str(a, buf_str(&raw));
    t->of = (unsigned char)kind;
    t->new_line = words[0].new_line, t->broke = words[0].broke, t->glued = words[0].glued;
    t->index = words[0].index;
    buf_release(&raw);
}

Run run_of_schools(Arena *a, Run r, bool cell)
{
    Tok *out = NULL;
    int n = 0;
    for (int i = 0; i < r.n; i++) {
        PairKind kind = PAIR_SCHOOLS;
        bool name = i && ends_name(r, i);
        int used = name ? 0 : organisation_at(run_part(r, i, r.n - i), cell && i == 0, &kind);
        if (used && !out) {
            out = arena_new(a, Tok, (size_t)r.n);
            if (i) memcpy(out, r.v, (size_t)i * sizeof *out);
            n = i;
        }
        if (!out) continue;
        out[n] = r.v[i + used];
        if (used) take_in(a, &out[n], &r.v[i], used, kind);
        n++, i += used;
    }
    if (!out) return r;
    Run schools = {out, n};
    run_forget(schools);
    return schools;
}

PairKind run_organisation(Run r)
{
    for (int i = 0; i < r.n; i++)
        if (r.v[i].of) return (PairKind)r.v[i].of;
    return PAIR_SCHOOLS;
}

PairKind run_begins_organisation(Run r)
{
    int used;
    const Keyword *w = r.n ? run_word(r, WORD_ORGANISATION, &used) : NULL;
    return w && names_itself(w) ? (PairKind)w->value : run_organisation(r);
}
