/* str: a byte string that grows, and the few ways of writing text that every output needs.
 *
 *     Buf b = {0};
 *     buf_addf(&b, "%d rows\n", n);
 *     buf_add_json(&b, "Đông \"Mai\"");        ("Đông \"Mai\"", quotes and escapes included)
 *     fwrite(b.s, 1, b.len, stdout);
 *     buf_release(&b);
 *
 * The Buf owns its bytes. Once anything was added, `s` ends in a NUL; it may hold NULs before `len`. A pointer into `s`
 * is valid until the next addition. Nothing fails. This header includes nothing of ours.
 */
#ifndef DAU_BASE_STR_H
#define DAU_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Buf {
    char *s; /* NULL while nothing was added */
    size_t len, cap;
} Buf;

void buf_add(Buf *b, const char *s); /* NULL adds nothing */
void buf_addn(Buf *b, const void *p, size_t n);
void buf_addc(Buf *b, char c);
void buf_add_char(Buf *b, int32_t c); /* a code point, as UTF-8 */
void buf_addf(Buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_clear(Buf *b);            /* empty, memory kept */
char *buf_steal(Buf *b);           /* the string, yours to free; "" if nothing was added */
const char *buf_str(const Buf *b); /* the string, lent; never NULL */
void buf_release(Buf *b);

/* Text whose bytes that are not UTF-8, as names of files may hold, become U+FFFD. */
void buf_add_utf8(Buf *b, const char *s);
/* A JSON string with quotes (RFC 8259); NULL gives null; bytes that are not UTF-8 become U+FFFD. */
void buf_add_json(Buf *b, const char *s);
/* A number for JSON: up to `digits` after the point, trailing zeros dropped; 0 for nan and inf. */
void buf_add_number(Buf *b, double v, int digits);
/* A CSV field (RFC 4180), quoted where it must be and where it begins or ends with a blank. NULL adds nothing. */
void buf_add_csv(Buf *b, const char *s);
/* The same as UTF-8, with an apostrophe before what a spreadsheet would take for a formula ("=1+1"). */
void buf_add_csv_text(Buf *b, const char *s);
/* Whether a spreadsheet takes s for a formula: it begins with = + - @, a tab or a carriage return. */
bool str_like_formula(const char *s);
/* Text inside XML or HTML: & < > " ' are escaped. Characters that XML 1.0 forbids, and carriage returns, are dropped;
 * bytes that are not UTF-8 become U+FFFD. */
void buf_add_xml(Buf *b, const char *s);
/* Base64 (RFC 4648), one line. */
void buf_add_base64(Buf *b, const void *p, size_t n);

/* Replaces control characters by '?' in place, U+0080 to U+009F among them, except those of `keep`. So nothing in a scan
 * or in the name of a file can drive a terminal. */
void str_plain(char *s, const char *keep);

bool str_eq(const char *a, const char *b); /* NULL equals NULL alone */
/* Whether s begins, or ends, with the other. Neither may be NULL. */
bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);

/* The decimal number that s begins with, after blanks; 0 where it begins with none. One that an int cannot hold becomes
 * the greatest int, or the least. */
int str_int(const char *s);

#endif
