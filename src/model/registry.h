/* registry: the schools that a user's own file lists.
 *
 *     Registry *r = registry_open(words, "schools.tsv", NULL, &err);
 *     const RegistrySchool *s = registry_lookup(r, "Le Quy Don", LEVEL_TH, "Ba Vì");      lent
 *     registry_close(r);
 *
 * The file is UTF-8 text, a school a line, fields parted by tabs:
 *
 *     name  level  district  aliases          the header; optional; its columns may stand in any order
 *     Lê Quý Đôn  TH  Hà Đông  LQĐ; Le Quy Don 1
 *
 * name: with or without the words of the level before it ("Trường Tiểu học Lê Quý Đôn"). level: a code (MN,
 * TH, THCS, THPT, TH&THCS ...) or its words; empty: not said. district and aliases may be empty or left out;
 * aliases are parted by semicolons. A byte order mark, CR LF, empty lines and lines that begin with # are
 * fine. What cannot be read is an error that names the line.
 *
 * Names are compared without marks, case and punctuation, i for y ("Lý" is "Lí"), and with a number at the
 * end in any script ("Phú Minh 2" is "Phú Minh II"). Read-only after opening.
 *
 * A second file may follow the user's, of what corrections taught (dau learn): of it only names that the
 * user's does not have are taken, and they have no id.
 */
#ifndef DAU_MODEL_REGISTRY_H
#define DAU_MODEL_REGISTRY_H

#include "base/err.h"
#include "doc/pairing.h"
#include "model/words.h"

#include <stddef.h>

typedef struct RegistrySchool {
    const char *name;     /* without the words of its level */
    Level level;          /* LEVEL_NONE: not said */
    const char *district; /* or NULL */
    const char *id;       /* number of its line in the user's file; NULL: of the learnt */
} RegistrySchool;

typedef struct Registry Registry;

/* `words`, which outlive it, know titles of columns and "trường"; either path may be NULL. NULL and DAU_FILE_ACCESS or
 * DAU_BAD_INPUT when a file cannot be read. */
Registry *registry_open(const Keywords *words, const char *path, const char *learnt, Err *err);
void registry_close(Registry *r); /* NULL is fine */
size_t registry_schools(const Registry *r);
const RegistrySchool *registry_school(const Registry *r, size_t i);
/* The school of this name or alias: of this level where both are said, of this district where several are
 * left. NULL: none, or it is not clear which. level may be LEVEL_NONE, district NULL. r may be NULL. */
const RegistrySchool *registry_lookup(const Registry *r, const char *name, Level level, const char *district);

#endif
