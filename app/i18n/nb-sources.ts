/** Sources and their properties in Norwegian, by the English words of their declarations. */
export const sources: Readonly<Record<string, string>> = {
  Dataset: 'Datasett',
  'Reads the entities of one dataset, and afterwards only what changed.':
    'Leser entitetene i ett datasett, og deretter bare det som er endret.',
  'The dataset to read; usually the name of the pipe that fills it.':
    'Datasettet som leses; som oftest navnet på pipen som fyller det.',
  'Only entities for which this eq expression holds, such as ["eq", "_S.kind", "tank"].':
    'Bare entiteter som oppfyller dette eq-uttrykket, som ["eq", "_S.kind", "tank"].',
  'Only entities up to the time to which the inputs are complete: those of this dataset, those of the datasets in a list, or by an expression.':
    'Bare entiteter frem til tidspunktet inndataene er komplette til: inndataene til dette datasettet, til datasettene i en liste, eller etter et uttrykk.',
  'Give nothing until these datasets have a completeness, whatever its value.':
    'Gi ingenting før disse datasettene har en kompletthet, uansett hvilken.',
  'Give every version of an entity instead of the latest only.':
    'Gi hver versjon av en entitet i stedet for bare den siste.',
  'Give entities that a merge has replaced by another one.': 'Gi entiteter som en fletting har erstattet med en annen.',
  'Do not run before the datasets that are read have been populated.': 'Ikke kjør før datasettene som leses, er fylt.',
  'Whether the pipe runs as soon as its input changes. Internal pipes follow the node metadata unless this is set.':
    'Om pipen kjører straks inndataene endres. Interne piper følger nodens metadata når dette ikke er satt.',
  'What to do when the source gives no entities: accept deletes what was there before, fail stops the run and keeps it.':
    'Hva som skjer når kilden ikke gir noen entiteter: accept sletter det som var der før, fail stopper kjøringen og beholder det.',
  Merge: 'Fletting',
  'Merges entities of several datasets that describe the same thing into one.':
    'Fletter entiteter fra flere datasett som beskriver det samme, til én.',
  'Entities describe the same thing when a rule of equality or equality_sets says so, directly or through other entities.':
    'Entiteter beskriver det samme når en regel i equality eller equality_sets sier det, direkte eller gjennom andre entiteter.',
  'The datasets, each with a short name: crm-person cp.': 'Datasettene, hvert med et kort navn: crm-person cp.',
  'Which entities are merged: lists of expressions, one for each alias, that must all be equal.':
    'Hvilke entiteter som flettes: lister av uttrykk, ett for hvert alias, som alle må være like.',
  'Which entities are merged: eq expressions over two aliases.':
    'Hvilke entiteter som flettes: eq-uttrykk over to alias.',
  'The _id of the result: made of all ids, or the first entity’s.':
    '_id til resultatet: laget av alle id-ene, eller den første entitetens.',
  'How properties are combined: all values, all values without repetition, or the whole entities as a list.':
    'Hvordan egenskaper slås sammen: alle verdier, alle verdier uten gjentakelse, eller hele entitetene som en liste.',
  'Which implementation to use; 2 for anything new.': 'Hvilken implementasjon som brukes; 2 for alt nytt.',
  'Fail when more entities than this would become one.': 'Feil når flere entiteter enn dette ville bli én.',
  'Keep properties such as _ts in $merged.': 'Behold egenskaper som _ts i $merged.',
  'The datasets that must be populated before this source counts as populated; all of them when absent.':
    'Datasettene som må være fylt før denne kilden teller som fylt; alle når listen mangler.',
  'Do not wait for initial datasets that do not exist.': 'Ikke vent på slike datasett som ikke finnes.',
  'Merge datasets': 'Flett datasett',
  'Merges entities with the same _id from several datasets.': 'Fletter entiteter med samme _id fra flere datasett.',
  'The datasets to read.': 'Datasettene som leses.',
  'Give the newest version only, or one entity with all of them.':
    'Gi bare den nyeste versjonen, eller én entitet med alle.',
  'Union of datasets': 'Union av datasett',
  'Reads several datasets one after the other.': 'Leser flere datasett etter hverandre.',
  'Put the name of the dataset in front of each _id.': 'Sett navnet på datasettet foran hver _id.',
  Embedded: 'Innebygd',
  'Entities written into the configuration itself, for small fixed lists and for tests.':
    'Entiteter skrevet inn i selve konfigurasjonen, for små, faste lister og for tester.',
  'The entities, each with its _id.': 'Entitetene, hver med sin _id.',
  'Only shows where the data would come from; the source does not use it.':
    'Viser bare hvor dataene ville kommet fra; kilden bruker det ikke.',
  'Whether the source can give only what changed since the last run.':
    'Om kilden kan gi bare det som er endret siden forrige kjøring.',
  'Whether two positions of this source can be compared, so that the highest one seen is kept.':
    'Om to posisjoner i denne kilden kan sammenlignes, så den høyeste som er sett, beholdes.',
  'Whether entities come in the order of their changes, so that the position can be kept while reading.':
    'Om entiteter kommer i rekkefølgen de ble endret i, så posisjonen kan lagres underveis.',
  'The position to begin with when there is none yet, instead of reading everything.':
    'Posisjonen å begynne med når det ikke er noen ennå, i stedet for å lese alt.',
  REST: 'REST',
  'Reads entities from the answers of an operation of a REST system, page by page.':
    'Leser entiteter fra svarene på en operasjon i et REST-system, side for side.',
  'The system to use.': 'Systemet som brukes.',
  'The operation to use.': 'Operasjonen som brukes.',
  'Operations of this source; they take precedence over those of the system.':
    'Operasjoner for denne kilden; de går foran systemets.',
  'The address, relative to the system; may hold template variables.':
    'Adressen, i forhold til systemet; kan ha malvariabler.',
  'The HTTP method.': 'HTTP-metoden.',
  'Headers of the request; names and values may be templates.':
    'Hodene i forespørselen; navn og verdier kan være maler.',
  'Parameters of the URL; names and values may be templates.': 'Parametere i URL-en; navn og verdier kan være maler.',
  'How the payload is written into the request.': 'Hvordan innholdet skrives inn i forespørselen.',
  'Values for templates that the entity does not give.': 'Verdier til maler som entiteten ikke gir.',
  'The body of the request when the entity gives none.': 'Innholdet i forespørselen når entiteten ikke gir noe.',
  'The property that receives the answer.': 'Egenskapen som får svaret.',
  'The property that receives the headers of the answer.': 'Egenskapen som får hodene i svaret.',
  'The part of the answer that holds the entities, with dots between names.':
    'Delen av svaret som har entitetene, med punktum mellom navn.',
  'A template that makes the _id of an entity that has none, such as {{ id }}.':
    'En mal som lager _id til en entitet som ikke har noen, som {{ id }}.',
  'A template that makes the position (_updated) of an entity.':
    'En mal som lager posisjonen (_updated) til en entitet.',
  'The property that receives the status code.': 'Egenskapen som får statuskoden.',
  'A template that gives the address of the next page, or nothing at the end.':
    'En mal som gir adressen til neste side, eller ingenting på slutten.',
  'How the last page is recognised.': 'Hvordan den siste siden kjennes igjen.',
  'Entities in a full page; needed by the strategy not-full-page.':
    'Entiteter på en full side; trengs av strategien not-full-page.',
  'Status codes that count as success, such as 200-299,404.': 'Statuskoder som teller som vellykket, som 200-299,404.',
  'Status codes whose answers are left out.': 'Statuskoder der svarene utelates.',
  'A template that gives a message when the answer means an error.':
    'En mal som gir en melding når svaret betyr en feil.',
  'The parameter that holds the position.': 'Parameteren som har posisjonen.',
  'Where the position is put.': 'Hvor posisjonen settes.',
  'How many times to try again when the server answers 429.':
    'Hvor mange ganger det prøves på nytt når serveren svarer 429.',
  'How long to wait before trying again.': 'Hvor lenge det ventes før det prøves igjen.',
  'Values for the templates of the operation, as properties.name.':
    'Verdier til malene i operasjonen, som properties.navn.',
  'The body of the request; may be a template.': 'Innholdet i forespørselen; kan være en mal.',
  'Add the content type of the answer as content-type.': 'Legg til innholdstypen til svaret som content-type.',
  'JSON pull': 'JSON-henting',
  'Reads entities as JSON from an address that supports the JSON pull protocol.':
    'Leser entiteter som JSON fra en adresse som støtter JSON pull-protokollen.',
  'The address of the entities, relative to the system.': 'Adressen til entitetene, i forhold til systemet.',
  'Read in pages of this many entities; needs a chronological, comparable source.':
    'Les i sider på så mange entiteter; krever en kronologisk, sammenlignbar kilde.',
  'Only entities for which this eq expression holds; the server must support it.':
    'Bare entiteter som oppfyller dette eq-uttrykket; serveren må støtte det.',
  'Headers for each request.': 'Hoder for hver forespørsel.',
  'CSV file': 'CSV-fil',
  'Makes an entity of each row of a CSV file.': 'Lager en entitet av hver rad i en CSV-fil.',
  'The address of the file, relative to the system.': 'Adressen til filen, i forhold til systemet.',
  'The column or columns whose values make the _id.': 'Kolonnen eller kolonnene der verdiene blir _id.',
  'Whether the first row names the columns.': 'Om den første raden gir kolonnene navn.',
  'Names of the columns; they take precedence over the header of the file.':
    'Navn på kolonnene; de går foran overskriften i filen.',
  'The character that separates fields.': 'Tegnet som skiller felt.',
  'Guess how the file is written. Has no effect when a dialect is chosen.':
    'Gjett hvordan filen er skrevet. Har ingen virkning når en dialekt er valgt.',
  'A named CSV dialect.': 'En navngitt CSV-dialekt.',
  'The character set of the file.': 'Tegnsettet til filen.',
  'What to do with bytes that are not valid in the character set: fail, or use the replacement character.':
    'Hva som skjer med byte som ikke er gyldige i tegnsettet: feil, eller bruk erstatningstegnet.',
  'Columns to take; all when absent.': 'Kolonner som tas med; alle når listen mangler.',
  'Columns to leave out.': 'Kolonner som utelates.',
  'Keep empty fields as empty texts instead of leaving them out.':
    'Behold tomme felt som tomme tekster i stedet for å utelate dem.',
  'Make null characters harmless before reading.': 'Gjør nulltegn harmløse før lesing.',
  'SQL table or query': 'SQL-tabell eller -spørring',
  'Makes an entity of each row of a table or of a query.':
    'Lager en entitet av hver rad i en tabell eller en spørring.',
  'The table to read, without its schema.': 'Tabellen som leses, uten skjemaet.',
  'The schema of the table.': 'Skjemaet til tabellen.',
  'A query to read instead of a table.': 'En spørring som leses i stedet for en tabell.',
  'The column that says when a row changed, so that only changed rows are read.':
    'Kolonnen som sier når en rad ble endret, så bare endrede rader leses.',
  'A query for changed rows; it must use :since.': 'En spørring etter endrede rader; den må bruke :since.',
  'Keep columns without a value as null instead of leaving them out.':
    'Behold kolonner uten verdi som null i stedet for å utelate dem.',
  'How many rows to get at a time.': 'Hvor mange rader som hentes om gangen.',
  'Whether a full run counts as chronological too; by default it does when others do.':
    'Om også en full kjøring teller som kronologisk; som standard når andre gjør det.',
  'HTTP endpoint': 'HTTP-endepunkt',
  'An inbox: others push entities to the address of the pipe.':
    'En innboks: andre sender entiteter til adressen til pipen.',
  'Count the dataset as populated before anything has arrived.': 'La datasettet telle som fylt før noe har kommet.',
  'Keep numbers with a decimal point as decimals instead of floats.':
    'Behold tall med desimaltegn som desimaltall i stedet for flyttall.',
  'Keep numbers whose decimals are all zero as integers.': 'Behold tall der alle desimaler er null, som heltall.',
  'A template that must render to nothing for a request to be accepted.':
    'En mal som må gi et tomt resultat for at en forespørsel skal godtas.',
  Conditional: 'Betinget',
  'Chooses one of several sources by a condition, so that one configuration fits several environments.':
    'Velger en av flere kilder etter en betingelse, så én konfigurasjon passer til flere miljøer.',
  'The name of the alternative to use; usually an environment variable such as $ENV(node-env).':
    'Navnet på alternativet som brukes; som oftest en miljøvariabel som $ENV(node-env).',
  'The possible configurations by name.': 'De mulige konfigurasjonene etter navn.',
  SPARQL: 'SPARQL',
  'Finds subjects in a triple store and makes an entity of the statements about each.':
    'Finner subjekter i et trippellager og lager en entitet av utsagnene om hvert.',
  'The address of the query endpoint, relative to the system.': 'Adressen til spørringene, i forhold til systemet.',
  'A SELECT query that gives id and updated of each subject; since in braces after a dollar is the position.':
    'En SELECT-spørring som gir id og updated for hvert subjekt; since i krøllparenteser etter et dollartegn er posisjonen.',
  'A CONSTRUCT query for the statements about one subject; uri in braces after a dollar stands for it.':
    'En CONSTRUCT-spørring etter utsagnene om ett subjekt; uri i krøllparenteser etter et dollartegn står for det.',
  'RDF file': 'RDF-fil',
  'Makes an entity of each subject in an RDF file.': 'Lager en entitet av hvert subjekt i en RDF-fil.',
  'How the file is written.': 'Hvordan filen er skrevet.',
  'Sort lists of values, so that the result does not depend on chance.':
    'Sorter lister av verdier, så resultatet ikke avhenger av tilfeldigheter.',
  'The file is sorted by subject, so that it need not be held in memory.':
    'Filen er sortert etter subjekt, så den trenger ikke å holdes i minnet.',
  'LDAP directory': 'LDAP-katalog',
  'Makes an entity of each record of an LDAP search.': 'Lager en entitet av hver post i et LDAP-søk.',
  'Where in the directory to search.': 'Hvor i katalogen det søkes.',
  'Which records to take.': 'Hvilke poster som tas med.',
  'Which attributes to take; * stands for anything.': 'Hvilke attributter som tas med; * står for hva som helst.',
  'The attribute that becomes _id.': 'Attributtet som blir _id.',
  'How many records to read at a time.': 'Hvor mange poster som leses om gangen.',
  'Attributes to leave out.': 'Attributter som utelates.',
  'Kafka topic': 'Kafka-emne',
  'Makes an entity of each message of a Kafka topic.': 'Lager en entitet av hver melding i et Kafka-emne.',
  'The topic to read.': 'Emnet som leses.',
  'Only these partitions; all when absent. Azure Event Hubs needs them.':
    'Bare disse partisjonene; alle når listen mangler. Azure Event Hubs trenger dem.',
  'Begin with the oldest message on the first run.': 'Begynn med den eldste meldingen i den første kjøringen.',
  'How the key of a message is read.': 'Hvordan nøkkelen i en melding leses.',
  'How the value of a message is read.': 'Hvordan verdien i en melding leses.',
  'Give key and value in properties of their own, or the value as the entity.':
    'Gi nøkkel og verdi i egne egenskaper, eller verdien som entiteten.',
  'Fail on a message that cannot be read; otherwise keep it as invalid_key and invalid_value.':
    'Feil på en melding som ikke kan leses; ellers beholdes den som invalid_key og invalid_value.',
  'How many milliseconds without messages end a run.':
    'Etter hvor mange millisekunder uten meldinger kjøringen slutter.',
  'SDShare feed': 'SDShare-strøm',
  'Reads changed resources as RDF from a feed in the SDShare protocol.':
    'Leser endrede ressurser som RDF fra en strøm i SDShare-protokollen.',
  'The address of the fragments feed.': 'Adressen til strømmen av fragmenter.',
  'Other Sesam service': 'Annen Sesam-tjeneste',
  'Reads a dataset of another Sesam service by its own fast protocol.':
    'Leser et datasett i en annen Sesam-tjeneste med dens egen, raske protokoll.',
  'The protocol is not public, so here you have to supply the entities.':
    'Protokollen er ikke offentlig, så her må du legge inn entitetene.',
  'The address of the other dataset, relative to the system.':
    'Adressen til det andre datasettet, i forhold til systemet.',
  'Read in pages of this many entities.': 'Les i sider på så mange entiteter.',
  'Only entities for which this eq expression holds; the other side must have the index.':
    'Bare entiteter som oppfyller dette eq-uttrykket; den andre siden må ha indeksen.',
  Empty: 'Tom',
  'Gives no entities at all.': 'Gir ingen entiteter.',
  'Made-up entities': 'Oppdiktede entiteter',
  'Gives entities made up by a template. Deprecated: use embedded instead.':
    'Gir entiteter som diktes opp etter en mal. Utgått: bruk embedded i stedet.',
  'How many entities to make.': 'Hvor mange entiteter som lages.',
  'What they look like.': 'Hvordan de ser ut.',
}
