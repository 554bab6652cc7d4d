/**
 * The language of a text by its script, its alphabet or its commonest words. These make up a third to half of any running
 * text, so a sentence or two have enough of them. Without a clear winner the result is ''.
 */

/** The commonest words of each language; a word in several lists counts for all of them. */
const WORDS: Readonly<Record<string, string>> = {
  en: 'the of and to in is was for on that with as by at from are were his her their its it has have had be been an or not which after who will would over this but they more about into than says said new against between',
  de: 'der die das und in den von zu mit sich des dem im ist ein eine einer einem einen nicht für auf auch es an als nach wie aus am bei hat sind wird werden durch wurde um über vor zum zur haben oder noch war gegen seine ihre unter nur bis',
  fr: 'le la les de des du et en un une dans est pour que qui au aux par sur pas ne plus avec ce se son sa ses il elle ont été sont cette mais comme leur après où être selon entre deux contre sans sous',
  es: 'el la los las de del y en un una que por con para se su al es no más lo como fue ha sus entre sobre este esta pero también desde hasta han son ser según tras contra dos cuando donde muy sin',
  it: 'il lo la i gli le di del della dei delle dello degli e in un una che per con non si è da dal dalla nel nella sono al alla come più anche ha suo sua ma dopo tra fra questo questa stato ai sul sulla hanno all dell',
  pt: 'o a os as de do da dos das e em um uma que por com para não se no na nos nas ao aos à mais como foi é são sua seu entre também pelo pela ou mas após até sobre contra está há já ser tem',
  nl: 'de het een van en in op te dat die is voor met zijn niet aan er om ook als door bij uit naar over wordt heeft werd nog maar worden tot hij ze deze hebben meer tegen onder volgens zich al',
  pl: 'w i z na do się nie że jest to o od po za przez dla jak ale oraz są jego ich przed który która które po co tym czy być został także pod tylko został już roku między ze',
  tr: 've bir bu da de için ile olarak olan daha çok en gibi sonra kadar ancak göre ne ya o olduğu olduğunu her iki yeni tarafından karşı dedi etti değil var',
  sv: 'och att det som en är på av för med till den har inte om ett han men var jag från vid kan ska efter eller när så sig mot under också över bara där blir',
  cs: 'a v se na je že s z do to i o k by pro ale jako po za od při jsou který které která podle však už jeho byl bylo jsem než také nebo mezi ve ze aby bude',
  ro: 'și în de la cu pe a că nu o un să este pentru din care mai au fost prin ce sau după către fi dar sunt lui acest această între ale al',
  hu: 'a az és hogy nem is egy ez azt van meg volt már csak de ki még mint vagy szerint lesz akkor után el amely miatt ezt lehet között',
  fi: 'ja on ei että se oli hän mutta ovat joka myös kun sen ole mukaan niin kuin jos tai sekä jo vain olla voi hänen mitä',
  id: 'yang dan di dengan untuk dari ini itu pada dalam tidak akan ke oleh juga telah adalah sebagai ada bahwa atau kami mereka tersebut para',
  // Near relatives of the above, so that they are not mistaken for them.
  ca: 'el la els les de del dels i en un una que per amb al als no es ha són més com aquest aquesta va seva seu entre però també han és ser des segons contra',
  gl: 'o a os as de do da dos das e en un unha que por con para non se no na nos nas ao aos máis como foi é son súa seu entre tamén pola polo',
  af: 'die van en in is het nie dat vir met om te op het sy hy was aan deur wat ook by hulle word sal kan na ons',
  da: 'og i at det er en til på som af for med den der har ikke et de om var han men fra kan efter ved også blev sig hun eller over vil',
  no: 'og i at det er en til på som av for med den har ikke et de om var han men fra kan etter ved også ble seg hun eller over vil å',
  sk: 'a v sa na je že s z do to aj o k by pre ale ako po za od pri sú ktorý ktoré ktorá podľa však už jeho bol bolo som než tiež alebo medzi vo zo aby bude',
  hr: 'i u je na se da za od su s o kao što koji koja koje iz nije biti bi će po do ali ili prema te više nakon bio između',
  lt: 'ir yra kad su iš į bei tai kaip bet jau po per apie nuo buvo dar jis iki už prie tik jo ar',
  eo: 'la de kaj en estas al ke por kun ne li ĝi sed el per pri',
  ru: 'и в не на что с по как его но из за от для о к у же до или это при бы так все она они был была были было также если после когда между со без будет может который которые году сообщил заявил',
  uk: 'і в не на що з та до як за від про у його для це але й або був була були було при після між зі щоб так також які який може буде він вона вони року ще під',
  be: 'і ў не на што з да як за ад пра у яго для гэта але або быў была былі пры пасля між так таксама які якія можа будзе ён яна яны года',
  bg: 'и на за да се от е в с не че по са като до при след ще това но или без през към беше има още към между който която които',
  sr: 'и у је на се да за од су с о као што који која које из није бити би ће по до али или према те више након био између',
  mk: 'и на за да се од е во со не дека по се како до при ќе ова но или без кон беше има уште меѓу кој која кои',
  fa: 'و در به از که این را با است برای آن یک خود تا کرد بر هم نیز شد بود می ها های شده اند وی دو گفت کرده',
  ar: 'في من على إلى أن عن مع التي الذي هذا هذه كان ما لا بعد قال بين كما أو لم قد قبل خلال كل بأن إن وقال ولا حول ضد',
  ur: 'کے کی میں سے ہے کا اور کو پر نے ہیں کہ یہ اس بھی ایک تھا نہیں کر لیے ہو',
}

const languages = Object.keys(WORDS)
/** Word → the numbers of its languages. */
const byWord = new Map<string, number[]>()
languages.forEach((language, number) => {
  for (const word of new Set((WORDS[language] as string).split(' '))) {
    const list = byWord.get(word)
    if (list === undefined) byWord.set(word, [number])
    else list.push(number)
  }
})

/** Different words of a list that a text must hold, and by how many it must lead over any other language. */
const ENOUGH = 2
const AHEAD = 2

function languageByWords(text: string): string {
  const hits = new Uint16Array(languages.length)
  for (const word of new Set(text.toLowerCase().split(APART))) {
    const list = byWord.get(word)
    if (list !== undefined) for (const number of list) hits[number] = (hits[number] as number) + 1
  }
  let best = 0
  let second = 0
  let winner = ''
  hits.forEach((count, number) => {
    if (count > best) {
      second = best
      best = count
      winner = languages[number] as string
    } else if (count > second) second = count
  })
  return best >= ENOUGH && best - second >= AHEAD && best >= 1.5 * second ? winner : ''
}

const APART = /[^\p{L}\p{M}]+/u

/** Scripts of one language each (in the news); Japanese has kana among its ideographs. */
const SCRIPTS: readonly (readonly [language: string, letters: RegExp, enough: number])[] = [
  ['ko', /[\uac00-\ud7a3]/g, 8],
  ['ja', /[\u3041-\u30fa]/g, 4],
  ['zh', /[\u3400-\u9fff]/g, 12],
  ['th', /[\u0e01-\u0e2e]/g, 12],
  ['el', /[\u0370-\u03ff]/g, 20],
  ['he', /[\u05d0-\u05ea]/g, 20],
  ['ka', /[\u10d0-\u10ff]/g, 20],
  ['hy', /[\u0561-\u0587]/g, 20],
]

/** Cyrillic alphabets: no letter of the text is outside the alphabet, and some are the language's own. */
const CYRILLIC: readonly (readonly [language: string, others: RegExp, own: RegExp])[] = [
  ['ru', /(?![а-яё])\p{sc=Cyrillic}/iu, /[ыэё]/i],
  ['uk', /(?![а-щьюяіїєґ])\p{sc=Cyrillic}/iu, /[іїє]/i],
]

/** BCP 47 of a plain text that its script or its common words decide; '' otherwise. */
export function plainLanguage(text: string): string {
  // Most text is Latin: one look shows whether it holds another script at all.
  if (FOREIGN.test(text)) {
    for (const [language, letters, enough] of SCRIPTS)
      if ((text.match(letters)?.length ?? 0) >= enough) return language
    if ((text.match(/[\u0400-\u04ff]/g)?.length ?? 0) >= 20)
      for (const [language, others, own] of CYRILLIC)
        if (own.test(text) && !others.test(text)) return language
  }
  return languageByWords(text)
}

const FOREIGN = /[\u0370-\u1fff\u3041-\ud7a3]/

const common = new Map<string, ReadonlySet<string>>()

/** The commonest words of a language, lower case and with their accents; none where the language has no list. */
export function commonWords(language: string): ReadonlySet<string> {
  let set = common.get(language)
  if (set === undefined) {
    set = new Set((WORDS[language] ?? '').split(' '))
    common.set(language, set)
  }
  return set
}
