/* A network of two layers, an input and one matrix of 2 x 2: weights become int8 * scale, and what is broken is refused. */
#include "tools/train/reader_net.h"
#include "tests/test.h"

#include <stdint.h>
#include <string.h>

static void put(Buf *b, uint32_t value)
{
    buf_addn(b, &value, sizeof value);
}

static void put_string(Buf *b, const char *s)
{
    put(b, (uint32_t)strlen(s));
    buf_add(b, s);
}

static void put_head(Buf *b, const char *kind, uint32_t flags)
{
    buf_addc(b, 0);
    put_string(b, kind);
    buf_addn(b, "\1\1", 2);
    put(b, flags);
    for (int i = 0; i < 3; i++) put(b, 2);
    put_string(b, kind);
}

/* mode: 133 as Tesseract writes 8-bit weights. */
static void make(Buf *b, int mode)
{
    const double scales[] = {0.5, 0.25};
    const float rates[] = {1, 1};
    put_head(b, "Series", 64);
    put(b, 2);
    put_head(b, "Input", 0);
    for (int i = 0; i < 5; i++) put(b, 1);
    put_head(b, "Softmax", 0);
    buf_addc(b, (char)mode);
    put(b, 2), put(b, 2);
    buf_addn(b, "\0\177\376\3\4", 5); /* a filler; 127 -2, 3 4 */
    put(b, 2);
    buf_addn(b, scales, sizeof scales);
    put(b, 2);
    buf_addn(b, rates, sizeof rates);
    put_string(b, "[1,36,0,1O1c2]");
    put(b, 65);
    buf_addn(b, "tail", 4);
}

static const char *find(const Buf *b, const void *what, size_t n)
{
    for (size_t i = 0; i + n <= b->len; i++)
        if (!memcmp(b->s + i, what, n)) return b->s + i;
    return NULL;
}

TEST(floats)
{
    Buf from = {0}, to = {0}, integers = {0};
    Err err = {0};
    const double weights[] = {63.5, -1, 0.75, 1};
    const uint32_t flags = 64;
    make(&from, 133);
    CHECK(reader_net_to_floats(from.s, from.len, &to, &err));
    CHECK(find(&to, weights, sizeof weights));
    CHECK(to.len > 8 && !memcmp(to.s + to.len - 8, &flags, 4) && !memcmp(to.s + to.len - 4, "tail", 4));
    CHECK(reader_net_integers(from.s, from.len, &integers, &err));
    CHECK(integers.len == 4 && !memcmp(integers.s, "\177\376\3\4", 4));
    buf_release(&from), buf_release(&to), buf_release(&integers);
}

TEST(refused)
{
    Buf from = {0}, to = {0};
    make(&from, 132);
    Err err = {0};
    CHECK(!reader_net_to_floats(from.s, from.len, &to, &err) && err.code == DAU_BAD_INPUT);
    buf_clear(&from);
    make(&from, 133);
    for (size_t n = 0; n < from.len - 4; n++) {
        err = (Err){0};
        buf_clear(&to);
        CHECK(!reader_net_to_floats(from.s, n, &to, &err) && err.code == DAU_BAD_INPUT);
    }
    buf_release(&from), buf_release(&to);
}

int main(void)
{
    RUN(floats);
    RUN(refused);
    return TEST_DONE();
}
