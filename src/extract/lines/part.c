/* "Mầm non Hoa Mai Mầm non Biên Giang": the second "Mầm non" begins the partner. "Nguyễn Du | Phú Lâm": the
 * mark parts. "Lê Quý Đôn Lê Hồng Phong": nothing does, so every cut is tried:
 *
 *     Lê | Quý Đôn Lê Hồng Phong      -31
 *     Lê Quý Đôn | Lê Hồng Phong      -13     both are names that schools have
 *     Lê Quý Đôn Lê | Hồng Phong      -24
 *
 * A name's score is the logarithm of its probability in the gazetteer, mixed with how often it stands in this
 * very document where it was parted for sure. The scores' shares of their sum are the cuts' probabilities. */
#include "extract/lines/rows.h"

#include "base/str.h"
#include "base/viet.h"

#include <math.h>
#include <string.h>

enum { MOST_SEGMENTS = 8, MOST_CUTS = 64, MOST_NOTE = 4 /* words */ };

static const double KNOWN_SHARE = 0.25; /* weight of the document's own names against the gazetteer */
static const double NO_NAME = -40;      /* what a part without a word scores */
static const double SMALL_LETTER = -4;  /* a name that begins with a small letter */
static const double DISTRICT_BONUS = 3; /* a ward or commune of a district that the document names */
static const double ONE_SYLLABLE = -2;  /* a name of one syllable that no list has */
static const double RAW_SCORE = -1;     /* the name as read instead of as restored */
static const double LINE_BONUS = 2;     /* the cut is where a line ends */
static const double GAP_BONUS = 6;      /* white space wider than between words, or a dash */
static const double WIDE_GAP = 1.2;     /* in heights of a line; a blank of a text file is 1 */
static const double SURE = 0.9;         /* below it a cut is flagged */
static const double MOVE_MARGIN = 2;    /* a wrapped line goes to the school when it fits so much better */
static const double NOTE = -4;          /* a row that has a note */
static const double NOTE_WORD = -8;     /* and a word of it */
static const double MOST_SURE = 0.98;   /* the names can always be others than the lists have */

/* ---- names and their scores ---- */

static const char *name_key(Arena *a, Run r, bool raw)
{
    int used, end;
    if (level_prefix(r, &used)) r = run_part(r, used, r.n - used);
    end = r.n;
    for (int i = 0; i < r.n && end == r.n; i++)
        if (r.v[i].mark == '(') end = i;
    while (end > 1 && (r.v[end - 1].mark || r.v[end - 1].sense & SENSE_NUMERAL)) end--;
    Buf b = {0};
    for (int i = 0; i < end; i++) buf_addf(&b, " %s", raw ? r.v[i].raw : r.v[i].text);
    const char *key = viet_key(a, buf_str(&b));
    buf_release(&b);
    return key;
}

/* A name of one syllable is rare, but for those the lists know. */
static double length_score(const Doc *doc, const char *key)
{
    return strchr(key, ' ') || gazetteer_count(doc->names, key) ? 0 : ONE_SYLLABLE;
}

static double key_score(const Doc *doc, const Known *known, const char *key)
{
    double seen = known->total ? (double)map_lookup(&known->names, key, 0) / known->total : 0;
    double score = log((1 - KNOWN_SHARE) * exp(gazetteer_score(doc->names, key)) + KNOWN_SHARE * seen);
    for (int i = 0; i < known->districts; i++)
        if (gazetteer_in_district(doc->names, key, known->district[i])) return score + DISTRICT_BONUS;
    return score + length_score(doc, key);
}

static double name_score(const Doc *doc, const Known *known, Run r)
{
    Arena tmp = {0};
    const char *key = name_key(&tmp, r, false), *raw = name_key(&tmp, r, true);
    double score = *key ? key_score(doc, known, key) : NO_NAME;
    if (*raw && !str_eq(key, raw)) score = fmax(score, key_score(doc, known, raw) + RAW_SCORE);
    arena_release(&tmp);
    return score;
}

static bool parts_names(const Tok *t)
{
    return t->mark == ',' || t->mark == ';' || t->mark == '+' || (!tok_capital(t) && tok_word(t, WORD_AND));
}

/* Calls for every name of a cell: "Văn Yên, Yên Nghĩa" holds two. */
static Run next_name(Run cell, int *at)
{
    int from = *at, to = from;
    while (to < cell.n && !parts_names(&cell.v[to])) to++;
    *at = to + 1;
    return run_part(cell, from, to - from);
}

double cell_score(const Doc *doc, const Known *known, Run cell)
{
    double sum = 0;
    for (int at = 0; at < cell.n;) sum += name_score(doc, known, next_name(cell, &at));
    return sum;
}

double parsed_score(const Doc *doc, const Known *known, const Name *name)
{
    Arena tmp = {0};
    const char *key = viet_key(&tmp, name_stem(doc, &tmp, name->name));
    double score = *key ? key_score(doc, known, key) : NO_NAME;
    arena_release(&tmp);
    return score;
}

void known_add(Known *k, Run cell)
{
    Arena tmp = {0};
    for (int at = 0; at < cell.n;) {
        const char *key = name_key(&tmp, next_name(cell, &at), false);
        if (!*key) continue;
        ++*map_at(&k->names, key);
        k->total++;
    }
    arena_release(&tmp);
}

static void add_district(Known *k, const char *name)
{
    for (int i = 0; i < k->districts; i++)
        if (str_eq(k->district[i], name)) return;
    if (name && k->districts < MOST_DISTRICTS) k->district[k->districts++] = name;
}

/* Every "quận X", "huyện Y" and the like of the text. */
void known_add_districts(Known *k, Doc *doc)
{
    enum { REACH = 6 }; /* tokens: "thành phố" and a name of four */
    add_district(k, doc->district);
    for (size_t n = 0; n < doc->items.n; n++) {
        const XLine *l = doc->items.v[n].line;
        for (int i = 0; l && i < l->run.n; i++) {
            const Tok *t = &l->run.v[i];
            if (tok_word(t, WORD_UNIT_BEGINS))
                add_district(k, district_mentioned(&doc->a, doc->names, run_part(l->run, i, REACH)));
        }
    }
}

void known_release(Known *k)
{
    map_release(&k->names);
}

/* ---- by rule ---- */

static Run rest(Run r, int from)
{
    return run_part(r, from, r.n - from);
}

int level_column(Run r, Level *level)
{
    int used, more, skip = 0;
    Level found = level_prefix(r, &used);
    if (!found) return 0;
    while (used + skip < r.n && r.v[used + skip].mark) skip++;
    bool over = used + skip == r.n, again = level_prefix(rest(r, used + skip), &more) != LEVEL_NONE;
    bool barred = skip && r.v[used].mark == '|';
    if (!over && !again && !barred) return 0;
    *level = found;
    return used + skip;
}

static bool has_closing(Run r, int i)
{
    for (; i < r.n; i++)
        if (r.v[i].mark == ')') return true;
    return false;
}

static bool is_bar(Run r, int i)
{
    return r.v[i].mark == '|' || (r.v[i].mark == '(' && !has_closing(r, i));
}

static bool only_level(Run r)
{
    int used;
    return level_prefix(r, &used) != LEVEL_NONE && run_words(rest(r, used)) == 0;
}

/* "với" and "VỚI", not "Với". */
static bool all_alike(const Tok *t)
{
    int32_t first, second = 0;
    size_t n = strlen(t->text), at = n ? utf8_decode(t->text, n, &first) : 0;
    if (at < n) utf8_decode(t->text + at, n - at, &second);
    return !tok_capital(t) || viet_is_upper(second);
}

/* How many words at the end say of two names that they are a pair: "kết nghĩa", "với". Not those with a
 * capital alone, and the syllables that names have, together only: "Tân hợp" is a name. */
static int joining_words(Run r)
{
    int used;
    return run_word_at_end(r, WORD_JOINS, all_alike, &used) ? used : 0;
}

/* A run without such words at its end, and without marks. */
static Run without_joining(Run r)
{
    for (int n = 1; r.n && n; r.n -= n) {
        char mark = r.v[r.n - 1].mark;
        n = mark == ')' ? 0 : mark ? 1 : joining_words(r);
    }
    return r;
}

/* The stretches between bars that hold words. A level's words alone go with what follows. */
static int segments(Run r, Run out[MOST_SEGMENTS])
{
    int n = 0, from = 0;
    for (int i = 0; i <= r.n; i++) {
        if (i < r.n && !is_bar(r, i)) continue;
        Run part = run_part(r, from, i - from);
        bool names = run_words(without_joining(part)) > 0;
        if (names && !(only_level(part) && i < r.n)) {
            if (n < MOST_SEGMENTS) out[n++] = part;
            from = i + 1;
        } else if (!names) {
            from = i + 1;
        }
    }
    return n;
}

/* "Trường" before a level's words, and no "Trung" that restoring took for it: "Quang Trung Mầm non". */
static bool is_lead_word(const Tok *t)
{
    return tok_word(t, WORD_LEAD) && strlen(t->read) >= 6;
}

/* A row that begins with "Trường" has it before the second name too, however it was read: "Trudng Tiểu học
 * Trần Hưng Đạo Trung Tiểu học Lương Định Của". */
static bool is_lead_of(Run r, int i)
{
    return is_lead_word(&r.v[i]) || (i > 0 && tok_is_lead(&r.v[0]) && tok_is_lead(&r.v[i]));
}

/* Where the level's words that were found at i really begin: edits allow "Mi Tiểu học" too. */
static int prefix_start(Run r, int i, int *used)
{
    int later;
    while (*used > 1 && !is_lead_of(r, i) && level_prefix(rest(r, i + 1), &later) && later == *used - 1)
        i++, *used = later;
    return i;
}

/* "THCS Xuân Trường THCS Bảo Thuận": no "Trường" stands before the first, so that this one ends its name. */
static bool ends_name(Run r, int from, int i)
{
    return from > 0 && !is_lead_word(&r.v[0]) && is_lead_word(&r.v[i]) &&
           run_words(run_part(r, from, i - from)) == 1;
}

/* The first place where a level's words begin another name and no comma says that it belongs to the same
 * cell. */
static int prefix_cut(Run r)
{
    int used, from = 0;
    if (level_prefix(r, &used)) from = used;
    for (int i = from + 1; i < r.n; i++) {
        if (r.v[i].mark || !level_prefix(rest(r, i), &used)) continue;
        i = prefix_start(r, i, &used);
        if (used > 1 && ends_name(r, from, i)) i++, used--;
        const Tok *before = &r.v[i - 1];
        if (!parts_names(before) && before->mark != '(' && run_words(run_part(r, from, i - from))) return i;
        i += used - 1;
    }
    return -1;
}

static bool set_cells(Entry *e, Run school, Run partner)
{
    school = without_joining(school);
    while (partner.n && partner.v[partner.n - 1].mark && partner.v[partner.n - 1].mark != ')') partner.n--;
    e->school = school;
    e->partner = partner;
    return run_words(school) && run_words(partner);
}

/* "Trần Phú kết nghĩa với Mỹ Lương": where "với", or what else such words end in, is over. `small`: what follows may
 * begin with a small letter, as where "Ia Dom" was read as "la Dom". */
static int joined_cut(Run r, bool small)
{
    for (int i = 2; i < r.n; i++) {
        Run head = run_part(r, 0, i);
        while (head.n && head.v[head.n - 1].mark && head.v[head.n - 1].mark != ')') head.n--;
        if (r.v[i].mark || !head.n || !joining_words(head)) continue;
        int names = run_words(without_joining(head)), words = run_words(head) - names;
        bool more = joining_words(run_part(r, 0, i + 1)) > 0; /* they go on */
        if (names && (small ? words > 1 && !more : tok_capital(&r.v[i]))) return i;
    }
    return -1;
}

bool part_sentence(Run r, Entry *e)
{
    int used, cut;
    if (run_word(r, WORD_ROW_OPENS, &used)) r = rest(r, used);
    if (r.n && r.v[0].mark == ',') r = rest(r, 1);
    cut = joined_cut(r, false);
    if (cut < 0) cut = joined_cut(r, true);
    return cut > 0 && set_cells(e, run_part(r, 0, cut), rest(r, cut));
}

/* "Mầm non Hoa | Mai Mầm non Hoa Sen": the bar is dirt, the level's words part. */
static bool bar_is_dirt(Run a, Run b)
{
    int used;
    return level_prefix(a, &used) && !level_prefix(b, &used) && prefix_cut(b) > 0;
}

/* "14 | học cơ sở THCS Huy Cận THCS Trung Chánh": small letters before the first of two names, the second
 * line of a level's cell or dirt. */
static int stray_words(Run r)
{
    enum { MOST_STRAY = 5 };
    int i = 0, used;
    while (i < r.n && i < MOST_STRAY && (r.v[i].mark || !tok_capital(&r.v[i]))) i++;
    bool name = i < r.n && level_prefix(rest(r, i), &used);
    return name && run_words(run_part(r, 0, i)) && prefix_cut(rest(r, i)) > 0 ? i : 0;
}

static bool begins_with_lead(Run r)
{
    int used;
    return r.n > 1 && r.v[0].typed != TYPED_YES && tok_is_lead(&r.v[0]) && tok_capital(&r.v[0]) &&
           !r.v[1].mark && tok_capital(&r.v[1]) && !level_prefix(r, &used);
}

/* One of them is no "Trung" nor "Thường" that begins a name. */
static bool begin_with_leads(Run a, Run b)
{
    return begins_with_lead(a) && begins_with_lead(b) && (is_lead_word(&a.v[0]) || is_lead_word(&b.v[0]));
}

/* "Trường" that stands before both names is of neither. */
static Run without_lead(Run r, Run other)
{
    return begin_with_leads(r, other) ? rest(r, 1) : r;
}

/* "Trường Nghĩa Đô Trudng Thanh Thủy": "Trường" alone begins both names; one that was read well is surer. */
static int lead_cut(Run r)
{
    int misread = -1;
    for (int i = 2; i + 1 < r.n; i++) {
        if (!begin_with_leads(r, rest(r, i)) || parts_names(&r.v[i - 1])) continue;
        if (tok_word(&r.v[i], WORD_LEAD)) return i;
        if (misread < 0) misread = i;
    }
    return misread;
}

bool part_by_rule(Run r, Entry *e)
{
    Run s[MOST_SEGMENTS];
    int used = level_column(r, &e->column);
    r = rest(r, used);
    r = rest(r, stray_words(r));
    int n = segments(r, s), cut;
    if (n >= 2 && bar_is_dirt(s[0], s[1])) {
        Run tail = s[1];
        cut = prefix_cut(tail);
        Run head = {s[0].v, (int)(tail.v - s[0].v) + cut};
        return set_cells(e, head, rest(tail, cut));
    }
    if (n >= 2) return set_cells(e, without_lead(s[0], s[1]), without_lead(s[1], s[0]));
    cut = prefix_cut(r);
    if (cut < 0) cut = joined_cut(r, false);
    if (cut < 0) cut = joined_cut(r, true);
    if (cut > 0) return set_cells(e, run_part(r, 0, cut), rest(r, cut));
    if ((cut = lead_cut(r)) < 0) return false;
    Run left = run_part(r, 0, cut), right = rest(r, cut);
    return set_cells(e, without_lead(left, right), without_lead(right, left));
}

/* ---- by names ---- */

/* "A Ngo", "A Đớt 1": wards of A Lưới, whose letter does not end the name before. */
static bool begins_ward(const Doc *doc, const Known *known, Run r, int i)
{
    Arena tmp = {0};
    bool ward = false;
    if (i + 1 < r.n && !r.v[i + 1].mark) {
        const char *key = name_key(&tmp, run_part(r, i, 2), false);
        for (int k = 0; k < known->districts && !ward; k++)
            ward = gazetteer_in_district(doc->names, key, known->district[k]);
        ward = ward || registry_lookup(doc->schools, key, LEVEL_NONE, NULL);
    }
    arena_release(&tmp);
    return ward;
}

static bool can_cut(const Doc *doc, const Known *known, Run r, int i)
{
    const Tok *before = &r.v[i - 1], *t = &r.v[i];
    size_t n = strlen(before->text);
    if (t->mark || (t->sense & SENSE_NUMERAL && !(doc && begins_ward(doc, known, r, i))) ||
        parts_names(before) || parts_names(t))
        return false;
    if (before->mark) return before->mark == ')' || before->mark == '-';
    return !(n && before->text[n - 1] == '-') && run_words(run_part(r, 0, i)) > 0;
}

static double place_bonus(Run r, int i)
{
    const Tok *before = &r.v[i - 1], *t = &r.v[i];
    if (before->mark == '-') return GAP_BONUS;
    if (t->new_line) return LINE_BONUS + (t->broke ? LINE_BONUS : 0);
    if (t->index == before->index || t->page != before->page) return 0;
    double gap = t->at.x - rect_right(before->at), height = t->at.h > 0 ? t->at.h : 1;
    return gap > WIDE_GAP * height ? GAP_BONUS : 0;
}

bool part_for_sure(Run r, Entry *e)
{
    if (part_by_rule(r, e)) return true;
    for (int i = 1; i < r.n; i++)
        if (can_cut(NULL, NULL, r, i) && !r.v[i].new_line && place_bonus(r, i) >= GAP_BONUS)
            return set_cells(e, run_part(r, 0, i), rest(r, i));
    return false;
}

static double cut_score(const Doc *doc, const Known *known, Run r, int i)
{
    double score = cell_score(doc, known, run_part(r, 0, i)) + cell_score(doc, known, rest(r, i));
    return score + place_bonus(r, i) + (tok_capital(&r.v[i]) ? 0 : SMALL_LETTER);
}

static double best_cut(const Doc *doc, const Known *known, Run r, int from)
{
    double best = -INFINITY;
    for (int i = from; i < r.n && i < MOST_CUTS; i++)
        if (can_cut(doc, known, r, i)) best = fmax(best, cut_score(doc, known, r, i));
    return best;
}

/* "Tôn Thất Tùng Nguyễn Huân 2 Sinh hoạt": the row without the last words where the others part better so. */
static Run before_notes(const Doc *doc, const Known *known, Run r, int from)
{
    double best = best_cut(doc, known, r, from);
    int n = r.n;
    for (int k = 1; k <= MOST_NOTE && k < r.n - from; k++) {
        double score = best_cut(doc, known, run_part(r, 0, r.n - k), from) + NOTE + k * NOTE_WORD;
        if (score > best) best = score, n = r.n - k;
    }
    return run_part(r, 0, n);
}

void part_by_names(const Doc *doc, const Known *known, Run r, bool notes, Entry *e)
{
    double score[MOST_CUTS], best = -INFINITY, sum = 0;
    int used = level_column(r, &e->column), cut = -1, from = 1;
    r = rest(r, used);
    if (level_prefix(r, &used)) from = used + 1;
    if (notes) r = before_notes(doc, known, r, from);
    for (int i = from; i < r.n && i < MOST_CUTS; i++) {
        score[i] = can_cut(doc, known, r, i) ? cut_score(doc, known, r, i) : -INFINITY;
        if (score[i] > best) best = score[i], cut = i;
    }
    e->flags |= FLAG_PARTING;
    if (cut < 0) {
        set_cells(e, r, (Run){0});
        return;
    }
    for (int i = from; i < r.n && i < MOST_CUTS; i++) sum += exp(score[i] - best);
    set_cells(e, run_part(r, 0, cut), rest(r, cut));
    e->parting = (float)fmin(1 / sum, MOST_SURE);
    if (e->parting >= SURE) e->flags &= ~(unsigned)FLAG_PARTING;
}

/* ---- wrapped lines ---- */

static Run last_name(Run cell)
{
    Run last = {0};
    for (int at = 0; at < cell.n;) {
        Run name = next_name(cell, &at);
        if (run_words(name)) last = name;
    }
    return last;
}

static double gain(const Doc *doc, const Known *known, Run cell, Run more)
{
    Arena tmp = {0};
    Run name = last_name(cell);
    double d = name_score(doc, known, run_join(&tmp, name, more)) - name_score(doc, known, name);
    arena_release(&tmp);
    return d;
}

void part_wrapped(const Doc *doc, const Known *known, Entry *e)
{
    Run p = e->partner;
    int at = p.n - 1, used;
    while (at > 0 && !p.v[at].new_line) at--;
    if (at <= 0 || parts_names(&p.v[at - 1]) || level_prefix(rest(p, at), &used)) return;
    Run head = run_part(p, 0, at), tail = rest(p, at);
    double better = gain(doc, known, e->school, tail) - gain(doc, known, head, tail);
    if (better > -MOVE_MARGIN && better < MOVE_MARGIN) e->flags |= FLAG_PARTING;
    if (better < MOVE_MARGIN) return;
    e->school = run_join(&((Doc *)doc)->a, e->school, tail);
    e->partner = head;
}

/* ---- notes ---- */

/* How much of the run a name's number ends: "Nguyễn Huân 2" of "Nguyễn Huân 2 Sinh hoạt", but not in "Số 2
 * Nam Lý", nor before another school or in brackets. */
static int number_end(Run r)
{
    int used, from = 0;
    if (level_prefix(r, &used)) from = used;
    for (int i = from + 1; i + 1 < r.n; i++) {
        if (r.v[i].mark) break;
        if (!(r.v[i].sense & SENSE_NUMERAL) || tok_word(&r.v[i - 1], WORD_NUMBER)) continue;
        const Tok *next = &r.v[i + 1];
        if (next->mark || next->new_line || tok_word(next, WORD_AND) || level_prefix(rest(r, i + 1), &used))
            break;
        return i + 1;
    }
    return r.n;
}

/* How much of the run is a name that a list has, where it has none of so many words: "Quảng Thịnh" of "Quảng
 * Thịnh Mới". */
static int listed_end(const Doc *doc, Run r)
{
    enum { LEAST = 2 }; /* words */
    Arena tmp = {0};
    int used, from = 0, n = r.n;
    if (level_prefix(r, &used)) from = used;
    for (int i = from; i < r.n; i++)
        if (r.v[i].mark || level_prefix(rest(r, i), &used)) return r.n;
    for (; n >= from + LEAST; n--)
        if (gazetteer_count(doc->names, name_key(&tmp, run_part(r, 0, n), false))) break;
    arena_release(&tmp);
    return n >= from + LEAST && r.n - n <= MOST_NOTE ? n : r.n;
}

Run without_notes(const Doc *doc, Run r, bool column)
{
    Arena tmp = {0};
    r = run_part(r, 0, number_end(r));
    if (column) r = run_part(r, 0, listed_end(doc, r));
    int n = r.n;
    if (!n) return r;
    while (n > 1 && (r.v[n - 1].mark || (!tok_capital(&r.v[n - 1]) && r.v[n - 1].text[0]))) n--;
    if (r.v[n - 1].mark || run_words(run_part(r, n, r.n - n)) == 0) n = r.n;
    if (n < r.n && gazetteer_count(doc->names, run_text(&tmp, r)) > 0) n = r.n;
    arena_release(&tmp);
    return run_part(r, 0, n);
}
