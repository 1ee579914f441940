/* Words that tell of twinning. In "Trường MN Hoa Mai chưa kết nghĩa với ..." stands a cue, "kết nghĩa", but
 * four words before it "chưa": it does not count, nor after "dự kiến" or "sẽ", nor "ký" a "giao ước thi đua".
 * "kết nghĩa" tells by itself; "ký kết", "ghi nhớ" and the like only in a text that is about twinning. */
#include "extract/prose/prose.h"

#include <string.h>

enum {
    NEGATION = 4, /* tokens before a cue in which "chưa" speaks of it */
    PLANNED = 7,  /* the same for "dự kiến" */
};

typedef struct Cue {
    const char *letters;
    int most;
    bool twin; /* tells by itself */
} Cue;

static const Cue cues[] = {
    {"ketnghia", 1, true},
    {"kyket", 0, false},
    {"kiket", 0, false},
    {"banghinho", 1, false},
    {"giaouoc", 0, false},
    {"kyuoc", 0, false},
    {"kycamket", 1, false},
    {"kehoachphoihop", 2, false},
    {"kehoachlientich", 2, false},
    {"chuongtrinhphoihop", 2, false},
    {"kybienban", 1, false},
    {"kyghinho", 0, false},
    {"hoptacphattrien", 1, false},
    {"thoathuanhoptac", 1, false},
    {"phoihoptochucphongtrao", 2, false},
};

/* A word, its letters and how it is written: "dừng" is not "dựng". */
typedef struct Said {
    const char *letters, *word;
} Said;

/* Is one of the words among the last `within` tokens before the cue? Names are passed over. */
static bool before_it(const Body *b, int cue, int within, int from, const Said *words, size_t n)
{
    int first = cue - within > from ? cue - within : from;
    for (int i = first; i < cue; i++)
        for (size_t k = 0; k < n; k++) {
            int used = body_capital(b, i) && i > from ? 0 : body_is(b, i, cue, words[k].letters, 0);
            if (used && body_marked(b, i, i + used, words[k].word)) return true;
        }
    return false;
}

static bool denied(const Body *b, int cue, int from)
{
    static const Said no[] = {{"khong", "không"}, {"chua", "chưa"}, {"chamdut", "chấm dứt"}, {"dung", "dừng"},
                              {"huy", "hủy"},     {"thoi", "thôi"}, {"tuchoi", "từ chối"},   {"neu", "nếu"}};
    static const Said later[] = {{"dukien", "dự kiến"},
                                 {"dexuat", "đề xuất"},
                                 {"denghi", "đề nghị"},
                                 {"kiennghi", "kiến nghị"},
                                 {"xin", "xin"},
                                 {"mongmuon", "mong muốn"},
                                 {"nguyenvong", "nguyện vọng"},
                                 {"se", "sẽ"},
                                 {"chuanbi", "chuẩn bị"},
                                 {"cothe", "có thể"},
                                 {"xemxet", "xem xét"},
                                 {"truocday", "trước đây"},
                                 {"tung", "từng"},
                                 {"dudinh", "dự định"},
                                 {"muon", "muốn"}};
    return before_it(b, cue, NEGATION, from, no, sizeof no / sizeof *no) ||
           before_it(b, cue, PLANNED, from, later, sizeof later / sizeof *later);
}

/* "giao ước thi đua", "hợp đồng": signed, but no twinning. */
static bool of_another_kind(const Body *b, int end, int sentence_end)
{
    static const char *const other[] = {"thidua", "hopdong", "antoangiaothong", "phongchong"};
    for (int i = end; i < sentence_end && i < end + 3; i++)
        for (size_t k = 0; k < sizeof other / sizeof *other; k++)
            if (body_is(b, i, sentence_end, other[k], 0)) return true;
    return false;
}

int cue_at(const Prose *p, int i, int from, int end, bool *twin)
{
    const Body *b = p->b;
    if (b->tok.v[i].mark) return 0;
    for (size_t k = 0; k < sizeof cues / sizeof *cues; k++) {
        int used = body_is(b, i, end, cues[k].letters, cues[k].most);
        if (!used || (!cues[k].twin && !p->joint && !p->about)) continue;
        if (denied(b, i, from) || of_another_kind(b, i + used, end)) return 0;
        *twin = cues[k].twin;
        return i + used;
    }
    return 0;
}

int cue_find(const Prose *p, int from, int to, int sentence, int end, bool *twin)
{
    int found = -1;
    *twin = false;
    for (int i = from; i < to; i++) {
        bool own;
        if (!cue_at(p, i, sentence, end, &own)) continue;
        if (found < 0) found = i;
        *twin |= own;
    }
    return found;
}

bool cue_watched(const Body *b, int first, int end)
{
    static const Said verbs[] = {{"thamdu", "tham dự"},       {"du", "dự"},
                                 {"chungkien", "chứng kiến"}, {"chucmung", "chúc mừng"},
                                 {"phatbieu", "phát biểu"},   {"moi", "mời"},
                                 {"timhieu", "tìm hiểu"},     {"tuyentruyen", "tuyên truyền"}};
    return before_it(b, end, end - first, first, verbs, sizeof verbs / sizeof *verbs);
}

const char *cue_denied(const Prose *p, int from, int end)
{
    const Body *b = p->b;
    const char *why = NULL;
    for (int i = from; i < end; i++)
        for (size_t k = 0; k < sizeof cues / sizeof *cues && !b->tok.v[i].mark; k++) {
            int used = body_is(b, i, end, cues[k].letters, cues[k].most);
            if (!used || (!cues[k].twin && !p->joint && !p->about)) continue;
            if (of_another_kind(b, i + used, end))
                why = "another kind of agreement is signed";
            else if (denied(b, i, from))
                why = "the twinning is denied, has ended, or is only planned";
            else
                return NULL;
        }
    return why;
}
