"""plan: what a list of twins says and in which form, every axis of the form drawn by itself.

    plan = Plan(rng, book)
    plan.entries          [Entry(a=[School], b=[School, ...])]
    plan.axes             {'shape': 'table', 'level': 'column', ...}: what was drawn, kept in the gold
    plan.spell(school, 'a')   the school as this list writes it
"""
from names import LEVELS, HIGHLAND, chance, draw

WORDS = {  # long, short
    'MN': ('Mầm non', 'MN'), 'TH': ('Tiểu học', 'TH'), 'THCS': ('Trung học cơ sở', 'THCS'),
    'THPT': ('Trung học phổ thông', 'THPT'),
    'TH&THCS': ('Tiểu học và Trung học cơ sở', 'TH&THCS'), 'LC': ('Phổ thông liên cấp', 'liên cấp'),
    'THCS&THPT': ('THCS và THPT', 'THCS&THPT')}
OTHER_WORDS = {'MN': ('Mẫu giáo', 'MG'), 'TH&THCS': ('TH và THCS', 'TH-THCS'), 'THCS': ('THCS', 'Trung học Cơ sở'),
    'LC': ('liên cấp', 'TH, THCS và THPT')}
SECTION = {'MN': 'mầm non', 'TH': 'tiểu học', 'THCS': 'trung học cơ sở', 'THPT': 'trung học phổ thông',
    'TH&THCS': 'TH&THCS', 'LC': 'liên cấp'}

# What each side is called in a list, and what ties them. The second side is the partner.
THEMES = {
    'kết nghĩa': dict(
        a=('Tên trường', 'Trường', 'Đơn vị', 'Tên đơn vị', 'Trường học', 'Cơ sở giáo dục', 'Tên cơ sở giáo dục',
        'Các đơn vị'),
        b=('Trường kết nghĩa', 'Đơn vị kết nghĩa', 'Kết nghĩa với', 'Kết nghĩa với trường', 'Tên trường kết nghĩa',
        'Trường được kết nghĩa',
           'Đơn vị nhận kết nghĩa', 'Kết nghĩa với đơn vị', 'Đơn vị được phân công kết nghĩa'),
        verbs=('kết nghĩa với', 'nhận kết nghĩa với', 'kết nghĩa cùng'), noun='kết nghĩa'),
    'giúp đỡ': dict(a=('Đơn vị giúp đỡ', 'Trường giúp đỡ', 'Đơn vị nhận giúp đỡ'),
    b=('Đơn vị được giúp đỡ', 'Trường được giúp đỡ'),
                    verbs=('giúp đỡ', 'nhận giúp đỡ', 'có trách nhiệm giúp đỡ'), noun='kết nghĩa, giúp đỡ'),
    'đỡ đầu': dict(a=('Trường đỡ đầu', 'Đơn vị đỡ đầu', 'Đơn vị nhận đỡ đầu'),
    b=('Trường được đỡ đầu', 'Đơn vị được đỡ đầu'),
                   verbs=('đỡ đầu', 'nhận đỡ đầu'), noun='đỡ đầu'),
    'hỗ trợ': dict(a=('Đơn vị hỗ trợ', 'Trường hỗ trợ'), b=('Đơn vị được hỗ trợ', 'Trường được hỗ trợ',
    'Đơn vị thụ hưởng'),
                   verbs=('hỗ trợ', 'nhận hỗ trợ'), noun='kết nghĩa, hỗ trợ chuyên môn'),
    'bên': dict(a=('Bên A', 'Bên A (trường)', 'Bên thứ nhất'), b=('Bên B', 'Bên B (trường)', 'Bên thứ hai'),
    verbs=('kết nghĩa với',), noun='kết nghĩa', fixed=True),
    'nội thành': dict(a=('Trường nội thành', 'Các trường nội thành'),
    b=('Trường ngoại thành', 'Các trường ngoại thành'),
                      verbs=('kết nghĩa với', 'giao lưu với'), noun='kết nghĩa', fixed=True),
    'thuận lợi': dict(a=('Trường vùng thuận lợi', 'Đơn vị vùng thuận lợi'),
    b=('Trường vùng khó khăn', 'Đơn vị vùng khó khăn'),
                      verbs=('kết nghĩa với', 'giúp đỡ'), noun='kết nghĩa', fixed=True),
    'liên kết': dict(a=('Trường', 'Đơn vị', 'Tên trường'), b=('Trường liên kết', 'Đơn vị liên kết', 'Liên kết với'),
    verbs=('liên kết với',), noun='liên kết, kết nghĩa'),
    'giao lưu': dict(a=('Trường', 'Đơn vị', 'Tên đơn vị'), b=(
    'Trường giao lưu', 'Giao lưu với trường', 'Đơn vị giao lưu, kết nghĩa'),
                     verbs=('giao lưu, kết nghĩa với', 'giao lưu với'), noun='giao lưu, kết nghĩa'),
    'ghép cặp': dict(a=('Trường thứ nhất', 'Trường 1', 'Đơn vị 1'), b=('Trường thứ hai', 'Trường 2', 'Đơn vị 2'),
    verbs=('ghép cặp với', 'kết nghĩa với'),
                     noun='ghép cặp kết nghĩa', fixed=True),
    'phối hợp': dict(a=('Trường', 'Đơn vị'), b=('Đơn vị phối hợp', 'Trường phối hợp'),
    verbs=('phối hợp với', 'kết nghĩa với'), noun='kết nghĩa, phối hợp'),
    'nơi': dict(a=None, b=None, verbs=('kết nghĩa với', 'với'), noun='kết nghĩa', fixed=True),
    # "Trường thuộc quận X" and "Trường thuộc huyện Y"
}


class Entry:
    "Schools of one side and those of the other with which they are twinned, all with all."

    def __init__(self, a, b):
        self.a, self.b = a, b

    @property
    def level(self):
        return self.a[0].level


class Plan:
    def __init__(self, rng, book):
        self.rng, self.book, self.axes = rng, book, {}
        self._form()
        self._places()
        self._entries()
        self._spelling()

    def axis(self, name, *weighted):
        value = draw(self.rng, *weighted)
        self.axes[name] = value
        return value

    def __getattr__(self, name):
        if name == 'axes':
            raise AttributeError(name)
        try:
            return self.axes[name.replace('_', ' ')]
        except KeyError:
            raise AttributeError(name) from None

    # ---- what is drawn ----

    def _form(self):
        axis = self.axis
        axis('shape', ('table', 76), ('lines', 24))
        axis('theme', *[(t, 7 if t == 'kết nghĩa' else 1) for t in THEMES])
        axis('levels', ('one', 30), ('two', 25), ('three', 40), ('with joint schools', 8))
        table = self.shape == 'table'
        axis('level in', ('name', 30 if table else 45), ('section', 17), ('column', 20 if table else 0), ('tables', 10),
            ('brackets', 5), ('nowhere', 1.5),
             ('title', 18 if self.levels == 'one' else 0), ('header', 16 if self.levels == 'one' and table else 0))
        axis('several', ('none', 62), ('partners', 26), ('schools', 6), ('both', 6))
        axis('districts', ('one each', 72), ('many', 28))
        axis('capitals', ('no', 85), ('names', 8), ('names of one side', 7))

    def _places(self):
        many = self.districts == 'many'
        self.side_a, self.side_b = self.book.sides(self.rng, 3 if many and chance(self.rng, 0.5) else 1,
            3 if many else 1)
        if len(self.side_a) == len(self.side_b) == 1:
            self.axes['districts'] = 'one each'
        table = self.shape == 'table'
        one = self.axes['districts'] == 'one each'
        self.axis('district in', ('title', 30 if one else 0), ('header', 22 if one and table else 0),
            ('heading', 12 if one else 0),
                  ('nowhere', 8), ('column', 12 if one else 50) if table else ('brackets', 5),
                  ('brackets', 8 if one else 25), ('dash', 4 if one else 10))
        if self.axes['theme'] == 'nơi':
            if not one or not table:
                self.axes['theme'] = 'kết nghĩa'
            else:
                self.axes['district in'] = 'header'
        self.axis('district of', ('both', 60), ('partner', 40)) if self.district_in in (
            'column', 'brackets', 'dash') else self.axes.update({'district of': 'both'})

    def _draw_levels(self):
        count = {'one': 1, 'two': 2, 'three': 3, 'with joint schools': 3}[self.levels]
        if count == 1:
            return [self.axis('the level', ('MN', 3), ('TH', 3), ('THCS', 3), ('THPT', 1))]
        levels = sorted(self.rng.sample(LEVELS, count), key=LEVELS.index)
        if chance(self.rng, 0.1):
            levels.reverse()
        return levels + ([draw(self.rng, ('TH&THCS', 3), ('LC', 1))] if self.levels == 'with joint schools' else [])

    def _side(self, places, level, count):
        share = [count // len(places) + (i < count % len(places)) for i in range(len(places))]
        return [s for place, n in zip(places, share) for s in self.book.schools(self.rng, place, level, n)]

    def _entry_sizes(self, count):
        rng, sizes = self.rng, []
        most = draw(rng, (2, 4), (3, 3), (5, 2))
        for _ in range(count):
            several = self.several != 'none' and chance(rng, 0.45)
            n = rng.randint(2, most) if several else 1
            side = {'partners': 'b', 'schools': 'a', 'both': rng.choice('ab')}.get(self.several, 'b')
            sizes.append((n, 1) if side == 'a' else (1, n))
        return sizes

    def _entries(self):
        rng, self.entries, self.level_list = self.rng, [], self._draw_levels()
        total = rng.randint(5, 26) if self.shape == 'table' else rng.randint(3, 18)
        for i, level in enumerate(self.level_list):
            count = max(2, total // len(self.level_list)) if i < 3 else rng.randint(1, 2)
            sizes = self._entry_sizes(count)
            a = self._side(self.side_a, level, sum(s[0] for s in sizes))
            b = self._side(self.side_b, level, sum(s[1] for s in sizes))
            rng.shuffle(b)
            for n, m in sizes:
                self.entries.append(Entry([a.pop(0) for _ in range(n)], [b.pop(0) for _ in range(m)]))
        boards = self.side_b[0].province in HIGHLAND and chance(rng, 0.5)
        self.axes['boarding'] = boards
        for school in (s for e in self.entries for s in e.b if boards and s.level in ('TH', 'THCS', 'TH&THCS')):
            school.boards = chance(rng, 0.6)
        mixed = self.axes['level in'] in ('name', 'column', 'brackets') and chance(rng, 0.15)
        self.axes['levels in turn'] = mixed and len(self.level_list) > 1
        if self.axes['levels in turn']:
            rng.shuffle(self.entries)

    # ---- spelling ----

    def _spelling(self):
        self.bracket = self.rng.randrange(2)
        axis = self.axis
        bare = self.axes['level in'] not in ('name', 'brackets')
        axis('prefix', ('full', 35 if bare else 90), ('none', 40 if bare else 0), ('lead', 25 if bare else 0),
            ('mixed', 5 if bare else 10))
        if self.axes['level in'] in ('brackets', 'nowhere'):
            self.axes['prefix'] = draw(self.rng, ('none', 1), ('lead', 1))
        axis('prefix words', ('Trường long', 28), ('Trường short', 28), ('long', 14), ('short', 18), ('by chance', 12))
        axis('ward in', ('nowhere', 50), ('column', 20 if self.shape == 'table' else 0), ('dash', 7), ('brackets', 7),
            ('comma', 4), ('second line', 5 if self.shape == 'table' else 0))
        axis('district short', (False, 75), (True, 25))
        axis('trailing blanks', (False, 85), (True, 15))
        if self.side_a[0].communes[0][1].isdigit() and self.ward_in in ('dash', 'comma'):
            self.axes['ward in'] = 'nowhere'

    def _prefix(self, school):
        rng, how = self.rng, self.axes['prefix words']
        lead, word = draw(rng, ((1, 0), 3), ((1, 1), 3), ((0, 0), 1), ((0, 1), 2)) if how == 'by chance' else (
            'Trường' in how, 'short' in how)
        words = WORDS[school.level]
        if school.level in OTHER_WORDS and chance(rng, 0.15):
            words = OTHER_WORDS[school.level]
        word = words[1 if word else 0]
        if school.boards:
            word = draw(rng, ('PTDTBT ', 3), ('Phổ thông dân tộc bán trú ', 1)) + word
        if lead:
            return ('Tr. ' if how == 'by chance' and chance(rng, 0.1) else 'Trường ') + (
                word if chance(rng, 0.8) or word.isupper() else word[0].lower() + word[1:])
        return word[0].upper() + word[1:]

    def spell_name(self, school, outer=None):
        "The name with the words of the level where they belong. outer: the level that the list says elsewhere."
        how = self.prefix if self.prefix != 'mixed' else self.rng.choice(
            ('full', 'full', 'none', 'lead') if outer else ('full',))
        if school.level != outer and self.axes['level in'] not in ('brackets', 'nowhere') or school.boards:
            how = 'full'
        name = school.name
        text = name if how == 'none' else 'Trường ' + name if how == 'lead' else self._prefix(school) + ' ' + name
        if self.axes['level in'] == 'brackets' and not school.boards:
            text += ' (%s)' % WORDS[school.level][self.bracket if chance(self.rng, 0.9) else self.rng.randrange(2)]
        return text

    def spell(self, school, side, outer=None):
        "The name and what the form puts behind it."
        text = self.spell_name(school, outer)
        upper = self.capitals == 'names' or self.capitals == 'names of one side' and side == 'a'
        if upper:
            text = text.upper()
        ward = school.ward(chance(self.rng, 0.3)) if not school.commune[1].isdigit() or chance(
            self.rng, 0.5) else school.ward()
        named = self.axes['district of'] == 'both' or side == 'b'
        place = school.place.full(self.district_short) if self.axes['district in'] in (
            'brackets', 'dash') and named else ''
        w = self.axes['ward in']
        if w in ('dash', 'comma', 'brackets') and (side == 'b' or self.axes['district of'] == 'both'):
            place = ward + (', ' + place if place else '')
        if place:
            dash = w == 'dash' or w != 'comma' and w != 'brackets' and self.axes['district in'] == 'dash'
            text += ' - ' + place if dash else ', ' + place if w == 'comma' else ' (%s)' % place
        return text

    def outer(self, level):
        "The level that the list says outside the name, of a row of that level."
        return level if self.axes['level in'] not in ('name', 'brackets', 'nowhere') else None

    def pairs(self):
        "The gold."
        said = self.axes['district in'] != 'nowhere'
        out = []
        for e in self.entries:
            for a in e.a:
                for b in e.b:
                    levels = list(dict.fromkeys([a.level, b.level] + (['PTDTNT'] if b.boards else [])))
                    lost = self.axes['level in'] == 'header' and self.axes.get('header rows') == 'none'
                    if self.axes['level in'] == 'nowhere' or lost:
                        levels += ['', 'MN', 'TH', 'THCS', 'THPT']
                    both = self.axes['district of'] == 'both'
                    out.append(dict(no=str(len(out) + 1), level=a.level, levels=levels, school=a.gold(),
                        partner=b.gold(),
                                    district=a.place.gold() if said and both else None,
                                    partner_district=b.place.gold() if said else None))
        return out
