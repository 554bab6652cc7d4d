/**
 * Persons, organisations, companies, cities and regions of the news by name, where the names of languages do not sound alike: a
 * bridge above all to Chinese. One row each: an id, the country it lies in where it is a place (`@US`), and forms. Forms are
 * beginnings of folded words with an ending of at most ENDING letters (`=` before one: the word as it stands, `_` for a space); in
 * scripts without spaces any part of the text.
 */
import { foldValue } from '../../query/words/words.ts'
import { bareWord } from './arabic.ts'

/** Names that another begins with, and that are not meant by it. */
const OTHERS = `
: 罗马尼亚 羅馬尼亞 哥伦比亚 阿尔巴尼亚 科斯塔里卡 马里兰 印度尼西亚 印度洋 几内亚
`

const PERSONS = `
trump: =trump =trumps трамп 特朗普 川普 ترامب ترمب
biden: =biden байден 拜登 بايدن
harris: kamala харрис 哈里斯 贺锦丽 賀錦麗 هاريس
vance: =vance вэнс венс 万斯 萬斯 فانس
obama: obama обам 奥巴马 歐巴馬 奧巴馬 أوباما
clinton: clinton клинтон 克林顿 克林頓 柯林頓
rubio: rubio рубио 鲁比奥 魯比奧 盧比歐 卢比奥 روبيو
hegseth: hegseth хегсет 赫格塞思 赫格塞斯 海格塞斯 هيغسيث
bessent: bessent бессент 贝森特 貝森特
lutnick: lutnick лютник 卢特尼克 盧特尼克
greer: =greer грир 格里尔
witkoff: witkoff уиткофф виткофф 威特科夫 維特科夫 維科夫 ويتكوف
kushner: kushner кушнер 库什纳 庫許納
bondi: =bondi бонди 邦迪
patel: kash_patel 帕特尔
noem: =noem ноэм 诺姆
waltz: =waltz уолц 沃尔兹
kellogg: kellogg келлог 凯洛格
blinken: blinken блинкен 布林肯 بلينكن
sullivan: jake_sullivan салливан 沙利文 蘇利文
yellen: yellen йеллен 耶伦 葉倫
raimondo: raimondo раймондо 雷蒙多
austin: lloyd_austin остин 奥斯汀
pelosi: pelosi пелоси 佩洛西 裴洛西
mccarthy: kevin_mccarthy маккарти 麦卡锡
mikejohnson: mike_johnson 迈克·约翰逊
schumer: schumer шумер 舒默
desantis: desantis десантис 德桑蒂斯
kennedy: kennedy кеннеди 肯尼迪 甘迺迪
powell: powell пауэлл 鲍威尔 鮑爾 鲍尔 باول
newsom: newsom ньюсом 纽森 紐森 纽瑟姆
mamdani: mamdani мамдани 马姆达尼 曼达尼
epstein: epstein эпштейн 爱泼斯坦
kirk: charlie_kirk чарли_кирк 查理·柯克 柯克
musk: =musk =musks маск маска маском 马斯克 馬斯克 ماسك
zuckerberg: zuckerb цукерберг 扎克伯格 祖克柏
bezos: bezos безос 贝索斯 貝佐斯
altman: altman альтман 奥特曼 阿尔特曼
huang: jensen_huang дженсен_хуанг 黄仁勋 黃仁勳
cook: tim_cook тим_кук 库克
gates: bill_gates билл_гейтс 比尔·盖茨 比尔盖茨
buffett: buffett баффет 巴菲特
putin: =putin poutine putins путин путін 普京 普亭 普丁 蒲亭 بوتين
lavrov: lavrov lawrow лавров 拉夫罗夫 拉夫羅夫 لافروف
peskov: peskov peskow песков 佩斯科夫 بيسكوف
medvedev: medvedev medwedew medvédev медведев 梅德韦杰夫 梅德韋傑夫 ميدفيديف
mishustin: mishustin michoustine mischustin мишустин 米舒斯京
shoigu: shoigu choigou schoigu шойгу 绍伊古 邵伊古 紹伊古
belousov: belousov belooussov beloussow белоусов 别洛乌索夫
gerasimov: gerasimov guerassimov герасимов 格拉西莫夫
dmitriev: kirill_dmitri дмитриев 德米特里耶夫
prigozhin: prigozhin prigojine prigoschin пригожин 普里戈任 普里戈津 بريغوجين
navalny: navaln nawaln навальн 纳瓦利内 納瓦尼 纳瓦尔尼 納瓦尼 نافالني
kadyrov: kadyrov кадыров 卡德罗夫
gershkovich: gershkovi гершкович 格什科维奇
zelensky: zelensk selensk zełensk zelenski зеленск зеленськ 泽连斯基 澤連斯基 澤倫斯基 泽伦斯基 زيلينسكي
yermak: yermak jermak ермак єрмак 叶尔马克
kuleba: kuleba кулеба 库列巴
sybiha: sybiha сибига сибіга 瑟比加 西比加
zaluzhny: zaluzhn salusch залужн 扎卢日内
syrsky: syrskyi syrsky сырск сирськ 瑟尔斯基
svyrydenko: svyrydenko свириденко 斯维里坚科
lukashenko: lukashenk loukachenk lukaschenk łukaszenk лукашенк 卢卡申科 盧卡申科 لوكاشينكو
xi: xi_jinping си_цзиньпин 习近平 習近平 شي_جين شي_جينبينغ
liqiang: li_qiang ли_цян 李强 李強 لي_تشيانغ
likeqiang: li_keqiang ли_кэцян 李克强 李克強
wangyi: wang_yi ван_и 王毅 وانغ_يي
qingang: qin_gang цинь_ган 秦刚 秦剛
helifeng: he_lifeng хэ_лифэн 何立峰
zhaoleji: zhao_leji чжао_лэцзи 赵乐际
wanghuning: wang_huning 王沪宁
dingxuexiang: ding_xuexiang дин_сюэсян 丁薛祥
hanzheng: han_zheng хань_чжэн 韩正
dongjun: dong_jun дун_цзюнь 董军
lishangfu: li_shangfu ли_шанфу 李尚福
maoning: mao_ning мао_нин 毛宁
linjian: lin_jian линь_цзянь 林剑
wangwentao: wang_wentao ван_вэньтао 王文涛
jackma: jack_ma джек_ма 马云 馬雲
jimmylai: jimmy_lai джимми_лай 黎智英
johnlee: john_lee джон_ли 李家超
tsai: tsai_ing цай_инвэнь 蔡英文
lai: lai_ching william_lai лай_циндэ 赖清德 賴清德
hsiao: hsiao_bi сяо_мэйцинь 萧美琴 蕭美琴
mayingjeou: ma_ying ма_инцзю 马英九 馬英九
houyuih: hou_yu хоу_юи 侯友宜
kowenje: ko_wen кэ_вэньчжэ 柯文哲
terrygou: terry_gou 郭台铭 郭台銘
macron: macron макрон 马克龙 馬克宏 馬克龍 ماكرون
lecornu: lecornu лекорню 勒科尔尼 勒克尼
bayrou: bayrou байру 贝鲁 貝魯
barnier: barnier барнье 巴尼耶
attal: =attal атталь 阿塔尔
lepen: le_pen ле_пен 勒庞 勒龐 雷朋
bardella: bardella барделла 巴尔代拉
sarkozy: sarkoz саркози 萨科齐 薩科齊
scholz: =scholz шольц 朔尔茨 蕭茲 朔爾茨 شولتس
merz: =merz =мерц мерца мерцем 默茨 梅爾茨 =ميرتس
merkel: merkel меркель 默克尔 梅克爾 ميركل
baerbock: baerbock бербок 贝尔伯克
pistorius: pistorius писториус 皮斯托里乌斯
weidel: weidel вайдель 魏德尔
meloni: meloni мелони 梅洛尼 梅洛尼 ميلوني
sanchez: pedro_sanchez педро_санчес 桑切斯 桑傑士 بيدرو_سانشيز سانشيز
costa: antonio_costa кошта 科斯塔
vonderleyen: leyen ляйен ляєн 冯德莱恩 馮德萊恩 لاين
borrell: borrell боррель 博雷利 博雷尔 بوريل
kallas: kallas каллас 卡拉斯
michel: charles_michel 米歇尔
lagarde: lagarde лагард 拉加德
stoltenberg: stoltenberg столтенберг 斯托尔滕贝格 史托騰伯格 ستولتنبرغ
rutte: =rutte рютте 吕特 呂特 =روته
wilders: wilders вилдерс 维尔德斯
schoof: schoof схоф 斯霍夫
johnson: boris_johnson борис_джонсон 鲍里斯 约翰逊 強生 بوريس_جونسون
truss: =truss трасс 特拉斯 特拉斯 =تراس
sunak: sunak сунак 苏纳克 蘇納克 辛偉誠 辛伟诚 سوناك
starmer: starmer стармер 斯塔默 施紀賢 施凯尔 斯達默 ستارمر
lammy: =lammy лэмми 拉米
farage: farage фарадж 法拉奇
kingcharles: king_charles charles_iii карл_iii 查尔斯 查爾斯 تشارلز
elizabeth: elizabeth_ii elisabeth_ii isabel_ii elzbiet елизаве єлизавет 伊丽莎白 伊莉莎白 伊利沙伯
william: prince_william принц_уильям 威廉王子
harry: prince_harry принц_гарри 哈里王子 哈利王子
orban: orban орбан 欧尔班 奧班 歐爾班 اوربان
fico: =fico фицо 菲佐
tusk: =tusk =tuska туск 图斯克 圖斯克 =توسك
duda: =duda =duda =dudy дуда 杜达
nawrocki: nawrock навроцк 纳夫罗茨基
vucic: vucic вучич 武契奇
sandu: maia_sandu санду 桑杜
georgescu: georgescu джорджеску 杰奥尔杰斯库
erdogan: erdog эрдоган ердоган 埃尔多安 艾爾段 埃爾多安 أردوغان
imamoglu: imamog имамоглу 伊马姆奥卢
pashinyan: pashinyan pachinian paschinjan пашинян 帕希尼扬 باشينيان
aliyev: aliyev aliev aliyew алиев 阿利耶夫 علييف
tokayev: tokayev tokaev tokajew tokaiev токаев 托卡耶夫
japarov: japarov жапаров 扎帕罗夫
netanyahu: netanya netanja нетаньяху нетаньягу 内塔尼亚胡 內塔尼亞胡 納坦雅胡 纳坦雅胡 نتنياهو
gallant: gallant галант 加兰特 غالانت
gantz: =gantz ганц 甘茨 غانتس
bengvir: ben_gvir бен_гвир 本-格维尔 本格维尔 بن_غفير
abbas: abbas аббас 阿巴斯 عباس
sinwar: sinwar синвар 辛瓦尔 辛瓦 سنوار
haniyeh: haniyeh haniya ханийя хания 哈尼亚 哈尼亞 哈尼耶 هنية
nasrallah: nasralla насралла 纳斯鲁拉 納斯魯拉 نصر_الله
khamenei: khamene chamene jamenei хаменеи 哈梅内伊 哈米尼 خامنئي
raisi: =raisi раиси 莱希 萊希 رئيسي
pezeshkian: pezeshk peseschk pezechk пезешкиан 佩泽希齐扬 裴澤斯基安 بزشكيان
araghchi: araghchi araqchi arakchi аракчи 阿拉格齐 阿拉奇 عراقجي
assad: assad асад =асада 阿萨德 阿塞德 الأسد
sharaa: sharaa charaa scharaa шараа 朱拉尼 jolani julani الشرع
sisi: =sisi =sissi ас-сиси 塞西 السيسي
mbs: mohammed_bin_salman bin_salman мухаммед_бен 萨勒曼 بن_سلمان
modi: =modi =моди 莫迪 مودي
jaishankar: jaishank джайшанкар 苏杰生 蘇杰生
gandhi: rahul_gandhi ганди 甘地
sharif: shehbaz_sharif shahbaz шехбаз 夏巴兹 夏立夫 夏巴茲 شهباز_شريف
imrankhan: imran_khan имран_хан 伊姆兰·汗 伊姆兰汗 عمران_خان
hasina: hasina хасина 哈西娜 حسينة
yunus: =yunus юнус 尤努斯
rajapaksa: rajapaks раджапакс 拉贾帕克萨
kishida: kishida кисида 岸田 كيشيدا
ishiba: ishiba исиба 石破茂
takaichi: takaichi такаити 高市早苗
abe: shinzo_abe синдзо_абэ 安倍
yoon: =yoon =yoons юн_сок 尹锡悦 尹錫悅 =يون
leejaemyung: jae-myung jae_myung ли_чжэ ли_чжэмен 李在明
kim: kim_jong ким_чен 金正恩 كيم_جونغ
marcos: =marcos маркос 马科斯 馬可仕 小马可斯
duterte: duterte дутерте 杜特尔特 杜特蒂 杜特地
prabowo: prabowo прабово 普拉博沃 帕拉波沃
jokowi: widodo jokowi видодо 佐科
anwar: anwar_ibrahim анвар 安华
mahathir: mahathir махатхир 马哈蒂尔 马哈迪
wong: lawrence_wong лоуренс_вонг 黄循财
paetongtarn: paetongtarn пхэтхонгтхан пэтонгтан 佩通坦 贝东丹
thaksin: thaksin таксин 他信
prayut: prayut праюта 巴育
pita: pita_limja 皮塔
hunsen: hun_sen хун_сен 洪森
hunmanet: hun_manet хун_манет 洪马内
suukyi: suu_kyi аун_сан су_чжи 昂山素季 翁山蘇姬
minaunghlaing: min_aung 敏昂莱
tolam: to_lam то_лам 苏林 蘇林
albanese: albanese албанезе албаниз 阿尔巴尼斯 艾班尼斯 阿爾巴尼斯 البانيز
morrison: scott_morrison скотт_моррисон 莫里森
ardern: ardern ардерн 阿德恩 阿爾登
luxon: luxon лаксон 拉克森
trudeau: trudeau трюдо 特鲁多 杜魯道 特魯多 ترودو
carney: carney карни 卡尼 كارني
poilievre: poilievr пуальевр 博励治
lula: =lula =лула =лулы 卢拉 魯拉 盧拉 =لولا
bolsonaro: bolsonar болсонару 博索纳罗 波索納洛 博爾索納羅 بولسونارو
moraes: alexandre_de_moraes мораэс 莫赖斯
milei: =milei милей =милея 米莱 米雷伊 米萊 ميلي
kirchner: kirchner киршнер 基什内尔 基什內爾
fernandez: alberto_fernandez 费尔南德斯
maduro: maduro мадуро 马杜罗 馬杜洛 馬杜羅 مادورو
machado: corina_machado мачадо 马查多
petro: gustavo_petro =petro =петро 佩特罗 裴卓 =بترو
boric: boric борич 博里奇 鲍里奇
kast: =kast =каст 卡斯特
jara: jeannette_jara 哈拉
castillo: pedro_castillo кастильо 卡斯蒂略 卡斯蒂約
boluarte: boluart болуарте 博鲁阿尔特
noboa: noboa нобоа 诺沃亚 諾波亞
lasso: =lasso лассо 拉索
arce: luis_arce арсе 阿尔塞
evomorales: evo_morales эво_моралес 莫拉莱斯
bukele: bukele букеле 布克尔 布格磊
ortega: daniel_ortega даниэль_ортега 奥尔特加
amlo: lopez_obrador лопес_обрадор 洛佩斯 羅培茲
sheinbaum: sheinbaum шейнбаум 辛鲍姆 薛恩鮑姆
asfura: asfura асфура 阿斯夫拉
arevalo: arevalo аревало 阿雷瓦洛
ramaphosa: ramaphos рамафос 拉马福萨 拉瑪佛沙
zuma: =zuma зума 祖马
ruto: =ruto =руто 鲁托
tinubu: tinubu тинубу 提努布 蒂努布
traore: ibrahim_traore траоре 特拉奥雷
tshisekedi: tshiseked чисекеди 齐塞克迪
kagame: kagame кагаме 卡加梅
museveni: museveni мусевени 穆塞韦尼
abiy: abiy_ahmed абий 阿比·艾哈迈德
burhan: burhan бурхан 布尔汉
biya: paul_biya
guterres: guterres гутерриш 古特雷斯 古特瑞斯 غوتيريش
tedros: tedros тедрос 谭德塞 譚德塞 تيدروس
grossi: =grossi гросси 格罗西 葛羅西 غروسي
georgieva: georgieva георгиева 格奥尔基耶娃
popefrancis: pope_francis papst_franziskus pape_francois papa_francisco папа_франциск papa_francesco 方济各 方濟各 教宗方济 البابا_فرنسيس
popeleo: pope_leo leo_xiv leon_xiv papst_leo leone_xiv лев_xiv 利奥十四 良十四 利奧十四 البابا_ليو
benedict: benedict_xvi benedikt_xvi benoit_xvi benedicto_xvi бенедикт 本笃 本篤
assange: assange ассанж 阿桑奇 亞桑傑 阿桑傑 اسانج
snowden: snowden сноуден 斯诺登
greta: thunberg тунберг 通贝里 通貝里 桑伯格
pele: =pele =пеле 贝利 比利
messi: =messi =месси 梅西 =ميسي
ronaldo: ronaldo роналду роналдо 罗纳尔多 C罗 羅納度 رونالدو
mbappe: mbapp мбаппе 姆巴佩 مبابي
yamal: yamal ямаль 亚马尔
djokovic: djokovic đokovic джокович 德约科维奇 喬科維奇 祖高域 ديوكوفيتش
nadal: =nadal надаль 纳达尔 納達爾
federer: federer федерер 费德勒 費德勒
alcaraz: alcaraz алькарас 阿尔卡拉斯 艾卡拉茲 الكاراز
sinner: =sinner синнер 辛纳 辛納
swiatek: swiatek świątek швентек 斯瓦泰克 斯威雅蒂
sabalenka: sabalenka соболенко 萨巴伦卡 莎巴蓮卡
rybakina: rybakina рыбакина 莱巴金娜 里巴金娜
gauff: =gauff =гауфф 高芙 高夫
zhengqinwen: zheng_qinwen qinwen 郑钦文 鄭欽文
verstappen: verstappen ферстаппен 维斯塔潘 維斯塔潘
hamilton: lewis_hamilton хэмилтон 汉密尔顿 漢密爾頓
norris: lando_norris норрис 诺里斯
carlsen: carlsen карлсен 卡尔森
gukesh: gukesh гукеш 古克什
nepo: nepomni nepomnj непомнящ 涅波姆尼亚奇
dingliren: ding_liren дин_лижэнь 丁立人
lebron: lebron леброн 勒布朗
ohtani: ohtani отани 大谷翔平
swift: taylor_swift тейлор_свифт 斯威夫特 泰勒丝
`

const ORGANISATIONS = `
nato: =nato =otan нато 北约 北約 الناتو
eu: =eu =ue =євросоюз евросоюз eвросоюз european_union union_europeenne union_europea europaische_union =ес 欧盟 歐盟 الاتحاد_الاوروبي
un: =onu united_nations vereinte_nationen naciones_unidas nations_unies оон 联合国 聯合國 الامم_المتحدة
unsc: security_council conseil_de_securite consejo_de_seguridad sicherheitsrat совбез совет_безопасности 安理会 安理會 مجلس_الامن
who: world_health oms weltgesundheits воз всемирн_организац 世卫 世衛 世界卫生 الصحة_العالمية
iaea: =iaea =aiea =oiea =iaeo магатэ магате 原子能机构 原子能總署 للطاقة_الذرية الطاقة_الذرية
imf: =imf =fmi =мвф 国际货币基金 國際貨幣基金 صندوق_النقد
wto: =wto =omc =вто 世贸 世貿 世界贸易组织
worldbank: world_bank banque_mondiale banco_mundial weltbank всемирн_банк 世界银行 世界銀行
icc: international_criminal cour_penale corte_penal strafgerichtshof мус 国际刑事法院 國際刑事法院 الجنائية_الدولية
icj: court_of_justice cour_internationale corte_internacional 国际法院 國際法院 العدل_الدولية
opec: =opec =opep opep+ опек 欧佩克 油组 石油输出国 اوبك
g7: =g7 七国集团 七國集團 七大工业国 G7
g20: =g20 二十国集团 G20
brics: brics брикс 金砖 金磚
sco: shanghai_cooperation cooperation_de_shanghai cooperacion_de_shanghai шос 上合 上海合作组织
asean: asean асеан 东盟 東協 亚细安 东协
apec: =apec =атэс 亚太经合 APEC
cop: =cop27 =cop28 =cop29 =cop30 气候大会 氣候大會 气候峰会
davos: davos давос 达沃斯 達沃斯
mercosur: mercosur mercosul меркосур 南方共同市场
africanunion: african_union union_africaine union_africana африканск_союз 非盟
fed: federal_reserve reserva_federal reserve_federale =fed =фрс 美联储 聯準會 联储局 الاحتياطي_الفيدرالي الاحتياطي_الاتحادي
ecb: =ecb =bce =ezb =ецб 欧洲央行 歐洲央行 المركزي_الاوروبي
hamas: =hamas хамас 哈马斯 哈瑪斯 حماس
hezbollah: hezboll hisboll hizbul hezbol hezbola хезболл хизбалл 真主党 真主黨 حزب_الله
houthi: houth huthi huti хусит 胡塞 胡塞武装 الحوثي
taliban: taliban талибан 塔利班 طالبان
isis: islamic_state islamische_staat etat_islamique estado_islamico =isis daesh игил 伊斯兰国 伊斯蘭國 داعش تنظيم_الدولة
alqaeda: al-qaeda qaeda qaida аль-каид 基地组织
wagner: wagner вагнер 瓦格纳 華格納 فاغنر
rsf: rapid_support 快速支援部队 الدعم_السريع
idf: =idf tsahal цахал 以色列国防军 以军
irgc: =irgc revolutionary_guard revolutionsgard gardiens_de_la_revolution guardia_revolucionaria ксир 革命卫队 革命衛隊 الحرس_الثوري
fsb: =fsb фсб 联邦安全局
fbi: =fbi фбр 联邦调查局 聯邦調查局
cia: =cia цру 中情局 中央情报局
pentagon: pentagon пентагон 五角大楼 五角大廈 بنتاغون
whitehouse: white_house weisse_haus maison_blanche casa_blanca белый_дом белого_дома 白宫 白宮 البيت_الابيض
kremlin: kremlin kreml кремл 克里姆林 克宫 كرملين
vatican: vatican vatikan watykan ватикан 梵蒂冈 梵蒂岡 فاتيكان
nasa: =nasa =наса 美国航天局 美國太空總署 美国宇航局 NASA =ناسا
esa: =esa 欧洲航天局 欧空局
spacex: spacex 太空探索 SpaceX
starship: starship 星舰
blueorigin: blue_origin 蓝色起源
iss: space_station station_spatiale estacion_espacial raumstation мкс 国际空间站 國際太空站 محطة_الفضاء
boeing: boeing боинг 波音 بوينغ
airbus: airbus эйрбас 空客 空中巴士 空中客车
apple: =apple эппл 苹果公司 苹果 蘋果 =ابل
google: google гугл 谷歌 غوغل
microsoft: microsoft майкрософт 微软 微軟 مايكروسوفت
amazon: =amazon =amazons =амазон 亚马逊 亞馬遜
meta: facebook фейсбук 脸书 Meta
tesla: tesla тесла теслы 特斯拉 تسلا
nvidia: nvidia нвидиа 英伟达 輝達 辉达 انفيديا
openai: openai OpenAI
chatgpt: chatgpt ChatGPT
deepseek: deepseek 深度求索 DeepSeek
intel: =intel интел 英特尔 英特爾
amd: =amd 超微 AMD
tsmc: tsmc 台积电 台積電
samsung: samsung самсунг 三星
huawei: huawei хуавэй 华为 華為 هواوي
xiaomi: xiaomi сяоми 小米
byd: =byd 比亚迪 比亞迪
catl: =catl 宁德时代
alibaba: alibaba алибаба 阿里巴巴
tencent: tencent 腾讯 騰訊
tiktok: tiktok тикток TikTok تيك_توك
bytedance: bytedance байтданс 字节跳动
twitter: twitter твиттер 推特
evergrande: evergrande эвергранде 恒大
countrygarden: country_garden 碧桂园
foxconn: foxconn 富士康 鸿海
asml: =asml 阿斯麦 艾司摩尔
nokia: nokia нокиа 诺基亚
volkswagen: volkswagen =vw фольксваген 大众汽车 福斯汽車 大众集团
bmw: =bmw 宝马
mercedes: mercedes мерседес 奔驰
toyota: toyota тойота 丰田 豐田
nissan: nissan ниссан 日产
honda: =honda хонда 本田
ford: ford_motor 福特
gm: general_motors 通用汽车
renault: renault рено 雷诺
nestle: =nestle нестле 雀巢
shell: royal_dutch 壳牌
gazprom: gazprom газпром 俄气 俄罗斯天然气 غازبروم
rosneft: rosneft роснефть 俄罗斯石油
lukoil: lukoil лукойл 卢克石油
aramco: aramco арамко 阿美 沙特阿美 ارامكو
ussteel: us_steel 美国钢铁
nipponsteel: nippon_steel 日本制铁
creditsuisse: credit_suisse креди_сюис 瑞信 瑞士信贷
ubs: =ubs 瑞银 瑞銀
svb: silicon_valley_bank 硅谷银行 矽谷銀行
jpmorgan: jpmorgan 摩根大通
goldman: goldman голдман 高盛
disney: disney дисней 迪士尼 迪斯尼
netflix: netflix нетфликс 奈飞 网飞
warner: warner 华纳
harvard: harvard гарвард 哈佛
fifa: =fifa =фифа 国际足联 國際足總 国际足总
uefa: =uefa =уефа 欧足联
ioc: =ioc =cio =coi =мок 国际奥委会 國際奧會
championsleague: champions_league ligue_des_champions лига_чемпионов лиги_чемпионов 欧冠 歐冠
realmadrid: real_madrid реал_мадрид мадридск 皇马 皇家马德里 皇家馬德里 ريال_مدريد
barcelona: =barca fc_barcelona барселон 巴萨 巴塞罗那 巴塞隆納 برشلونة
bayern: bayern бавари 拜仁 بايرن
mancity: manchester_city манчестер_сити 曼城
manunited: manchester_united манчестер_юнайтед 曼联
liverpool: liverpool ливерпул 利物浦 ليفربول
arsenal: =arsenal =арсенал =арсенала =арсеналом 阿森纳 阿仙奴
chelsea: chelsea челси 切尔西
psg: =psg saint-germain пари_сен псж 巴黎圣日耳曼
inter: inter_milan интер_милан 国际米兰
juventus: juventus ювентус 尤文图斯
wimbledon: wimbledon уимблдон 温布尔登 溫網 温网 溫布頓
rolandgarros: roland_garros french_open ролан_гаррос 法网 法網
usopen: us_open 美网 美網
australianopen: australian_open 澳网 澳網
superbowl: super_bowl 超级碗 超級盃
oscar: oscars academy_award оскар 奥斯卡 奧斯卡
nobel: nobel нобел нобелев 诺贝尔 諾貝爾
eurovision: eurovision евровиден 欧洲歌唱大赛 歐洲歌唱
brexit: brexit брексит 脱欧 脫歐
`

const PLACES = `
newyork@US: new_york nueva_york nowy_jork нью-йорк нью_йорк нью 纽约 紐約 نيويورك
washington@US: washington вашингтон waszyngton 华盛顿 華盛頓 华府 واشنطن
losangeles@US: los_angeles лос-анджелес лос 洛杉矶 洛杉磯 لوس_انجلوس
chicago@US: chicago чикаго 芝加哥
sanfrancisco@US: san_francisco сан-франциско 旧金山 舊金山 三藩市
houston@US: houston хьюстон 休斯敦
boston@US: boston бостон 波士顿
philadelphia@US: philadelph филадельф 费城
miami@US: miami майами 迈阿密 邁阿密
atlanta@US: atlanta =атланта =атланте 亚特兰大
baltimore@US: baltimor балтимор 巴尔的摩 巴爾的摩 بالتيمور
minneapolis@US: minneapolis миннеаполис 明尼阿波利斯
lasvegas@US: las_vegas лас-вегас 拉斯维加斯
seattle@US: seattle сиэтл 西雅图
portland@US: portland портленд 波特兰
texas@US: texas tejas техас 得克萨斯 得州 德州 تكساس
california@US: california californi kaliforni калифорни 加利福尼亚 加州 كاليفورنيا
florida@US: florida floride флорид 佛罗里达 佛州 فلوريدا
hawaii@US: hawaii hawai гавай 夏威夷
maui@US: =maui =мауи 毛伊
alaska@US: alaska аляск 阿拉斯加
colorado@US: colorado колорадо 科罗拉多
ohio@US: =ohio огайо 俄亥俄
michigan@US: michigan мичиган 密歇根
minnesota@US: minnesota миннесот 明尼苏达
pennsylvania@US: pennsylvan пенсильван 宾夕法尼亚 宾州
arizona@US: arizona аризон 亚利桑那
kentucky@US: kentucky кентукки 肯塔基
tennessee@US: tennessee теннесси 田纳西
alabama@US: alabama алабам 阿拉巴马 亚拉巴马
louisiana@US: louisian луизиан 路易斯安那
mississippi@US: mississippi миссисипи 密西西比
uvalde@US: uvalde ювалд 尤瓦尔迪
marlago@US: mar-a-lago lago мар-а-лаго 海湖庄园
london@GB: london londres londra londyn londyni лондон 伦敦 倫敦 لندن
manchester@GB: manchester манчестер 曼彻斯特
scotland@GB: scotland schottland ecosse escoci шотланд 苏格兰 蘇格蘭
paris@FR: =paris париж paryz parigi 巴黎 باريس
marseille@FR: marseill marsell марсел 马赛 馬賽
nice@FR: ницц 尼斯
newcaledonia@NC: new_caledonia nouvelle-caledonie neukaledon nueva_caledonia 新喀里多尼亚
berlin@DE: berlin берлин 柏林 برلين
munich@DE: munich munchen =munique мюнхен 慕尼黑 ميونيخ ميونخ
hamburg@DE: hamburg hambourg гамбург 汉堡 漢堡
frankfurt@DE: frankfurt francfort франкфурт 法兰克福
solingen@DE: solingen золинген 索林根
magdeburg@DE: magdeburg магдебург 马格德堡
ramstein@DE: ramstein рамштайн рамштейн 拉姆施泰因
brussels@BE: brussels bruxelles brussel bruselas brukse брюссел 布鲁塞尔 布魯塞爾 بروكسل
hague@NL: the_hague la_haye den_haag la_haya гааг 海牙 لاهاي
amsterdam@NL: amsterdam амстердам 阿姆斯特丹
vienna@AT: vienna =wien vienne =viena венa вене 维也纳 維也納 فيينا
zurich@CH: zurich цюрих 苏黎世 蘇黎世
geneva@CH: geneva geneve =genf ginebra ginevra genew женев 日内瓦 日內瓦 جنيف
rome@IT: =rome =rom =roma римe =рим 罗马 羅馬 =روما
milan@IT: =milan milano mailand милан 米兰
venice@IT: venice venise venedig veneci венеци 威尼斯
sicily@IT: sicily sicile sicili sizili сицили 西西里
lampedusa@IT: lampedus лампедуз 兰佩杜萨
madrid@ES: madrid мадрид 马德里 馬德里 مدريد
valencia@ES: valenci валенси 巴伦西亚 瓦伦西亚
catalonia@ES: cataloni catalogn cataluna katalon каталон 加泰罗尼亚
lisbon@PT: lisbon lisboa lisbonn lissabon лиссабон 里斯本
athens@GR: athens athenes =athen atenas афин 雅典
istanbul@TR: istanbul estambul stambul стамбул 伊斯坦布尔 伊斯坦堡 اسطنبول
ankara@TR: ankara анкар 安卡拉 انقرة
antakya@TR: hatay хатай 哈塔伊
warsaw@PL: warsaw warschau varsov warszaw варшав 华沙 華沙 وارسو
prague@CZ: prague =prag praga прага праге 布拉格
budapest@HU: budapest будапешт 布达佩斯
belgrade@RS: belgrad белград 贝尔格莱德
kosovo@XK: kosov косов 科索沃
copenhagen@DK: copenhag kopenhag copenhagu копенгаген 哥本哈根
stockholm@SE: stockholm estocolmo стокгольм 斯德哥尔摩
oslo@NO: =oslo =осло 奥斯陆
helsinki@FI: helsinki хельсинки 赫尔辛基
greenland@GL: greenland gronland groenland гренланд 格陵兰 格陵蘭
moscow@RU: moscow moskau moscou =moscu mosca moskw москв 莫斯科 موسكو
petersburg@RU: petersburg petersbourg petersburgo петербург 圣彼得堡 بطرسبرغ
kursk@RU: =kursk kurks koursk курск 库尔斯克 庫斯克 كورسك
belgorod@RU: belgorod bielgorod белгород 别尔哥罗德
bryansk@RU: bryansk briansk brjansk брянск 布良斯克
chechnya@RU: chechn tschetschen tchetchen чечн 车臣
dagestan@RU: dagestan daghestan дагестан 达吉斯坦
kazan@RU: =kazan казан 喀山
vladivostok@RU: vladivosto wladiwosto владивосток 符拉迪沃斯托克 海参崴
siberia@RU: siberi sibiri сибир 西伯利亚
kamchatka@RU: kamchat kamtsch kamtcha камчат 堪察加
baikonur@KZ: baikonur baykonur байконур 拜科努尔
kyiv@UA: kyiv =kiev =kiew kijow киев київ києв 基辅 基輔 كييف
kharkiv@UA: kharki charki jarkiv jarkov харьков харків charkow 哈尔科夫 哈爾科夫 哈尔基夫 خاركيف
odesa@UA: odessa odesa одесс одес 敖德萨 敖德薩 اوديسا
lviv@UA: =lviv lwiw lwow львов львів 利沃夫
kherson@UA: kherson cherson jerson херсон chersoń 赫尔松 赫爾松 خيرسون
zaporizhzhia@UA: zapori saporisch zaporo запорож запоріж 扎波罗热 扎波羅熱 زابوريجيا
mariupol@UA: marioup mariupol мариупол маріупол 马里乌波尔 馬立波 ماريوبول
bakhmut@UA: bakhmut bachmut bajmut бахмут 巴赫穆特 巴赫姆特 باخموت
donetsk@UA: donetsk donezk doniec донецк донецьк 顿涅茨克 頓內茨克 دونيتسك
luhansk@UA: luhansk lugansk лугансk луганск 卢甘斯克 盧甘斯克
donbas@UA: donbas donbass донбас 顿巴斯
crimea@UA: crimea crimee =krim krym крым крим 克里米亚 克里米亞 قرم
pokrovsk@UA: pokrovs pokrows покровс 波克罗夫斯克 红军城
sumy@UA: =sumy =soumy =sumi =сумы сумск сумах 苏梅
dnipro@UA: dnipro днепр дніпр 第聂伯
beijing@CN: beijing peking pekin =pechino пекин 北京 بكين
shanghai@CN: shangha schangha xangai шанхай 上海 شنغهاي
hongkong@HK: hong_kong hongkong гонконг 香港 هونغ_كونغ
macau@HK: =macau =macao макао 澳门 澳門
guangzhou@CN: guangzhou canton гуанчжоу 广州 廣州
shenzhen@CN: shenzhen шэньчжэн 深圳
guangdong@CN: guangdong гуандун 广东 廣東
guangxi@CN: guangxi гуанси 广西
wuhan@CN: wuhan ухан ухань 武汉 武漢
tianjin@CN: tianjin тяньцзин 天津
chongqing@CN: chongqing чунцин 重庆
chengdu@CN: chengdu чэнду 成都
sichuan@CN: sichuan сычуан 四川 سيتشوان
yunnan@CN: yunnan юньнан 云南
gansu@CN: gansu ганьсу 甘肃
qinghai@CN: qinghai цинхай 青海
xinjiang@CN: xinjiang синьцзян 新疆
tibet@CN: tibet тибет 西藏
innermongolia@CN: inner_mongolia 内蒙古
henan@CN: =henan хэнан 河南
hebei@CN: =hebei хэбэй 河北
hubei@CN: =hubei хубэй 湖北
hunan@CN: =hunan хунан 湖南
shandong@CN: shandong шаньдун 山东
shanxi@CN: shanxi шаньси 山西
shaanxi@CN: shaanxi 陕西
jiangsu@CN: jiangsu цзянсу 江苏
zhejiang@CN: zhejiang чжэцзян 浙江
fujian@CN: fujian фуцзян 福建
jiangxi@CN: jiangxi цзянси 江西
guizhou@CN: guizhou гуйчжоу 贵州
hainan@CN: =hainan хайнан 海南
liaoning@CN: liaoning ляонин 辽宁
heilongjiang@CN: heilongjiang хэйлунцзян 黑龙江
ningxia@CN: ningxia 宁夏
urumqi@CN: urumqi урумчи 乌鲁木齐
taipei@TW: taipei taipeh тайбэй тайпэй 台北 臺北
hualien@TW: hualien хуалянь 花莲 花蓮
kaohsiung@TW: kaohsiung 高雄
taiwanstrait@TW: taiwan_strait taiwanstrasse detroit_de_taiwan estrecho_de_taiwan тайваньск_пролив 台湾海峡 台海
southchinasea@CN: south_china_sea mer_de_chine mar_de_china sudchinesisch южно-китайск 南中国海 南海
scarborough@PH: scarborough скарборо 黄岩岛 黃岩島
secondthomas@PH: second_thomas 仁爱礁
manila@PH: manila manill манил 马尼拉
tokyo@JP: tokyo tokio токио 东京 東京 طوكيو
osaka@JP: osaka осак 大阪
hiroshima@JP: hirosh хиросим 广岛 廣島
fukushima@JP: fukush фукусим 福岛 福島
noto@JP: =noto 能登
seoul@KR: seoul =seul сеул 首尔 首爾 سيول
busan@KR: busan пусан 釜山
itaewon@KR: itaewon итхэвон ітхевон 梨泰院
pyongyang@KP: pyongy pjongj piongy пхеньян 平壤 بيونغ
delhi@IN: delhi дели 新德里 德里 دلهي
mumbai@IN: mumbai bombay мумба 孟买 مومباي
gujarat@IN: gujarat gudzarat гуджарат 古吉拉特
morbi@IN: =morbi морби 莫尔比
kashmir@IN: kashmir cachemir kaschmir cachemira кашмир 克什米尔 克什米爾 كشمير
pahalgam@IN: pahalgam пахалгам 帕哈尔加姆
ahmedabad@IN: ahmedabad ахмадабад ахмедабад 艾哈迈达巴德
manipur@IN: manipur манипур 曼尼普尔
odisha@IN: odisha одиша 奥里萨 奧里薩
islamabad@PK: islamabad исламабад 伊斯兰堡 اسلام_اباد
karachi@PK: karachi карачи 卡拉奇 كراتشي
lahore@PK: lahore лахор 拉合尔
peshawar@PK: peshawar peschawar пешавар 白沙瓦
balochistan@PK: baloch beloutch belutsch белудж 俾路支
kabul@AF: kabul kaboul кабул 喀布尔 喀布爾 كابول كابل
dhaka@BD: dhaka dacca дакк 达卡 دكا
kathmandu@NP: kathman katmand катманду 加德满都
colombo@LK: colombo коломбо 科伦坡
bangkok@TH: bangkok бангкок 曼谷 بانكوك
phuket@TH: phuket пхукет 普吉
hanoi@VN: hanoi ханой 河内
jakarta@ID: jakarta yakarta джакарт 雅加达 جاكرتا
bali@ID: =bali =бали 巴厘岛 峇里
java@ID: =java =яве =ява 爪哇
kualalumpur@MY: kuala_lumpur куала-лумпур 吉隆坡
singapore@SG: singap сингапур 新加坡
sydney@AU: sydney sidney сидне 悉尼 雪梨 سيدني
melbourne@AU: melbourn мельбурн 墨尔本
bondi@AU: bondi_beach bondi-beach 邦迪海滩 邦代
jerusalem@IL: jerusal иерусалим єрусалим 耶路撒冷 القدس
telaviv@IL: tel_aviv тель-авив 特拉维夫 特拉維夫 تل_ابيب
gaza@PS: =gaza =gasa =газа газе газы газу gazie 加沙 加萨 加薩 غزة
rafah@PS: =rafah =rafa рафах 拉法 رفح
westbank@PS: west_bank cisjordan westjordan западн_берег 约旦河西岸 約旦河西岸 الضفة_الغربية
jenin@PS: =jenin dschenin =yenin дженин 杰宁 جنين
golan@SY: golan голан 戈兰 الجولان
beirut@LB: beirut beyrout бейрут 贝鲁特 貝魯特 بيروت
damascus@SY: damas дамаск 大马士革 大馬士革 دمشق
aleppo@SY: aleppo =alep алеппо 阿勒颇 حلب
idlib@SY: idlib идлиб 伊德利卜 ادلب
baghdad@IQ: baghdad bagdad багдад 巴格达 巴格達 بغداد
tehran@IR: tehran teheran тегеран 德黑兰 德黑蘭 طهران
isfahan@IR: isfahan ispahan исфахан 伊斯法罕 اصفهان
natanz@IR: natanz натанз натанс 纳坦兹 نطنز
hormuz@IR: hormuz ormuz hormus ормуз 霍尔木兹 荷姆茲 هرمز
kerman@IR: kerman керман 克尔曼
redsea@YE: red_sea mer_rouge mar_rojo rotes_meer roten_meer красн_мор 红海 紅海 البحر_الاحمر
sanaa@YE: =sanaa =sana'a =sana 萨那 صنعاء
riyadh@SA: riyadh =riad эр-рияд 利雅得 رياض
doha@QA: =doha =доха 多哈 دوحة
dubai@AE: dubai =doubai дуба 迪拜 杜拜 =دبي
abudhabi@AE: abu_dhabi абу-даби 阿布扎比 ابو_ظبي ابوظبي
cairo@EG: cairo kairo =caire каир 开罗 قاهرة
sharm@EG: sharm шарм 沙姆沙伊赫 شرم_الشيخ
suez@EG: =suez =sues суэц 苏伊士 سويس
khartoum@SD: khartoum khartum jartum хартум chartum 喀土穆 خرطوم
elfasher@SD: fasher 法希尔 فاشر
darfur@SD: darfur darfour дарфур 达尔富尔 دارفور
tigray@ET: tigray tigre тиграй 提格雷 تيغراي
addis@ET: addis аддис 亚的斯亚贝巴 اديس_ابابا
nairobi@KE: nairobi найроби 内罗毕 نيروبي
mogadishu@SO: mogad могадиш 摩加迪沙 مقديشو
kampala@UG: kampala кампал 坎帕拉
goma@CD: =goma =гома 戈马
kinshasa@CD: kinshas киншас 金沙萨
lagos@NG: =lagos лагос 拉各斯
abuja@NG: abuja абудж 阿布贾
johannesburg@ZA: johannesb йоханнесбург 约翰内斯堡
capetown@ZA: cape_town кейптаун 开普敦
tripoli@LY: tripoli триполи 的黎波里 طرابلس
derna@LY: =derna =дерна 德尔纳 درنة
marrakech@MA: marrak марракеш 马拉喀什 مراكش
tunis@TN: =tunis 突尼斯市
dakar@SN: =dakar =дакар 达喀尔 داكار
ouagadougou@BF: ouagad 瓦加杜古
niamey@NE: niamey ниамей 尼亚美
toronto@CA: toronto торонто 多伦多
ottawa@CA: ottawa оттав 渥太华
vancouver@CA: vancouver ванкувер 温哥华
alberta@CA: =alberta =альберта 艾伯塔 阿尔伯塔
mexicocity@MX: mexico_city ciudad_de_mexico 墨西哥城 مكسيكو_سيتي
sinaloa@MX: sinaloa синалоа 锡那罗亚
acapulco@MX: acapulco акапулько 阿卡普尔科
havana@CU: havan habana гаван 哈瓦那
portauprince@HT: port-au-prince puerto_principe порт-о-пренс 太子港
caracas@VE: caracas каракас 加拉加斯 كاراكاس
bogota@CO: bogota богот 波哥大 بوغوتا
lima@PE: =lima 利马
quito@EC: =quito =кито 基多
guayaquil@EC: guayaquil гуаякил 瓜亚基尔
lapaz@BO: la_paz 拉巴斯
santiago@CL: santiago сантьяго 圣地亚哥
valparaiso@CL: valpara вальпараис 瓦尔帕莱索
buenosaires@AR: buenos_aires буэнос-айрес 布宜诺斯艾利斯
brasilia@BR: brasilia бразилиа 巴西利亚
saopaulo@BR: sao_paulo сан-паулу 圣保罗
rio@BR: rio_de_janeiro рио-де-жанейро 里约热内卢
belem@BR: =belem =белен 贝伦
riogrande@BR: rio_grande 南里奥格兰德
amazonia@BR: amazoni амазони 亚马孙 亚马逊雨林
panamacanal@PA: panama_canal canal_de_panama panamakanal панамск 巴拿马运河 巴拿馬運河
guantanamo@CU: guantan гуантанам 关塔那摩
mediterranean: mediterr mittelmeer средиземн 地中海
blacksea: black_sea mer_noire mar_negro schwarze_meer schwarzen_meer черн_мор чорн_мор 黑海 البحر_الاسود
baltic: baltic ostsee baltique baltico балтийск 波罗的海
arctic: arctic arktis arctique artico арктик 北极 北極
antarctica: antarct antarkt антаркт 南极 南極
everest: everest эверест 珠穆朗玛 珠峰 聖母峰
nordstream: nord_stream северн_поток северного_потока nordstream 北溪 نورد_ستريم
crocus: crocus крокус 番红花城 克罗库斯
`

export interface Found {
  readonly entities: ReadonlySet<string>
  /** Codes of the countries that found places lie in. */
  readonly countries: ReadonlySet<string>
  /** The places of the words that they are named by. */
  readonly at: ReadonlySet<number>
}

export interface Form {
  /** The words after the first; the last may have an ending. */
  readonly rest: readonly string[]
  readonly first: string
  readonly whole: boolean
  readonly id: string
}

interface Table {
  readonly words: ReadonlyMap<string, readonly Form[]>
  readonly spaceless: ReadonlyMap<string, readonly (readonly [string, string])[]>
  readonly countries: ReadonlyMap<string, string>
}

/** Forms are found by their first so many letters; a shorter one stands by itself. */
const KEY = 4
/** The endings of cases and plurals are no longer. */
const ENDING = 4
const SPACELESS = /[぀-ヿ㐀-鿿]/

let table: Table | undefined
const NONE: readonly Form[] = []

/** A word by the names that may begin with it, wherever it stands. */
export interface EntityWord {
  /** Without what Arabic writes together with it. */
  readonly bare: string
  readonly names: readonly Form[]
}

/** The names that a word may begin, as far as it says by itself. */
export function namesOf(bare: string): readonly Form[] {
  table ??= read()
  const forms =
    table.words
      .get(bare.slice(0, KEY))
      ?.filter(({ first, rest, whole }) =>
        fits(first, bare, rest.length === 0 ? whole : first.length < KEY),
      ) ?? []
  return forms.length === 0 ? NONE : forms
}

/** What a text names. @param text for scripts without spaces, as it is written */
export function entitiesIn(words: readonly EntityWord[], text: string): Found {
  table ??= read()
  const entities = new Set<string>()
  const countries = new Set<string>()
  const at = new Set<number>()
  const add = (id: string): void => {
    entities.add(id)
    const country = (table as Table).countries.get(id)
    if (country !== undefined) countries.add(country)
  }
  for (let i = 0; i < words.length; i++)
    for (const form of (words[i] as EntityWord).names)
      if (form.rest.every((word, n) => fits(word, words[i + 1 + n]?.bare, word.length < KEY))) {
        add(form.id)
        for (let n = 0; n <= form.rest.length; n++) at.add(i + n)
      }
  if (SPACELESS.test(text))
    for (let i = 0; i < text.length; i++)
      for (const [form, id] of table.spaceless.get(text.charAt(i)) ?? [])
        if (text.startsWith(form, i)) {
          if (id !== '') add(id)
          i += form.length - 1
          break
        }
  return { entities, countries, at }
}

const fits = (form: string, word: string | undefined, isWhole: boolean): boolean =>
  word === form ||
  (!isWhole && word !== undefined && word.length <= form.length + ENDING && word.startsWith(form))

function read(): Table {
  const words = new Map<string, Form[]>()
  const spaceless = new Map<string, [string, string][]>()
  const countries = new Map<string, string>()
  const push = <T>(map: Map<string, T[]>, key: string, value: T): void => {
    const list = map.get(key)
    if (list === undefined) map.set(key, [value])
    else list.push(value)
  }
  for (const line of `${OTHERS}${PERSONS}${ORGANISATIONS}${PLACES}`.trim().split('\n')) {
    const [name = '', forms = ''] = line.split(': ')
    if (forms === '') continue
    const [id = '', country] = name.split('@')
    if (country !== undefined) countries.set(id, country)
    for (const written of new Set(forms.trim().split(/\s+/))) {
      if (SPACELESS.test(written)) {
        push(spaceless, written.charAt(0), [written, id])
        continue
      }
      // A name in capitals among Chinese forms is taken as it stands.
      const whole = /^[=A-Z]/.test(written)
      const [first = '', ...rest] = written
        .replace('=', '')
        .split(/[_-]/)
        .map((word) => bareWord(foldValue(word)))
      // What fewer letters than KEY begin is found where it stands alone.
      push(words, first.slice(0, KEY), { first, rest, whole: whole || first.length < KEY, id })
    }
  }
  // The longest that fits is meant.
  for (const list of spaceless.values()) list.sort((a, b) => b[0].length - a[0].length)
  return { words, spaceless, countries }
}
