/* phrase: a sentence before it is said. It keeps the English format, by which translators know the sentence,
 * and its values, so that whoever reads it later reads it in their own language.
 *
 *     char made[PHRASE_SIZE], text[500];
 *     phrase_make(made, "number %d is missing between %d and %d", 12, 11, 13);
 *     phrase_say(made, tr, text, sizeof text);     "thiếu số 12 giữa 11 và 13"
 *     phrase_keep(made, &b);                       what is stored, see there
 *
 * Each value is written by its own conversion (%.1f, %lld) when the phrase is made. A value that is itself
 * ours to translate is marked: tr_later("its partner"). A phrase is one string: the format, its values behind
 * a unit separator each, further formats behind a record separator; they are said with ": " between them.
 * What does not fit is cut at a character. Low.
 */
#ifndef DAU_BASE_PHRASE_H
#define DAU_BASE_PHRASE_H

#include "base/str.h"

#include <stdarg.h>

enum { PHRASE_SIZE = 1400 }; /* bytes, with the NUL */

/* A literal that is translated when its phrase is said; for %s of phrases and of err_set() alone. */
#define tr_later(literal) "\1" literal
/* Stands before each value of such a literal: "%s" TR_VALUE "%d", tr_later("on page %d"), 3. */
#define TR_VALUE "\x1d"

/* A literal that translators see where none stands in the call itself: say(n ? tr_mark("a") : tr_mark("b")). */
#define tr_mark(literal) literal

typedef const char *(*Translate)(const char *message);

void phrase_make(char made[PHRASE_SIZE], const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void phrase_makev(char made[PHRASE_SIZE], const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
/* Puts `before` in front: the place it happened at. */
void phrase_prefix(char made[PHRASE_SIZE], const char before[PHRASE_SIZE]);
/* A sentence as it is: nothing of it is translated. */
void phrase_plain(char made[PHRASE_SIZE], const char *sentence);

/* The sentence, by NULL in English; NUL-terminated and cut at a character. A translation may take values in
 * another order (%2$s) and leave one out (%2$.0s). */
void phrase_say(const char *made, Translate by, char *text, size_t cap);

/* What is stored: the English sentence, a record separator (char(30) of SQL), and the phrase. */
void phrase_keep(const char *made, Buf *out);
/* The phrase of what was stored. A sentence alone, as older versions stored it, is taken as it is. */
void phrase_recall(const char *stored, char made[PHRASE_SIZE]);

/* What is stored, as a sentence: phrase_recall() and phrase_say(). */
void phrase_say_kept(const char *stored, Translate by, char *text, size_t cap);

/* s, of n bytes, without a character that was begun and is not whole. */
size_t phrase_cut(const char *s, size_t n);

#endif
