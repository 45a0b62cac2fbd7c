/**
 * Words that the engine puts into its sentences (a kind of value, what stands where, a reason) in Norwegian. What is not
 * among them, such as the words of a browser or of a server, stays as it came.
 */

import { countedIn } from './numbers.ts'

const counted = countedIn('nb')

const exactPhrases: Readonly<Record<string, string>> = {
  '"additional_parameters" is not an object': '"additional_parameters" er ikke et objekt',
  // Manifests of microservices
  'it is larger than 1 MB': 'det er større enn 1 MB',
  'icon: it is no name of a picture': 'icon: det er ikke navnet på et bilde',
  'icon: it is larger than 48 kB': 'icon: det er større enn 48 kB',
  'icon: it is neither PNG nor SVG in base64': 'icon: det er verken PNG eller SVG i base64',
  'icon: it is not base64': 'icon: det er ikke base64',
  'icon: it is no PNG': 'icon: det er ikke PNG',
  'icon: it is no SVG': 'icon: det er ikke SVG',
  'icon: it declares entities or instructions': 'icon: det erklærer entiteter eller instrukser',
  'the name of a Docker image such as acme/weather:1.2': 'navnet på et Docker-image, som acme/weather:1.2',
  'an address with https': 'en adresse med https',
  // YAML
  'it is nested too deep': 'den er nestet for dypt',
  'it has more than two million values, those of its aliases included':
    'den har mer enn to millioner verdier, medregnet dem som aliaser står for',
  'this line is indented otherwise than those that it belongs to':
    'denne linjen har et annet innrykk enn dem den hører sammen med',
  'a text that begins with this sign must be in quotes':
    'en tekst som begynner med dette tegnet, må stå i anførselstegn',
  'this key stands in the same object twice': 'denne nøkkelen står to ganger i samme objekt',
  'it holds more than one document': 'den inneholder mer enn ett dokument',
  'lines are indented with blanks, not with tabs': 'linjer rykkes inn med mellomrom, ikke med tabulator',
  'there is more than one colon in a line, or the line before is not complete':
    'det er mer enn ett kolon på en linje, eller linjen foran er ikke fullstendig',
  'a quote, bracket or colon is missing here': 'et anførselstegn, en parentes eller et kolon mangler her',
  // What is found, and what is wanted
  'a text': 'en tekst',
  'a list': 'en liste',
  'an object': 'et objekt',
  'a number': 'et tall',
  'an integer': 'et heltall',
  'true or false': 'sant eller usant',
  'an object of alternatives': 'et objekt av alternativer',
  'a condition': 'en betingelse',
  'a pump': 'en pumpe',
  'no rules': 'ingen regler',
  'no rule “default”': 'ingen regel «default»',
  'no "_id"': 'ingen "_id"',
  'an "_id" that is not a string': 'en "_id" som ikke er tekst',
  'a dict without "_id"': 'en ordbok uten "_id"',
  'a dict whose "_id" is not a string': 'en ordbok der "_id" ikke er tekst',
  target: 'Målet',
  expression: 'uttrykks',
  outside: 'verden utenfor',
  // Types
  any: 'hva som helst',
  boolean: 'sannhetsverdi',
  string: 'tekst',
  number: 'tall',
  integer: 'heltall',
  float: 'flyttall',
  decimal: 'desimaltall',
  ni: 'identifikator med navnerom',
  bytes: 'byte',
  datetime: 'tidspunkt',
  date: 'dato',
  dict: 'ordbok',
  list: 'liste',
  uri: 'URI',
  uuid: 'UUID',
  // What has a name
  dataset: 'datasett',
  rule: 'regel',
  property: 'egenskap',
  namespace: 'navnerom',
  // Keys
  'RSA public key in PEM form': 'offentlig RSA-nøkkel i PEM-form',
  'RSA private key in PEM form': 'privat RSA-nøkkel i PEM-form',
  'PGP public key': 'offentlig PGP-nøkkel',
  'PGP private key': 'privat PGP-nøkkel',
  // Hops
  'has a “return”, which only the last one may have': 'har en «return», og det kan bare den siste ha',
  'must be a dict': 'må være en ordbok',
  'has no "where"': 'har ingen "where"',
  'needs an integer or null as "max_depth"': 'trenger et heltall eller null som "max_depth"',
  'needs "datasets", a list such as ["orders o"]': 'trenger "datasets", en liste som ["orders o"]',
  'names a dataset by something that is not text': 'nevner et datasett med noe som ikke er tekst',
  'needs a dict as "subsets"': 'trenger en ordbok som "subsets"',
  // JSON
  'a value': 'en verdi',
  'a comma or the end of the list': 'et komma eller slutten på listen',
  'a comma or the end of the object': 'et komma eller slutten på objektet',
  'a key in double quotes': 'en nøkkel i doble anførselstegn',
  'a colon': 'et kolon',
  'a single quote (JSON uses double quotes)': 'et enkelt anførselstegn (JSON bruker doble)',
  'a comment (JSON has none)': 'en kommentar (JSON har ingen)',
  'a string is not closed': 'en tekst er ikke lukket',
  'a string holds a line break or control character': 'en tekst inneholder et linjeskift eller styretegn',
  'this escape has no meaning': 'denne tegnkombinasjonen har ingen mening',
  'this number is not written as JSON writes numbers': 'dette tallet er ikke skrevet slik JSON skriver tall',
  'a comma stands before the end of the list': 'et komma står foran slutten på listen',
  'a comma stands before the end of the object': 'et komma står foran slutten på objektet',
  // Reasons
  operations: 'operasjoner',
  'it is neither an object nor a list': 'det er verken et objekt eller en liste',
  'a page in HTML': 'en side i HTML',
  'a collection of Postman': 'en samling fra Postman',
  'a GraphQL schema': 'et GraphQL-skjema',
  'it names no version of OpenAPI': 'den nevner ingen versjon av OpenAPI',
  'it holds no answer in JSON': 'den inneholder ikke noe svar i JSON',
  'it is longer than 20 million characters': 'den er lengre enn 20 millioner tegn',
  'the archive is damaged here': 'arkivet er skadet her',
  'it is encrypted': 'den er kryptert',
  'it is packed by a method that is not known here': 'den er pakket på en måte som ikke er kjent her',
  'its directory is not there': 'innholdslisten er ikke der',
  'its directory is cut off': 'innholdslisten er kuttet',
  'is empty': 'er tomt',
  'has a control character': 'har et kontrolltegn',
  'is no Unicode text': 'er ikke Unicode-tekst',
  'the answer is no JSON object': 'svaret er ikke et JSON-objekt',
  'the answer has none': 'svaret har ikke noe',
  'it is too long': 'den er for lang',
  'it ends inside an object': 'den slutter inni et objekt',
  'it ends before the end of the list': 'den slutter før slutten av listen',
  'a comma or the end of the list is expected': 'et komma eller slutten av listen ventes',
  'something follows after the list': 'det står noe etter listen',
  'something other than objects stands in the list': 'det står noe annet enn objekter i listen',
  'the configuration is nested too deep': 'konfigurasjonen er nøstet for dypt',
  'W and # are not supported': 'W og # støttes ikke',
  'it ends with a single %': 'det slutter med et enkelt %',
  '%z does not stand at the end': '%z står ikke til slutt',
  'is not an object': 'er ikke et objekt',
  'gave nothing': 'ga ingenting',
  'has a "source" that is not an object': 'har en "source" som ikke er et objekt',
  'a list of checks is expected.': 'det ventes en liste med kontroller.',
  'each check is an object.': 'hver kontroll er et objekt.',
  'a check names its "dataset" and "property".': 'en kontroll nevner "dataset" og "property".',
  '"types" of a check is a list of texts.': '"types" i en kontroll er en liste med tekster.',
  '"shapes" of a check is a list of texts.': '"shapes" i en kontroll er en liste med tekster.',
  '"values" of a check is a list.': '"values" i en kontroll er en liste.',
  'a range has "least" and "most".': 'et område har "least" og "most".',
  '"is" of a check is present, unique, type, range, values or shape.':
    '"is" i en kontroll er present, unique, type, range, values eller shape.',
  'A list of models is expected.': 'Det ventes en liste med modeller.',
  'Each model must be a JSON object.': 'Hver modell må være et JSON-objekt.',
  'Each model needs an id: a text without slashes.': 'Hver modell trenger en id: en tekst uten skråstreker.',
  'entity_types must be a list of JSON schemas.': 'entity_types må være en liste med JSON-skjemaer.',
  'Each entity type needs an id: a text without slashes.':
    'Hver entitetstype trenger en id: en tekst uten skråstreker.',
  // Differences of a test
  'was not expected': 'var ikke ventet',
  'is missing': 'mangler',
  differs: 'er annerledes',
  'it has no list log.entries': 'den har ingen liste log.entries',
  'a quote in it is never closed': 'et anførselstegn i den lukkes aldri',
  'the same entities in another order': 'de samme entitetene i en annen rekkefølge',
}

const phrasePatterns: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^The model (.+) occurs twice\.$/, (model) => `Modellen ${model} forekommer to ganger.`],
  [
    /^The entity type (.+) occurs twice in a model\.$/,
    (type) => `Entitetstypen ${type} forekommer to ganger i en modell.`,
  ],
  [/^has none of (.+)$/, (names) => `har ingen av ${names}`],
  [/^it ends where (.+) is expected$/, (what) => `den slutter der ${phrase(what)} ventes`],
  [/^(.+) stands where (.+) is expected$/, (found, what) => `${phrase(found)} står der ${phrase(what)} ventes`],
  [/^(.+) follows after the end$/, (found) => `${phrase(found)} følger etter slutten`],
  [/^has (\d+) bytes, and (\d+) is the limit$/, (bytes, limit) => `har ${bytes} byte, og grensen er ${limit}`],
  [/^the word (.+)$/, (word) => `ordet ${word}`],
  [/^(?:a value )?of type (.+)$/, (type) => `av typen ${phrase(type)}`],
  [/^one of (.+)$/, (choices) => `en av ${choices}`],
  [/^the (\S+) (source|transform|sink)$/, (type, role) => `${type}-${role === 'source' ? 'kilden' : `${role}en`}`],
  [/^the (\S+) (?:system|metadata|pipe)$/, (type) => type ?? ''],
  [/^the system (.+)$/, (system) => `systemet ${system}`],
  [/^the table (.+)$/, (table) => `tabellen ${table}`],
  [/^at least (\d+) arguments?$/, (least) => `minst ${counted(Number(least), 'argument', 'argumenter')}`],
  [/^no arguments$/, () => 'ingen argumenter'],
  [/^(\d+) to (\d+) arguments$/, (least, most) => `${least} til ${most} argumenter`],
  [/^(\d+) arguments?$/, (count) => counted(Number(count), 'argument', 'argumenter')],
  [/^it has (\d+) fields, not five or six$/, (count) => `det har ${count} felt, ikke fem eller seks`],
  [
    /^it has (\d+) fields, but there are only (\d+) columns$/,
    (fields, columns) => `den har ${fields} felt, men det er bare ${columns} kolonner`,
  ],
  [/^“(.+)” would hold more than (\d+) values$/, (name, most) => `«${name}» ville inneholde mer enn ${most} verdier`],
  [/^%(.) is no token$/, (letter) => `%${letter} betyr ingenting`],
  [/^returns “(.+)”, which is not one of its aliases$/, (name) => `gir «${name}», som ikke er et av aliasene`],
  [/^names the dataset “(.+)” without an alias$/, (name) => `nevner datasettet «${name}» uten alias`],
  [/^uses the alias “(.+)” twice$/, (name) => `bruker aliaset «${name}» to ganger`],
  [
    /^has a subset for “(.+)”, which is no alias of it$/,
    (name) => `har en delmengde for «${name}», som ikke er et alias`,
  ],
  [/^has a subset for “(.+)” that is not (.+)$/, (name, form) => `har en delmengde for «${name}» som ikke er ${form}`],
  [
    /^has a subset for “(.+)” whose value is not the same for every entity$/,
    (name) => `har en delmengde for «${name}» der verdien ikke er den samme for hver entitet`,
  ],
  [
    /^(\d+) entities came out, (\d+) were expected$/,
    (actual, expected) => `${actual} entiteter kom ut, ${expected} var ventet`,
  ],
  [/^line (\d+): (.+)$/, (line, reason) => `linje ${line}: ${phrase(reason)}`],
  [/^This is not valid JSON: (.+)$/, (reason) => `dette er ikke gyldig JSON: ${phrase(reason)}`],
  [/^line (\d+) differs$/, (line) => `linje ${line} er annerledes`],
  [/^(.+) is missing$/, (key) => `${key} mangler`],
  [/^(.+) was not expected$/, (key) => `${key} var ikke ventet`],
  [/^(.+) differs$/, (key) => `${key} er annerledes`],
  // What breaks a check of data
  [/^(.+) is the same as that of (.+)$/, (property, id) => `${property} er den samme som hos ${id}`],
  [/^(.+) is out of range$/, (property) => `${property} er utenfor området`],
  [/^(.+) is none of the expected values$/, (property) => `${property} er ingen av de ventede verdiene`],
  [/^(.+) has another shape$/, (property) => `${property} har en annen form`],
  [/^(.+) is no text$/, (property) => `${property} er ingen tekst`],
  [/^(\d+) entities break this check$/, (count) => `${count} entiteter bryter denne kontrollen`],
  [/^There is no dataset (.+)\.$/, (name) => `Det finnes ikke noe datasett ${name}.`],
  [/^icon: it has (.+)$/, (part) => `icon: det har ${part}`],
  [/^(.+) has more than (\d+) entries$/, (part, most) => `${part} har mer enn ${most} poster`],
  [/^a whole number from (\d+) to (\d+)$/, (least, most) => `et heltall fra ${least} til ${most}`],
  [/^a whole number from (\d+) on$/, (least) => `et heltall fra ${least}`],
  [/^(.+) is ([a-z]+)$/, (property, type) => `${property} er ${type}`],
  [/^(.+) or (.+)$/, (one, other) => `${phrase(one)} eller ${phrase(other)}`],
]

/** A phrase of the engine in Norwegian; any other text stays as it is. */
export function phrase(english: unknown): string {
  const text = String(english)
  const known = Object.hasOwn(exactPhrases, text) ? exactPhrases[text] : undefined
  if (known !== undefined) return known
  for (const [pattern, said] of phrasePatterns) {
    const match = pattern.exec(text)
    if (match) return said(...match.slice(1))
  }
  return text
}
