/* The letterhead's date, "Cầu Giấy, ngày 15 tháng 09 năm 2024": "ngày", a year on the same line, and "tháng" between.
 *
 * Day and month are often written by hand, and an engine runs them together with the words: "ngày4tháng 01 năm 2025".
 * There the day is left open, "2025-01". A day that was read is left open too where it is more likely a hand's than
 * print (hand.c). */
#include "extract/head/head.h"

#include <string.h>

enum {
    MOST_TOKENS = 12, /* of a date, dirt included */
    DAYS = 31,
    MONTHS = 12
};

/* The name before a comma before "ngày"; the symbol of a number on the same line, "763/KH-PGDĐT Cầu Giấy", is none of it. */
void head_add_place(Head *h, int at)
{
    const Body *b = h->b;
    int end = at, line = b->lines.v[b->line[at]].first;
    if (end > line && b->tok.v[end - 1].mark == ',') end--;
    int first = end;
    while (first > line && !h->struck[first - 1] && !b->tok.v[first - 1].mark && end - first < 4 &&
           (first == line + 1 || b->tok.v[first - 2].mark != '/') &&
           (body_capital(b, first - 1) || first == end))
        first--;
    if (first == end || !body_capital(b, first) || head_known(h, FACT_PLACE)) return;
    head_add(h, FACT_PLACE, 0, body_text(b, first, end), first, end, end < at ? TRUST_FORM : TRUST_SENTENCE);
    head_strike(h, first, end);
}

bool head_add_date(Head *h, int first, int end, Date d, float trust)
{
    if (head_known(h, FACT_DATE)) return false;
    return head_add(h, FACT_DATE, 0, date_text(&h->b->doc->a, d), first, end, trust);
}

/* A part of the date: its value, 0: open, and the probability that it is right. */
typedef struct DatePart {
    int value;
    float prob;
} DatePart;

/* "12", or what stands behind the word in "ngày12"; 0 where it is more likely wrong than right. */
static DatePart part_at(const Head *h, int i, int most, bool glued)
{
    const Tok *t = &h->b->tok.v[i];
    const char *digits = t->text + (glued ? strcspn(t->text, "0123456789") : 0);
    int value = t->mark || !*digits ? 0 : digits_read(digits, 2);
    float prob = t->prob * (1 - head_by_hand(h, i, glued ? JOINED_WORD : JOINED_NOTHING, most == MONTHS));
    return value < 1 || value > most || prob < 0.5f ? (DatePart){0, 1} : (DatePart){value, prob};
}

/* The one number between two words of the date, the first of which may have it glued on. */
static DatePart part_between(const Head *h, int word, int end, int most)
{
    DatePart found = part_at(h, word, most, true);
    for (int i = word + 1; i < end && !found.value; i++) found = part_at(h, i, most, false);
    return found;
}

static bool has_month(const Body *b, int i)
{
    KeywordList months = words_of_kind(b->doc->words, WORD_MONTH);
    for (int k = 0; k < months.n; k++)
        if (strstr(b->text[i], months.v[k].letters) || strstr(b->raw[i], months.v[k].letters)) return true;
    return false;
}

/* The year that ends a date which begins at i, and the word of the month in it; -1: none. */
static int year_of(const Body *b, int i, int end, int *month)
{
    *month = -1;
    for (int k = i; k < end && k < i + MOST_TOKENS; k++) {
        if (*month < 0 && has_month(b, k)) *month = k;
        int year = b->tok.v[k].mark ? -1 : digits_read(b->tok.v[k].text, 4);
        if (*month >= 0 && k > *month && year >= 1945 && year <= 2099) return k;
    }
    return -1;
}

static bool take_worded(Head *h, int i, int end)
{
    const Body *b = h->b;
    int month, year = year_of(b, i, end, &month);
    if (year < 0) return false;
    const Tok *y = &b->tok.v[year];
    if (head_ink(y) && strspn(y->text, "0123456789") == 4) h->digit_h = y->at.h;
    Date d = {.year = digits_read(y->text, 4)};
    DatePart m = part_between(h, month, year, MONTHS), day = {0, 1};
    if (month > i) day = part_between(h, i, month, DAYS);
    if (m.value) d.month = m.value, d.day = day.value;
    Fact *f = head_add(h, FACT_DATE, 0, date_text(&b->doc->a, d), i, year + 1, TRUST_FORM);
    f->prob = y->prob * TRUST_FORM * (d.month ? m.prob : 1) * (d.day ? day.prob : 1);
    head_add_place(h, i);
    head_strike(h, i, year + 1);
    return true;
}

static bool take_slashed(Head *h, int i, int end)
{
    Date d;
    int stop = body_date(h->b, i, end, false, &d);
    if (!stop) return false;
    head_add_date(h, i, stop, d, TRUST_FORM);
    head_add_place(h, i);
    head_strike(h, i, stop);
    return true;
}

/* "V/v tổng kết ngày 5 tháng 9 năm 2020" has a date that is not the document's: its line begins with other words than a
 * place's. */
static bool may_be_own(const Head *h, int i)
{
    const Body *b = h->b;
    int first = b->lines.v[b->line[i]].first;
    return !body_says(b, first, h->end, WORD_ABOUT);
}

void document_date(Head *h)
{
    const Body *b = h->b;
    for (int i = 0; i < h->end && !head_known(h, FACT_DATE); i++) {
        int end = head_row_end(b, i);
        if (h->struck[i] || !body_begins(b, i, WORD_DAY) || !may_be_own(h, i)) continue;
        if (!take_worded(h, i, end)) take_slashed(h, i, end);
    }
}
