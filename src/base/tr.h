/* tr: what is said to a person, in the person's language (gettext).
 *
 *     tr_open();                                   once, before the first message
 *     fprintf(stderr, tr("cannot open '%s': %s"), path, reason);
 *
 * err_set() and the like translate their format themselves. The language is that of LC_ALL, LC_MESSAGES or
 * LANG ("vi_VN.UTF-8"), also where the system has no such locale made; under a locale such as C.UTF-8, LANGUAGE's. Numbers, dates and everything written
 * for programs stay as they are: no other part of the locale is taken up. po/vi.po holds the sentences. Low.
 *
 * A server answers each in their own language: tr_language("vi") is for the calling thread alone, until
 * tr_language(NULL), and needs no locale.
 */
#ifndef DAU_BASE_TR_H
#define DAU_BASE_TR_H

void tr_open(void);
const char *tr(const char *message) __attribute__((format_arg(1))); /* message itself where there is none */

/* "vi", "en-GB", or the value of an Accept-Language header, of which the first counts. A language without
 * sentences of ours is English. */
void tr_language(const char *language);

#endif
