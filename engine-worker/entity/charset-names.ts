/** Names that Python's codecs have for character sets beside those of the web, without what stands between their parts. */

const aliasesByCharset: Readonly<Record<string, string>> = {
  'utf-8': 'utf8 u8 utf utf8sig utf8ucs2 utf8ucs4 cp65001',
  'utf-16': 'u16',
  'utf-16le': 'utf16le unicodelittleunmarked',
  'utf-16be': 'utf16be unicodebigunmarked',
  'us-ascii': 'ascii 646 ansix3.41968 ansix341968 ansix3.41986 cp367 csascii ibm367 iso646us iso646.irv1991 isoir6 us',
  'iso-8859-1': 'latin1 l1 8859 latin',
  'iso-8859-7': 'elot928',
  'iso-8859-13': 'l7 latin7',
  'iso-8859-14': 'l8 latin8 isoceltic isoir199',
  'iso-8859-15': 'latin9',
  'iso-2022-jp': 'iso2022jp',
  shift_jis: 'shiftjis sjis cp932 932 mskanji xmacjapanese',
  'euc-jp': 'eucjp ujis',
  'euc-kr': 'euckr ksc5601 ksc56011987 ksx1001 xmackorean cp949 949 ms949 uhc',
  big5: 'big5tw xmactradchinese cp950 950 ms950',
  gbk: '936 cp936 ms936 euccn eucgb2312cn gb23121980 gb231280 xmacsimpchinese',
  gb18030: 'gb180302000',
  macintosh: 'macroman',
  'x-mac-cyrillic': 'maccyrillic',
  cp861: 'cpis',
}

const charsetByAlias = new Map(
  Object.entries(aliasesByCharset).flatMap(([web, all]) => all.split(' ').map((name) => [name, web] as const)),
)

/** The web's name, or that of a code page, for one of Python's; null for any other name. */
export function pythonCharset(name: string): string | null {
  const squeezed = name.replace(/[-_ ]/g, '')
  const known = charsetByAlias.get(squeezed)
  if (known !== undefined) return known
  const windows = /^125[0-8]$/.exec(squeezed)
  if (windows) return `windows-${squeezed}`
  // `iso_8859_5_1988`, `csibm855`, `cspc850multilingual`.
  const dated = /^iso8859(\d\d?)(?:19|20)\d\d$/.exec(squeezed)?.[1]
  if (dated !== undefined) return `iso-8859-${dated}`
  const page = /^cs(?:ibm|pcp|pc8codepage|pc)(\d{3})(?:[a-z]*)$/.exec(squeezed)?.[1]
  return page === undefined ? null : `cp${page}`
}
