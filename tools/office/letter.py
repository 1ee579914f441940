"""letter: what stands round a list: letterhead, title, introduction, headings, other tables, the end.

    doc, gold = twins(rng, book)       a document with a list of twins, and its gold
"""
import itertools

from docx import Cell, Document
from lines import Lines
from names import chance, draw
from plan import SECTION, THEMES, WORDS, Plan
from tables import ROMAN, Table

CITIES = ('Hà Nội', 'Hồ Chí Minh', 'Hải Phòng', 'Đà Nẵng', 'Cần Thơ')
MOTTO = ('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc')
KINDS = (('KẾ HOẠCH', 'KH', 5), ('QUYẾT ĐỊNH', 'QĐ', 2), ('DANH SÁCH', 'DS', 2), ('THÔNG BÁO', 'TB', 1.5),
    ('CÔNG VĂN', 'CV', 1.5), ('HƯỚNG DẪN', 'HD', 0.7),
         ('PHỤ LỤC', None, 2), ('BẢNG PHÂN CÔNG', 'BPC', 0.7), ('BIÊN BẢN', 'BB', 0.4), ('CHƯƠNG TRÌNH', 'CTr', 0.4))
TITLES = ('tổ chức %(noun)s giữa các trường {a} và các trường {b}', 'phân công các trường {a} %(verb)s các trường {b}',
          'tổ chức hoạt động %(noun)s giữa các đơn vị trường học', 'danh sách các trường %(noun)s {of}',
          'thực hiện công tác %(noun)s giữa các cơ sở giáo dục {of}',
          'tiếp tục duy trì việc %(noun)s giữa các trường {of}',
          'triển khai mô hình "trường giúp trường", %(noun)s giữa {a} và {b}',
          'xây dựng mối quan hệ %(noun)s của ngành giáo dục {a} với ngành giáo dục {b}')
BASES = ('Căn cứ Kế hoạch nhiệm vụ năm học %s của ngành;',
    'Căn cứ kết quả khảo sát điều kiện dạy và học tại các đơn vị;',
    'Thực hiện chỉ đạo của Ủy ban nhân dân về nâng cao chất lượng giáo dục;',
         'Xét đề nghị của bộ phận chuyên môn và công đoàn ngành,',
         'Căn cứ biên bản làm việc giữa hai địa phương tháng 8 vừa qua;')
AIMS = ('Giúp các đơn vị có điều kiện trao đổi cách quản lý, phương pháp dạy học và tổ chức hoạt động cho học sinh.',
        'Việc %s phải thiết thực, phù hợp hoàn cảnh của mỗi đơn vị, tránh phô trương.',
        'Các đơn vị chủ động gặp gỡ, thống nhất nội dung trước ngày 30 tháng 9.',
        'Mỗi học kỳ tổ chức ít nhất một buổi sinh hoạt chuyên môn chung.',
        'Vận động phụ huynh và các nhà hảo tâm ủng hộ sách vở, đồ dùng học tập.',
        'Kết quả thực hiện là một căn cứ để xét thi đua cuối năm.')
LEADS = ('Phòng phân công các đơn vị %s như sau:', 'Danh sách các trường %s cụ thể như sau:',
    'Các trường thực hiện %s theo bảng dưới đây:', 'Việc %s được bố trí như sau:',
         'Căn cứ tình hình thực tế, các trường được %s như sau:')
TABLE_HEADINGS = ('%(n)s. Cấp %(level)s', '%(n)s. Khối %(level)s', 'Danh sách các trường %(level)s %(noun)s',
    '%(i)d. Trường %(level)s', 'Khối %(level)s:', '%(n)s. %(LEVEL)s', 'Biểu %(i)d: Cấp %(level)s',
                  '%(i)d. Đối với cấp %(level)s')
ENDS = ('Nhận được văn bản này, đề nghị thủ trưởng các đơn vị nghiêm túc thực hiện.',
    'Trong quá trình thực hiện, có vướng mắc báo cáo về Phòng để được hướng dẫn.',
        'Giao bộ phận tổng hợp theo dõi, đôn đốc và báo cáo kết quả.', 'Các đơn vị gửi báo cáo trước ngày 15 tháng 5.')


def year_of(rng):
    y = rng.randint(2017, 2024)
    return y, rng.choice(('%d - %d', '%d-%d', '%d – %d')) % (y, y + 1)


class Letter:
    "The document under work: its words are drawn once."

    def __init__(self, rng, book, place, landscape=False, issuer=None):
        self.rng, self.book, self.place = rng, book, place
        self.year, self.school_year = year_of(rng)
        self.day = (rng.randint(1, 28), rng.randint(1, 12))
        kind = draw(rng, *[(k, k[2]) for k in KINDS])
        self.kind, self.code = kind[0], kind[1]
        self.number = rng.randint(11, 890)
        self.issuer = issuer or draw(rng, ('Phòng Giáo dục và Đào tạo ' + place.full(), 6),
            ('Ủy ban nhân dân ' + place.full(), 2), ('Sở Giáo dục và Đào tạo ' + place.province, 2))
        self.doc = Document(rng, font=draw(rng, ('Times New Roman', 9), ('Arial', 1)),
            size=rng.choice((12, 13, 13, 14)), landscape=landscape, split_runs=chance(rng, 0.25))
        self.gold = {}

    @property
    def sign(self):
        return {'Phòng': 'PGDĐT', 'Ủy': 'UBND', 'Sở': 'SGDĐT'}[self.issuer.split()[0]]

    def head(self, title):
        rng, doc = self.rng, self.doc
        number = '%d/%s-%s' % (self.number, self.code, self.sign) if self.code else None
        self.gold.update(number=number, issuer=self.issuer, date='%d-%02d-%02d' % (self.year, self.day[1], self.day[0])
            if self.code else None, title=title[0].upper() + title[1:])
        if not self.code:
            doc.para(rng.choice(('PHỤ LỤC', 'PHỤ LỤC %d' % rng.randint(1, 4), 'Phụ lục %s' % rng.choice(ROMAN[:4]),
                'Biểu số %02d' % rng.randint(1, 5))), align='center', bold=True)
            self.title(title)
            doc.para('(Kèm theo Kế hoạch số %d/KH-%s ngày %d/%d/%d của %s)'
                % (self.number, self.sign, *self.day, self.year, self.issuer), align='center', italic=True)
            return
        self.letterhead(number, title)
        if self.kind == 'CÔNG VĂN':
            doc.para('Kính gửi: Hiệu trưởng các trường trực thuộc.', align='center', before=120)
        else:
            doc.para(self.kind, align='center', bold=True, before=120)
            self.title(title)

    def title(self, title):
        text = title[0].upper() + title[1:]
        how = self.rng.random()
        if how < 0.3:
            text = text.upper()
        elif how < 0.5:
            text = 'Về việc ' + title
        cut = text.find(' ', len(text) // 2)
        for line in (text[:cut], text[cut + 1:]) if len(text) > 60 and cut > 0 and chance(self.rng, 0.5) else (text,):
            self.doc.para(line, align='center', bold=True)

    def letterhead(self, number, title):
        rng, doc = self.rng, self.doc
        above = ['UBND ' + self.place.full().upper()] if self.issuer.startswith('Phòng') else [
            'UBND ' + ('' if self.place.province.startswith('Thành phố') else 'THÀNH PHỐ '
            if self.place.province in CITIES else 'TỈNH ') + self.place.province.upper()] if self.issuer.startswith(
            'Sở') else []
        about = ['V/v ' + title] if self.kind == 'CÔNG VĂN' else []
        short = self.issuer.upper() if chance(rng, 0.6) else self.issuer.replace(
            ' Giáo dục và Đào tạo', ' GD&ĐT').upper()
        left, right = above + [short, 'Số: ' + number] + about, list(MOTTO) + [
            '%s, ngày %02d tháng %d năm %d' % (self.place.name if not self.place.name.isdigit()
            else 'Thành phố Hồ Chí Minh', *self.day, self.year)]
        if chance(rng, 0.8):
            doc.table([[Cell(left, align='center', upright=False), Cell(right, align='center', upright=False)]],
                [2.6, 3.9], borders=False, size=12)
            return
        for text in left:
            doc.para(text, bold=text == short)
        for text in right:
            doc.para(text, align='center')

    def heading(self, words):
        self.heads = getattr(self, 'heads', 0) + 1
        mark = self.rng.choice(('%s. ' % ROMAN[self.heads - 1], '%d. ' % self.heads, ''))
        text = mark + (words.upper() if mark and mark[0] in 'IVX' and chance(self.rng, 0.6) else words)
        self.doc.para(text, bold=True, before=80)

    def sentences(self, pool, count, **say):
        for text in self.rng.sample(pool, min(count, len(pool))):
            self.doc.para((text % say['fill'] if '%s' in text else text), align='both', hang=-0.4)

    def other_table(self):
        "A table of something else: who leads, when what is done, what it costs."
        rng, doc, book = self.rng, self.doc, self.book
        kind = rng.choice(('people', 'days', 'money'))
        if kind == 'people':
            doc.para(rng.choice(('Ban chỉ đạo gồm các ông, bà:', 'Thành phần tổ công tác', 'Danh sách Ban Tổ chức')),
                bold=True, before=80)
            rows = [['TT', 'Họ và tên', 'Chức vụ', 'Nhiệm vụ', 'Điện thoại']]
            rows += [[str(i + 1), book.person(rng), rng.choice(
                ('Trưởng phòng', 'Phó trưởng phòng', 'Chuyên viên', 'Chủ tịch công đoàn',
                'Hiệu trưởng trường TH ' + rng.choice(book.streets))),
                      ('Trưởng ban', 'Phó ban', 'Thành viên', 'Thư ký')[min(i, 3)], '09%08d' % rng.randrange(10 ** 8)]
                      for i in range(rng.randint(3, 6))]
            widths = [0.4, 1.8, 2, 1, 1.1]
        elif kind == 'days':
            doc.para(rng.choice(('Tiến độ thực hiện', 'Thời gian và nội dung công việc', 'Lịch triển khai')), bold=True,
                before=80)
            work = ['Xây dựng kế hoạch, phân công', 'Gặp mặt, ký kết', 'Tổ chức chuyên đề chung',
                'Thăm hỏi, tặng quà học sinh', 'Sơ kết, rút kinh nghiệm', 'Báo cáo kết quả']
            rows = [['TT', 'Nội dung', 'Thời gian', 'Đơn vị thực hiện']] + [
                [str(i + 1), w, 'Tháng %d/%d' % (9 + i % 4, self.year),
                rng.choice(('Các trường', 'Phòng GD&ĐT', 'Công đoàn ngành'))] for i,
                w in enumerate(work[:rng.randint(3, 6)])]
            widths = [0.4, 3, 1.3, 1.6]
        else:
            doc.para(rng.choice(('Dự toán kinh phí', 'Kinh phí thực hiện')), bold=True, before=80)
            rows = [['STT', 'Nội dung chi', 'Số lượng', 'Đơn giá', 'Thành tiền']] + [
                [str(i + 1), w, str(rng.randint(2, 60)), '%d.000' % rng.randint(20, 300),
                '%d.%03d.000' % (rng.randint(1, 9), rng.randint(0, 999))]
                                                                                     for i, w in enumerate(
                                                                                     ('Xe đi lại', 'Quà cho học sinh',
                                                                                     'Sách thư viện', 'Nước uống')[
                                                                                     :rng.randint(2, 4)])]
            widths = [0.45, 2.4, 1, 1.2, 1.3]
        doc.table([[Cell(t, bold=not i, align='center' if not i else 'left') for t in r] for i, r in enumerate(rows)],
            widths)

    def end(self):
        rng, doc = self.rng, self.doc
        if chance(rng, 0.7):
            self.sentences(ENDS, rng.randint(1, 2))
        office = rng.choice(
            ('TRƯỞNG PHÒNG', 'KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG')) if self.sign == 'PGDĐT' else rng.choice(
            ('GIÁM ĐỐC', 'KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC')) if self.sign == 'SGDĐT' else 'TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH'
        if chance(rng, 0.85):
            doc.table([[Cell(['Nơi nhận:', '- Như trên;', '- Lãnh đạo %s;' % rng.choice(('Phòng', 'UBND', 'Sở')),
                '- Lưu: VT.'], upright=False),
                        Cell(office.split('\n') + ['', '', '', self.book.person(rng)], bold=True, align='center',
                        upright=False)]], [3.2, 3.2], borders=False, size=12)


# ---- a document of twins ----

def _of(plan):
    return plan.rng.choice(('năm học %s' % plan.school_year, 'trên địa bàn', 'giai đoạn 2021-2025', ''))


def title_of(plan):
    "Words of the title; the districts stand in it only where the form says so."
    rng, theme, said = plan.rng, THEMES[plan.theme], plan.district_in == 'title'
    pool = [t for t in TITLES if ('{a}' in t) == said]
    level = plan.rng.choice((SECTION[plan.level_list[0]], WORDS[plan.level_list[0]][0].lower(),
        WORDS[plan.level_list[0]][1]))
    text = rng.choice(pool) % {'noun': theme['noun'], 'verb': theme['verbs'][0]}
    if plan.level_in == 'title':
        text = text.replace('các trường', 'các trường ' + level).replace(
            'các đơn vị trường học', 'các trường ' + level).replace('các cơ sở giáo dục', 'các trường ' + level)
        if level not in text:
            text = text.replace('{b}', 'các trường %s {b}' % level).replace('{a}', 'các trường %s {a}' % level)
    a, b = plan.side_a[0].full(), plan.side_b[0].full()
    if said and plan.side_a[0].province != plan.side_b[0].province and chance(rng, 0.5):
        b += rng.choice((', tỉnh ', ' tỉnh ')) + plan.side_b[0].province
    return ' '.join(text.replace('{a}', a).replace('{b}', b).replace('{of}', _of(plan)).split())


def put_list(letter, plan):
    "The list itself, in one piece or one piece a level."
    rng, doc, maker = letter.rng, letter.doc, (Table if plan.shape == 'table' else Lines)(plan)
    noun = THEMES[plan.theme]['noun']
    plan.axis('introduced', (True, 75), (False, 25))
    if plan.introduced:
        doc.para(rng.choice([l for l in LEADS if plan.shape == 'table' or 'bảng' not in l]) % noun, align='both',
            hang=-0.4)
    if plan.district_in == 'heading':
        doc.para(rng.choice(('Các trường %s %s với %s', '%s: %s – %s', 'Danh sách các trường %s: %s và %s'))
            % (noun if chance(rng, 0.5) else 'kết nghĩa', plan.side_a[0].full(), plan.side_b[0].full()), bold=True,
            align=rng.choice(('left', 'center')))
    if plan.level_in != 'tables':
        return maker.put(doc, plan.entries, plan.level_list[0] if plan.level_in in ('title', 'header') else None)
    form = rng.choice(TABLE_HEADINGS)
    for i, (level, group) in enumerate(itertools.groupby(plan.entries, key=lambda e: e.level)):
        words = {'n': ROMAN[i], 'i': i + 1, 'level': SECTION[level], 'LEVEL': SECTION[level].upper(), 'noun': noun}
        doc.para(form % words, bold=True, before=80, align=rng.choice(('left', 'center')))
        if plan.axes.get('numbers', 'anew') != 'go on' and plan.shape == 'lines':
            maker.number = 0
        maker.put(doc, list(group), level)


def twins(rng, book):
    plan = Plan(rng, book)
    landscape = plan.shape == 'table' and chance(rng, 0.22)
    letter = Letter(rng, book, plan.side_a[0], landscape)
    plan.school_year = letter.school_year
    plan.axis('letter', ('full', 45), ('short', 35), ('list only', 20))
    if plan.axes['letter'] == 'list only':
        letter.code = None
    body = Document(rng, letter.doc.font, letter.doc.size, landscape, letter.doc.split_runs)
    outer, letter.doc = letter.doc, body
    plan.axis('other table', ('none', 72), ('before', 14), ('after', 14))
    if plan.letter == 'full':
        letter.sentences(BASES, rng.randint(1, 3), fill=letter.school_year)
        letter.heading(rng.choice(('Mục đích, yêu cầu', 'Mục đích', 'Yêu cầu chung')))
        letter.sentences(AIMS, rng.randint(2, 4), fill=THEMES[plan.theme]['noun'])
    if plan.other_table == 'before':
        letter.other_table()
    if plan.letter == 'full':
        letter.heading(rng.choice(('Nội dung', 'Phân công cụ thể', 'Danh sách các cặp trường', 'Tổ chức thực hiện')))
    if plan.letter == 'full' and chance(rng, 0.15):
        body.page_break()
    put_list(letter, plan)
    if plan.other_table == 'after':
        letter.other_table()
    if plan.letter != 'list only':
        letter.end()
    letter.doc = outer  # the title is written last: the list decides what it must say
    letter.head(title_of(plan))
    outer.body += body.body
    outer.lists, outer.landscape = body.lists, body.landscape
    plan.axes['landscape'] = body.landscape
    return outer, dict(pairs=plan.pairs(), **letter.gold, axes=plan.axes)
