/* registry: the schools that a user's own file lists.
 *
 *     Registry *r = registry_open(words, "schools.tsv", NULL, &err);
 *     const RegistrySchool *s = registry_lookup(r, "Le Quy Don", LEVEL_TH, "Ba Vì");      lent
 *     registry_close(r);
 *
 * The file is UTF-8 text, a school a line, with tabs between the fields:
 *
 *     name  level  district  aliases          the header; optional; its columns may stand in any order
 *     Lê Quý Đôn  TH  Hà Đông  LQĐ; Le Quy Don 1
 *
 * - name: with or without the words of the level before it ("Trường Tiểu học Lê Quý Đôn").
 * - level: a code (MN, TH, THCS, THPT, TH&THCS ...) or its words; empty: not said.
 * - district and aliases may be empty or left out; semicolons part aliases.
 *
 * A byte order mark, CR LF, empty lines and lines that begin with # are fine. An error names the line that cannot be
 * read. Names are compared without marks, case and punctuation, with i for y ("Lý" is "Lí"). A Roman numeral I to VI at
 * the end is the digit ("Phú Minh II" is "Phú Minh 2").
 *
 * A second file may follow, of what corrections taught (dau learn). Of it only names are taken that the user's file does
 * not have; they have no id. After opening, the registry is only read; everything it returns is lent until
 * registry_close().
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

/* Reads both files, of 64 MB at most; either path may be NULL. `words` must outlive the registry: they know titles of
 * columns and "trường". NULL with DAU_FILE_ACCESS or DAU_BAD_INPUT when a file cannot be read. */
Registry *registry_open(const Keywords *words, const char *path, const char *learnt, Err *err);
void registry_close(Registry *r); /* NULL is allowed */
size_t registry_schools(const Registry *r);
const RegistrySchool *registry_school(const Registry *r, size_t i);
/* The school of this name or alias. Where both say a level, it must agree. Where several schools are left, the district
 * decides. NULL: there is none, or it is not clear which. level may be LEVEL_NONE, district and r NULL. */
const RegistrySchool *registry_lookup(const Registry *r, const char *name, Level level, const char *district);

#endif
