/* Dynamic programming over the page: two lines match as well as their skeletons do. "Mầm non Hoa Mai" and "Mâm non Hoa
 * Mai" have the same skeleton and match wholly. */
#include "pair_lines.h"

#include "base/align.h"
#include "base/viet.h"
#include "model/token.h"

#include <stdlib.h>
#include <string.h>

static const double LIKE = 0.5; /* share of a line's characters that may differ before it stays alone */

typedef VEC(Chars) CharLines;

static void add_char(Chars *line, int32_t c)
{
    bool blank = viet_is_space(c);
    if (blank && (!line->n || line->v[line->n - 1] == ' ')) return;
    *vec_push(line) = blank ? ' ' : char_plain(c);
}

static CharLines cut_lines(const char *s)
{
    Arena a = {0};
    CharLines out = {0};
    Chars line = {0};
    char *nfc = viet_nfc(&a, s, strlen(s));
    for (size_t i = 0, n = strlen(nfc); i <= n;) {
        int32_t c = '\n';
        i += i < n ? utf8_decode(nfc + i, n - i, &c) : 1;
        if (c != '\n') {
            add_char(&line, c);
            continue;
        }
        while (line.n && line.v[line.n - 1] == ' ') line.n--;
        if (line.n)
            *vec_push(&out) = line;
        else
            vec_release(&line);
        line = (Chars){0};
    }
    arena_release(&a);
    return out;
}

static int32_t *bare_letters(const Chars *line)
{
    int32_t *bare = xalloc((line->n + 1) * sizeof *bare);
    for (size_t i = 0; i < line->n; i++) bare[i] = viet_bare(line->v[i]);
    return bare;
}

/* Edit distance of skeletons over the longer length. */
static double unlike(const Chars *a, const Chars *b)
{
    size_t n = a->n, m = b->n, most = n > m ? n : m;
    if ((n > m ? n - m : m - n) > most * LIKE) return 1;
    int32_t *x = bare_letters(a), *y = bare_letters(b);
    double d = (double)align_distance(x, n, y, m) / (double)most;
    free(x);
    free(y);
    return d;
}

static void take_pairs(const double *like, const double *sum, CharLines *t, CharLines *r, LinePairs *out)
{
    size_t i = 0, j = 0, w = r->n + 1;
    while (i < t->n && j < r->n) {
        double pair = like[i * r->n + j] + sum[(i + 1) * w + j + 1];
        if (like[i * r->n + j] > 0 && sum[i * w + j] == pair) {
            *vec_push(out) = (LinePair){t->v[i], r->v[j]};
            t->v[i++] = (Chars){0};
            r->v[j++] = (Chars){0};
        } else if (sum[i * w + j] == sum[(i + 1) * w + j]) {
            i++;
        } else {
            j++;
        }
    }
}

static void release_lines(CharLines *l)
{
    for (size_t i = 0; i < l->n; i++) vec_release(&l->v[i]);
    vec_release(l);
}

void pair_lines(const char *truth, const char *read, LinePairs *out)
{
    CharLines t = cut_lines(truth), r = cut_lines(read);
    size_t w = r.n + 1;
    double *like = xalloc((t.n * r.n + 1) * sizeof *like), *sum = xalloc((t.n + 1) * w * sizeof *sum);
    for (size_t i = t.n; i-- > 0;)
        for (size_t j = r.n; j-- > 0;) {
            double d = unlike(&t.v[i], &r.v[j]), best;
            like[i * r.n + j] = d < LIKE ? 1 - d : 0;
            best = like[i * r.n + j] + sum[(i + 1) * w + j + 1];
            if (sum[(i + 1) * w + j] > best) best = sum[(i + 1) * w + j];
            if (sum[i * w + j + 1] > best) best = sum[i * w + j + 1];
            sum[i * w + j] = best;
        }
    take_pairs(like, sum, &t, &r, out);
    free(like);
    free(sum);
    release_lines(&t);
    release_lines(&r);
}
