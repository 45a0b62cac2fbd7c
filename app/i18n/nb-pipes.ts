/** Properties of pipes, of pumps and of the service metadata in Norwegian, by the English words of their declarations. */
export const pipes: Readonly<Record<string, string>> = {
  Pipe: 'Pipe',
  'Moves entities from a source through transforms into a sink.':
    'Flytter entiteter fra en kilde gjennom transformer til en sink.',
  'The name of the pipe; also of the dataset it fills.': 'Navnet på pipen; også på datasettet den fyller.',
  'Always "pipe".': 'Alltid "pipe".',
  'A name for people.': 'Et navn for mennesker.',
  'What the pipe is for.': 'Hva pipen er til for.',
  'A remark for people who read the configuration.': 'En merknad for dem som leser konfigurasjonen.',
  'Where entities come from.': 'Hvor entitetene kommer fra.',
  'What is done with them: one transform or several in order.':
    'Hva som gjøres med dem: én transform eller flere etter hverandre.',
  'Where they go; a dataset named as the pipe when absent.':
    'Hvor de går; et datasett med pipens navn når den mangler.',
  'When the pipe runs.': 'Når pipen kjører.',
  'How many entities are taken at a time.': 'Hvor mange entiteter som tas om gangen.',
  'After how many batches the position is kept.': 'Etter hvor mange batcher posisjonen lagres.',
  'Use namespaces; by default as the node metadata says.': 'Bruk navnerom; som standard det nodens metadata sier.',
  'The namespaces of what the pipe makes; its own name by default.':
    'Navnerommene til det pipen lager; som standard dens eget navn.',
  'The namespace of identifiers.': 'Navnerommet for identifikatorer.',
  'The namespace of properties.': 'Navnerommet for egenskaper.',
  'Add namespaces before the first transform; by default for sources from outside.':
    'Legg til navnerom før den første transformen; som standard for kilder utenfra.',
  'Remove namespaces after the last transform; by default for sinks to the outside.':
    'Fjern navnerom etter den siste transformen; som standard for sinker utover.',
  'Make expanding and collapsing of identifiers inverse operations.':
    'Gjør utvidelse og sammentrekking av identifikatorer til omvendte operasjoner.',
  'Which versions of entities are kept.': 'Hvilke versjoner av entiteter som beholdes.',
  'Whether the dataset is compacted by itself.': 'Om datasettet kompakteres av seg selv.',
  'Compact while writing.': 'Kompakter mens det skrives.',
  'How many versions of an entity to keep.': 'Hvor mange versjoner av en entitet som beholdes.',
  'Keep versions that are younger than this.': 'Behold versjoner som er yngre enn dette.',
  'The same for the execution log.': 'Det samme for kjøreloggen.',
  'Compact when the dataset has grown by this factor.': 'Kompakter når datasettet har vokst med denne faktoren.',
  'Seconds between compactions while writing.': 'Sekunder mellom kompakteringer mens det skrives.',
  'Hours after which deleted entities are removed altogether.': 'Fjern slettede entiteter helt etter så mange timer.',
  'How long that may take in one run.': 'Hvor lenge det kan ta i én kjøring.',
  'Remove all earlier versions of an entity that carries $retract.':
    'Fjern alle tidligere versjoner av en entitet som har $retract.',
  'Start over by itself when the output may no longer match the input.':
    'Begynn på nytt av seg selv når resultatet kanskje ikke lenger stemmer med inndataene.',
  'Start over, or be marked, when the configuration changes.':
    'Begynn på nytt, eller bli merket, når konfigurasjonen endres.',
  'Datasets that do not count for completeness.': 'Datasett som ikke teller for kompletthet.',
  'The only datasets that count for completeness.': 'De eneste datasettene som teller for kompletthet.',
  'Forbid resetting the position.': 'Forby at posisjonen nullstilles.',
  'Rescan in the background, beside the incremental runs. Needs a dataset sink.':
    'Les alt på nytt i bakgrunnen, ved siden av de inkrementelle kjøringene. Krever en dataset-sink.',
  'Infer the schema of the entities.': 'Utled skjemaet til entitetene.',
  'Limits for finding out which entities must be processed again.':
    'Grenser for å finne ut hvilke entiteter som må behandles på nytt.',
  'Warn when more entities than this are affected.': 'Advar når flere entiteter enn dette berøres.',
  'Fail when more entities than this are affected.': 'Feil når flere entiteter enn dette berøres.',
  'Warn when they take more bytes than this.': 'Advar når de tar flere byte enn dette.',
  'Fail when they take more bytes than this.': 'Feil når de tar flere byte enn dette.',
  'Apply the limits to ordinary hops too.': 'Bruk grensene også på vanlige hops.',
  'Who may do what: a list of access rules.': 'Hvem som kan gjøre hva: en liste av tilgangsregler.',
  'Facts about the pipe that do not change what it does.': 'Opplysninger om pipen som ikke endrer hva den gjør.',
  'Whether the pipe makes a global dataset: one concept, all systems.':
    'Om pipen lager et globalt datasett: ett begrep, alle systemer.',
  'Words to find it by.': 'Ord å finne den med.',
  'The group of configuration it belongs to.': 'Konfigurasjonsgruppen den hører til.',
  'Keep a second copy of data and state, and back them up.':
    'Ha en kopi til av data og tilstand, og sikkerhetskopier dem.',
  'Properties that depend on a condition.': 'Egenskaper som avhenger av en betingelse.',
  'Node metadata': 'Nodens metadata',
  'Settings for the whole service and defaults for all pipes.':
    'Innstillinger for hele tjenesten og standarder for alle piper.',
  'Always "node".': 'Alltid "node".',
  'Always "metadata".': 'Alltid "metadata".',
  'Use namespaces in all pipes that do not say otherwise.': 'Bruk navnerom i alle piper som ikke sier noe annet.',
  'What namespaces stand for.': 'Hva navnerommene står for.',
  'The URI of each namespace, by its name.': 'URI-en til hvert navnerom, etter navn.',
  'Defaults for all pipes.': 'Standarder for alle piper.',
  'Run pipes between datasets as soon as their input changes.':
    'Kjør piper mellom datasett straks inndataene deres endres.',
  'Compact while writing, or once a day.': 'Kompakter mens det skrives, eller én gang om dagen.',
  'The same for execution logs.': 'Det samme for kjørelogger.',
  'Compact when a dataset has grown by this factor.': 'Kompakter når et datasett har vokst med denne faktoren.',
  'The largest entity that may be stored, in bytes.': 'Den største entiteten som kan lagres, i byte.',
  'Run pipes at the start whose dataset was never filled.':
    'Kjør ved start de pipene som aldri har fylt datasettet sitt.',
  'Infer the schema of entities.': 'Utled skjemaet til entiteter.',
  'Refuse a configuration that removes many components.': 'Avvis en konfigurasjon som fjerner mange komponenter.',
  'Whether pipes start over by themselves.': 'Om piper begynner på nytt av seg selv.',
  'Whether pipes start over when their configuration changes.':
    'Om piper begynner på nytt når konfigurasjonen deres endres.',
  'Start microservices that no pipe uses.': 'Start mikrotjenester som ingen pipe bruker.',
  'How many entities a merge may combine into one.': 'Hvor mange entiteter en fletting kan slå sammen til én.',
  'Keep an index of $ids in all datasets.': 'Ha en indeks over $ids i alle datasett.',
  'What to do when a source gives nothing.': 'Hva som skjer når en kilde ikke gir noe.',
  'Do not run pipes before their input has been populated.': 'Ikke kjør piper før inndataene deres er fylt.',
  'Use the faster native parts of the service.': 'Bruk de raskere, maskinnære delene av tjenesten.',
  'Check the certificates of servers.': 'Kontroller sertifikatene til servere.',
  'Log requests and answers in the execution log; an object chooses what exactly.':
    'Loggfør forespørsler og svar i kjøreloggen; et objekt velger nøyaktig hva.',
  'Log the headers of requests.': 'Loggfør hodene i forespørsler.',
  'How many bytes of a request to log.': 'Hvor mange byte av en forespørsel som loggføres.',
  'Log the headers of answers.': 'Loggfør hodene i svar.',
  'How many bytes of an answer to log.': 'Hvor mange byte av et svar som loggføres.',
  'How many bytes of each secret to hide; -1 hides all.':
    'Hvor mange byte av hver hemmelighet som skjules; -1 skjuler alle.',
  'The scheduler.': 'Planleggeren.',
  'Do not run pipes by schedule.': 'Ikke kjør piper etter tidsplan.',
  'Do not run any pipe by schedule.': 'Ikke kjør noen pipe etter tidsplan.',
  'The schema models that the pipe belongs to; made of its place by default.':
    'Skjemamodellene som pipen hører til; følger av plasseringen når de ikke er satt.',
  'A name for people; made of the name of the pipe when absent.':
    'Et navn for mennesker; lages av navnet på pipen når det ikke er satt.',
  'Only shows where the data comes from; the source does not use it.':
    'Viser bare hvor dataene kommer fra; kilden bruker det ikke.',
  'Backups of the service.': 'Sikkerhetskopier av tjenesten.',
  'Seconds between backups.': 'Sekunder mellom sikkerhetskopier.',
  Pump: 'Pumpe',
  'When the pipe runs, and what happens when something goes wrong.':
    'Når pipen kjører, og hva som skjer når noe går galt.',
  'Run by schedule, only when started by hand, or never.':
    'Kjør etter tidsplan, bare når den startes for hånd, eller aldri.',
  'Seconds between runs. By default 30 for internal pipes, 900 for pipes that read from or write to the outside.':
    'Sekunder mellom kjøringer. Som standard 30 for interne piper, 900 for piper som leser fra eller skriver til noe utenfor.',
  'When to run, as a cron expression; takes precedence over the interval.':
    'Når den skal kjøre, som et cron-uttrykk; går foran intervallet.',
  'Also run when the service starts.': 'Kjør også når tjenesten starter.',
  'Also run at the start while the dataset was never filled.': 'Kjør også ved start så lenge datasettet aldri er fylt.',
  'When to read everything again, as a cron expression.': 'Når alt skal leses på nytt, som et cron-uttrykk.',
  'The number of runs after which everything is read again.': 'Antall kjøringer før alt leses på nytt.',
  'The number of runs after which the last part is read again.': 'Antall kjøringer før siste del leses på nytt.',
  'How far to go back: positions, or seconds where positions are times.':
    'Hvor langt tilbake: posisjoner, eller sekunder der posisjoner er tider.',
  'How many times to try again when reading fails.': 'Hvor mange ganger det prøves på nytt når lesing feiler.',
  'How long to wait before reading again.': 'Hvor lenge det ventes før det leses igjen.',
  'How long to wait before writing again. Here payloads are kept instead of sent, so waiting has no effect.':
    'Hvor lenge det ventes før det skrives igjen. Her lagres det som skulle sendes, i stedet for å sendes, så det hjelper ingen å vente.',
  'How many times an entity that could not be written is tried again.':
    'Hvor mange ganger en entitet som ikke kunne skrives, prøves på nytt.',
  'After how many write errors in a row the run ends.': 'Etter hvor mange skrivefeil på rad kjøringen slutter.',
  'How many failed entities may wait for another try; 0 for none.':
    'Hvor mange entiteter som feilet, kan vente på et nytt forsøk; 0 for ingen.',
  'How many times a batch is tried again.': 'Hvor mange ganger en batch prøves på nytt.',
  'Try the entities of a failed batch one by one.': 'Prøv entitetene i en batch som feilet, én for én.',
  'The dataset for entities that could not be written after all tries; one of its own for each pipe.':
    'Datasettet for entiteter som ikke kunne skrives etter alle forsøk; et eget for hver pipe.',
  'Keep entities that could not be written.': 'Ta vare på entiteter som ikke kunne skrives.',
  'Name the dataset in dead_letter_dataset.': 'Nevn datasettet i dead_letter_dataset.',
  'Remove a dead letter when a later version could be written.':
    'Fjern en entitet herfra når en senere versjon kunne skrives.',
  'Fail when entities take longer than this on average; to find slow ones.':
    'Feil når entiteter i snitt tar lengre tid enn dette; for å finne trege.',
  'Also log runs that changed nothing.': 'Loggfør også kjøringer som ikke endret noe.',
  'Whether a run without changes counts as one without work.':
    'Om en kjøring uten endringer teller som en uten arbeid.',
  'The longest time without a logged run, in seconds.': 'Loggfør en kjøring minst hvert så mange sekund.',
  'Make up for a run that was missed.': 'Ta igjen en kjøring som ble hoppet over.',
  'A remark for people who read the configuration; it changes nothing.':
    'En merknad for dem som leser konfigurasjonen; den endrer ingenting.',
}
