/* load/sheet: tells what lies on a page of a PDF, and how to make pixels of it.
 *
 *     Sheet sheet;
 *     sheet_init(&sheet, pdf_page);
 *     PlanGuesses g = sheet_guess(&sheet, &limits, &arena);      (ways to render it, the likelier first)
 *     ...                                                        (render until g.probe is found in its place)
 *     probe_free(g.probe);
 *     sheet_release(&sheet);
 */
#ifndef DAU_LOAD_SHEET_H
#define DAU_LOAD_SHEET_H

#include "load/load.h"
#include "load/probe.h"

#include <poppler.h>

/* A picture on the sheet. */
typedef struct Picture {
    PopplerRectangle area; /* points from the sheet's top left; one corner is exact, the others to a point */
    int id;                /* poppler's */
    bool lying;            /* turned by 90 or 270 degrees */
    int w, h;              /* pixels, as it lies on the sheet; 0 until decoded */
} Picture;

typedef struct Sheet {
    PopplerPage *pdf;      /* lent */
    double width, height;  /* points, as turned by /Rotate */
    VEC(Picture) pictures; /* the larger first */
} Sheet;

/* How the sheet becomes pixels: x' = x*sx + x0. */
typedef struct SheetPlan {
    double sx, sy;     /* pixels a point */
    double x0, y0;     /* pixels; moves the pixels of the scan's picture onto ours */
    int width, height; /* of the page, pixels */
    int px, py;        /* where the corner of the scan's picture falls, pixels; may lie outside */
    int dpi;
} SheetPlan;

enum { MOST_GUESSES = 5, MOST_SIDE = 32767 /* pixels, of a cairo picture */ };

typedef struct PlanGuesses {
    SheetPlan plan[MOST_GUESSES];
    int n;           /* at least 1 */
    Probe *probe;    /* of the scan's picture; the caller frees it; NULL: take the first plan untested */
    const char *via; /* for Page.via; in the arena or constant */
    bool typed;      /* no scan: rendered at the resolution of the options */
    bool broken;     /* the page is a picture that cannot be decoded */
} PlanGuesses;

void sheet_quiet(void); /* keeps poppler's remarks off stderr; to be called first */
/* Finds the pictures on the page, without decoding them. The caller releases s, and keeps `pdf` until then. */
void sheet_init(Sheet *s, PopplerPage *pdf);
void sheet_release(Sheet *s);

/* Whether the sheet can be rendered within the limits at the least resolution fit for OCR. To be asked before
 * sheet_guess(). */
bool sheet_fits(const Sheet *s, const LoadOptions *limits);
PlanGuesses sheet_guess(const Sheet *s, const LoadOptions *limits, Arena *a);
/* The same without decoding, for a sheet that one picture fills, if the file keeps that in w x h pixels. False: the sheet
 * is another, or its picture cannot be that. There is no probe, so the rendering must be looked at. */
bool sheet_guess_filled(const Sheet *s, const LoadOptions *limits, int w, int h, PlanGuesses *g);

/* The whole sheet at this resolution, or at what the options allow. */
SheetPlan sheet_plan(const Sheet *s, const LoadOptions *limits, double dpi);
/* Whether text is drawn on the sheet, not only laid under it unseen as OCR programs do. */
bool sheet_text_is_drawn(const Sheet *s);

extern const int LEAST_RENDER_DPI; /* a large sheet is rendered coarser to stay within limits, down to here */

#endif
