/* What stands in an order that is known. Labels: after "a)" and "b)", "©)" at the begin of a line is c).
 * Roman numerals, the strokes of which are read as 1, l and T: "I1." is II., "Phú Lãm 1V" Phú Lãm IV. */
#include "restore/noisy_private.h"

#include "base/str.h"
#include "base/viet.h"

#include <string.h>

enum { MOST_ROMAN = 6 }; /* XXVIII */

static const float LABEL = 6; /* nats: that labels go on in their order */
static const int32_t LABELS[] = {'a', 'b', 'c', 'd', 0x111, 'e', 'g', 'h', 'i', 'k', 'l', 'm',
                                 'n', 'o', 'p', 'q', 'r',   's', 't', 'u', 'v', 'x', 'y'};
enum { MOST_LABELS = sizeof LABELS / sizeof *LABELS };

static const float ROMAN_STROKE = 1.2f; /* nats: of a stroke that is not an I */
static const float NUMERAL = 5; /* nats: for one that begins a line and has a full stop, or follows a name */
static const float NO_NUMERAL = 2; /* nats: against one elsewhere */

/* ---- labels of list items: a) b) c) d) đ) e) ---- */

static int find_label(int32_t c)
{
    for (int i = 0; i < MOST_LABELS; i++)
        if (LABELS[i] == c) return i;
    return -1;
}

/* "3)" or "©)" at a line's begin, where "b)" was the label before: the next one is c, whatever it was read
 * as. */
void ocr_add_label(Restore *r, Arena *a, const ChunkText *x)
{
    Lattice *l = &r->lattice;
    if (!x->begins || x->n != 2 || x->ch[1] != ')' || x->node[1] < 0) return;
    int next = r->ocr_label + 1, own = find_label(x->ch[0]);
    bool expected = r->ocr_label >= 0 && next < MOST_LABELS && own != next;
    float cost = expected ? confuse_one(r->channel, LABELS[next], x->ch[0]) - LABEL : 0;
    if (!expected || (own >= 0 && cost > 0)) {
        r->ocr_label = own;
        return;
    }
    char *text = arena_new(a, char, 5);
    size_t n = utf8_encode(LABELS[next], text);
    Slot *s = lattice_add_slot(l, x->node[0], x->node[1]);
    s->at = x->at[0], s->len = x->at[1] - x->at[0], s->cands = 1, s->word = true;
    *vec_push(&l->cand) = (Cand){.id = lexicon_find(&r->lex, text, n, false),
                                 .kind = CAND_GIVEN,
                                 .score = cost > 0 ? -cost : 0,
                                 .text = text};
    r->ocr_label = next;
}

/* ---- roman numerals ---- */

/* The numeral as it should be written, when the characters are strokes, V and X in the order of one below 40.
 */
static bool read_roman(const ChunkText *x, int to, char *out, int *wrong)
{
    static const char *const ones[] = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
    bool sure = false, one = false, big = false,
         t = false; /* a T is two strokes beside a 1; VT and IT are what they are */
    *wrong = 0;
    for (int i = 0; i < to; i++) {
        int32_t c = x->ch[i];
        bool stroke = is_among("1lT|!i", c);
        if (!stroke && !is_among("IVX", c)) return false;
        sure = sure || !stroke;
        one = one || c == '1' || c == 'l';
        t = t || c == 'T';
        if (c == 'V' || c == 'X') big = true;
        *wrong += stroke;
        out[i] = stroke ? 'I' : (char)c;
    }
    out[to] = '\0';
    if (t ? !one || big : !sure) return false;
    const char *s = out;
    for (int tens = 0; *s == 'X' && s[1] != '\0' && tens < 3; tens++) s++;
    for (int k = 0; k < 10; k++)
        if (str_eq(s, ones[k]) || (str_eq(s, "X") && k == 0)) return true;
    return false;
}

/* "I1." is II., "1V." IV., "Phú Lãm 1T" Phú Lãm II. */
void ocr_add_roman(Restore *r, Arena *a, const ChunkText *x, const ChunkText *before)
{
    Lattice *l = &r->lattice;
    char text[MOST_ROMAN + 1], key[TOKEN_KEY_MOST];
    int to = 0, wrong;
    while (to < x->n && to <= MOST_ROMAN && !is_among(".),:;", x->ch[to])) to++;
    if (to < 2 || to > MOST_ROMAN || x->node[to] < 0 || !read_roman(x, to, text, &wrong) || !wrong) return;
    bool heading = x->begins && to < x->n && x->ch[to] == '.',
         name = !x->begins && before->n > 1 && viet_is_upper(before->ch[0]);
    size_t n = token_word_key(text, strlen(text), key);
    WordId id = lexicon_find(&r->lex, key, n, true);
    if (id == LM_UNKNOWN) id = lexicon_find(&r->lex, key, n, false);
    Slot *s = lattice_add_slot(l, x->node[0], x->node[to]);
    s->at = x->at[0], s->len = x->at[to] - x->at[0], s->cands = 1, s->word = true;
    *vec_push(&l->cand) =
        (Cand){.id = id,
               .kind = CAND_GIVEN,
               .score = (heading || name ? NUMERAL : -NO_NUMERAL) - ROMAN_STROKE * (float)wrong,
               .text = arena_str(a, text)};
}
