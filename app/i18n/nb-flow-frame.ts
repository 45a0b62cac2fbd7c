/** Words of the Flow canvas that the frame and its commands use. */

import type { enFlowFrame } from './en-flow-frame.ts'
import type { Widened } from './types.ts'

export const nbFlowFrame: Widened<typeof enFlowFrame> = {
  addTitle: 'Legg til i flyten',
  addFiles: 'Legg til datafiler…',
  connectCommand: 'Koble…',
  followCommand: 'Legg til en pipe som leser det…',
  open: 'Åpne pipe',
  dataOf: 'Se på dataene',
  mergeThese: 'Flett disse',
  joinThese: 'Koble disse',
  rename: 'Gi nytt navn…',
  duplicate: 'Dupliser',
  remove: 'Slett',
  selectAll: 'Velg alt',
  selectUp: 'Velg alt det leser fra',
  selectDown: 'Velg alt som leser det',
  layOut: 'Ordne',
  fit: 'Vis alt',
  outline: 'Oversikt',
  align: {
    label: 'Still opp',
    left: 'Venstrekanter',
    top: 'Overkanter',
    columns: 'Lik avstand bortover',
    rows: 'Lik avstand nedover',
  },
  zoomIn: 'Zoom inn',
  zoomOut: 'Zoom ut',
  openGroup: 'Åpne',
  runGroup: 'Kjør pipene i denne gruppen',
  allGroups: 'Alle grupper',
}
