/** The kinds that are built in, the most used of each role first. Loading this file makes them known. */
import { type ConnectorKind, registerKind } from './kind.ts'
import { metadata } from './metadata-kind.ts'
import { pipe } from './pipe-kind.ts'
import { pump } from './pumps/pump.ts'
import { conditionalSink } from './sinks/conditional.ts'
import { csvEndpoint } from './sinks/csv-endpoint.ts'
import { datasetSink, replicatedDataset } from './sinks/dataset.ts'
import { elasticsearch } from './sinks/elasticsearch.ts'
import { httpEndpointSink } from './sinks/http-endpoint.ts'
import { jsonSink } from './sinks/json.ts'
import { kafkaSink } from './sinks/kafka.ts'
import { mail } from './sinks/mail.ts'
import { nullSink } from './sinks/null.ts'
import { restSink } from './sinks/rest.ts'
import { sdshareSink } from './sinks/sdshare.ts'
import { sms } from './sinks/sms.ts'
import { solr } from './sinks/solr.ts'
import { sparqlSink } from './sinks/sparql.ts'
import { sqlSink } from './sinks/sql.ts'
import { xmlEndpoint } from './sinks/xml-endpoint.ts'
import { binary } from './sources/binary.ts'
import { conditionalSource } from './sources/conditional.ts'
import { csv } from './sources/csv.ts'
import { datasetSource } from './sources/dataset.ts'
import { embedded } from './sources/embedded.ts'
import { empty } from './sources/empty.ts'
import { fake } from './sources/fake.ts'
import { httpEndpointSource } from './sources/http-endpoint.ts'
import { json } from './sources/json.ts'
import { kafka } from './sources/kafka.ts'
import { ldap } from './sources/ldap.ts'
import { merge } from './sources/merge.ts'
import { mergeDatasets } from './sources/merge-datasets.ts'
import { rdf } from './sources/rdf.ts'
import { rest } from './sources/rest.ts'
import { sdshare } from './sources/sdshare.ts'
import { sparql } from './sources/sparql.ts'
import { sql } from './sources/sql.ts'
import { unionDatasets } from './sources/union-datasets.ts'
import { elasticsearchSystem } from './systems/elasticsearch.ts'
import { fakeSystem } from './systems/fake.ts'
import { kafkaSystem } from './systems/kafka.ts'
import { ldapSystem } from './systems/ldap.ts'
import { microservice } from './systems/microservice.ts'
import { mssql } from './systems/mssql.ts'
import { mysql } from './systems/mysql.ts'
import { oracle } from './systems/oracle.ts'
import { oracleTns } from './systems/oracle-tns.ts'
import { postgresql } from './systems/postgresql.ts'
import { restSystem } from './systems/rest.ts'
import { smtp } from './systems/smtp.ts'
import { solrSystem } from './systems/solr.ts'
import { sqlserver } from './systems/sqlserver.ts'
import { twilio } from './systems/twilio.ts'
import { urlSystem } from './systems/url.ts'
import { chained } from './transforms/chained.ts'
import { conditionalTransform } from './transforms/conditional.ts'
import { dtl } from './transforms/dtl.ts'
import { emitChildren } from './transforms/emit-children.ts'
import { http } from './transforms/http.ts'
import { jsonSchema } from './transforms/json-schema.ts'
import { lowerKeys, upperKeys } from './transforms/key-case.ts'
import { rdfTransform } from './transforms/rdf.ts'
import { restTransform } from './transforms/rest.ts'
import { templateTransform } from './transforms/template.ts'
import { xml } from './transforms/xml.ts'

const builtIn: readonly ConnectorKind[] = [
  pipe,
  metadata,
  pump,
  ...[datasetSource, merge, mergeDatasets, unionDatasets, embedded, rest, json, csv, sql, httpEndpointSource],
  ...[conditionalSource, sparql, rdf, ldap, kafka, sdshare, binary, empty, fake],
  ...[
    dtl,
    emitChildren,
    restTransform,
    http,
    templateTransform,
    conditionalTransform,
    jsonSchema,
    xml,
    rdfTransform,
    chained,
    lowerKeys,
    upperKeys,
  ],
  ...[datasetSink, sqlSink, jsonSink, restSink, httpEndpointSink, csvEndpoint, xmlEndpoint, elasticsearch, mail, sms],
  ...[kafkaSink, solr, sparqlSink, sdshareSink, conditionalSink, replicatedDataset, nullSink],
  ...[restSystem, urlSystem, microservice, sqlserver, mssql, postgresql, mysql, oracle, oracleTns],
  ...[elasticsearchSystem, ldapSystem, kafkaSystem, smtp, twilio, solrSystem, fakeSystem],
]

for (const kind of builtIn) registerKind(kind)
