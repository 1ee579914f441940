/* "Truêng", a misread "Trường", is not a word of the model. It pays SPELLED nats for each of its
 * six letters and the price of the unknown word. After "Các xã." that makes 27 nats, where "Trường" costs 5. So a text of
 * ten words is decided by a hundred nats and more, a single word by ten or more.
 */
#include "model/fluency.h"

#include "base/viet.h"
#include "model/lexicon.h"
#include "model/ngram.h"
#include "model/token.h"

#include <stdlib.h>
#include <string.h>

static const double SPELLED = 3.3;  /* nats a letter: one of 27 */
static const double STRANGE = 6.5;  /* nats a character beyond ASCII that is not a letter */
static const double PLAIN_SIGN = 2; /* nats a digit or plain sign that the model does not know */

/* Genuine text: of every part of a page at least 91 % of the words are known and 30 % have marks. What an engine without
 * Vietnamese left has at most 79 % and 7 %. */
static const double LEAST_KNOWN = 0.87, LEAST_MARKED = 0.25;
enum { LEAST_WORDS = 8 };

struct Fluent {
    LmFile file;
    Lexicon lex;
    Ngram lm;
};

Fluent *fluent_open(Err *err)
{
    char path[4096];
    if (err_is(err)) return NULL;
    Fluent *f = xalloc(sizeof *f);
    if (file_data("vi.lm", path, sizeof path, err) && lm_file_open(&f->file, path, err)) {
        lexicon_over(&f->lex, &f->file);
        ngram_over(&f->lm, &f->file);
        return f;
    }
    free(f);
    return NULL;
}

void fluent_close(Fluent *f)
{
    if (!f) return;
    ngram_release(&f->lm);
    lm_file_close(&f->file);
    free(f);
}

typedef struct Listener {
    const Fluent *f;
    NgramState state;
    Fluency sum;
} Listener;

/* The price of writing out what the model has no word for. */
static double spelled(const char *s, size_t n, int *letters, int *strange)
{
    double nats = 0;
    int32_t c;
    for (size_t i = 0; i < n;) {
        i += utf8_decode(s + i, n - i, &c);
        bool letter = viet_letter(c).base;
        *letters += letter || viet_is_letter(c);
        *strange += !letter && c >= 0x80 && !viet_is_letter(c);
        nats += letter ? SPELLED : c > 0 && c < 0x80 ? PLAIN_SIGN : STRANGE;
    }
    return nats;
}

static bool has_marks(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] >= 0x80) return true;
    return false;
}

/* The likelier of a word's two forms. */
static WordId word_of(const Listener *l, const char *key, size_t n, bool title)
{
    WordId plain = n ? lexicon_find(&l->f->lex, key, n, false) : LM_UNKNOWN;
    WordId name = n && title ? lexicon_find(&l->f->lex, key, n, true) : LM_UNKNOWN;
    if (plain == LM_UNKNOWN || name == LM_UNKNOWN) return plain == LM_UNKNOWN ? name : plain;
    NgramState next;
    float p = ngram_score(&l->f->lm, &l->state, plain, &next);
    return ngram_score(&l->f->lm, &l->state, name, &next) > p ? name : plain;
}

static void take_token(Listener *l, const char *s, const Token *t)
{
    char key[TOKEN_KEY_MOST];
    size_t n = token_key(s, t, key);
    int letters = 0;
    double price = spelled(s + t->at, t->len, &letters, &l->sum.strange);
    WordId id = word_of(l, key, n, t->casing != CASE_LOWER);
    NgramState next;
    l->sum.logp += ngram_score(&l->f->lm, &l->state, id, &next);
    l->state = next;
    if (id == LM_UNKNOWN) l->sum.logp -= price;
    if (t->kind != TOKEN_WORD) return;
    l->sum.words++;
    l->sum.letters += letters;
    l->sum.known += id != LM_UNKNOWN;
    l->sum.sensible += id != LM_UNKNOWN ? letters : 0;
    l->sum.marked += id != LM_UNKNOWN && has_marks(s + t->at, t->len);
}

static void read_line(Listener *l, const char *s, size_t n)
{
    Token t;
    TokenReader reader = token_reader(s, n);
    l->state = ngram_begin(&l->f->lm);
    while (token_next(&reader, &t)) take_token(l, s, &t);
}

Fluency fluent_read(const Fluent *f, const char *text, size_t n)
{
    Listener l = {.f = f};
    for (size_t i = 0; i < n;) {
        const char *stop = memchr(text + i, '\n', n - i);
        size_t len = stop ? (size_t)(stop - text) - i : n - i;
        read_line(&l, text + i, len);
        i += len + 1;
    }
    return l.sum;
}

bool fluency_is_written(Fluency f)
{
    return f.words >= LEAST_WORDS && f.known >= LEAST_KNOWN * f.words && f.marked >= LEAST_MARKED * f.words;
}
