/* Lists that somebody typed as items, not as a table. An item is a pair, or a part of one:
 *
 *     a) Cam Lộc A (phường Cam Lộc) giao lưu với Tuổi Thơ (xã Ia Kla)      words of the relation part it
 *     b) Hoa Mai - Vành Khuyên;   Nam Bình ....... Yên Hưng                a dash, dots, an arrow or a tab does
 *     - Trường THCS Lĩnh Nam:                                              a school, its partners below it:
 *         + THCS Kim Đồng, xã Luân Giới
 *     1. Trường TH Kim Liên                                                a school, its partner on a line
 *     Trường kết nghĩa: Trường TH Ba Vì                                    that says so
 *
 * What an engine read is also read as rows, and the likelier is kept (readings.c). A line without a mark of its own
 * goes on with the item before when it was too long for the line. Evidence decides, as for tables: the words that part the
 * pairs, those of the labels, the heading and the title. */
#include "extract/lines/rows.h"

#include "base/str.h"
#include "base/viet.h"

#include <math.h>
#include <string.h>

/* ---- items ---- */

typedef enum ItemKind {
    ITEM_TEXT,    /* prose, a title */
    ITEM_SECTION, /* "I. MẦM NON", "Khối tiểu học:" */
    ITEM_PAIR,
    ITEM_HEAD,   /* a school whose partners follow */
    ITEM_SINGLE, /* a name */
    ITEM_LABEL   /* "Trường kết nghĩa: ..." */
} ItemKind;

typedef struct ListItem {
    const XLine *x;
    Rect box;
    Run run;            /* without the mark before it */
    const char *marker; /* "-", "a)", "1."; NULL: none */
    int no;
    ItemKind kind;
    Level level;     /* of a section */
    Run left, right; /* ITEM_PAIR; ITEM_LABEL: right */
    bool own_end;    /* these are its own */
    Run with_end; /* left with the small words behind it that no list has, where it was typed: "Phố muối" */
    bool related;    /* words of the relation part it */
    bool dashed;     /* a dash does, and a name without a level stands behind it */
    bool joined;     /* "và" does: two schools of which nothing more is said */
    HeaderSide side; /* ITEM_LABEL */
    Evidence evidence;
} ListItem;

typedef VEC(ListItem) ListItems;

static Run after(Run r, int i)
{
    return run_part(r, i, r.n - i);
}

static bool begins_as_school(Run r)
{
    int used;
    return level_prefix(r, &used) || (r.n && tok_word(&r.v[0], WORD_LEAD));
}

static bool is_typed(Run r)
{
    return r.n && r.v[0].typed == TYPED_YES;
}

static bool is_wide_gap(Run r, int i)
{
    enum { CHARACTER = 1 };         /* the height of a line of a text file, where a blank is 1 wide */
    static const double wide = 1.9; /* heights of a line; in typed text a blank is 1 */
    const Tok *t = &r.v[i], *before = &r.v[i - 1];
    if ((!is_typed(r) && t->at.h != CHARACTER) || t->new_line || t->page != before->page ||
        t->index == before->index)
        return false;
    return t->at.x - rect_right(before->at) > wide * (t->at.h > 0 ? t->at.h : 1);
}

/* "(1)", "1)", "1.", "1/", "a)", "đ.", "-": tokens of the mark before an item. */
static int marker_words(Run r, int *no)
{
    *no = 0;
    if (!r.n) return 0;
    if (r.v[0].mark == '-' || r.v[0].mark == '+') return 1;
    int used, label = run_word(r, WORD_ROW_LABEL, &used) ? used : 0; /* "Cặp 1:" */
    if (label) {
        int more = label < r.n && !(r.v[label].mark) ? marker_words(after(r, label), no) : 0;
        if (more && *no) return label + more;
    }
    int i = r.v[0].mark == '(';
    if (i >= r.n || r.v[i].mark) return 0;
    const char *s = r.v[i].text;
    size_t n = strlen(s), body = strcspn(s, ".)-:");
    bool letter = utf8_length(s) - (n - body) == 1 && !viet_is_digit((unsigned char)*s);
    bool number = body && body <= 3 && strspn(s, "0123456789") == body;
    bool mark = i + 1 < r.n && (r.v[i + 1].mark == ')' || (r.v[i + 1].mark == '/' && r.v[i + 1].glued));
    bool cell = number && i + 1 < r.n && is_wide_gap(r, i + 1); /* "1    MN Hoa Mai    MN Lao Chải" */
    if ((!letter && !number) || (!s[body] && !mark && !cell) || (s[body] && s[body + 1])) return 0;
    if (number) *no = str_int(s);
    return i + 1 + mark;
}

/* The line above was as long as it could be, so that this one goes on with it. A line of a text file is one that somebody
 * ended, unless an engine read it from a page. */
static bool goes_on(const ListItem *item, const XLine *x, int right)
{
    enum { SHARE = 85, SHARE_IN_LETTERS = 75 }; /* per cent of the width; letters are not all as wide */
    const XLine *last = item->x;
    bool page = x->unit == UNIT_PIXEL;
    Level level;
    if ((!page && is_typed(x->run)) || section_level(x->run, &level) || x->page != last->page ||
        x->block != last->block || x->after_blank)
        return false;
    return rect_right(last->at) * 100 > right * (page ? SHARE : SHARE_IN_LETTERS);
}

static int right_edge(const XLine *const *lines, int n, int at)
{
    int right = 0;
    for (int i = at; i < n && lines[i]->block == lines[at]->block; i++)
        if (rect_right(lines[i]->at) > right) right = rect_right(lines[i]->at);
    return right;
}

/* "2, Trường ...", "3 Trường ...": the number that comes next, whose mark an engine misread; 0: it is none. */
static int misread_number(Arena *a, Run r, int last, Run *rest)
{
    if (is_typed(r) || !last || flat_ordinal(a, r, last + 1, rest) != last + 1) return 0;
    return begins_as_school(*rest) ? last + 1 : 0;
}

static void gather(Flat *f, const XLine *const *lines, int n, ListItems *out)
{
    int right = 0, number = 0;
    for (int i = 0; i < n; i++) {
        const XLine *x = lines[i];
        int no, used = marker_words(x->run, &no);
        Run rest = after(x->run, used), behind;
        if (!used && (no = misread_number(&f->doc->a, x->run, number, &behind))) rest = behind;
        if (no) number = no;
        if (!i || x->block != lines[i - 1]->block) right = right_edge(lines, n, i);
        ListItem *last = out->n ? &out->v[out->n - 1] : NULL;
        if (!used && !no && last && goes_on(last, x, right)) {
            last->run = run_join(&f->doc->a, last->run, x->run);
            last->box = rect_union(last->box, x->box), last->x = x;
            continue;
        }
        *vec_push(out) = (ListItem){
            .x = x, .box = x->box, .run = rest, .no = no, .marker = used || no ? x->run.v[0].text : NULL};
    }
}

/* "A kết nghĩa với B; C kết nghĩa với D": pairs that follow one another in one paragraph. */
static void cut_at_semicolons(ListItems *items)
{
    ListItems cut = {0};
    for (size_t i = 0; i < items->n; i++) {
        ListItem item = items->v[i];
        Run all = item.run;
        int from = 0;
        for (int k = 0; k <= all.n; k++) {
            if (k < all.n && all.v[k].mark != ';') continue;
            item.run = run_part(all, from, k - from);
            if (run_words(item.run)) *vec_push(&cut) = item;
            from = k + 1;
        }
    }
    vec_release(items);
    *items = cut;
}

/* ---- what parts a pair ---- */

static bool ends_with(Run r, char c)
{
    const char *s = r.n ? r.v[r.n - 1].text : "";
    size_t n = strlen(s);
    return n && s[n - 1] == c;
}

/* Does it begin as a name does, and are most of its words in capitals? */
static bool is_name_like(Run r)
{
    enum { MOST = 400 };
    int words = 0, capitals = 0, used;
    if (!r.n || run_words(r) > MOST) return false;
    bool level = level_prefix(r, &used) || tok_word(&r.v[0], WORD_LEAD) || tok_word(&r.v[0], WORD_LEAD_SHORT);
    bool number = !level && tok_is(&r.v[0], "so") && r.n > 1 && viet_is_digit((unsigned char)r.v[1].text[0]);
    bool kind = run_word(r, WORD_SCHOOL_KIND, &used) != NULL; /* "tư thục Hoa Cúc" */
    bool day = r.v[0].sense & SENSE_DAY;                      /* "2-9", "19/5" */
    if (!level && !number && !kind && !day && !tok_capital(&r.v[0])) return false;
    for (int i = 0; i < r.n; i++) {
        if (unit_word(after(r, i), &used) || level_prefix(after(r, i), &used)) {
            i += used - 1;
            continue;
        }
        if (!r.v[i].mark) words++, capitals += tok_capital(&r.v[i]);
    }
    return (day && words == 1) || capitals * 2 >= words;
}

/* Words before the first school: "Giao cho", "Năm học này,"; not the first of "Giao Hòa". */
static Run without_assigning(Run r)
{
    for (int used; r.n && (run_word_marked(r, WORD_ASSIGNS, &used) || r.v[0].mark == ',');) {
        bool alone = !r.v[0].mark && used == 1 && !ends_with(run_part(r, 0, 1), ':');
        if (alone && r.n > 1 && tok_capital(&r.v[1]) && !begins_as_school(after(r, 1))) break;
        r = after(r, r.v[0].mark ? 1 : used);
    }
    return r;
}

static Run without_end(Run r)
{
    while (r.n && ((r.v[r.n - 1].mark && r.v[r.n - 1].mark != ')') || str_eq(r.v[r.n - 1].text, ":"))) r.n--;
    return r;
}

/* Tokens of the words about twins that the run begins with. */
static int evidence_words(Run r)
{
    KeywordList list = words_of_kind(r.v[0].words, WORD_EVIDENCE);
    for (const Keyword *w = list.v; w < list.v + list.n; w++) {
        if (w->also || !run_begins_with(r, w)) continue;
        int n = 1;
        for (const char *p = w->key; *p; p++) n += *p == ' ';
        return n;
    }
    return 0;
}

/* "giao lưu với", "kết nghĩa cùng các trường": tokens of the words of a relation, in small letters. */
static int relation_words(Run r)
{
    if (!r.n || r.v[0].mark || tok_capital(&r.v[0])) return 0;
    int n = evidence_words(r), used;
    while (n && n < r.n && !tok_capital(&r.v[n]) && !level_prefix(after(r, n), &used)) {
        bool school =
            tok_word(&r.v[n], WORD_LEAD) && n + 1 < r.n && tok_capital(&r.v[n + 1]); /* "trường Hoa Mai" */
        if (school ||
            (!run_word(after(r, n), WORD_JOINS, &used) && !run_word(after(r, n), WORD_CONNECTS, &used)))
            break;
        n += used;
    }
    return n;
}

/* "..........cseeeees", "«..ssssss": an engine reads a leader's dots as letters, but for some. */
static bool is_misread_leader(const Tok *t)
{
    enum { DOTS = 3, LONG = 7 /* letters; no syllable has more */ };
    if (t->typed == TYPED_YES) return false;
    const char *dots = strstr(t->raw, "..");
    return dots && (strspn(dots, ".") >= DOTS || dots == t->raw || utf8_length(t->raw) > LONG);
}

/* Dots, underlines, an arrow. */
static bool is_leader(const Tok *t)
{
    size_t n = strlen(t->raw);
    if (is_misread_leader(t)) return true;
    return !*t->letters && t->mark != '-' &&
           ((n > 2 && (t->typed == TYPED_YES || !strchr(t->raw, '_')) && strspn(t->raw, "._…") == n) ||
            strstr(t->raw, "→") || strstr(t->raw, "↔") || strstr(t->raw, "->") || strstr(t->raw, "=>"));
}

/* "tiếp tục nhận" behind a name */
static bool all_before_joins(Run r)
{
    for (int used; r.n; r = after(r, used)) {
        if (r.v[0].mark)
            used = 1;
        else if (!run_word_marked(r, WORD_BEFORE_JOINS, &used) && !run_word_marked(r, WORD_JOINS, &used) &&
                 !(used = evidence_words(r)))
            return false;
    }
    return true;
}

/* "Trường TH Thép Mới nhận": without the small words before those of the relation. "Danh sách các trường" is not a name with
 * small words behind. */
static Run without_small_end(Run r, Run *with_end)
{
    enum { MOST = 3 };
    int n = r.n;
    while (n > 1 && !r.v[n - 1].mark && !tok_capital(&r.v[n - 1])) n--;
    bool day = r.n && r.v[0].sense & SENSE_DAY; /* "2-9 nhận" */
    bool name = r.n - n <= MOST && (n > 1 || n == r.n || day);
    *with_end = name && n < r.n && is_typed(r) && !all_before_joins(after(r, n)) ? r : (Run){0};
    return name ? run_part(r, 0, n) : (Run){0};
}

/* "cdc wudéng THCS Kéng Htok": words before a level that an engine misread and that begin no name. */
static int stray_words(Run r)
{
    enum { MOST = 3 };
    int n = 0, used;
    if (is_typed(r)) return 0;
    if (r.n && viet_is_digit((unsigned char)*r.v[0].text)) n = 1; /* "02 tuwéng:" */
    while (n < r.n && n < MOST && !r.v[n].mark && !tok_capital(&r.v[n])) n++;
    return n && level_prefix(after(r, n), &used) ? n : 0;
}

static bool part_at(Run r, int left, int right, ListItem *item)
{
    Run with_end, one = without_small_end(without_end(without_assigning(run_part(r, 0, left))), &with_end),
                  two = without_end(after(r, right));
    while (two.n && two.v[0].mark) two = after(two, 1);
    int intro = names_intro(one);
    one = after(one, intro), two = after(two, names_intro(two));
    if (with_end.n) with_end = after(with_end, intro);
    two = after(two, stray_words(two));
    int used;
    bool nobody = one.n && run_word(one, WORD_SEVERAL, &used) && used == one.n; /* "Các trường kết nghĩa" */
    if (nobody || !is_name_like(one) || !is_name_like(two)) return false;
    item->left = one, item->right = two, item->with_end = with_end, item->kind = ITEM_PAIR;
    return true;
}

static bool part_by_relation(Run r, ListItem *item)
{
    for (int i = 1, n; i < r.n; i++) {
        if (!(n = relation_words(after(r, i)))) continue;
        if (part_at(r, i, i + n, item)) {
            item->related = true, item->evidence = evidence_read(run_part(r, i, n));
            return true;
        }
    }
    return false;
}

/* To the next wide gap: "MN Lao Chải    Cụm trưởng" has a note behind it. */
static Run cell_from(Run r, int i)
{
    int n = i + 1;
    while (n < r.n && !is_wide_gap(r, n)) n++;
    return run_part(r, 0, n);
}

static bool part_by_leader(Run r, ListItem *item)
{
    if (r.n && header_role(run_part(r, 0, 1)) == ROLE_ORDINAL) return false; /* "STT   Trường   Kết nghĩa" */
    for (int i = 1; i < r.n; i++) {
        bool behind = strchr(r.v[i].raw, ' ') != NULL; /* "Trung ..." is one token */
        if (is_leader(&r.v[i])) return part_at(r, i + behind, i + 1, item);
        bool row = is_typed(r) || item->marker; /* not the letterhead of a text file */
        if (row && is_wide_gap(r, i) && part_at(cell_from(r, i), i, i, item)) return true;
    }
    return false;
}

/* "Trường MN Hoa Mai, P. 5: Trường MN Sơn Ca, xã Tân Lập"; what a dash parts has its colon elsewhere. */
static bool part_by_colon(Run r, ListItem *item)
{
    for (int i = names_intro(r) + 1; i + 1 < r.n && !(r.v[i].mark == '-' && !r.v[i].glued); i++)
        if (ends_with(run_part(r, i, 1), ':') && !tok_word(&r.v[i], WORD_CONTACT))
            return part_at(r, i + 1, i + 1, item);
    return false;
}

/* A dash between blanks behind which no address stands; before a level's words rather than another. */
static bool part_by_dash(Doc *doc, Run r, ListItem *item)
{
    int at = 0;
    bool levels = false;
    for (int i = 1; i + 1 < r.n; i++) {
        if (r.v[i].mark != '-' || r.v[i].glued || r.v[i + 1].glued) continue;
        if (beside_read(&doc->a, doc->names, after(r, i + 1), true, false).kind) continue;
        bool level = begins_as_school(after(r, i + 1));
        if (!at || (level && !levels)) at = i, levels = level;
    }
    item->dashed = !levels;
    return at && (item->marker || (levels && begins_as_school(without_assigning(r)))) &&
           part_at(r, at, at + 1, item);
}

/* "Trudng TH Binh Phi vdi Trudng TH Vinh Thanh", as an engine reads it: words that join part two names with levels. */
static bool part_by_joining(Run r, ListItem *item)
{
    Entry e = {0};
    if (is_typed(r) || !part_sentence(r, &e) || !begins_as_school(e.school)) return false;
    if (!begins_as_school(after(e.partner, stray_words(e.partner)))) return false;
    item->left = without_end(e.school), item->right = without_end(e.partner), item->kind = ITEM_PAIR;
    return true;
}

/* "Trudng MN My Thanh voi cdc trugng MN Phong Nam", "vdi 02 trudng: TH Vinh Thanh": two names with levels in a row with a
 * mark, and between them small words that an engine misread. */
static bool part_by_levels(Run r, ListItem *item)
{
    int start[MOST_STARTS], n;
    if (!item->marker || is_typed(r) || name_starts(r, start) != 2 || start[0] > 0) return false;
    for (n = start[1]; n > 1; n--) {
        const Tok *t = &r.v[n - 1], *before = &r.v[n - 2];
        bool count = viet_is_digit((unsigned char)*t->text) && !before->mark && !tok_capital(before);
        if (!count && !t->mark && tok_capital(t)) break;
    }
    return n < start[1] && part_at(r, n, start[1], item);
}

/* "a) Trường MN Măng Non (xã Hòa Bình) và MN Lạc Long": two schools, and nothing else. */
static bool part_by_and(Run r, ListItem *item)
{
    int at = 0, depth = 0, used;
    if (!item->marker || !begins_as_school(r)) return false;
    for (int i = 1; i + 1 < r.n; i++) {
        depth += (r.v[i].mark == '(') - (r.v[i].mark == ')');
        if (depth || !begins_as_school(after(r, i + 1))) continue;
        bool joins = tok_word(&r.v[i], WORD_AND) && !tok_capital(&r.v[i]);
        if (at && (joins || r.v[i].mark)) return false;             /* a third school */
        if (joins && !(level_prefix(r, &used) && used > i)) at = i; /* not that of "TH và THCS Cẩm Trung" */
    }
    item->joined = at && part_at(r, at, at + 1, item);
    return item->joined;
}

/* "Trường kết nghĩa: Trường TH Ba Vì" */
static bool is_label(Doc *doc, Run r, ListItem *item)
{
    enum { MOST = 6 };
    for (int i = 0; i < r.n && i < MOST; i++) {
        const char *s = r.v[i].text;
        size_t n = strlen(s);
        if (!n || s[n - 1] != ':') continue;
        Header h = header_read(&doc->a, doc->names, run_part(r, 0, i + 1));
        if (!h.side || i + 1 >= r.n) return false;
        item->kind = ITEM_LABEL, item->right = without_end(after(r, i + 1));
        item->right = after(item->right, names_intro(item->right));
        item->side = h.kind ? h.side : HEADER_SECOND; /* "Hỗ trợ với:", which the school above does */
        item->evidence = evidence_read(run_part(r, 0, i + 1));
        return true;
    }
    return false;
}

/* "- Trường THCS Lĩnh Nam:"; "Trường TH Kim Liên nhận kết nghĩa với các trường:", which needs no mark before it. */
static bool is_head(Run r, ListItem *item)
{
    Run left = without_assigning(r);
    left = after(left, names_intro(left));
    for (int i = 1; i < left.n; i++) {
        int n = relation_words(after(left, i));
        if (!n) continue;
        item->evidence = evidence_read(run_part(left, i, n));
        left.n = i;
    }
    left = without_small_end(without_end(left), &item->with_end);
    bool said = item->marker || (evidence_is(item->evidence) && begins_as_school(left));
    if (!said || !is_name_like(left)) return false;
    item->kind = ITEM_HEAD, item->left = left;
    return true;
}

/* "Mầm non | 6 Chim Non": rules of a table that an engine took for bars. */
static bool has_rests_of_rules(Run r)
{
    for (int i = 0; i < r.n && !is_typed(r); i++)
        if (r.v[i].mark == '|') return true;
    return false;
}

/* Without bars at its ends: the edge of the page, or of a seal. */
static Run without_bars(Run r)
{
    while (r.n && !is_typed(r) && r.v[0].mark == '|') r = after(r, 1);
    while (r.n && !is_typed(r) && r.v[r.n - 1].mark == '|') r.n--;
    return r;
}

static void read_item(Doc *doc, ListItem *item)
{
    Run r = item->run = without_bars(item->run);
    enum { MOST = 12, MOST_WITH_PLACE = 30 }; /* words of one school */
    if (!run_words(r) || r.v[0].mark == '(') return;
    if (section_level(r, &item->level)) {
        item->kind = ITEM_SECTION;
        return;
    }
    if (is_label(doc, r, item) || part_by_relation(r, item)) return;
    if (has_rests_of_rules(r)) {
        part_by_dash(doc, r, item);
        return;
    }
    if (part_by_leader(r, item)) return;
    if (ends_with(r, ':') && is_head(r, item)) return;
    if (item->marker && (part_by_joining(r, item) || part_by_colon(r, item))) return;
    if (part_by_dash(doc, r, item) || part_by_levels(r, item) || part_by_and(r, item)) return;
    if (is_name_like(without_assigning(r)) && run_words(r) <= (item->marker ? MOST_WITH_PLACE : MOST))
        item->kind = ITEM_SINGLE, item->left = without_end(without_assigning(r));
}

/* ---- entries ---- */

typedef struct ItemReader {
    Flat *f;
    const ListItem *head; /* ITEM_HEAD whose partners follow, or the last ITEM_SINGLE */
    bool again;           /* it has a partner already */
    Level section;
    Evidence heading, list; /* of the list: what some of its items say */
    Entries out;
} ItemReader;

static void add_pair(ItemReader *x, const ListItem *item, Run school, Run partner, int no, Evidence said)
{
    Doc *doc = x->f->doc;
    if (!evidence_is(said)) said = x->list;
    double odds = evidence_log_odds(doc, said, x->heading);
    if (odds <= 0) return;
    *vec_push(&x->out) = (Entry){.no = no,
                                 .section = x->section,
                                 .title = doc->level,
                                 .school = school,
                                 .partner = partner,
                                 .school_district = doc->district,
                                 .partner_district = doc->other_district,
                                 .rule = "item of a list",
                                 .page = item->x->page,
                                 .box = item->box,
                                 .parting = 1,
                                 .form = (float)(1 / (1 + exp(-odds))),
                                 .text = true};
}

static void add_partner(ItemReader *x, const ListItem *item, Run partner, Evidence said)
{
    size_t before = x->out.n;
    add_pair(x, item, x->head->left, partner, x->head->no, said);
    if (x->out.n == before) return;
    Entry *e = &x->out.v[before];
    if (!x->again && x->head->x->page == item->x->page) e->box = rect_union(x->head->box, item->box);
    e->again = x->again, x->again = true;
}

static void take_item(ItemReader *x, const ListItem *item)
{
    if (item->kind != ITEM_LABEL && item->kind != ITEM_SINGLE && !item->dashed) x->again = false;
    Evidence e;
    switch (item->kind) {
    case ITEM_SECTION: x->section = item->level, x->head = NULL; break;
    case ITEM_PAIR:
        if (x->head && x->head->kind == ITEM_HEAD && item->dashed) /* "+ Trường TH Việt - Lào", a partner */
            add_partner(x, item, without_end(item->run), x->head->evidence);
        else if (x->head && x->head->kind == ITEM_HEAD &&
                 item->joined) { /* "+ MN Hoa Mai và MN Sao Mai", two */
            add_partner(x, item, item->left, x->head->evidence);
            add_partner(x, item, item->right, x->head->evidence);
        } else
            add_pair(x, item, item->left, item->right, item->no, item->evidence);
        break;
    case ITEM_HEAD: x->head = item; break;
    case ITEM_LABEL:
        if (!x->head) break;
        if (item->side == HEADER_FIRST)
            add_pair(x, item, item->right, x->head->left, x->head->no, item->evidence);
        else
            add_partner(x, item, item->right, item->evidence);
        break;
    case ITEM_SINGLE:
        if (x->head && x->head->kind == ITEM_HEAD && item->marker)
            add_partner(x, item, item->left, x->head->evidence);
        else
            x->head = item, x->again = false;
        break;
    case ITEM_TEXT:
        x->head = NULL;
        if (item->run.n && !ends_with(item->run, '.') && evidence_of_heading(&item->run, 1, &e)) {
            Level level = level_mentioned(item->run);
            x->heading = e;
            if (level) x->section = level; /* "Danh sách các trường mầm non kết nghĩa" */
        }
        break;
    }
}

/* "Trường" before most names is none of theirs. */
static NameStyle style_of(const Entries *entries, bool partner)
{
    size_t with = 0;
    NameStyle style = {0};
    for (size_t i = 0; i < entries->n; i++) {
        Run r = partner ? entries->v[i].partner : entries->v[i].school;
        with += r.n && tok_word(&r.v[0], WORD_LEAD) != NULL;
        if (r.n) numbering_add(&style.numbers, r.v[r.n - 1].text);
    }
    style.lead = 2 * with > entries->n, style.kinds = style.lead; /* a level stands before the others */
    return style;
}

bool all_typed(const XLine *const *lines, int n)
{
    int words = 0, typed = 0;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < lines[i]->run.n; k++) words++, typed += lines[i]->run.v[k].typed == TYPED_YES;
    return words && typed * 10 >= words * 9;
}

/* "Trường A kết nghĩa với trường B;" as prose/ reads it, which knows years too. */
static bool is_sentence(const ListItem *item)
{
    return !item->marker && !is_typed(item->run) && begins_as_school(item->left);
}

/* A lone dash between two names in running text is not a list: pairs are, by the words that part them, or two and more
 * that are parted alike. */
static bool is_list(const ListItems *items)
{
    int related = 0, others = 0, labels = 0, heads = 0;
    for (size_t i = 0; i < items->n; i++) {
        const ListItem *item = &items->v[i];
        related += item->kind == ITEM_PAIR && item->related && !is_sentence(item);
        others += item->kind == ITEM_PAIR && !item->related;
        labels += item->kind == ITEM_LABEL, heads += item->kind == ITEM_HEAD;
    }
    return related > 1 || others > 1 || labels > 1 || heads > 1;
}

/* Numbered and marked lines that name a school and of which nothing came, where an engine misread what parts them. */
static void tell_unread(Doc *doc, const ListItems *items)
{
    int n = 0, start[MOST_STARTS];
    const ListItem *first = NULL;
    for (size_t i = 0; i < items->n; i++) {
        const ListItem *item = &items->v[i];
        if (item->kind != ITEM_TEXT || !item->marker || is_typed(item->run) || !name_starts(item->run, start))
            continue;
        if (!n++) first = item;
    }
    if (!n) return;
    Place place = {.page = first->x->page, .box = first->box};
    finding_add(doc, "passed-over", place, "%d items of a list name schools, and no pairing came of them", n);
}

/* Do the words behind the two names agree? */
static bool same_end(const ListItem *a, const ListItem *b)
{
    Run one = after(a->with_end, a->left.n), two = after(b->with_end, b->left.n);
    if (one.n != two.n) return false;
    for (int i = 0; i < one.n; i++)
        if (!str_eq(one.v[i].letters, two.v[i].letters)) return false;
    return true;
}

/* Small words behind one name of a list alone are its end: "Trường Phố muối kết nghĩa với ...". Behind several they are
 * none: "Trường Kim Đồng hân hạnh kết nghĩa với ...". */
static void take_own_ends(ListItems *items)
{
    for (size_t i = 0; i < items->n; i++) {
        ListItem *item = &items->v[i];
        bool again = false;
        for (size_t k = 0; k < items->n && item->with_end.n && !again; k++)
            again = k != i && items->v[k].with_end.n && same_end(item, &items->v[k]);
        item->own_end = item->with_end.n && !again;
    }
    for (size_t i = 0; i < items->n; i++)
        if (items->v[i].own_end) items->v[i].left = items->v[i].with_end;
}

/* "Ngày 30/9/2022, các cặp trường sau đây đã kết nghĩa:" */
static bool tells_date(const ListItem *item)
{
    for (int i = 0; i < item->run.n; i++)
        if (item->run.v[i].sense & SENSE_DATE) return ends_with(item->run, ':');
    return false;
}

/* Two schools joined by "và" are a pair where most items are: among single names they are two more of these. Where the line
 * above tells the day, prose/ reads them, which knows days. */
static void drop_joined(ListItems *items)
{
    int joined = 0, singles = 0, heads = 0;
    bool dated = false;
    for (size_t i = 0; i < items->n; i++) {
        ListItem *item = &items->v[i];
        bool labelled = i + 1 < items->n && items->v[i + 1].kind == ITEM_LABEL;
        if (item->joined && labelled) /* two schools of one partner */
            item->kind = ITEM_SINGLE, item->left = without_end(item->run), item->joined = false;
        dated |= item->joined && i && tells_date(&items->v[i - 1]);
        joined += item->joined, singles += item->marker && item->kind == ITEM_SINGLE && !labelled;
        heads += item->kind == ITEM_HEAD;
    }
    if (!dated && (heads || joined > singles)) return;
    for (size_t i = 0; i < items->n; i++)
        if (items->v[i].joined) items->v[i].kind = ITEM_TEXT;
}

bool flat_items(Flat *f, const XLine *const *lines, int n)
{
    ListItems items = {0};
    ItemReader x = {.f = f, .heading = f->carry->heading};
    gather(f, lines, n, &items);
    cut_at_semicolons(&items);
    for (size_t i = 0; i < items.n; i++) read_item(f->doc, &items.v[i]);
    take_own_ends(&items);
    drop_joined(&items);
    for (size_t i = 0; i < items.n; i++) evidence_add(&x.list, items.v[i].evidence);
    if (is_list(&items))
        for (size_t i = 0; i < items.n; i++) take_item(&x, &items.v[i]);
    size_t found = x.out.n > 1 ? x.out.n : 0;
    NameStyle school = style_of(&x.out, false), partner = style_of(&x.out, true);
    for (size_t i = 0; i < found; i++) {
        x.out.v[i].school_style = school, x.out.v[i].partner_style = partner;
        *vec_push(f->out) = x.out.v[i];
    }
    if (found && x.section) f->carry->section = x.section;
    if (found) tell_unread(f->doc, &items);
    vec_release(&x.out);
    vec_release(&items);
    return found > 0;
}
