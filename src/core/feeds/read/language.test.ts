import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { detectLanguage, detectLanguages } from './language.ts'
import { plainLanguage } from './plainLanguage.ts'

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

test.each([
  ['it', 'Il governo ha approvato la legge di bilancio dopo una lunga notte di trattative con i sindacati'],
  ['pt', 'O banco central mantém os juros e teme uma desaceleração da economia, mas não vê recessão'],
  [
    'nl',
    'De regering heeft de begroting goedgekeurd na een lange nacht van onderhandelingen met de vakbonden',
  ],
  ['pl', 'Rząd przyjął budżet, ale związki zawodowe nie zgadzają się na to, że płace są zamrożone'],
  ['es', 'El Gobierno aprueba los presupuestos y los sindicatos anuncian una huelga para el lunes'],
  ['ru', 'Центробанк сохранил ключевую ставку: экономисты ждали этого'],
  ['uk', 'Міністри домовилися про нову торговельну угоду'],
  ['ja', '政府は労働組合との長い夜の交渉の末、予算案を承認した'],
  ['ko', '정부는 노조와의 긴 밤샘 협상 끝에 예산안을 승인했다'],
  ['el', 'Η κυβέρνηση ενέκρινε τον προϋπολογισμό μετά από διαπραγματεύσεις'],
  ['ar', 'البنك المركزي يبقي أسعار الفائدة دون تغيير في مارس ويقول إن النمو تباطأ من قبل'],
])('common words, alphabet or script plainly say %j', (language, text) =>
  expect(plainLanguage(text)).toBe(language),
)

test.each([
  ['words that Danish and Norwegian share', 'Det er ikke en sag om ord, men det er med og for de to'],
  ['Serbian, whose letters Russian has too', 'Влада прихвата план за нова радна места'],
  ['names alone', 'Volodymyr Zelenskyy, Emmanuel Macron, Keir Starmer, Friedrich Merz'],
  [
    'another alphabet of Cyrillic letters',
    'Үкімет кәсіподақтармен ұзақ түнгі келіссөздерден кейін бюджетті бекітті',
  ],
])('%s has no plain language', (_, text) => expect(plainLanguage(text)).toBe(''))

test('no headline that people labelled is plainly in another language', () => {
  const wrong: string[] = []
  let decided = 0
  for (const name of ['examples', 'independent'])
    for (const line of readFileSync(new URL(`../../themes/fixtures/${name}.jsonl`, import.meta.url), 'utf8')
      .trim()
      .split('\n')) {
      const { lang, title, text } = JSON.parse(line) as { lang: string; title: string; text: string }
      const language = plainLanguage(`${title}\n${text}`)
      if (language !== '') decided++
      if (language !== '' && language !== lang) wrong.push(`${language}: ${title}`)
    }
  expect(wrong).toEqual([])
  expect(decided).toBeGreaterThan(500)
})

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
