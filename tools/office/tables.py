"""tables: a plan's list as a table, column by column.

    Table(plan).put(doc, entries, level)     the list of these entries; level: of all of them, or None

A table is a list of columns, each with the path of its header cells from above, and a list of rows; merging the equal
neighbours of the paths gives the header.
"""
from docx import Cell
from names import chance, draw
from plan import OTHER_WORDS, SECTION, THEMES, WORDS

ROMAN = 'I II III IV V VI VII VIII IX X'.split()
WIDTHS = dict(no=0.52, a=2.2, b=2.2, level=0.9, ward=1.1, district=1.1, province=1.0, head=1.4, tel=1.05, count=0.7,
    note=0.9)


CONTACTS = (('HT: {head}',), ('ĐT: {tel}',), ('HT: {head}', 'ĐT: {tel}'), ('({head} - {tel})',),
    ('Hiệu trưởng: {head}',), ('SĐT: {tel}',), ('Đ/c: thôn {n}, {ward}',),
            ('(Đ/c {head}, {tel})',), ('Địa chỉ: {ward}', 'ĐT: {tel}'), ('Hiệu trưởng: {head} - ĐT: {tel}',),
            ('* LH: {head} ({tel})',), ('Email: th{n}@edu.vn',))


class Column:
    def __init__(self, role, side, label, width, index=0):
        self.role, self.side, self.label, self.width, self.index = role, side, label, width, index
        self.path = [label]


class Row:
    "One line of the table: an entry, the schools of it that stand here, and whether the sides go on from the row above."

    def __init__(self, entry, a, b, go_on=''):
        self.entry, self.a, self.b, self.go_on = entry, a, b, go_on


class Table:
    def __init__(self, plan):
        self.plan, self.rng, self.columns = plan, plan.rng, None
        self._draw()

    def _draw(self):
        p, axis = self.plan, self.plan.axis
        most = max(max(len(e.a), len(e.b)) for e in p.entries)
        fits = p.several in ('partners',) and 1 < most <= 3
        self.cut = axis('several as', ('rows merged', 35), ('in the cell', 30), ('rows said again', 10),
            ('rows ditto', 10), ('rows left empty', 6),
                        ('columns', 25 if fits else 0)) if most > 1 else 'rows merged'
        axis('joined by', ('comma', 3), ('line', 4), ('dash lines', 3), ('và', 2),
            ('semicolon', 2)) if self.cut == 'in the cell' else None
        plain = p.level_in in ('name', 'title', 'tables', 'header', 'nowhere') and most == 1 and 'column' not in (
            p.ward_in, p.district_in)
        axis('layout', ('columns', 80), ('side by side', 14 if plain and len(p.entries) > 5 else 0),
            ('transposed', 14 if plain and len(p.entries) <= 12 else 0))
        axis('ordinal', ('numbers', 55), ('none', 15), ('narrow', 12), ('by Word', 10), ('with a stop', 8))
        axis('numbers', ('go on', 60), ('anew in each part', 40))
        axis('extra columns', ('none', 48), ('people', 18), ('figures', 12), ('note', 14), ('people and figures', 8))
        axis('header rows', ('one', 58), ('two', 24), ('three', 5), ('none', 7), ('two, one of numbers', 6))
        axis('header again', ('no', 85), ('inside', 8), ('by Word', 12))
        fixed = THEMES[p.theme].get('fixed') or p.axes['header rows'] == 'none'
        axis('partner first', (False, 1)) if fixed else axis('partner first', (False, 88), (True, 12))
        axis('level column', ('at every row', 3), ('merged', 4), ('first row only', 1.5),
            ('ditto', 1)) if p.level_in == 'column' else None
        axis('level column stands', ('first', 3), ('behind names', 1),
            ('second', 1)) if p.level_in == 'column' else None
        axis('place columns', ('every row', 3), ('merged', 2)) if 'column' in (p.district_in, p.ward_in) else None
        axis('borders', (True, 90), (False, 10))
        axis('contacts in the cell', (False, 1)) if 'people' in p.axes['extra columns'] else axis(
            'contacts in the cell', (False, 84), (True, 16))
        axis('total', ('no', 82), ('row', 18))
        axis('capital header', (False, 80), (True, 20))
        if p.axes['header rows'] == 'none' and p.district_in == 'header':
            p.axes['district in'] = 'heading'
        if self.cut == 'columns':  # what stands beside one partner stands beside none where there are several
            p.axes['ward in'] = 'nowhere' if p.ward_in == 'column' else p.ward_in
            p.axes['district in'] = 'brackets' if p.district_in == 'column' else p.district_in

    # ---- columns ----

    def _label(self, side):
        p, theme = self.plan, THEMES[self.plan.theme]
        words = theme[side]
        places = p.side_a if side == 'a' else p.side_b
        word = self.rng.choice(words) if words else 'Trường'
        if p.axes['level in'] == 'header':
            level = self.rng.choice((SECTION[p.level_list[0]], WORDS[p.level_list[0]][1]))
            word = word.replace('Đơn vị', 'Trường').replace('Cơ sở giáo dục', 'Trường').replace('Bên', 'Trường bên')
            word = word.replace('trường', 'trường ' + level, 1) if 'trường' in word else word.replace(
                'Trường', 'Trường ' + level, 1) if 'Trường' in word else word + ' trường ' + level
        if p.axes['district in'] == 'header':
            name = places[0].full(p.district_short)
            return word, draw(self.rng, (' thuộc %s', 2), (' %s', 2), (' của %s', 0.5), (' (%s)', 1)) % name
        return word, ''

    def _places_of(self, side):
        p, out, theirs = self.plan, [], self.plan.side_a if side == 'a' else self.plan.side_b
        if p.ward_in == 'column' and (side == 'b' or p.axes['district of'] == 'both'):
            words = ('Phường', 'Xã, phường', 'Phường/xã', 'Địa bàn phường') if theirs[0].kind == 'quận' else (
                'Xã', 'Xã, thị trấn', 'Xã/thị trấn', 'Thuộc xã', 'Xã, phường')
            out.append(('ward', self.rng.choice(words)))
        if p.district_in == 'column' and (side == 'b' or p.axes['district of'] == 'both'):
            one = {'quận': 'Quận', 'huyện': 'Huyện'}.get(theirs[0].kind, 'Quận, huyện') if chance(
                self.rng, 0.5) else self.rng.choice(
                ('Quận, huyện', 'Quận/huyện', 'Thuộc huyện', 'Địa bàn', 'Phòng GD&ĐT', 'Huyện, thành phố'))
            out.append(('district', one))
            if chance(self.rng, 0.15):
                out.append(('province', 'Tỉnh'))
        return out

    def _extras_of(self, side):
        kind, out = self.plan.axes['extra columns'], []
        if 'people' in kind:
            out.append(('head', self.rng.choice(('Hiệu trưởng', 'Họ tên Hiệu trưởng', 'Người phụ trách',
                'Người liên hệ'))))
            if chance(self.rng, 0.7):
                out.append(('tel', self.rng.choice(('Điện thoại', 'Số điện thoại', 'SĐT', 'Số ĐT liên hệ'))))
        if 'figures' in kind and chance(self.rng, 0.7):
            out.append(('classes', self.rng.choice(('Số lớp', 'Số nhóm, lớp'))))
            if chance(self.rng, 0.5):
                out.append(('pupils', self.rng.choice(('Số HS', 'Học sinh', 'Số trẻ'))))
        return out

    def _side_columns(self, side):
        p, out, most = self.plan, [], 1
        if self.cut == 'columns' and side == 'b':
            most = max(len(e.b) for e in p.entries)
        word, where = self._label(side)
        for i in range(most):
            out.append(Column(side, side, word + (' %d' % (i + 1) if most > 1 else '') + where, WIDTHS[side], i))
        if most == 1:
            extras = self._places_of(side) + (self._extras_of(side) if side == 'a' or chance(self.rng, 0.6) else [])
            out += [Column(role, side, words, WIDTHS.get(role, 0.7)) for role, words in extras]
        return self._grouped(out, side, word + where)

    def _grouped(self, columns, side, label):
        "The paths of the columns of a side: label over leaves where the header has several rows."
        p = self.plan
        if p.axes['header rows'] not in ('two', 'three'):
            return columns
        leaf = self.rng.choice(('Tên trường', 'Trường', 'Tên đơn vị', 'Đơn vị'))
        for c in columns:
            c.path = [label, c.label if c.role != side else leaf if self.cut != 'columns' or side == 'a' else '%s %d'
                % (leaf, c.index + 1)]
        if len(columns) == 1 and chance(self.rng, 0.5):
            columns[0].path = [label]
        return columns

    def _columns(self):
        p, rng = self.plan, self.rng
        a, b = self._side_columns('a'), self._side_columns('b')
        columns = b + a if p.axes['partner first'] else a + b
        if p.axes['header rows'] == 'three':
            top = rng.choice(('Các cặp trường', 'Danh sách các trường', 'Phân công cụ thể', 'Cặp trường kết nghĩa'))
            for c in columns:
                c.path = [top] + c.path
        level = Column('level', None, rng.choice(('Cấp học', 'Bậc học', 'Cấp', 'Khối', 'Loại hình')), WIDTHS['level'])
        no = Column('no', None, rng.choice(('TT', 'STT', 'Số TT', 'Stt', 'TT')),
            0.35 if p.ordinal == 'narrow' else WIDTHS['no'])
        out = ([no] if p.ordinal != 'none' else []) + columns
        if p.level_in == 'column':
            at = {'first': 0, 'second': min(1, len(out)), 'behind names': len(out)}[p.axes['level column stands']]
            out.insert(at, level)
        kind = p.axes['extra columns']
        if kind == 'note':
            out.append(Column(*rng.choice((('note', None, 'Ghi chú', 0.8), ('content', None, 'Nội dung kết nghĩa', 1.5),
                ('content', None, 'Nội dung', 1.3),
                                          ('year', None, 'Năm học', 0.9), ('year', None, 'Thời gian', 0.9)))))
        if 'figures' in kind and chance(rng, 0.6):
            out.append(Column('money', None, rng.choice(('Kinh phí (đồng)', 'Kinh phí hỗ trợ', 'Số tiền',
                'Kinh phí (triệu đồng)')), 0.9))
        if p.axes['capital header']:
            for c in out:
                c.path = [w.upper() for w in c.path]
        return out

    # ---- header ----

    def _header(self, columns):
        depth = max(len(c.path) for c in columns)
        rows = []
        for level in range(depth):
            row, i = [], 0
            while i < len(columns):
                path = columns[i].path
                if level >= len(path):
                    row.append(Cell('', merge='go on'))
                    i += 1
                    continue
                n = 1
                while level < len(path) - 1 and i + n < len(columns) and columns[i + n].path[:level + 1] == path[
                    :level + 1] and len(columns[i + n].path) > level + 1:
                    n += 1
                below = level == len(path) - 1 and depth > len(path)
                row.append(Cell(path[level], span=n, merge='start' if below else None, bold=True, align='center'))
                i += n
            rows.append(row)
        if self.plan.axes['header rows'] == 'two, one of numbers':
            form = self.rng.choice(('(%d)', '%d', '[%d]'))
            rows.append([Cell(form % (i + 1), align='center', italic=True) for i in range(len(columns))])
        return rows

    # ---- rows ----

    def _rows(self, entries):
        out = []
        for e in entries:
            if self.cut in ('in the cell', 'columns') or len(e.a) == len(e.b) == 1:
                out.append(Row(e, e.a, e.b))
                continue
            pairs = [(a, b) for a in e.a for b in e.b]
            for i, (a, b) in enumerate(pairs):
                out.append(Row(e, [a], [b], '' if i == 0 else 'b' if len(e.a) > 1 else 'a'))
        return out

    def _join(self, texts):
        by = self.plan.axes.get('joined by', 'line')
        if len(texts) == 1:
            return texts
        if by in ('line', 'dash lines'):
            return [('- ' if by == 'dash lines' else '') + t for t in texts]
        if by == 'và':
            return [', '.join(texts[:-1]) + ' và ' + texts[-1]]
        return [{'comma': ', ', 'semicolon': '; '}[by].join(texts)]

    def _names(self, schools, side, outer):
        p = self.plan
        lines = self._join([p.spell(s, side, outer) for s in schools])
        if p.ward_in == 'second line' and len(schools) == 1 and side == 'b':
            lines = lines + [draw(self.rng, ('(%s)', 1), ('%s', 1), ('Địa chỉ: %s', 1)) % schools[0].ward()]
        if p.axes['contacts in the cell'] and len(schools) == 1:
            s, how = schools[0], self.contact if chance(self.rng, 0.9) else self.rng.choice(CONTACTS)
            lines = lines + [l.format(head=s.head, tel=s.tel, n=s.classes, ward=s.ward()) for l in how]
        if p.axes['trailing blanks'] and chance(self.rng, 0.4):
            lines[-1] += ' '
        return lines

    def _value(self, column, row, number, outer):
        p, rng, role = self.plan, self.rng, column.role
        school = (row.b if column.side == 'b' else row.a)[0]
        if role in ('a', 'b'):
            schools = row.a if role == 'a' else row.b
            if self.cut == 'columns' and role == 'b':
                schools = schools[column.index:column.index + 1]
            return self._names(schools, role, p.outer(row.entry.level) if outer is None else outer) if schools else ''
        if role == 'ward':
            return self._join([s.commune[1] if chance(rng, 0.5) else s.ward()
                for s in (row.b if column.side == 'b' else row.a)])
        if role == 'district':
            places = list(dict.fromkeys(s.place for s in (row.b if column.side == 'b' else row.a)))
            return self._join([self._district(p) for p in places])
        return {'no': '%d.' % number if p.ordinal == 'with a stop' else str(number), 'head': school.head,
            'tel': school.tel, 'classes': str(school.classes),
                'pupils': str(school.pupils), 'province': school.place.province,
                'note': rng.choice(('', '', '', 'Mới', 'Tiếp tục', 'Điểm lẻ')),
                'content': rng.choice(('Chuyên môn', 'Sách vở, quần áo', 'Dự giờ, thao giảng', 'Giao lưu học sinh')),
                'year': rng.choice(('2023 - 2024', '2022-2025', 'Học kỳ I')),
                'money': '%d.000.000' % rng.randint(2, 20), 'level': self.level_words[row.entry.level]}[role]

    def _district(self, place):
        return place.full(self.plan.district_short) if self.kinds or place.name.isdigit() else place.name

    def _cell(self, column, row, above, number, outer):
        role, p = column.role, self.plan
        centre = 'left' if role in ('a', 'b', 'head', 'content', 'ward', 'district') else 'center'
        goes_on = row.go_on and (column.side == row.go_on or column.side is None
            and role in ('no', 'level', 'note', 'year', 'money', 'content'))
        if goes_on and self.cut != 'rows said again':
            if self.cut == 'rows merged':
                return Cell('', merge='go on')
            if role == 'no':
                return Cell('')
            if self.cut == 'rows left empty':
                return Cell('')
            if self.cut == 'rows ditto' and role == row.go_on:
                return Cell(self.ditto, align='center')
        if role == 'level' and above and above.entry.level == row.entry.level and not self.fresh:
            how = p.axes['level column']
            if how != 'at every row':
                return Cell('', merge='go on') if how == 'merged' else Cell(
                    '' if how == 'first row only' else self.ditto, align='center')
        if role in ('district', 'province') and p.axes[
            'place columns'] == 'merged' and above and not self.fresh and self._places(column, above) == self._places(
            column, row):
            return Cell('', merge='go on')
        varies = 'b' if len(row.entry.b) > 1 else 'a'
        merged = self.cut == 'rows merged' and len(row.entry.a) * len(row.entry.b) > 1 and column.side != varies
        merged = merged or role == 'level' and p.axes['level column'] == 'merged' or role in (
            'district', 'province') and p.axes['place columns'] == 'merged'
        if role == 'no' and p.ordinal == 'by Word':
            return Cell('', number=self.word_list, merge='start' if merged else None)
        return Cell(self._value(column, row, number, outer), align=centre, merge='start' if merged else None)

    def _places(self, column, row):
        return {s.place for s in (row.b if column.side == 'b' else row.a)}

    def _section(self, columns, level, count, index):
        rng, words = self.rng, self.rng.choice((SECTION[level], WORDS[level][0].lower(), WORDS[level][1]))
        text = self.section_form % {'level': words, 'n': ROMAN[index], 'letter': 'ABCDEG'[index]}
        if self.section_upper:
            text = text.upper()
        if self.section_count:
            text += ' (%d trường)' % count
        if self.section_beside_number and columns[0].role == 'no':
            return [Cell(ROMAN[index], bold=True, align='center'),
                Cell(text.split('. ', 1)[-1], span=len(columns) - 1, bold=True)]
        return [Cell(text, span=len(columns), bold=True, align=rng.choice(('left', 'center')))]

    def _prepare(self, doc):
        rng = self.rng
        self.contact = rng.choice(CONTACTS)
        self.kinds = chance(rng, 0.4)  # "huyện Sóc Sơn" or "Sóc Sơn" in the column of districts
        self.ditto = rng.choice(('Như trên', '-nt-', '″', '"', 'nt', '〃'))
        self.word_list = doc.new_list(rng.choice(('%1', '%1.'))) if self.plan.ordinal == 'by Word' else None
        short = rng.randrange(2)
        self.level_words = {l: (OTHER_WORDS[l][1] if l in ('TH&THCS',) and chance(rng, 0.3) else w[short]) for l,
            w in WORDS.items()}
        self.section_form = rng.choice(('%(n)s. Khối %(level)s', '%(letter)s. %(level)s', '%(n)s. Cấp %(level)s',
            'Khối %(level)s', '%(level)s', 'Cấp %(level)s',
                                        '%(n)s. Bậc %(level)s', '%(n)s. Các trường %(level)s',
                                        '%(letter)s. Trường %(level)s'))
        self.section_upper, self.section_count = chance(rng, 0.45), chance(rng, 0.15)
        self.section_beside_number = chance(rng, 0.3)

    def _body(self, columns, entries, level):
        p, out, number, above, seen = self.plan, [], 0, None, []
        again = self.rng.randint(3, 8) if p.axes['header again'] == 'inside' and p.axes['header rows'] != 'none' else 0
        for i, row in enumerate(self._rows(entries)):
            self.fresh = False
            if p.level_in == 'section' and row.entry.level not in seen:
                count = sum(len(e.a) for e in entries if e.level == row.entry.level)
                out.append(self._section(columns, row.entry.level, count, len(seen)))
                seen.append(row.entry.level)
                number, self.fresh = (0 if p.numbers != 'go on' else number), True
            elif again and i == again and not row.go_on:
                out += self._header(columns)
                self.fresh = True
            number += not row.go_on or self.cut == 'rows said again'
            out.append([self._cell(c, row, above, number, level) for c in columns])
            above = row
        if p.total == 'row':
            out.append(self._total(columns, entries))
        return out

    def _total(self, columns, entries):
        count = sum(len(e.a) for e in entries)
        text = self.rng.choice(('Tổng cộng: %d trường', 'Tổng số: %d đơn vị', 'Cộng: %02d trường',
            'Tổng cộng %d cặp trường')) % count
        if len(columns) > 2 and chance(self.rng, 0.4):
            return [Cell('', ), Cell('Tổng cộng', bold=True),
                Cell('%d trường' % count, span=len(columns) - 2, align='center')]
        return [Cell(text, span=len(columns), bold=True, align='center')]

    def put(self, doc, entries, level=None):
        p = self.plan
        self._prepare(doc)
        self.fresh = False
        if p.layout == 'transposed':
            return self._put_transposed(doc, entries, level)
        self.columns = columns = self.columns or self._columns()
        header = self._header(columns) if p.axes['header rows'] != 'none' else []
        if p.layout == 'side by side':
            return self._put_side_by_side(doc, columns, header, entries, level)
        body = self._body(columns, entries, level)
        self._write(doc, header + body, columns, len(header))

    def _write(self, doc, rows, columns, header):
        p = self.plan
        widths = [c.width for c in columns]
        if sum(widths) > 1.15 * doc.width:  # nobody leaves words cut in their columns: the page is turned
            doc.landscape = True
        small = sum(widths) > 1.05 * doc.width
        spare = doc.width - sum(widths)
        names = [i for i, c in enumerate(columns) if c.role in 'ab']
        if spare > 0 and names and chance(self.rng, 0.7):
            for i in names:
                widths[i] += spare / len(names)
        if p.ordinal == 'narrow' and columns[0].role == 'no' and sum(widths) > doc.width:  # stays as narrow as it is
            rest = (doc.width - 0.35) / sum(widths[1:])
            widths = [0.35] + [w * rest for w in widths[1:]]
        doc.table(rows, widths, borders=p.borders, header_rows=header if p.axes['header again'] == 'by Word' else 0,
            size=self.rng.choice((11, 12, 12, 13)) - 2 * small)

    def _put_side_by_side(self, doc, columns, header, entries, level):
        keep = [c for c in columns if c.role in ('no', 'a', 'b')]
        header = self._header(keep) if header else []
        half = (len(entries) + 1) // 2
        left, right = self._rows(entries[:half]), self._rows(entries[half:])
        rows = [[*h, *[Cell(c.lines, c.span, c.merge, c.bold, c.italic, c.align) for c in h]] for h in header]
        for i, row in enumerate(left):
            cells = [self._cell(c, row, None, i + 1, level) for c in keep]
            cells += [self._cell(c, right[i], None, half + i + 1, level) for c in keep] if i < len(right) else [
                Cell('') for _ in keep]
            rows.append(cells)
        self._write(doc, rows, keep + keep, len(header))

    def _put_transposed(self, doc, entries, level):
        p, rng = self.plan, self.rng
        lines = [c for c in self._columns() if c.role in ('no', 'a', 'b', 'head', 'tel')]
        for start in range(0, len(entries), 5):
            part = self._rows(entries[start:start + 5])
            rows = []
            for c in lines:
                if c.role == 'no' and p.ordinal == 'by Word':
                    continue
                self.fresh = True
                rows.append([Cell(' '.join(dict.fromkeys(c.path)) if len(c.path) > 1 else c.path[0], bold=True)] +
                            [self._cell(c, row, None, start + i + 1, level) for i, row in enumerate(part)])
            doc.table(rows, [1.1] + [(doc.width - 1.1) / len(part)] * len(part), size=rng.choice((11, 12)))
