/** Which code opens which type of source, transform and sink. */
import type { OpenSink, OpenSource, OpenTransform } from './open-context.ts'
import { openCsvEndpoint } from './sinks/csv-endpoint.ts'
import { openElasticsearch } from './sinks/elasticsearch.ts'
import { openHttpEndpointSink } from './sinks/http-endpoint.ts'
import { openJsonSink } from './sinks/json.ts'
import { openKafkaSink } from './sinks/kafka.ts'
import { openMail } from './sinks/mail.ts'
import { openNullSink } from './sinks/null.ts'
import { openRestSink } from './sinks/rest.ts'
import { openSdshareSink } from './sinks/sdshare.ts'
import { openSms } from './sinks/sms.ts'
import { openSolr } from './sinks/solr.ts'
import { openSparqlSink } from './sinks/sparql.ts'
import { openSqlSink } from './sinks/sql.ts'
import { openXmlEndpoint } from './sinks/xml-endpoint.ts'
import { openBinary } from './sources/binary.ts'
import { openCsv } from './sources/csv.ts'
import { openEmbedded } from './sources/embedded.ts'
import { openEmpty } from './sources/empty.ts'
import { openFake } from './sources/fake.ts'
import { openHttpEndpoint } from './sources/http-endpoint.ts'
import { openJson } from './sources/json.ts'
import { openKafka } from './sources/kafka.ts'
import { openLdap } from './sources/ldap.ts'
import { openRdf } from './sources/rdf.ts'
import { openRest } from './sources/rest.ts'
import { openSdshare } from './sources/sdshare.ts'
import { openSparql } from './sources/sparql.ts'
import { openSql } from './sources/sql.ts'
import { openDtl } from './transforms/dtl.ts'
import { openEmitChildren } from './transforms/emit-children.ts'
import { openHttp } from './transforms/http.ts'
import { openJsonSchema } from './transforms/json-schema.ts'
import { openLowerKeys, openUpperKeys } from './transforms/key-case.ts'
import { openRdfTransform } from './transforms/rdf.ts'
import { openRestTransform } from './transforms/rest.ts'
import { openTemplate } from './transforms/template.ts'
import { openXml } from './transforms/xml.ts'

const sources: ReadonlyMap<string, OpenSource> = new Map([
  ['binary', openBinary],
  ['csv', openCsv],
  ['embedded', openEmbedded],
  ['empty', openEmpty],
  ['fake', openFake],
  ['http_endpoint', openHttpEndpoint],
  ['json', openJson],
  ['kafka', openKafka],
  ['ldap', openLdap],
  ['rdf', openRdf],
  ['rest', openRest],
  ['sdshare', openSdshare],
  ['sparql', openSparql],
  ['sql', openSql],
])

const transforms: ReadonlyMap<string, OpenTransform> = new Map([
  ['dtl', openDtl],
  ['emit_children', openEmitChildren],
  ['http', openHttp],
  ['json_schema', openJsonSchema],
  ['json_schema_validation', openJsonSchema],
  ['lower_keys', openLowerKeys],
  ['rdf', openRdfTransform],
  ['rest', openRestTransform],
  ['template', openTemplate],
  ['upper_keys', openUpperKeys],
  ['xml', openXml],
])

const sinks: ReadonlyMap<string, OpenSink> = new Map([
  ['csv_endpoint', openCsvEndpoint],
  ['elasticsearch', openElasticsearch],
  ['http_endpoint', openHttpEndpointSink],
  ['json', openJsonSink],
  ['kafka', openKafkaSink],
  ['mail', openMail],
  ['null', openNullSink],
  ['rest', openRestSink],
  ['sdshare', openSdshareSink],
  ['sms', openSms],
  ['solr', openSolr],
  ['sparql', openSparqlSink],
  ['sql', openSqlSink],
  ['xml_endpoint', openXmlEndpoint],
])

const overDatasets = new Set(['dataset', 'merge', 'merge_datasets', 'union_datasets'])

/** Whether `run/` reads this source from the store. */
export function readsDatasets(type: string): boolean {
  return overDatasets.has(type)
}

/** What opens a source of this type; undefined for types read from datasets and for unknown ones. */
export function openSource(type: string): OpenSource | undefined {
  return sources.get(type)
}

/** What opens a transform of this type. */
export function openTransform(type: string): OpenTransform | undefined {
  return transforms.get(type)
}

/** What opens a sink of this type; undefined for datasets and unknown ones. */
export function openSink(type: string): OpenSink | undefined {
  return sinks.get(type)
}
