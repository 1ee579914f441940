/* token: a line of text as the words, numbers and signs that the language model counts.
 *
 * Training and decoding read text through this one file, so that they cannot drift apart.
 *
 *     TokenReader r = token_reader(line, len);          (len bytes of NFC)
 *     Token t;
 *     char key[TOKEN_KEY_MOST];
 *     while (token_next(&r, &t)) use(key, token_key(line, &t, key));
 *
 * "Kế hoạch số 4340/KH-SGDĐT" gives  kế · hoạch · số · 0000 · / · kh · - · sgdđt: words in lower case with
 * the tone in its old place, numbers as their shape, quotes and dashes as the plain ones.
 */
#ifndef DAU_MODEL_TOKEN_H
#define DAU_MODEL_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TOKEN_KEY_MOST = 64 }; /* bytes of a key with its NUL */

typedef enum TokenKind {
    TOKEN_WORD,   /* letters of any script */
    TOKEN_NUMBER, /* digits, with . , / : between digits */
    TOKEN_SIGN,   /* one other character */
    TOKEN_FIXED,  /* an e-mail address or a URL: never touched */
} TokenKind;

typedef enum Casing {
    CASE_LOWER, /* hoa */
    CASE_TITLE, /* Hoa */
    CASE_UPPER, /* HOA; not a single letter, which is CASE_TITLE */
    CASE_MIXED, /* hOa */
} Casing;

typedef struct Token {
    uint32_t at, len; /* bytes of the line */
    uint8_t kind;     /* TokenKind */
    uint8_t casing;   /* Casing, of a word */
    bool gap;         /* a blank or the line's begin stands before it */
    bool start;       /* a sentence may begin here, so that a capital says nothing */
} Token;

typedef struct TokenReader {
    const char *s;
    size_t n, at;
    bool start;
} TokenReader;

TokenReader token_reader(const char *s, size_t n);
bool token_next(TokenReader *r, Token *t); /* false at the end */

/* What the model knows the token by, into key; returns its length, 0 when it is too long to be known. */
size_t token_key(const char *s, const Token *t, char key[TOKEN_KEY_MOST]);
/* The same for a word alone, of n bytes: lower case, tone in its old place. */
size_t token_word_key(const char *s, size_t n, char key[TOKEN_KEY_MOST]);
/* The skeleton of a key (viet_skeleton without an arena). Returns its length. */
size_t token_skeleton(const char *key, size_t n, char skeleton[TOKEN_KEY_MOST]);
Casing token_casing(const char *s, size_t n);

/* Bytes at s (up to the next blank) that are an e-mail address or a URL; 0 when they are none. */
size_t token_fixed(const char *s, size_t n);

/* ---- one character ---- */
typedef enum CharKind { CHAR_BLANK, CHAR_LETTER, CHAR_DIGIT, CHAR_SIGN } CharKind;
CharKind char_kind(int32_t c);
int32_t char_plain(int32_t c); /* quotes and dashes of all kinds as ' " - */

#endif
