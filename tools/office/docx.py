"""docx: a document of paragraphs and tables as Word writes it, with nothing but zipfile.

    doc = Document(rng, font='Times New Roman', size=13, landscape=False)
    doc.para('KẾ HOẠCH', align='center', bold=True)
    doc.table([[Cell('TT', bold=True), Cell('Trường', span=2)]], widths=[0.4, 3, 3])
    doc.save('plan.docx')                                  the same document gives the same bytes
"""
import zipfile
from xml.sax.saxutils import escape

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PARTS = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>' + ''.join(
        '<Override PartName="/word/%s.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml"/>' % p
        for p in (('document', 'document.main'), ('styles', 'styles'), ('numbering', 'numbering'))) + '</Types>',
    '_rels/.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/_rels/document.xml.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + ''.join(
        '<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s.xml"/>' % (i, n, n)
        for i, n in enumerate(('styles', 'numbering'), 1)) + '</Relationships>',
}
TWIPS = 1440  # an inch


class Cell:
    "A table's cell. merge: None, 'start' or 'go on'."

    def __init__(self, text='', span=1, merge=None, bold=False, italic=False, align='left', number=None, upright=True):
        self.lines = text if isinstance(text, list) else [text]
        self.span, self.merge, self.bold, self.italic, self.align, self.number, self.upright = span, merge, bold, italic, align, number, upright


class Document:
    def __init__(self, rng, font='Times New Roman', size=13, landscape=False, split_runs=False):
        self.rng, self.font, self.size, self.landscape, self.split_runs = rng, font, size, landscape, split_runs
        self.body, self.lists = [], []

    @property
    def width(self):
        "Inches between the margins."
        return 9.6 if self.landscape else 6.4

    def new_list(self, text='%1.', kind='decimal'):
        "A list that Word numbers; what it returns goes to para(number=)."
        self.lists.append((kind, text))
        return len(self.lists)

    def _run(self, text, props):
        out = ['<w:r><w:rPr>%s</w:rPr>' % props]
        for i, line in enumerate(text.split('\n')):
            for k, part in enumerate(line.split('\t')):
                out.append(('<w:tab/>' if k else '<w:br/>' if i else '') +
                           ('<w:t xml:space="preserve">%s</w:t>' % escape(part) if part else ''))
        return ''.join(out) + '</w:r>'

    def _runs(self, text, props):
        if not self.split_runs or len(text) < 4:
            return self._run(text, props)
        out = []
        while text:  # a person corrected a word here and there: Word then splits the run
            n = self.rng.randint(1, 14)
            out.append(self._run(text[:n], props))
            text = text[n:]
        return '<w:proofErr w:type="spellStart"/>'.join(out)

    def _para(self, text, align='left', bold=False, italic=False, size=None, indent=0, hang=0, number=None, tabs=(),
        before=0, after=60, underline=False):
        props = ('<w:b/>' if bold else '') + ('<w:i/>' if italic else '') + (
            '<w:u w:val="single"/>' if underline else '')
        if size:
            props += '<w:sz w:val="%d"/><w:szCs w:val="%d"/>' % (2 * size, 2 * size)
        about = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="%d"/></w:numPr>' % number if number else ''
        if tabs:
            about += '<w:tabs>%s</w:tabs>' % ''.join('<w:tab w:val="%s" w:leader="%s" w:pos="%d"/>' % (k, l, p * TWIPS)
                for p, k, l in tabs)
        about += '<w:spacing w:before="%d" w:after="%d"/>' % (before, after)
        if indent or hang:
            about += '<w:ind w:left="%d" w:%s="%d"/>' % (indent * TWIPS, 'hanging' if hang > 0 else 'firstLine',
                abs(hang) * TWIPS)
        about += '<w:jc w:val="%s"/>' % {'left': 'left', 'right': 'right', 'center': 'center', 'both': 'both'}[align]
        return '<w:p><w:pPr>%s</w:pPr>%s</w:p>' % (about, self._runs(text, props) if text else '')

    def para(self, text, **how):
        self.body.append(self._para(text, **how))

    def page_break(self):
        self.body.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')

    def _cell(self, cell, width, size):
        merge = {None: '', 'start': '<w:vMerge w:val="restart"/>', 'go on': '<w:vMerge/>'}[cell.merge]
        props = '<w:tcW w:w="%d" w:type="dxa"/>%s%s%s' % (
            width * TWIPS, '<w:gridSpan w:val="%d"/>' % cell.span if cell.span > 1 else '', merge,
            '<w:vAlign w:val="center"/>' if cell.upright else '')
        lines = [''] if cell.merge == 'go on' else cell.lines
        return '<w:tc><w:tcPr>%s</w:tcPr>%s</w:tc>' % (props, ''.join(
            self._para(l, align=cell.align, bold=cell.bold, italic=cell.italic, size=size, number=cell.number, after=0)
            for l in lines))

    def table(self, rows, widths, borders=True, header_rows=0, size=None, height=0):
        scale = min(1, self.width / sum(widths))
        widths = [w * scale for w in widths]
        edges = ''.join('<w:%s w:val="%s" w:sz="4" w:space="0" w:color="auto"/>' % (e, 'single' if borders else 'none')
                        for e in ('top', 'left', 'bottom', 'right', 'insideH', 'insideV'))
        out = ['<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>%s</w:tblBorders><w:tblLayout '
               'w:type="fixed"/></w:tblPr><w:tblGrid>%s</w:tblGrid>' % (
                   sum(widths) * TWIPS, edges, ''.join('<w:gridCol w:w="%d"/>' % (w * TWIPS) for w in widths))]
        for i, row in enumerate(rows):
            props = '<w:cantSplit/>' + ('<w:trHeight w:val="%d"/>' % height if height else '') + (
                '<w:tblHeader/>' if i < header_rows else '')
            cells, at = [], 0
            for cell in row:
                cells.append(self._cell(cell, sum(widths[at:at + cell.span]), size))
                at += cell.span
            assert at == len(widths), 'a row of %d columns in a table of %d' % (at, len(widths))
            out.append('<w:tr><w:trPr>%s</w:trPr>%s</w:tr>' % (props, ''.join(cells)))
        self.body.append(''.join(out) + '</w:tbl>')
        self.body.append('<w:p><w:pPr><w:spacing w:before="0" w:after="60"/></w:pPr></w:p>')

    def _numbering(self):
        out = []
        for i, (kind, text) in enumerate(self.lists, 1):
            out.append('<w:abstractNum w:abstractNumId="%d"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/>'
                       '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>' % (i, kind, text))
        out += ['<w:num w:numId="%d"><w:abstractNumId w:val="%d"/></w:num>' % (i, i)
            for i in range(1, len(self.lists) + 1)]
        return '<w:numbering %s>%s</w:numbering>' % (NS, ''.join(out))

    def _styles(self):
        font = escape(self.font)
        return ('<w:styles %s><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="%s" w:hAnsi="%s" w:cs="%s"/><w:sz w:val="%d"/>'
                '<w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
                '<w:name w:val="Normal"/></w:style></w:styles>' % (NS, font, font, font, 2 * self.size))

    def save(self, path):
        w, h = (16838, 11906) if self.landscape else (11906, 16838)
        page = '<w:sectPr><w:pgSz w:w="%d" w:h="%d"%s/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1418"/></w:sectPr>' % (
            w, h, ' w:orient="landscape"' if self.landscape else '')
        parts = dict(PARTS)
        parts['word/document.xml'] = '<w:document %s><w:body>%s%s</w:body></w:document>' % (
            NS, ''.join(self.body), page)
        parts['word/styles.xml'], parts['word/numbering.xml'] = self._styles(), self._numbering()
        with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
            for name, text in parts.items():
                info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                z.writestr(info, HEAD + text)
