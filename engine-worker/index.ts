/**
 * The one door of the engine for the app: what the page may call directly, because it is pure and small (texts of
 * configuration, problems, values). Everything that works on data is behind the worker; its capabilities are listed in
 * api/list.ts.
 */

export type { Lineage, LineageEdge, LineageNode } from './analysis/lineage.ts'
export type { PropertyProfile } from './analysis/profile.ts'
export { withRepairMade } from './analysis/quick-fix.ts'
export type { Reference } from './analysis/reference.ts'
export { references, referencesIn } from './analysis/references.ts'
export { type RenameEdit, type RenameRequest, rename } from './analysis/rename.ts'
export { renameProject } from './analysis/rename-project.ts'
export { type PropertySchema, schemaOf } from './analysis/schema.ts'
export type { FileKey } from './api/data-files.ts'
export type { DatasetSummary } from './api/datasets.ts'
export type { Filter, FilterHow } from './api/filter.ts'
export { printMessage, readMessage } from './api/json-messages.ts'
export type { Overlap, OverlapRequest, OverlapSide } from './api/key-matches.ts'
export type { AnswerOf, CapabilityName, EventOf, RequestOf } from './api/list.ts'
export type { ModelPart } from './api/model-form.ts'
export type { ModelComponent } from './api/model-pipes.ts'
export type { ModelSuggestion } from './api/model-suggestions.ts'
export type { NearMiss } from './api/near-misses.ts'
export type { Operations } from './api/operations.ts'
export type { Preview, PreviewRequest, TracePoint } from './api/preview.ts'
export type { Pins, StagePreview, StoppedEntity } from './api/preview-items.ts'
export type { Provenance } from './api/provenance.ts'
export type { SafetyReport } from './api/safety.ts'
export type { EngineMessage, EngineReply } from './api/serve.ts'
export { type ServerEvent, type ServerInfo, serverProtocol } from './api/server-events.ts'
export type { SuggestedMapping } from './api/suggested-mappings.ts'
export type { TestResult } from './api/tests.ts'
export type { EntityWalk, WalkEntity, WalkMoment, WalkRequest } from './api/walk.ts'
export type { RowsRequest } from './api/windows.ts'
export { describedKind, microserviceOfSystem, systemKind } from './config/microservices/describe.ts'
export { imageRepository } from './config/microservices/image.ts'
export type { Microservice } from './config/microservices/manifest.ts'
export { type EnvironmentTexts, readingPipe, runningSystem } from './config/microservices/pipes.ts'
export { microservicesIn, readMicroservice } from './config/microservices/read.ts'
export type { Catalogue, CataloguedFunction } from './config/model/catalogue.ts'
export { declaredKind, declareKind } from './config/model/declared.ts'
export {
  type Field,
  type FieldType,
  fieldAims,
  type KindDeclaration,
  type KindRole,
} from './config/model/define.ts'
export { fieldsInside, systemTypes, typeAmong } from './config/model/field-type.ts'
export { type IconName, iconFault, isIconName } from './config/model/icons.ts'
export type { KindExample } from './config/model/kind-example.ts'
export { kindOfPart, rulesProperty, sourceKind } from './config/model/nested.ts'
export {
  DEFAULT_SINK,
  DEFAULT_SOURCE,
  DEFAULT_TRANSFORM,
  fileSystem,
  rulesTransform,
  sourceOfDataset,
} from './config/model/syntax.ts'
export type { PipeFacts } from './config/project/facts.ts'
export { microserviceFile, schemaModelsFile } from './config/project/own-files.ts'
export type { FileContent, FileContents } from './config/project/read.ts'
export {
  entityTypesIn,
  mergedSchema,
  modelFault,
  modelId,
  readSchemaModels,
} from './config/project/schema-models.ts'
export { executionLogPrefix } from './config/project/system-datasets.ts'
export {
  noAccounts,
  readAccounts,
  type SignedInAccount,
  type SignInChoices,
  type SystemAccounts,
  tokensOfSystem,
  withAccount,
  withoutAccount,
  withTokens,
} from './connectors/auth/accounts.ts'
export type { PendingSignIn } from './connectors/auth/sign-in.ts'
export type { KeyColumn } from './connectors/key-column.ts'
export {
  connectDataset,
  type DatasetConnection,
  datasetConnection,
  freeAlias,
  replaceDataset,
  sourceDatasets,
} from './connectors/source-datasets.ts'
export type { TableKeys } from './connectors/table-key.ts'
export {
  addStep,
  COMMENT,
  type CombineHow,
  combined,
  comparisons,
  conditionCall,
  copyStep,
  equalityCall,
  fillConversion,
  joinCall,
  literalCall,
  sidesOfEquality,
} from './dtl/syntax.ts'
export { bind } from './dtl/tree/bind.ts'
export { type CallableSignature, type FunctionTable, functionTableFrom, NO_FUNCTIONS } from './dtl/tree/functions.ts'
export { namesIn } from './dtl/tree/names.ts'
export type { CallNode, ExpressionNode, TreeNode } from './dtl/tree/node.ts'
export { parseRules } from './dtl/tree/parse.ts'
export { parsePath, segmentText } from './dtl/tree/path.ts'
export { argumentOf, childrenOf, visit } from './dtl/tree/visit.ts'
export { charsetIn, type DecodedText, decodeBytes, decodeXml, encodeText } from './entity/charset.ts'
export { printJson, readJson } from './entity/json.ts'
export { printValue, readEntity } from './entity/transit.ts'
export { Float, isObject, type Json, type JsonObject, type Kind } from './entity/value.ts'
export type { LinkedConnector } from './extensions/link.ts'
export type { ColumnReport, FileReport } from './ingest/file-report.ts'
export type { ReadSettings } from './ingest/table.ts'
export type { GoldenRecord } from './model/live/golden.ts'
export type { MatchingReport } from './model/live/report.ts'
export type {
  Concept,
  Datatype,
  Model,
  ModelExpression,
  ModelMapping,
  Property,
  PropertyMapping,
} from './model/model.ts'
export type { Normalisation } from './model/normalise.ts'
export { isWithin, type JsonPath } from './path.ts'
export type { Facts, Problem, Repair, Severity } from './problem.ts'
export type { FailureCause } from './run/failure-causes.ts'
export type { MinuteSums, RunRecord, RunSpan } from './run/history.ts'
export type { Notification } from './run/notifications/notification.ts'
export { notificationsFile } from './run/notifications/rules.ts'
export type { MatchRate, PipeProgress, RunEvent, RunResult, RunState } from './run/progress.ts'
export type { PipeQueue } from './run/queues.ts'
export type { EntityPlace } from './run/sources/item.ts'
export type { Agreement } from './subscription/agreement.ts'
export type { KeptInvoice } from './subscription/kept-invoice.ts'
export type { Ledger, PriceSettings, SubscriptionEnvironment } from './subscription/ledger.ts'
export { type Check, checkName, checksFile, type Expectation, readChecks } from './testing/checks.ts'
export { checksText } from './testing/dataset-checks.ts'
export { type Import, importFiles, importText, importZip } from './text/archive.ts'
export { flowOf } from './text/chain.ts'
export { expandPipe } from './text/expand.ts'
export { expandProject } from './text/expand-project.ts'
export { deployFiles, exportZip, serviceFiles } from './text/export-zip.ts'
export { formatComponent, formatPart } from './text/format.ts'
export type { MergeConflict, MergeSide } from './text/merge.ts'
export { type ChangedBy, changedSides, type MergeEntry, mergeProjects } from './text/merge-project.ts'
export { microservicesOf } from './text/microservices.ts'
export { readPasted } from './text/pasted.ts'
export {
  addComponent,
  componentById,
  componentText,
  componentValue,
  editFile,
  engineChanges,
  engineFiles,
  fileProblems,
  filesOf,
  fileText,
  projectOf,
  putFile,
  putText,
  putValue,
  removeComponent,
  textInRoot,
} from './text/project.ts'
export {
  type Component,
  emptyProject,
  type FileEntry,
  type FileOutline,
  layoutFile,
  modelFile,
  type Project,
} from './text/project-files.ts'
export { provisionalFacts } from './text/provisional-facts.ts'
export { readConfig } from './text/read-file.ts'
export { expressionTokens, stepSentence, type Vocabulary, vocabulary } from './text/sentence.ts'
export { englishConnectors } from './text/sentence-words.ts'
export { linkText, projectInLink, type ShareableProject, type ShareOptions, shareable } from './text/share.ts'
export { type SplitPoint, splitPoints } from './text/split-points.ts'
export { sentenceText, type Token } from './text/token.ts'
export { zipOf } from './text/zip.ts'
