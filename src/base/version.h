/* version: what `dau --version` says and every stored result names. debian/changelog and CHANGELOG.md have it, too. */
#ifndef DAU_BASE_VERSION_H
#define DAU_BASE_VERSION_H

#define DAU_VERSION "0.1.0"

#endif
