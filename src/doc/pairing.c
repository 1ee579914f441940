/* "Cổ Nhuế 2B" is the stem "Cổ Nhuế" and a numeral of digits and a letter; "Đoàn Kết" ends in no numeral. The table of
 * levels says that LEVEL_TH is "TH" in every file and "tiểu học" for a person. */
#include "doc/pairing.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *code, *words;
} table[LEVELS] = {
    [LEVEL_NONE] = {"", ""},
    [LEVEL_MN] = {"MN", "mầm non"},
    [LEVEL_TH] = {"TH", "tiểu học"},
    [LEVEL_THCS] = {"THCS", "trung học cơ sở"},
    [LEVEL_THPT] = {"THPT", "trung học phổ thông"},
    [LEVEL_TH_THCS] = {"TH&THCS", "tiểu học và trung học cơ sở"},
    [LEVEL_THCS_THPT] = {"THCS&THPT", "trung học cơ sở và trung học phổ thông"},
    [LEVEL_LIEN_CAP] = {"LC", "liên cấp"},
    [LEVEL_PTDTNT] = {"PTDTNT", "phổ thông dân tộc nội trú"},
    [LEVEL_GDNN_GDTX] = {"GDNN-GDTX", "giáo dục nghề nghiệp - giáo dục thường xuyên"},
    [LEVEL_SPECIAL] = {"CB", "chuyên biệt"},
};
static_assert(LEVEL_SPECIAL + 1 == LEVELS, "the last level is the last of the table");

const char *level_code(Level level)
{
    return (unsigned)level < LEVELS ? table[level].code : "";
}
const char *level_words(Level level)
{
    return (unsigned)level < LEVELS ? table[level].words : "";
}

bool level_from_code(const char *code, Level *level)
{
    for (int i = LEVEL_NONE + 1; i < LEVELS; i++)
        if (strcasecmp(code, table[i].code) == 0) {
            *level = (Level)i;
            return true;
        }
    return false;
}

static const char *const pair_kinds[PAIR_KINDS] = {[PAIR_SCHOOLS] = "school",
                                                   [PAIR_UNION] = "union",
                                                   [PAIR_PARTY] = "party",
                                                   [PAIR_YOUTH] = "youth",
                                                   [PAIR_PIONEERS] = "pioneers"};

const char *pair_kind_name(PairKind kind)
{
    return (unsigned)kind < PAIR_KINDS ? pair_kinds[kind] : "";
}

bool pair_kind_from_name(const char *name, PairKind *kind)
{
    for (int i = 0; i < PAIR_KINDS; i++)
        if (strcmp(name, pair_kinds[i]) == 0) return *kind = (PairKind)i, true;
    return false;
}

void pairings_release(Pairings *p)
{
    vec_release(&p->v);
    vec_release(&p->findings);
    vec_release(&p->rejected);
    vec_release(&p->facts);
    arena_release(&p->arena);
}

/* Doubles its room at each power of two; what it had is left in the arena. */
void pairing_add_mention(Pairing *p, Arena *a, const Place *place)
{
    int n = p->mentions;
    if ((n & (n - 1)) == 0) {
        Place *more = arena_new(a, Place, (size_t)(n ? 2 * n : 1));
        for (int i = 0; i < n; i++) more[i] = p->mention[i];
        p->mention = more;
    }
    p->mention[p->mentions++] = *place;
}

NumeralKind numeral_kind(const char *s, size_t n)
{
    enum { MOST_DIGITS = 2 /* more are a year or a telephone's number */ };
    size_t digits = strspn(s, "0123456789");
    bool letter = n && s[n - 1] >= 'A' && s[n - 1] <= 'H';
    if (!n) return NUMERAL_NONE;
    if (strspn(s, "IVX") >= n) return NUMERAL_ROMAN;
    if (digits >= n) return n <= MOST_DIGITS ? NUMERAL_DIGITS : NUMERAL_NONE;
    if (n == 1) return letter ? NUMERAL_LETTER : NUMERAL_NONE;
    return letter && digits == n - 1 && digits <= MOST_DIGITS ? NUMERAL_BOTH : NUMERAL_NONE;
}

size_t school_stem(const char *name)
{
    const char *last = strrchr(name, ' ');
    return last && numeral_kind(last + 1, strlen(last + 1)) ? (size_t)(last - name) : strlen(name);
}
