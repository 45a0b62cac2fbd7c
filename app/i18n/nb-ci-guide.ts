/** Ord på siden om sjekker i kontinuerlig integrasjon. */
import type { enCiGuide as english } from './en-ci-guide.ts'
import type { Widened } from './types.ts'

export const nbCiGuide: Widened<typeof english> = {
  title: 'Sjekker for pull requests',
  says: 'Kommandolinjen sjekker en konfigurasjon slik denne appen gjør. På GitHub kjører arbeidsflyten under den for hver pull request, og skriver hva endringen gjør med data, som en kommentar.',
  steps: {
    validate: 'finner feil i konfigurasjonen, med fil, sti og hva som kan gjøres.',
    format: 'viser hvilke filer som ikke har kanonisk tekst; uten --check skrives de om.',
    test: 'kjører prosjektet fra begynnelsen og sammenligner med expected/.',
    effect: 'kjører tilstanden før og etter på de samme dataene og viser hver entitet som blir annerledes.',
  },
  file: 'Arbeidsflyten',
  where:
    'Lagre den som .github/workflows/pipewright.yml. Konfigurasjonen ligger her i mappen node; endre det der din ligger et annet sted.',
  install:
    'Pakken er en fil laget med «npm pack» i en klone av Pipewright; ha den i kodelageret eller på en egen adresse.',
  secrets:
    'Ingen hemmeligheter trengs: ingenting sendes til noe system. Kommentaren skrives med tokenet GitHub gir hver kjøring.',
  copied: 'Arbeidsflyten er kopiert.',
}
