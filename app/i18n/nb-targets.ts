/** Transforms and sinks and their properties in Norwegian, by the English words of their declarations. */
export const targets: Readonly<Record<string, string>> = {
  DTL: 'DTL',
  'Reshapes entities with rules in the Data Transformation Language.':
    'Omformer entiteter med regler i Data Transformation Language.',
  'The rules by name; default is applied to each entity, the others through apply and apply-hops.':
    'Reglene etter navn; default brukes på hver entitet, de andre gjennom apply og apply-hops.',
  'Fail when a result has no _id; otherwise such results are left out.':
    'Feil når et resultat ikke har _id; ellers utelates slike resultater.',
  'Transform only entities with this property and value; others pass unchanged. Experimental in Sesam.':
    'Omform bare entiteter med denne egenskapen og verdien; andre går uendret gjennom. Eksperimentelt i Sesam.',
  'The property to look at.': 'Egenskapen som undersøkes.',
  'What it must hold; * stands for anything.': 'Hva den må inneholde; * står for hva som helst.',
  'Named the source dataset in old configurations; has no effect.':
    'Nevnte kildedatasettet i gamle konfigurasjoner; har ingen virkning.',
  'The source says what is read.': 'Kilden sier hva som leses.',
  'Emit children': 'Send ut barn',
  'Emits the entities in $children, each on its own, instead of their parent.':
    'Sender ut entitetene i $children, hver for seg, i stedet for forelderen.',
  'Children are made by create-child in the DTL of an earlier pipe or stage; those without _id are left out.':
    'Barn lages av create-child i DTL-en i en tidligere pipe eller et tidligere trinn; de uten _id utelates.',
  'Calls an operation of a REST system for each entity and adds the answer to it, or continues with the answer instead.':
    'Kaller en operasjon i et REST-system for hver entitet og legger svaret til den, eller fortsetter med svaret i stedet.',
  'The entity may give operation, properties and payload; what it lacks comes from here or from the system.':
    'Entiteten kan gi operation, properties og payload; det den mangler, kommer herfra eller fra systemet.',
  'The operation for entities that name none.': 'Operasjonen for entiteter som ikke nevner noen.',
  'Operations of this transform; they take precedence over those of the system.':
    'Operasjoner for denne transformen; de går foran systemets.',
  'Values for templates of entities without properties.': 'Verdier til maler for entiteter uten properties.',
  'The body for entities without payload.': 'Innholdet for entiteter uten payload.',
  'Continue with the entities of the answer instead of the entity that the call was for.':
    'Fortsett med entitetene i svaret i stedet for entiteten kallet gjaldt.',
  'What to do when nothing comes out of the transform.': 'Hva som skjer når ingenting kommer ut av transformen.',
  'Whether the transform changes the system that it calls. Previews never call it: they show what it answered the last time.':
    'Om transformen endrer systemet den kaller. Forhåndsvisninger kaller det aldri: de viser hva det svarte sist.',
  'Work only on entities with this property and value; others pass unchanged. Experimental in Sesam.':
    'Arbeid bare med entiteter med denne egenskapen og verdien; andre går uendret gjennom. Eksperimentelt i Sesam.',
  'HTTP service': 'HTTP-tjeneste',
  'Posts entities to a service and continues with the entities of its answer.':
    'Sender entiteter til en tjeneste og fortsetter med entitetene i svaret.',
  'The address to post to, relative to the system.': 'Adressen det sendes til, i forhold til systemet.',
  'How many entities to send in one request.': 'Hvor mange entiteter som sendes i én forespørsel.',
  Template: 'Mal',
  'A ready-made chain of transforms for collecting from and sharing with REST services.':
    'En ferdig kjede av transformer for å hente fra og dele med REST-tjenester.',
  'A template of your own is not run here; such a pipe uses output that you supply.':
    'En egen mal kjøres ikke her; en slik pipe bruker et resultat som du legger inn.',
  'Which template to use.': 'Hvilken mal som brukes.',
  'The settings of the template, such as rest_system, primary_key and the operations.':
    'Innstillingene til malen, som rest_system, primary_key og operasjonene.',
  'Chooses one of several transforms by a condition, so that one configuration fits several environments.':
    'Velger en av flere transformer etter en betingelse, så én konfigurasjon passer til flere miljøer.',
  'JSON schema': 'JSON-skjema',
  'Validates each entity against a JSON schema and records whether it is valid, and what is wrong.':
    'Kontrollerer hver entitet mot et JSON-skjema og registrerer om den er gyldig, og hva som er galt.',
  'The schema.': 'Skjemaet.',
  'The address of the schema, if it is not written here.': 'Adressen til skjemaet, hvis det ikke står her.',
  'The system of schema_url.': 'Systemet til schema_url.',
  'The property that says whether the entity is valid.': 'Egenskapen som sier om entiteten er gyldig.',
  'The property that lists what is wrong.': 'Egenskapen som lister hva som er galt.',
  XML: 'XML',
  'Writes an entity as XML into one of its properties.': 'Skriver en entitet som XML inn i en av egenskapene.',
  'Properties in angle brackets are tags, the others attributes.':
    'Egenskaper i vinkelparenteser er elementer, de andre attributter.',
  'The property that receives the XML.': 'Egenskapen som får XML-en.',
  'Attributes of the outermost tag, such as xmlns.': 'Attributter på det ytterste elementet, som xmlns.',
  'Begin with an XML declaration.': 'Begynn med en XML-deklarasjon.',
  'Leave deleted entities as they are.': 'La slettede entiteter være som de er.',
  RDF: 'RDF',
  'Writes an entity as N-Triples into one of its properties.':
    'Skriver en entitet som N-Triples inn i en av egenskapene.',
  'The property that receives the triples.': 'Egenskapen som får triplene.',
  Chain: 'Kjede',
  'Several transforms one after the other; a plain list does the same.':
    'Flere transformer etter hverandre; en vanlig liste gjør det samme.',
  'The transforms in order.': 'Transformene i rekkefølge.',
  'Lower-case keys': 'Nøkler med små bokstaver',
  'Writes the names of properties in lower case.': 'Skriver navnene på egenskaper med små bokstaver.',
  'Deprecated in Sesam, which advises a DTL transform with lower or upper on the keys of key-values.':
    'Utgått i Sesam, som anbefaler en DTL-transform med lower eller upper på nøklene fra key-values.',
  'Change the names inside of values too, not only those of the entity itself.':
    'Endre også navnene inni verdier, ikke bare entitetens egne.',
  'Upper-case keys': 'Nøkler med store bokstaver',
  'Writes the names of properties in upper case.': 'Skriver navnene på egenskaper med store bokstaver.',
  'Keeps the entities in a dataset, which other pipes can read.':
    'Lagrer entitetene i et datasett, som andre piper kan lese.',
  'The dataset to write; the name of the pipe when absent, which is nearly always right.':
    'Datasettet som skrives; pipens navn når det mangler, og det er nesten alltid riktig.',
  'After a full run, delete the entities that were not in it.':
    'Slett etter en full kjøring entitetene som ikke var med i den.',
  'Mark entities that are deleted in this way with $deletion_tracked.':
    'Merk entiteter som slettes på denne måten, med $deletion_tracked.',
  'Find out which children in $children were deleted. Turned on by itself when a rule creates children.':
    'Finn ut hvilke barn i $children som ble slettet. Slås på av seg selv når en regel lager barn.',
  'When the dataset counts as populated.': 'Når datasettet teller som fylt.',
  'Indexes to maintain: "$ids", or a list of expressions for subsets.':
    'Indekser som vedlikeholdes: "$ids", eller en liste av uttrykk for delmengder.',
  'Stop when more entities than this would change.': 'Stopp når flere entiteter enn dette ville endres.',
  'Stop when more than this share of the entities would change, 0.5 for half.':
    'Stopp når mer enn denne andelen av entitetene ville endres, 0.5 for halvparten.',
  'Refuse entities whose _updated is not the stored one.': 'Avvis entiteter der _updated ikke er den som er lagret.',
  'Fail when an entity would change, or ignore such changes.':
    'Feil når en entitet ville endres, eller overse slike endringer.',
  'Leave filtered entities out where nothing has to be deleted for them.':
    'Utelat filtrerte entiteter der ingenting må slettes for dem.',
  'Write an entity only when it differs from what is stored.':
    'Skriv en entitet bare når den er ulik det som er lagret.',
  'After how many entities the bookkeeping is written.': 'Etter hvor mange entiteter bokføringen skrives.',
  'SQL table': 'SQL-tabell',
  'Writes each entity as a row of a table; deleted entities remove their row.':
    'Skriver hver entitet som en rad i en tabell; slettede entiteter fjerner raden sin.',
  'The table to write, without its schema.': 'Tabellen som skrives, uten skjemaet.',
  'The column or columns that identify a row.': 'Kolonnen eller kolonnene som identifiserer en rad.',
  'The column that receives the time of writing, where the table has it.':
    'Kolonnen som får tidspunktet for skrivingen, hvis tabellen har den.',
  'How many rows to write at once; 1000 with bulk operations.':
    'Hvor mange rader som skrives om gangen; 1000 ved masseskriving.',
  'Create the table on the first run; needs a schema definition.':
    'Opprett tabellen i den første kjøringen; krever en skjemadefinisjon.',
  'The columns of the table.': 'Kolonnene i tabellen.',
  'The property of the entity.': 'Egenskapen i entiteten.',
  'The name of the column.': 'Navnet på kolonnen.',
  'What the column holds.': 'Hva kolonnen inneholder.',
  'Whether it identifies the row.': 'Om den identifiserer raden.',
  'Whether it may be empty.': 'Om den kan være tom.',
  'Whether to make an index.': 'Om det skal lages en indeks.',
  'The longest text.': 'Den lengste teksten.',
  'The shortest text.': 'Den korteste teksten.',
  'The largest number.': 'Det største tallet.',
  'The smallest number.': 'Det minste tallet.',
  'Digits of a decimal.': 'Sifre i et desimaltall.',
  'Digits after the point.': 'Sifre etter desimaltegnet.',
  'The value when the property is missing.': 'Verdien når egenskapen mangler.',
  'Empty the table on the first run.': 'Tøm tabellen i den første kjøringen.',
  'Drop and create the table on the first run.': 'Slett og opprett tabellen i den første kjøringen.',
  'Load data in bulk where the database can.': 'Skriv mange rader om gangen der databasen kan.',
  'Keep the files of a bulk operation that failed.': 'Ta vare på filene fra en masseskriving som feilet.',
  'How many seconds a bulk operation may take.': 'Hvor mange sekunder en masseskriving kan ta.',
  'How many bulk batches may wait.': 'Hvor mange slike batcher som kan vente.',
  'How many bytes of a bulk file to hold in memory.': 'Hvor mange byte av en slik fil som holdes i minnet.',
  'The schema for temporary tables of bulk operations.': 'Skjemaet for midlertidige tabeller ved masseskriving.',
  'Leave out columns that the database numbers itself.': 'Utelat kolonner som databasen nummererer selv.',
  'Ignore spaces at the end of text keys.': 'Overse mellomrom på slutten av tekstnøkler.',
  'Properties to write.': 'Egenskaper som skrives.',
  'Choose properties in the DTL.': 'Velg egenskaper i DTL-en.',
  'Properties not to write.': 'Egenskaper som ikke skrives.',
  'JSON push': 'JSON-sending',
  'Posts entities as JSON lists to an address that supports the JSON push protocol.':
    'Sender entiteter som JSON-lister til en adresse som støtter JSON push-protokollen.',
  'Calls an operation of a REST system for each entity.': 'Kaller en operasjon i et REST-system for hver entitet.',
  'Operations of this sink; they take precedence over those of the system.':
    'Operasjoner for denne sinken; de går foran systemets.',
  'How many entities to take at a time.': 'Hvor mange entiteter som tas om gangen.',
  'Publishes the entities as JSON at the address of the pipe.': 'Publiserer entitetene som JSON på adressen til pipen.',
  'The name under which a browser saves the data.': 'Navnet en nettleser lagrer dataene under.',
  'Whether a browser saves or shows it.': 'Om en nettleser lagrer eller viser det.',
  'CSV endpoint': 'CSV-endepunkt',
  'Publishes the entities as a CSV file at the address of the pipe.':
    'Publiserer entitetene som en CSV-fil på adressen til pipen.',
  'The properties that become columns, in this order.': 'Egenskapene som blir kolonner, i denne rekkefølgen.',
  'Which fields are put in quotes.': 'Hvilke felt som settes i anførselstegn.',
  'The quote character.': 'Anførselstegnet.',
  'Write a quote character inside a field twice; otherwise the escape character comes before it.':
    'Skriv et anførselstegn inni et felt to ganger; ellers settes escape-tegnet foran det.',
  'The escape character, which is put before a character with a special meaning.':
    'Escape-tegnet, som settes foran et tegn med spesiell betydning.',
  'What ends a row.': 'Det som avslutter en rad.',
  'Leave deleted entities out.': 'Utelat slettede entiteter.',
  'Begin the file with a byte order mark.': 'Begynn filen med et byterekkefølgemerke.',
  'What becomes of characters that the character set lacks.': 'Hva som blir av tegn som tegnsettet mangler.',
  'XML endpoint': 'XML-endepunkt',
  'Publishes the entities as an XML document at the address of the pipe.':
    'Publiserer entitetene som et XML-dokument på adressen til pipen.',
  'The tag around all entities.': 'Elementet rundt alle entitetene.',
  Elasticsearch: 'Elasticsearch',
  'Writes each entity as a document of an index.': 'Skriver hver entitet som et dokument i en indeks.',
  'The index for entities without $index.': 'Indeksen for entiteter uten $index.',
  'The document type for entities without $type.': 'Dokumenttypen for entiteter uten $type.',
  'Mappings to add to the index.': 'Mappinger som legges til indeksen.',
  'A document by which to see whether the index was emptied by others.':
    'Et dokument som viser om indeksen er tømt av andre.',
  'What to delete from the index before a full run.': 'Hva som slettes fra indeksen før en full kjøring.',
  'E-mail': 'E-post',
  'Sends a message for each entity.': 'Sender en melding for hver entitet.',
  'The subject; properties of the entity can be used by name.': 'Emnet; egenskaper i entiteten kan brukes ved navn.',
  'The property that holds the subject instead.': 'Egenskapen som har emnet i stedet.',
  'The text of the message; properties of the entity can be used by name.':
    'Teksten i meldingen; egenskaper i entiteten kan brukes ved navn.',
  'The property that holds the text instead.': 'Egenskapen som har teksten i stedet.',
  'Who receives the message, separated by commas.': 'Hvem som får meldingen, med komma imellom.',
  'The property that names the recipients instead.': 'Egenskapen som nevner mottakerne i stedet.',
  'A plain version of the text beside an HTML one.': 'En ren utgave av teksten ved siden av en i HTML.',
  'The property that holds the plain version instead.': 'Egenskapen som har den rene utgaven i stedet.',
  'Who sends the message.': 'Hvem som sender meldingen.',
  'What replaces unknown variables: their name, nothing, or an error.':
    'Hva som erstatter ukjente variabler: navnet deres, ingenting eller en feil.',
  SMS: 'SMS',
  'Sends a text message for each entity.': 'Sender en tekstmelding for hver entitet.',
  'The phone number that sends, with its country code.': 'Telefonnummeret som sender, med landkode.',
  'Sends a message to a Kafka topic for each entity.': 'Sender en melding til et Kafka-emne for hver entitet.',
  'The topic to send to.': 'Emnet det sendes til.',
  'How the key is written.': 'Hvordan nøkkelen skrives.',
  'How the value is written.': 'Hvordan verdien skrives.',
  'Take key and value from properties of that name, or the entity as the value.':
    'Ta nøkkel og verdi fra egenskaper med de navnene, eller entiteten som verdien.',
  'How many milliseconds to wait for the Kafka broker.': 'Hvor mange millisekunder det ventes på Kafka-brokeren.',
  Solr: 'Solr',
  'Writes each entity as a document of a Solr index; nested entities are not allowed.':
    'Skriver hver entitet som et dokument i en Solr-indeks; nøstede entiteter er ikke tillatt.',
  'After how many seconds Solr commits.': 'Etter hvor mange sekunder Solr fullfører skrivingen.',
  'Commit when the run is over.': 'Fullfør skrivingen når kjøringen er over.',
  'Writes entities as statements into a graph of a triple store.':
    'Skriver entiteter som utsagn i en graf i et trippellager.',
  'The address of the endpoint, relative to the system.': 'Adressen til endepunktet, i forhold til systemet.',
  'The address for updates, where it is another one.': 'Adressen for oppdateringer, der den er en annen.',
  'The URI of the graph.': 'URI-en til grafen.',
  'Write only statements that differ from what the graph has.': 'Skriv bare utsagn som er ulike det grafen har.',
  'Also write when the subject was updated.': 'Skriv også når subjektet ble oppdatert.',
  'SDShare push': 'SDShare-sending',
  'Posts entities as N-Triples to a service that supports SDShare push.':
    'Sender entiteter som N-Triples til en tjeneste som støtter SDShare push.',
  'The address of the service.': 'Adressen til tjenesten.',
  'Chooses one of several sinks by a condition, so that one configuration fits several environments.':
    'Velger en av flere sinker etter en betingelse, så én konfigurasjon passer til flere miljøer.',
  'Replicated dataset': 'Kopi av datasett',
  'Copies a dataset with its order, as when a pipe gets another name.':
    'Kopierer et datasett med rekkefølgen, som når en pipe får et nytt navn.',
  'The dataset to write; the name of the pipe when absent.': 'Datasettet som skrives; pipens navn når det mangler.',
  'Write into an ordinary dataset if there already is one.': 'Skriv til et vanlig datasett hvis det allerede finnes.',
  'Turn an ordinary dataset into a replicated one.': 'Gjør et vanlig datasett om til en slik kopi.',
  JavaScript: 'JavaScript',
  'Calls a function of your own for each entity, in a sandbox; for Sesam, expanding makes a microservice of it.':
    'Kaller en funksjon du har skrevet, for hver entitet, i en sandkasse; for Sesam utvides den til en mikrotjeneste.',
  'transform(entity) gets an entity as JSON in transit form and gives one, a list of them, or null. It has no access to anything else: no network, no storage, no other entity.':
    'transform(entity) får en entitet som JSON i transit-form og gir én, en liste av dem, eller null. Den har ikke tilgang til noe annet: verken nettverk, lager eller andre entiteter.',
  'The program; it defines function transform(entity).': 'Programmet; det definerer function transform(entity).',
  'The _id of the microservice that it becomes for Sesam.': '_id til mikrotjenesten den blir for Sesam.',
  'The Docker image of that microservice.': 'Docker-imaget til den mikrotjenesten.',
  'The time limit for one entity.': 'Tidsgrensen for én entitet.',
  'The memory limit in megabytes.': 'Minnegrensen i megabyte.',
  Nothing: 'Ingenting',
  'Takes entities and does nothing with them.': 'Tar entiteter og gjør ingenting med dem.',
  WebAssembly: 'WebAssembly',
  'Calls a function of a WebAssembly module for each entity, in a sandbox; for Sesam, expanding makes a microservice of it.':
    'Kaller en funksjon i en WebAssembly-modul for hver entitet, i en sandkasse; for Sesam utvides den til en mikrotjeneste.',
  'The module exports memory, alloc(length) and transform(pointer, length), which gives the place of its JSON as an i64: the pointer in the upper 32 bits, the length in the lower ones. It gets an entity as JSON in transit form and gives one, a list of them, or null. It imports nothing.':
    'Modulen eksporterer memory, alloc(length) og transform(pointer, length), som gir plassen til JSON-en sin som i64: pekeren i de øvre 32 bitene, lengden i de nedre. Den får en entitet som JSON i transit-form og gir én, en liste av dem, eller null. Den importerer ingenting.',
  'The module in base64, at most 10 MB.': 'Modulen i base64, høyst 10 MB.',
}
