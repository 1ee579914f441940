/* A kind of line is chosen by its share, then filled: "school" is a level's words, a name and an ending, "Trường Mầm non" +
 * "Phú Lãm" + "II". A third of all names bear an ending, far more than in plans: endings are what was misread. */
#include "reader_text.h"

#include <string.h>

#include "die.h"
#include "words.h"

struct ReaderText {
    Words *words;
    GPtrArray *schools, *nursery, *units, *streets, *phrases; /* char * */
};

#define PICK(rng, list) ((const char *)(list)->pdata[rng_range(rng, 0, (int)(list)->len - 1)])
#define ONE_OF(rng, ...)                             \
    (((const char *const[]){__VA_ARGS__})[rng_range( \
        rng, 0, (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)) - 1)])

static char **table(const char *dicts, const char *name)
{
    char *path = g_build_filename(dicts, name, NULL), *text;
    GError *error = NULL;
    if (!g_file_get_contents(path, &text, NULL, &error)) die(DAU_FILE_ACCESS, "%s", error->message);
    char **line = g_strsplit(text, "\n", -1);
    g_free(text);
    g_free(path);
    return line;
}

/* One field of each line of a table. */
static GPtrArray *column(const char *dicts, const char *name, guint number)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    char **line = table(dicts, name);
    for (int i = 0; line[i]; i++) {
        char **field = g_strsplit(line[i], "\t", -1);
        if (*line[i] && *line[i] != '#' && g_strv_length(field) > number && *field[number])
            g_ptr_array_add(list, g_strdup(field[number]));
        g_strfreev(field);
    }
    g_strfreev(line);
    return list;
}

ReaderText *reader_text_load(const char *data, const char *dicts)
{
    ReaderText *s = g_new0(ReaderText, 1);
    s->words = words_load(data);
    s->schools = column(dicts, "schools.tsv", 1);
    s->nursery = column(dicts, "school-names.tsv", 0);
    s->units = column(dicts, "units.tsv", 1);
    s->streets = column(dicts, "streets.tsv", 1);
    s->phrases = column(dicts, "words.tsv", 1);
    return s;
}

void reader_text_free(ReaderText *s)
{
    words_free(s->words);
    GPtrArray *const lists[] = {s->schools, s->nursery, s->units, s->streets, s->phrases};
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) g_ptr_array_unref(lists[i]);
    g_free(s);
}

static char *foreign(Rng *rng, ReaderText *s)
{
    static const char *const begin[] = {"Kids",  "Wis",  "Bright", "Green", "Sky",  "Star", "Wonder",
                                        "Smart", "Tiny", "Mer",    "Glo",   "Hori", "Olym", "Sun",
                                        "Dew",   "Blue", "Fres",   "Jack",  "Win",  "Quo"};
    static const char *const end[] = {"mart", "dom",    "land", "field", "ton",  "way",  "bal",
                                      "zon",  "pia",    "rise", "wood",  "fort", "well", "line",
                                      "berg", "school", "kids", "house", "jet",  "box"};
    if (rng_chance(rng, 0.4)) return g_strdup(words_pick(s->words, rng, "foreign"));
    char *first = g_strconcat(begin[rng_range(rng, 0, 19)], end[rng_range(rng, 0, 19)], NULL);
    if (rng_chance(rng, 0.6)) return first;
    char *both =
        g_strconcat(first, " ", ONE_OF(rng, "Academy", "Kids", "School", "House", "Garden", "Park"), NULL);
    g_free(first);
    return both;
}

static char *name_of(Rng *rng, ReaderText *s)
{
    int kind = rng_range(rng, 0, 99);
    if (kind < 35) return g_strdup(PICK(rng, s->schools));
    if (kind < 50) return g_strdup(PICK(rng, s->units));
    if (kind < 62) return g_strdup(PICK(rng, s->streets));
    if (kind < 72) return g_strdup(PICK(rng, s->nursery));
    if (kind < 80) return g_strdup(words_pick(s->words, rng, "nursery"));
    if (kind < 88) return g_strdup(words_pick(s->words, rng, "namesake"));
    if (kind < 91) return g_strdup(ONE_OF(rng, "19-8", "20-10", "8-3", "19/5", "1-6", "2-9", "26/3", "30-4"));
    return foreign(rng, s);
}

static const char *ending(Rng *rng)
{
    if (rng_chance(rng, 0.55)) return "";
    if (rng_chance(rng, 0.5)) return ONE_OF(rng, " I", " II", " II", " III", " IV", " V");
    return ONE_OF(rng, " A", " B", " C", " D", " E", " 1", " 1", " 2", " 2", " 3", " 4", " 5", " 2B", " 1A",
                  " 2A", " 3A");
}

static char *capitals(char *text)
{
    char *up = g_utf8_strup(text, -1);
    g_free(text);
    return up;
}

static char *school(Rng *rng, ReaderText *s)
{
    const char *level = ONE_OF(
        rng, "Trường Mầm non ", "Mầm non ", "MN ", "Trường MN ", "Mẫu giáo ", "Trường Tiểu học ", "Tiểu học ",
        "TH ", "Trường TH ", "Trường THCS ", "THCS ", "Trường THPT ", "THPT ", "Trường Trung học cơ sở ",
        "TH&THCS ", "THCS và THPT ", "PTDTBT TH ", "Trường PTDTNT ", "Trung tâm GDNN-GDTX ", "", "", "", "");
    char *name = name_of(rng, s), *line;
    const char *end = ending(rng);
    if (rng_chance(rng, 0.1)) {
        char *other = name_of(rng, s);
        line = g_strconcat(level, name, end, ONE_OF(rng, "; ", ", ", " và ", " - "), level, other,
                           ending(rng), NULL);
        g_free(other);
    } else if (rng_chance(rng, 0.1)) {
        line = g_strconcat(level, name, end, ONE_OF(rng, ", huyện ", ", quận ", " (xã ", " - "),
                           PICK(rng, s->units), NULL);
    } else {
        line = g_strconcat(level, name, end, NULL);
    }
    g_free(name);
    return rng_chance(rng, 0.08) ? capitals(line) : line;
}

static char *ordinal(Rng *rng)
{
    if (rng_chance(rng, 0.75))
        return g_strdup_printf(ONE_OF(rng, "%d", "%d", "%d", "%d.", "%d)", "0%d"),
                               rng_range(rng, 1, rng_chance(rng, 0.7) ? 60 : 999));
    return g_strdup(ONE_OF(rng, "I", "II", "III", "IV", "V", "VI", "A", "B", "C", "a)", "b)", "c)", "x", "-",
                           "+", "TT", "STT", "MN", "TH", "THCS", "THPT", "1", "7", "11", "I.", "II.",
                           "III."));
}

static char *heading(Rng *rng, ReaderText *s)
{
    char *name = name_of(rng, s), *line;
    switch (rng_range(rng, 0, 4)) {
    case 0:
        line = g_strdup(ONE_OF(rng, "Đơn vị kết nghĩa", "Tên trường", "Trường kết nghĩa", "Ghi chú", "Số TT",
                               "Cấp học", "Tên đơn vị", "Trường thuộc quận", "Trường thuộc huyện", "Địa chỉ",
                               "Số học sinh", "Nội dung"));
        break;
    case 1:
        line = g_strconcat(ONE_OF(rng, "I. ", "II. ", "III. ", "A. ", "B. ", ""),
                           ONE_OF(rng, "Cấp Mầm non", "Khối Tiểu học", "KHỐI THCS", "CẤP TIỂU HỌC",
                                  "BẬC MẦM NON", "Cấp THPT"),
                           NULL);
        break;
    case 2:
        line = g_strconcat("DANH SÁCH CÁC TRƯỜNG ", ONE_OF(rng, "KẾT NGHĨA", "THAM GIA", "HỌC"), NULL);
        break;
    case 3:
        line = capitals(g_strconcat(
            ONE_OF(rng, "Ủy ban nhân dân ", "Phòng Giáo dục và Đào tạo ", "Sở Giáo dục và Đào tạo "),
            ONE_OF(rng, "quận ", "huyện ", "thành phố ", "tỉnh "), name, NULL));
        break;
    default: line = g_strdup(PICK(rng, s->phrases)); break;
    }
    g_free(name);
    return line;
}

static char *date(Rng *rng, ReaderText *s)
{
    int day = rng_range(rng, 1, 31), month = rng_range(rng, 1, 12), year = rng_range(rng, 2004, 2026),
        n = rng_range(rng, 1, 3999);
    switch (rng_range(rng, 0, 5)) {
    case 0: return g_strdup_printf("%s, ngày %02d tháng %02d năm %d", PICK(rng, s->units), day, month, year);
    case 1:
        return g_strdup_printf(
            "Số: %d/%s", n,
            ONE_OF(rng, "KH-PGDĐT", "KH-UBND", "QĐ-UBND", "CV-GDĐT", "TB-PGD", "KH-SGDĐT", "BC-THCS"));
    case 2: return g_strdup_printf("Số %02d/%d/QĐ-TTg ngày %02d/%02d/%d", n % 100, year, day, month, year);
    case 3: return g_strdup_printf("%d/%d/%d", day, month, year);
    case 4: return g_strdup_printf("năm học %d-%d", year, year + 1);
    default: return g_strdup_printf("%d.%03d.000", rng_range(rng, 1, 90), rng_range(rng, 0, 999));
    }
}

/* Words and names one behind the other, most of them in small letters: no sense, but the letters of the language. */
static char *prose(Rng *rng, ReaderText *s)
{
    GString *line = g_string_new(NULL);
    int wanted = rng_range(rng, 25, 75);
    while ((int)g_utf8_strlen(line->str, -1) < wanted) {
        const char *part = rng_chance(rng, 0.4)   ? PICK(rng, s->phrases)
                           : rng_chance(rng, 0.5) ? PICK(rng, s->streets)
                                                  : PICK(rng, s->schools);
        char *small = g_utf8_strdown(part, -1);
        g_string_append_printf(line, "%s%s", line->len ? " " : "", rng_chance(rng, 0.2) ? part : small);
        g_free(small);
        if (rng_chance(rng, 0.2))
            g_string_append(line, ONE_OF(rng, ",", ",", ";", ".", ":", " -", " \"", "/"));
        if (rng_chance(rng, 0.06))
            g_string_append_printf(line, " %d%s", rng_range(rng, 1, 900), ONE_OF(rng, "", "%", " m2", "/QĐ"));
        if (rng_chance(rng, 0.06)) g_string_append_printf(line, " (%s)", PICK(rng, s->units));
    }
    return g_string_free(line, FALSE);
}

/* A piece of a sentence of sentences.tsv, from a word to a word. Blanks to be filled, "{quan}", are cut out. */
static char *sentence(Rng *rng, ReaderText *s)
{
    const char *kind =
        ONE_OF(rng, "base", "intro", "task", "task", "task", "note", "place", "title", "close", "to");
    char **word = g_strsplit(words_pick(s->words, rng, kind), " ", -1);
    int n = (int)g_strv_length(word), from = n > 8 ? rng_range(rng, 0, n - 8) : 0,
        count = rng_range(rng, 5, 14);
    GString *line = g_string_new(NULL);
    for (int i = from; i < n && i < from + count; i++)
        if (!strpbrk(word[i], "{}")) g_string_append_printf(line, "%s%s", line->len ? " " : "", word[i]);
    g_strfreev(word);
    return g_string_free(line, FALSE);
}

/* A row without rules between its cells: number, two schools. Tesseract puts one blank for the gap. */
static char *row(Rng *rng, ReaderText *s)
{
    char *number = ordinal(rng), *a = school(rng, s), *b = school(rng, s);
    char *line = g_strconcat(number, "     ", a, "          ", b, NULL);
    g_free(number);
    g_free(a);
    g_free(b);
    return line;
}

char *reader_text_line(ReaderText *s, Rng *rng)
{
    for (;;) {
        int kind = rng_range(rng, 0, 99);
        char *line = kind < 36   ? school(rng, s)
                     : kind < 46 ? ordinal(rng)
                     : kind < 54 ? heading(rng, s)
                     : kind < 62 ? date(rng, s)
                     : kind < 67 ? row(rng, s)
                     : kind < 84 ? prose(rng, s)
                                 : sentence(rng, s);
        if (*line) return line;
        g_free(line);
    }
}
