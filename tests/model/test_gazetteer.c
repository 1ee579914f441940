#include "model/gazetteer.h"
#include "tests/test.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

TEST(of_the_district)
{
    Err err = {0};
    Gazetteer *g = gazetteer_open(&err);
    Spelling s[8];
    const char *const ha_dong[] = {"Hà Đông"}, *const an_phu[] = {"An Phú"};
    if (!g) return;
    CHECK(gazetteer_near(g, "da sy", 0, ha_dong, 1, s, 8) >= 1); /* a street that one town has */
    CHECK_STR(s[0].name, "Đa Sỹ");
    CHECK(s[0].streets > 0 && !s[0].wards);
    CHECK(gazetteer_near(g, "quoc thai", 0, an_phu, 1, s, 8) >= 1);
    CHECK_STR(s[0].name, "Quốc Thái");
    CHECK(s[0].schools > 0);
    int n = gazetteer_wards(g, "Huyen Ky", 9, ha_dong, 1, s, 8);
    CHECK(n == 8 && s[0].wards + s[0].schools > 0);
    CHECK(gazetteer_in_district(g, "Phú Lãm", "Hà Đông") && !gazetteer_in_district(g, "Phú Lãm", "Ba Vì"));
    gazetteer_close(g);
}

TEST(districts)
{
    Err err = {0};
    Gazetteer *g = gazetteer_open(&err);
    bool exact;
    if (!g) return;
    CHECK_STR(gazetteer_lookup_district(g, "Thanh Hóa"), "Thanh Hóa");
    CHECK_STR(gazetteer_lookup_district(g, "THẠNH HOÁ"), "Thạnh Hóa");
    CHECK_STR(gazetteer_lookup_district(g, "1"), "1");
    CHECK_STR(gazetteer_lookup_district(g, "PLEIKU"), "Pleiku");
    CHECK_STR(gazetteer_lookup_district(g, "Buôn Ma Thuột"), "Buôn Ma Thuột");
    CHECK_STR(gazetteer_district_among(g, "Krông Pắk", NULL, 0, &exact), "Krông Pắc");
    CHECK(!exact);
    const char *const long_an[] = {"Long An"}, *const thanh_hoa[] = {"Thanh Hóa"}, *province[16];
    CHECK_STR(gazetteer_district_among(g, "thanh hoa", long_an, 1, &exact), "Thạnh Hóa");
    CHECK_STR(gazetteer_district_among(g, "thanh hoa", thanh_hoa, 1, &exact), "Thanh Hóa");
    CHECK(gazetteer_provinces(g, "Châu Thành", province, 16) > 5);
    CHECK_INT(gazetteer_provinces(g, "Ba Vì", province, 16), 1);
    CHECK_STR(province[0], "Hà Nội");
    CHECK_STR(gazetteer_lookup_province(g, "LÀO CAI"), "Lào Cai");
    CHECK(!gazetteer_lookup_province(g, "Lao Cai"));
    gazetteer_close(g);
}

/* A person may add lines without a key, and anywhere. */
TEST(lists_of_ones_own)
{
    static const char *const lists[][2] = {
        {"units.tsv", "xuan lai\tXuân Lai\txã\tGia Bình\tBắc Ninh\t\t2025-06-30\n"
                      "gia binh\tGia Bình\thuyện\t\tBắc Ninh\t\t2025-06-30\n"},
        {"schools.tsv", "\tHoa Xoan\tMN\t-3\tGia Bình\tBắc Ninh\n"},
        {"streets.tsv", "# none\n"},
        {"school-names.tsv", "Sao Mai\t7\n\n"},
        {"syllables.tsv", "# none\n"},
    };
    char folder[] = "/tmp/dau-test-names-XXXXXX", path[128];
    Err err = {0};
    CHECK(mkdtemp(folder) != NULL);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, lists[i][0]);
        CHECK(file_write(path, lists[i][1], strlen(lists[i][1]), &err));
    }
    setenv("DAU_DATA", folder, 1);
    Gazetteer *g = gazetteer_open(&err);
    unsetenv("DAU_DATA");
    CHECK_STR(err.text, "");
    Spelling s[4];
    const char *const here[] = {"Gia Bình"};
    CHECK(g && gazetteer_near(g, "hoa xoan", 0, here, 1, s, 4) == 1 && s[0].schools == 1);
    CHECK(g && gazetteer_in_district(g, "Xuân Lai", "Gia Bình") && gazetteer_count(g, "sao mai") == 7);
    CHECK(g && gazetteer_score(g, "Sao Mai") > gazetteer_score(g, "Sao Xoan"));
    gazetteer_close(g);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, lists[i][0]);
        unlink(path);
    }
    rmdir(folder);
}

int main(void)
{
    RUN(names);
    RUN(of_the_district);
    RUN(districts);
    RUN(lists_of_ones_own);
    return TEST_DONE();
}
