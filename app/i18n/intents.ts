/**
 * Plain words for what a person wants to do, in both languages at once, by kind and name of the function that does it.
 * They are searched together with names and descriptions, and are never shown.
 */
export const intentWords: Readonly<Record<string, string>> = {
  'transform add':
    'set write new property column field legg til sett ny egenskap kolonne felt skriv assign calculated computed formula field beregnet felt formel tilordne create make new calculated lag nytt felt opprett regn ut calculate',
  'transform add-if': 'set conditionally only if sett hvis bare hvis',
  'transform default':
    'fallback when missing fill blank standardverdi mangler reserve fyll inn tom empty fields tomme felt tomt',
  'transform copy':
    'keep all everything everything else behold alt ta med kopi kopier kopiere copy all columns alle kolonner include alle felter fields',
  'transform remove':
    'delete drop take away hide slett fjern ta bort skjul drop delete column field remove column slett fjern kolonne felt',
  'transform rename':
    'call other name change name gi nytt navn omdøp døp om rename column field change name endre navn kolonne felt',
  'transform merge': 'combine object flett sammen objekt',
  'transform create-child': 'split explode each row children rows barn del opp rader hver linje for each line',
  'transform create': 'emit new entity lag ny entitet',
  'transform filter':
    'keep only where select exclude behold bare utvalg filtrer fjern rader drop remove exclude rows only utelat fjern rader vilkår only want show just without whose bare vis kun norwegian norske aktive active paid betalt uten krav',
  'transform discard': 'skip ignore drop row hopp over forkast ignorer skip drop rows hopp over rader',
  'transform if':
    'condition when otherwise branch hvis når ellers betingelse vilkår if else then not hvis ikke så if country land dersom',
  'transform case':
    'switch choose class category velg klasse kategori gruppe case when switch når translate code table oversett kode tabell',
  'transform make-ni': 'reference foreign key link referanse fremmednøkkel lenke',
  'transform comment': 'note remark notat merknad kommentar',
  'expression lower':
    'lowercase small letters lower case små bokstaver e-mail email mail e-post epost ignore case case insensitive uavhengig av store bokstaver uten hensyn til store bokstaver',
  'expression upper':
    'uppercase capitals capital letters upper case store bokstaver capitalize title case titlecase stor forbokstav gjør om til stor bokstav',
  'expression strip': 'trim clean whitespace spaces around vask trim mellomrom rens remove spaces fjern mellomrom',
  'expression replace':
    'substitute swap change text exchange bytt ut erstatt endre tekst find and replace remove characters strip html spaces signs søk og erstatt fjern tegn mellomrom accents diacritics aksent aksenter comma dot komma punktum substitute bytt ut komma med punktum',
  'expression matches':
    'regex regexp pattern wildcard like looks mønster regulært uttrykk jokertegn contains includes starts with begins ends with inneholder begynner starter slutter med valid email check format gyldig e-post er gyldig sjekk format',
  'expression concat':
    'combine text put together glue full name sett sammen slå sammen tekst navn concatenate append merge columns first and last name kjede føy sammen kolonner fornavn etternavn slå konkat konkatener',
  'expression join': 'list to text comma separated implode liste til tekst kommaseparert',
  'expression split':
    'separate cut into list explode del tekst kutt split name comma separated values cut del navn kommaseparert split full name first and last del opp adresse navn address domain from email domene fra e-post word ord',
  'expression substring':
    'part of text left right cut del av tekst utdrag venstre first letters characters cut off truncate shorten initial de første tegnene forkort extract trekk ut hent ut postal code zip code postnummer first four digits de fire første sifrene siffer tegn del opp adresse',
  'expression length':
    'how long characters lengde antall tegn how long is the text hvor lang er teksten antall bokstaver',
  'expression hops':
    'join look up lookup vlookup fetch enrich other dataset related koble slå opp oppslag hent berik annet datasett left join match xlookup finn.rad finn rad fetch from hent fra other dataset related merge datasets relatert koblet lookup table oppslagstabell tables tabeller slå sammen to tabeller merge two tables combine tables customer in other dataset',
  'expression apply-hops': 'join look up with rule koble med regel',
  'expression lookup-entity': 'look up by id fetch one slå opp id',
  'expression phonenumber-parse':
    'phone telephone mobile number clean telefon mobil nummer vask country code international landkode mobilnummer',
  'expression phonenumber-format': 'phone format write telefonformat',
  'expression datetime-parse':
    'date parse time read date day dato tid les dato klokkeslett convert to date gjør om til dato konverter birthday date of birth fødselsdato bursdag fødselsår birth year norwegian date norsk dato',
  'expression datetime-format':
    'date format write date year month datoformat skriv dato år måned format date as text formater dato ukedag weekday year from date month from date day of week time of day år fra dato måned fra dato show date as vis dato som which year hvilket år  week ukenummer uke quarter kvartal fødselsår birth year dd.mm.yyyy',
  'expression datetime-plus': 'add days later after deadline legg til dager frist senere due date forfallsdato forfall',
  'expression datetime-diff':
    'days between age difference dager mellom alder forskjell how old days since dager siden hvor gammel birthday date of birth fødselsdato bursdag',
  'expression now': 'today current date time i dag nå dagens dato',
  'expression decimal':
    'amount money price number parse beløp penger pris tall desimal komma convert to number currency euro kroner gjør om til tall tekst til tall valuta konverter',
  'expression integer': 'whole number count heltall antall tall convert to number gjør om til tall konverter',
  'expression float': 'number flyttall convert to number konverter',
  'expression string':
    'text convert to text tekst til tekst convert konverter gjør om numbers to text numbers as text tall til tekst tall som tekst postal code zip code postnummer',
  'expression boolean': 'yes no true false ja nei sant usant',
  'expression sum':
    'total add up amount summer total sum samlet beløp subtotal delsum delsummer sum of order lines ordrelinjer linjer lines amounts',
  'expression count':
    'number of how many antall hvor mange tell count rows size antall rader størrelse number of orders per customer antall ordre per kunde how many orders',
  'expression max':
    'largest highest newest latest maximum størst høyest nyest sist biggest greatest highest value last date maks maksimum biggest order største ordre newest order nyeste ordre',
  'expression min':
    'smallest lowest oldest earliest minimum minst lavest eldst først smallest value first date lowest minimumsverdi',
  'expression divide': 'average mean ratio per share gjennomsnitt snitt andel del på avg dele del',
  'expression multiply':
    'times percent tax vat ganger prosent mva moms negative negate discount vat percentage off negativ rabatt avslag calculate vat regn ut mva 25',
  'expression plus': 'add increase pluss legg sammen øk',
  'expression minus': 'subtract less minus trekk fra discount rabatt avslag',
  'expression round':
    'decimals rund av avrund desimaler nearest to two decimals til to desimaler avrund til nærmeste krone nearest hele kroner',
  'expression distinct': 'unique deduplicate duplicates once unik unike duplikater dubletter',
  'expression sorted': 'order sort rank sorter rekkefølge sort by date sorter etter dato',
  'expression sorted-descending':
    'order newest first largest first sorter synkende nyeste først largest first biggest first newest order',
  'expression first': 'one top take first første øverste first item element første element limit',
  'expression last': 'newest final siste nyeste last item element siste element',
  'expression filter': 'keep only those where select behold bare de der',
  'expression map': 'each for every loop hver for alle',
  'expression flatten': 'unnest nested list flat ut nøstet liste',
  'expression group-by': 'pivot group aggregate grupper pivot samle per customer per kunde for each customer',
  'expression coalesce':
    'first non empty prefer fallback default master golden første ikke tom foretrekk gyllen reserve master data golden record first value priority prioritet første verdi hovedkilde if empty use other value hvis tom bruk standardverdi annen verdi',
  'expression if-null':
    'default fallback when missing standard når mangler ellers if empty use other value hvis tom bruk standardverdi',
  'expression if': 'condition when otherwise hvis når ellers betingelse if empty use other value hvis tom bruk',
  'expression is-null': 'missing empty absent mangler tom',
  'expression is-not-null': 'present there filled finnes fylt exists has value',
  'expression is-empty': 'blank missing tom blank empty fields tomme felt tomt',
  'expression is-not-empty': 'filled has value fylt har verdi ikke tom not empty not blank',
  'expression eq': 'equals same as equal to lik samme som er',
  'expression neq': 'different not equal ulik forskjellig ikke lik',
  'expression gt':
    'greater more than above over mer enn større bigger larger higher større høyere er større enn check if',
  'expression lt': 'less below under mindre enn',
  'expression in':
    'one of any of list contains en av i listen contains inneholder finnes i is it in the list is in list one of these er i listen finnes i listen',
  'expression ni': 'reference identifier link foreign key referanse identifikator lenke',
  'expression hash128': 'anonymise checksum fingerprint anonymiser sjekksum',
  'expression encrypt': 'protect secret krypter beskytt',
  'expression uuid': 'random id unique id tilfeldig id guid unik id',
  'expression json-parse': 'read json les json',
  'expression json': 'write json skriv json',
  'transform merge-union': 'merge keep all values union flett behold alle verdier',
  'expression datetime': 'timestamp epoch unix tidsstempel tidspunkt',
  'expression datetime-shift': 'timezone time zone utc local time tidssone lokal tid',
  'expression floor': 'round down rund ned nedover heltall',
  'expression ceil': 'round up rund opp oppover',
  'expression abs': 'absolute positive value absoluttverdi positiv negative negativ',
  'expression reversed': 'reverse backwards order omvendt rekkefølge baklengs snu',
  'expression list': 'array several values liste flere verdier til liste',
  'expression dict': 'object record structure objekt struktur ordbok',
  'expression keys': 'property names nøkler egenskapsnavn',
  'expression values': 'all values verdier',
  'expression is-changed': 'changed modified since last endret endring siden sist',
  'expression rjust': 'pad leading zeros zero fill left ledende nuller fyll på forrest postal code zip code postnummer',
  'expression ljust': 'pad right fill fyll på bakerst',
  'expression url-quote': 'url encode percent',
  'expression base64-encode': 'encode base64 bytes',
  'expression uri': 'link url address lenke adresse',
  'expression union': 'both together all of both samlet begge',
  'expression intersection': 'common in both shared felles i begge',
  'expression difference': 'not in the other except ikke i den andre unntatt',
  'expression apply': 'subroutine reuse rule nested bruk regel nøstet',
  'expression path': 'nested inside deep dig nøstet inni',
  'expression slice': 'part of list some items utsnitt del av liste limit first rows begrens de første',
  'expression nth': 'item at position index number element nummer posisjon',
  'expression key-values': 'unpivot rows columns to rows kolonner til rader',
  'expression literal': 'fixed constant as it is fast konstant',
  'expression pow': 'power square opphøyd kvadrat',
  'expression mod': 'remainder rest',
  'expression and': 'all of both og begge',
  'expression or': 'any of either eller en av',
  'expression not': 'opposite negate ikke motsatt',
  'expression is-list': 'several check type er liste',
  'expression case':
    'translate code look up table map codes oversett kode oppslagstabell kodeverk map status codes to text statuskoder kodeliste',
  'transform case-eq': 'translate code oversett kode',
  'expression case-eq':
    'translate code look up table map codes oversett kode oppslagstabell kodeverk map status codes to text statuskoder kodeliste',
  'expression has-key': 'has property contains key har egenskap har nøkkel',
  'expression gte': 'bigger larger at least minst større eller lik',
}

/** The same for steps that an entity suggests. */
export const recipeWords = {
  phone: 'clean phone number telephone mobile vask telefon telefonnummer mobil',
  'organisation-number': 'clean organisation number company vask organisasjonsnummer orgnr',
  'decimal-comma': 'parse amount money price number decimal comma les beløp pris tall desimalkomma',
  'decimal-point': 'parse amount money price number decimal les beløp pris tall',
  integer: 'whole number parse heltall les tall',
  boolean: 'true false yes no sant usant',
  date: 'parse date read les dato',
  time: 'parse date time read les dato tid klokkeslett',
  'e-mail': 'clean email lower case vask e-post små bokstaver',
  'outer-spaces': 'clean trim spaces vask trim mellomrom',
  sum: 'sum total add up summer totalt',
  children: 'split into children rows explode lines del opp barn rader linjer',
  newest: 'keep newest latest last most recent behold nyeste siste',
  deduplicate: 'deduplicate duplicates unique distinct once repeated fjern duplikater dubletter unik gjentatte',
  'one-of-each': 'deduplicate duplicates unique distinct by group fjern duplikater dubletter unik',
  pivot: 'pivot group by columns crosstab pivoter grupper kolonner',
  flatten: 'flatten unnest nested list flat ut nøstet liste',
  unnest: 'flatten unnest nested object columns flat ut nøstet objekt kolonner',
  default: 'default fallback missing empty null fill blank standardverdi mangler tom fyll inn reserve',
  join: 'join look up lookup vlookup enrich connect fetch koble slå opp hent berik',
  'join-sum': 'join and sum total add up aggregate koble og summer totalt slå opp',
} as const
