/**
 * What happens in the news, in the languages of our sources: one row a kind of happening. Forms are beginnings of folded words
 * (`=` before one: the whole word), in scripts without spaces any part of the text. A bridge between languages, and the only one
 * to Chinese beside countries, dates and numbers.
 */
import { foldValue } from '../../query/words/words.ts'

const ROWS = `
election: election electoral elecc eleic elezion wahl =vote voters voting vot= scrutin urnas comicios выбор избира голосова вибор голосува wybor 选举 選舉 大选 大選 投票 انتخاب اقتراع تصويت ناخب
parliament: parliament parlement parlament legislat diputad deput парламент депутат законодат sejm 议会 議會 国会 國會 برلمان نواب
referendum: referend referénd plebisc референдум 公投 استفتاء
president: president presiden präsident президент prezydent 总统 總統 رئيس رئاس
primeminister: premier ministr= premjer премьер прем'єр premierministr primeminister 总理 總理 首相
minister: minister ministr ministre министр міністр 部长 部長 大臣 وزير وزراء
king: =king monarch =roi =rey =rei konig =re =krol корол монарх 国王 國王 =ملك عاهل
queen: queen reine =reina rainha konigin regina krolow королев 女王 =ملكة
resign: resign demission dimission dimit renunci demissao rucktritt zurucktret отстав ушел відставк dymisj rezygn 辞职 辭職 辞任 استقال
appoint: appoint nominat nomina nomme ernannt назнач признач mianow 任命 تعيين يعين عين=
win: =win =wins =won winner victor gagne remport gana ganador gano vence venceu gewinn sieg vince vinc победи побед выигр перемо wygra zwyci 赢得 贏得 获胜 獲勝 夺冠 奪冠 冠军 冠軍 当选 當選 فوز يفوز فاز= انتصار
dead: kill dead =die =dies =died death =dying mort =morts tue =tues meurt deces fallec muert muere morre morreu obit getotet =tot tote tod gestorben stirb mort= uccis погиб умер смерт убит скончал загин помер смерт zgin zmar zabit smier 死亡 丧生 喪生 遇难 遇難 逝世 身亡 罹难 罹難 死 去世 قتل مقتل مصرع وفا= وفاة قتلى ضحايا يقتل
injured: injur wound bless herid ferid verletz ferit ранен ранены постражд пострада поранен rann 受伤 受傷 伤 傷 جرح مصاب اصاب جريح اصيب
earthquake: earthquake quake seism terremot sism erdbeben землетряс землетрус trzesien 地震 زلزال هز=
flood: flood inond inund enchent uberschwemm hochwasser alluvion наводн повін потоп powodz 洪水 洪灾 水灾 水災 فيضان سيول
storm: storm hurricane typhoon cyclone tempest ouragan huracan furac sturm orkan taifun typhon tifon ураган тайфун шторм циклон буря huragan cyklon ciclon 风暴 風暴 飓风 颶風 台风 颱風 熱帶氣旋 热带气旋 气旋 عاصف اعصار
fire: =fire =fires wildfire blaze incend feuer brand waldbr пожар пожеж возгор pozar 火灾 火災 大火 山火 حريق حرائق
explosion: explo blast detonat взрыв вибух wybuch eksploz 爆炸 انفجار تفجير
crash: crash accident acciden aciden unfall absturz ecras estrell авари крушен катастроф дтп авар аварі katastrof wypad 坠毁 墜毀 失事 车祸 車禍 事故 تحطم حادث تصادم
plane: plane aircraft airliner airplane =avion avions avion aviao flugzeug aereo самолет літак samolot 飞机 飛機 客机 客機 航班 طائر
helicopter: helicopt hubschraub elicott вертолет гелікоптер вертоліт smiglow 直升机 直升機 مروحي هليكوبتر
train: =train =trains =tren trem =zug treno поезд поїзд железнодор pociag 火车 火車 列车 列車 鐵路 铁路 قطار
ship: =ship ships vessel boat ferry navire bateau =barco buque navio schiff =nave судн кораб паром statek prom 船 渡轮 渡輪 军舰 軍艦 سفين قارب
bridge: bridge =pont =ponte puente brucke мост міст =most 桥 橋 =جسر
collapse: collaps effondr derrumb colaps desab einstur crollo обруш обвал zawal 倒塌 坍塌 انهيار انهار
building: building immeuble edific gebaud здани будівл budyn 大楼 大樓 建筑 建築 =مبنى مباني
protest: protest manifest demonstr протест митинг демонстрац протест мітинг 抗议 抗議 示威 احتجاج مظاهر تظاهر
riot: riot emeut disturb unruhen беспоряд заворуш zamiesz 骚乱 騷亂 暴乱 暴亂
strike: strike =strikes grev huelga greve streik scioper забастов страйк strajk 罢工 罷工 اضراب
coup: coup golpe putsch переворот pucz zamach 政变 政變 انقلاب
attack: attack attaqu ataqu ataca angriff attacc напад атак напал ataki atak 袭击 襲擊 攻击 攻擊 هجوم هجمات يهاجم هاجم
bomb: bomb атентат бомб 炸弹 炸彈 قنبل قنابل
shooting: shoot gunm fusillad tirot tiroteo schiess sparator стрельб стріля расстрел strzela 枪击 槍擊 開槍 رصاص
missile: missil misil rakete ракет rakiet pocisk 导弹 導彈 飞弹 飛彈 صاروخ صواريخ
drone: drone dron drohn беспилот безпілот бпла 无人机 無人機 مسير
war: =war wars guerre guerra krieg война войны войне войну війн wojn 战争 戰爭 =حرب حروب
troops: troops soldier army militar armee soldat ejercit soldad exercit truppen esercito военн солдат арми войск армі військ wojsk zolni 军队 軍隊 部队 部隊 士兵 军人 軍人 جيش جنود قوات عسكري
ceasefire: ceasefire truce =treve tregua alto= cessar waffenruh waffenstill перемири прекращен перемир zawieszen rozejm 停火 هدنة
peace: peace =paix =paz frieden =pace =мир мирн =миру pokoj 和平 سلام
hostage: hostage otage rehen refem geisel ostagg заложник заручник zaklad 人质 人質 رهين رهائن
kidnap: kidnap abduct enlev secuestr sequestr entfuhr rapit похищ похит викрад porwa porwan 绑架 綁架 اختطاف خطف
terror: terror террор терор 恐怖 ارهاب
prison: prison jail carcel cadeia gefang haft carcer тюрьм вязниц wiezien 监狱 監獄 入狱 سجن سجون
arrest: arrest detain detenid detid deten festgenomm verhaft задерж арест затрима areszt 逮捕 拘捕 被捕 اعتقال اعتقل توقيف
sentence: sentenc condamn condena verurteil приговор осужд засуд вирок skaz 判处 判處 判刑 徒刑 حكم= حكما يحكم ادان
court: court tribunal gericht corte trybun суд суда судь 法院 法庭 محكم قضا
trial: =trial =proces processo proces juicio prozess судебн 审判 審判 庭审 محاكم
law: =law =laws =loi =lois =ley gesetz legge закон ustaw 法律 法案 法例 قانون
ban: ban= banned interdi prohib verbot vieta запрет заборон zakaz 禁止 禁令 حظر يحظر
agreement: agreement accord acuerd acord abkommen vereinbar accordo соглашен договор угод umow porozum 协议 協議 协定 協定 اتفاق
treaty: treaty traite tratad vertrag trattat договір traktat 条约 條約 معاهد
summit: summit sommet cumbre cupula gipfel vertice саммит саміт szczyt 峰会 峰會 قمة
meeting: meet rencontr reun encontr treffen incontr встреч перегов зустріч spotka 会晤 會晤 会见 會見 会面 會面 会谈 會談 لقاء يلتقي اجتماع محادث
visit: visit besuch визит відвіда візит wizyt 访问 訪問 زيار يزور
sanction: sanction sancion sancoes sanktion sanzion санкц sankc 制裁 عقوب
tariff: tariff arancel tarif zoll dazi пошлин тариф мит 关税 關稅 رسوم جمرك
trade: trade commerc comerc handel торгов торгів 贸易 貿易 تجار
economy: econom wirtsch эконом економ gospod 经济 經濟 اقتصاد
inflation: inflat inflac inflaz инфляц інфляц inflac 通胀 通脹 通货膨胀 تضخم
interestrate: taux tasa zins ставк stop= 利率 加息 降息 فائد
bank: bank banque banco banca банк 银行 銀行 بنك مصرف
stocks: stock bourse bolsa borse borsa акци бирж бірж gield 股市 股票 股价
currency: dollar dolar euro= yuan рубл доллар долар 美元 人民币 دولار يورو
oil: =oil petrol petrole erdol нефт нафт ropa 石油 原油 نفط
gas: =gas =gaz erdgas газ газопровод gazoc 天然气 天然氣 غاز
energy: energ энерг енерг 能源
nuclear: nuclear nuklear atom ядер атом nuclea 核 نووي
space: spac= spacecraft space orbit espac espaci spatia raumfahr weltraum spazi косми космо космі kosmi 太空 航天 宇宙 空间站 فضا
launch: launch lanc lanz lance start= запуст запуск старт 发射 發射 升空 اطلاق اطلق
rocket: rocket fusee cohete foguete rakiet razz 火箭 صاروخ
satellite: satellit satelit спутник супутник 卫星 衛星
moon: =moon lunar lune lunair =luna =lua mond лун місяць księżyc ksiezyc 月球 =قمر
astronaut: astronaut cosmonaut космонавт астронавт 宇航员 太空人 航天员 航天員
nobel: nobel нобел nobla 诺贝尔 諾貝爾
prize: prize prix premio pre= preis премі награ nagrod award 奖 獎 جائز
physics: physic fisic physik fisica физик фізик fizyk 物理
chemistry: chemi chimi quim chimic хими хімі chemii 化学 化學
medicine: medic medizin медиц 医学 醫學 生理
literature: litera литера літера 文学 文學
writer: writer author ecriv escrit schriftst scrittor писател письменник pisarz 作家
film: film movie cinema pelicul кино фильм фільм kino 电影 電影
actor: actor actress acteur actric schauspiel attor актер актрис актор aktor 演员 演員
singer: singer chanteu cantant cantor sanger певец певиц співак piosenk wokal 歌手
music: music musi musik музык музик 音乐 音樂
oscar: oscar оскар 奥斯卡 奧斯卡
football: football futbol futebol fussball calcio футбол pilka pilkar fifa фифа 足球
worldcup: worldcup =mondial =mundial copa coupe weltmeister чемпионат чемпіонат mistrzo 世界杯 世界盃 锦标赛 錦標賽 مونديال
final: =final =finale =finals финал фінал 决赛 決賽 نهائي
tennis: tennis tenis теннис теніс 网球 網球
chess: chess echec ajedrez xadrez schach scacch шахмат шахов szach 国际象棋 國際象棋
olympic: olymp olimp олимп олімп igrzy 奥运 奧運
race: grand= formul формул 赛车 一级方程式
basketball: basket baloncest баскет 篮球
cycling: cycl cicl radsport велогон велоспорт kolarsk 自行车
hockey: hockey хокке хокей 冰球
record: record rekord рекорд 纪录 紀錄 قياسي
virus: virus covid coron вирус вірус коронав ковид wirus 病毒 新冠 疫情 فيروس كورونا
vaccine: vaccin vacun vacina impf вакцин szczepi 疫苗 لقاح
hospital: hospital hopital krankenh ospedal больниц госпитал лікарн szpital 医院 醫院 مستشف
health: health sante salud saude gesundh salute здрав здоров zdrow 卫生 衛生 صح= صحة
disease: disease maladi enferm doenc krankh malatt болезн хвороб chorob cholera холер ebola эбола 疾病
pope: =pope =pape =papa papst папа papie 教宗 教皇 =بابا
church: church eglis iglesia igreja kirch chiesa церк koscio 教会 教會 教堂
islam: islam muslim musulm ислам мусульм 伊斯兰 伊斯蘭
mosque: mosque mosquee mezquit mesquit mosche мечет meczet 清真寺
school: school ecole escuel escola schul scuol школ szko 学校 學校
university: universi универс універс uniwers 大学 大學
police: polic poliz полиц поліц 警察 警方 شرط
border: border frontier frontera fronteira grenz frontier границ кордон granic 边境 邊境 حدود
migrant: migrant migran fluchtl refugee refugi беженц біженц мигрант мігрант uchodz 移民 难民 難民 مهاجر لاجئ
climate: climat clima klima климат клімат 气候 氣候 مناخ
volcano: volcan vulcan vulkan вулкан wulkan 火山 بركان
eruption: erupt erupc erupca ausbruch изверж виверж 喷发 噴發
landslide: landslid gliss= desliz desliza erdrutsch frana оползн зсув osuw 山体滑坡 滑坡 土石流 انزلاق
avalanche: avalanch avalancha lawin valang лавин 雪崩
mine: =mine =miners mina mineur miner grube minier шахт kopal 矿 礦
stampede: stampede bouscul estampid pisote gedrang massenpanik давк тисняв 踩踏
airport: airport aeropor flughafen аэропорт аеропорт lotnisk 机场 機場 مطار
company: company compan entrepris empres unternehm aziend компан firma 公司 企业 شركة شركات
buy: acqui acquis rachat compra ubernahm купи покупк куп= przeję 收购 收購
ai: =ai chatgpt openai intelig= ki нейросет 人工智能 ذكاء
internet: internet интернет інтернет 互联网 網路
hacking: hack cyber ciber хакер кібер кибер 黑客 骇客 网络攻击
independence: independ unabhang indipend независим незалежн niepodleg 独立 獨立 استقلال
constitution: constitu verfassung costituz конститу konstytu 宪法 憲法 دستور
government: governm gouvern gobiern govern regier правительств уряд rzad 政府 حكوم
opposition: opposi oppos оппозиц опозиц opozyc 反对派 反對派 معارض
party: =party =parti =partido =partei partito парти парті =partia 政党 黨 党 حزب
supreme: suprem верховн sąd= najwyz 最高
birth: =birth =born =nace nasce geboren naissanc рожд народи urodz 出生
celebrate: anniver celebr feier годовщин річниц roczni 周年 庆祝 慶祝
coronation: coronat couronn coronac kronung incoron коронац koronac 加冕
funeral: funer funera beerdig begrab похорон pogrzeb 葬礼 葬禮 國葬 国葬
dynasty: prince princess princip prinz принц принцес ksiaz 王子 公主
island: island =ile isla ilha insel isola остров острів wysp 岛 島
water: =sea ocean =mer mar= oceano meer море океан morz 海
capital: capital hauptstadt столиц stolic 首都
south: =south =sud =sur =sul sud= юг півд polud 南部
north: =north =nord =norte север північ polnoc 北部
west: =west =ouest =oeste =occident запад захід zachod 西部
east: =east =est =este =leste восток восточ схід wschod 东部 東部
poverty: famine hambre fome hunger голод glod 饥荒 饑荒
drought: drought secheres sequia seca= durre siccit засух посух susz 干旱 乾旱 جفاف
heat: heatwave canicul calor hitz жара спека upal 热浪 熱浪 高温 حرارة
`

export interface Happening {
  readonly whole: ReadonlyMap<string, readonly number[]>
  readonly beginnings: ReadonlyMap<string, readonly (readonly [string, number])[]>
  readonly spaceless: ReadonlyMap<string, readonly (readonly [string, number])[]>
}

/** Beginnings are found by so many letters. */
const KEY = 3

let table: Happening | undefined
const NONE: readonly never[] = []

/** A word by the kinds of happening that it names, wherever it stands. */
export interface HappeningWord {
  readonly happenings: readonly number[]
}

/** Which kinds of happening a word names, as numbers of rows. @param bare without what Arabic writes together with it */
export function happeningsOf(bare: string): readonly number[] {
  table ??= read()
  const rows = table.whole.get(bare) ?? NONE
  if (bare.length < KEY) return rows
  const begun = table.beginnings.get(bare.slice(0, KEY))?.filter(([form]) => bare.startsWith(form)) ?? NONE
  return begun.length === 0 ? rows : [...rows, ...begun.map(([, row]) => row)]
}

/** Which kinds of happening a text names, as numbers of rows. @param text for scripts without spaces */
export function happeningsIn(words: readonly HappeningWord[], text: string | undefined): Set<number> {
  table ??= read()
  const found = new Set<number>()
  for (const { happenings } of words) for (const row of happenings) found.add(row)
  if (text !== undefined)
    for (let i = 0; i < text.length; i++)
      for (const [form, row] of table.spaceless.get(text.charAt(i)) ?? [])
        if (text.startsWith(form, i)) found.add(row)
  return found
}

/** What a kind of happening is called, by the number of its row. */
export const happeningName = (row: number): string => ROWS.trim().split('\n')[row]?.split(':')[0] ?? ''

function read(): Happening {
  const whole = new Map<string, number[]>()
  const beginnings = new Map<string, [string, number][]>()
  const spaceless = new Map<string, [string, number][]>()
  const push = <T>(map: Map<string, T[]>, key: string, value: T): void => {
    const list = map.get(key)
    if (list === undefined) map.set(key, [value])
    else list.push(value)
  }
  for (const [row, line] of ROWS.trim().split('\n').entries())
    for (const written of line
      .slice(line.indexOf(':') + 1)
      .trim()
      .split(' ')) {
      const form = foldValue(written.replaceAll('=', '')).replaceAll(' ', '')
      if (form.charCodeAt(0) >= 0x2e80) push(spaceless, written.charAt(0), [written, row])
      else if (written.includes('=') || form.length < KEY) push(whole, form, row)
      else push(beginnings, form.slice(0, KEY), [form, row])
    }
  return { whole, beginnings, spaceless }
}
