/* Dates, numbers, agencies, persons and kinds of documents in the running text.
 *
 *     "ngày 15 tháng 09 năm 2024"   2024-09-15      a part that was not read is left out: 2024-09
 *     "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO QUẬN CẦU GIẤY"     as a sentence writes it: Phòng Giáo dục và Đào tạo quận
 * Cầu Giấy, for "quận" begins a name and "giáo dục" is none */
#include "extract/text/body.h"

#include "base/viet.h"

#include <string.h>

/* ---- dates ---- */

enum { LEAST_YEAR = 1945, LAST_YEAR = 2099 };

/* The number a token is, "08", "O8,"; -1: none. */
static int number_of(const Body *b, int i, int end, int digits)
{
    return i < end && !b->tok.v[i].mark ? digits_read(b->tok.v[i].text, digits) : -1;
}

static bool good_year(int y)
{
    return y >= LEAST_YEAR && y <= LAST_YEAR;
}

/* d/m/y or m/y in one string of digits and separators; blanks between its tokens do not count. */
static int slashed(const Body *b, int i, int end, bool day, Date *date)
{
    int part[3] = {0}, parts = 0, digits = 0, used = 0;
    for (int k = i; k < end && k < i + 5; k++) {
        const Tok *t = &b->tok.v[k];
        for (const char *p = t->text; *p; p++) {
            if (viet_is_digit(*p)) {
                if (digits == 4) return 0;
                part[parts] = part[parts] * 10 + (*p - '0'), digits++;
            } else if (strchr("/.-", *p) && digits && parts < (day ? 2 : 1)) {
                parts++, digits = 0;
            } else if (parts == (day ? 2 : 1) && digits == 4) {
                break; /* "2023)" */
            } else {
                return 0;
            }
        }
        if (parts == (day ? 2 : 1) && digits == 4) {
            used = k + 1;
            break;
        }
    }
    if (!used) return 0;
    *date = day ? (Date){part[2], part[1], part[0]} : (Date){part[1], part[0], 0};
    bool good = good_year(date->year) && date->month >= 1 && date->month <= 12 && date->day <= 31;
    return good && (!day || date->day >= 1) ? used : 0;
}

/* What stands between "ngày" and "tháng", "tháng" and "năm": a number, or something unread. */
static int part_of_date(const Body *b, int i, int end, const char *word, int most, int *value)
{
    *value = 0;
    for (int k = i; k < end && k <= i + 2; k++) {
        if (body_is(b, k, end, word, 0)) return k + 1;
        int n = number_of(b, k, end, 2);
        if (n >= 1 && n <= most && !*value) *value = n;
    }
    return 0;
}

static int worded(const Body *b, int i, int end, Date *date)
{
    int k = part_of_date(b, i, end, "thang", 31, &date->day);
    k = k ? part_of_date(b, k, end, "nam", 12, &date->month) : 0;
    date->year = k ? number_of(b, k, end, 4) : 0;
    if (!date->month) date->day = 0;
    return k && good_year(date->year) ? k + 1 : 0;
}

int body_date(const Body *b, int i, int end, bool loose, Date *date)
{
    *date = (Date){0};
    if (i >= end) return 0;
    if (body_is(b, i, end, "ngay", 0)) {
        int k = worded(b, i + 1, end, date);
        return k ? k : slashed(b, i + 1, end, true, date);
    }
    if (str_starts(b->text[i], "ngay") && b->text[i][4]) { /* "ngày15 tháng 9", "ngày.24" */
        int day = digits_read(b->tok.v[i].text + strcspn(b->tok.v[i].text, "0123456789"), 2);
        int k = worded(b, i + 1, end, date);
        if (k && date->month && day >= 1 && day <= 31) date->day = day;
        return k;
    }
    if (viet_is_digit(b->tok.v[i].text[0])) {
        int k = slashed(b, i, end, true, date);
        if (k) return k;
    }
    if (body_is(b, i, end, "thang", 0)) {
        int k = slashed(b, i + 1, end, false, date), month = number_of(b, i + 1, end, 2);
        if (k) return k;
        *date = (Date){number_of(b, i + 3, end, 4), month, 0};
        if (month >= 1 && month <= 12 && body_is(b, i + 2, end, "nam", 0) && good_year(date->year))
            return i + 4;
    }
    *date = (Date){0};
    if (!loose) return 0;
    int at = i + (body_is(b, i, end, "nam", 0) > 0);
    date->year = number_of(b, at, end, 4);
    return good_year(date->year) ? at + 1 : 0;
}

const char *date_text(Arena *a, Date d)
{
    if (!d.month) return arena_printf(a, "%04d", d.year);
    if (!d.day) return arena_printf(a, "%04d-%02d", d.year, d.month);
    return arena_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

/* ---- numbers and symbols ---- */

static bool is_symbol(const char *s)
{
    int32_t c;
    for (; *s;) {
        s += utf8_decode(s, strlen(s), &c);
        if (!viet_is_letter(c) && !viet_is_digit(c) && c != '-' && c != '&' && c != '.') return false;
    }
    return true;
}

/* "Số73/KH-UBND", "hoạch12/KH": what stands before the first digit, when that is before the slash. */
static const char *without_word(const char *number)
{
    size_t n = strcspn(number, "0123456789/");
    return number[n] ? number + n : number;
}

/* "12/KH-PGDĐTngày": a symbol has capitals, and at most two small letters at its end ("TTg"). */
static const char *without_tail(Arena *a, const char *s)
{
    size_t end = 0, small = 0;
    for (size_t i = 0, n = strlen(s); i < n;) {
        int32_t c;
        i += utf8_decode(s + i, n - i, &c);
        bool lower = viet_is_letter(c) && !viet_is_upper(c);
        small = lower ? small + 1 : 0;
        if (!lower) end = i;
    }
    return small > 2 ? arena_strn(a, s, end) : arena_str(a, s);
}

/* Takes tokens as long as they go on without a blank, or with one round a slash or dash. */
int body_number(const Body *b, int i, int end, const char **value)
{
    Buf s = {0};
    int k = i, slashes = 0;
    bool letter = false;
    for (; k < end && k < i + 12; k++) {
        const Tok *t = &b->tok.v[k];
        bool slash = t->mark == '/', joins = t->mark == '-' || slash;
        bool after = s.len && strchr("/-", s.s[s.len - 1]);
        if (k > i && t->new_line && !after) break;
        if (k > i && !t->glued && !joins && !after) break;
        if (joins && !slash && !t->glued && !(k + 1 < end && slashes)) break;
        if ((t->mark && !joins) || (!t->mark && k > i && !is_symbol(t->text) && !strchr(t->text, '/'))) break;
        if (t->mark == '-' && !s.len) break;
        if (!t->mark && !t->glued && k > i && !body_capital(b, k) && !viet_is_digit(t->text[0])) break;
        for (const char *p = t->text; *p; p++) {
            slashes += *p == '/';
            letter |= slashes && !viet_is_digit(*p) && *p != '/' && *p != '-';
        }
        buf_add(&s, slash ? "/" : t->mark == '-' ? "-" : t->text);
    }
    while (s.len && strchr(".,:;-/", s.s[s.len - 1])) s.s[--s.len] = '\0';
    bool good = s.len && slashes && letter;
    *value = without_tail(&b->doc->a, without_word(buf_str(&s)));
    buf_release(&s);
    return good ? k : 0;
}

/* ---- kinds of documents ---- */

static const struct {
    const char *letters, *value;
    int most; /* edits */
} kinds[] = {
    {"bienbanghinho", "biên bản ghi nhớ", 2},
    {"bienbankyket", "biên bản ký kết", 2},
    {"bienbankiket", "biên bản ký kết", 2},
    {"banghinho", "bản ghi nhớ", 1},
    {"bankyket", "bản ký kết", 1},
    {"bankiket", "bản ký kết", 1},
    {"bancamket", "bản cam kết", 1},
    {"bangiaouoc", "bản giao ước", 1},
    {"thoathuan", "thỏa thuận", 1},
    {"bienban", "biên bản", 1},
    {"kehoachlientich", "kế hoạch liên tịch", 2},
    {"kehoachphoihop", "kế hoạch phối hợp", 2},
    {"kehoach", "kế hoạch", 1},
    {"chuongtrinhphoihop", "chương trình phối hợp", 2},
    {"chuongtrinh", "chương trình", 1},
    {"quyetdinh", "quyết định", 1},
    {"nghiquyet", "nghị quyết", 1},
    {"nghidinh", "nghị định", 1},
    {"thongtulientich", "thông tư liên tịch", 2},
    {"thongtu", "thông tư", 1},
    {"thongbao", "thông báo", 1},
    {"baocao", "báo cáo", 0},
    {"totrinh", "tờ trình", 1},
    {"congvan", "công văn", 0},
    {"congdien", "công điện", 0},
    {"huongdan", "hướng dẫn", 1},
    {"chithi", "chỉ thị", 0},
    {"ketluan", "kết luận", 0},
    {"giaymoi", "giấy mời", 0},
    {"giaygioithieu", "giấy giới thiệu", 2},
    {"quyche", "quy chế", 0},
    {"quydinh", "quy định", 0},
    {"dean", "đề án", 0},
    {"phuongan", "phương án", 1},
    {"hopdong", "hợp đồng", 0},
    {"vanban", "văn bản", 0},
    {"luat", "luật", 0},
    {"phaplenh", "pháp lệnh", 1},
    {"hienphap", "hiến pháp", 1},
};

int body_kind(const Body *b, int i, int end, const char **value)
{
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        int used = body_is(b, i, end, kinds[k].letters, kinds[k].most);
        if (!used) continue;
        *value = kinds[k].value;
        return i + used;
    }
    return 0;
}

/* ---- agencies ---- */

static const struct {
    const char *letters;
    int rank, most;
} agencies[] = {
    {"ubnd", 1, 0},       {"uybannhandan", 1, 2}, {"hdnd", 1, 0},        {"hoidongnhandan", 1, 2},
    {"chinhphu", 1, 0},   {"thutuong", 1, 0},     {"quochoi", 1, 0},     {"uybanthuongvuquochoi", 1, 2},
    {"bochinhtri", 1, 1}, {"bo", 1, 0},           {"tinhuy", 1, 0},      {"thanhuy", 1, 0},
    {"quanuy", 1, 0},     {"huyenuy", 1, 0},      {"dangbo", 1, 0},      {"thuongtruc", 1, 1},
    {"chutich", 1, 0},    {"toaan", 1, 0},        {"vienkiemsat", 1, 1}, {"liendoanlaodong", 2, 2},
    {"so", 2, 0},         {"phong", 2, 0},        {"pgddt", 2, 0},       {"pgdvadt", 2, 0},
    {"sgddt", 2, 0},      {"vanphong", 2, 0},     {"tongcuc", 2, 0},     {"cuc", 2, 0},
    {"chicuc", 2, 0},     {"congdoan", 2, 0},     {"hoi", 2, 0},         {"ban", 2, 0},
    {"thanhtra", 2, 0},   {"cum", 2, 0},          {"vien", 2, 0},        {"trungtam", 3, 0},
    {"truong", 3, 0},     {"tongcongty", 2, 1},   {"congty", 3, 0},      {"doan", 2, 0},
};

int body_agency_rank(const Body *b, int i, int end)
{
    Level level;
    int used;
    if (i >= end || b->tok.v[i].mark) return 0;
    for (size_t k = 0; k < sizeof agencies / sizeof *agencies; k++)
        if (body_is(b, i, end, agencies[k].letters, agencies[k].most)) return agencies[k].rank;
    level = level_prefix((Run){b->tok.v + i, end - i}, &used);
    return level && body_capital(b, i) ? 3 : 0;
}

static const struct {
    const char *letters, *word;
} units[] = {{"quan", "quận"}, {"huyen", "huyện"},   {"thixa", "thị xã"}, {"thanhpho", "thành phố"},
             {"tinh", "tỉnh"}, {"phuong", "phường"}, {"xa", "xã"},        {"thitran", "thị trấn"},
             {"tp", "tp"},     {"q", "q"},           {"tx", "tx"}};

bool body_marked(const Body *b, int i, int end, const char *word)
{
    Arena a = {0};
    const char *text = viet_lower_str(&a, body_text(b, i, end)), *bare = viet_skeleton(&a, text);
    bool unmarked = !b->doc->marks_read && strcmp(text, bare) == 0;
    bool right = unmarked || strncmp(text, word, strlen(word)) == 0 || strchr(text, '.');
    arena_release(&a);
    return right;
}

int body_unit(const Body *b, int i, int end)
{
    for (size_t k = 0; k < sizeof units / sizeof *units; k++) {
        int used = body_is(b, i, end, units[k].letters, 0);
        if (used && body_marked(b, i, i + used, units[k].word)) return i + used;
    }
    return 0;
}

/* Small words inside an agency's name, and what one may be about. */
static const char *const inside[] = {
    "giaoducvadaotao",
    "giaoduc",
    "nhandan",
    "daotao",
    "thuongvu",
    "truong",
    "chinhtri",
    "chinhphu",
    "hoi",
    "tuong",
    "doan",
    "lao",
    "dong",
    "phu",
    "ban",
    "uy",
    "vu",
    "chinh",
    "phap",
    "an",
    "thuong",
    "hoc",
    "non",
    "mam",
    "tieu",
    "so",
    "co",
    "trung",
    "pho",
    "thong",
    "vanhoa",
    "noivu",
    "mn",
    "dan",
    "toc",
    "noi",
    "tru",
    "ban",
    "uong",
    "dang",
};

static bool goes_inside(const Body *b, int i, int end, int *used)
{
    for (size_t k = 0; k < sizeof inside / sizeof *inside; k++)
        if ((*used = body_is(b, i, end, inside[k], 0))) return true;
    return false;
}

static bool trails(const Body *b, int i) /* punctuation at the token's end */
{
    const char *s = b->tok.v[i].text;
    size_t n = strlen(s);
    return n > 1 && strchr(".,;:\"?!", s[n - 1]) && !(n <= 4 && s[n - 1] == '.' && body_capital(b, i));
}

int body_agency(const Body *b, int i, int end)
{
    const char *kind;
    int used, k = i;
    if (!body_agency_rank(b, i, end)) return 0;
    for (; k < end && k < i + 24; k++) {
        bool last = trails(b, k);
        if (b->tok.v[k].mark == '(') { /* "(GDĐT)" in the middle of a name */
            if (k + 2 < end && b->tok.v[k + 2].mark == ')' && body_capital(b, k + 1)) {
                k += 2;
                continue;
            }
            break;
        }
        if (b->tok.v[k].mark) break;
        if (body_is(b, k, end, "banhanh", 0) || body_is(b, k, end, "vaoviec", 0)) break;
        if (k > i && body_unit(b, k, end)) {
            k = body_unit(b, k, end) - 1, last = trails(b, k);
        } else if (k > i && goes_inside(b, k, end, &used)) {
            k += used - 1, last = trails(b, k);
        } else if (k > i &&
                   (body_kind(b, k, end, &kind) || (body_is(b, k, end, "nam", 0) && !body_capital(b, k)))) {
            break;
        } else if (k > i && body_is(b, k, end, "va", 0) && !body_capital(b, k)) {
            if (k + 1 >= end || !body_capital(b, k + 1) || body_agency_rank(b, k + 1, end) ||
                body_kind(b, k + 1, end, &kind))
                break;
        } else if (k > i && !body_capital(b, k) && !viet_is_digit(b->tok.v[k].text[0])) {
            break;
        }
        if (last) return k + 1;
    }
    return k > i + 1 || (k > i && strlen(b->text[i]) >= 4) ? k : 0;
}

/* ---- persons ---- */

static const float DOUBTED_WORD = 0.6f; /* below, letters are as likely a signature's strokes */

static const char surnames[] =
    " nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao dinh lam phung mai to trinh "
    "doan"
    " ta quach chu cao ha thai kieu luong tong trieu vuong nghiem nguy khuat doan dam la luu giang than tu "
    "ong nong"
    " ma hua vi lo cam deo giang vang sung hau bach au mac thach kim danh diep tang vien phi can dong han chu"
    " khong nhu ninh tieu truong trang an thieu luc lai mau nham ong on phu quan thi sai giap khuc lang ";

/* Is it one of the words, each with a blank round it? */
static bool is_among(const char *words, const char *letters)
{
    char word[16];
    size_t n = strlen(letters);
    if (n < 2 || n > sizeof word - 3) return false;
    word[0] = ' ';
    memcpy(word + 1, letters, n);
    memcpy(word + 1 + n, " ", 2);
    return strstr(words, word) != NULL;
}

static bool is_surname(const char *letters)
{
    return is_among(surnames, letters);
}

/* A capital, then small letters only, or with `capitals` capitals throughout. */
static bool name_word(const Body *b, int i, bool capitals)
{
    const Tok *t = &b->tok.v[i];
    size_t n = 0;
    if (t->mark || !body_capital(b, i)) return false;
    for (const char *p = t->text + strspn(t->text, "\"'`-"); *p; n++) {
        int32_t c;
        p += utf8_decode(p, strlen(p), &c);
        if (!viet_is_letter(c) && !(c < 0x80 && strchr(".,;", (int)c) && !*p)) return false;
        if (viet_is_letter(c) && n && viet_is_upper(c) != capitals) return false;
    }
    return n >= 2 && n <= 9;
}

bool body_name_word(const Body *b, int i)
{
    return name_word(b, i, false) && b->tok.v[i].prob > DOUBTED_WORD;
}

/* Words of offices and schools: "Trưởng Phòng", "Trường Mầm". */
static bool no_name_word(const Body *b, int i)
{
    static const char words[] = " phong truong tich doc mam tieu hoc hieu ban vien ";
    Arena a = {0};
    bool no = is_among(words, b->text[i]) && !str_eq(viet_lower_str(&a, b->tok.v[i].text), "trương") &&
              !str_eq(viet_lower_str(&a, b->tok.v[i].text), "học");
    arena_release(&a);
    return no;
}

int body_person(const Body *b, int i, int end)
{
    int k = i;
    if (i >= end || !(is_surname(b->text[i]) || is_surname(b->raw[i]))) return 0;
    bool capitals = body_capitals(b, i, i + 2 < end ? i + 2 : end);
    while (k < end && k < i + 5 && name_word(b, k, capitals) && (k == i || !b->tok.v[k].new_line)) {
        if (k - i >= 3 && is_surname(b->text[k]) && k + 1 < end && name_word(b, k + 1, capitals)) break;
        if (trails(b, k++)) break;
    }
    for (int n = i; n < k; n++)
        if (no_name_word(b, n) && (n == i || k - i == 2)) return 0;
    bool more = k < end && !b->tok.v[k].new_line && name_word(b, k, capitals) && !is_surname(b->text[k]);
    return k - i >= 2 && !more ? k : 0;
}

/* ---- writing capitals as a sentence does ---- */

static const struct {
    const char *letters, *form;
} proper[] = {
    {"giaoducvadaotao", "Giáo dục và Đào tạo"},
    {"uybannhandan", "Ủy ban nhân dân"},
    {"hoidongnhandan", "Hội đồng nhân dân"},
    {"thutuongchinhphu", "Thủ tướng Chính phủ"},
    {"chinhphu", "Chính phủ"},
    {"quochoi", "Quốc hội"},
    {"congthuong", "Công Thương"},
    {"congan", "Công an"},
    {"quocphong", "Quốc phòng"},
    {"ngoaigiao", "Ngoại giao"},
    {"noivu", "Nội vụ"},
    {"taichinh", "Tài chính"},
    {"tuphap", "Tư pháp"},
    {"xaydung", "Xây dựng"},
    {"yte", "Y tế"},
    {"khoahocvacongnghe", "Khoa học và Công nghệ"},
    {"vanhoathethaovadulich", "Văn hóa, Thể thao và Du lịch"},
    {"vanhoavathongtin", "Văn hóa và Thông tin"},
    {"vanhoaxahoi", "Văn hóa - Xã hội"},
    {"nongnghiepvamoitruong", "Nông nghiệp và Môi trường"},
    {"laodong", "Lao động"},
    {"mamnon", "Mầm non"},
    {"maugiao", "Mẫu giáo"},
    {"tieuhoc", "Tiểu học"},
    {"trunghoccoso", "Trung học cơ sở"},
    {"trunghocphothong", "Trung học phổ thông"},
    {"phothongdantocnoitru", "Phổ thông dân tộc nội trú"},
    {"phothongdantocbantru", "Phổ thông dân tộc bán trú"},
};

static const char *const small_words[] = {"quan", "huyen",   "thixa", "thanhpho", "tinh", "phuong",
                                          "xa",   "thitran", "va",    "cua",      "cap",  "ve"};
static const char short_forms[] =
    " ubnd hdnd gddt pgddt sgddt mn th thcs thpt ththcs ptdtnt ptdtbt gdnn gdtx q ii iii "
    "iv vi vii gdnngdtx ";
static const char for_another[] = " kt tm tl tuq bgh ";

static const char *titled(Arena *a, const char *s)
{
    const char *lower = viet_lower_str(a, s);
    int32_t c = 0;
    size_t first = *s ? utf8_decode(s, strlen(s), &c) : 0, rest = utf8_offset(lower, 1);
    return arena_printf(a, "%.*s%s", (int)first, s, lower + rest);
}

/* How token i of what begins at `first` is written; *used tokens. `name`: a proper name goes on. */
static const char *proper_at(const Body *b, int first, int i, int end, bool *name, int *used)
{
    Arena *a = &b->doc->a;
    const Tok *t = &b->tok.v[i];
    *used = 1;
    if (t->mark || !viet_is_letter((unsigned char)b->text[i][0])) return t->text;
    for (size_t k = 0; k < sizeof proper / sizeof *proper; k++) {
        int n = body_is(b, i, end, proper[k].letters, 0);
        if (n) return *used = n, *name = true, proper[k].form;
    }
    for (size_t k = 0; k < sizeof small_words / sizeof *small_words; k++) {
        int n = body_is(b, i, end, small_words[k], 0);
        if (!n) continue;
        *used = n, *name = true;
        return viet_lower_str(a, body_text(b, i, i + n));
    }
    bool stands_for = i > first && is_among(for_another, b->text[i - 1]);
    if (is_among(for_another, b->text[i])) return t->text;
    if (stands_for && !is_among(short_forms, b->text[i])) return titled(a, t->text);
    if (is_among(short_forms, b->text[i]) || !b->text[i][1]) return *name = true, t->text;
    return *name ? titled(a, t->text) : viet_lower_str(a, t->text);
}

const char *body_proper(const Body *b, int first, int end)
{
    Arena *a = &b->doc->a;
    if (!body_capitals(b, first, end)) return body_text(b, first, end);
    Buf s = {0};
    bool name = false;
    for (int i = first, used; i < end; i += used) {
        const char *word = proper_at(b, first, i, end, &name, &used);
        if (s.len && !b->tok.v[i].glued && !(b->tok.v[i].mark && strchr(",;)", b->tok.v[i].mark)))
            buf_addc(&s, ' ');
        buf_add(&s, word);
    }
    const char *text = viet_trim(a, buf_str(&s));
    int32_t c = 0;
    size_t n = *text ? utf8_decode(text, strlen(text), &c) : 0;
    char upper[4];
    size_t bytes = n ? utf8_encode(viet_upper(c), upper) : 0;
    text = arena_printf(a, "%.*s%s", (int)bytes, upper, text + n);
    buf_release(&s);
    return text;
}
