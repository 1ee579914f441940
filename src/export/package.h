/* export/package: a folder that other programs know how to read: tables as CSV and a description of them, a
 * data package (Frictionless Data: Data Package and Table Schema, 2017 to 2.0).
 *
 *     datapackage.json    what the tables and columns are, keys and foreign keys
 *     documents.csv       id, file, sha256, pages
 *     schools.csv         id, level, name, district, key        each school once
 *     pairings.csv        id, document, page, no, level, school, partner, prob, flags, rule, ...
 *
 * For programs: values as they are, no mark before what looks like a formula. The same database gives the
 * same bytes.
 */
#ifndef DAU_EXPORT_PACKAGE_H
#define DAU_EXPORT_PACKAGE_H

#include "store/store.h"

/* Into the folder, which must be there; each file is written whole, the description last. */
bool export_package(const char *folder, const Rows *rows, const Listing *documents, const char *version,
                    Err *err);

#endif
