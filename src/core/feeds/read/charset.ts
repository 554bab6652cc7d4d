/**
 * Charsets by the labels of the WHATWG Encoding Standard. The runtime's TextDecoder reads them where its ICU has them: Node's
 * has nearly all, Electron's is Chromium's own and may lack those of East Asia. What it lacks, iconv-lite reads.
 */
import iconv from 'iconv-lite'

/** Labels that are not the name itself, of the charsets for which there is a second reader. */
const LABELS: Readonly<Record<string, string>> = {
  gbk: 'chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 iso-ir-58 x-gbk',
  gb18030: '',
  big5: 'big5-hkscs cn-big5 csbig5 x-x-big5',
  'euc-jp': 'cseucpkdfmtjapanese x-euc-jp',
  shift_jis: 'csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis',
  'euc-kr':
    'cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949',
  ibm866: '866 cp866 csibm866',
  'iso-8859-2': 'csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 l2 latin2',
  'iso-8859-3': 'csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 l3 latin3',
  'iso-8859-4': 'csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 l4 latin4',
  'iso-8859-5': 'csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5',
  'iso-8859-6': 'arabic asmo-708 csisolatinarabic ecma-114 iso-ir-127 iso8859-6 iso88596 iso_8859-6',
  'iso-8859-7': 'csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 iso_8859-7',
  'iso-8859-8': 'csisolatinhebrew hebrew iso-ir-138 iso8859-8 iso88598 iso_8859-8 visual',
  'iso-8859-8-i': 'csiso88598i logical',
  'iso-8859-10': 'csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6',
  'iso-8859-13': 'iso8859-13 iso885913',
  'iso-8859-14': 'iso8859-14 iso885914',
  'iso-8859-15': 'csisolatin9 iso8859-15 iso885915 iso_8859-15 l9',
  'iso-8859-16': '',
  'koi8-r': 'cskoi8r koi koi8 koi8_r',
  'koi8-u': 'koi8-ru',
  macintosh: 'csmacintosh mac x-mac-roman',
  'x-mac-cyrillic': 'x-mac-ukrainian',
  'windows-874': 'dos-874 iso-8859-11 iso8859-11 iso885911 tis-620',
  'windows-1250': 'cp1250 x-cp1250',
  'windows-1251': 'cp1251 x-cp1251',
  'windows-1252':
    'ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 l1 latin1 us-ascii x-cp1252',
  'windows-1253': 'cp1253 x-cp1253',
  'windows-1254': 'cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 l5 latin5 x-cp1254',
  'windows-1255': 'cp1255 x-cp1255',
  'windows-1256': 'cp1256 x-cp1256',
  'windows-1257': 'cp1257 x-cp1257',
  'windows-1258': 'cp1258 x-cp1258',
}
const NAMES = new Map(
  Object.entries(LABELS).flatMap(([name, labels]) =>
    [name, ...labels.split(' ')].map((label) => [label, name]),
  ),
)
/** Where the second reader has another name. */
const SECOND: Readonly<Record<string, string>> = {
  'x-mac-cyrillic': 'maccyrillic',
  'iso-8859-8-i': 'iso-8859-8',
}

/** The WHATWG name for a label; undefined where nobody here reads it. */
export function charsetOf(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding
  } catch {
    const name = NAMES.get(label.trim().toLowerCase())
    return name !== undefined && iconv.encodingExists(SECOND[name] ?? name) ? name : undefined
  }
}

/** Text in a charset that `charsetOf` named; what cannot be read is U+FFFD. */
export function decodeAs(charset: string, bytes: Uint8Array): string {
  const native = nativeDecoder(charset)
  return native === undefined ? iconv.decode(bytes, SECOND[charset] ?? charset) : native.decode(bytes)
}

/** True if every byte is one of the charset's. */
export function isWhollyIn(charset: string, bytes: Uint8Array): boolean {
  if (nativeDecoder(charset) === undefined) return !decodeAs(charset, bytes).includes('\ufffd')
  try {
    new TextDecoder(charset, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function nativeDecoder(charset: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(charset)
  } catch {
    return undefined
  }
}
