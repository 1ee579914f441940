/* export/package: writes a folder that other programs know how to read: tables as CSV with a description of them.
 *
 *     export_package("goi-du-lieu", &rows, &documents, DAU_VERSION, &err);
 *
 *     datapackage.json    what the tables and columns are, keys and foreign keys
 *     documents.csv       id, file, sha256, pages
 *     schools.csv         id, level, name, district, key        each school once
 *     pairings.csv        id, document, page, no, level, school, partner, prob, flags, rule, ...
 *
 * The format is a data package (Frictionless Data: Data Package and Table Schema, 2017 to 2.0). It is for programs: values
 * stand as they are, without an apostrophe before what looks like a formula. The same database gives the same bytes.
 */
#ifndef DAU_EXPORT_PACKAGE_H
#define DAU_EXPORT_PACKAGE_H

#include "store/store.h"

/* Writes into the folder, which must exist. Each file is written whole (base/file.h), the description last.
 * DAU_FILE_ACCESS when one cannot be written. */
bool export_package(const char *folder, const Rows *rows, const Listing *documents, const char *version,
                    Err *err);

#endif
