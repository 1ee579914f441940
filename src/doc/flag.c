/* A row numbered 13 follows row 11. The check raises FLAG_GAP; a program reads "gap" in the row's flags, a clerk "nhảy
 * số". */
#include "doc/flag.h"

#include "base/str.h"

#include <assert.h>
#include <stddef.h>

#define AT(flag) [__builtin_ctz(flag)]

static const struct {
    const char *name, *en, *vi;
    const char *factor; /* see flag_factor() */
} table[] = {
    AT(FLAG_GAP) = {"gap", "gap", "nhảy số", "gap"},
    AT(FLAG_REPEATED) = {"repeated", "repeated", "trùng số", "repeated"},
    AT(FLAG_LEVEL) = {"level-differs", "level differs", "lệch cấp", "level"},
    AT(FLAG_UNREAD) = {"unread", "unread", "không đọc được tên", NULL},
    AT(FLAG_JOINED) = {"joined", "joined", "ghép từ nhiều phần", "joined"},
    AT(FLAG_PARTING) = {"parting-guessed", "parting guessed", "đoán chỗ tách", "guessed"},
    AT(FLAG_TWICE) = {"twice", "twice", "lặp lại", "twice"},
    AT(FLAG_ORDINAL) = {"ordinal-guessed", "ordinal guessed", "đoán số", "ordinal"},
    AT(FLAG_COLUMNS) = {"columns-guessed", "columns guessed", "đoán cột", "columns"},
    AT(FLAG_NO_LEVEL) = {"no-level", "no level", "không rõ cấp", NULL},
    AT(FLAG_MENDED) = {"mended", "mended", "đã sửa chữ", NULL},
    AT(FLAG_NO_NUMBER) = {"no-number", "no number", "không có số", "no-number"},
    AT(FLAG_TOTAL) = {"total-differs", "total differs", "lệch tổng số", NULL},
    AT(FLAG_SEAL) = {"under-seal", "under seal", "dưới con dấu", NULL},
    AT(FLAG_PEN) = {"under-pen", "under pen", "dưới nét bút", NULL},
    AT(FLAG_DISPUTED) = {"readings-differ", "readings differ", "hai lần đọc khác nhau", NULL},
    AT(FLAG_DOUBT) = {"doubtful", "doubtful", "cần xem lại", NULL},
    AT(FLAG_UNREADABLE) = {"unreadable", "unreadable", "không đọc được", NULL},
    AT(FLAG_CONFLICT) = {"correction-conflict", "correction conflict", "xung đột với lần sửa", NULL},
    AT(FLAG_NOT_READ_AGAIN) = {"not-read-again", "not read again", "lần này không đọc thấy", NULL},
    AT(FLAG_NUMERAL) = {"numeral-guessed", "numeral guessed", "đoán số hoặc chữ ở cuối tên", NULL},
    AT(FLAG_INK) = {"unread-ink", "unread ink", "có nét mực chưa đọc được", NULL},
};
static_assert(sizeof table / sizeof *table == FLAGS, "a flag without its words");

const char *flag_name(Flag flag)
{
    return table[__builtin_ctz((unsigned)flag)].name;
}

const char *flag_factor(Flag flag)
{
    return table[__builtin_ctz((unsigned)flag)].factor;
}

const char *flag_words(const char *name, const char *language)
{
    for (int i = 0; i < FLAGS; i++)
        if (str_eq(table[i].name, name)) return str_eq(language, "vi") ? table[i].vi : table[i].en;
    return NULL;
}
