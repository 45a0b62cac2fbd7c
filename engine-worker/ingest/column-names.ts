/** How alike the names of two columns are: capitals, signs, namespaces, and words of two languages for the same thing. */

/** Words that mean the same as names of properties; the first of each stands for all. Two words are one where they are written apart. */
const synonyms: readonly (readonly string[])[] = [
  ['email', 'mail', 'epost', 'emailaddress', 'epostadresse', 'mailaddress', 'mailadresse'],
  [
    'phone',
    'tel',
    'telephone',
    'telefon',
    'tlf',
    'phonenumber',
    'phoneno',
    'telefonnummer',
    'telefonnr',
    'tlfnr',
    'telno',
  ],
  ['phone', 'mobile', 'mobil', 'mob', 'cell', 'cellphone', 'mobilephone', 'mobiltelefon', 'mobilnummer', 'mobilnr'],
  ['name', 'navn', 'fullname', 'displayname', 'fulltnavn'],
  ['firstname', 'fornavn', 'givenname'],
  ['lastname', 'etternavn', 'surname', 'familyname'],
  ['address', 'adresse', 'addr', 'street', 'gate', 'gateadresse', 'addressline', 'streetaddress', 'postadresse'],
  ['city', 'by', 'poststed', 'sted', 'town', 'place'],
  ['postcode', 'postnr', 'postnummer', 'zip', 'zipcode', 'postalcode', 'postkode', 'postalno'],
  ['country', 'land', 'countrycode', 'landkode'],
  ['number', 'nummer', 'nr', 'no', 'num'],
  ['date', 'dato', 'day', 'dag'],
  ['created', 'opprettet', 'createdat', 'createddate', 'since', 'siden'],
  ['updated', 'endret', 'modified', 'changed', 'updatedat', 'lastmodified'],
  ['amount', 'beløp', 'belop', 'sum', 'total'],
  ['price', 'pris', 'cost'],
  ['quantity', 'antall', 'qty', 'count'],
  ['currency', 'valuta'],
  ['customer', 'kunde', 'client', 'klient'],
  ['order', 'ordre', 'bestilling'],
  ['product', 'produkt', 'vare', 'item', 'article', 'artikkel'],
  ['invoice', 'faktura'],
  ['employee', 'ansatt', 'medarbeider'],
  ['company', 'firma', 'selskap', 'bedrift', 'organization', 'organisation', 'organisasjon', 'org'],
  ['orgnr', 'orgno', 'orgnumber', 'orgnummer', 'organisasjonsnummer', 'organizationnumber', 'organisationnumber'],
  ['ssn', 'nationalid', 'fødselsnummer', 'fodselsnummer', 'fnr', 'personnummer', 'socialsecuritynumber'],
  ['bankaccount', 'bankkonto', 'kontonummer', 'kontonr', 'accountnumber', 'accountno', 'iban'],
  ['website', 'web', 'url', 'homepage', 'webpage', 'hjemmeside', 'nettsted', 'nettside'],
  ['supplier', 'leverandør', 'leverandor', 'vendor'],
  ['project', 'prosjekt'],
  ['contact', 'kontakt', 'contactperson', 'kontaktperson'],
  ['municipality', 'kommune'],
  ['county', 'fylke'],
  ['language', 'språk', 'sprak', 'lang', 'locale'],
  ['gender', 'sex', 'kjønn', 'kjonn'],
  ['age', 'alder'],
  ['discount', 'rabatt'],
  ['tax', 'vat', 'mva', 'moms'],
  ['weight', 'vekt'],
  ['manager', 'leder', 'sjef', 'boss'],
  ['active', 'aktiv', 'enabled'],
  ['department', 'avdeling'],
  ['description', 'beskrivelse', 'comment', 'kommentar', 'text', 'tekst', 'note'],
  ['title', 'tittel', 'heading', 'overskrift'],
  ['status', 'state', 'tilstand'],
  ['birthdate', 'fødselsdato', 'dateofbirth', 'birthday', 'born', 'født'],
  ['credit', 'kreditt', 'kredit'],
  ['limit', 'grense'],
  ['role', 'rolle', 'position', 'stilling'],
  ['user', 'bruker', 'username', 'brukernavn', 'login'],
  ['type', 'kind', 'slag', 'category', 'kategori'],
]

const meaningOf = new Map(synonyms.flatMap((words) => words.map((word) => [word, words[0] ?? word] as const)))
const longestFirst = [...meaningOf.keys()].filter((word) => word.length > 3).sort((a, b) => b.length - a.length)

/**
 * 1: the same name but for capitals, signs and namespace; 0.9: the same words in another order or language; 0.6: all words
 * of one are among those of the other; 0: they have nothing in common that tells anything.
 */
export function nameLikeness(a: string, b: string): number {
  const [left, right] = [bareName(a), bareName(b)]
  if (left === '' || right === '') return 0
  if (left === right) return 1
  const [some, others] = [wordsOf(a), wordsOf(b)]
  const shared = [...some].filter((word) => others.has(word))
  if (shared.length === some.size && shared.length === others.size) return 0.9
  // A number or a date alone does not say what it belongs to.
  if (shared.every((word) => ambiguousNames.has(word))) return 0
  return shared.length === Math.min(some.size, others.size) ? 0.6 : 0
}

const ambiguousNames = new Set(['number', 'date', 'name', 'type', 'id', 'description', 'status', 'created', 'updated'])

/** A name without namespace, capitals and signs. */
function bareName(name: string): string {
  return localPart(name)
    .toLowerCase()
    .replace(/[^\p{L}\d]/gu, '')
}

function localPart(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1)
}

/** The words of a name by what they mean: `Kunde-epost` and `customerEmail` have the same. */
function wordsOf(name: string): ReadonlySet<string> {
  const whole = meaningOf.get(bareName(name))
  if (whole !== undefined) return new Set([whole])
  const words = localPart(name)
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean)
  const pairs = words.map((word, at) => meaningOf.get(`${word}${words[at + 1] ?? ''}`))
  const meanings: string[] = []
  for (let at = 0; at < words.length; at++) {
    const pair = at + 1 < words.length ? pairs[at] : undefined
    if (pair !== undefined) at++
    meanings.push(...(pair === undefined ? meaningsIn(words[at] ?? '') : [pair]))
  }
  return new Set(meanings)
}

/** What a word means; a compound (`kredittgrense`, `kundenr`) is taken apart where both of its parts are known. */
function meaningsIn(word: string): readonly string[] {
  const known = meaningOf.get(word)
  if (known !== undefined) return [known]
  for (const first of longestFirst) {
    if (!word.startsWith(first)) continue
    const rest = meaningOf.get(word.slice(first.length))
    if (rest !== undefined) return [meaningOf.get(first) ?? first, rest]
  }
  return [word]
}
