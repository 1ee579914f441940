/* DOCX, ODT and HTML that are written here: tables, merged cells, list numbers, old fonts; and what is made
 * to do harm. */
#include "extract/extract.h"
#include "load/load.h"
#include "tests/test.h"

#include "base/charset.h"
#include "base/file.h"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[] = "/tmp/dau-test-office-XXXXXX";

/* ---- making files ---- */

typedef struct Part {
    const char *name, *text;
    size_t n; /* 0: of the string */
} Part;

static void put_zip(const Part *part)
{
    struct archive *a = archive_write_new();
    archive_write_set_format_zip(a);
    CHECK_INT(archive_write_open_filename(a, path), ARCHIVE_OK);
    for (; part->name; part++) {
        struct archive_entry *e = archive_entry_new();
        size_t n = part->n ? part->n : strlen(part->text);
        archive_entry_set_pathname(e, part->name);
        archive_entry_set_size(e, (la_int64_t)n);
        archive_entry_set_filetype(e, AE_IFREG);
        if (strcmp(part->name, "mimetype") == 0) archive_write_zip_set_compression_store(a);
        archive_write_header(a, e);
        archive_write_data(a, part->text, n);
        archive_entry_free(e);
        archive_write_zip_set_compression_deflate(a);
    }
    archive_write_close(a);
    archive_write_free(a);
}

#define DOCX_BEGIN "<?xml version='1.0'?><w:document xmlns:w='w' xmlns:mc='mc'><w:body>"
#define DOCX_END   "</w:body></w:document>"

static void put_styled_docx(const char *body, const char *numbering, const char *styles)
{
    Buf b = {0};
    buf_addf(&b, DOCX_BEGIN "%s" DOCX_END, body);
    put_zip((Part[]){{"[Content_Types].xml", "<Types/>", 0},
                     {"word/document.xml", b.s, 0},
                     {numbering ? "word/numbering.xml" : NULL, numbering, 0},
                     {styles ? "word/styles.xml" : NULL, styles, 0},
                     {0}});
    buf_release(&b);
}

static void put_docx(const char *body, const char *numbering)
{
    put_styled_docx(body, numbering, NULL);
}

static void put_odt(const char *content)
{
    Buf b = {0};
    buf_addf(&b,
             "<?xml version='1.0'?><office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='b' "
             "xmlns:style='s'>%s</office:document-content>",
             content);
    put_zip(
        (Part[]){{"mimetype", "application/vnd.oasis.opendocument.text", 0}, {"content.xml", b.s, 0}, {0}});
    buf_release(&b);
}

static void put_bytes(const char *s, size_t n)
{
    Err err = {0};
    CHECK(file_write(path, s, n, &err));
}

/* ---- reading them ---- */

/* The page as the lines "r1 c2 1x2 text" of tables and "text" of blocks. */
static const char *pages(const LoadOptions *options, Err *err)
{
    static Buf b;
    Arena a = {0};
    buf_clear(&b);
    Load *doc = load_open(path, options, err);
    for (int n = 1; doc && n <= load_pages(doc); n++) {
        Page p;
        Raster raster = {0};
        page_init(&p, n);
        CHECK(load_page(doc, n, &p, &raster, err) && page_check(&p, err));
        if (n > 1) buf_add(&b, "--\n");
        for (size_t i = 0; i < p.blocks.n; i++) {
            const Block *k = &p.blocks.v[i];
            for (int l = 0; k->kind == BLOCK_TEXT && l < k->lines; l++)
                buf_addf(&b, "%s\n", page_line_text(&p, &a, &p.lines.v[k->first_line + l], TEXT_RAW));
            for (int c = 0; k->kind == BLOCK_TABLE && c < p.tables.v[k->table].cells; c++) {
                const Cell *cell = &p.cells.v[p.tables.v[k->table].first_cell + c];
                buf_addf(&b, "r%d c%d %dx%d %s\n", cell->row + 1, cell->col + 1, cell->rowspan, cell->colspan,
                         page_cell_text(&p, &a, cell, TEXT_RAW));
            }
        }
        page_release(&p);
    }
    load_close(doc);
    arena_release(&a);
    return buf_str(&b);
}

static void check_pages(const char *want)
{
    Err err = {0};
    CHECK_STR(pages(NULL, &err), want);
    if (!CHECK(err.code == DAU_OK)) printf("    %s\n", err.text);
}

static void check_refused(const LoadOptions *options, int code, const char *words)
{
    Err err = {0};
    pages(options, &err);
    CHECK_INT(err.code, code);
    if (!CHECK(strstr(err.text, words) && strstr(err.text, path))) printf("    got: %s\n", err.text);
}

#define P(text)         "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TC(props, text) "<w:tc><w:tcPr>" props "</w:tcPr>" P(text) "</w:tc>"
#define SPAN(n)         "<w:gridSpan w:val='" #n "'/>"
#define TABLE(rows)     "<w:tbl>" rows "</w:tbl>"
#define TR(cells)       "<w:tr>" cells "</w:tr>"

TEST(docx_with_merged_cells)
{
    put_docx(P("Danh sách trường")
                 TABLE(TR(TC("<w:vMerge w:val='restart'/>", "TT") TC(SPAN(2), "Trường"))
                           TR(TC("<w:vMerge/>", "") TC("", "Nội thành") TC("", "Ngoại thành"))
                               TR(TC("", "1") TC("", "Hoa Mai") TC("", "Phú Lương"))) P("Hết"),
             NULL);
    check_pages(
        "Danh sách trường\nr1 c1 2x1 TT\nr1 c2 1x2 Trường\nr2 c2 1x1 Nội thành\nr2 c3 1x1 Ngoại thành\n"
        "r3 c1 1x1 1\nr3 c2 1x1 Hoa Mai\nr3 c3 1x1 Phú Lương\nHết\n");
}

TEST(docx_text)
{
    put_docx(
        "<w:p><w:r><w:t>Trường</w:t><w:tab/><w:t>Mầm </w:t></w:r><w:r><w:t>non</w:t><w:br/><w:t>Hoa "
        "Mai</w:t></w:r>"
        "<w:del><w:r><w:t>cũ</w:t></w:r></w:del></w:p>"
        "<w:p><w:r><w:br w:type='page'/></w:r></w:p>" P("Trang hai") "<mc:AlternateContent><mc:Choice>" P(
            "một") "</mc:Choice><mc:Fallback>" P("hai") "</mc:Fallback></mc:AlternateContent>",
        NULL);
    check_pages("Trường Mầm non\nHoa Mai\n--\nTrang hai\nmột\n");
    put_docx(TABLE(TR(TC("", "UBND HUYỆN") TC("", "CỘNG HÒA"))) TABLE(TR(TC("", "một ô"))), NULL);
    check_pages("UBND HUYỆN\nCỘNG HÒA\nmột ô\n");
    put_docx(TABLE(TR("<w:tc>" TABLE(TR(TC("", "a") TC("", "b")) TR(TC("", "c") TC("", "d")))
                          P("sau") "</w:tc>" TC("", "bên"))),
             NULL);
    check_pages("r1 c1 1x1 a\nr1 c2 1x1 b\nr2 c1 1x1 c\nr2 c2 1x1 d\nsau\nbên\n");
    put_docx("", NULL);
    check_pages("");
}

/* A run holds a text box, and that a table; the run goes on behind it. */
TEST(docx_table_in_a_text_box)
{
    put_docx("<w:p><w:r><w:t>trước</w:t><w:drawing><w:txbxContent>" TABLE(
                 TR(TC("", "TT") TC("", "Trường")) TR(TC("", "1") TC("", "Hoa Mai")))
                 P("dưới bảng") "</w:txbxContent></w:drawing><w:t>sau</w:t></w:r></w:p>",
             NULL);
    check_pages("trước\nr1 c1 1x1 TT\nr1 c2 1x1 Trường\nr2 c1 1x1 1\nr2 c2 1x1 Hoa Mai\ndưới bảng\nsau\n");
}

TEST(docx_list_numbers)
{
#define NUM(id, level) \
    "<w:pPr><w:numPr><w:ilvl w:val='" #level "'/><w:numId w:val='" #id "'/></w:numPr></w:pPr>"
#define ITEM(id, level, text) "<w:p>" NUM(id, level) "<w:r><w:t>" text "</w:t></w:r></w:p>"
    put_docx(
        ITEM(1, 0, "Mục đích") ITEM(1, 1, "Một") ITEM(1, 1, "Hai") ITEM(1, 0, "Nội dung") ITEM(1, 1, "Ba")
            ITEM(2, 0, "Năm") ITEM(3, 0, "Gạch")
                TABLE(TR("<w:tc><w:p>" NUM(2, 0) "</w:p></w:tc>" TC("", "Hoa Mai"))
                          TR("<w:tc><w:p>" NUM(2, 0) "</w:p></w:tc>" TC("", "Hoa Sen"))),
        "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='7'>"
        "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1.'/></w:lvl>"
        "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText "
        "w:val='%1.%2)'/></w:lvl></w:abstractNum>"
        "<w:abstractNum w:abstractNumId='8'><w:lvl w:ilvl='0'><w:start w:val='5'/><w:numFmt "
        "w:val='decimal'/><w:lvlText w:val='%1'/></w:lvl></w:abstractNum>"
        "<w:abstractNum w:abstractNumId='9'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText "
        "w:val='&#61623;'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num><w:num w:numId='2'><w:abstractNumId "
        "w:val='8'/></w:num>"
        "<w:num w:numId='3'><w:abstractNumId w:val='9'/></w:num></w:numbering>");
    check_pages("I. Mục đích\nI.1) Một\nI.2) Hai\nII. Nội dung\nII.1) Ba\n5 Năm\n- Gạch\nr1 c1 1x1 6\nr1 c2 "
                "1x1 Hoa Mai\nr2 c1 1x1 7\nr2 c2 1x1 Hoa Sen\n");
}

/* A paragraph's style says its list, or the style that one is based on, or a level of the list names the
 * style. */
TEST(docx_numbers_by_style)
{
#define STYLED(style, more, text) \
    "<w:p><w:pPr><w:pStyle w:val='" style "'/>" more "</w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
    put_styled_docx(
        STYLED("Muc", "", "Mục đích") STYLED("Con", "", "Một") STYLED("Con", "", "Hai")
            STYLED("Muc", "", "Hết") STYLED("Muc", "<w:numPr><w:numId w:val='0'/></w:numPr>", "Không số")
                STYLED("Chay", "", "Chữ"),
        "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='7'>"
        "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>"
        "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:pStyle w:val='Con'/>"
        "<w:lvlText w:val='%1.%2'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num></w:numbering>",
        "<w:styles xmlns:w='w'><w:style w:type='paragraph' w:styleId='Con'><w:basedOn w:val='Muc'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='Muc'><w:basedOn w:val='Con'/><w:pPr><w:numPr><w:numId "
        "w:val='1'/>"
        "</w:numPr></w:pPr></w:style><w:style w:type='paragraph' w:styleId='Chay'/></w:styles>");
    check_pages("1. Mục đích\n1.1 Một\n1.2 Hai\n2. Hết\nKhông số\nChữ\n");
}

static void add_old(Buf *b, Charset charset, const char *text)
{
    Buf bytes = {0};
    charset_encode(charset, text, strlen(text), &bytes);
    charset_decode(CHARSET_CP1252, bytes.s, bytes.len, b);
    buf_release(&bytes);
}

TEST(fonts_from_before_unicode)
{
    Buf b = {0};
    buf_add(&b, "<w:p><w:r><w:rPr><w:rFonts w:ascii='.VnTimeH'/></w:rPr><w:t>");
    add_old(&b, CHARSET_TCVN3, "Kế hoạch");
    buf_add(&b, "</w:t></w:r><w:r><w:t xml:space='preserve'> năm học</w:t></w:r></w:p>");
    put_docx(b.s, NULL);
    check_pages("KẾ HOẠCH năm học\n");
    buf_clear(&b);
    buf_add(&b, "<html><body><p>");
    add_old(&b, CHARSET_VNI, "Phòng Giáo dục giao cho các trường mầm non kết nghĩa với nhau");
    put_bytes(b.s, b.len);
    check_pages("Phòng Giáo dục giao cho các trường mầm non kết nghĩa với nhau\n");
    buf_release(&b);
}

TEST(odt)
{
    put_odt("<office:automatic-styles><text:list-style style:name='L1'><text:list-level-style-number "
            "text:level='1' style:num-format='1' "
            "style:num-suffix='.'/></text:list-style></office:automatic-styles><office:body><office:text>"
            "<text:p>Danh   sách<text:s text:c='2'/>trường<text:note><text:p>chú "
            "thích</text:p></text:note></text:p>"
            "<text:list "
            "text:style-name='L1'><text:list-item><text:p>Một</text:p></"
            "text:list-item><text:list-item><text:p>Hai</text:p></text:list-item></text:list>"
            "<text:list text:style-name='L1' "
            "text:continue-numbering='true'><text:list-item><text:p>Ba</text:p></text:list-item></text:list>"
            "<table:table><table:table-row><table:table-cell "
            "table:number-rows-spanned='2'><text:p>TT</text:p></table:table-cell>"
            "<table:table-cell "
            "table:number-columns-spanned='2'><text:p>Trường</text:p></"
            "table:table-cell><table:covered-table-cell/></table:table-row>"
            "<table:table-row><table:covered-table-cell/><table:table-cell><text:p>Hoa "
            "Mai</text:p></table:table-cell>"
            "<table:table-cell><text:p>Hoa "
            "Sen<text:line-break/>Bé</text:p></table:table-cell></table:table-row></table:table>"
            "</office:text></office:body>");
    check_pages("Danh sách trường\n1. Một\n2. Hai\n3. Ba\nr1 c1 2x1 TT\nr1 c2 1x2 Trường\nr2 c2 1x1 Hoa "
                "Mai\nr2 c3 1x1 Hoa Sen Bé\n");
}

TEST(html)
{
    static const char page[] =
        "<!DOCTYPE html><html><head><title>không</title><style>p{}</style></head><body><script>x()</script>"
        "<p>Một\n dòng <b>chữ</b> &amp; d&ocirc;i<br>dòng</p><pre>a  b\nc</pre>"
        "<table><tr><th rowspan=2>TT<th colspan=99999>Trường<tr><td>Hoa Mai<td>Hoa Sen</table><ol "
        "start=4><li>Bốn<li>Năm</ol><ul><li>gạch</ul>";
    put_bytes(page, sizeof page - 1);
    check_pages("Một dòng chữ & dôi\ndòng\na b\nc\nr1 c1 2x1 TT\nr1 c2 1x2 Trường\nr2 c2 1x1 Hoa Mai\nr2 "
                "c3 1x1 Hoa Sen\n"
                "4. Bốn\n5. Năm\n- gạch\n");
    put_bytes("<html><td>a</td></tr></table><p>b</div></ol>", 44);
    check_pages("a\nb\n");
}

/* A table inside a cell is lines of it; one round the whole page is none. */
TEST(tables_inside_tables)
{
    static const char data[] = "<table><tr><td>TT<td>Trường<td>Kết nghĩa<tr><td>1<td>Hoa Mai<td>Hoa Sen"
                               "<tr><td>2<td>Hoa Lan<td><table><tr><td>a<td>Hoa Hồng<tr><td>b<td>Hoa "
                               "Cúc</table><tr><td>3<td>Hoa Đào<td>Hoa Mơ</table>";
    static const char looks[] =
        "<table><tr><td colspan=2>đầu trang<tr><td>mục<td><p>lời<p>dẫn<table><tr>"
        "<td>1<td>Hoa Mai<tr><td>2<td>Hoa Lan</table>lời cuối<tr><td>chân<td>trang</table>";
    put_bytes(data, sizeof data - 1);
    check_pages("r1 c1 1x1 TT\nr1 c2 1x1 Trường\nr1 c3 1x1 Kết nghĩa\nr2 c1 1x1 1\nr2 c2 1x1 Hoa Mai\n"
                "r2 c3 1x1 Hoa Sen\nr3 c1 1x1 2\nr3 c2 1x1 Hoa Lan\nr3 c3 1x1 a Hoa Hồng b Hoa Cúc\n"
                "r4 c1 1x1 3\nr4 c2 1x1 Hoa Đào\nr4 c3 1x1 Hoa Mơ\n");
    put_bytes(looks, sizeof looks - 1);
    check_pages("đầu trang\nmục\nlời\ndẫn\nr1 c1 1x1 1\nr1 c2 1x1 Hoa Mai\nr2 c1 1x1 2\nr2 c2 1x1 Hoa Lan\n"
                "lời cuối\nchân\ntrang\n");
}

/* The pairings know the row they came from. */
TEST(a_list_is_extracted)
{
    Err err = {0};
    put_docx(P("Phòng Giáo dục phân công các trường kết nghĩa như sau:")
                 TABLE(TR(TC("", "TT") TC("", "Trường nội thành") TC("", "Trường kết nghĩa"))
                           TR(TC("", "1") TC("", "Mầm non Hoa Mai") TC("", "Mầm non Phú Lương"))
                               TR(TC("", "2") TC("", "Tiểu học Lê Lợi") TC("", "Tiểu học Đông La"))),
             NULL);
    Load *doc = load_open(path, NULL, &err);
    Page p;
    Raster raster = {0};
    Pairings found = {0};
    page_init(&p, 1);
    Extract *x = extract_new();
    CHECK(doc && str_eq(file_kind_name(load_kind(doc)), "docx") && load_page(doc, 1, &p, &raster, &err));
    CHECK(p.settled);
    CHECK(load_knows(path)); /* by its bytes: the name has no ending */
    for (size_t i = 0; i < p.words.n; i++) p.words.v[i].text = p.words.v[i].raw, p.words.v[i].prob = 1;
    CHECK(extract_page(x, &p, &err) && extract_finish(x, &found, &err));
    CHECK_INT(found.v.n, 2);
    if (found.v.n == 2) {
        CHECK_STR(found.v.v[1].partner.name, "Đông La");
        CHECK(strstr(found.v.v[1].rule, "row 3") != NULL);
        CHECK_INT(found.v.v[1].place.box.h, 1);
    }
    pairings_release(&found);
    extract_free(x);
    page_release(&p);
    load_close(doc);
}

TEST(what_is_made_to_do_harm)
{
    put_zip((Part[]){
        {"word/document.xml", "<!DOCTYPE a [<!ENTITY x 'y'><!ENTITY z '&x;&x;&x;'>]><a b='&z;'>&z;</a>", 0},
        {0}});
    check_refused(NULL, DAU_BAD_INPUT, "entities");
    put_zip((Part[]){{"word/document.xml", DOCX_BEGIN "<w:p><w:t>", 0}, {0}});
    check_refused(NULL, DAU_BAD_INPUT, "no sound XML");
    put_zip((Part[]){{"word/document.xml", "", 0}, {0}});
    check_refused(NULL, DAU_BAD_INPUT, "no sound XML");
    Buf deep = {0}, wide = {0};
    buf_add(&deep, DOCX_BEGIN);
    for (int i = 0; i < 5000; i++) buf_add(&deep, "<w:tbl><w:tr><w:tc>");
    put_zip((Part[]){{"word/document.xml", deep.s, 0}, {0}});
    check_refused(NULL, DAU_BAD_INPUT, "no sound XML");
    enum { ZEROS = 9 << 20 };
    char *zeros = xalloc(ZEROS);
    put_zip((Part[]){{"word/document.xml", zeros, ZEROS}, {0}});
    check_refused(NULL, DAU_LIMIT, "times its size");
    check_refused(&(LoadOptions){.most_unpacked = 1 << 20}, DAU_LIMIT, "--max-unpacked");
    free(zeros);
    put_zip((Part[]){{"xl/workbook.xml", "<x/>", 0}, {0}});
    check_refused(NULL, DAU_BAD_INPUT, "no document of Word");
    put_bytes("PK\3\4 word/document.xml", 22);
    check_refused(NULL, DAU_BAD_INPUT, "broken or cut short");
    buf_add(&wide, "<html>");
    for (int i = 0; i < 20000; i++) buf_add(&wide, "<table><td><div><b>");
    buf_add(&wide, "x");
    put_bytes(wide.s, wide.len);
    check_pages("x\n");
    buf_clear(&wide);
    buf_add(&wide, "<table>");
    for (int i = 0; i < 2000; i++) buf_add(&wide, "<tr><td rowspan=9999>a<td colspan=9999>b");
    put_bytes(wide.s, wide.len);
    Err err = {0};
    CHECK(strlen(pages(NULL, &err)) > 2000 && err.code == DAU_OK);
    buf_release(&deep);
    buf_release(&wide);
}

/* A program in antiword's place, and none. */
TEST(old_word_documents)
{
    static const char ole[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0";
    static const char locked[] =
        "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    static const char script[] = "#!/bin/sh\necho \"<?xml?><book><title/><para>$1 "
                                 "$2</para><informaltable><tgroup><tbody><row><entry>a</entry>"
                                 "<entry>b</entry></row><row><entry>c</entry><entry>d</entry></row></tbody></"
                                 "tgroup></informaltable></book>\"\n";
    char folder[] = "/tmp/dau-test-antiword-XXXXXX", program[64];
    Err err = {0};
    char *old = strdup(getenv("PATH"));
    CHECK(mkdtemp(folder) != NULL);
    snprintf(program, sizeof program, "%s/antiword", folder);
    put_bytes(ole, sizeof ole);
    setenv("PATH", folder, 1);
    check_refused(NULL, DAU_BAD_INPUT, "apt-get install antiword");
    CHECK(file_write(program, script, sizeof script - 1, &err) && chmod(program, 0700) == 0);
    check_pages("-x db\nr1 c1 1x1 a\nr1 c2 1x1 b\nr2 c1 1x1 c\nr2 c2 1x1 d\n");
    CHECK(file_write(program, "#!/bin/sh\nexit 1\n", 17, &err) && chmod(program, 0700) == 0);
    check_refused(NULL, DAU_BAD_INPUT, "antiword cannot read");
    put_bytes(locked, sizeof locked);
    check_refused(NULL, DAU_ENCRYPTED, "is encrypted");
    setenv("PATH", old, 1);
    free(old);
    unlink(program);
    rmdir(folder);
}

/* ---- spreadsheets ---- */

#define XLSX_BOOK                                                                                          \
    "<workbook xmlns:r='r'><sheets><sheet name='TH' sheetId='1' r:id='r1'/><sheet name='cũ' sheetId='2' " \
    "state='hidden' r:id='r2'/></sheets></workbook>"
#define XLSX_PARTS                                                                             \
    "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>" \
    "<Relationship Id='r2' Type='x/worksheet' Target='/xl/worksheets/sheet2.xml'/></Relationships>"
#define XC(place, text) "<c r='" place "' t='inlineStr'><is><t>" text "</t></is></c>"

static void put_xlsx(const char *rows, const char *merges)
{
    Buf b = {0};
    buf_addf(&b, "<worksheet><sheetData>%s</sheetData><mergeCells>%s</mergeCells></worksheet>", rows, merges);
    put_zip(
        (Part[]){{"xl/workbook.xml", XLSX_BOOK, 0},
                 {"xl/_rels/workbook.xml.rels", XLSX_PARTS, 0},
                 {"xl/sharedStrings.xml", "<sst><si><t>Hoa </t><t>Mai</t></si></sst>", 0},
                 {"xl/worksheets/sheet1.xml", b.s, 0},
                 {"xl/worksheets/sheet2.xml",
                  "<worksheet><sheetData><row r='1'>" XC("A1", "Bản cũ") "</row></sheetData></worksheet>", 0},
                 {0}});
    buf_release(&b);
}

TEST(xlsx_head_table_and_signature)
{
    put_xlsx(
        "<row r='1'>" XC("B1", "UBND huyện Hoài Đức") XC(
            "D1",
            "Cộng hòa") "</row>"
                        "<row r='2'>" XC(
                            "B2",
                            "Danh sách kết nghĩa") "</row>"
                                                   "<row r='4'>" XC("B4", "TT") XC("C4", "Trường") XC(
                                                       "D4",
                                                       "Kết nghĩa") "</row>"
                                                                    "<row r='5'>" XC("D5", "Tên") XC(
                                                                        "E5",
                                                                        "Huyện") "</row>"
                                                                                 "<row r='6'><c "
                                                                                 "r='B6'><v>1</v></c><c "
                                                                                 "r='C6' "
                                                                                 "t='s'><v>0</v></c>" XC(
                                                                                     "D6", "Sơn Đồng")
                                                                                     XC("E6",
                                                                                        "Hoài Đức") "</row>"
                                                                                                    "<row "
                                                                                                    "r='7'><"
                                                                                                    "c "
                                                                                                    "r='B7'><"
                                                                                                    "v>2</"
                                                                                                    "v></"
                                                                                                    "c>" XC(
                                                                                                        "C7",
                                                                                                        "Phú "
                                                                                                        "Lãm")
                                                                                                        XC("D"
                                                                                                           "7",
                                                                                                           "Y"
                                                                                                           "ê"
                                                                                                           "n"
                                                                                                           " "
                                                                                                           "S"
                                                                                                           "ở") "</row>"
                                                                                                                "<row r='9'>" XC(
                                                                                                                    "D9",
                                                                                                                    "Hiệu trưởng") "</row>",
        "<mergeCell ref='B4:B5'/><mergeCell ref='C4:C5'/><mergeCell ref='D4:E4'/><mergeCell ref='E6:E7'/>");
    check_pages("UBND huyện Hoài Đức\nCộng hòa\nDanh sách kết nghĩa\n"
                "r1 c1 2x1 TT\nr1 c2 2x1 Trường\nr1 c3 1x2 Kết nghĩa\nr2 c3 1x1 Tên\nr2 c4 1x1 Huyện\n"
                "r3 c1 1x1 1\nr3 c2 1x1 Hoa Mai\nr3 c3 1x1 Sơn Đồng\nr3 c4 2x1 Hoài Đức\n"
                "r4 c1 1x1 2\nr4 c2 1x1 Phú Lãm\nr4 c3 1x1 Yên Sở\nHiệu trưởng\n");
}

TEST(xlsx_says_what_it_leaves_out)
{
    Err err = {0};
    Page p;
    Raster raster = {0};
    put_xlsx("<row>" XC("A1", "Trường") "</row>", "");
    Load *doc = load_open(path, NULL, &err);
    page_init(&p, 1);
    CHECK(doc && load_page(doc, 1, &p, &raster, &err));
    CHECK_STR(p.via, "xlsx: hidden sheets left out: 1");
    page_release(&p);
    load_close(doc);
}

static void check_csv(const char *bytes, const char *want)
{
    Err err = {0};
    file_write(path, bytes, strlen(bytes), &err);
    check_pages(want);
}

TEST(csv)
{
    check_csv(
        "\xEF\xBB\xBFTT;Trường;Ghi chú\r\n1;\"MN Hoa \"\"Mai\"\"\nMN Sơn Ca\";\r\n2;TH Kim Đồng;mới\r\n",
        "r1 c1 1x1 TT\nr1 c2 1x1 Trường\nr1 c3 1x1 Ghi chú\nr2 c1 1x1 1\n"
        "r2 c2 1x1 MN Hoa \"Mai\" MN Sơn Ca\nr2 c3 1x1 \nr3 c1 1x1 2\nr3 c2 1x1 TH Kim Đồng\nr3 c3 1x1 "
        "mới\n");
    check_csv("Trường A, xã B, huyện C\nTrường D, xã E, huyện F\n",
              "Trường A, xã B, huyện C\nTrường D, xã E, huyện F\n");
    check_csv("1. A - B;\n2. C - D;\n3. E - F;\n", "1. A - B;\n2. C - D;\n3. E - F;\n");
}

static void put_opendocument(const char *type, const char *manifest, const char *content)
{
    Buf b = {0};
    buf_addf(&b, "<?xml version='1.0'?><o:c xmlns:o='o' xmlns:text='t' xmlns:table='b'>%s</o:c>", content);
    put_zip((Part[]){
        {"META-INF/manifest.xml", manifest, 0}, {"content.xml", b.s, 0}, {"mimetype", type, 0}, {0}});
    buf_release(&b);
}

TEST(ods_with_repeated_and_covered_cells)
{
#define OC(text) "<table:table-cell><text:p>" text "</text:p></table:table-cell>"
    Buf b = {0};
    buf_add(
        &b,
        "<?xml version='1.0'?><o:c xmlns:o='o' xmlns:text='t' xmlns:table='b'>"
        "<table:table table:name='MN'><table:table-row table:number-rows-repeated='2'><table:table-cell "
        "table:number-columns-repeated='16384'/></table:table-row><table:table-row>" OC("TT") OC("Trường")
            OC("Kết nghĩa") "</table:table-row><table:table-row><table:table-cell "
                            "table:number-rows-spanned='2'><text:p>1</text:p></table:table-cell>" OC(
                                "Hoa<text:s/>Mai")
                                OC("Sơn Đồng") "</table:table-row><table:table-row><table:covered-table-cell/"
                                               "><table:table-cell/>" OC(
                                                   "Yên Sở") "<table:table-cell "
                                                             "table:number-columns-repeated='16381'/></"
                                                             "table:table-row>"
                                                             "<table:table-row "
                                                             "table:number-rows-repeated='1048000'><table:"
                                                             "table-cell/></table:table-row>"
                                                             "</table:table></o:c>");
    put_zip((Part[]){
        {"mimetype", "application/vnd.oasis.opendocument.spreadsheet", 0}, {"content.xml", b.s, 0}, {0}});
    check_pages("r1 c1 1x1 TT\nr1 c2 1x1 Trường\nr1 c3 1x1 Kết nghĩa\nr2 c1 2x1 1\nr2 c2 1x1 Hoa Mai\n"
                "r2 c3 1x1 Sơn Đồng\nr3 c2 1x1 \nr3 c3 1x1 Yên Sở\n");
    buf_release(&b);
}

TEST(odt_packed_again)
{
    put_opendocument("application/vnd.oasis.opendocument.text", "<m/>", "<text:p>Trường Hoa Mai</text:p>");
    check_pages("Trường Hoa Mai\n");
    put_opendocument("application/vnd.oasis.opendocument.text",
                     "<m><file-entry><encryption-data/></file-entry></m>", "\x01\x02");
    check_refused(NULL, DAU_ENCRYPTED, "it is encrypted");
}

TEST(docx_of_the_web_form)
{
    put_zip((Part[]){{"[Content_Types].xml", "<Types/>", 0},
                     {"word/document2.xml", DOCX_BEGIN P("Trường Hoa Mai") DOCX_END, 0},
                     {0}});
    check_pages("Trường Hoa Mai\n");
}

/* ---- old fonts ---- */

#define VN(text) "<w:p><w:r><w:rPr><w:rFonts w:ascii='.VnTime'/></w:rPr><w:t>" text "</w:t></w:r></w:p>"

TEST(one_font_is_judged_as_a_whole)
{
    put_docx(VN("Danh sách các trường") VN("THCS Phú Yên") VN("Bà Triệu"), NULL); /* Unicode typed in it */
    check_pages("Danh sách các trường\nTHCS Phú Yên\nBà Triệu\n");
    put_docx(VN("Tr\u00AD\u00EAng THCS Phó Yªn") VN("Bµ TriÖu"), NULL);
    check_pages("Trường THCS Phú Yên\nBà Triệu\n");
}

TEST(a_span_has_the_font_round_it)
{
    static const char page[] =
        "<html><body><p>Ủy ban nhân dân</p><p><font face='.VnTime'>Tr\u00AD\u00EAng <span>tiÓu "
        "häc</span> Bµ TriÖu</font> « THCS »</p></body></html>";
    put_bytes(page, sizeof page - 1);
    check_pages("Ủy ban nhân dân\nTrường tiểu học Bà Triệu « THCS »\n");
}

int main(void)
{
    int fd = mkstemp(path);
    if (fd < 0) return 1;
    close(fd);
    RUN(docx_with_merged_cells);
    RUN(docx_text);
    RUN(docx_table_in_a_text_box);
    RUN(docx_list_numbers);
    RUN(docx_numbers_by_style);
    RUN(fonts_from_before_unicode);
    RUN(odt);
    RUN(html);
    RUN(tables_inside_tables);
    RUN(a_list_is_extracted);
    RUN(what_is_made_to_do_harm);
    RUN(old_word_documents);
    RUN(csv);
    RUN(xlsx_head_table_and_signature);
    RUN(xlsx_says_what_it_leaves_out);
    RUN(ods_with_repeated_and_covered_cells);
    RUN(odt_packed_again);
    RUN(docx_of_the_web_form);
    RUN(one_font_is_judged_as_a_whole);
    RUN(a_span_has_the_font_round_it);
    unlink(path);
    return TEST_DONE();
}
