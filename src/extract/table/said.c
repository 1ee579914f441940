/* "no,school,partner,note": what a person says of the columns of a list that was not understood. */
#include "extract/table/table.h"

#include "base/str.h"

#include <string.h>

static const struct {
    const char *word;
    Role role;
} words[] = {
    {"no", ROLE_ORDINAL},      {"level", ROLE_LEVEL},       {"school", ROLE_SCHOOL},
    {"partner", ROLE_PARTNER}, {"district", ROLE_DISTRICT}, {"partner-district", ROLE_PARTNER_DISTRICT},
    {"note", ROLE_OTHER},
};

static Role role_named(const char *s, size_t n)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].word) == n && strncmp(words[i].word, s, n) == 0) return words[i].role;
    return ROLE_NONE;
}

static bool check_roles(const Roles *roles, Err *err)
{
    int schools = 0, partners = 0;
    for (int c = 0; c < roles->cols; c++)
        schools += roles->of[c] == ROLE_SCHOOL, partners += roles->of[c] == ROLE_PARTNER;
    return (schools == 1 && partners > 0) ||
           err_set(err, DAU_USAGE, "columns need one school and a partner, like no,school,partner,note");
}

const Roles *roles_said(Arena *a, const char *columns, Err *err)
{
    Roles *roles = arena_new(a, Roles, 1);
    roles->groups = 1, roles->prob = 1;
    for (const char *s = columns;; s++) {
        s += strspn(s, " ");
        size_t n = strcspn(s, ","), word = n;
        while (word && s[word - 1] == ' ') word--;
        Role role = role_named(s, word);
        if (!role || roles->cols == MOST_COLS) {
            err_set(err, DAU_USAGE,
                    "'%.*s' is not a kind of column; write one of no, level, school, partner, district, "
                    "partner-district, note for each column, commas between",
                    (int)(word < 40 ? word : 40), s);
            return NULL;
        }
        roles->of[roles->cols++] = role;
        s += n;
        if (!*s) break;
    }
    roles->from[1] = roles->cols;
    return check_roles(roles, err) ? roles : NULL;
}
