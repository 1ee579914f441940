#include "base/map.h"
#include "tests/test.h"

TEST(counts)
{
    Map m = {0};
    CHECK_INT(map_lookup(&m, "mai", -1), -1);
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < 500; i++) {
            char key[16];
            snprintf(key, sizeof key, "k%d", i);
            *map_at(&m, key) += i;
        }
    CHECK_INT(m.n, 500);
    CHECK_INT(map_lookup(&m, "k7", 0), 21);
    CHECK_INT(map_lookup(&m, "k499", 0), 1497);
    CHECK_INT(map_lookup(&m, "k500", 5), 5);
    map_release(&m);
    CHECK_INT(map_lookup(&m, "k7", 9), 9);
}

int main(void)
{
    RUN(counts);
    return TEST_DONE();
}
