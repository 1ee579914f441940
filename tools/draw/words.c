/* A line of names.tsv is "district<tab>quận<tab>Hà Đông<tab>Hà Nội<tab>Phú Lãm; Vạn Phúc; ..." or
 * "kind<tab>name; name; ..."; a line of sentences.tsv is "kind<tab>sentence", one each. */
#include "words.h"

#include <string.h>

#include "die.h"

static void district_free(void *item)
{
    District *district = item;
    g_free(district->kind);
    g_free(district->name);
    g_free(district->province);
    g_ptr_array_unref(district->communes);
    g_free(district);
}

static void list_free(void *list)
{
    g_ptr_array_unref(list);
}

static void list_split(GPtrArray *list, const char *joined)
{
    char **part = g_strsplit(joined, "; ", -1);
    for (int i = 0; part[i]; i++) g_ptr_array_add(list, g_strdup(part[i]));
    g_strfreev(part);
}

static GPtrArray *list_of(Words *words, const char *kind)
{
    GPtrArray *list = g_hash_table_lookup(words->lists, kind);
    if (!list) {
        list = g_ptr_array_new_with_free_func(g_free);
        g_hash_table_insert(words->lists, g_strdup(kind), list);
    }
    return list;
}

static void add_district(Words *words, char **field)
{
    District *district = g_new0(District, 1);
    district->kind = g_strdup(field[1]);
    district->name = g_strdup(field[2]);
    district->province = g_strdup(field[3]);
    district->communes = g_ptr_array_new_with_free_func(g_free);
    list_split(district->communes, field[4]);
    g_ptr_array_add(words->districts, district);
}

static void read_line(Words *words, const char *line, const char *path, int number, gboolean split)
{
    if (!*line || *line == '#') return;
    char **field = g_strsplit(line, "\t", -1);
    guint fields = g_strv_length(field);
    if (fields == 5 && !strcmp(field[0], "district"))
        add_district(words, field);
    else if (fields != 2)
        die(DAU_BAD_INPUT, "%s:%d: %u fields; a kind, a tab and the words are wanted", path, number, fields);
    else if (split)
        list_split(list_of(words, field[0]), field[1]);
    else
        g_ptr_array_add(list_of(words, field[0]), g_strdup(field[1]));
    g_strfreev(field);
}

static void read_file(Words *words, const char *folder, const char *name, gboolean split)
{
    char *path = g_build_filename(folder, name, NULL);
    char *text = NULL;
    GError *error = NULL;
    if (!g_file_get_contents(path, &text, NULL, &error))
        die(DAU_FILE_ACCESS, "%s; run from the project's folder or say --data FOLDER", error->message);
    char **line = g_strsplit(text, "\n", -1);
    for (int i = 0; line[i]; i++) read_line(words, line[i], path, i + 1, split);
    g_strfreev(line);
    g_free(text);
    g_free(path);
}

Words *words_load(const char *folder)
{
    Words *words = g_new0(Words, 1);
    words->districts = g_ptr_array_new_with_free_func(district_free);
    words->lists = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, list_free);
    read_file(words, folder, "names.tsv", TRUE);
    read_file(words, folder, "sentences.tsv", FALSE);
    return words;
}

void words_free(Words *words)
{
    g_ptr_array_unref(words->districts);
    g_hash_table_unref(words->lists);
    g_free(words);
}

GPtrArray *words_list(const Words *words, const char *kind)
{
    GPtrArray *list = g_hash_table_lookup(words->lists, kind);
    if (!list) die(DAU_BAD_INPUT, "no words of the kind '%s' in names.tsv and sentences.tsv", kind);
    return list;
}

const char *words_pick(const Words *words, Rng *rng, const char *kind)
{
    GPtrArray *list = words_list(words, kind);
    return list->pdata[rng_range(rng, 0, (int)list->len - 1)];
}

const District *words_district(const Words *words, const char *name)
{
    for (guint i = 0; i < words->districts->len; i++) {
        const District *district = words->districts->pdata[i];
        if (!strcmp(district->name, name)) return district;
    }
    return NULL;
}

gboolean district_is_town(const District *district)
{
    return strcmp(district->kind, "huyện") != 0;
}
