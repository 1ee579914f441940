/* Every letter through every charset and back; bytes as the standards have them; how VIQR ends a sentence. */
#include "base/charset.h"
#include "tests/test.h"

#include "base/viet.h"

static const char *decoded(Charset from, const char *s)
{
    static Buf b;
    buf_clear(&b);
    charset_decode(from, s, strlen(s), &b);
    return buf_str(&b);
}

static const char *encoded(Charset to, const char *s)
{
    static Buf b;
    buf_clear(&b);
    charset_encode(to, s, strlen(s), &b);
    return buf_str(&b);
}

/* All letters in both cases, parted by dashes: 2 * (29 letters + 12 vowels * 5 tones). */
static int alphabet(Buf *b)
{
    int n = 0;
    for (char base = 'a'; base <= 'z'; base++)
        for (int mark = MARK_NONE; mark <= MARK_STROKE; mark++)
            for (int tone = TONE_NONE; tone <= TONE_DOT; tone++)
                for (int upper = 0; upper < 2; upper++) {
                    int vowel = strchr("aeiouy", base) != NULL;
                    const char *bases[] = {"abcdefghijklmnopqrstuvwxyz", "a", "aeo", "ou", "d"};
                    int32_t c = viet_compose((Letter){base, (Mark)mark, (Tone)tone, upper});
                    if (!strchr(bases[mark], base) || (tone && !vowel) || c < 0) continue;
                    buf_add_char(b, c);
                    buf_addc(b, '-'); /* a blank may end a sentence in VIQR */
                    n++;
                }
    return n;
}

TEST(round_trip)
{
    Buf all = {0};
    int letters = alphabet(&all);
    CHECK_INT(letters, 2 * (26 + 7 + 12 * 5));
    buf_add(&all, "0123456789 .,;:!?()-/\"'&%\n");
    for (Charset c = CHARSET_UTF8; c < CHARSETS; c++) {
        if (c == CHARSET_CP1252) continue;
        Buf there = {0}, back = {0};
        charset_encode(c, all.s, all.len, &there);
        charset_decode(c, there.s, there.len, &back);
        if (!CHECK_STR(buf_str(&back), all.s)) printf("    in %s\n", charset_name(c));
        buf_release(&there);
        buf_release(&back);
    }
    buf_release(&all);
}

TEST(bytes_of_the_standards)
{
    CHECK_STR(decoded(CHARSET_TCVN3, "Tr\xAD\xEAng M\xC7m non \xA7\xB5o"), "Trường Mầm non Đào");
    CHECK_STR(decoded(CHARSET_TCVN3, "K\xD5 ho\xB9"
                                     "ch s\xE8 12"),
              "Kế hoạch số 12");
    CHECK_STR(decoded(CHARSET_VNI, "Tr\xF6\xF4\xF8ng Ma\xE0m non \xD1"
                                   "a\xF8o"),
              "Trường Mầm non Đào");
    CHECK_STR(decoded(CHARSET_VNI, "TR\xD6\xD4\xD8NG H\xD6\xD4\xDBNG GIA\xCF"), "TRƯỜNG HƯỞNG GIẠ");
    CHECK_STR(decoded(CHARSET_CP1258, "Tr\xFD\xF5\xCCng M\xE2\xCCm non \xD0\xE0o"), "Trường Mầm non Đào");
    CHECK_STR(decoded(CHARSET_CP1258, "Ti\xEA\xECng Vi\xEA\xF2t"), "Tiếng Việt");
    CHECK_STR(decoded(CHARSET_VIQR, "Tru+o+`ng Ma^`m non DDa`o"), "Trường Mầm non Đào");
    CHECK_STR(encoded(CHARSET_TCVN3, "Trường"), "Tr\xAD\xEAng");
    CHECK_STR(encoded(CHARSET_VNI, "Trường"), "Tr\xF6\xF4\xF8ng");
    CHECK_STR(encoded(CHARSET_CP1258, "Trường"), "Tr\xFD\xF5\xCCng");
    CHECK_STR(decoded(CHARSET_TCVN3, "\x93Hoa Mai\x94 \x96 2"), "“Hoa Mai” – 2");
}

TEST(viqr)
{
    CHECK_STR(decoded(CHARSET_VIQR, "Hai tru+o+`ng ke^'t nghi~a."), "Hai trường kết nghĩa.");
    CHECK_STR(decoded(CHARSET_VIQR, "Ho.c gi`? Ho.c ve~."), "Học gì? Học vẽ.");
    CHECK_STR(decoded(CHARSET_VIQR, "Vu. Va^.n ta?i, Bo^. Y te^'.\nBan nghe^.."),
              "Vụ Vận tải, Bộ Y tế.\nBan nghệ.");
    CHECK_STR(decoded(CHARSET_VIQR, "la. lu`ng, ba.n nho?"), "lạ lùng, bạn nho?");
    CHECK_STR(decoded(CHARSET_VIQR, "hoa\\. la\\?"), "hoa. la?");
    CHECK_STR(decoded(CHARSET_VIQR, "A\\'c kha('c"), "A'c khắc");
    CHECK_STR(encoded(CHARSET_VIQR, "hoa. Đỗ?"), "hoa\\. DDo^~?");
}

TEST(text_read_in_the_wrong_charset)
{
    Buf b = {0};
    const char *abc = "Tr\u00ad\u00eang M\u00c7m non \u201cHoa\u201d \u2192";
    charset_decode_misread(CHARSET_TCVN3, abc, strlen(abc), &b);
    CHECK_STR(buf_str(&b), "Trường Mầm non “Hoa” →");
    buf_release(&b);
}

TEST(what_cannot_be)
{
    CHECK_STR(decoded(CHARSET_UTF16LE, "a"), "\uFFFD");
    Buf b = {0};
    charset_decode(CHARSET_UTF16BE,
                   "\xD8\x00\x00"
                   "a\xD8\x01\xDC\x01",
                   8, &b);
    CHECK_STR(buf_str(&b), "\uFFFDa\U00010401");
    buf_release(&b);
    CHECK_STR(decoded(CHARSET_VNI, "\xF9\xF8 x\xF9"), "ùø xù");
    CHECK_STR(decoded(CHARSET_UTF8, "\xFF"), "\uFFFD");
    CHECK_STR(encoded(CHARSET_TCVN3, "→"), "?");
}

int main(void)
{
    RUN(round_trip);
    RUN(bytes_of_the_standards);
    RUN(viqr);
    RUN(text_read_in_the_wrong_charset);
    RUN(what_cannot_be);
    return TEST_DONE();
}
