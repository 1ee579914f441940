/* token: cuts a line of text into the words, numbers and signs that the language model counts.
 *
 * Training and decoding read text through this one file, so that they cannot drift apart.
 *
 *     TokenReader r = token_reader(line, len);          (len bytes of NFC, lent for as long as it reads)
 *     Token t;
 *     char key[TOKEN_KEY_MOST];
 *     while (token_next(&r, &t)) use(key, token_key(line, &t, key));
 *
 * "Kế hoạch số 4340/KH-SGDĐT" gives  kế · hoạch · số · 0000 · / · kh · - · sgdđt. Words come in lower case with the tone
 * in its old place. Numbers come as their shape, quotes, dashes and bullets as the plain one of their kind. Nothing here
 * fails.
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

/* Begins to read the n bytes at s, one line. */
TokenReader token_reader(const char *s, size_t n);
bool token_next(TokenReader *r, Token *t); /* false at the end */

/* Writes the key that the model knows the token by, and returns its length; 0 for a word of 16 letters or more. A number
 * has its first 12 characters as a shape; an e-mail address or a URL is "<url>". */
size_t token_key(const char *s, const Token *t, char key[TOKEN_KEY_MOST]);
/* The same for a word by itself, of n bytes: lower case, tone in its old place. */
size_t token_word_key(const char *s, size_t n, char key[TOKEN_KEY_MOST]);
/* Writes the skeleton of a key, as viet_skeleton() but without an arena, and returns its length. */
size_t token_skeleton(const char *key, size_t n, char skeleton[TOKEN_KEY_MOST]);
Casing token_casing(const char *s, size_t n);

/* Bytes at s, up to the next blank, that are an e-mail address or a URL; 0 when they are neither. */
size_t token_fixed(const char *s, size_t n);

/* ---- one character ---- */
typedef enum CharKind { CHAR_BLANK, CHAR_LETTER, CHAR_DIGIT, CHAR_SIGN } CharKind;
CharKind char_kind(int32_t c);
int32_t char_plain(int32_t c); /* quotes and dashes as ' " -, bullets as U+2022 */

#endif
