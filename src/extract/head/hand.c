/* Were these digits written by hand? Offices leave a blank for the count and the day, "Số:      /QĐ-UBND", and
 * somebody fills it in with a pen. An engine makes something of the pen's digits all the same, and may be sure of it.
 * What tells is their size. Printed digits are as high as those of the year in the date beside them, a hand's are a
 * third higher:
 *
 *     Số:  128  /QĐ-UBND          Hoa Lư, ngày 27 tháng 3 năm 2018
 *          37 pixels high                                    28: by hand
 *
 * The numbers below were set by eye on 80 counts and days of real scans. */
#include "extract/head/head.h"

#include <math.h>

static const float COUNT_OR_DAY =
                       0.5f, /* log-odds: on scans more of them are written by hand than are printed */
    MONTH = -1.5f,           /* few of them are */
    ALIKE = 1.12f,           /* times the year's height: as likely a hand's */
    WITH_SLASH = 1.35f,      /* the same of a word that has the slash in it, which is higher than digits */
    A_TIME = 15,             /* log-odds for each time the height above or below that */
    LEAST = -2, MOST = 3, SURE = 0.85f, /* how sure the engine is of print and of a hand alike */
    BY_READING = 3,                     /* log-odds from that to none */
    ONE_WORD = -1.5f, /* log-odds: digits, slash and symbol are one word; a hand leaves a blank */
    TO_WORD = 2; /* digits stand against "Số:", and a blank before the slash: the blank was filled in */

bool head_ink(const Tok *t)
{
    return t->typed == TYPED_NO && t->at.h > 1;
}

static float clamp(float x)
{
    return x < LEAST ? LEAST : x > MOST ? MOST : x;
}

float head_by_hand(const Head *h, int i, Joined joined, bool month)
{
    const Tok *t = &h->b->tok.v[i];
    if (!head_ink(t)) return 0;
    float odds = (month ? MONTH : COUNT_OR_DAY) + BY_READING * (SURE - t->prob);
    float alike = joined == JOINED_SLASH ? WITH_SLASH : ALIKE;
    if (h->digit_h && joined != JOINED_WORD)
        odds += clamp(A_TIME * ((float)t->at.h / (float)h->digit_h - alike));
    if (joined == JOINED_SLASH) odds += ONE_WORD;
    if (joined == JOINED_WORD) odds += TO_WORD;
    return 1 / (1 + expf(-odds));
}
