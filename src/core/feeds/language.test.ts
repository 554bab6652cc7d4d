import { expect, test } from 'vitest'
import { detectLanguage, detectLanguages } from './language.ts'

test.each([
  ['en', 'Ministers agree on a new trade deal after talks that lasted all night'],
  ['de', 'Gericht ordnet Freilassung von zwei Journalisten an, die seit März in Haft sind'],
  ['fr', 'La banque centrale maintient son taux et craint un ralentissement de la croissance'],
  ['ru', 'Министры договорились о новом торговом соглашении после ночных переговоров'],
  ['uk', 'Пункт пропуску закрили після появи безпілотників біля річки, кажуть прикордонники'],
  ['zh', '央行维持利率不变并警告增长放缓'],
  ['ar', 'المحكمة تأمر بالإفراج عن صحفيين محتجزين منذ مارس بعد احتجاجات'],
  ['', 'Ja, ok'],
  ['', '12345'],
])('%j: %s', (language, text) => expect(detectLanguage(text)).toBe(language))

test('a feed in one language is in it down to its short titles', () => {
  const texts = Array.from({ length: 20 }, (_, i) =>
    i === 7
      ? 'Kurz notiert'
      : `Die Minister einigen sich nach einer langen Nacht auf ein neues Abkommen, Teil ${i}`,
  )
  expect(new Set(detectLanguages(texts))).toEqual(new Set(['de']))
})

test('a feed in several is guessed text by text', () => {
  const texts = [
    'Ministers agree on a new trade deal after talks that lasted all night',
    'Die Minister einigen sich nach einer langen Nacht auf ein neues Abkommen',
    'Министры договорились о новом торговом соглашении после ночных переговоров',
    'Ok',
  ]
  expect(detectLanguages(texts)).toEqual(['en', 'de', 'ru', ''])
  expect(detectLanguages([])).toEqual([])
})
