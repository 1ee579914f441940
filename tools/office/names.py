"""names: the places, schools and persons that a document is about, drawn by chance from the lists in dicts/.

    book = Book('dicts')
    city, hills = book.sides(rng)                    two districts
    book.schools(rng, city, 'MN', 8)                 eight kindergartens of the first, named as kindergartens are
"""
import collections
import os

CITY = ('quận', 'thành phố', 'thị xã')
LEVELS = ('MN', 'TH', 'THCS')
# Where a school may be small and far away, and board its pupils.
HIGHLAND = set(
    'Hà Giang,Cao Bằng,Bắc Kạn,Lào Cai,Yên Bái,Lai Châu,Điện Biên,Sơn La,Hòa Bình,Lạng Sơn,Tuyên Quang,Nghệ An,'
               'Thanh Hóa,Quảng Nam,Quảng Ngãi,Kon Tum,Gia Lai,Đắk Lắk,Đắk Nông,Lâm Đồng,Quảng Bình,Quảng Trị'.split(
               ','))
KINDERGARTEN = (
    'Hoa Mai,Hoa Sen,Sơn Ca,Họa Mi,Tuổi Thơ,Măng Non,Ánh Dương,Sao Mai,Vành Khuyên,Hoa Hồng,Hướng Dương,Bình Minh,'
                'Tuổi Ngọc,Hoa Phượng,Hoa Cúc,Thỏ Ngọc,Bé Ngoan,Hoa Ban,Vàng Anh,Mầm Xanh,Họa My,Cầu Vồng').split(',')
HEROES = ('Kim Đồng,Võ Thị Sáu,Lê Văn Tám,Nguyễn Du,Chu Văn An,Lý Tự Trọng,Trần Phú,Nguyễn Bá Ngọc,Bế Văn Đàn,Đinh Bộ Lĩnh,'
          'Ngô Gia Tự,Lê Hồng Phong,Nơ Trang Lơng,Hoàng Văn Thụ,Phan Đình Giót,Nguyễn Trãi,Hai Bà Trưng,La Văn Cầu').split(',')
ODD = 'Hoa và Nắng,Biển và Em,Nắng và Gió,Vinschool Ocean,Sao Việt 2,Việt - Lào,Hữu nghị Việt - Cu Ba,Dân lập Phú Xuân'.split(',')
DATES = '19-8,2-9,30-4,3-2,26-3,19-5,1-6,8-3,20-11,22-12,27-7'.split(',')
ONE_WORD = 'Krông,Trang,Lơ Pang,Tú,Ngọc,Nấm,Glar,Hra,Đak,Ia Kla,Ia Ake,Chư Mố,Đê Ar,Ayun,Kông Htok,Ia Piơr,Dun,Sró'.split(',')
SURNAMES = 'Nguyễn,Trần,Lê,Phạm,Hoàng,Vũ,Đặng,Bùi,Hồ,Ksor,Lò,Giàng,Siu,Rơ Châm,Vàng'.split(',')
SYLLABLES = 'An,Bình,Châu,Duyên,Giang,Hiền,Khánh,Lam,Mẫn,Nhã,Oanh,Phú,Quý,Sinh,Thảo,Uyên,Vinh,Xuân,Yến,Đạt,Hòa,Tịnh,Ngân'.split(',')


def chance(rng, share):
    return rng.random() < share


def draw(rng, *weighted):
    "One of (value, weight)."
    return rng.choices([v for v, _ in weighted], [w for _, w in weighted])[0]


class Place:
    "A district and what lies in it."

    def __init__(self, kind, name, province):
        self.kind, self.name, self.province, self.communes = kind, name, province, []

    def full(self, short=False):
        kind = {'quận': 'Q.', 'huyện': 'H.', 'thành phố': 'TP.', 'thị xã': 'TX.'}.get(
            self.kind, self.kind) if short else self.kind
        return kind + ' ' + self.name

    def gold(self):
        return self.name if not self.name.isdigit() else '%s|Quận %s' % (self.name, self.name)


class School:
    "A school: its level, its name without the level's words, and what a list may say of it."

    def __init__(self, level, name, place, commune, person, rng):
        self.level, self.name, self.place, self.commune, self.head = level, name, place, commune, person
        self.tel = draw(rng, ('09', 4), ('03', 2), ('0243', 1), ('08', 1))
        while len(self.tel) < 10:
            self.tel += str(rng.randrange(10))
        self.classes, self.pupils = rng.randint(6, 32), rng.randint(120, 1300)
        self.boards = False

    def gold(self):
        out = [self.name]
        if self.name.startswith('Thị trấn '):
            out.append(self.name[9:])
        if self.name.startswith('tư thục '):
            out.append(self.name[8:])
        return '|'.join(out)

    def ward(self, short=False):
        kind, name = self.commune
        return ({'phường': 'P.', 'xã': 'X.', 'thị trấn': 'TT.'}.get(kind, kind) if short else kind) + ' ' + name


class Book:
    "The lists, read once."

    def __init__(self, dicts, parts=None):
        self.places, self.namesakes = self._places(dicts + '/units.tsv'), {}
        for row in self._table(dicts + '/schools.tsv'):
            name = row['name']
            if int(row['count'] or 0) >= 3 and ' - ' not in name and ',' not in name:
                self.namesakes.setdefault(row['level'], []).append(name)
        self.streets, self.local = self._streets(dicts + '/streets.tsv')
        self.people = {'surname': SURNAMES, 'middle': ['Thị', 'Văn', 'Ngọc', 'Minh'] + SYLLABLES, 'given': SYLLABLES}
        if parts and os.path.exists(parts):
            rows = self._rows(parts)
            self.people = {p: [r[0] for r in rows if r[1] == p] for p in ('surname', 'middle', 'given')}

    @staticmethod
    def _rows(path):
        with open(path, encoding='utf8') as f:
            return [l.rstrip('\n').split('\t') for l in f if l.strip() and not l.startswith('#')]

    def _table(self, path):
        "Its rows, by the names of the columns that its first line has."
        with open(path, encoding='utf8') as f:
            columns = f.readline().lstrip('# ').rstrip('\n').split('\t')
        return [dict(zip(columns, row + [''] * len(columns))) for row in self._rows(path)]

    def _streets(self, path):
        "Names that three places or more have, and those of each district."
        count, local = collections.Counter(), {}
        for row in self._table(path):
            name = row['name']
            if any(c.isdigit() for c in name) or len(name.split()) > 4:
                continue
            count[name] += 1
            local.setdefault((row['district'], row['province']), []).append(name)
        return sorted(n for n, times in count.items() if times >= 3), local

    def _places(self, path):
        rows, found = self._table(path), {}
        for row in rows:
            if row['kind'] in ('huyện',) + CITY and row['until']:
                place = Place(row['kind'], row['name'], row['province'])
                found.setdefault((row['name'], row['province']), []).append(place)
        for row in rows:
            if row['kind'] in ('xã', 'phường', 'thị trấn') and row['until']:
                for place in found.get((row['district'], row['province']), []):
                    place.communes.append((row['kind'], row['name']))
        return [p for group in found.values() for p in group if len(p.communes) >= 6]

    def sides(self, rng, many_a=1, many_b=1):
        "Districts of both sides: cities of one province, and rural districts of it or of another."
        cities = [p for p in self.places if p.kind in CITY]
        first = rng.choice(cities)
        home = [p for p in cities if p.province == first.province and p is not first]
        a = [first] + rng.sample(home, min(len(home), many_a - 1))
        rural = [p for p in self.places if p.kind == 'huyện' and p.province == first.province]
        if len(rural) < many_b or chance(rng, 0.4):
            far = rng.choice([p for p in self.places if p.kind == 'huyện' and p.province in HIGHLAND])
            rural = [p for p in self.places if p.kind == 'huyện' and p.province == far.province]
        return a, rng.sample(rural, min(len(rural), many_b))

    def person(self, rng):
        p = self.people
        return ' '.join((rng.choice(p['surname']), rng.choice(p['middle']), rng.choice(p['given'])))

    def _street(self, rng, place):
        near = self.local.get((place.name, place.province))
        return rng.choice(near if near and chance(rng, 0.5) else self.streets)

    def _base(self, rng, place, level):
        commune = rng.choice(place.communes)
        if commune[1].isdigit():
            commune_name = self._street(rng, place)
        else:
            commune_name = commune[1] if commune[0] != 'thị trấn' or chance(rng, 0.4) else 'Thị trấn ' + commune[1]
        odd = rng.random()
        if odd < 0.012:
            name = rng.choice(ODD)
        elif odd < 0.03:
            name = rng.choice(DATES)
        elif odd < 0.06 and place.province in HIGHLAND:
            name = rng.choice(ONE_WORD)
        elif odd < 0.62:
            name = commune_name
        elif level == 'MN':
            name = rng.choice(KINDERGARTEN) if chance(rng, 0.7) else rng.choice(self.namesakes.get('MN', KINDERGARTEN))
            if chance(rng, 0.04):
                name = 'tư thục ' + name
        else:
            of_level = self.namesakes.get(level) or HEROES
            name = draw(rng, (rng.choice(HEROES), 2), (self._street(rng, place), 3), (rng.choice(of_level), 2))
        return name, commune

    def _sisters(self, rng, name):
        "What tells apart schools that share a name."
        ends = draw(rng, ([' 1', ' 2'], 5), ([' I', ' II'], 3), ([' A', ' B'], 5), ([' số 1', ' số 2'], 3),
            ([' 1', ' 2', ' 3'], 1),
                    ([' A', ' B', ' C'], 2), ([' 1A', ' 2B'], 0.5), ([' I', ' II', ' III'], 1), ([' 2B'], 0.5),
                    ([''], 0.01))
        if name.startswith(('Thị trấn ', 'tư thục ')) or name[-1].isdigit() or name.isdigit():
            return [name]
        if ends[0] == ' số 1' and chance(rng, 0.5):
            return ['số 1 ' + name, 'số 2 ' + name]
        return [name + e for e in ends]

    def schools(self, rng, place, level, count):
        out, seen = [], set()
        while len(out) < count:
            name, commune = self._base(rng, place, level)
            for each in self._sisters(rng, name) if chance(rng, 0.16) else [name]:
                if each.casefold() not in seen and len(out) < count:
                    seen.add(each.casefold())
                    out.append(School(level, each, place, commune, self.person(rng), rng))
        return out
