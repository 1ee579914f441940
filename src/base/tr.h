/* tr: translates what is said to a person (gettext).
 *
 *     tr_open();                                   (once, before the first message)
 *     fprintf(stderr, tr("cannot open '%s': %s"), path, reason);
 *
 * err_set() and its sisters translate their format themselves. The language is that of LC_ALL, LC_MESSAGES or LANG
 * ("vi_VN.UTF-8"), even where the system does not have that locale. Under a locale such as C.UTF-8 it is LANGUAGE's.
 * Numbers, dates and everything written for programs stay as they are: no other part of the locale is used. po/vi.po
 * holds the sentences.
 *
 * A server answers each reader in their own language: tr_language("vi") holds for the calling thread, until
 * tr_language(NULL), and needs no locale.
 */
#ifndef DAU_BASE_TR_H
#define DAU_BASE_TR_H

/* Takes the language from the environment. Where no translation is found, messages stay English. */
void tr_open(void);
/* The translation, lent; the message itself where it has none. */
const char *tr(const char *message) __attribute__((format_arg(1)));

/* Sets the calling thread's language: "vi", "en-GB", or the value of an Accept-Language header, whose first entry
 * counts. A language that we have no sentences for is taken as English. */
void tr_language(const char *language);

#endif
