/* libarchive reads the directory at the end of the zip and unpacks one entry at a time, from memory. libxml2's reader goes
 * through the XML without making a tree of it: <w:t>Mầm non Hoa Mai</w:t> is begin, text, end. A document type
 * declaration, from which alone entities could come, is refused: no program writes one into an office file.
 */
#include "load/packed.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHUNK = 64 * 1024,
    MOST_RATIO = 200,             /* unpacked to packed; XML of tables packs 1 : 50 at best */
    RATIO_FROM = 8 * 1024 * 1024, /* bytes from which on the ratio is looked at */
};

/* ---- parts ---- */

static bool broken(const Load *doc, struct archive *a, Err *err)
{
    const char *why = archive_error_string(a);
    char line[120]; /* some of its sentences end one */
    if (!why) why = tr_later("no sound zip file");
    snprintf(line, sizeof line, "%.*s", (int)strcspn(why, "\n"), why);
    return err_set(err, DAU_BAD_INPUT, "'%s' is broken or cut short (%s); was it copied whole?", doc->path,
                   line);
}

static bool too_large(const Load *doc, size_t n, Err *err)
{
    if (n > doc->options.most_unpacked)
        return err_set(err, DAU_LIMIT, "'%s' unpacks to more than %zu MB; --max-unpacked raises the limit",
                       doc->path, doc->options.most_unpacked >> 20);
    if (n > RATIO_FROM && n / MOST_RATIO > doc->size)
        return err_set(err, DAU_LIMIT, "'%s' unpacks to more than %d times its size: no document does that",
                       doc->path, MOST_RATIO);
    return false;
}

static bool unpack(const Load *doc, struct archive *a, Buf *out, Err *err)
{
    char *chunk = xalloc(CHUNK);
    la_ssize_t n;
    while ((n = archive_read_data(a, chunk, CHUNK)) > 0) {
        buf_addn(out, chunk, (size_t)n);
        too_large(doc, out->len, err);
        if (err_is(err)) break;
    }
    free(chunk);
    if (n < 0) broken(doc, a, err);
    return !err_is(err);
}

static bool take_entry(const Load *doc, struct archive *a, struct archive_entry *entry, Buf *out, Err *err)
{
    if (archive_entry_is_encrypted(entry))
        return err_set(err, DAU_ENCRYPTED,
                       "cannot open '%s': it is encrypted; save a copy without a password", doc->path);
    return unpack(doc, a, out, err);
}

bool packed_read(const Load *doc, const char *name, Buf *out, bool *found, Err *err)
{
    struct archive *a = archive_read_new();
    struct archive_entry *entry;
    *found = false;
    archive_read_support_format_zip_seekable(a);
    if (err_is(err) || archive_read_open_memory(a, doc->data, doc->size) != ARCHIVE_OK) {
        broken(doc, a, err);
        archive_read_free(a);
        return false;
    }
    int state = ARCHIVE_EOF;
    while (!*found &&
           ((state = archive_read_next_header(a, &entry)) == ARCHIVE_OK || state == ARCHIVE_WARN)) {
        const char *path = archive_entry_pathname(entry);
        *found = path && strcmp(path, name) == 0;
        if (*found) take_entry(doc, a, entry, out, err);
    }
    if (!*found && state != ARCHIVE_EOF) broken(doc, a, err);
    archive_read_free(a);
    return !err_is(err);
}

bool packed_open_document(const Load *doc, Err *err)
{
    Buf manifest = {0};
    bool found;
    packed_read(doc, "META-INF/manifest.xml", &manifest, &found, err);
    if (!err_is(err) && found && strstr(buf_str(&manifest), "encryption-data"))
        err_set(err, DAU_ENCRYPTED, "cannot open '%s': it is encrypted; save a copy without a password",
                doc->path);
    buf_release(&manifest);
    return !err_is(err);
}

/* ---- XML ---- */

static bool bad_xml(const Load *doc, const char *part, const char *why, int line, Err *err)
{
    return err_set(err, DAU_BAD_INPUT,
                   "'%s' is broken: line %d of its %s is no sound XML (%.*s); was it copied whole?",
                   doc->path, line, part, (int)strcspn(why, "\n"), why);
}

/* False to stop. */
static bool take_node(const Load *doc, const char *part, xmlTextReader *at, const Walker *w, Err *err)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(at), *text;
    switch (xmlTextReaderNodeType(at)) {
    case XML_READER_TYPE_ELEMENT: {
        bool empty = xmlTextReaderIsEmptyElement(at) == 1;
        w->begin(w->data, name, at);
        if (empty) w->end(w->data, name);
        return true;
    }
    case XML_READER_TYPE_END_ELEMENT: w->end(w->data, name); return true;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
    case XML_READER_TYPE_WHITESPACE:
        text = (const char *)xmlTextReaderConstValue(at);
        if (text) w->text(w->data, text, strlen(text));
        return true;
    case XML_READER_TYPE_DOCUMENT_TYPE:
    case XML_READER_TYPE_ENTITY_REFERENCE:
        return bad_xml(doc, part, "it declares or uses entities, which no office program does",
                       xmlTextReaderGetParserLineNumber(at), err);
    default: return true;
    }
}

bool packed_walk(const Load *doc, const char *part, const Buf *xml, const Walker *walker, Err *err)
{
    enum { HOW = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT };
    int state = -1;
    xmlTextReader *at = NULL;
    if (xml->len && xml->len <= INT32_MAX) at = xmlReaderForMemory(xml->s, (int)xml->len, NULL, NULL, HOW);
    while (at && (state = xmlTextReaderRead(at)) == 1)
        if (!take_node(doc, part, at, walker, err)) break;
    if (state < 0 && !err_is(err)) {
        const xmlError *e = xmlGetLastError();
        bad_xml(doc, part, e && e->message ? e->message : "empty", e ? e->line : 0, err);
    }
    xmlFreeTextReader(at);
    xmlResetLastError();
    return !err_is(err);
}

const char *walk_attr(xmlTextReader *at, const char *name, char *value, size_t cap)
{
    bool found = false;
    for (int more = xmlTextReaderMoveToFirstAttribute(at); more == 1;
         more = xmlTextReaderMoveToNextAttribute(at)) {
        const char *own = (const char *)xmlTextReaderConstLocalName(at);
        const char *text = (const char *)xmlTextReaderConstValue(at);
        if (found || !own || !text || strcmp(own, name) != 0) continue;
        found = true;
        size_t n = strlen(text) < cap - 1 ? strlen(text) : cap - 1;
        memcpy(value, text, n);
        value[n] = 0;
    }
    xmlTextReaderMoveToElement(at);
    return found ? value : NULL;
}

int walk_number(xmlTextReader *at, const char *name, int otherwise)
{
    char value[16], *end;
    if (!walk_attr(at, name, value, sizeof value)) return otherwise;
    long n = strtol(value, &end, 10);
    return end == value || n > INT32_MAX || n < INT32_MIN ? otherwise : (int)n;
}
