"""foreign: documents that twin no schools. Each kind is a set of columns, so that they meet in many headers and orders.

    doc, gold = document(rng, book, 'none')     or 'units': trade unions and communes, twinned
"""
from docx import Cell
from letter import Letter
from names import LEVELS, chance, draw
from plan import WORDS

MENTION = ('Các trường tiếp tục duy trì hoạt động kết nghĩa đã ký từ năm học trước.',
    'Việc kết nghĩa giữa các đơn vị thực hiện theo kế hoạch riêng.',
           'Khuyến khích các đơn vị kết nghĩa, giúp đỡ nhau trong chuyên môn.',
           'Báo cáo công tác kết nghĩa gửi trước ngày 25 hằng tháng.')
LEAD = ('Danh sách cụ thể như sau:', 'Phòng thông báo tới các đơn vị như sau:', 'Nội dung chi tiết theo bảng dưới đây:',
    'Lịch cụ thể:')


class Facts:
    "What the cells of foreign tables are drawn from."

    def __init__(self, rng, book, place):
        self.rng, self.book, self.place = rng, book, place
        self.level = rng.choice(LEVELS)
        self.mixed = chance(rng, 0.5)
        self.lead = rng.choice(('Trường %s ', '%s ', 'Trường %s '))
        self.short = rng.randrange(2)
        self.pool = {l: book.schools(rng, place, l, 40) for l in LEVELS}

    def school(self, level=None):
        level = level or (self.rng.choice(LEVELS) if self.mixed else self.level)
        if not self.pool[level]:
            self.pool[level] = self.book.schools(self.rng, self.place, level, 40)
        return self.lead % WORDS[level][self.short] + self.pool[level].pop().name

    def person(self):
        return self.book.person(self.rng)

    def day(self):
        return '%02d/%02d/%d' % (self.rng.randint(1, 28), self.rng.randint(1, 12), self.rng.randint(2018, 2025))

    def money(self):
        return '%d.%03d.000' % (self.rng.randint(1, 19), self.rng.randint(0, 999))

    def tel(self):
        return '09%08d' % self.rng.randrange(10 ** 8)

    def small(self):
        return str(self.rng.randint(2, 45))


def _same(f):
    level = f.rng.choice(LEVELS)
    return f.school(level), f.school(level)


def staff(f):
    return [f.person(), f.rng.choice(('Giáo viên', 'Phó Hiệu trưởng', 'Hiệu trưởng', 'Nhân viên')), *_same(f)]


def merged(f):
    a, b = _same(f)
    return [a + ', ' + f.school(f.level), b] if f.rng.random() < 0.5 else [a, b]


# subject of the title; headers, of each one is drawn; a function that fills a row
KINDS = {
    'transfers of staff': ('điều động, luân chuyển cán bộ, giáo viên',
        (('Họ và tên', 'Họ tên'), ('Chức vụ', 'Chức danh'), ('Đơn vị chuyển đi', 'Đơn vị công tác hiện nay', 'Từ trường',
        'Trường đi'), ('Đơn vị chuyển đến', 'Đến trường', 'Trường đến')), staff),
    'transfers of pupils': ('tiếp nhận học sinh chuyển trường',
        (('Họ và tên học sinh', 'Họ tên HS'), ('Lớp',), ('Chuyển từ trường', 'Trường chuyển đi'),
        ('Chuyển đến trường', 'Trường tiếp nhận')), lambda f: [f.person(),
        '%d%s' % (f.rng.randint(1, 9), f.rng.choice('ABC')), *_same(f)]),
    'mergers': ('sáp nhập các trường trên địa bàn', (('Trường sáp nhập', 'Các trường trước khi sáp nhập', 'Đơn vị cũ'),
        ('Trường sau sáp nhập', 'Trường mới', 'Sáp nhập vào trường')), merged),
    'renamings': ('đổi tên một số trường', (('Tên cũ', 'Tên trường cũ', 'Tên hiện nay'),
        ('Tên mới', 'Tên trường mới', 'Tên gọi mới')), lambda f: list(_same(f))),
    'cross-marking': ('chấm chéo bài kiểm tra học kỳ', (('Đơn vị', 'Trường', 'Đơn vị có bài'),
        ('Chấm bài của', 'Đơn vị chấm', 'Chấm chéo với trường', 'Trường chấm')), lambda f: list(_same(f))),
    'cross-inspection': ('kiểm tra chéo hồ sơ chuyên môn', (('Trường', 'Đơn vị kiểm tra', 'Đoàn của trường'),
        ('Đơn vị được kiểm tra', 'Kiểm tra tại trường'), ('Ngày', 'Thời gian')), lambda f: [*_same(f), f.day()]),
    'exam supervision': ('phân công cán bộ coi thi', (('Trường có cán bộ coi thi', 'Đơn vị cử'), ('Số người', 'Số GV'),
        ('Coi thi tại', 'Điểm thi', 'Hội đồng coi thi')), lambda f: [f.school('THCS'), f.small(), f.school('THCS')]),
    'emulation clusters': ('kiện toàn các cụm thi đua', (('Cụm trưởng', 'Đơn vị cụm trưởng'), ('Cụm phó',),
        ('Các thành viên', 'Các trường trong cụm', 'Đơn vị trong cụm')),
        lambda f: [*_same(f), [f.school(), f.school(), f.school()]]),
    'inspections': ('lịch kiểm tra nội bộ', (('Ngày', 'Thời gian'), ('Đơn vị được kiểm tra', 'Trường'),
        ('Trưởng đoàn', 'Người phụ trách'), ('Đơn vị của trưởng đoàn', 'Đơn vị công tác')),
        lambda f: [f.day(), f.school(), f.person(), f.school()]),
    'matches': ('lịch thi đấu bóng đá học sinh', (('Giờ', 'Thời gian'), ('Đội A', 'Đội thứ nhất', 'Đội nhà'),
        ('Đội B', 'Đội thứ hai', 'Đội khách'), ('Sân', 'Địa điểm')),
        lambda f: ['%dh%02d' % (f.rng.randint(7, 17), f.rng.choice((0, 15, 30))), *_same(f),
        'Sân số %d' % f.rng.randint(1, 3)]),
    'feeder schools': ('phân tuyến tuyển sinh lớp 6', (('Trường tiểu học', 'Học sinh hoàn thành CTTH của trường'),
        ('Số HS', 'Số học sinh lớp 5'), ('Trường THCS tiếp nhận', 'Tuyển sinh vào trường', 'Trường THCS')),
        lambda f: [f.school('TH'), str(f.rng.randint(40, 300)), f.school('THCS')]),
    'borrowed rooms': ('bố trí địa điểm học tạm', (('Trường đang xây dựng', 'Đơn vị'),
        ('Học nhờ tại', 'Địa điểm mượn', 'Mượn phòng học của trường'), ('Số lớp',)), lambda f: [*_same(f), f.small()]),
    'secondments': ('cử giáo viên dạy tăng cường', (('Họ và tên',), ('Trường cử đi', 'Đơn vị cử'),
        ('Trường đến dạy', 'Dạy tăng cường tại'), ('Số tiết',)), lambda f: [f.person(), *_same(f), f.small()]),
    'duty': ('phân công trực hè', (('Ngày trực', 'Thời gian'), ('Trường trực', 'Đơn vị trực chính'),
        ('Đơn vị trực thay', 'Dự phòng'), ('Điện thoại',)), lambda f: [f.day(), f.school(), f.school(), f.tel()]),
    'committee': ('thành lập hội đồng chấm thi', (('Họ và tên',), ('Đơn vị công tác', 'Đơn vị'), ('Nhiệm vụ',),
        ('Điện thoại', 'SĐT')), lambda f: [f.person(), f.school(), f.rng.choice(('Chủ tịch', 'Thư ký', 'Ủy viên')),
        f.tel()]),
    'pupils': ('quy mô trường lớp', (('Trường', 'Đơn vị'), ('Số lớp',), ('Số học sinh', 'Học sinh'), ('Nữ',)),
        lambda f: [f.school(), f.small(), str(f.rng.randint(100, 900)), f.small()]),
    'salaries': ('nâng bậc lương thường xuyên', (('Họ và tên',), ('Đơn vị', 'Trường'), ('Hệ số cũ',), ('Hệ số mới',)),
        lambda f: [f.person(), f.school(), '%d,%02d' % (f.rng.randint(2, 4), f.rng.randint(0, 99)),
        '%d,%02d' % (f.rng.randint(2, 5), f.rng.randint(0, 99))]),
    'prices': ('báo giá đồ dùng, thiết bị', (('Tên hàng', 'Thiết bị'), ('ĐVT',), ('Số lượng',),
        ('Đơn giá', 'Thành tiền')), lambda f: [f.rng.choice(('Bàn ghế học sinh', 'Bảng từ', 'Máy chiếu', 'Tủ sách',
        'Loa kéo', 'Bóng rổ')), f.rng.choice(('bộ', 'cái')), f.small(), f.money()]),
    'textbooks': ('phân phối sách giáo khoa', (('Trường nhận', 'Đơn vị'), ('Số bộ',),
        ('Nơi nhận', 'Nhận tại trường', 'Điểm giao sách')), lambda f: [f.school(), f.small(), f.school()]),
    'teachers': ('danh sách giáo viên dạy giỏi', (('Họ và tên',), ('Trường', 'Đơn vị'), ('Môn',), ('Ghi chú',)),
        lambda f: [f.person(), f.school(), f.rng.choice(('Toán', 'Ngữ văn', 'Tiếng Anh', 'Âm nhạc')), '']),
    'contest pairs': ('bốc thăm thi Rung chuông vàng', (('Bảng',), ('Trường bốc số lẻ', 'Trường thứ nhất'),
        ('Trường bốc số chẵn', 'Trường thứ hai')), lambda f: [f.rng.choice('ABCD'), *_same(f)]),
    'points of schools': ('rà soát các điểm trường lẻ', (('Trường', 'Trường chính'), ('Điểm trường', 'Điểm lẻ'),
        ('Số lớp',)), lambda f: [f.school(), 'Điểm ' + f.book.streets[f.rng.randrange(len(f.book.streets))], f.small()]),
}
IN_LINES = {  # kinds that are typed as lines too
    'mergers': ('Sáp nhập %s vào %s', '%s sáp nhập với %s'), 'renamings': (
    'Đổi tên %s thành %s', '%s đổi tên thành %s'), 'cross-marking': ('%s chấm bài của %s', '%s - %s'),
    'cross-inspection': ('%s kiểm tra %s', 'Đoàn của %s kiểm tra %s'), 'matches': ('%s gặp %s', '%s - %s'),
    'borrowed rooms': ('%s học nhờ tại %s', '%s mượn phòng của %s'),
    'contest pairs': ('%s thi với %s', '%s - %s'), 'feeder schools': ('Học sinh %s vào %s', '%s: vào học tại %s')}
SCHOOLS_AT = {'cross-inspection': (0, 1), 'matches': (1, 2), 'borrowed rooms': (0, 1), 'contest pairs': (1, 2),
    'feeder schools': (0, 2)}


def put_table(doc, rng, headers, rows, axes):
    axes['ordinal'] = draw(rng, ('numbers', 8), ('none', 2))
    axes['borders'] = chance(rng, 0.93)
    no = axes['ordinal'] == 'numbers'
    if chance(rng, 0.2):
        headers = [h.upper() for h in headers]
    cells = [[Cell(h, bold=True, align='center') for h in ([rng.choice(('TT', 'STT'))] if no else []) + headers]]
    cells += [[Cell(c) for c in ([str(i + 1)] if no else []) + r] for i, r in enumerate(rows)]
    widths = [max([len(h)] + [max(map(len, r[k])) if isinstance(r[k], list) else len(r[k]) for r in rows]) for k,
        h in enumerate(headers)]
    wide = [min(2.6, 0.35 + w * 0.085) for w in widths]
    doc.table(cells, ([0.45] if no else []) + wide, borders=axes['borders'], size=rng.choice((11, 12, 13)))


def none(rng, book, letter, place, axes):
    kind = axes['form'] = rng.choice(sorted(KINDS))
    subject, headers, fill = KINDS[kind]
    facts, doc = Facts(rng, book, place), letter.doc
    letter.head('%s năm học %s' % (subject, letter.school_year))
    axes['mentions'] = chance(rng, 0.35)
    if axes['mentions']:
        doc.para(rng.choice(MENTION), align='both', hang=-0.4)
    doc.para(rng.choice(LEAD), hang=-0.4)
    rows = [fill(facts) for _ in range(rng.randint(4, 12))]
    axes['shape'] = 'lines' if kind in IN_LINES and chance(rng, 0.25) else 'table'
    if axes['shape'] == 'table':
        put_table(doc, rng, [rng.choice(h) for h in headers], rows, axes)
    else:
        form, label = rng.choice(IN_LINES[kind]), rng.choice(('%d. ', '- ', '%d) '))
        a, b = SCHOOLS_AT.get(kind, (0, 1))
        for i, r in enumerate(rows):
            doc.para((label % (i + 1) if '%' in label else label) + form % (r[a], r[b]) + ';')
    if chance(rng, 0.3):
        letter.other_table()


def units(rng, book, letter, place, axes):
    axes['form'] = draw(rng, ('unions', 3), ('communes', 1))
    far = book.sides(rng)[1][0]
    doc, number = letter.doc, rng.randint(5, 14)
    if axes['form'] == 'unions':
        level = rng.choice(LEVELS)
        pre = rng.choice(('CĐCS Trường %s ', 'Công đoàn trường %s ', 'CĐ %s ', 'Công đoàn cơ sở Trường %s ')) % WORDS[
            level][rng.randrange(2)]
        rows = [[pre + a.name, pre + b.name] for a, b in zip(
            book.schools(rng, place, level, number), book.schools(rng, far, level, number))]
        headers = [rng.choice(('Công đoàn cơ sở', 'Đơn vị', 'CĐCS')),
            rng.choice(('CĐCS kết nghĩa', 'Đơn vị kết nghĩa', 'Công đoàn cơ sở được kết nghĩa'))]
        letter.head('tổ chức kết nghĩa giữa các công đoàn cơ sở %s và %s' % (place.full(), far.full()))
    else:
        offices = ['Phòng Nội vụ', 'Phòng Tư pháp', 'Ban Tuyên giáo', 'Hội Nông dân', 'Huyện đoàn', 'Chi cục Thuế',
            'Kho bạc Nhà nước', 'Hội Chữ thập đỏ', 'Công an', 'Phòng Y tế']
        rng.shuffle(offices)
        rows = [['%s %s' % (o, place.full()), '%s %s' % c] for o,
            c in zip(offices[:number], rng.sample(far.communes, min(6, len(far.communes))))]
        headers = ['Cơ quan, đơn vị', rng.choice(('Xã kết nghĩa', 'Địa bàn được phân công kết nghĩa',
            'Xã, thị trấn được giúp đỡ'))]
        letter.head('phân công các cơ quan kết nghĩa, giúp đỡ các xã của %s' % far.full())
    doc.para(rng.choice(LEAD), hang=-0.4)
    put_table(doc, rng, headers, rows, axes)


def document(rng, book, kind):
    place = book.sides(rng)[rng.randrange(2)][0]
    letter, axes = Letter(rng, book, place, chance(rng, 0.1)), {}
    (none if kind == 'none' else units)(rng, book, letter, place, axes)
    if chance(rng, 0.8):
        letter.end()
    return letter.doc, dict(pairs=[], **letter.gold, axes=axes, form=axes['form'])
