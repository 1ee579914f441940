/* Every check that does not read the body is here. It refuses an old dicts/vi.lm, one that a full disk cut
 * short, or another program's file, once, before "trường" is looked up in it. What lies inside is bounded again where it is
 * used. */
#include "model/lm_file.h"

#include <string.h>

uint64_t lm_sum(const void *data, size_t n)
{
    const unsigned char *p = data;
    uint64_t lane[4] = {0xcbf29ce484222325u, 0x9ae16a3b2f90404fu, 0xc3a5c85c97cb3127u, 0xb492b66fbe98f273u};
    const uint64_t prime = 0x100000001b3u;
    size_t i = 0;
    for (; i + 32 <= n; i += 32)
        for (int k = 0; k < 4; k++) {
            uint64_t w;
            memcpy(&w, p + i + 8 * (size_t)k, 8);
            lane[k] = (lane[k] ^ w) * prime;
            lane[k] ^= lane[k] >> 29;
        }
    uint64_t sum = n;
    for (; i < n; i++) lane[0] = (lane[0] ^ p[i]) * prime;
    for (int k = 0; k < 4; k++) sum = (sum ^ lane[k] ^ lane[k] >> 32) * prime;
    return sum;
}

uint32_t lm_hash(const char *s, size_t n)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++) h = (h ^ (unsigned char)s[i]) * 16777619u;
    return h ^ h >> 15;
}

static size_t section_size(const LmHeader *h, int s)
{
    if (s >= LM_WORD_AT) {
        switch (s) {
        case LM_WORD_AT: return (size_t)(h->words + 1) * 4;
        case LM_WORD_FLAGS: return h->words;
        case LM_SKELETON_FIRST: return (size_t)(h->skeletons + 1) * 2;
        case LM_SKELETON_HASH: return (size_t)h->hash_size * 2;
        case LM_TRIE: return (size_t)h->nodes * sizeof(LmNode);
        default: return 0;
        }
    }
    unsigned level = (unsigned)s / LM_PARTS;
    size_t grams = h->grams[level], contexts = h->contexts[level], blocks = grams / LM_RANK_BITS + 1;
    bool inner = level + 1 < h->order;
    if (level >= h->order) return 0;
    switch ((LmPart)(s % LM_PARTS)) {
    case LM_ID: return level ? grams * 2 : 0;
    case LM_PROB: return grams;
    case LM_HAS: return inner ? blocks * LM_RANK_BITS / 8 : 0;
    case LM_RANK: return inner ? blocks * 4 : 0;
    case LM_CHILD: return inner ? (contexts + 1) * 4 : 0;
    case LM_BACKOFF: return inner ? contexts : 0;
    default: return 512 * sizeof(float);
    }
}

static bool sizes_hold(const LmHeader *h)
{
    if (h->order < 2 || h->order > LM_MOST_ORDER || h->words < 3 || h->words > LM_NONE) return false;
    if (h->skeletons > h->words || !h->nodes || !h->hash_size || (h->hash_size & (h->hash_size - 1)))
        return false;
    if (h->hash_size <= h->skeletons || h->grams[0] != h->words) return false;
    for (unsigned k = 0; k < h->order; k++)
        if (h->contexts[k] > h->grams[k]) return false;
    for (int s = 0; s < LM_SECTIONS; s++) {
        const LmSection *x = &h->section[s];
        if (x->at % 64 || x->at > h->file_size || x->size > h->file_size - x->at) return false;
        if (s != LM_WORD_TEXT && x->size != section_size(h, s)) return false;
    }
    return true;
}

static bool refuse(const char *name, const char *why, Err *err)
{
    return err_set(err, DAU_MISSING,
                   "cannot use the language model '%s': %s; run 'make models' or fetch it anew", name, why);
}

bool lm_file_over(LmFile *f, const void *data, size_t n, const char *name, Err *err)
{
    const LmHeader *h = data;
    *f = (LmFile){.map = {data, n}};
    if (err_is(err)) return false;
    if (n < sizeof *h || memcmp(h->magic, LM_MAGIC, sizeof h->magic) != 0)
        return refuse(name, tr_later("it is not a model of dau"), err);
    if (h->byte_order != LM_ORDER_MARK)
        return refuse(name, tr_later("it was made for another kind of machine"), err);
    if (h->version != LM_VERSION) return refuse(name, tr_later("it is of another version"), err);
    if (h->complete != LM_COMPLETE) return refuse(name, tr_later("its writing was not finished"), err);
    if (h->file_size != n) return refuse(name, tr_later("it is cut short or has grown"), err);
    if (h->header_sum != lm_sum(h, offsetof(LmHeader, header_sum)) || !sizes_hold(h))
        return refuse(name, tr_later("its header is damaged"), err);
    f->header = h;
    return true;
}

bool lm_file_open(LmFile *f, const char *path, Err *err)
{
    FileMap map;
    *f = (LmFile){0};
    if (!file_map(path, &map, err)) {
        err->code = DAU_MISSING;
        return false;
    }
    if (lm_file_over(f, map.data, map.size, path, err)) return true;
    file_unmap(&map);
    *f = (LmFile){0};
    return false;
}

bool lm_file_verify(const LmFile *f, Err *err)
{
    if (err_is(err)) return false;
    if (lm_sum(f->map.data + sizeof *f->header, f->map.size - sizeof *f->header) == f->header->body_sum)
        return true;
    return err_set(err, DAU_MISSING, "the language model is damaged: its checksum is another; fetch it anew");
}

void lm_file_close(LmFile *f)
{
    file_unmap(&f->map);
    f->header = NULL;
}

const void *lm_section(const LmFile *f, int section)
{
    return f->map.data + f->header->section[section].at;
}
