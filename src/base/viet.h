/* viet: takes Vietnamese letters apart, puts them together, and makes the forms that texts are compared in.
 *
 * A Vietnamese letter is a base letter, a mark that makes another letter of it, and a tone:
 *
 *     ế = e + circumflex + acute (sắc)       ợ = o + horn + dot below (nặng)       đ = d + stroke
 *
 * The *skeleton* of a text is its letters without marks, tones and case: "Đông Mai" -> "dong mai".
 *
 *     Letter l = viet_letter(0x1EBF);           (ế: {'e', MARK_CIRCUMFLEX, TONE_ACUTE, false})
 *     l.tone = TONE_DOT;
 *     int32_t c = viet_compose(l);              (ệ)
 *     viet_skeleton(&a, "Đông Mai")             "dong mai"
 *     viet_key(&a, "Hà Nội-Thăng Long")         "ha noi thang long"
 *
 * Text inside dau is NFC (Unicode Standard Annex #15), made by utf8proc, whose only home is viet.c. Nothing here fails:
 * a byte that is not UTF-8 is read as U+FFFD. Of our headers it needs arena, str and utf8.
 */
#ifndef DAU_BASE_VIET_H
#define DAU_BASE_VIET_H

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- letters ---- */

typedef enum Tone {
    TONE_NONE,
    TONE_GRAVE,
    TONE_HOOK,
    TONE_TILDE,
    TONE_ACUTE,
    TONE_DOT
} Tone; /* ngang huyền hỏi ngã sắc nặng */
typedef enum Mark { MARK_NONE, MARK_BREVE, MARK_CIRCUMFLEX, MARK_HORN, MARK_STROKE } Mark; /* ă â ơ đ */

typedef struct Letter {
    char base; /* 'a'..'z', or 0 when c is not a letter of Vietnamese (f j w z count as letters) */
    Mark mark;
    Tone tone;
    bool upper;
} Letter;

Letter viet_letter(int32_t c);       /* taken apart; base 0 where it is not one */
int32_t viet_compose(Letter letter); /* put together; -1 when there is no such letter (ê + stroke) */

/* Whether the n bytes hold a letter that Vietnamese has and Latin-1 lacks (ạ ế ư đ). No text of Western Europe does. */
bool viet_has_own_letter(const char *s, size_t n);

bool viet_is_letter(int32_t c); /* any letter of any script */
bool viet_is_upper(int32_t c);
bool viet_is_digit(int32_t c); /* 0-9 only */
bool viet_is_space(int32_t c); /* white space, U+00A0, U+200B, U+FEFF and all control characters */
/* The letter in the other case; a character that has none, as it is. */
int32_t viet_lower(int32_t c);
int32_t viet_upper(int32_t c);
/* The plain lower-case letter under any accent: Ẻ -> e, ñ -> n, Đ -> d. A character without an accent only becomes lower
 * case; a combining accent gives -1. */
int32_t viet_bare(int32_t c);

/* Where the tone of oa, oe and uy is written when no consonant follows: hòa, thủy (old) or hoà, thuỷ (new). */
typedef enum ToneStyle { TONE_OLD, TONE_NEW } ToneStyle;
/* Moves the tone of one syllable to the letter where it belongs, in place: hoà -> hòa, qủa -> quả, hòan -> hoàn. The
 * syllable is n code points of any case. True when something moved. What is not a syllable with one tone stays. */
bool viet_place_tone(int32_t *c, size_t n, ToneStyle style);
/* The same for every syllable of a string. In the arena. */
char *viet_tone_str(Arena *a, const char *s, ToneStyle style);

/* ---- strings: every result is in the arena and NUL-terminated; of NFC it is NFC ---- */

/* NFC of n bytes. Broken bytes become U+FFFD, and U+00D0 (Ð) becomes Đ, U+0110. Of a run of combining marks at most 30
 * are kept. */
char *viet_nfc(Arena *a, const char *s, size_t n);
/* The skeleton: lower case, without marks and tones, đ -> d. Other characters stay. Accents of every alphabet go
 * (ñ -> n), because an engine without Vietnamese invents them. */
char *viet_skeleton(Arena *a, const char *s);
/* The words of the skeleton, letters and digits only, with single blanks between. Names are compared by it. */
char *viet_key(Arena *a, const char *s);
char *viet_lower_str(Arena *a, const char *s);
char *viet_upper_str(Arena *a, const char *s);
/* One blank between words, none at the ends. */
char *viet_trim(Arena *a, const char *s);

#endif
