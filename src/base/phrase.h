/* phrase: keeps a message in no language, until it is said in the reader's.
 *
 * A phrase holds the English format, which translators know, and its values. Whoever reads it later reads it in their
 * own language.
 *
 *     char made[PHRASE_SIZE], text[500];
 *     phrase_make(made, "number %d is missing between %d and %d", 12, 11, 13);
 *     phrase_say(made, tr, text, sizeof text);     "thiếu số 12 giữa 11 và 13"
 *     phrase_keep(made, &b);                       (appends what is stored, see there)
 *
 * phrase_make() writes each value by its own conversion (%.1f, %lld). A value that is itself to be translated is
 * marked: tr_later("its partner"). A phrase is one string: the format, then each value behind a unit separator (US). A
 * record separator (RS) parts several formats; phrase_say() puts ": " between them. At most 16 values of a format are
 * said. What does not fit is cut where a character ends. Nothing fails. Of our headers it needs str alone.
 */
#ifndef DAU_BASE_PHRASE_H
#define DAU_BASE_PHRASE_H

#include "base/str.h"

#include <stdarg.h>

enum { PHRASE_SIZE = 1400 }; /* bytes, with the NUL */

/* A literal that is translated when its phrase is said; only for a %s of a phrase or of err_set(). */
#define tr_later(literal) "\1" literal
/* Stands before each value of such a literal: "%s" TR_VALUE "%d", tr_later("on page %d"), 3. */
#define TR_VALUE "\x1d"

/* A literal that translators see where none stands in the call itself: say(n ? tr_mark("a") : tr_mark("b")). */
#define tr_mark(literal) literal

typedef const char *(*Translate)(const char *message);

/* Writes a phrase: the format as it is, and each value by its conversion. */
void phrase_make(char made[PHRASE_SIZE], const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void phrase_makev(char made[PHRASE_SIZE], const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
/* Puts another phrase in front, to say where it happened. */
void phrase_prefix(char made[PHRASE_SIZE], const char before[PHRASE_SIZE]);
/* A phrase whose sentence is said as it is, in every language. */
void phrase_plain(char made[PHRASE_SIZE], const char *sentence);

/* Writes the sentence, NUL-terminated and cut at a character. `by` translates the format; NULL leaves it English. A
 * translation may take values in another order (%2$s) and leave one out (%2$.0s). */
void phrase_say(const char *made, Translate by, char *text, size_t cap);

/* Appends what is stored: the English sentence, a record separator (char(30) of SQL), and the phrase. */
void phrase_keep(const char *made, Buf *out);
/* The phrase of what was stored. A sentence alone, as older versions stored it, becomes a phrase_plain(). */
void phrase_recall(const char *stored, char made[PHRASE_SIZE]);

/* Says what was stored: phrase_recall(), then phrase_say(). */
void phrase_say_kept(const char *stored, Translate by, char *text, size_t cap);

/* How many of the n bytes at s to keep, so that no character is cut through. */
size_t phrase_cut(const char *s, size_t n);

#endif
