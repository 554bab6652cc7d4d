/** Random sentences of news in languages that the shared archive lacks: who does what, where and when. */
import { picker } from '../src/core/fixtures/random.ts'

export const LANGUAGES = ['ru', 'zh', 'fr', 'de', 'es', 'ar'] as const
export type Language = (typeof LANGUAGES)[number]

interface Grammar {
  readonly who: readonly string[]
  readonly does: readonly string[]
  readonly what: readonly string[]
  readonly where: readonly string[]
  readonly when: readonly string[]
  readonly join: string
  readonly stop: string
}

export function sentenceIn(language: Language, random: () => number): string {
  const g = GRAMMAR[language]
  const pick = picker(random)
  const number = Math.floor(random() * 900) + 100
  const parts = [pick(g.who), pick(g.does), pick(g.what), pick(g.where), pick(g.when)]
  if (random() < 0.3) parts.push(String(number))
  return parts.join(g.join) + g.stop
}

const GRAMMAR: Record<Language, Grammar> = {
  ru: {
    who: [
      ...['Президент России Владимир Путин', 'Министр иностранных дел Сергей Лавров', 'Правительство Китая'],
      ...['Европейский союз', 'Министерство обороны Украины', 'Премьер-министр Индии', 'Компания «Газпром»'],
      ...[
        'Председатель КНР Си Цзиньпин',
        'Белый дом',
        'Центральный банк',
        'Глава Еврокомиссии',
        'Совет безопасности ООН',
      ],
    ],
    does: [
      ...[
        'объявил о',
        'обсудил',
        'отверг',
        'поддержал',
        'раскритиковал',
        'подписал',
        'приостановил',
        'потребовал',
      ],
      ...['предложил', 'подтвердил', 'отменил', 'расширил'],
    ],
    what: [
      ...[
        'новые санкции против банков',
        'соглашение о поставках газа',
        'строительство трубопровода',
        'переговоры о мире',
      ],
      ...[
        'пошлины на импорт стали',
        'военные учения',
        'экспорт зерна',
        'обмен пленными',
        'закупку нефти',
        'бюджет на оборону',
      ],
      ...['запрет на экспорт микросхем', 'визит делегации', 'выборы в парламент', 'помощь беженцам'],
    ],
    where: [
      'в Москве',
      'в Пекине',
      'в Киеве',
      'в Брюсселе',
      'на саммите БРИКС',
      'в Женеве',
      'во Владивостоке',
      'на границе',
    ],
    when: [
      'в понедельник',
      'вчера вечером',
      'на этой неделе',
      'в ходе встречи',
      'после заседания',
      'в мае',
      'накануне',
    ],
    join: ' ',
    stop: '.',
  },
  zh: {
    who: [
      '俄罗斯总统普京',
      '国家主席习近平',
      '外交部发言人',
      '欧盟委员会',
      '美国商务部',
      '乌克兰国防部',
      '台湾当局',
      '印度总理莫迪',
      '联合国安理会',
      '中国石油天然气集团',
    ],
    does: ['宣布', '讨论', '拒绝', '支持', '批评', '签署', '暂停', '要求', '提出', '确认', '取消', '扩大'],
    what: [
      '新的制裁措施',
      '天然气供应协议',
      '管道建设项目',
      '和平谈判',
      '钢铁进口关税',
      '联合军事演习',
      '粮食出口',
      '芯片出口管制',
      '石油采购',
      '国防预算',
      '代表团访问',
      '半导体投资',
    ],
    where: ['在北京', '在莫斯科', '在基辅', '在布鲁塞尔', '在金砖国家峰会上', '在日内瓦', '在台北', '在上海'],
    when: ['周一', '昨晚', '本周', '会谈期间', '会议之后', '五月', '日前'],
    join: '',
    stop: '。',
  },
  fr: {
    who: [
      ...[
        'Le président Emmanuel Macron',
        'La Commission européenne',
        'Le ministère des Affaires étrangères',
        'Pékin',
      ],
      ...[
        'Le Kremlin',
        'La présidente de la Commission',
        'Le Parlement européen',
        'La Banque centrale',
        'L’armée ukrainienne',
      ],
    ],
    does: [
      'a annoncé',
      'a rejeté',
      'soutient',
      'a signé',
      'suspend',
      'exige',
      'a proposé',
      'confirme',
      'a évoqué',
      'élargit',
    ],
    what: [
      ...[
        'de nouvelles sanctions contre des banques',
        'un accord sur le gaz naturel',
        'la construction d’un gazoduc',
      ],
      ...[
        'des droits de douane sur l’acier',
        'des manœuvres militaires',
        'l’exportation de céréales',
        'un budget de défense',
      ],
      ...[
        'le contrôle des semi-conducteurs',
        'une visite d’État',
        'des élections législatives',
        'l’aide aux réfugiés',
      ],
    ],
    where: [
      'à Paris',
      'à Bruxelles',
      'à Genève',
      'à Pékin',
      'à la frontière',
      'au sommet des BRICS',
      'à Strasbourg',
    ],
    when: ['lundi', 'hier soir', 'cette semaine', 'après la réunion', 'en mai', 'à la veille du sommet'],
    join: ' ',
    stop: '.',
  },
  de: {
    who: [
      ...[
        'Die Bundesregierung',
        'Bundeskanzler Friedrich Merz',
        'Die Europäische Kommission',
        'Das Auswärtige Amt',
      ],
      ...[
        'Der Kreml',
        'Die Volksrepublik China',
        'Das Europäische Parlament',
        'Die Bundesbank',
        'Das Verteidigungsministerium',
      ],
    ],
    does: [
      'kündigt',
      'verlangt',
      'unterstützt',
      'kritisiert',
      'bestätigt',
      'prüft',
      'beschließt',
      'verschiebt',
      'erörtert',
    ],
    what: [
      ...[
        'neue Sanktionen gegen Banken',
        'ein Abkommen über Erdgaslieferungen',
        'den Bau einer Pipeline',
        'Zölle auf Stahl',
      ],
      ...[
        'gemeinsame Militärübungen',
        'Ausfuhrkontrollen für Halbleiter',
        'den Verteidigungshaushalt',
        'Waffenlieferungen',
      ],
      ...[
        'Friedensgespräche',
        'Getreideausfuhren',
        'einen Staatsbesuch',
        'Hilfe für Flüchtlinge',
        'Maßnahmen im Außenhandel',
      ],
    ],
    where: [
      'in Berlin',
      'in Brüssel',
      'in Kiew',
      'in Peking',
      'an der Grenze',
      'auf dem Gipfel',
      'in Genf',
      'in München',
    ],
    when: ['am Montag', 'gestern Abend', 'in dieser Woche', 'nach der Sitzung', 'im Mai', 'vor dem Gipfel'],
    join: ' ',
    stop: '.',
  },
  es: {
    who: [
      ...[
        'El presidente del Gobierno',
        'La Comisión Europea',
        'El Ministerio de Exteriores',
        'El Kremlin',
        'Pekín',
      ],
      ...['La Unión Europea', 'El Banco Central', 'El Parlamento', 'El ejército ucraniano', 'La Casa Blanca'],
    ],
    does: [
      'anunció',
      'rechazó',
      'apoya',
      'firmó',
      'suspende',
      'exige',
      'propuso',
      'confirma',
      'criticó',
      'amplía',
    ],
    what: [
      ...[
        'nuevas sanciones contra bancos',
        'un acuerdo sobre gas natural',
        'la construcción de un gasoducto',
      ],
      ...[
        'aranceles al acero',
        'maniobras militares',
        'la exportación de cereales',
        'el presupuesto de defensa',
      ],
      ...['controles a los semiconductores', 'una visita de Estado', 'elecciones', 'ayuda a los refugiados'],
    ],
    where: [
      'en Madrid',
      'en Bruselas',
      'en Ginebra',
      'en Pekín',
      'en la frontera',
      'en la cumbre de los BRICS',
      'en Moscú',
    ],
    when: [
      'el lunes',
      'anoche',
      'esta semana',
      'después de la reunión',
      'en mayo',
      'en vísperas de la cumbre',
    ],
    join: ' ',
    stop: '.',
  },
  ar: {
    who: [
      'الرئيس الروسي فلاديمير بوتين',
      'وزارة الخارجية الصينية',
      'المفوضية الأوروبية',
      'مجلس الأمن الدولي',
      'الحكومة الأوكرانية',
      'البيت الأبيض',
      'منظمة أوبك',
      'وزير الدفاع',
    ],
    does: ['أعلن عن', 'رفض', 'أيد', 'وقع على', 'علق', 'طالب', 'اقترح', 'أكد', 'ناقش', 'وسع'],
    what: [
      'عقوبات جديدة على البنوك',
      'اتفاق توريد الغاز',
      'بناء خط أنابيب',
      'محادثات السلام',
      'رسوم جمركية على الصلب',
      'مناورات عسكرية',
      'تصدير الحبوب',
      'ميزانية الدفاع',
      'زيارة رسمية',
      'خفض إنتاج النفط',
    ],
    where: [
      'في موسكو',
      'في بكين',
      'في كييف',
      'في بروكسل',
      'في الدوحة',
      'في قمة بريكس',
      'في جنيف',
      'على الحدود',
    ],
    when: ['يوم الاثنين', 'مساء أمس', 'هذا الأسبوع', 'بعد الاجتماع', 'في مايو', 'قبل القمة'],
    join: ' ',
    stop: '.',
  },
}
