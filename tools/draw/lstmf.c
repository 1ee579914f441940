/* "lines.lstmf" of two lines is 02 00 00 00 | 01 line | 01 line: the count in front is set right with every line. */
#include "lstmf.h"

#include <string.h>

#include "die.h"

static void put_number(GByteArray *file, guint32 value)
{
    guint32 little = GUINT32_TO_LE(value);
    g_byte_array_append(file, (const guint8 *)&little, sizeof little);
}

static void put_bytes(GByteArray *file, const void *data, size_t n)
{
    put_number(file, (guint32)n);
    g_byte_array_append(file, data, (guint)n);
}

static void put_string(GByteArray *file, const char *text)
{
    put_bytes(file, text, strlen(text));
}

GByteArray *lstmf_new(void)
{
    GByteArray *file = g_byte_array_new();
    put_number(file, 0);
    return file;
}

static void count_one(GByteArray *file)
{
    guint32 count;
    memcpy(&count, file->data, sizeof count);
    count = GUINT32_TO_LE(GUINT32_FROM_LE(count) + 1);
    memcpy(file->data, &count, sizeof count);
}

void lstmf_add(GByteArray *file, PIX *line, const char *text)
{
    static const guint8 yes = 1, no = 0;
    l_uint8 *png = NULL;
    size_t size = 0;
    if (!*text) die(DAU_BAD_INPUT, "a line without text cannot be trained with");
    if (pixWriteMem(&png, &size, line, IFF_PNG)) die(DAU_INTERNAL, "Leptonica cannot pack a line's picture");
    g_byte_array_append(file, &yes, 1);
    put_string(file, "line");
    put_number(file, 0);
    put_bytes(file, png, size);
    put_string(file, "vie");
    put_string(file, text);
    put_number(file, 0);
    put_number(file, 0);
    g_byte_array_append(file, &no, 1);
    count_one(file);
    lept_free(png);
}

void lstmf_save(GByteArray *file, const char *path)
{
    GError *error = NULL;
    if (!g_file_set_contents(path, (const char *)file->data, (gssize)file->len, &error))
        die(DAU_FILE_ACCESS, "%s", error->message);
    g_byte_array_unref(file);
}
