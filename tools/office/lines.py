"""lines: a plan's list without a table: numbered lines, dash lines under a school, tabs and dots, sentences.

    Lines(plan).put(doc, entries, level)
"""
from names import chance, draw
from plan import SECTION, THEMES, WORDS
from tables import ROMAN

LABELS = {'1.': '%d. ', '1)': '%d) ', '(1)': '(%d) ', '1/': '%d/ ', '1-': '%d- ', 'dash': '- ', 'plus': '+ ',
    'star': '* ', 'bullet': '• ', 'letter': None,
          'pair': 'Cặp %d: ', 'none': '', 'by Word': ''}


class Lines:
    def __init__(self, plan):
        self.plan, self.rng = plan, plan.rng
        axis, theme = plan.axis, THEMES[plan.theme]
        clear = plan.level_in not in ('name', 'brackets', 'nowhere') and plan.prefix in ('none', 'lead')
        axis('lines', ('line a pair', 40), ('grouped', 14), ('two lines', 10), ('tabs', 10), ('dots', 8),
            ('sentences', 12), ('one paragraph', 8))
        axis('label', ('1.', 30), ('1)', 8), ('(1)', 4), ('1/', 5), ('1-', 3), ('dash', 16), ('plus', 5), ('star', 3),
            ('bullet', 6), ('letter', 6), ('pair', 4), ('none', 4), ('by Word', 8))
        dash = not (plan.ward_in == 'dash' or plan.district_in == 'dash')
        axis('between', ('verb', 55), ('dash', 18 if dash else 0), ('long dash', 12 if dash else 0), ('với', 5),
            ('colon', 4), ('và', 3 if not clear and plan.several == 'none' else 0), ('arrow', 3))
        axis('lines end', ('semicolon', 5), ('nothing', 5), ('stop', 3), ('comma', 1))
        self.verb = self.rng.choice(theme['verbs'])
        self.section_form = self.rng.choice(('%(n)s. Khối %(l)s', '%(n)s. Cấp %(l)s', 'Khối %(l)s:', '* Cấp %(l)s:',
            '%(n)s. %(l)s', '%(c)s. Các trường %(l)s', '- Bậc %(l)s:', '%(c)s) %(l)s:'))
        self.number = 0

    def _label(self):
        self.number += 1
        how = self.plan.label
        if how == 'letter':
            return 'abcdđeghiklmnopqrstuvxy'[(self.number - 1) % 23] + ') '
        return LABELS[how] % self.number if '%' in LABELS[how] else LABELS[how]

    def _between(self):
        return {'verb': ' %s ' % self.verb, 'dash': ' - ', 'long dash': ' – ', 'với': ' với ', 'colon': ': ',
            'và': ' và ', 'arrow': self.rng.choice((' ↔ ', ' <-> ', ' → ', ' => '))}[self.plan.between]

    def _all(self, schools, side, outer):
        "A, B and C"
        p, texts = self.plan, [self.plan.spell(s, side, outer) for s in schools]
        if len(texts) == 1:
            return texts[0]
        lead = ''
        if all(t.startswith('Trường ') for t in texts) and chance(self.rng, 0.5):
            texts, lead = [t[7:] for t in texts], self.rng.choice(
                ('các trường ', 'các trường: ', '%02d trường: ' % len(texts)))
            if texts[0] and p.axes['capitals'] == 'no' and chance(
                self.rng, 0.4):  # the level said once: "các trường tiểu học A, B và C"
                words = next((w for w in (*WORDS[schools[0].level], WORDS[schools[0].level][0].lower())
                    if all(t.startswith(w + ' ') for t in texts)), None)
                if words:
                    texts, lead = [t[len(words) + 1:] for t in texts], 'các trường %s ' % words
        return lead + ', '.join(texts[:-1]) + self.rng.choice((' và ', ' và ', ', ')) + texts[-1]

    def _pair(self, e, outer):
        return self._all(e.a, 'a', outer) + self._between() + self._all(e.b, 'b', outer)

    def _end(self, last):
        return '.' if last and self.plan.axes['lines end'] != 'nothing' else {
            'semicolon': ';', 'nothing': '', 'stop': '.', 'comma': ','}[self.plan.axes['lines end']]

    def _line(self, doc, text, deep=0):
        number = self.word_list if self.plan.label == 'by Word' and not deep else None
        doc.para(text, align=self.align, indent=0.3 * deep + self.indent, number=number)

    def put(self, doc, entries, level=None):
        p = self.plan
        self.word_list = doc.new_list(self.rng.choice(('%1.', '%1)', '(%1)')))
        self.align, self.indent = draw(self.rng, ('both', 2), ('left', 2)), draw(self.rng, (0, 2), (0.4, 2))
        if p.level_in != 'section':
            return self._some(doc, entries, level)
        for i, l in enumerate(dict.fromkeys(e.level for e in entries)):
            words = self.rng.choice((SECTION[l], WORDS[l][1]))
            text = self.section_form % {'n': ROMAN[i], 'l': words, 'c': 'ABCDEG'[i]}
            doc.para(text[0].upper() + text[1:], bold=chance(self.rng, 0.7), before=60)
            if p.axes.get('numbers', 'anew') == 'anew':
                self.number = 0
            self._some(doc, [e for e in entries if e.level == l], l)

    def _some(self, doc, entries, level):
        getattr(self, '_' + self.plan.axes['lines'].replace(' ', '_'))(
            doc, entries, self.plan.outer(level) if level else None)

    def _line_a_pair(self, doc, entries, outer):
        for i, e in enumerate(entries):
            self._line(doc, self._label() + self._pair(e, outer) + self._end(i == len(entries) - 1))

    def _grouped(self, doc, entries, outer):
        head = self.rng.choice(('%s ' + self.verb + ':', '%s:', '%s ' + self.verb + ' các trường:',
            '%s ' + self.verb + ' các đơn vị sau:'))
        dash = self.rng.choice(('- ', '+ ', '- ', '• '))
        dash = '+ ' if dash == '- ' and self.plan.label == 'dash' else '- ' if dash == '+ ' and self.plan.label == 'plus' else dash
        for e in entries:
            self._line(doc, self._label() + head % self._all(e.a, 'a', outer))
            for i, b in enumerate(e.b):
                self._line(doc, dash + self.plan.spell(b, 'b', outer) + self._end(i == len(e.b) - 1), deep=1)

    def _two_lines(self, doc, entries, outer):
        noun = THEMES[self.plan.theme]['noun'].split(',')[0]
        words = self.rng.choice(('Trường %s: ' % noun, 'Đơn vị %s: ' % noun,
            '%s với: ' % self.verb.replace(' với', '').capitalize(), '=> %s: ' % self.verb))
        for e in entries:
            self._line(doc, self._label() + self._all(e.a, 'a', outer))
            self._line(doc, words + self._all(e.b, 'b', outer), deep=1)

    def _tabs(self, doc, entries, outer):
        for e in entries:
            doc.para(self._label() + self._all(e.a, 'a', outer) + '\t' + self._all(e.b, 'b', outer),
                tabs=[(3.4, 'left', 'none')], hang=0,
                     number=self.word_list if self.plan.label == 'by Word' else None)

    def _dots(self, doc, entries, outer):
        typed = chance(self.rng, 0.4)
        for e in entries:
            a, b = self._all(e.a, 'a', outer), self._all(e.b, 'b', outer)
            gap = ' ' + '.' * max(4, 46 - len(a)) + ' ' if typed else '\t'
            doc.para(self._label() + a + gap + b, tabs=() if typed else [(3.4, 'left', 'dot')],
                number=self.word_list if self.plan.label == 'by Word' else None)

    def _sentences(self, doc, entries, outer):
        for e in entries:
            a, b = self._all(e.a, 'a', outer), self._all(e.b, 'b', outer)
            form = self.rng.choice(('%(a)s %(v)s %(b)s.', '%(a)s %(v)s %(b)s.', 'Giao cho %(a)s %(v)s %(b)s.',
                'Phân công %(a)s %(v)s %(b)s.', 'Năm học này, %(a)s %(v)s %(b)s.'))
            self._line(doc, (self._label() if self.plan.label != 'none' else '') + form % dict(a=a, b=b, v=self.verb))

    def _one_paragraph(self, doc, entries, outer):
        doc.para(self.rng.choice(('', 'Cụ thể: ', 'Gồm: ')) + '; '.join(
            self._all(e.a, 'a', outer) + ' %s ' % self.verb + self._all(e.b, 'b', outer) for e in entries) + '.',
                 align='both', indent=0, hang=-0.4)
