/* restore/lattice: the readings of a text as a graph, and the best way through it. Private to restore.
 *
 * Nodes stand between the pieces of the text, in reading order. A slot joins two nodes: one piece of raw text
 * and its candidates. Where a piece may be read as one word or as two, several slots lie side by side.
 *
 *     node 0 ──[Thay: thay thầy thấy ...]── 1 ──[c0: cô có c0]── 2
 */
#ifndef DAU_RESTORE_LATTICE_H
#define DAU_RESTORE_LATTICE_H

#include "base/vec.h"
#include "model/ngram.h"

typedef struct Cand {
    uint16_t
        id; /* of the model; LM_UNKNOWN for what it does not know; LM_NONE for what is not a token at all */
    uint8_t kind;     /* the caller's: how the text is made */
    uint8_t fits;     /* the caller's: what was lost if it is this */
    float score;      /* natural logarithm: what the raw text says of it (channel, form) */
    float lift;       /* the caller's: what a dictionary adds to the score */
    float posterior;  /* lattice_posteriors: 0..1 */
    const char *text; /* the caller's: what it reads, NULL until it is made */
} Cand;

typedef struct Slot {
    int from, to;          /* nodes */
    int first_cand, cands; /* in Lattice.cand; ids ascend, LM_UNKNOWN may come first */
    uint32_t at, len;      /* the caller's: where the piece stands */
    bool word;             /* the caller's: letters; two in a row need a blank between */
    bool label;            /* the caller's: of a list's item; its order tells it, not the words around */
    bool place;            /* the caller's: of a place's name that no district confirms */
    bool no_phrase;        /* the caller's: known that none of the dictionary's begins here */
    int32_t next;          /* next slot that leaves the same node, -1 at the end */
} Slot;

typedef struct Node {
    int32_t slots;   /* first slot that leaves it, -1 none */
    bool may_break;  /* a new text may begin here: line ends */
    bool must_break; /* a new text begins here; no slot leads past it */
    int first_state, states;
    float best; /* of the ways that reached it so far */
} Node;

typedef struct State {
    NgramState lm;
    float score;  /* of the best way here */
    float behind; /* lattice_posteriors: the score against what all ways to the node weigh */
    float mass;   /* lattice_posteriors: of what all ways to the node weigh, the part that ends here */
    float beta;   /* lattice_posteriors: what the ways from here to the end weigh, so scaled */
    int32_t prev, slot, cand; /* where the best way comes from; slot -1: a break */
} State;

typedef struct Way { /* into a node that is not settled yet */
    NgramState lm;
    float score;
    float weighs; /* its logarithm against that of all ways to the node it comes from */
    int32_t prev, slot, cand;
} Way;

typedef struct Edge { /* a way between two states that the beam kept */
    int32_t from, to, cand;
    float weight; /* mass of `to` for each of `from` */
} Edge;

typedef VEC(Node) NodeVec;
typedef VEC(Slot) SlotVec;
typedef VEC(Cand) CandVec;
typedef VEC(State) StateVec;
typedef VEC(Way) WayVec;
typedef VEC(Edge) EdgeVec;

typedef VEC(float) FloatVec;

typedef struct Ask Ask; /* lattice.c */

typedef struct Lattice {
    NodeVec node;
    SlotVec slot;
    CandVec cand;
    StateVec state;
    EdgeVec edge;    /* only when posteriors are wanted */
    size_t weighed;  /* edges; the rest leads to one node */
    WayVec *waiting; /* scratch: by node, the ways that reach it, not settled yet */
    size_t waiting_nodes;
    VEC(WayVec) spare; /* scratch: memory of those that are settled */
    Ask *ask;          /* scratch of one slot */
    FloatVec row;      /* scratch of one node: what each way weighs */
    bool wants_edges;
    float weight;         /* of the candidates' scores against the language model's */
    float beam;           /* beam width: nats below the best path of a node at which a path is pruned */
    float lookahead_beam; /* beam width, in nats, after scoring one word of lookahead */
    int most_ways; /* about how many paths to a node survive; scores in one slice of the beam go together */
} Lattice;

void lattice_clear(Lattice *l); /* empty, memory kept */
void lattice_release(Lattice *l);
int lattice_add_node(Lattice *l);
/* A slot without candidates; they are pushed to l->cand next, and counted in the slot. */
Slot *lattice_add_slot(Lattice *l, int from, int to);
void lattice_sort_cands(Lattice *l, Slot *slot); /* by id; of two with one id the better stays */

/* The best way: fills path with (slot, cand) pairs from the first to the last; returns how many. */
typedef struct Step {
    int32_t slot, cand;
} Step;
typedef VEC(Step) Steps;
void lattice_search(Lattice *l, const Ngram *lm, Steps *path);
/* After a search with wants_edges: fills cand.posterior. */
void lattice_posteriors(Lattice *l);

#endif
