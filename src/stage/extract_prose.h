/* extract_prose: private to extract_prose*.c. Schools named in running text. */
#ifndef DAU_STAGE_EXTRACT_PROSE_H
#define DAU_STAGE_EXTRACT_PROSE_H

#include "stage/extract_body.h"

/* One place where a school is named. */
typedef struct Mention {
    int first, end; /* tokens, from "Trường" to the district, if it is said */
    int name_first, name_end;
    Level level;
    const char *name;     /* capitals throughout are written as a name is */
    const char *district; /* said with it, or NULL */
    int school;           /* index in Schools.v */
} Mention;

/* A school of the document, under whatever forms it is named. */
typedef struct ProseSchool {
    Level level;
    const char *key;      /* viet_key() of its name, the longest form */
    const char *name;     /* the form read best and most often */
    const char *district; /* said most often, or by the letterhead; NULL */
    int best;             /* mention that shows it */
    int mentions;
    float sure; /* how well it was read where it is named first */
    float prob; /* that name is right */
} ProseSchool;

typedef struct Schools {
    VEC(Mention) at;    /* in reading order */
    VEC(ProseSchool) v; /* in the order they are named first */
} Schools;

void schools_find(Schools *s, const Body *b, const FactVec *facts);
void schools_release(Schools *s);

#endif
