/* strip_marks: reads text and writes it without marks and tones; capitals and all else stay. "Mầm non Hoa Mai" becomes
 * "Mam non Hoa Mai". Options strip a part of it only:
 *
 *   --words N    N of a hundred words, drawn by a fixed seed
 *   --lines N    N of a hundred lines
 *   --capitals   words with a capital only
 *   --tones      tones only: "Mâm non Hoa Mai"
 *   --nfd        nothing is lost, but each letter is taken apart: e, circumflex, acute
 *   --lower      capitals become small letters, too
 */
#include "base/arena.h"
#include "base/str.h"
#include "base/viet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Loss {
    int words, lines; /* of a hundred */
    bool capitals, tones, nfd, lower;
    uint64_t seed;
} Loss;

/* True N times of a hundred. SplitMix64. */
static bool draw(Loss *loss, int n)
{
    uint64_t z = loss->seed += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (int)((z ^ z >> 31) % 100) < n;
}

/* The accents of a letter as combining marks: the mark first, then the tone. */
static void add_apart(Letter l, Buf *out)
{
    static const int32_t marks[] = {0, 0x306, 0x302, 0x31B}, tones[] = {0, 0x300, 0x309, 0x303, 0x301, 0x323};
    Letter base = {.base = l.base, .upper = l.upper};
    if (l.mark == MARK_STROKE) base.mark = MARK_STROKE;
    buf_add_char(out, viet_compose(base));
    if (l.mark && l.mark != MARK_STROKE) buf_add_char(out, marks[l.mark]);
    if (l.tone) buf_add_char(out, tones[l.tone]);
}

static void add_letter(const Loss *loss, int32_t c, bool lost, Buf *out)
{
    Letter l = viet_letter(c);
    if (loss->lower) c = viet_lower(c), l.upper = false;
    if (l.base && loss->nfd) {
        add_apart(l, out);
    } else if (l.base && lost) {
        if (!loss->tones) l.mark = MARK_NONE;
        l.tone = TONE_NONE;
        buf_add_char(out, viet_compose(l));
    } else {
        buf_add_char(out, c);
    }
}

static void strip(Loss *loss, const char *s, Buf *out)
{
    bool line = draw(loss, loss->lines), lost = false, inside = false;
    for (size_t i = 0, n = strlen(s); i < n;) {
        int32_t c;
        i += utf8_decode(s + i, n - i, &c);
        if (!viet_is_letter(c)) {
            inside = false;
        } else if (!inside) {
            inside = true;
            lost = draw(loss, loss->words) && line && (!loss->capitals || viet_is_upper(c));
        }
        add_letter(loss, c, lost, out);
    }
}

static bool parse(int argc, char **argv, Loss *loss)
{
    for (int i = 1; i < argc; i++) {
        bool number = i + 1 < argc;
        if (str_eq(argv[i], "--words") && number)
            loss->words = atoi(argv[++i]);
        else if (str_eq(argv[i], "--lines") && number)
            loss->lines = atoi(argv[++i]);
        else if (str_eq(argv[i], "--capitals"))
            loss->capitals = true;
        else if (str_eq(argv[i], "--tones"))
            loss->tones = true;
        else if (str_eq(argv[i], "--nfd"))
            loss->nfd = true;
        else if (str_eq(argv[i], "--lower"))
            loss->lower = true;
        else
            return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    Loss loss = {.words = 100, .lines = 100};
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    Buf out = {0};
    if (!parse(argc, argv, &loss)) {
        fputs("usage: strip_marks [--words N] [--lines N] [--capitals] [--tones] [--nfd] [--lower] <TEXT\n",
              stderr);
        return 1;
    }
    while ((n = getline(&line, &cap, stdin)) > 0) {
        Arena a = {0};
        buf_clear(&out);
        strip(&loss, viet_nfc(&a, line, (size_t)n), &out);
        fwrite(out.s, 1, out.len, stdout);
        arena_release(&a);
    }
    free(line);
    buf_release(&out);
    return 0;
}
