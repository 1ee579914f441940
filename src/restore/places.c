/* Names of wards and districts behind their kind, as dicts/units.tsv writes them.
 *
 * Example: "Phuong Thuong Thanh, quan Long Bien". The kind "phường" is among the candidates of the first word, so a ward's
 * name follows, and behind the comma a district's. Of the wards that read "thuongthanh" one lies in a district that reads
 * "longbien": Thượng Thanh. Its words are lifted over Thường, Thạnh and all else.
 *
 * Nothing is read beforehand: the lines of the list stand in the order of their letters and are searched where they lie.
 */
#include "restore/private.h"

#include "base/file.h"

#include <math.h>
#include <string.h>

enum { MOST_WORDS = 5, MOST_LETTERS = 48, MOST_FORMS = 16, FIELDS = 7 };

/* Nats, over the words of a name: of a ward in its district; of one elsewhere in the district's province; of a district, or
 * a ward of which nothing says where it is, when most units are written so; the most that a rarer form is behind. */
static const float IN_DISTRICT = 15, IN_PROVINCE = 9, LISTED = 5, RARER = 4;

/* Nats: of the kind itself before a name of the list, and before one with its district. */
static const float HEAD = 2, HEAD_IN_DISTRICT = 5;

typedef enum PlaceKind { PLACE_NONE, PLACE_WARD, PLACE_DISTRICT, PLACE_KINDS } PlaceKind;

typedef struct PlaceHead {     /* the last word of a kind */
    const char *word, *before; /* before: the word that must stand there, or NULL */
    PlaceKind kind;
} PlaceHead;

static const PlaceHead HEADS[] = {
    {"phường", NULL, PLACE_WARD},     {"trấn", "thị", PLACE_WARD},    {"xã", "thị", PLACE_DISTRICT},
    {"xã", NULL, PLACE_WARD},         {"quận", NULL, PLACE_DISTRICT}, {"huyện", NULL, PLACE_DISTRICT},
    {"phố", "thành", PLACE_DISTRICT},
};

struct Places {
    FileMap map;
    bool missing;
    uint64_t heads[(LM_NONE + 1) / 64]; /* bit by word id */
};

static void note_head(Places *p, WordId id)
{
    if (id != LM_UNKNOWN) p->heads[id / 64] |= UINT64_C(1) << id % 64;
}

Places *places_new(const Lexicon *lex)
{
    Places *p = xalloc(sizeof *p);
    for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++)
        for (int name = 0; name < 2; name++)
            note_head(p, lexicon_find(lex, HEADS[i].word, strlen(HEADS[i].word), name));
    return p;
}

void places_free(Places *p)
{
    if (p) file_unmap(&p->map);
    free(p);
}

/* The list is opened when the first kind is met. Without it nothing is lifted. */
static bool open_list(Places *p)
{
    char path[4096];
    Err err = {0};
    if (!p->map.data && !p->missing)
        p->missing = !file_data("units.tsv", path, sizeof path, &err) || !file_map(path, &p->map, &err);
    return !p->missing;
}

/* ---- the list ---- */

typedef struct UnitRow {
    const char *field[FIELDS]; /* key, name, kind, district, province, ... */
    size_t len[FIELDS];
} UnitRow;

/* The key of a line against letters, blanks aside. */
static int compare_key(const char *line, const char *end, const char *letters)
{
    for (; line < end && *line != '\t'; line++) {
        if (*line == ' ') continue;
        if (*line != *letters) return (unsigned char)*line - (unsigned char)*letters;
        letters++;
    }
    return *letters ? -1 : 0;
}

/* The first line whose key is not before these letters. */
static const char *find_line(const Places *p, const char *letters)
{
    const char *text = (const char *)p->map.data, *end = text + p->map.size;
    size_t low = 0, high = p->map.size;
    while (low < high) {
        size_t at = low + (high - low) / 2;
        while (at > low && text[at - 1] != '\n') at--;
        const char *feed = memchr(text + at, '\n', p->map.size - at);
        size_t next = feed ? (size_t)(feed - text) + 1 : p->map.size;
        if (text[at] == '#' || compare_key(text + at, end, letters) < 0)
            low = next;
        else
            high = at;
    }
    return text + low;
}

/* Cuts a line of these letters into fields; returns the next one, NULL where this is none of them. */
static const char *read_row(const Places *p, const char *line, const char *letters, UnitRow *row)
{
    const char *end = (const char *)p->map.data + p->map.size;
    if (line >= end || compare_key(line, end, letters) != 0) return NULL;
    const char *feed = memchr(line, '\n', (size_t)(end - line));
    if (!feed) feed = end;
    *row = (UnitRow){0};
    for (int i = 0; i < FIELDS && line <= feed; i++) {
        const char *tab = memchr(line, '\t', (size_t)(feed - line));
        row->field[i] = line, row->len[i] = (size_t)((tab ? tab : feed) - line);
        line = tab ? tab + 1 : feed + 1;
    }
    return feed < end ? feed + 1 : end;
}

static bool is_kind(const UnitRow *row, PlaceKind kind)
{
    static const char *const districts[] = {"quận", "huyện", "thị xã", "thành phố"};
    for (size_t i = 0; row->field[2] && i < sizeof districts / sizeof *districts; i++)
        if (row->len[2] == strlen(districts[i]) && memcmp(row->field[2], districts[i], row->len[2]) == 0)
            return kind == PLACE_DISTRICT;
    return kind == PLACE_WARD;
}

/* Whether a name in its marks reads as these letters without them. */
static bool reads_as(const char *name, size_t n, const char *letters)
{
    char key[TOKEN_KEY_MOST * 2], plain[TOKEN_KEY_MOST * 2];
    if (!name || n >= TOKEN_KEY_MOST) return false;
    size_t m = 0, len;
    memcpy(key, name, n);
    len = token_skeleton(key, n, plain);
    for (size_t i = 0; i < len; i++)
        if (plain[i] != ' ')
            key[m++] = (char)(plain[i] >= 'A' && plain[i] <= 'Z' ? plain[i] + 'a' - 'A' : plain[i]);
    return m == strlen(letters) && memcmp(key, letters, m) == 0;
}

/* ---- names in a text ---- */

typedef struct PlaceWord {
    Token token;
    int32_t slot;
    char letters[TOKEN_KEY_MOST]; /* "" of what is not a word */
} PlaceWord;

typedef VEC(PlaceWord) PlaceWords;

typedef struct PlaceName { /* words [from, to) of a text */
    size_t from, to;
    PlaceKind kind;
    char letters[MOST_LETTERS];
} PlaceName;

static void read_words(const Restore *r, const Text *t, PlaceWords *words)
{
    TokenReader reader = token_reader(t->raw, t->n);
    Token token;
    size_t slot = 0;
    while (token_next(&reader, &token)) {
        PlaceWord *w = vec_push(words);
        char key[TOKEN_KEY_MOST];
        size_t n = token.kind == TOKEN_WORD ? token_key(t->raw, &token, key) : 0;
        w->token = token;
        if (n) token_skeleton(key, n, w->letters);
        while (slot < r->lattice.slot.n &&
               (r->lattice.slot.v[slot].at != token.at || r->lattice.slot.v[slot].len != token.len))
            slot++;
        w->slot = slot < r->lattice.slot.n ? (int32_t)slot : -1;
    }
}

static bool slot_has(const Restore *r, int32_t slot, const char *word)
{
    WordId plain = lexicon_find(&r->lex, word, strlen(word), false),
           name = lexicon_find(&r->lex, word, strlen(word), true);
    const Slot *s = slot < 0 ? NULL : &r->lattice.slot.v[slot];
    for (int i = s ? s->first_cand : 0; s && i < s->first_cand + s->cands; i++) {
        WordId id = r->lattice.cand.v[i].id;
        if (id != LM_UNKNOWN && (id == plain || id == name)) return true;
    }
    return false;
}

static bool may_be_head(const Restore *r, int32_t slot)
{
    const Slot *s = slot < 0 ? NULL : &r->lattice.slot.v[slot];
    for (int i = s ? s->first_cand : 0; s && i < s->first_cand + s->cands; i++) {
        WordId id = r->lattice.cand.v[i].id;
        if (r->places->heads[id / 64] >> id % 64 & 1) return true;
    }
    return false;
}

static PlaceKind head_at(const Restore *r, const PlaceWords *words, size_t i)
{
    for (size_t k = 0; k < sizeof HEADS / sizeof *HEADS; k++) {
        const PlaceHead *h = &HEADS[k];
        if (!slot_has(r, words->v[i].slot, h->word)) continue;
        if (!h->before || (i > 0 && slot_has(r, words->v[i - 1].slot, h->before))) return h->kind;
    }
    return PLACE_NONE;
}

/* The longest run of words from `from` on that is a name of the kind in the list. */
static bool find_name(const Restore *r, const PlaceWords *words, size_t from, PlaceKind kind, PlaceName *name)
{
    bool capital = from < words->n && words->v[from].token.casing != CASE_LOWER;
    bool found = false;
    size_t n = 0;
    *name = (PlaceName){.from = from, .kind = kind};
    char letters[MOST_LETTERS] = "";
    for (size_t i = from; i < words->n && i < from + MOST_WORDS; i++) {
        const PlaceWord *w = &words->v[i];
        size_t len = strlen(w->letters);
        if (!len || n + len >= MOST_LETTERS || (capital && w->token.casing == CASE_LOWER)) break;
        memcpy(letters + n, w->letters, len + 1);
        n += len;
        UnitRow row;
        const char *line = find_line(r->places, letters);
        for (bool any = false; !any && (line = read_row(r->places, line, letters, &row));) {
            any = is_kind(&row, kind);
            if (any) name->to = i + 1, memcpy(name->letters, letters, n + 1), found = true;
        }
    }
    return found;
}

/* ---- lifting ---- */

/* A word too rare for the slot of its piece gets one beside it, where it may have become the raw word. */
static void add_rare(Restore *r, const Text *t, const PlaceWord *w, WordId id, float by)
{
    char key[TOKEN_KEY_MOST];
    size_t m, n = token_word_key(t->raw + w->token.at, w->token.len, key);
    const char *word = lexicon_text(&r->lex, id, &m);
    unsigned fits = loss_fits(key, n, word, m);
    const LossStates *state = r->losses ? losses_at(r, w->token.at) : NULL;
    if (!fits) return;
    float cost = state ? loss_cost(&r->loss, state, fits) : 0;
    const Slot of = r->lattice.slot.v[w->slot];
    Slot *s = lattice_add_slot(&r->lattice, of.from, of.to);
    s->at = of.at, s->len = of.len, s->cands = 1;
    *vec_push(&r->lattice.cand) =
        (Cand){.id = id, .kind = CAND_LIKE_RAW, .fits = (uint8_t)fits, .score = -cost};
    dict_lift(&r->lattice.cand.v[s->first_cand], by / r->lattice.weight);
}

static void lift_word(Restore *r, const Text *t, const PlaceWord *w, const char *syllable, size_t n, float by)
{
    char key[TOKEN_KEY_MOST];
    size_t len = n < TOKEN_KEY_MOST ? token_word_key(syllable, n, key) : 0;
    WordId plain = len ? lexicon_find(&r->lex, key, len, false) : LM_UNKNOWN,
           name = len ? lexicon_find(&r->lex, key, len, true) : LM_UNKNOWN;
    const Slot *s = w->slot < 0 ? NULL : &r->lattice.slot.v[w->slot];
    bool found = false;
    for (int i = s ? s->first_cand : 0; s && i < s->first_cand + s->cands; i++) {
        Cand *c = &r->lattice.cand.v[i];
        if (c->id == LM_UNKNOWN || (c->id != plain && c->id != name)) continue;
        dict_lift(c, by / r->lattice.weight);
        found = true;
    }
    WordId id = name != LM_UNKNOWN ? name : plain;
    if (s && !found && id != LM_UNKNOWN) add_rare(r, t, w, id, by);
}

/* Each word of the name as the row writes it. */
static void lift_form(Restore *r, const Text *t, const PlaceWords *words, const PlaceName *name,
                      const UnitRow *row, float nats)
{
    size_t count = 1, word = name->from;
    for (size_t i = 0; i < row->len[1]; i++) count += row->field[1][i] == ' ';
    if (count != name->to - name->from) return;
    for (size_t i = 0, end; i < row->len[1]; i = end + 1, word++) {
        const char *blank = memchr(row->field[1] + i, ' ', row->len[1] - i);
        end = blank ? (size_t)(blank - row->field[1]) : row->len[1];
        lift_word(r, t, &words->v[word], row->field[1] + i, end - i, nats / (float)count);
    }
}

typedef struct PlaceForm {
    UnitRow row; /* one of those that write it so */
    int times;
    bool here; /* one lies in the district */
    bool near; /* one lies in a province that has a district of that name */
} PlaceForm;

static PlaceForm *form_of(PlaceForm *form, int *n, const UnitRow *row)
{
    for (int i = 0; i < *n; i++)
        if (form[i].row.len[1] == row->len[1] &&
            memcmp(form[i].row.field[1], row->field[1], row->len[1]) == 0)
            return &form[i];
    if (*n == MOST_FORMS) return NULL;
    form[*n] = (PlaceForm){.row = *row};
    return &form[(*n)++];
}

/* Whether the row's province has a district that reads so. */
static bool is_near(const Restore *r, const UnitRow *row, const char *district)
{
    UnitRow other;
    const char *line = find_line(r->places, district);
    while ((line = read_row(r->places, line, district, &other)))
        if (is_kind(&other, PLACE_DISTRICT) && other.len[4] == row->len[4] &&
            memcmp(other.field[4], row->field[4], row->len[4]) == 0)
            return true;
    return false;
}

/* The forms in which the list writes the name, the commoner the more; those of the district before all others. */
static void lift_name(Restore *r, const Text *t, const PlaceWords *words, const PlaceName *name,
                      const char *district)
{
    PlaceForm form[MOST_FORMS];
    UnitRow row;
    int n = 0, most = 1;
    const char *line = find_line(r->places, name->letters);
    while ((line = read_row(r->places, line, name->letters, &row))) {
        PlaceForm *f = is_kind(&row, name->kind) ? form_of(form, &n, &row) : NULL;
        if (!f) continue;
        f->times++;
        f->here = f->here || (district && reads_as(row.field[3], row.len[3], district));
        f->near = f->near || (district && is_near(r, &row, district));
    }
    for (int i = 0; i < n; i++)
        if (form[i].times > most) most = form[i].times;
    for (int i = 0; i < n; i++) {
        float rarer = logf((float)most / (float)form[i].times);
        float listed = LISTED - fminf(rarer, RARER);
        lift_form(r, t, words, name, &form[i].row,
                  form[i].here   ? IN_DISTRICT
                  : form[i].near ? IN_PROVINCE
                                 : listed);
    }
}

/* The district that the words behind a ward's name say, past a comma, a dash or a bracket. */
static bool find_district(const Restore *r, const PlaceWords *words, size_t at, PlaceName *district)
{
    enum { MOST_BETWEEN = 4 };
    for (size_t i = at; i < words->n && i < at + MOST_BETWEEN; i++)
        if (may_be_head(r, words->v[i].slot) && head_at(r, words, i) == PLACE_DISTRICT)
            return find_name(r, words, i + 1, PLACE_DISTRICT, district);
    return false;
}

/* The word of the kind itself: "phuong" before a ward's name is phường. */
static void lift_head(Restore *r, const PlaceWord *w, float by)
{
    const Slot *s = &r->lattice.slot.v[w->slot];
    for (int i = s->first_cand; i < s->first_cand + s->cands; i++) {
        Cand *c = &r->lattice.cand.v[i];
        if (r->places->heads[c->id / 64] >> c->id % 64 & 1) dict_lift(c, by / r->lattice.weight);
    }
}

/* Most likely it has lost nothing. */
static bool is_kept(const Restore *r, const PlaceWord *w)
{
    static const float SURE = 0.9f;
    const LossStates *state = r->losses ? losses_at(r, w->token.at) : NULL;
    return state && state->p[LOSS_KEPT] + state->p[LOSS_FOREIGN] > SURE;
}

/* Of a name behind its kind, the words that nothing confirms. Where the list does not have it, all in capitals are its. */
static void doubt_name(Restore *r, const PlaceWords *words, const PlaceName *name)
{
    size_t to = name->to;
    for (; to < words->n && to < name->from + MOST_WORDS && *words->v[to].letters; to++)
        if (words->v[to].token.casing == CASE_LOWER) break;
    for (size_t i = name->from; i < to; i++)
        if (words->v[i].slot >= 0) r->lattice.slot.v[words->v[i].slot].place = true;
}

void places_apply(Restore *r, const Text *t)
{
    PlaceWords words = {0};
    bool any = false;
    for (size_t i = 0; i < r->lattice.slot.n && !any; i++) any = may_be_head(r, (int32_t)i);
    if (!any || !open_list(r->places)) return;
    read_words(r, t, &words);
    for (size_t i = 0; i < words.n; i++) {
        PlaceName name, district;
        PlaceKind kind = may_be_head(r, words.v[i].slot) ? head_at(r, &words, i) : PLACE_NONE;
        if (!kind || i + 1 == words.n || is_kept(r, &words.v[i + 1])) continue;
        bool listed = find_name(r, &words, i + 1, kind, &name);
        if (!listed) name.to = i + 1, doubt_name(r, &words, &name);
        if (!listed) continue;
        bool where = kind == PLACE_WARD && find_district(r, &words, name.to, &district);
        bool small = words.v[name.from].token.casing == CASE_LOWER;
        if (small && name.to == name.from + 1 && !where) continue; /* "xa hoi" */
        lift_head(r, &words.v[i], where ? HEAD_IN_DISTRICT : HEAD);
        if (!where) doubt_name(r, &words, &name);
        lift_name(r, t, &words, &name, where ? district.letters : NULL);
    }
    vec_release(&words);
}
