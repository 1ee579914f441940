/* tests/cases/extract/prose*.case: a text after ">", restored as `dau extract` does it; then the pairings
 * that must come of it, and what must be found of the document:
 *
 *     = LEVEL SCHOOL, DISTRICT | PARTNER, DISTRICT | SINCE UNTIL | FLAGS      "-" where there is none
 *     = MN Hoa Mai | Sơn Ca | - - | of the union                              not the schools, those in them
 *     @ number 12/KH-PGDĐT                                                    of its first issuer, signer ...
 *     @ signer 2 Lê Thị Hoa                                                   of the second
 *     @ odd it asks                                                           part of a finding; "odd 2": of two there are
 *
 * An empty "=" says that no pairing must come. Districts and flags may be left out where there are none;
 * facts that are not named are not compared. */
#include "tests/cases.h"

#include "line/line.h"
#include "extract/extract.h"

#include <stdlib.h>
#include <unistd.h>

static char path[] = "/tmp/dau-test-prose-XXXXXX";
static PageLine *line;

static bool read_text(const Buf *text, Pairings *found, Err *err)
{
    Extract *x = extract_new();
    bool ok = file_write(path, buf_str(text), text->len, err);
    Load *doc = ok ? line_load(line, path, err) : NULL;
    for (int n = 1; doc && ok && n <= load_pages(doc); n++) {
        Page page;
        Raster raster = {0};
        page_init(&page, n);
        ok = line_page(line, doc, n, STAGE_RESTORE, &page, &raster, err) && extract_page(x, &page, err);
        load_raster_release(&raster);
        page_release(&page);
    }
    ok = ok && extract_finish(x, found, err);
    load_close(doc);
    extract_free(x);
    return ok;
}

static void print_school(Buf *b, const School *s)
{
    buf_add(b, s->name);
    if (s->district) buf_addf(b, ", %s", s->district);
}

static void print_pairing(Buf *b, const Pairing *p)
{
    const char *level = level_code(p->level);
    buf_addf(b, "= %s ", *level ? level : "-");
    print_school(b, &p->school);
    buf_add(b, " | ");
    print_school(b, &p->partner);
    buf_addf(b, " | %s %s", p->since ? p->since : "-", p->until ? p->until : "-");
    if (*p->flags) buf_addf(b, " | %s", p->flags);
    if (p->kind) buf_addf(b, " | of the %s", pair_kind_name(p->kind));
    buf_addc(b, '\n');
}

/* "odd it asks": the findings hold these words; "odd 0": there is none, "odd 2": two. */
static bool check_odd(const char *want, const Pairings *found, const char *name)
{
    char *end;
    if (!str_starts(want, "odd ")) return false;
    size_t n = strtoul(want + strlen("odd "), &end, 10);
    bool counted = end > want + strlen("odd "), there = false;
    for (size_t i = 0; i < found->findings.n; i++)
        there = there || strstr(found->findings.v[i].text, want + strlen("odd "));
    if (!CHECK(counted ? found->findings.n == n : there)) {
        printf("    '%s' in the case of %s; there are\n", want, name);
        for (size_t i = 0; i < found->findings.n; i++) printf("    %s\n", found->findings.v[i].text);
    }
    return true;
}

/* "number 12/KH", "signer 2 Lê Thị Hoa" */
static void check_fact(const char *want, const FactVec *facts, const char *name)
{
    char kind[40] = "";
    size_t n = strcspn(want, " ");
    char *value;
    FactKind k;
    snprintf(kind, sizeof kind, "%.*s", (int)n, want);
    int item = (int)strtol(want + n, &value, 10);
    if (value == want + n || item < 1 || item > 9 || *value != ' ') item = 0, value = (char *)want + n;
    value += strspn(value, " ");
    if (!CHECK(fact_from_name(kind, &k))) return;
    const Fact *f = fact_lookup(facts, k, item);
    if (!CHECK_STR(f ? f->value : "", value)) printf("    %s in the case of %s\n", kind, name);
    if (f)
        CHECK(f->place.page == 1 && !rect_empty(f->place.box) && f->place.words > 0 && f->prob > 0 &&
              f->prob <= 1);
}

static void check_evidence(const Pairings *found)
{
    for (size_t i = 0; i < found->v.n; i++) {
        const Pairing *p = &found->v.v[i];
        CHECK(p->place.page == 1 && !rect_empty(p->place.box) && p->place.words > 0);
        CHECK(p->school.place.words > 0 && p->partner.place.words > 0);
        CHECK(p->prob > 0 && p->prob < 1 && p->rule && *p->rule);
    }
}

static void run_case(const TextCase *k)
{
    Pairings found = {0};
    cases_find(k, read_text, print_pairing, &found);
    check_evidence(&found);
    for (char *at = k->also.s, *end; at && *at; at = end + 1) {
        end = strchr(at, '\n');
        *end = '\0';
        if (!check_odd(at, &found, k->name)) check_fact(at, &found.facts, k->name);
    }
    pairings_release(&found);
}

static void run_file(const char *file)
{
    cases_read(file, run_case);
}

TEST(cases)
{
    cases_each("tests/cases/extract", "prose", run_file);
}

int main(void)
{
    LineOptions options = {.load = {0}};
    int fd = mkstemp(path);
    if (fd < 0) return perror(path), 1;
    close(fd);
    line = line_new(&options);
    RUN(cases);
    line_free(line);
    unlink(path);
    return TEST_DONE();
}
