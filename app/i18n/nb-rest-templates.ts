/** What the properties of the built-in templates say, in Norwegian. */
export const restTemplates: Readonly<Record<string, string>> = {
  'The REST system whose operations are called.': 'REST-systemet som operasjonene hører til.',
  'The properties that hold the primary key of the entity.': 'Egenskapene som har primærnøkkelen til entiteten.',
  'The dataset of the share pipe, which knows what was inserted.':
    'Datasettet til share-pipen, som vet hva som ble satt inn.',
  'The operation that looks up each entity; what it answers goes on.':
    'Operasjonen som slår opp hver entitet; det den svarer, går videre.',
  'The properties for the lookup operation.': 'Egenskapene til oppslagsoperasjonen.',
  'The property that receives the entity as it was before the lookup.':
    'Egenskapen som får entiteten slik den var før oppslaget.',
  'The operation that looks up deleted entities; one that is still there is not deleted.':
    'Operasjonen som slår opp slettede entiteter; en som fortsatt finnes, slettes ikke.',
  'The properties for the lookup of deleted entities.': 'Egenskapene til oppslaget av slettede entiteter.',
  'The operation that answers with the default values.': 'Operasjonen som svarer med standardverdiene.',
  'The properties for that operation.': 'Egenskapene til den operasjonen.',
  'The name of the lookup operation.': 'Navnet på oppslagsoperasjonen.',
  'The name of the insert operation.': 'Navnet på innsettingsoperasjonen.',
  'The name of the update operation.': 'Navnet på oppdateringsoperasjonen.',
  'The name of the delete operation.': 'Navnet på sletteoperasjonen.',
  'The entity brings its key; the service does not make it on insert.':
    'Entiteten har med nøkkelen; tjenesten lager den ikke ved innsetting.',
  'Send the whole record of the lookup with the payload on top of it.':
    'Send hele posten fra oppslaget med innholdet lagt oppå.',
  'The key in the answer to an insert, where it has another name.':
    'Nøkkelen i svaret på en innsetting, når den heter noe annet.',
  'The property that holds the body of inserts and updates.':
    'Egenskapen som har innholdet til innsettinger og oppdateringer.',
  'The properties for the insert operation.': 'Egenskapene til innsettingsoperasjonen.',
  'The properties for the update operation.': 'Egenskapene til oppdateringsoperasjonen.',
  'The properties for the delete operation.': 'Egenskapene til sletteoperasjonen.',
  'With other answers to the lookup, the pipe fails.': 'Med andre svar på oppslaget stopper pipen med feil.',
  'With other answers to the insert, the pipe fails.': 'Med andre svar på innsettingen stopper pipen med feil.',
  'With other answers to the update, the pipe fails.': 'Med andre svar på oppdateringen stopper pipen med feil.',
  'With other answers to the delete, the pipe fails.': 'Med andre svar på slettingen stopper pipen med feil.',
  'Named rules: lookup_rewrite, lookup_rewrite_based_on and lookup_rewrite_update change what a lookup answers.':
    'Navngitte regler: lookup_rewrite, lookup_rewrite_based_on og lookup_rewrite_update endrer det et oppslag svarer.',
  'Named rules for the payload: rewrite_insert_payload, rewrite_update_payload and rewrite_update_payload_after_patch.':
    'Navngitte regler for innholdet: rewrite_insert_payload, rewrite_update_payload og rewrite_update_payload_after_patch.',
  'Named rules with rewrite_lookup, which changes what a lookup answers.':
    'Navngitte regler med rewrite_lookup, som endrer det et oppslag svarer.',
  'Named rules for the answers: rewrite_insert, rewrite_update and rewrite_delete.':
    'Navngitte regler for svarene: rewrite_insert, rewrite_update og rewrite_delete.',
}
