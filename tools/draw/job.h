/* job: the four things that draw does, from options to files.
 *
 *     PlanJob job = {.job = {.seed = 7, .out = "plan-7", .dpi = 200, .mode = "bw"}, .form = "dotted"};
 *     return job_plan(&job);                         (plan-7.pdf and the truth beside it)
 */
#ifndef DRAW_JOB_H
#define DRAW_JOB_H

#include <stdbool.h>

#include "form.h"
#include "wear.h"

/* The options that both have. */
typedef struct Job {
    int seed;
    const char *out;
    int dpi;
    const char *mode; /* bw, gray, jpeg, color */
    int quality;      /* JPEG, 1..100; 0: after the wear */
    double skew;      /* degrees; NAN: by chance */
    int wear;         /* 0..3; -1: by chance */
    const char *font;
    double size; /* points; 0: by chance */
    const char *data;
    bool boxes;
} Job;

typedef struct PlanJob {
    Job job;
    const char *form;
    const char *stroke, *level; /* NULL: as the form says */
    int turn;                   /* degrees; -1: as the form says */
    int rows;                   /* 0: by chance */
    const char *home, *away;
    bool memo, table_only, letter_only, blank, no_seal, tiff, png, jpg, no_truth;
} PlanJob;

typedef struct LinesJob {
    Job job;
    const char *text;
    const char *fonts;
} LinesJob;

typedef struct WornJob {
    Job job;
    const char *pages; /* PNG pictures of printed pages, comma between */
    const char *seal;  /* words round a red seal on the last page; NULL: none */
} WornJob;

typedef struct ReaderJob {
    Job job; /* seed, out (a .lstmf file) and data count */
    const char *fonts;
    const char *dicts; /* folder of schools.tsv and the like */
    int pages;         /* of about twenty lines */
} ReaderJob;

/* Draw and write. All return the exit code, or end the tool with a message. */
int job_plan(const PlanJob *job);
int job_lines(const LinesJob *job);
int job_worn(const WornJob *job);
int job_reader(const ReaderJob *job);

/* The Wear of one page. */
Wear job_wear(const Job *job, Rng *rng, int page, int turn);

/* JPEG quality of the mode at that wear, or 0. */
int job_quality(const Job *job, int wear);

/* Ends the tool when an option is out of its range. */
void job_check(const Job *job);

#endif
