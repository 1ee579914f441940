/* Numbers and signs as they stand; "." read for ","; specks of dirt, which are read as nothing: in "trường '
 * Hoa Mai", alone between blanks, or in "mẫu.và", where one clings to a word. */
#include "restore/noisy_private.h"

#include "base/viet.h"

#include <string.h>

enum { MOST_SPECKS = 3 }; /* of a chunk that is nothing else */

static const char *const SIGN_TEXT[] = {",", ".", ";", ":"};
static const float MOST_SIGN = 8;     /* nats: of reading one sign for another */
static const float LONE_SPECK = 1.5f; /* nats: of a sign that is dirt and stands alone */
static const float STUCK_SPECK = 5,
                   ENG_STUCK_SPECK = 7; /* nats: ... and clings to a word; eng has fewer of them */
static const float SPECK = 5;           /* nats: a sign that is dirt */
static const float WRITTEN_SPECK = 8; /* nats: ... and stands alone as people write it, "01 - C", to an engine
                                           that makes few specks */

void ocr_add_as_is(Restore *r, const Text *t, const ChunkText *x, const Token *token, int from, int to)
{
    Lattice *l = &r->lattice;
    char key[TOKEN_KEY_MOST];
    size_t n = token_key(t->raw, token, key);
    Slot *s = lattice_add_slot(l, x->node[from], x->node[to]);
    s->at = token->at, s->len = token->len, s->cands = 1;
    WordId id = token->kind == TOKEN_WORD ? LM_UNKNOWN : lexicon_find(&r->lex, key, n, false);
    *vec_push(&l->cand) = (Cand){.id = id, .kind = CAND_RAW};
}

/* The signs at the feet of words are read for one another: , for . and ; for : */
void ocr_add_other_signs(Restore *r, const ChunkText *x, int from)
{
    static const char signs[] = ",.;:";
    Lattice *l = &r->lattice;
    int32_t read = x->ch[from];
    int number = (int)l->slot.n - 1; /* of the sign as it stands */
    if (read <= 0 || read >= 0x80 || !strchr(signs, (int)read)) return;
    float own = confuse_one(r->channel, read, read);
    for (const char *c = signs; *c; c++) {
        WordId id = lexicon_find(&r->lex, c, 1, false);
        float cost = confuse_one(r->channel, *c, read) - own + r->trust / l->weight;
        if (*c == read || id == LM_UNKNOWN || cost > MOST_SIGN) continue;
        *vec_push(&l->cand) =
            (Cand){.id = id, .kind = CAND_GIVEN, .score = -cost, .text = SIGN_TEXT[c - signs]};
    }
    l->slot.v[number].cands = (int)l->cand.n - l->slot.v[number].first_cand;
    lattice_sort_cands(l, &l->slot.v[number]);
}

/* A sign that may be dirt is passed over. */
static void add_speck(Restore *r, const ChunkText *x, int i, float cost)
{
    Lattice *l = &r->lattice;
    Slot *s = lattice_add_slot(l, x->node[i], x->node[i + 1]);
    s->at = x->at[i], s->len = x->at[i + 1] - x->at[i], s->cands = 1;
    *vec_push(&l->cand) = (Cand){.id = LM_NONE, .kind = CAND_GIVEN, .score = -cost, .text = ""};
}

/* In a word, any sign that is not punctuation; alone, only what nobody writes alone. */
static bool may_be_dirt(int32_t c)
{
    return !is_plain_sign(c) && c != '|';
}

/* A sign between digits says something (1~2), and so does one of these beside a digit (<50, 25°, < 5 ngày), unless its
 * picture says that it is dirt. */
static bool is_of_number(const ChunkText *x, int i)
{
    bool after = i > 0 && chunk_kind(x, i - 1) == CHAR_DIGIT,
         before =
             i + 1 < x->n ? chunk_kind(x, i + 1) == CHAR_DIGIT : x->n == 1 && x->before_number && !x->dirt;
    int32_t c = x->ch[i];
    bool math = c == 0xB0 || c == 0xB1 || c == 0xD7 || c == 0x2264 || c == 0x2265 || is_among("<>~=*#$%", c);
    return (after && before) || ((after || before) && math);
}

static bool is_dirt(int32_t c)
{
    return c == 0xA9 || c == 0xAE || c == 0xA2 || c == 0xA5 || c == 0xA3 || c == 0xB0 || c == 0xAC ||
           (c > 0 && c < 0x80 && strchr("_^~`{}[]<>\\", (int)c));
}

/* A point or dash that clings to letters: "mẫu.và" is mẫu và. */
static bool is_stuck(const ChunkText *x, int i)
{
    int32_t c = char_plain(x->ch[i]);
    bool after = i + 1 < x->n && chunk_kind(x, i + 1) == CHAR_LETTER,
         before = i > 0 && chunk_kind(x, i - 1) == CHAR_LETTER;
    if (c <= 0 || c >= 0x80 || !strchr(".,:;-", (int)c)) return false;
    return i == 0 ? after && !x->begins : before && (after || (i + 1 == x->n && !x->ends));
}

void ocr_add_specks(Restore *r, const ChunkText *x)
{
    float stuck = r->from == FROM_VIE ? STUCK_SPECK : ENG_STUCK_SPECK;
    for (int i = 0; i < x->n; i++)
        if (is_of_number(x, i))
            continue;
        else if (chunk_kind(x, i) == CHAR_SIGN && (x->n > 1 ? may_be_dirt(x->ch[i]) : is_dirt(x->ch[i])))
            add_speck(r, x, i, SPECK);
        else if (x->n > 1 && is_stuck(x, i))
            add_speck(r, x, i, stuck + r->trust / r->lattice.weight);
}

/* What specks of dirt between words are read as. A letter is none unless its picture says so: "Tổ l" may be Tổ 1 or Tổ I,
 * never Tổ. A lone ị is nobody's. */
static bool is_speck(const ChunkText *x, int i)
{
    int32_t c = char_plain(x->ch[i]);
    if (x->begins && is_among("-+*", c)) return false; /* the sign of a list's item */
    if (chunk_kind(x, i) == CHAR_LETTER)
        return (x->dirt || c >= 0x80) && !x->begins && c != 'I' &&
               (viet_bare(c) == 'i' || viet_bare(c) == 'l');
    if (c == 0xA7 && !x->dirt) return false; /* § is a sign that people write, or a 5 */
    return chunk_kind(x, i) == CHAR_SIGN && (c >= 0x80 || !is_among("()[]/&@%$#|", c));
}

/* Alone between blanks nobody writes a full stop: it is dirt, or a sign torn off. A dash may well be one. */
void ocr_add_lone_specks(Restore *r, const ChunkText *x)
{
    if (x->n > MOST_SPECKS) return;
    for (int i = 0; i < x->n; i++)
        if (!is_speck(x, i) || is_of_number(x, i)) return;
    for (int i = 0; i < x->n; i++) {
        int32_t c = char_plain(x->ch[i]);
        bool written = c > 0 && c < 0x80 && strchr("-+=*", (int)c);
        float cost = (!written              ? LONE_SPECK
                      : r->from == FROM_OCR ? WRITTEN_SPECK
                                            : SPECK) +
                     r->trust / r->lattice.weight;
        if (x->node[i] >= 0 && x->node[i + 1] >= 0) add_speck(r, x, i, cost);
    }
}
