/* extract/names/names: private to extract/. The one grammar of a school's name, for cells, lines and sentences:
 *
 *     token.c      words cut into tokens; sense.c: what each is by itself; compare.c: what was read against what was meant
 *     level.c      "Trường THCS", "MN", "KHỐI TIỂU HỌC": which level the words say
 *     district.c   "quận Cầu Giấy", "xã Vân Hòa": units of the country
 *     header.c     "STT", "Đơn vị kết nghĩa": what a column holds
 *     numeral.c    "II", "B", "2": what tells a school from its sister, however it was read
 *     beside.c     what stands beside a name in its cell: its place, its level, whom to call
 *     organisation.c  "CĐCS Trường THCS X": not the school is twinned, but those in it
 *     name.c       the names in a cell, each with its level and district
 *     mend.c       a name as the gazetteer writes it, where that is likelier than what was read
 */
#ifndef DAU_EXTRACT_NAMES_NAMES_H
#define DAU_EXTRACT_NAMES_NAMES_H

#include "doc/pairing.h"
#include "extract/names/numeral.h"
#include "extract/names/token.h"
#include "model/gazetteer.h"

/* ---- levels ---- */

/* The level whose words begin the run and how many tokens they take ("Trường" before them counted in); or
 * LEVEL_NONE. */
Level level_prefix(Run r, int *used);
/* "Trường", or what an engine made of it. */
bool tok_is_lead(const Tok *t);
/* "I", "Ĩ", "IH": the number before a heading, or after a name, however it was read. */
bool heading_number(const Tok *t);
/* "I. KHỐI MẦM NON", "TIỂU HỌC": nothing but a level's heading. */
bool section_level(Run r, Level *level);
/* Only the level's words: a level column's cell. */
Level level_cell(Run r);
bool levels_agree(Level a, Level b);
/* A heading over a table that names one level among other words: "DANH SÁCH CÁC TRƯỜNG MẦM NON KẾT NGHĨA". */
Level level_mentioned(Run r);

/* ---- districts ---- */

/* quận, huyện, thị xã, TP ...: what kind of unit begins the run, and how many tokens its words are. */
UnitKind unit_word(Run r, int *used);
/* The longest known district at the front, else with `trust` the words in capitals; *used tokens. NULL: none. */
const char *district_name(Arena *a, const Gazetteer *g, Run r, bool trust, int *used);
/* "quận Cầu Giấy" anywhere in the run: the district's name, or NULL. */
const char *district_mentioned(Arena *a, const Gazetteer *g, Run r);
const char *province_mentioned(Arena *a, const Gazetteer *g,
                               Run r); /* "tỉnh Lào Cai": the same of a province */
struct Doc;
/* Where the engine read no marks, provinces tell which district is meant: first each line's, then all districts of the
 * document settle one another, then any other is asked for. With marks nothing changes; NULL stays NULL. */
void district_note_province(struct Doc *doc, Run line);
void districts_settle(struct Doc *doc);
const char *district_settled(const struct Doc *doc, const char *name);

/* ---- what stands beside a name ---- */

typedef enum BesideKind {
    BESIDE_NOTHING,
    BESIDE_PLACE,  /* a district, a ward, an address */
    BESIDE_PERSON, /* somebody, or how to reach them */
    BESIDE_LEVEL   /* in brackets: the level of the name before them */
} BesideKind;

typedef struct Beside {
    BesideKind kind;
    int used;             /* tokens */
    const char *district; /* BESIDE_PLACE: where it says one */
    Level level;          /* BESIDE_LEVEL */
} Beside;

/* What begins the run and is not part of a name. `apart`: a mark or a new line stands before it; `line`: a new line
 * does. */
Beside beside_read(Arena *a, const Gazetteer *g, Run r, bool apart, bool line);
/* The same of all that stands in brackets. */
Beside beside_in_bracket(Arena *a, const Gazetteer *g, Run inside);

/* ---- headers of columns ---- */

/* What a column of a list of pairings is for. */
typedef enum Role {
    ROLE_NONE,
    ROLE_ORDINAL,
    ROLE_LEVEL,
    ROLE_SCHOOL,
    ROLE_PARTNER,
    ROLE_DISTRICT,         /* where the school is */
    ROLE_PARTNER_DISTRICT, /* where the partner is */
    ROLE_OTHER
} Role;

/* What a cell over a column says of it. */
typedef struct Header {
    HeaderKind kind;
    HeaderSide side;
    int count;            /* of "Trường 2"; 0: none */
    Level level;          /* "Trường Mầm non"; or LEVEL_NONE */
    const char *district; /* "Quận Tây Hồ"; NULL */
    bool schools;         /* the word "trường" or a level stands in it */
    bool known;           /* any of these is said */
} Header;

Header header_read(Arena *a, const Gazetteer *g, Run r);
/* The same as a role, for a header that stands alone. */
Role header_role(Run r);
/* "Trường Phú Hải", "Trường THPT Tây Đô": words for a school, then what can be its name. In a header that is all in
 * capitals "TRƯỜNG VỆ TINH" looks so too. */
bool header_names_school(Run r);
/* The number of "Trường 1", "Trường THPT 2 thuộc quận Long Biên", columns of schools that are counted; else 0. */
int header_count(Run r);
/* "Mầm non Hoa Mai": words of a level and then a name, not "Trường mầm non quận Tây Hồ", which is a header. */
bool run_is_school(Run r);

/* ---- unions and the like ---- */

/* The run without "CĐCS", "Chi bộ" and the like before schools; the token behind says which (Tok.of) and has them in
 * its raw. `cell`: at its front they may stand before a bare name. */
Run run_of_schools(Arena *a, Run r, bool cell);
/* What was taken out of it, the first where there are several. */
PairKind run_organisation(Run r);
/* The same, or what it begins with: the header "Công đoàn cơ sở". */
PairKind run_begins_organisation(Run r);

/* ---- names ---- */

typedef struct Name {
    Level level;      /* by prefix, or LEVEL_NONE */
    Level among;      /* by its column or the heading above, or LEVEL_NONE */
    const char *name; /* without the level's words */
    const char *raw;
    const char *read;     /* raw without the words of the level */
    const char *district; /* said in the cell, or NULL */
    const char *registry; /* id in the user's registry, or NULL */
    float prob;
    Typed typed;      /* of all its words, the least */
    bool guessed;     /* a line's end was taken for the end of a name */
    bool mended;      /* letters were changed to those of a name in the lists */
    bool listed;      /* the lists have it, as it is written */
    bool here;        /* after a ward of its district, or in the user's registry */
    float sure;       /* that it is this name and no other that the lists have near to it */
    bool rival;       /* a ward of its district is nearly as likely */
    const char *why;  /* when explaining: the candidates and their reasons; else NULL */
    bool stray;       /* a stroke or lone letter at its end was left off, which may be a numeral */
    const char *tail; /* that stroke or letter, as read; else NULL */
    Numbering list;   /* how its column is numbered */
    bool unsettled;   /* what ends it is not a numeral as read, and nothing tells which was meant */
    Place place;
    Rect at; /* upright, of its first line */
} Name;

typedef VEC(Name) Names;

/* What the names of one column have in common. */
typedef struct NameStyle {
    bool lead;         /* "Trường" stands before every name and is not part of it */
    bool kinds;        /* "Trường" or a level does */
    bool places;       /* wards or districts have a column of their own */
    Numbering numbers; /* how those that have a numeral are numbered */
} NameStyle;

/* "các trường A và B", "03 trường: A, B": tokens that only say that several names follow. */
int names_intro(Run r);
/* "Chưa có", "(đang liên hệ)": the cell says that there is no partner. */
bool run_is_nobody(Run r);
/* "Công ty TNHH Hòa Bình", "Đồn Biên phòng A Mú Sung": no school, though it is twinned with one. */
bool run_is_outsider(Run r);
void names_parse(Names *out, Arena *a, const Gazetteer *g, Run cell, NameStyle style);

/* Writes a name as the gazetteer does where that is likelier than what was read: other marks, a letter or
 * two. `districts`: those the school may be of. First name_note() for all names of the document. */
struct Doc;
void name_note(struct Doc *doc, const Name *name);
void name_mend(struct Doc *doc, Name *name, const char *const *districts, int n);
/* Takes the name and district of the user's registry where it has the school. `level` where the name itself
 * says none; `district` the same. */
void name_register(const struct Doc *doc, Name *name, Level level, const char *district);
/* The name without "số 1" and what else tells it from its sisters, before or behind. In `a`. */
const char *name_stem(const struct Doc *doc, Arena *a, const char *name);
/* Letters that no name has where they stand ("Lé@ Duẩn", "MéTri"). */
bool name_is_odd(const char *name);
/* The district whose wards many of the names are; NULL: none. */
const char *names_district(const struct Doc *doc, const char *const *names, int n);

#endif
