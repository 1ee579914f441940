#include "model/gazetteer.h"
#include "tests/test.h"

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
    CHECK_STR(gazetteer_district_until(g, "ba vi"), "2025-06-30");
    CHECK(gazetteer_district_until(g, "nowhere") == NULL);
    Spelling s[8];
    const char *const districts[] = {"Ba Vì"};
    CHECK(gazetteer_near(g, "Tây Đăng", 0, districts, 1, s, 8) >= 1);
    CHECK_STR(s[0].name, "Tây Đằng");
    CHECK(s[0].wards > 10 && s[0].apart == 0);
    CHECK(gazetteer_near(g, "Tay Dahg", 1, districts, 1, s, 8) >= 1);
    CHECK_STR(s[0].name, "Tây Đằng");
    CHECK_INT(gazetteer_near(g, "Xyzzy", 1, NULL, 0, s, 8), 0);
    const char *const names[] = {"Ba Trai A", "Tản Lĩnh", "Hoa Mai", "Vat Lai"};
    CHECK_STR(gazetteer_vote_district(g, names, 4, 0.5), "Ba Vì");
    CHECK(gazetteer_vote_district(g, names + 2, 1, 0.5) == NULL);
    CHECK(gazetteer_same("HOÀ BÌNH", "Hòa Bình") && !gazetteer_same("Hoa Bình", "Hòa Bình"));
    gazetteer_close(g);
}

int main(void)
{
    RUN(names);
    return TEST_DONE();
}
