/* Names as the lists write them: a noisy channel over whole names (Kernighan, Church & Gale 1990).
 *
 * "Tây Đăng A" was read in the partner's column of a plan for huyện Ba Vì. The choice is between the name as
 * it stands and those of the lists that are near to it; each has a probability before anything was read, and
 * a cost for every letter and every mark in which it differs from what was read:
 *
 *     Tây Đăng    no list has it, though one has its letters       -12.2            = -12.2
 *     Tây Đằng    one of 31 wards of the district                   -4.1 - 7.5      = -11.6   chosen
 *
 * What an engine without Vietnamese makes of letters is known from its table, so that "Cé B6" is Cổ Đô where
 * that is a ward of the district; there the restorer's choice has a bonus. A, B, I, II at a name's end are no
 * part of this. */
#include "extract/private.h"

#include "base/align.h"
#include "base/viet.h"

#include <math.h>
#include <string.h>

enum { MOST_NEAR = 600, MOST_LETTERS = 96, ONE = 1000 /* a name, in Doc.listed */ };

/* Shares of the names in plans, natural logarithms taken where they are used. */
static const double SCHOOL_HERE = 0.25; /* a school of the district that the lists have */
static const double HERE = 0.5;         /* named after a ward of the district */
static const double A_DISTRICT =
    40; /* schools that one has, of which the lists may know three; streets the same */
static const double STREET_HERE = 0.1;    /* after a street, a hamlet or a person that it has a street of */
static const double LISTED = 0.3;         /* some other name of the lists */
static const double REPEATED = 0.1;       /* one that stands elsewhere in the document too */
static const double OWN = 0.7;            /* in the user's registry */
static const double UNKNOWN = 0.1;        /* in no list */
static const double OTHER_MARKS = 0.0003; /* in no list, but one has its letters with other marks */

/* What it costs that an engine with Vietnamese misread, natural logarithms: it reads one letter in e^8 wrong.
 * What one without makes of a name is in its table, dicts/ocr-eng.tsv. */
static const float LETTER = 8, MARK = 7.5f, BLANK = 0.5f;
static const double STRANGE = 5; /* of any one name with a syllable that no listed name has: there are many */
static const double NO_NAME = 9; /* of a name with a sign or capital inside a syllable, "EduKids" */
static const double RESTORED = 1; /* the restorer's choice, which knows more than the lists */

static const double SURE = 0.8;       /* probability from which on letters may be changed */
static const double SURE_OF = 0.6;    /* the same where the engine's mistakes are known */
static const float MOST_SURE = 0.95f; /* the lists make nothing surer than this */
static const double VOTE = 0.4; /* share of names that are wards of a district before it counts as theirs */

/* ---- the name without its number ---- */

/* A name in three: "Ba Trại" + " A", "số 1 " + "Nam Phước", "Huổi Luông" + " số 1". */
typedef struct NameParts {
    const char *head, *stem, *rest;
    int before, behind; /* words of head and rest */
} NameParts;

static bool is_number_word(const Doc *doc, const char *s, size_t n)
{
    Arena tmp = {0};
    bool is = words_lookup(doc->words, WORD_NUMBER, viet_key(&tmp, arena_strn(&tmp, s, n))) != NULL;
    arena_release(&tmp);
    return is;
}

/* Bytes of "số 1 " in front of a name; 0: there is none. */
static size_t head_length(const Doc *doc, const char *name)
{
    size_t n = strcspn(name, " ");
    if (!name[n] || !is_number_word(doc, name, n)) return 0;
    size_t digits = strspn(name + n + 1, "0123456789");
    return digits && name[n + 1 + digits] == ' ' ? n + digits + 2 : 0;
}

/* Bytes of the stem: those of the words before " A" and " số 1". */
static size_t stem_length(const Doc *doc, const char *name)
{
    size_t stem = school_stem(name), word = stem;
    while (word && name[word - 1] != ' ') word--;
    bool number = name[stem] && viet_is_digit((unsigned char)name[stem + 1]);
    return number && word && is_number_word(doc, name + word, stem - word) ? word - 1 : stem;
}

static int blanks(const char *s)
{
    int n = 0;
    for (; *s; s++) n += *s == ' ';
    return n;
}

static NameParts name_parts(const Doc *doc, Arena *a, const char *name)
{
    NameParts p = {0};
    size_t head = head_length(doc, name), stem = stem_length(doc, name + head);
    p.head = arena_strn(a, name, head);
    p.stem = viet_tone_str(a, arena_strn(a, name + head, stem), TONE_OLD);
    p.rest = name + head + stem;
    p.before = blanks(p.head), p.behind = blanks(p.rest);
    return p;
}

/* Was it typed, so that it stands as it was meant? A text file does not say who wrote it. Where its words have
 * marks somebody typed it, or an engine with Vietnamese wrote it; what has no marks was read by one without. */
static bool is_typed(const Doc *doc, const Name *name)
{
    return name->typed == TYPED_YES || (name->typed == TYPED_MAYBE && doc->marks_read);
}

const char *name_stem(const Doc *doc, Arena *a, const char *name)
{
    return name_parts(doc, a, name).stem;
}

/* "Phú Minh H" is II where the other names have numerals and no letters. */
static bool mend_h(const Doc *doc, Arena *a, Name *name)
{
    const char *last = strrchr(name->name, ' '),
               *numeral = last ? numeral_of_h(last + 1, &doc->numbers) : NULL;
    if (!numeral) return false;
    name->name = arena_printf(a, "%.*s %s", (int)(last - name->name), name->name, numeral);
    name->mended = true;
    return true;
}

/* "th minh khai": schools of one name and level. */
static const char *sisters_key(Arena *tmp, const Name *name, const char *stem)
{
    Level level = name->level ? name->level : name->among;
    return arena_printf(tmp, "%s %s", level_code(level), viet_key(tmp, stem));
}

/* How the document's schools of this name and level are numbered; NULL: there are none. */
static const Numbering *sisters_of(const Doc *doc, const Name *name, const char *stem)
{
    Arena tmp = {0};
    int at = map_lookup(&doc->sisters, sisters_key(&tmp, name, stem), 0);
    arena_release(&tmp);
    return at ? &doc->numbered.v[at - 1] : NULL;
}

static void note_sister(Doc *doc, const Name *name, const char *stem, const char *numeral)
{
    Arena tmp = {0};
    int *at = map_at(&doc->sisters, sisters_key(&tmp, name, stem));
    if (!*at) *vec_push(&doc->numbered) = (Numbering){0}, *at = (int)doc->numbered.n;
    numbering_add(&doc->numbered.v[*at - 1], numeral);
    arena_release(&tmp);
}

/* How the names of its column are numbered, or, of a column that is too short to tell, those of the document. */
static const Numbering *numbering_of(const Doc *doc, const Name *name)
{
    enum { ENOUGH = 5 }; /* names, none of which has a numeral */
    const Numbering *n = &name->list;
    bool tells = n->one + n->roman + n->first + n->digits + n->letters > 0 || n->names >= ENOUGH;
    return tells ? n : &doc->numbers;
}

/* What was read at the name's end where a numeral may have stood, and is not one; NULL. */
static const char *doubtful_end(const Name *name)
{
    const char *last = strrchr(name->read, ' ');
    if (name->tail) return name->tail;
    return last && numeral_doubtful(last + 1) ? last + 1 : NULL;
}

/* "Cốc Ly l1" in a list that counts 1, 2: what the strokes were is settled by the list and the engine's habits. */
static void settle_numeral(const Doc *doc, Arena *a, Name *name)
{
    static const double SURE_NUMERAL = 0.9; /* below it a person should look */
    const char *read = doubtful_end(name), *last = name->tail ? NULL : strrchr(name->name, ' ');
    if (!read) return;
    if (last && !numeral_kind(last + 1, strlen(last + 1)) && !numeral_doubtful(last + 1)) return;
    const char *stem = arena_strn(a, name->name, last ? (size_t)(last - name->name) : strlen(name->name));
    NumeralGuess guess =
        numeral_guess(read, !last, numbering_of(doc, name), sisters_of(doc, name, stem), doc->channel);
    name->unsettled = guess.prob < SURE_NUMERAL;
    name->name = *guess.text ? arena_printf(a, "%s %s", stem, guess.text) : stem;
}

static void mend_numeral(const Doc *doc, Arena *a, Name *name)
{
    if (!mend_h(doc, a, name)) settle_numeral(doc, a, name);
}

/* The name without so many words before and behind. */
static const char *inner_words(Arena *a, const char *name, int before, int behind)
{
    for (; before && strchr(name, ' '); before--) name = strchr(name, ' ') + 1;
    size_t n = strlen(name);
    for (; behind && n; n--) behind -= name[n - 1] == ' ';
    return viet_tone_str(a, n ? arena_strn(a, name, n) : name, TONE_OLD);
}

typedef struct Mend {
    const Doc *doc;
    const Confuse *channel;  /* doc's, or NULL */
    const char *text, *read; /* stems */
    const char *head, *rest; /* what stands before and behind the stem */
    double restored;         /* bonus of the text */
    bool capitals;           /* read in capitals */
    bool glued;              /* the number at the end was read in one piece with the stem */
} Mend;

/* ---- likelihood ---- */

static size_t decode(const char *s, int32_t out[MOST_LETTERS])
{
    size_t n = 0;
    for (size_t len = strlen(s), i = 0; i < len && n < MOST_LETTERS; n++) {
        i += utf8_decode(s + i, len - i, &out[n]);
        out[n] = viet_lower(out[n]);
    }
    return n;
}

static float swap_cost(int32_t a, int32_t b)
{
    if (a == b) return 0;
    Letter p = viet_letter(a), q = viet_letter(b);
    return p.base && p.base == q.base ? MARK : LETTER;
}

static float one_cost(int32_t c)
{
    return viet_is_letter(c) || viet_is_digit(c) ? LETTER : BLANK;
}

typedef struct NameLetters {
    int32_t read[MOST_LETTERS], name[MOST_LETTERS];
} NameLetters;

static float letter_cost(void *context, size_t i, int p, size_t j, int q)
{
    const NameLetters *l = context;
    return p && q ? swap_cost(l->read[i], l->name[j]) : one_cost(p ? l->read[i] : l->name[j]);
}

/* Weighted edit distance between what was read and what may have stood there. */
static double edit_cost(const char *read, const char *name)
{
    NameLetters l;
    size_t n = decode(read, l.read), m = decode(name, l.name);
    return align_cheapest(&(AlignTask){n, m, 1, 1, m, letter_cost, &l}, NULL);
}

/* -ln P(read | name), but for what is the same for all names. */
static double reading_cost(const Mend *m, const char *name)
{
    if (!m->channel) return edit_cost(m->read, name);
    if (!m->capitals) return confuse_cost(m->channel, name, m->read);
    Arena tmp = {0};
    double cost = confuse_cost(m->channel, viet_upper_str(&tmp, name), m->read);
    arena_release(&tmp);
    return cost;
}

/* ---- prior ---- */

/* Has the document this name elsewhere, of all its names? `own`: what the text itself counts for. */
static double repeated_share(const Mend *m, const Spelling *s, double own)
{
    double n = map_lookup(&m->doc->listed, s->name, 0) / (double)ONE - own;
    return m->doc->listed_total && n > 0 ? REPEATED * n / m->doc->listed_total : 0;
}

static double listed_prior(const Mend *m, const Spelling *s, double own)
{
    double p = LISTED * s->weight / gazetteer_total(m->doc->names) + repeated_share(m, s, own);
    if (s->schools) p += SCHOOL_HERE / fmax(s->schools, A_DISTRICT);
    if (s->wards) p += HERE / s->wards;
    if (s->streets) p += STREET_HERE / fmax(s->streets, A_DISTRICT);
    if (s->own) p += OWN / (double)registry_schools(m->doc->schools);
    return p;
}

/* Of the name as it stands, which no list has. */
static double unlisted_prior(const Mend *m, const Spelling *s, const double *own, int n)
{
    double same_letters = 0;
    bool odd = m->channel && name_is_odd(m->text);
    for (int i = 0; i < n; i++)
        if (s[i].apart == 0) same_letters += listed_prior(m, &s[i], own[i]);
    if (same_letters > 0) return log(OTHER_MARKS) + log(same_letters) - (odd ? NO_NAME : 0);
    bool strange = m->channel && !gazetteer_syllables(m->doc->names, m->text);
    return log(UNKNOWN) + gazetteer_score(m->doc->names, m->text) - (odd ? NO_NAME : strange ? STRANGE : 0);
}

/* What one name adds to the document's count of names, shared among those of its letters: "An Hoa", of an
 * engine that reads no Â, is An Hòa by 0.7 and Ân Hòa by 0.3. s: the names of the same letters. */
static void share_out(const Mend *m, const Spelling *s, int n, double *share)
{
    double sum = 0, weight = 0;
    for (int i = 0; i < n; i++) {
        double bonus = gazetteer_same(s[i].name, m->text) ? m->restored : 0;
        weight += s[i].weight;
        sum += share[i] = s[i].weight * exp(bonus - reading_cost(m, s[i].name));
    }
    sum += OTHER_MARKS * weight * exp(m->restored - reading_cost(m, m->text));
    for (int i = 0; i < n; i++) share[i] = sum > 0 ? share[i] / sum : 0;
}

/* ---- choosing ---- */

static int letters_allowed(const Mend *m, const char *name)
{
    char c[COMPACT_MOST];
    int n = compact(name, c) + (m->channel ? 2 : 0); /* where it is known which are mistaken for which */
    return n <= 4 ? 0 : n <= 6 ? 1 : n <= 8 ? 2 : m->channel ? 3 : 2;
}

static int add_others(Spelling *out, int found, const Spelling *more, int n)
{
    int kept = found;
    for (int i = 0; i < n; i++) {
        bool there = false;
        for (int k = 0; k < found && !there; k++) there = out[k].name == more[i].name;
        if (!there) out[kept++] = more[i];
    }
    return kept;
}

static bool is_number(const char *word, size_t n)
{
    return strcspn(word, "0123456789") < n && strspn(word, "0123456789-/.") >= n;
}

/* The next word at or after s that is a number, or NULL; *n its bytes. */
static const char *next_number(const char *s, size_t *n)
{
    for (; s && *s; s += *n + (s[*n] == ' '))
        if (*n = strcspn(s, " "), is_number(s, *n)) return s;
    return NULL;
}

/* "Trường 19-5" is not "19-8", nor is Yên Sơn "Yên Sơn II": numbers tell sisters apart, lists do not. */
static bool same_numbers(const char *text, const char *listed)
{
    size_t n = 0, m = 0;
    if (school_stem(listed) < strlen(listed)) return false;
    const char *p = next_number(text, &n), *q = next_number(listed, &m);
    for (; p && q; p = next_number(p + n, &n), q = next_number(q + m, &m))
        if (n != m || strncmp(p, q, n) != 0) return false;
    return !p && !q;
}

static int drop_other_numbers(const char *text, Spelling *s, int n)
{
    int kept = 0;
    for (int i = 0; i < n; i++)
        if (same_numbers(text, s[i].name)) s[kept++] = s[i];
    return kept;
}

/* Names near to the text; where it differs, near to what was read; where the engine's mistakes are known, the
 * wards of the districts, however far. */
static int candidates(const Mend *m, const char *const *districts, int n, Spelling *out)
{
    enum { THIRD = MOST_NEAR / 3, FAR = 9 };
    const Gazetteer *g = m->doc->names;
    int found = gazetteer_near(g, m->text, letters_allowed(m, m->text), districts, n, out, THIRD);
    if (!str_eq(m->text, m->read)) {
        Spelling *more = out + found;
        int others = gazetteer_near(g, m->read, letters_allowed(m, m->read), districts, n, more, THIRD);
        found = add_others(out, found, more, others);
    }
    if (m->channel) {
        Spelling *more = out + found;
        int others = gazetteer_wards(g, m->text, FAR, districts, n, more, THIRD);
        found = add_others(out, found, more, others);
    }
    return drop_other_numbers(m->text, out, found);
}

/* The names near to what was read, and how good each is; after them, at [n], the name as it stands where no
 * list has it so. */
typedef struct Choices {
    const Spelling *s;
    double score[MOST_NEAR + 1]; /* natural logarithms */
    int n, as_text;              /* as_text: which is the name as it stands */
    double total;                /* logarithm of the scores' sum */
} Choices;

static void weigh(const Mend *m, const Spelling *s, int n, Choices *c)
{
    double best, sum = 0, own[MOST_NEAR] = {0};
    int same_letters = 0;
    *c = (Choices){.s = s, .n = n, .as_text = n};
    while (same_letters < n && s[same_letters].apart == 0) same_letters++;
    share_out(m, s, same_letters, own);
    for (int i = 0; i < n; i++) {
        bool same = gazetteer_same(s[i].name, m->text);
        if (same) c->as_text = i;
        c->score[i] =
            log(listed_prior(m, &s[i], own[i])) - reading_cost(m, s[i].name) + (same ? m->restored : 0);
    }
    c->score[n] =
        c->as_text < n ? -INFINITY : unlisted_prior(m, s, own, n) - reading_cost(m, m->text) + m->restored;
    best = c->score[n];
    for (int i = 0; i < n; i++) best = fmax(best, c->score[i]);
    for (int i = 0; i <= n; i++) sum += exp(c->score[i] - best);
    c->total = best + log(sum);
}

static int best_of(const Choices *c)
{
    int best = c->n;
    for (int i = 0; i < c->n; i++)
        if (c->score[i] > c->score[best]) best = i;
    return best;
}

static bool other_letters(const char *a, const char *b)
{
    Arena tmp = {0};
    const char *p = viet_key(&tmp, a), *q = viet_key(&tmp, b);
    bool other = edit_distance(p, (int)strlen(p), q, (int)strlen(q), 3) > 0;
    arena_release(&tmp);
    return other;
}

static const char *choice_name(const Choices *c, const Mend *m, int i)
{
    return i < c->n ? c->s[i].name : m->text;
}

static const char *home_words(const Spelling *s)
{
    if (s->own) return "your list";
    if (s->wards) return "ward of the district";
    return s->schools ? "school of the district" : s->streets ? "street of the district" : "listed";
}

static void add_reason(Buf *b, const Choices *c, int i)
{
    if (i == c->as_text) buf_add(b, "as restored, ");
    if (i == c->n) {
        buf_add(b, "in no list");
        return;
    }
    buf_add(b, home_words(&c->s[i]));
    if (c->s[i].apart) buf_addf(b, ", %d letter%s off", c->s[i].apart, c->s[i].apart == 1 ? "" : "s");
}

/* "'Tay Dang': Tây Đằng 0.93 (ward of the district), Tây Đăng 0.05 (as restored, in no list)" */
static void explain(Doc *doc, Name *name, const Mend *m, const Choices *c, int final)
{
    enum { MOST_SHOWN = 4 };
    static const double LEAST_SHOWN = 0.01;
    Buf b = {0};
    bool shown[MOST_NEAR + 1] = {0};
    buf_addf(&b, "'%s' read, '%s' taken:", m->read, choice_name(c, m, final));
    for (int k = 0; k < MOST_SHOWN; k++) {
        int best = -1;
        for (int i = 0; i <= c->n; i++)
            if (!shown[i] && (best < 0 || c->score[i] > c->score[best])) best = i;
        if (best < 0 || (k && exp(c->score[best] - c->total) < LEAST_SHOWN)) break;
        shown[best] = true;
        buf_addf(&b, "%s %s %.2f (", k ? "," : "", choice_name(c, m, best), exp(c->score[best] - c->total));
        add_reason(&b, c, best);
        buf_addc(&b, ')');
    }
    name->why = arena_str(&doc->a, buf_str(&b));
    buf_release(&b);
}

static bool is_here(const Spelling *s)
{
    return s->wards || s->schools || s->own;
}

/* A rare name of elsewhere, which the document has in no other place. */
static bool is_foreign(const Mend *m, const Spelling *s)
{
    enum { COMMON = 5 }; /* of so many lists that schools anywhere may have it */
    return !is_here(s) && !s->streets && s->weight < COMMON && repeated_share(m, s, 0) <= 0;
}

/* The likeliest, unless letters would have to change and it is not likely enough, or the district does not have it and what
 * was read can be a name. */
static int settle(const Choices *c, const Mend *m)
{
    int best = best_of(c);
    if (best == c->as_text) return best;
    bool letters = other_letters(m->text, choice_name(c, m, best));
    if (letters && best < c->n && is_foreign(m, &c->s[best]) && gazetteer_syllables(m->doc->names, m->text) &&
        !name_is_odd(m->text))
        return c->as_text;
    return letters && exp(c->score[best] - c->total) < (m->channel ? SURE_OF : SURE) ? c->as_text : best;
}

/* A name that is not a ward of the district was taken where one is nearly as likely: "Đông Thái", read as such,
 * in a plan for Ba Vì, which has Đồng Thái. */
static bool has_rival(const Choices *c, int final)
{
    static const double NEARLY = 0.1; /* the ward's probability from which on a person should look */
    if (final < c->n && (c->s[final].wards || c->s[final].own)) return false;
    for (int i = 0; i < c->n; i++)
        if (i != final && is_here(&c->s[i]) && exp(c->score[i] - c->total) >= NEARLY) return true;
    return false;
}

static void choose(Doc *doc, Name *name, const Mend *m, const Spelling *s, int n)
{
    Choices c;
    weigh(m, s, n, &c);
    int final = settle(&c, m);
    name->sure = (float)exp(c.score[final] - c.total);
    name->listed = final < n;
    name->rival = has_rival(&c, final);
    name->here = final < n && is_here(&s[final]);
    if (doc->explain) explain(doc, name, m, &c, final);
    bool same = final == c.as_text;
    if (m->glued) name->name = arena_printf(&doc->a, "%s%s%s", m->head, m->text, m->rest);
    if (final == n ||
        (same && !str_eq(viet_lower_str(&doc->a, s[final].name), viet_lower_str(&doc->a, m->text))))
        return;
    name->mended |= !same && other_letters(m->text, s[final].name);
    name->name = arena_printf(&doc->a, "%s%s%s", m->head, s[final].name, m->rest);
    if (!same) name->prob = fminf(name->sure, MOST_SURE);
}

static bool is_listed(const Doc *doc, const char *name)
{
    Spelling s;
    return gazetteer_near(doc->names, name, 0, NULL, 0, &s, 1) > 0;
}

/* Takes it off the name, as read and as restored, where restoring has it still; where it is not sure, when a
 * list has the name without it and none has it with. */
static void part_number(Mend *m, Arena *a)
{
    bool sure = false;
    size_t at = *m->rest || m->capitals
                    ? 0
                    : numeral_glued(m->read, m->doc->numbers.one + m->doc->numbers.roman > 1, &sure),
           n = strlen(m->text);
    if (!at) return;
    bool there = n > 1 && m->text[n - 1] == m->read[at] && m->text[n - 2] != ' ';
    const char *stem = there ? arena_strn(a, m->text, n - 1) : m->text;
    if (!sure && (!is_listed(m->doc, stem) || (there && is_listed(m->doc, m->text)))) return;
    m->glued = true;
    m->rest = arena_printf(a, " %s", strchr("!l", m->read[at]) ? "I" : m->read + at);
    m->text = stem;
    m->read = arena_strn(a, m->read, at);
}

static Mend mend_of(Doc *doc, const Name *name)
{
    Arena *a = &doc->a;
    NameParts p = name_parts(doc, a, name->name);
    Mend m = {.doc = doc,
              .channel = *name->read ? doc->channel : NULL,
              .text = p.stem,
              .head = p.head,
              .rest = p.rest};
    m.restored = m.channel ? RESTORED : 0;
    if (!*name->read) return m.read = m.text, m;         /* it stands with the word before */
    bool all = blanks(name->read) >= blanks(name->name); /* not where a stroke became the "I" */
    m.read = inner_words(a, name->read, all ? p.before : 0, all ? p.behind : 0);
    m.capitals = strlen(m.read) > 3 && str_eq(m.read, viet_upper_str(a, m.read)); /* no "HAS" */
    part_number(&m, a);
    return m;
}

void name_note(Doc *doc, const Name *name)
{
    Spelling s[MOST_NEAR];
    double share[MOST_NEAR];
    Mend m = mend_of(doc, name);
    int n = gazetteer_near(doc->names, m.text, 0, NULL, 0, s, MOST_NEAR);
    share_out(&m, s, n, share);
    for (int i = 0; i < n; i++) *map_at(&doc->listed, s[i].name) += (int)(ONE * share[i]);
    doc->listed_total++;
    const char *last = doubtful_end(name) ? NULL : strrchr(name->name, ' ');
    numbering_add(&doc->numbers, last ? last + 1 : "");
    if (!doubtful_end(name)) note_sister(doc, name, m.text, *m.rest && last ? last + 1 : "");
}

/* What the lists know of a name that was typed. Its letters and marks stay, with the tone's place in oa, oe, uy as
 * everywhere; a name in capitals is written as the lists have it. */
static void look_up(Doc *doc, Name *name, const char *const *districts, int n)
{
    Spelling s[MOST_NEAR];
    NameParts p = name_parts(doc, &doc->a, name->name);
    bool capitals = str_eq(p.stem, viet_upper_str(&doc->a, p.stem));
    int found = gazetteer_near(doc->names, p.stem, 0, districts, n, s, MOST_NEAR);
    for (int i = 0; i < found && !name->listed; i++) {
        if (!gazetteer_same(s[i].name, p.stem)) continue;
        name->listed = true;
        name->here = is_here(&s[i]);
        name->name = arena_printf(&doc->a, "%s%s%s", p.head, capitals ? s[i].name : p.stem, p.rest);
    }
    name->unsettled = name->typed == TYPED_YES && name->tail; /* something that belongs to no name */
    name->typed = TYPED_YES;
    name->sure = 1;
}

/* In a text file, which an engine may have left, the user's own list is trusted before one wrong letter. */
static void take_own(Doc *doc, Name *name, const char *const *districts, int n)
{
    Spelling s[MOST_NEAR];
    if (name->listed) return;
    NameParts p = name_parts(doc, &doc->a, name->name);
    int found = gazetteer_near(doc->names, p.stem, 1, districts, n, s, MOST_NEAR);
    if (found < 1 || !s[0].own || s[0].apart > 1) return;
    name->name = arena_printf(&doc->a, "%s%s%s", p.head, s[0].name, p.rest);
    name->mended = name->listed = true;
}

void name_mend(Doc *doc, Name *name, const char *const *districts, int n)
{
    Spelling s[MOST_NEAR];
    if (name->district) districts = &name->district, n = 1;
    bool maybe = name->typed == TYPED_MAYBE;
    if (is_typed(doc, name)) {
        look_up(doc, name, districts, n);
        if (maybe) take_own(doc, name, districts, n);
        return;
    }
    mend_numeral(doc, &doc->a, name);
    Mend m = mend_of(doc, name);
    int near = candidates(&m, districts, n, s);
    choose(doc, name, &m, s, near);
}

void name_register(const Doc *doc, Name *name, Level level, const char *district)
{
    if (name->district) district = name->district;
    const RegistrySchool *s =
        registry_lookup(doc->schools, name->name, name->level ? name->level : level, district);
    if (!s) return;
    bool elsewhere = !s->id && district && s->district && !str_eq(s->district, district);
    name->name = s->name;
    name->registry = s->id;
    name->listed = name->here = true;
    if (!name->district && !elsewhere)
        name->district = s->district; /* the learnt one is of another district */
}

/* The district of which the registry has most schools of these names. */
static const char *registered_district(const Doc *doc, const char *const *names, int n)
{
    enum { LEAST = 3 }; /* schools: two may be accidents */
    Map votes = {0};
    const char *best = NULL;
    int most = LEAST - 1;
    for (int i = 0; i < n && doc->schools; i++) {
        const RegistrySchool *s = registry_lookup(doc->schools, names[i], LEVEL_NONE, NULL);
        int *vote = s && s->district ? map_at(&votes, s->district) : NULL;
        if (vote && ++*vote > most) most = *vote, best = s->district;
    }
    map_release(&votes);
    return best;
}

const char *names_district(const Doc *doc, const char *const *names, int n)
{
    enum { LEAST = 5 }; /* fewer names say nothing */
    const char *vote = n >= LEAST ? gazetteer_vote_district(doc->names, names, n, VOTE) : NULL;
    return vote || n < LEAST ? vote : registered_district(doc, names, n);
}
