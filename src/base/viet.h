/* viet: Vietnamese letters.
 *
 * A Vietnamese letter is a base letter, a mark that makes another letter of it, and a tone:
 *
 *     ế = e + circumflex + acute (sắc)       ợ = o + horn + dot below (nặng)       đ = d + stroke
 *
 * The *skeleton* of a text is what is left when marks and tones are taken away and case is dropped:
 * "Đông Mai" -> "dong mai". Text inside dau is NFC (Unicode 15, UAX #15) by utf8proc; this file is its only
 * home. Low: includes only arena, str and utf8.
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

Letter viet_letter(int32_t c);       /* taken apart */
int32_t viet_compose(Letter letter); /* put together; -1 when there is no such letter (ê + stroke) */

/* Whether n bytes hold a letter that Vietnamese has and Latin-1 has not (ạ ế ư đ): no text of Western Europe
 * does. */
bool viet_has_own_letter(const char *s, size_t n);

bool viet_is_letter(int32_t c); /* any letter of any script */
bool viet_is_upper(int32_t c);
bool viet_is_digit(int32_t c); /* 0-9 only */
bool viet_is_space(int32_t c); /* white space, U+00A0, other blanks and all control characters among it */
int32_t viet_lower(int32_t c);
int32_t viet_upper(int32_t c);
/* The plain lower-case letter under any accent: Ẻ -> e, ñ -> n, Đ -> d; other characters as they are (in
 * lower case); -1 for a combining accent. */
int32_t viet_bare(int32_t c);

/* Where the tone is written in oa, oe, uy without a final consonant: hòa, thủy (old) or hoà, thuỷ (new). */
typedef enum ToneStyle { TONE_OLD, TONE_NEW } ToneStyle;
/* Puts the tone of one syllable (n code points, any case) on the letter where it belongs, in place: hoà ->
 * hòa, qủa -> quả, hòan -> hoàn. What is not a syllable with one tone stays. True when something moved. */
bool viet_place_tone(int32_t *c, size_t n, ToneStyle style);
/* The same for every syllable of a string. */
char *viet_tone_str(Arena *a, const char *s, ToneStyle style);

/* ---- strings; every result is in the arena, NUL-terminated, NFC ---- */

/* NFC of a UTF-8 string; broken bytes become U+FFFD; U+00D0 (Ð) and U+0110 are one letter Đ. */
char *viet_nfc(Arena *a, const char *s, size_t n);
/* The skeleton: lower case, no marks, no tones, đ -> d; other characters stay. Any accent of any
 * alphabet goes (ñ -> n), for an OCR without Vietnamese invents them. */
char *viet_skeleton(Arena *a, const char *s);
/* The skeleton's words: letters and digits only, parted by single blanks. "Hà Nội-Thăng Long" ->
 * "ha noi thang long". What names are compared by. */
char *viet_key(Arena *a, const char *s);
char *viet_lower_str(Arena *a, const char *s);
char *viet_upper_str(Arena *a, const char *s);
/* One blank between words, none at the ends. */
char *viet_trim(Arena *a, const char *s);

#endif
