/* version: what `dau --version` says, and what every result is stored with. */
#ifndef DAU_BASE_VERSION_H
#define DAU_BASE_VERSION_H

#define DAU_VERSION "0.1.0"

#endif
