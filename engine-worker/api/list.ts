/** All capabilities of the engine. What stands here can be asked for: by the page, by a server, by tests. */
import { addKeyColumn } from './add-key-column.ts'
import { byExample } from './by-example.ts'
import { catalogue } from './catalogue.ts'
import { compareDatasets } from './compare-datasets.ts'
import { connectorOffer, connectorPlan, connectors } from './connectors.ts'
import { fileData } from './data-files.ts'
import { datasetOverview } from './dataset-overview.ts'
import { datasetSchema } from './dataset-schema.ts'
import { datasets } from './datasets.ts'
import { decideHost } from './decide-host.ts'
import { destroy } from './destroy.ts'
import { documentContent, documents, keepDocument, removeDocument } from './documents.ts'
import { effect } from './effect.ts'
import { entityType, entityTypes } from './entity-types.ts'
import { environmentPrices, reminders } from './environments.ts'
import { example } from './example.ts'
import { expected } from './expected.ts'
import { facts } from './facts.ts'
import { followColumns } from './follow-columns.ts'
import { followSearch } from './follow-search.ts'
import { forgetFiles } from './forget-files.ts'
import { forgetMeasured } from './forget-measured.ts'
import { hosts } from './hosts.ts'
import { identifierReach } from './identifier-reach.ts'
import { inspectFile } from './inspect-file.ts'
import { checkInvoices, readInvoices } from './invoice.ts'
import { overlaps } from './key-matches.ts'
import { limits } from './limits.ts'
import { lineage, properties } from './lineage.ts'
import { makeVpnKey } from './make-vpn-key.ts'
import { keepMeasured } from './measured-usage.ts'
import { modelChanges } from './model-changes.ts'
import { modelCheck } from './model-check.ts'
import { modelForm } from './model-form.ts'
import { modelGolden } from './model-golden.ts'
import { modelMastering } from './model-mastering.ts'
import { modelMatching } from './model-matching.ts'
import { modelExport, modelImport } from './model-osi.ts'
import { modelPipes } from './model-pipes.ts'
import { modelReading } from './model-reading.ts'
import { modelSharing } from './model-sharing.ts'
import { modelSuggestions } from './model-suggestions.ts'
import { modelTakeOver } from './model-take-over.ts'
import { nearMisses } from './near-misses.ts'
import { followNotifications, notifications, tryNotification } from './notifications.ts'
import { open } from './open.ts'
import { operations } from './operations.ts'
import { permit } from './permit.ts'
import { ping } from './ping.ts'
import { planFiles } from './plan-files.ts'
import { preview } from './preview.ts'
import { profile } from './profile.ts'
import { provenance } from './provenance.ts'
import { push } from './push.ts'
import { queues } from './queues.ts'
import { receive } from './receive.ts'
import { recordAnswers } from './record-answers.ts'
import { recording } from './recording.ts'
import { relateFiles } from './relate-files.ts'
import { reset } from './reset.ts'
import { resetBreaker } from './reset-breaker.ts'
import { rows } from './rows.ts'
import { run } from './run.ts'
import { backupFile, configureSafety, makeBackup, removeBackup, restoreBackup, safety } from './safety.ts'
import { savings } from './savings.ts'
import { schedule } from './schedule.ts'
import { scopes } from './scopes.ts'
import { searchEntities } from './search.ts'
import {
  beginSignIn,
  discoverSignIn,
  finishSignIn,
  revokeSignIn,
  signInConfiguration,
  tokensKept,
  useTokens,
} from './sign-in.ts'
import { studioDraft, studioFiles, studioTry } from './studio.ts'
import { keepSubscription, prices, subscription, usage } from './subscription.ts'
import { suggestedJoins } from './suggested-joins.ts'
import { suggestedMappings } from './suggested-mappings.ts'
import { suggestedSteps } from './suggested-steps.ts'
import { supplied } from './supplied.ts'
import { supply } from './supply.ts'
import { switchSearch } from './switch-search.ts'
import { tableKeys } from './table-keys.ts'
import { testConnection } from './test-connection.ts'
import { tests } from './tests.ts'
import { update } from './update.ts'
import { versions } from './versions.ts'
import { vpn } from './vpn.ts'
import { walkEntity } from './walk.ts'

export const capabilities = [
  ping,
  scopes,
  open,
  update,
  destroy,
  catalogue,
  hosts,
  permit,
  decideHost,
  signInConfiguration,
  discoverSignIn,
  beginSignIn,
  finishSignIn,
  revokeSignIn,
  useTokens,
  tokensKept,
  facts,
  queues,
  operations,
  safety,
  configureSafety,
  makeBackup,
  backupFile,
  removeBackup,
  restoreBackup,
  notifications,
  tryNotification,
  followNotifications,
  run,
  schedule,
  resetBreaker,
  datasets,
  rows,
  versions,
  profile,
  datasetOverview,
  datasetSchema,
  entityTypes,
  entityType,
  compareDatasets,
  reset,
  searchEntities,
  identifierReach,
  followSearch,
  followColumns,
  switchSearch,
  preview,
  walkEntity,
  overlaps,
  nearMisses,
  byExample,
  suggestedSteps,
  suggestedJoins,
  suggestedMappings,
  properties,
  lineage,
  provenance,
  supply,
  recordAnswers,
  recording,
  supplied,
  receive,
  push,
  tableKeys,
  addKeyColumn,
  inspectFile,
  relateFiles,
  planFiles,
  fileData,
  forgetFiles,
  tests,
  expected,
  effect,
  example,
  connectors,
  connectorOffer,
  connectorPlan,
  testConnection,
  studioDraft,
  studioFiles,
  studioTry,
  modelCheck,
  modelForm,
  modelImport,
  modelExport,
  modelReading,
  modelSuggestions,
  modelMatching,
  modelGolden,
  modelMastering,
  modelPipes,
  modelTakeOver,
  modelChanges,
  modelSharing,
  subscription,
  keepSubscription,
  usage,
  prices,
  savings,
  keepMeasured,
  forgetMeasured,
  environmentPrices,
  limits,
  reminders,
  vpn,
  makeVpnKey,
  readInvoices,
  checkInvoices,
  documents,
  keepDocument,
  documentContent,
  removeDocument,
] as const

type AnyCapability = (typeof capabilities)[number]

/** The names of all capabilities. */
export type CapabilityName = AnyCapability['name']

type CapabilityNamed<N extends CapabilityName> = Extract<AnyCapability, { readonly name: N }>

/** What a capability is asked with. */
export type RequestOf<N extends CapabilityName> = Parameters<CapabilityNamed<N>['run']>[0]

/** What a capability answers. */
export type AnswerOf<N extends CapabilityName> = Awaited<ReturnType<CapabilityNamed<N>['run']>>

/** What a capability reports while it works. */
export type EventOf<N extends CapabilityName> = Parameters<Parameters<CapabilityNamed<N>['run']>[1]['onEvent']>[0]
