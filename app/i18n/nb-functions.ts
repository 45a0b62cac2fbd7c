/** What DTL functions do in Norwegian, by the English words of their declarations. */
export const nbFunctions: Readonly<Record<string, string>> = {
  'Writes a value to a property of the target.': 'Skriver en verdi til en egenskap i målet.',
  'A property that is already there is replaced; null is written too. The property may be computed, and may be several names. With namespaced identifiers on, a name without namespace gets the property namespace of the pipe; “::name” is taken as it is. Text written to “_id” gets the identity namespace.':
    'En egenskap som allerede finnes, erstattes; også null skrives. Egenskapen kan beregnes, og kan være flere navn. Med navnerom på får et navn uten navnerom pipens navnerom for egenskaper; «::navn» tas som det er. Tekst som skrives til «_id», får navnerommet for identiteter.',
  'Writes a value to a property of the target when a condition holds for the value.':
    'Skriver en verdi til en egenskap i målet når en betingelse holder for verdien.',
  '“_.” in the condition is the whole value. Without a condition every value but null is written, also an empty list. With namespaced identifiers on, a name without namespace gets the property namespace of the pipe; “::name” is taken as it is. Text written to “_id” gets the identity namespace.':
    '«_.» i betingelsen er hele verdien. Uten betingelse skrives alle verdier unntatt null, også en tom liste. Med navnerom på får et navn uten navnerom pipens navnerom for egenskaper; «::navn» tas som det er. Tekst som skrives til «_id», får navnerommet for identiteter.',
  'Writes a value to a property of the target unless the target has the property.':
    'Skriver en verdi til en egenskap i målet med mindre målet har egenskapen.',
  'A property that holds null is there. With namespaced identifiers on, a name without namespace gets the property namespace of the pipe; “::name” is taken as it is. Text written to “_id” gets the identity namespace.':
    'En egenskap som inneholder null, finnes. Med navnerom på får et navn uten navnerom pipens navnerom for egenskaper; «::navn» tas som det er. Tekst som skrives til «_id», får navnerommet for identiteter.',
  'Copies properties of the source to the target.': 'Kopierer egenskaper fra kilden til målet.',
  'Patterns may hold “*” (any text) and “?” (one character) and match whole names; several are written as a list. Excluded names take precedence. With namespaced identifiers on, a pattern without colon matches the name in every namespace; otherwise the part before the last colon matches the namespace.':
    'Mønstre kan ha «*» (hvilken som helst tekst) og «?» (ett tegn) og gjelder hele navn; flere skrives som en liste. Utelatte navn går foran. Med navnerom på treffer et mønster uten kolon navnet i alle navnerom; ellers gjelder delen før det siste kolonet navnerommet.',
  'Removes properties from the target.': 'Fjerner egenskaper fra målet.',
  'The pattern may hold “*” and “?” and matches whole names. A pattern with either never removes “_id”. With namespaced identifiers on, a pattern without colon matches the name in every namespace.':
    'Mønsteret kan ha «*» og «?» og gjelder hele navn. Et mønster med en av dem fjerner aldri «_id». Med navnerom på treffer et mønster uten kolon navnet i alle navnerom.',
  'Copies a property of the source to the target under another name.':
    'Kopierer en egenskap fra kilden til målet under et annet navn.',
  'Nothing happens where the source lacks the property. With namespaced identifiers on, a new name without namespace keeps the namespace of each property found; a qualified new name collects them all in one list.':
    'Ingenting skjer der kilden mangler egenskapen. Med navnerom på beholder et nytt navn uten navnerom navnerommet til hver egenskap som finnes; et nytt navn med navnerom samler dem alle i én liste.',
  'Writes the values of a source property to the target as namespaced identifiers.':
    'Skriver verdiene av en kildeegenskap til målet som identifikatorer med navnerom.',
  'Texts and integers become identifiers, in sorted order; nothing is written when there are none. Without a new name the property gets “-ni” at the end. With namespaced identifiers on, properties keep their namespaces unless the new name is qualified.':
    'Tekster og heltall blir identifikatorer, i sortert rekkefølge; ingenting skrives når det ikke er noen. Uten nytt navn får egenskapen «-ni» til slutt. Med navnerom på beholder egenskaper navnerommene sine, med mindre det nye navnet har et.',
  'Copies all properties of dictionaries to the target; later ones win.':
    'Kopierer alle egenskaper fra ordbøker til målet; senere vinner.',
  'Properties of the dictionaries that begin with “_” are left out, so “_id” stays as it is.':
    'Egenskaper i ordbøkene som begynner med «_», utelates, så «_id» forblir uendret.',
  'Copies all properties of dictionaries to the target; where a property is already there, the values become a list.':
    'Kopierer alle egenskaper fra ordbøker til målet; der en egenskap allerede finnes, blir verdiene til en liste.',
  'Equal values are kept once. Properties of the dictionaries that begin with “_” are left out.':
    'Like verdier beholdes én gang. Egenskaper i ordbøkene som begynner med «_», utelates.',
  'Emits entities in addition to the target.': 'Sender ut entiteter i tillegg til målet.',
  'Each value must be a dictionary with a text “_id”. What is created stays, even when the target is filtered or discarded afterwards.':
    'Hver verdi må være en ordbok med en tekst som «_id». Det som opprettes, blir stående, også når målet filtreres eller forkastes etterpå.',
  'The target stays as it is; “log-1” is emitted in addition.': 'Målet forblir uendret; «log-1» sendes ut i tillegg.',
  'Adds entities to the children of the target.': 'Legger entiteter til barna av målet.',
  'They are kept in “$children”. A dataset sink compares them with the earlier version, so that children which are gone are deleted; the “emit_children” transform emits them as entities of their own.':
    'De holdes i «$children». En dataset-sink sammenligner dem med den tidligere versjonen, så barn som er borte, blir slettet; transformen «emit_children» sender dem ut som egne entiteter.',
  'Runs some transforms when a condition is true, and others when it is not.':
    'Utfører noen transformer når en betingelse er sann, og andre når den ikke er det.',
  'Only null, false and the empty list count as not true. Several transforms are wrapped in a list, which may be empty.':
    'Bare null, false og den tomme listen teller som ikke sant. Flere transformer pakkes i en liste, som kan være tom.',
  'Runs the transforms of the first condition that is true.':
    'Utfører transformene til den første betingelsen som er sann.',
  'Conditions and transforms come in pairs; transforms at the end without a condition are run when none was true.':
    'Betingelser og transformer kommer parvis; transformer til slutt uten betingelse utføres når ingen var sann.',
  'Runs the transforms of the first value that equals a given one.':
    'Utfører transformene til den første verdien som er lik en gitt verdi.',
  'Values and transforms come in pairs; transforms at the end without a value are run when none was equal.':
    'Verdier og transformer kommer parvis; transformer til slutt uten verdi utføres når ingen var lik.',
  'Continues only when a condition is true; otherwise the entity is filtered out.':
    'Fortsetter bare når en betingelse er sann; ellers filtreres entiteten bort.',
  'The condition says what to keep. A dataset sink deletes what it had of a filtered entity. In an applied rule only the value at hand is dropped. Entities created before stay.':
    'Betingelsen sier hva som skal beholdes. En dataset-sink sletter det den hadde av en filtrert entitet. I en brukt regel faller bare verdien det gjelder bort. Entiteter som er opprettet før, blir stående.',
  'Continues only when a condition is true; otherwise the entity is discarded without a trace.':
    'Fortsetter bare når en betingelse er sann; ellers forkastes entiteten uten spor.',
  'Unlike “filter”, nothing reaches the sink, so what it had of the entity stays there. Use it only for entities that were never sent.':
    'I motsetning til «filter» kommer ingenting til sinken, så det den hadde av entiteten, blir værende der. Bruk det bare for entiteter som aldri er sendt.',
  'Holds a comment and does nothing.': 'Inneholder en kommentar og gjør ingenting.',
  'Transforms inside it are not run, so they can be turned off this way.':
    'Transformer inni utføres ikke, så de kan slås av på denne måten.',
  'Makes the pump fail with a message.': 'Får pumpen til å feile med en melding.',
  'Makes the pump fail and trips the circuit breaker of the sink dataset.':
    'Får pumpen til å feile og utløser sikringen til sink-datasettet.',
  'Pauses for some seconds.': 'Venter noen sekunder.',
  'Each entity pauses separately, and other pipes may have to wait.':
    'Hver entitet venter for seg, og andre piper må kanskje vente.',
  'Is true when all conditions are.': 'Er sant når alle betingelser er det.',
  'Stops at the first that is not. Everything counts as true except false, null and the empty list; zero and the empty text are true.':
    'Stopper ved den første som ikke er det. Alt teller som sant unntatt false, null og den tomme listen; 0 og den tomme teksten er sanne.',
  'A missing property is null.': 'En egenskap som mangler, er null.',
  'Is true when at least one condition is.': 'Er sant når minst én betingelse er det.',
  'Stops at the first that is. Everything counts as true except false, null and the empty list; zero and the empty text are true.':
    'Stopper ved den første som er det. Alt teller som sant unntatt false, null og den tomme listen; 0 og den tomme teksten er sanne.',
  'Is true when the condition is not; of several, when not all are.':
    'Er sant når betingelsen ikke er det; av flere: når ikke alle er det.',
  'With several conditions it is the opposite of `and`. Everything counts as true except false, null and the empty list; zero and the empty text are true.':
    'Med flere betingelser er det motsatt av `and`. Alt teller som sant unntatt false, null og den tomme listen; 0 og den tomme teksten er sanne.',
  'Zero counts as true.': '0 teller som sant.',
  'Is true when every value of a list meets a condition.': 'Er sant når hver verdi i en liste oppfyller en betingelse.',
  'Without a condition the values themselves count. True for a list without values. Everything counts as true except false, null and the empty list; zero and the empty text are true.':
    'Uten betingelse teller verdiene selv. Sant for en liste uten verdier. Alt teller som sant unntatt false, null og den tomme listen; 0 og den tomme teksten er sanne.',
  'Is true when at least one value of a list meets a condition.':
    'Er sant når minst én verdi i en liste oppfyller en betingelse.',
  'Without a condition the values themselves count. False for a list without values. Everything counts as true except false, null and the empty list; zero and the empty text are true.':
    'Uten betingelse teller verdiene selv. Usant for en liste uten verdier. Alt teller som sant unntatt false, null og den tomme listen; 0 og den tomme teksten er sanne.',
  'Turns the texts "true" and "false" into booleans.': 'Gjør tekstene "true" og "false" om til sannhetsverdier.',
  'Upper and lower case do not matter, and booleans stay as they are. Nothing else can be converted, not even numbers. Null alone stays null, and is left out of a list. A value that cannot be converted is left out of a list and gives null alone; with a default, the default is used instead.':
    'Det skilles ikke mellom store og små bokstaver, og sannhetsverdier forblir uendret. Ingenting annet kan gjøres om, heller ikke tall. Null alene forblir null, og utelates fra en liste. En verdi som ikke kan gjøres om, utelates fra en liste og gir null alene; med en standardverdi brukes den i stedet.',
  'The default decides about other texts.': 'Standardverdien bestemmer over andre tekster.',
  'Tells whether a value is a boolean.': 'Sier om en verdi er en sannhetsverdi.',
  'Only the first value of a list counts. Null is not a boolean. The text "true" is a text.':
    'Bare den første verdien i en liste teller. Null er ikke en sannhetsverdi. Teksten "true" er en tekst.',
  'Turns texts into bytes, in UTF-8.': 'Gjør tekster om til byte, i UTF-8.',
  'Values that are not text are left out.': 'Verdier som ikke er tekst, utelates.',
  'Writes bytes as base64 text.': 'Skriver byte som base64-tekst.',
  'Only bytes are taken, other values are left out; turn a text into bytes first.':
    'Bare byte tas, andre verdier utelates; gjør en tekst om til byte først.',
  'Reads base64 text as bytes.': 'Leser base64-tekst som byte.',
  'What is not text or not base64 is left out. Use `string` to get the text that the bytes hold.':
    'Det som ikke er tekst eller ikke base64, utelates. Bruk `string` for å få teksten som bytene inneholder.',
  'Tells whether a value is bytes.': 'Sier om en verdi er byte.',
  'Only the first value of a list counts. Null is not bytes.':
    'Bare den første verdien i en liste teller. Null er ikke byte.',
  'Tells whether two values are equal.': 'Sier om to verdier er like.',
  'A single value equals a list that holds just this value; longer lists must be the same in order. Numbers are compared by value, whatever their type. Null equals null only. In the conditions of `hops` it joins instead: there one common value is enough.':
    'En enkelt verdi er lik en liste som bare har denne verdien; lengre lister må være like i rekkefølge. Tall sammenlignes etter verdi, uansett type. Null er bare lik null. I betingelsene til `hops` kobler den i stedet: der er én felles verdi nok.',
  'Tells whether two values differ.': 'Sier om to verdier er ulike.',
  'The opposite of `eq`. A single value equals a list that holds just this value; longer lists must be the same in order. Numbers are compared by value, whatever their type. Null equals null only.':
    'Det motsatte av `eq`. En enkelt verdi er lik en liste som bare har denne verdien; lengre lister må være like i rekkefølge. Tall sammenlignes etter verdi, uansett type. Null er bare lik null.',
  'Tells whether the first value is greater than the second.': 'Sier om den første verdien er større enn den andre.',
  'If one is a list, its first value is compared. Values of different types, and null, are neither greater nor less, so the result is false.':
    'Er en av dem en liste, sammenlignes den første verdien. Verdier av ulik type, og null, er verken større eller mindre, så resultatet er usant.',
  'Texts are compared letter by letter.': 'Tekster sammenlignes bokstav for bokstav.',
  'Tells whether the first value is greater than the second or equal to it.':
    'Sier om den første verdien er større enn eller lik den andre.',
  'Only the first value counts.': 'Bare den første verdien teller.',
  'Tells whether the first value is less than the second.': 'Sier om den første verdien er mindre enn den andre.',
  'Tells whether the first value is less than the second or equal to it.':
    'Sier om den første verdien er mindre enn eller lik den andre.',
  'A text and a number have no order between them.': 'En tekst og et tall har ingen rekkefølge seg imellom.',
  'Gives one value when a condition is true and another value when it is not.':
    'Gir én verdi når en betingelse er sann, og en annen når den ikke er det.',
  'Only null, false and an empty list count as not true; 0, an empty text and an empty dictionary count as true. Without a second value the result is null when the condition is not true. Only the value that is chosen is computed.':
    'Bare null, false og en tom liste teller som ikke sant; 0, en tom tekst og en tom ordbok teller som sant. Uten en andre verdi er resultatet null når betingelsen ikke er sann. Bare verdien som velges, beregnes.',
  'An empty list is not true.': 'En tom liste er ikke sann.',
  'Zero is a value like any other, so it counts as true.': '0 er en verdi som andre, så den teller som sann.',
  'Tries conditions from the first to the last and gives the value that belongs to the first one that is true.':
    'Prøver betingelser fra den første til den siste og gir verdien som hører til den første som er sann.',
  'Conditions and values alternate. One value more at the end is the result when no condition is true; without it the result is null. Later conditions are not computed once one was true.':
    'Betingelser og verdier veksler. Én verdi til på slutten er resultatet når ingen betingelse er sann; uten den er resultatet null. Senere betingelser beregnes ikke når én var sann.',
  'Compares one value with others in turn and gives the result that belongs to the first equal one.':
    'Sammenligner én verdi med andre etter tur og gir resultatet som hører til den første like.',
  'Values to compare with and their results alternate. One value more at the end is the result when nothing was equal; without it the result is null. Text and numbers are never equal to each other.':
    'Verdier å sammenligne med og resultatene deres veksler. Én verdi til på slutten er resultatet når ingenting var likt; uten den er resultatet null. Tekst og tall er aldri like.',
  'A list with one value equals that value.': 'En liste med én verdi er lik den verdien.',
  'Makes a dictionary from keys and values.': 'Lager en ordbok av nøkler og verdier.',
  'Keys and values alternate; or one argument gives a list of pairs, each a list of a key and a value. Where a key comes twice the last value counts. Pairs whose key is not text are left out. Without arguments it is empty.':
    'Nøkler og verdier veksler; eller ett argument gir en liste av par, hvert en liste med en nøkkel og en verdi. Kommer en nøkkel to ganger, teller den siste verdien. Par der nøkkelen ikke er tekst, utelates. Uten argumenter er den tom.',
  'Tells whether a value is a dictionary.': 'Sier om en verdi er en ordbok.',
  'Only the first value of a list counts. Entities are dictionaries.':
    'Bare den første verdien i en liste teller. Entiteter er ordbøker.',
  'Tells whether a dictionary has a key, whatever its value.': 'Sier om en ordbok har en nøkkel, uansett verdien.',
  'Null when the value is not a dictionary. Only the first value of a list counts.':
    'Null når verdien ikke er en ordbok. Bare den første verdien i en liste teller.',
  'A key whose value is null is there.': 'En nøkkel med verdien null finnes.',
  'Gives the keys of dictionaries as a list.': 'Gir nøklene i ordbøker som en liste.',
  'The keys of several dictionaries come one after the other, repeated ones too.':
    'Nøklene i flere ordbøker kommer etter hverandre, også de som gjentas.',
  'Gives the values of dictionaries as a list.': 'Gir verdiene i ordbøker som en liste.',
  'The values of several dictionaries come one after the other. A value that is a list stays one element.':
    'Verdiene i flere ordbøker kommer etter hverandre. En verdi som er en liste, forblir ett element.',
  'Gives the pairs of dictionaries as a list of lists: each a key and its value.':
    'Gir parene i ordbøker som en liste av lister: hver en nøkkel og verdien dens.',
  '`dict` makes a dictionary of such a list again. `key-values` names the two parts instead.':
    '`dict` lager en ordbok av en slik liste igjen. `key-values` gir de to delene navn i stedet.',
  'Gives the pairs of dictionaries as a list of dictionaries with “key” and “value”.':
    'Gir parene i ordbøker som en liste av ordbøker med «key» og «value».',
  'A single dictionary that has just one pair gives that pair alone, not in a list.':
    'En enkelt ordbok som har bare ett par, gir det paret alene, ikke i en liste.',
  'Follows property names into dictionaries and gives the values found there.':
    'Følger egenskapsnavn inn i ordbøker og gir verdiene som finnes der.',
  'It goes through lists at every step and puts all values found in one list; null when there is nothing. Names may be computed, which a path such as "_S.a.b" cannot. With namespaced identifiers a name without a namespace finds the property in every namespace. An empty list of names gives the values themselves.':
    'Går gjennom lister på hvert steg og samler alle verdier som finnes, i én liste; null når det ikke er noe. Navn kan beregnes, og det kan de ikke i en sti som "_S.a.b". Med navnerom på finner et navn uten navnerom egenskapen i alle navnerom. En tom liste av navn gir verdiene selv.',
  'The name comes from the data.': 'Navnet kommer fra dataene.',
  'With namespaces on, the name is found in all of them.': 'Med navnerom på finnes navnet i alle.',
  'Puts the property names of dictionaries into a namespace, also in the dictionaries inside them.':
    'Setter egenskapsnavn i ordbøker inn i et navnerom, også i ordbøkene inni dem.',
  'Names that begin with _ or $ stay, with all that is inside them; names that have a namespace keep it. The value of _id gets the namespace in front. A dictionary of settings says it in detail: property_namespace and identity_namespace (null adds none; left out, the namespaces of the pipe), skip_underscore, skip_dollar and recursive (true when left out).':
    'Navn som begynner med _ eller $, forblir uendret, med alt inni; navn som har et navnerom, beholder det. Verdien av _id får navnerommet foran. En ordbok med innstillinger sier det i detalj: property_namespace og identity_namespace (null legger ikke til noe; utelatt: pipens navnerom), skip_underscore, skip_dollar og recursive (sant når utelatt).',
  'Removes the namespaces from the property names of dictionaries, also in the dictionaries inside them.':
    'Fjerner navnerommene fra egenskapsnavn i ordbøker, også i ordbøkene inni dem.',
  'Values stay as they are. Where two names become the same, the last one counts.':
    'Verdier forblir uendret. Der to navn blir like, teller det siste.',
  'Finds entities of other datasets by joins, and gives them as a list.':
    'Finner entiteter i andre datasett med koblinger, og gir dem som en liste.',
  'In “where”, an “eq” between two aliases (“_S” is one) is a join and succeeds when any values overlap; everything else filters. Deleted entities and nulls never join. Every alias must be reached from the source. Without “return” the entities of the last alias are given; “return” takes aliases, an expression, or a dictionary with expressions. “recurse” feeds the output back, at most “max_depth” (10) times. Several specifications follow one another. Changes in the datasets are tracked unless “track-dependencies” is false.':
    'I «where» er en «eq» mellom to alias («_S» er ett) en kobling og treffer når minst én verdi er felles; alt annet filtrerer. Slettede entiteter og null treffer aldri. Hvert alias må nås fra kilden. Uten «return» gis entitetene til det siste aliaset; «return» tar alias, et uttrykk eller en ordbok med uttrykk. «recurse» sender resultatet inn igjen, høyst «max_depth» (10) ganger. Flere spesifikasjoner følger etter hverandre. Endringer i datasettene følges, med mindre «track-dependencies» er false.',
  'Everybody below, however deep.': 'Alle under, uansett hvor dypt.',
  'Finds entities of other datasets like “hops” and applies a rule to each of them.':
    'Finner entiteter i andre datasett som «hops» og bruker en regel på hver av dem.',
  'The result is always a list. In the rule, “_S” is the value found and “_P” the caller. Rules that have hops themselves can only be applied with this function.':
    'Resultatet er alltid en liste. I regelen er «_S» verdien som er funnet, og «_P» den som kaller. Regler som selv har hops, kan bare brukes med denne funksjonen.',
  'Gives the entity with an id in another dataset, or null when there is none.':
    'Gir entiteten med en id i et annet datasett, eller null når det ikke er noen.',
  'When that entity changes, the source entity is not processed again; use “hops” if it should be. The dataset must have been filled before.':
    'Når den entiteten endres, behandles ikke kildeentiteten på nytt; bruk «hops» hvis den skal det. Datasettet må være fylt før.',
  'Applies a rule to each of the values and gives the targets.': 'Bruker en regel på hver av verdiene og gir målene.',
  'In the rule, “_S” is the value, “_T” starts empty, “_P” is the caller. One value gives one dictionary, a list gives a list. Values that the rule filters are left out. A rule with hops needs “apply-hops”.':
    'I regelen er «_S» verdien, «_T» begynner tom, «_P» er den som kaller. Én verdi gir én ordbok, en liste gir en liste. Verdier som regelen filtrerer, utelates. En regel med hops trenger «apply-hops».',
  'Writes values as JSON text.': 'Skriver verdier som JSON-tekst.',
  'Values that JSON has no type for become plain texts, without their tags. Keys are sorted; a space follows each comma and colon. Null becomes the text "null".':
    'Verdier som JSON ikke har noen type for, blir vanlige tekster uten merkene sine. Nøkler sorteres; etter hvert komma og kolon kommer et mellomrom. Null blir teksten "null".',
  'Writes values as JSON text that keeps their types.': 'Skriver verdier som JSON-tekst som beholder typene.',
  'Dates, identifiers, decimals and the like are written with their transit tags. Keys are sorted; a space follows each comma and colon. Null becomes the text "null".':
    'Datoer, identifikatorer, desimaltall og liknende skrives med transit-merkene sine. Nøkler sorteres; etter hvert komma og kolon kommer et mellomrom. Null blir teksten "null".',
  'Reads JSON texts as values; texts with transit tags stay texts.':
    'Leser JSON-tekster som verdier; tekster med transit-merker forblir tekster.',
  'What is not text, or not JSON, is left out of a list and gives null alone; with a default, the default is used instead. The JSON text "null" gives null, which is not a failure.':
    'Det som ikke er tekst, eller ikke JSON, utelates fra en liste og gir null alene; med en standardverdi brukes den i stedet. JSON-teksten "null" gir null, og det er ingen feil.',
  'Reads JSON texts as values, with the types that transit tags give them.':
    'Leser JSON-tekster som verdier, med typene som transit-merkene gir dem.',
  'Computes something for each value of a list and gives the list of results.':
    'Beregner noe for hver verdi i en liste og gir listen av resultater.',
  'The result is always a list with as many elements as there were values; null gives an empty list.':
    'Resultatet er alltid en liste med like mange elementer som det var verdier; null gir en tom liste.',
  'Keeps the values of a list for which a condition is true.':
    'Beholder verdiene i en liste som oppfyller en betingelse.',
  'The result is always a list, in the same order; null gives an empty list.':
    'Resultatet er alltid en liste, i samme rekkefølge; null gir en tom liste.',
  'Removes repeated values from a list; the first of equal values is kept.':
    'Fjerner gjentatte verdier fra en liste; den første av like verdier beholdes.',
  'With an expression, values are repeated when it gives the same result for them; the values themselves are kept as they are. A single value is given as it is.':
    'Med et uttrykk er verdier gjentatt når det gir samme resultat for dem; verdiene selv beholdes uendret. En enkelt verdi gis som den er.',
  'Numbers values: each becomes a dictionary of its number (key) and itself (value).':
    'Nummererer verdier: hver blir en ordbok av nummeret (key) og seg selv (value).',
  'Numbers begin at 0 unless a start is given. A list gives a list, a single value a single dictionary.':
    'Numrene begynner på 0 når ingen start er gitt. En liste gir en liste, en enkelt verdi en enkelt ordbok.',
  'Groups values by a computed key and gives a list of pairs: the key, and the list of what is kept of its values.':
    'Grupperer verdier etter en beregnet nøkkel og gir en liste av par: nøkkelen, og listen av det som beholdes av verdiene.',
  'Keys may be of any type and come in the order of their first value. `dict` turns pairs with text keys into a dictionary.':
    'Nøkler kan være av enhver type og kommer i rekkefølgen til sin første verdi. `dict` gjør par med tekstnøkler om til en ordbok.',
  'Groups values by a computed key and gives a dictionary of lists, one for each key.':
    'Grupperer verdier etter en beregnet nøkkel og gir en ordbok av lister, én for hver nøkkel.',
  'The keys of the dictionary are the JSON text of the computed keys, so the text A becomes "A" with its quotes. A string function makes the keys instead, from the computed key, which is "_." in it; values whose key it does not turn into text are left out. Without a key function equal values are grouped.':
    'Nøklene i ordboken er JSON-teksten av de beregnede nøklene, så teksten A blir "A" med anførselstegn. En tekstfunksjon lager nøklene i stedet, av den beregnede nøkkelen, som er "_." i den; verdier der den ikke gjør nøkkelen om til tekst, utelates. Uten nøkkelfunksjon grupperes like verdier.',
  'Text keys carry quotes.': 'Tekstnøkler har anførselstegn.',
  'Computes something for each value inside dictionaries and gives the list of results.':
    'Beregner noe for hver verdi inni ordbøker og gir listen av resultater.',
  'The values of all dictionaries come in one list. What is not a dictionary is left out.':
    'Verdiene i alle ordbøker kommer i én liste. Det som ikke er en ordbok, utelates.',
  'Makes new dictionaries by computing each key and each value anew.':
    'Lager nye ordbøker ved å beregne hver nøkkel og hver verdi på nytt.',
  'A pair whose new key is not a text is left out, and so is a dictionary that has no pairs left. One dictionary gives one dictionary, a list gives a list. What is not a dictionary is left out.':
    'Et par der den nye nøkkelen ikke er en tekst, utelates, og det samme gjør en ordbok som ikke har par igjen. Én ordbok gir én ordbok, en liste gir en liste. Det som ikke er en ordbok, utelates.',
  'The second dictionary has no pairs left.': 'Den andre ordboken har ingen par igjen.',
  'Sorts the values of a list, the smallest first.': 'Sorterer verdiene i en liste, den minste først.',
  'Repeated values are kept, and equal ones keep their order. A single value is given as it is. Values of different types are ordered by type: null, booleans, numbers, dates, UUIDs, namespaced identifiers, URIs, texts, dictionaries, lists, bytes. Text is ordered by character code, so upper case comes before lower case.':
    'Gjentatte verdier beholdes, og like verdier beholder rekkefølgen seg imellom. En enkelt verdi gis som den er. Verdier av ulik type ordnes etter type: null, sannhetsverdier, tall, datoer, UUID-er, identifikatorer med navnerom, URI-er, tekster, ordbøker, lister, byte. Tekst ordnes etter tegnkode, så store bokstaver kommer før små.',
  'Sorts the values of a list, the greatest first.': 'Sorterer verdiene i en liste, den største først.',
  'Reverses a list, the last value first.': 'Snur en liste, den siste verdien først.',
  'A single value is given as it is.': 'En enkelt verdi gis som den er.',
  'Gives the smallest value of a list.': 'Gir den minste verdien i en liste.',
  'The first one if several are equally small; null when the list is empty. Values of different types are ordered by type: null, booleans, numbers, dates, UUIDs, namespaced identifiers, URIs, texts, dictionaries, lists, bytes. Text is ordered by character code, so upper case comes before lower case.':
    'Den første hvis flere er like små; null når listen er tom. Verdier av ulik type ordnes etter type: null, sannhetsverdier, tall, datoer, UUID-er, identifikatorer med navnerom, URI-er, tekster, ordbøker, lister, byte. Tekst ordnes etter tegnkode, så store bokstaver kommer før små.',
  'Gives the greatest value of a list.': 'Gir den største verdien i en liste.',
  'The first one if several are equally great; null when the list is empty. Values of different types are ordered by type: null, booleans, numbers, dates, UUIDs, namespaced identifiers, URIs, texts, dictionaries, lists, bytes. Text is ordered by character code, so upper case comes before lower case.':
    'Den første hvis flere er like store; null når listen er tom. Verdier av ulik type ordnes etter type: null, sannhetsverdier, tall, datoer, UUID-er, identifikatorer med navnerom, URI-er, tekster, ordbøker, lister, byte. Tekst ordnes etter tegnkode, så store bokstaver kommer før små.',
  'Adds up the numbers in a list.': 'Legger sammen tallene i en liste.',
  'What is not a number is left out; without numbers the sum is 0. The most precise type among the numbers is the type of the sum.':
    'Det som ikke er et tall, utelates; uten tall er summen 0. Den mest presise typen blant tallene er typen til summen.',
  'Makes a list of the values given.': 'Lager en liste av verdiene som er gitt.',
  'Lists among them become lists inside the list, and null becomes an element; use `combine` to put lists together.':
    'Lister blant dem blir lister inni listen, og null blir et element; bruk `combine` for å sette lister sammen.',
  'Puts values and lists together into one list.': 'Setter verdier og lister sammen til én liste.',
  'Lists are flattened by one level: a list inside a list stays a list. A value that is null adds nothing.':
    'Lister flates ut med ett nivå: en liste inni en liste forblir en liste. En verdi som er null, legger ikke til noe.',
  'Flattens a list of lists, by one level.': 'Flater ut en liste av lister, med ett nivå.',
  'Values that are not lists stay where they are. A single value gives a list of it, null an empty list.':
    'Verdier som ikke er lister, beholder plassen sin. En enkelt verdi gir en liste av den, null en tom liste.',
  'Only one level is flattened.': 'Bare ett nivå flates ut.',
  'Gives the list of integers from one up to, but not including, another one.':
    'Gir listen av heltall fra ett opp til, men ikke med, et annet.',
  'With a step below 0 it counts downwards. A step of 0 is an error.':
    'Med et steg under 0 telles det nedover. Et steg på 0 er en feil.',
  'Gives the first value of a list.': 'Gir den første verdien i en liste.',
  'Null when the list is empty. A value that is not a list is given as it is.':
    'Null når listen er tom. En verdi som ikke er en liste, gis som den er.',
  'Gives the last value of a list.': 'Gir den siste verdien i en liste.',
  'Gives the value at a position in a list, counted from 0.': 'Gir verdien på en posisjon i en liste, talt fra 0.',
  'A position below 0 counts from the end. Outside the list the result is null. A single value has only position 0.':
    'En posisjon under 0 teller fra slutten. Utenfor listen er resultatet null. En enkelt verdi har bare posisjon 0.',
  'Gives the part of a list from one position up to, but not including, another one.':
    'Gir delen av en liste fra en posisjon opp til, men ikke med, en annen.',
  'Positions count from 0, and from the end when they are below 0; outside the list they mean its beginning or its end. With a stride of 2 every second value is taken, with a stride below 0 the part comes backwards.':
    'Posisjoner telles fra 0, og fra slutten når de er under 0; utenfor listen betyr de begynnelsen eller slutten. Med et steg på 2 tas annenhver verdi, med et steg under 0 kommer delen baklengs.',
  'Puts one value into a list in front of a position.': 'Setter én verdi inn i en liste foran en posisjon.',
  'Positions count from 0, and from the end when they are below 0; beyond the list the value comes first or last. A list that is inserted becomes one element.':
    'Posisjoner telles fra 0, og fra slutten når de er under 0; utenfor listen kommer verdien først eller sist. En liste som settes inn, blir ett element.',
  'Tells whether every one of the values is among the items.': 'Sier om hver av verdiene er blant elementene.',
  'False when there are no values at all. Either side may be a single value instead of a list.':
    'Usant når det ikke er noen verdier i det hele tatt. Hver side kan være en enkelt verdi i stedet for en liste.',
  'All of them must be there.': 'Alle må være der.',
  'Counts the values.': 'Teller verdiene.',
  'The elements of a list are counted; null counts as none, anything else as one.':
    'Elementene i en liste telles; null teller som ingen, alt annet som én.',
  'Tells whether a value is a list.': 'Sier om en verdi er en liste.',
  'An empty list and a list of one value are lists too.': 'En tom liste og en liste med én verdi er også lister.',
  'Tells whether there are no values.': 'Sier om det ikke er noen verdier.',
  'True for null and for an empty list. A single value is not empty, not even an empty text.':
    'Sant for null og for en tom liste. En enkelt verdi er ikke tom, ikke engang en tom tekst.',
  'Tells whether there is at least one value.': 'Sier om det er minst én verdi.',
  'False for null and for an empty list; the opposite of `is-empty`.':
    'Usant for null og for en tom liste; det motsatte av `is-empty`.',
  'Gives what is written there, without computing anything in it.': 'Gir det som står der, uten å beregne noe i det.',
  'For texts that look like paths and for lists that look like calls.':
    'For tekster som likner stier, og for lister som likner kall.',
  'Makes every combination that takes one value from each argument, as a list of lists.':
    'Lager alle kombinasjoner som tar én verdi fra hvert argument, som en liste av lister.',
  'Null is never part of a combination, so there is none when an argument has no value. Compare tuples in a join when two entities belong together by several properties at once.':
    'Null er aldri del av en kombinasjon, så det er ingen når et argument ikke har noen verdi. Sammenlign tupler når to entiteter hører sammen ved flere egenskaper på én gang.',
  'Computes a hash of 128 bits, as an integer, from a text or from bytes; equal input always gives the same hash.':
    'Beregner en hash på 128 bit, som et heltall, av en tekst eller av byte; like inndata gir alltid samme hash.',
  'Good for comparing and for spreading data evenly, not for protecting secrets. Text is hashed as UTF-8. Values that are neither text nor bytes are left out.':
    'Bra til å sammenligne og til å spre data jevnt, ikke til å beskytte hemmeligheter. Tekst hashes som UTF-8. Verdier som verken er tekst eller byte, utelates.',
  'Another seed gives another hash.': 'En annen startverdi gir en annen hash.',
  'Tells whether something computed from the source entity differs from what its previous version gives.':
    'Sier om noe som beregnes av kildeentiteten, er et annet enn det den forrige versjonen gir.',
  'Null when there is no previous version, or when the source keeps none because it is not a dataset. True when one of the two versions is deleted. It looks at versions in the source, which the pipe need not have seen one by one, so it says nothing certain about what the sink holds; what depends on it is not computed again when that changes.':
    'Null når det ikke er noen forrige versjon, eller når kilden ikke tar vare på den fordi den ikke er et datasett. Sant når en av de to versjonene er slettet. Den ser på versjoner i kilden, og pipen trenger ikke å ha sett dem én for én, så den sier ikke noe sikkert om hva sinken har; det som avhenger av den, beregnes ikke på nytt når det endrer seg.',
  'There is nothing to compare with.': 'Det er ikke noe å sammenligne med.',
  'Gives the moment up to which a dataset was complete, as recorded in another dataset.':
    'Gir tidspunktet et datasett var komplett til, slik det er registrert i et annet datasett.',
  'Pipes pass these moments on when they run, so a dataset further down may know an older one. Null when either dataset is unknown, or when the first has no record of the second.':
    'Piper sender disse tidspunktene videre når de kjører, så et datasett lenger nede kan kjenne et eldre. Null når et av datasettene er ukjent, eller når det første ikke har noe registrert om det andre.',
  'Makes namespaced identifiers of texts.': 'Lager identifikatorer med navnerom av tekster.',
  'Without a namespace the text is taken as it is. URIs are accepted without a namespace only: the declared namespace of the longest prefix is used, and for an undeclared prefix one named after the pipe and a number, given in the order in which the pipe meets them. Anything else is left out.':
    'Uten navnerom tas teksten som den er. URI-er godtas bare uten navnerom: det oppgitte navnerommet med lengst prefiks brukes, og for et prefiks som ingen har oppgitt, ett med pipens navn og et nummer, gitt i den rekkefølgen pipen møter dem. Alt annet utelates.',
  'Tells whether a value is a namespaced identifier.': 'Sier om en verdi er en identifikator med navnerom.',
  'Only the first value of a list counts. A text with a colon is still a text.':
    'Bare den første verdien i en liste teller. En tekst med kolon er fortsatt en tekst.',
  'Gives the part of namespaced identifiers after the namespace.': 'Gir delen av identifikatorer etter navnerommet.',
  'The namespace ends at the last colon. Texts are read as identifiers too. Anything else is left out.':
    'Navnerommet slutter ved det siste kolonet. Tekster leses også som identifikatorer. Alt annet utelates.',
  'Gives the namespace of namespaced identifiers.': 'Gir navnerommet til identifikatorer.',
  'The namespace ends at the last colon; it is an empty text when there is none. Texts are read as identifiers too. Anything else is left out.':
    'Navnerommet slutter ved det siste kolonet; det er en tom tekst når det ikke er noe. Tekster leses også som identifikatorer. Alt annet utelates.',
  'Makes namespaced identifiers of web addresses, by the namespaces declared in the node metadata.':
    'Lager identifikatorer av nettadresser, etter navnerommene i nodens metadata.',
  'The longest declared prefix counts; an address without one becomes an identifier as it is. What is not an http or https address is left out.':
    'Det lengste oppgitte prefikset teller; en adresse uten et slikt blir en identifikator som den er. Det som ikke er en http- eller https-adresse, utelates.',
  'This prefix is declared from the beginning.': 'Dette prefikset er oppgitt fra begynnelsen.',
  'Makes web addresses of namespaced identifiers, by the namespaces declared in the node metadata.':
    'Lager nettadresser av identifikatorer, etter navnerommene i nodens metadata.',
  'An identifier whose namespace is not declared becomes its plain text. What is not an identifier is left out.':
    'En identifikator med et navnerom som ikke er oppgitt, blir ren tekst. Det som ikke er en identifikator, utelates.',
  'This namespace is declared from the beginning.': 'Dette navnerommet er oppgitt fra begynnelsen.',
  'Gives the first value of a list that is not null.': 'Gir den første verdien i en liste som ikke er null.',
  'With a condition the first value that meets it is given instead; the condition then decides alone, so exclude null in it where null could meet it. Null when there is no such value. The whole list is computed first; `coalesce-args` stops at the first value it finds.':
    'Med en betingelse gis i stedet den første verdien som oppfyller den; betingelsen bestemmer da alene, så utelukk null i den der null kunne oppfylle den. Null når det ikke er noen slik verdi. Hele listen beregnes først; `coalesce-args` stopper ved den første verdien den finner.',
  'Gives the first of its arguments that is not null.': 'Gir det første av argumentene som ikke er null.',
  'Arguments after the first that is not null are not computed at all. An empty list is not null.':
    'Argumenter etter det første som ikke er null, beregnes ikke. En tom liste er ikke null.',
  'An empty list is a value.': 'En tom liste er en verdi.',
  'Gives a value, or another one in its place when it is null.':
    'Gir en verdi, eller en annen i stedet når den er null.',
  'An empty list and a list that begins with null are replaced too. The replacement is computed only when it is needed.':
    'En tom liste og en liste som begynner med null, erstattes også. Erstatningen beregnes bare når den trengs.',
  'Only the first value of a list counts.': 'Bare den første verdien i en liste teller.',
  'Tells whether there is no value.': 'Sier om det ikke er noen verdi.',
  'True for null, for an empty list and for a list whose first value is null; the rest of a list does not matter.':
    'Sant for null, for en tom liste og for en liste der den første verdien er null; resten av en liste har ingen betydning.',
  'An empty text is a value.': 'En tom tekst er en verdi.',
  'Tells whether there is a value.': 'Sier om det er en verdi.',
  'False for null, for an empty list and for a list whose first value is null; the opposite of `is-null`.':
    'Usant for null, for en tom liste og for en liste der den første verdien er null; det motsatte av `is-null`.',
  'Gives every value that is in one list or the other, each only once.':
    'Gir hver verdi som er i den ene eller den andre listen, hver bare én gang.',
  'The values of the first list come first. Either side may be a single value instead of a list; null counts as no values.':
    'Verdiene i den første listen kommer først. Hver side kan være en enkelt verdi i stedet for en liste; null teller som ingen verdier.',
  'Gives the values of the first list that are in the second one too.':
    'Gir verdiene i den første listen som også er i den andre.',
  'Order and repeated values of the first list are kept. Either side may be a single value instead of a list; null counts as no values.':
    'Rekkefølge og gjentatte verdier i den første listen beholdes. Hver side kan være en enkelt verdi i stedet for en liste; null teller som ingen verdier.',
  'Tells whether two lists have at least one value in common.': 'Sier om to lister har minst én verdi felles.',
  'Either side may be a single value instead of a list; null counts as no values.':
    'Hver side kan være en enkelt verdi i stedet for en liste; null teller som ingen verdier.',
  'Gives the values of the first list that are not in the second one.':
    'Gir verdiene i den første listen som ikke er i den andre.',
  'Converts texts to upper case.': 'Gjør tekster om til store bokstaver.',
  'Converts texts to lower case.': 'Gjør tekster om til små bokstaver.',
  'Removes white space, or the characters given, from both ends of texts.':
    'Fjerner blanke tegn, eller de gitte tegnene, fra begge ender av tekster.',
  'Characters inside the text are kept. Values that are not text are left out.':
    'Tegn inni teksten beholdes. Verdier som ikke er tekst, utelates.',
  'Removes white space, or the characters given, from the beginning of texts.':
    'Fjerner blanke tegn, eller de gitte tegnene, fra begynnelsen av tekster.',
  'Removes white space, or the characters given, from the end of texts.':
    'Fjerner blanke tegn, eller de gitte tegnene, fra slutten av tekster.',
  'Pads texts at the end to a certain width.': 'Fyller ut tekster på slutten til de har en viss bredde.',
  'Texts that are long enough stay as they are. Values that are not text are left out. Null when the fill character is not exactly one character.':
    'Tekster som er lange nok, forblir uendret. Verdier som ikke er tekst, utelates. Null når fylltegnet ikke er nøyaktig ett tegn.',
  'Pads texts at the beginning to a certain width.': 'Fyller ut tekster i begynnelsen til de har en viss bredde.',
  'Two characters cannot be used for padding.': 'To tegn kan ikke brukes til å fylle ut.',
  'Replaces every occurrence of a text inside texts by another one.':
    'Erstatter hver forekomst av en tekst inni tekster med en annen.',
  'A dictionary replaces several texts at once: each key by its value, in one pass over the text, so that nothing is replaced twice; where two keys fit, the longer one counts. Upper and lower case differ. Values that are not text are left out.':
    'En ordbok erstatter flere tekster på én gang: hver nøkkel med verdien dens, i én gang gjennom teksten, så ingenting erstattes to ganger; der to nøkler passer, teller den lengste. Det skilles mellom store og små bokstaver. Verdier som ikke er tekst, utelates.',
  'What was put in is not replaced again.': 'Det som er satt inn, erstattes ikke igjen.',
  'Turns values into text.': 'Gjør verdier om til tekst.',
  'Lists inside a list and dictionaries become JSON with sorted keys, bytes are read as UTF-8, and namespaced identifiers, URIs and dates lose their type prefix. Null alone stays null, and is left out of a list.':
    'Lister inni en liste og ordbøker blir JSON med sorterte nøkler, byte leses som UTF-8, og identifikatorer, URI-er og datoer mister typeprefikset. Null alene forblir null, og utelates fra en liste.',
  'Tells whether a value is text.': 'Sier om en verdi er tekst.',
  'Puts texts together into one, without anything between them.': 'Setter tekster sammen til én, uten noe imellom.',
  'Lists of texts are put together too. Values that are not text are left out. Turn numbers into text with `string` first. Without any text the result is an empty text.':
    'Lister av tekster settes også sammen. Verdier som ikke er tekst, utelates. Gjør tall om til tekst med `string` først. Uten tekst er resultatet en tom tekst.',
  'The number is not text and is left out.': 'Tallet er ikke tekst og utelates.',
  'Puts the texts of a list together with a separator between them.':
    'Setter tekstene i en liste sammen med et skilletegn imellom.',
  'Values that are not text are left out. Null when there is no text at all.':
    'Verdier som ikke er tekst, utelates. Null når det ikke er noen tekst i det hele tatt.',
  'Splits texts at a separator.': 'Deler tekster ved et skilletegn.',
  'An empty separator splits between all characters; without a separator, texts are split at white space. The parts of all texts come in one list. Values that are not text are left out.':
    'Et tomt skilletegn deler mellom alle tegn; uten skilletegn deles tekster ved blanke tegn. Delene av alle tekster kommer i én liste. Verdier som ikke er tekst, utelates.',
  'Gives the part of a text from one position up to, but not including, another one.':
    'Gir delen av en tekst fra en posisjon opp til, men ikke med, en annen.',
  'Positions count characters from 0, and from the end when they are below 0; beyond the text they mean its beginning or its end. Values that are not text are left out.':
    'Posisjoner teller tegn fra 0, og fra slutten når de er under 0; utenfor teksten betyr de begynnelsen eller slutten. Verdier som ikke er tekst, utelates.',
  'Counts the characters of a text.': 'Teller tegnene i en tekst.',
  'A list gives the list of lengths; use `count` for the number of values. Values that are not text are left out.':
    'En liste gir listen av lengder; bruk `count` for antall verdier. Verdier som ikke er tekst, utelates.',
  'Tells whether all texts fit a pattern with wildcards.': 'Sier om alle tekster passer til et mønster med jokertegn.',
  'In the pattern * stands for any text, also none, and ? for one character; upper and lower case differ. False when there are no values, or when one of them is not text. Only the first pattern of a list counts.':
    'I mønsteret står * for hvilken som helst tekst, også ingen, og ? for ett tegn; det skilles mellom store og små bokstaver. Usant når det ikke er noen verdier, eller når en av dem ikke er tekst. Bare det første mønsteret i en liste teller.',
  'All of them must fit.': 'Alle må passe.',
  'Turns numbers and texts into integers.': 'Gjør tall og tekster om til heltall.',
  'Floats and decimals lose their fraction; a text must be a whole number. Texts that begin with "0x" are read as hexadecimal in two\'s complement: the first bit is the sign. Null alone stays null, and is left out of a list. A value that cannot be converted is left out of a list and gives null alone; with a default, the default is used instead.':
    'Flyttall og desimaltall mister desimalene; en tekst må være et helt tall. Tekster som begynner med "0x", leses heksadesimalt i toerkomplement: den første biten er fortegnet. Null alene forblir null, og utelates fra en liste. En verdi som ikke kan gjøres om, utelates fra en liste og gir null alene; med en standardverdi brukes den i stedet.',
  'Turns numbers and texts into floats.': 'Gjør tall og tekster om til flyttall.',
  'Floats have about 16 digits, so large integers and long decimals are rounded. Null alone stays null, and is left out of a list. A value that cannot be converted is left out of a list and gives null alone; with a default, the default is used instead.':
    'Flyttall har omtrent 16 sifre, så store heltall og lange desimaltall avrundes. Null alene forblir null, og utelates fra en liste. En verdi som ikke kan gjøres om, utelates fra en liste og gir null alene; med en standardverdi brukes den i stedet.',
  'Turns numbers and texts into decimals, which keep every digit.':
    'Gjør tall og tekster om til desimaltall, som beholder hvert siffer.',
  'Null alone stays null, and is left out of a list. A value that cannot be converted is left out of a list and gives null alone; with a default, the default is used instead.':
    'Null alene forblir null, og utelates fra en liste. En verdi som ikke kan gjøres om, utelates fra en liste og gir null alene; med en standardverdi brukes den i stedet.',
  "Writes integers in hexadecimal, in two's complement.": 'Skriver heltall heksadesimalt, i toerkomplement.',
  'As few whole bytes as the number and its sign need. Texts that are integers are taken too; floats and other values are left out.':
    'Så få hele byte som tallet og fortegnet trenger. Tekster som er heltall, tas også; flyttall og andre verdier utelates.',
  'Tells whether a value is an integer.': 'Sier om en verdi er et heltall.',
  'Only the first value of a list counts. Null is not an integer. A float without fraction, such as 1.0, is not an integer either.':
    'Bare den første verdien i en liste teller. Null er ikke et heltall, og det er heller ikke et flyttall uten desimaler, som 1.0.',
  'Tells whether a value is a float.': 'Sier om en verdi er et flyttall.',
  'Only the first value of a list counts. Null is not a float. A decimal is not a float.':
    'Bare den første verdien i en liste teller. Null er ikke et flyttall, og det er heller ikke et desimaltall.',
  'Tells whether a value is a decimal.': 'Sier om en verdi er et desimaltall.',
  'Only the first value of a list counts. Null is not a decimal. A float is not a decimal.':
    'Bare den første verdien i en liste teller. Null er ikke et desimaltall, og det er heller ikke et flyttall.',
  'Adds two numbers.': 'Legger sammen to tall.',
  'If one is a list, its first value is taken; the result is null when one of the two is null or not a number. The result has the more precise type of the two: decimal before float before integer. Integers have no upper limit.':
    'Er en av dem en liste, tas den første verdien; resultatet er null når en av de to er null eller ikke et tall. Resultatet har den mest presise typen av de to: desimaltall før flyttall før heltall. Heltall har ingen øvre grense.',
  'Adds a number to each value.': 'Legger et tall til hver verdi.',
  'Values that are not numbers are left out. The result has the more precise type of the two: decimal before float before integer. Integers have no upper limit.':
    'Verdier som ikke er tall, utelates. Resultatet har den mest presise typen av de to: desimaltall før flyttall før heltall. Heltall har ingen øvre grense.',
  'Subtracts the second number from the first.': 'Trekker det andre tallet fra det første.',
  'Subtracts a number from each value.': 'Trekker et tall fra hver verdi.',
  'What is subtracted comes first.': 'Det som trekkes fra, kommer først.',
  'Multiplies two numbers.': 'Ganger to tall.',
  'Multiplies each value by a number.': 'Ganger hver verdi med et tall.',
  'Divides the first number by the second.': 'Deler det første tallet på det andre.',
  'If one is a list, its first value is taken; the result is null when one of the two is null or not a number. Null when the divisor is zero. Integers divided give a decimal, to 28 digits where the division does not come out even. The result has the more precise type of the two: decimal before float before integer. Integers have no upper limit.':
    'Er en av dem en liste, tas den første verdien; resultatet er null når en av de to er null eller ikke et tall. Null når divisoren er 0. Heltall som deles, gir et desimaltall, med 28 sifre der delingen ikke går opp. Resultatet har den mest presise typen av de to: desimaltall før flyttall før heltall. Heltall har ingen øvre grense.',
  'Divides each value by a number.': 'Deler hver verdi på et tall.',
  'Values that are not numbers are left out. Null when the divisor is zero. Integers divided give a decimal, to 28 digits where the division does not come out even. The result has the more precise type of the two: decimal before float before integer. Integers have no upper limit.':
    'Verdier som ikke er tall, utelates. Null når divisoren er 0. Heltall som deles, gir et desimaltall, med 28 sifre der delingen ikke går opp. Resultatet har den mest presise typen av de to: desimaltall før flyttall før heltall. Heltall har ingen øvre grense.',
  'Gives the remainder of dividing the first number by the second.':
    'Gir resten når det første tallet deles på det andre.',
  'If one is a list, its first value is taken; the result is null when one of the two is null or not a number. Null when the divisor is zero. The remainder has the sign of the divisor. The result has the more precise type of the two: decimal before float before integer. Integers have no upper limit.':
    'Er en av dem en liste, tas den første verdien; resultatet er null når en av de to er null eller ikke et tall. Null når divisoren er 0. Resten har fortegnet til divisoren. Resultatet har den mest presise typen av de to: desimaltall før flyttall før heltall. Heltall har ingen øvre grense.',
  'Gives the remainder of dividing each value by a number.': 'Gir resten når hver verdi deles på et tall.',
  'Values that are not numbers are left out. Null when the divisor is zero. The remainder has the sign of the divisor. The result has the more precise type of the two: decimal before float before integer. Integers have no upper limit.':
    'Verdier som ikke er tall, utelates. Null når divisoren er 0. Resten har fortegnet til divisoren. Resultatet har den mest presise typen av de to: desimaltall før flyttall før heltall. Heltall har ingen øvre grense.',
  'Raises the first number to the power of the second.': 'Opphøyer det første tallet i det andre.',
  'If one is a list, its first value is taken; the result is null when one of the two is null or not a number. Null when there is no such number. An integer to a negative power is a float. The result has the more precise type of the two: decimal before float before integer. Integers have no upper limit.':
    'Er en av dem en liste, tas den første verdien; resultatet er null når en av de to er null eller ikke et tall. Null når det ikke er noe slikt tall. Et heltall i en negativ potens er et flyttall. Resultatet har den mest presise typen av de to: desimaltall før flyttall før heltall. Heltall har ingen øvre grense.',
  'Raises each value to a power.': 'Opphøyer hver verdi i en potens.',
  'Values that are not numbers are left out. Null when there is no such number. An integer to a negative power is a float. The result has the more precise type of the two: decimal before float before integer. Integers have no upper limit.':
    'Verdier som ikke er tall, utelates. Null når det ikke er noe slikt tall. Et heltall i en negativ potens er et flyttall. Resultatet har den mest presise typen av de to: desimaltall før flyttall før heltall. Heltall har ingen øvre grense.',
  'The exponent comes first.': 'Eksponenten kommer først.',
  'Rounds numbers to a number of digits.': 'Runder tall av til det nærmeste med så mange sifre.',
  'Halves are rounded to the even neighbour, also below zero. Without digits, or with 0, the result is an integer; otherwise it keeps the type of the value. Floats are taken as the decimal number they are written as. Values that are not numbers are left out.':
    'Halve rundes av til partallet ved siden av, også under null. Uten sifre, eller med 0, er resultatet et heltall; ellers beholder det typen til verdien. Flyttall regnes som desimaltallet de er skrevet som. Verdier som ikke er tall, utelates.',
  'Rounds numbers up.': 'Runder tall opp.',
  'Without digits, or with 0, the result is an integer; otherwise it keeps the type of the value. Floats are taken as the decimal number they are written as. Values that are not numbers are left out.':
    'Uten sifre, eller med 0, er resultatet et heltall; ellers beholder det typen til verdien. Flyttall regnes som desimaltallet de er skrevet som. Verdier som ikke er tall, utelates.',
  'Rounds numbers down.': 'Runder tall ned.',
  'Gives the absolute value of numbers.': 'Gir absoluttverdien av tall.',
  'The result has the type of the value. Values that are not numbers are left out.':
    'Resultatet har samme type som verdien. Verdier som ikke er tall, utelates.',
  'Gives the square root of numbers, as floats.': 'Gir kvadratroten av tall, som flyttall.',
  'Null for a number below zero. Values that are not numbers are left out.':
    'Null for et tall under null. Verdier som ikke er tall, utelates.',
  'Gives the sine of angles in radians, as floats.': 'Gir sinus av vinkler i radianer, som flyttall.',
  'Values that are not numbers are left out.': 'Verdier som ikke er tall, utelates.',
  'Gives the cosine of angles in radians, as floats.': 'Gir cosinus av vinkler i radianer, som flyttall.',
  'Gives the tangent of angles in radians, as floats.': 'Gir tangens av vinkler i radianer, som flyttall.',
  'Null where it is infinite: at odd multiples of half of pi. Values that are not numbers are left out.':
    'Null der den er uendelig: ved odde multipler av en halv pi. Verdier som ikke er tall, utelates.',
  'Turns texts and integers into datetimes.': 'Gjør tekster og heltall om til tidspunkter.',
  'A text must be written as "2021-05-17T08:30:00Z", with a fraction of up to nine digits where there is one, or be a date alone, which means its midnight. An integer counts nanoseconds since 1970. Use `datetime-parse` for other texts. Null alone stays null, and is left out of a list. A value that cannot be converted is left out of a list and gives null alone; with a default, the default is used instead.':
    'En tekst må være skrevet som "2021-05-17T08:30:00Z", med en brøkdel på opptil ni sifre der det er en, eller bare en dato, som betyr midnatt. Et heltall teller nanosekunder siden 1970. Bruk `datetime-parse` for andre tekster. Null alene forblir null, og utelates fra en liste. En verdi som ikke kan gjøres om, utelates fra en liste og gir null alene; med en standardverdi brukes den i stedet.',
  'Reads texts of a given format as datetimes.': 'Leser tekster i et gitt format som tidspunkter.',
  'Tokens: %Y year, %y its last two digits (00 to 68 mean 2000 to 2068), %m month, %d and %e day, %H hour, %I hour of twelve with %p for AM or PM, %M minute, %S second, %f fraction of a second, %z offset such as +0200, %% a percent sign. %z must be the last token; it takes precedence over the time zone. What the format lacks is taken from midnight, 1 January 1900. A time that was skipped when the clock was put forward is read as if it had not been; one that occurred twice is the second, in standard time. Values that do not fit the format are left out.':
    'Koder: %Y år, %y de to siste sifrene (00 til 68 betyr 2000 til 2068), %m måned, %d og %e dag, %H time, %I time av tolv med %p for AM eller PM, %M minutt, %S sekund, %f brøkdel av et sekund, %z forskyvning som +0200, %% et prosenttegn. %z må stå sist og går foran tidssonen. Det formatet mangler, tas fra midnatt 1. januar 1900. Et klokkeslett som ble hoppet over da klokken ble stilt frem, leses som om den ikke var stilt; ett som kom to ganger, er det andre, i normaltid. Verdier som ikke passer til formatet, utelates.',
  'Writes datetimes as texts of a given format.': 'Skriver tidspunkter som tekster i et gitt format.',
  'Tokens: %Y year, %y its last two digits (00 to 68 mean 2000 to 2068), %m month, %d and %e day, %H hour, %I hour of twelve with %p for AM or PM, %M minute, %S second, %f fraction of a second, %z offset such as +0200, %% a percent sign. %f writes six digits, so nanoseconds are lost. A date is its midnight. Values that are not datetimes are left out.':
    'Koder: %Y år, %y de to siste sifrene (00 til 68 betyr 2000 til 2068), %m måned, %d og %e dag, %H time, %I time av tolv med %p for AM eller PM, %M minutt, %S sekund, %f brøkdel av et sekund, %z forskyvning som +0200, %% et prosenttegn. %f skriver seks sifre, så nanosekunder går tapt. En dato er midnatt. Verdier som ikke er tidspunkter, utelates.',
  'Adds a number of years, months, days or smaller parts to datetimes.':
    'Legger et antall år, måneder, dager eller mindre deler til tidspunkter.',
  'A negative number goes back. Where the month has no such day (31 January and one month), its last day is taken. Null outside of the years 1 to 9999. Values that are not datetimes are left out.':
    'Et negativt tall går bakover. Der måneden ikke har en slik dag (31. januar og én måned), tas den siste dagen. Null utenfor årene 1 til 9999. Verdier som ikke er tidspunkter, utelates.',
  'Counts the years, months, days or smaller parts from the second datetime to the first.':
    'Teller årene, månedene, dagene eller mindre deler fra det andre tidspunktet til det første.',
  'Negative when the first is the earlier one. Only whole parts count: eleven months are not a year. Null when one of the two is not a datetime.':
    'Negativt når det første er det tidligste. Bare hele deler teller: elleve måneder er ikke et år. Null når en av de to ikke er et tidspunkt.',
  'Moves datetimes from the clock of one time zone to that of another.':
    'Flytter tidspunkter fra klokken i én tidssone til den i en annen.',
  'For datetimes that were read as UTC although they are local times: from their zone to "UTC" makes them right. Values that are not datetimes are left out.':
    'For tidspunkter som ble lest som UTC selv om de er lokale: fra sonen deres til "UTC" gjør dem riktige. Verdier som ikke er tidspunkter, utelates.',
  'Gives the current time.': 'Gir tiden nå.',
  'It is the same everywhere in the rules for one entity, but another one each time the entity is processed: a pipe that runs again changes its output.':
    'Den er den samme overalt i reglene for én entitet, men en annen hver gang entiteten behandles: en pipe som kjører igjen, endrer resultatet.',
  'Tells whether a value is a datetime.': 'Sier om en verdi er et tidspunkt.',
  'Only the first value of a list counts. Null is not a datetime. A date counts as one: everything that takes datetimes takes dates as their midnight.':
    'Bare den første verdien i en liste teller. Null er ikke et tidspunkt. En dato teller som ett: alt som tar tidspunkter, tar datoer som midnatt.',
  'Encrypts a value with a password.': 'Krypterer en verdi med et passord.',
  'The value is encrypted as one, lists too, and `decrypt` gives it back with its types. Each evaluation gives other bytes. Write the password as $SECRET(name), so that it does not stand in the configuration. What this software encrypts, a Sesam node cannot decrypt, nor the other way round: how a node makes keys is not published.':
    'Verdien krypteres som én, også lister, og `decrypt` gir den tilbake med typene. Hver beregning gir andre byte. Skriv passordet som $SECRET(navn), så det ikke står i konfigurasjonen. Det denne programvaren krypterer, kan en Sesam-node ikke dekryptere, og omvendt: hvordan en node lager nøkler, er ikke offentlig.',
  'Decrypts values that `encrypt` made with the same password.':
    'Dekrypterer verdier som `encrypt` har laget med samme passord.',
  'Fails when the password does not fit. Values that are not bytes are left out.':
    'Feiler når passordet ikke passer. Verdier som ikke er byte, utelates.',
  'Encrypts short texts with an RSA public key.': 'Krypterer korte tekster med en offentlig RSA-nøkkel.',
  'Only the owner of the private key can read them. Meant for passwords and identifiers: a key of 2048 bits takes at most 190 bytes (OAEP with SHA-256). Values that are not text are left out; write others as text first, with `json-transit` for instance.':
    'Bare den som har den private nøkkelen, kan lese dem. Ment for passord og identifikatorer: en nøkkel på 2048 bit tar høyst 190 byte (OAEP med SHA-256). Verdier som ikke er tekst, utelates; skriv andre som tekst først, for eksempel med `json-transit`.',
  'Decrypts bytes with an RSA private key.': 'Dekrypterer byte med en privat RSA-nøkkel.',
  'The result is a text; use `json-transit-parse` where it holds other values. Fails when the key does not fit. Values that are not bytes are left out.':
    'Resultatet er en tekst; bruk `json-transit-parse` der den inneholder andre verdier. Feiler når nøkkelen ikke passer. Verdier som ikke er byte, utelates.',
  'Encrypts texts with a PGP public key.': 'Krypterer tekster med en offentlig PGP-nøkkel.',
  'The result is a PGP message as text, of any length. Values that are not text are left out; write others as text first, with `json-transit` for instance.':
    'Resultatet er en PGP-melding som tekst, av enhver lengde. Verdier som ikke er tekst, utelates; skriv andre som tekst først, for eksempel med `json-transit`.',
  'Decrypts PGP messages with a PGP private key and its passphrase.':
    'Dekrypterer PGP-meldinger med en privat PGP-nøkkel og passordfrasen til den.',
  'Fails when the key or the passphrase does not fit. Values that are not text are left out.':
    'Feiler når nøkkelen eller passordfrasen ikke passer. Verdier som ikke er tekst, utelates.',
  'Reads texts and integers as phone numbers.': 'Leser tekster og heltall som telefonnumre.',
  'The result is a URI such as tel:+47-22-22-22-22, so that differently written numbers become equal. A number without country code is one of the default region. What is not a valid phone number is left out.':
    'Resultatet er en URI som tel:+47-22-22-22-22, så numre som er skrevet ulikt, blir like. Et nummer uten landkode hører til standardregionen. Det som ikke er et gyldig telefonnummer, utelates.',
  'Writes phone numbers in one of several formats.': 'Skriver telefonnumre i et av flere formater.',
  'e164: digits with country code; national-e164: without it; national and international: grouped as people write them; rfc3966: as in the URI; isocode: letters of the country; country-code: its digits. The values are URIs as `phonenumber-parse` gives them; others are left out.':
    'e164: sifre med landkode; national-e164: uten den; national og international: gruppert som folk skriver dem; rfc3966: som i URI-en; isocode: bokstavene til landet; country-code: sifrene dens. Verdiene er URI-er slik `phonenumber-parse` gir dem; andre utelates.',
  'Makes URIs that refer to entities of a dataset.': 'Lager URI-er som viser til entiteter i et datasett.',
  '`lookup` finds the entities again. Values that are not text are left out.':
    '`lookup` finner entitetene igjen. Verdier som ikke er tekst, utelates.',
  'Finds entities by their references.': 'Finner entiteter ved referansene deres.',
  'Text is the `_id` of an entity in the given datasets, or in the dataset of the pipe; a URI made with `reference` names its dataset itself. Each entity found has a property `_dataset`. Changes of what is looked up are not tracked.':
    'Tekst er `_id` til en entitet i de gitte datasettene, eller i pipens datasett; en URI laget med `reference` nevner datasettet selv. Hver entitet som finnes, har en egenskap `_dataset`. Endringer i det som slås opp, følges ikke.',
  'Expands the names of properties of entities to URIs.': 'Utvider navnene på egenskaper i entiteter til URI-er.',
  'The prefixes come from the section `rdf` of the node metadata, found by the property `_dataset` of the entity or by what the function gives for it. Entities for which there is neither are left out.':
    'Prefiksene kommer fra delen `rdf` i nodens metadata, funnet ved egenskapen `_dataset` i entiteten eller ved det funksjonen gir for den. Entiteter som har ingen av delene, utelates.',
  'Names that no rule of the section expands are kept.': 'Navn som ingen regel i delen utvider, beholdes.',
  'Turns texts into URIs.': 'Gjør tekster om til URI-er.',
  'The text is taken as it is, nothing is encoded. Values that are not text are left out.':
    'Teksten tas som den er, ingenting kodes. Verdier som ikke er tekst, utelates.',
  'Tells whether a value is a URI.': 'Sier om en verdi er en URI.',
  'Only the first value of a list counts. Null is not a URI.':
    'Bare den første verdien i en liste teller. Null er ikke en URI.',
  'Percent-encodes texts, so that they can be part of a URL.': 'Prosentkoder tekster, så de kan stå i en URL.',
  'Letters, digits and the characters _ . - ~ are kept; everything else becomes the % codes of its UTF-8 bytes, unless it is among the safe characters. Values that are not text are left out.':
    'Bokstaver, sifre og tegnene _ . - ~ beholdes; alt annet blir %-kodene til UTF-8-bytene, med mindre det er blant de trygge tegnene. Verdier som ikke er tekst, utelates.',
  'Decodes percent-encoded texts.': 'Dekoder prosentkodede tekster.',
  'A plus sign stays a plus sign. Values that are not text are left out.':
    'Et plusstegn forblir et plusstegn. Verdier som ikke er tekst, utelates.',
  'Puts a prefix and a colon before texts and makes URIs of them.':
    'Setter et prefiks og et kolon foran tekster og gjør dem til URI-er.',
  'Makes a new random UUID, or turns texts into UUIDs.':
    'Lager en ny, tilfeldig UUID, eller gjør tekster om til UUID-er.',
  'Without an argument every evaluation gives another one, so that a pipe that runs again over the same entity changes it. Texts that are not UUIDs are left out.':
    'Uten argument gir hver beregning en ny, så en pipe som kjører igjen over samme entitet, endrer den. Tekster som ikke er UUID-er, utelates.',
  'Tells whether a value is a UUID.': 'Sier om en verdi er en UUID.',
  'Only the first value of a list counts. Null is not a UUID.':
    'Bare den første verdien i en liste teller. Null er ikke en UUID.',
}
