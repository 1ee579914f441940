#include "model/gazetteer.h"
#include "test.h"

TEST(names)
{
    Err err = {0};
    Gazetteer *g = gazetteer_open(&err);
    CHECK_STR(err.text, "");
    if (!g) return;
    CHECK(gazetteer_count(g, "le quy don") > 0);
    CHECK(gazetteer_score(g, "Lê Quý Đôn") > gazetteer_score(g, "Quý Đôn Lê"));
    CHECK(gazetteer_score(g, "Trần Phú") + gazetteer_score(g, "Yết Kiêu") >
          gazetteer_score(g, "Trần") + gazetteer_score(g, "Phú Yết Kiêu"));
    CHECK(gazetteer_score(g, "") < gazetteer_score(g, "Xyzzy"));
    CHECK_STR(gazetteer_lookup_district(g, "HA DONG"), "Hà Đông");
    CHECK(gazetteer_lookup_district(g, "nowhere") == NULL);
    CHECK(gazetteer_in_district(g, "Ba Trại A", "Ba Vì"));
    CHECK(!gazetteer_in_district(g, "Ba Trại A", "Mê Linh"));
    Spelling s[8];
    int words;
    CHECK(gazetteer_spellings(g, "Tây Đăng B", "Ba Vì", s, 8, &words) >= 1);
    CHECK_STR(s[0].name, "Tây Đằng");
    CHECK(s[0].here);
    CHECK_INT(words, 2);
    CHECK_INT(gazetteer_spellings(g, "Xyzzy", NULL, s, 8, &words), 0);
    CHECK(gazetteer_same("HOÀ BÌNH", "Hòa Bình") && !gazetteer_same("Hoa Bình", "Hòa Bình"));
    gazetteer_close(g);
}

int main(void)
{
    RUN(names);
    return TEST_DONE();
}
