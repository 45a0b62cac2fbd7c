/** The kinds that are built in, the most used of each role first. Loading this file makes them known. */
import { type ConnectorKind, registerKind } from './kind.ts'
import { metadataKind } from './metadata-kind.ts'
import { pipeKind } from './pipe-kind.ts'
import { pumpKind } from './pumps/pump.ts'
import { conditionalSink } from './sinks/conditional.ts'
import { csvEndpointSink } from './sinks/csv-endpoint.ts'
import { datasetSink, replicatedDataset } from './sinks/dataset.ts'
import { elasticsearchSink } from './sinks/elasticsearch.ts'
import { httpEndpointSink } from './sinks/http-endpoint.ts'
import { jsonSink } from './sinks/json.ts'
import { kafkaSink } from './sinks/kafka.ts'
import { mailSink } from './sinks/mail.ts'
import { nullSink } from './sinks/null.ts'
import { restSink } from './sinks/rest.ts'
import { sdshareSink } from './sinks/sdshare.ts'
import { smsSink } from './sinks/sms.ts'
import { solrSink } from './sinks/solr.ts'
import { sparqlSink } from './sinks/sparql.ts'
import { sqlSink } from './sinks/sql.ts'
import { xmlEndpointSink } from './sinks/xml-endpoint.ts'
import { binarySource } from './sources/binary.ts'
import { conditionalSource } from './sources/conditional.ts'
import { csvSource } from './sources/csv.ts'
import { datasetSource } from './sources/dataset.ts'
import { embeddedSource } from './sources/embedded.ts'
import { emptySource } from './sources/empty.ts'
import { fakeSource } from './sources/fake.ts'
import { httpEndpointSource } from './sources/http-endpoint.ts'
import { jsonSource } from './sources/json.ts'
import { kafkaSource } from './sources/kafka.ts'
import { ldapSource } from './sources/ldap.ts'
import { mergeSource } from './sources/merge.ts'
import { mergeDatasetsSource } from './sources/merge-datasets.ts'
import { rdfSource } from './sources/rdf.ts'
import { restSource } from './sources/rest.ts'
import { sdshareSource } from './sources/sdshare.ts'
import { sparqlSource } from './sources/sparql.ts'
import { sqlSource } from './sources/sql.ts'
import { unionDatasetsSource } from './sources/union-datasets.ts'
import { elasticsearchSystem } from './systems/elasticsearch.ts'
import { fakeSystem } from './systems/fake.ts'
import { kafkaSystem } from './systems/kafka.ts'
import { ldapSystem } from './systems/ldap.ts'
import { microserviceSystem } from './systems/microservice.ts'
import { mssqlSystem } from './systems/mssql.ts'
import { mysqlSystem } from './systems/mysql.ts'
import { oracleSystem } from './systems/oracle.ts'
import { oracleTnsSystem } from './systems/oracle-tns.ts'
import { postgresqlSystem } from './systems/postgresql.ts'
import { restSystem } from './systems/rest.ts'
import { smtpSystem } from './systems/smtp.ts'
import { solrSystem } from './systems/solr.ts'
import { sqlserverSystem } from './systems/sqlserver.ts'
import { twilioSystem } from './systems/twilio.ts'
import { urlSystem } from './systems/url.ts'
import { chainedTransform } from './transforms/chained.ts'
import { conditionalTransform } from './transforms/conditional.ts'
import { dtlTransform } from './transforms/dtl.ts'
import { emitChildrenTransform } from './transforms/emit-children.ts'
import { httpTransform } from './transforms/http.ts'
import { javascriptTransform } from './transforms/javascript.ts'
import { jsonSchemaTransform } from './transforms/json-schema.ts'
import { lowerKeysTransform, upperKeysTransform } from './transforms/key-case.ts'
import { rdfTransform } from './transforms/rdf.ts'
import { restTransform } from './transforms/rest.ts'
import { templateTransform } from './transforms/template.ts'
import { wasmTransform } from './transforms/wasm.ts'
import { xmlTransform } from './transforms/xml.ts'

const builtIn: readonly ConnectorKind[] = [
  pipeKind,
  metadataKind,
  pumpKind,
  ...[
    datasetSource,
    mergeSource,
    mergeDatasetsSource,
    unionDatasetsSource,
    embeddedSource,
    restSource,
    jsonSource,
    csvSource,
    sqlSource,
    httpEndpointSource,
  ],
  ...[
    conditionalSource,
    sparqlSource,
    rdfSource,
    ldapSource,
    kafkaSource,
    sdshareSource,
    binarySource,
    emptySource,
    fakeSource,
  ],
  ...[
    dtlTransform,
    emitChildrenTransform,
    restTransform,
    httpTransform,
    templateTransform,
    conditionalTransform,
    jsonSchemaTransform,
    xmlTransform,
    rdfTransform,
    chainedTransform,
    lowerKeysTransform,
    upperKeysTransform,
    javascriptTransform,
    wasmTransform,
  ],
  ...[
    datasetSink,
    sqlSink,
    jsonSink,
    restSink,
    httpEndpointSink,
    csvEndpointSink,
    xmlEndpointSink,
    elasticsearchSink,
    mailSink,
    smsSink,
  ],
  ...[kafkaSink, solrSink, sparqlSink, sdshareSink, conditionalSink, replicatedDataset, nullSink],
  ...[
    restSystem,
    urlSystem,
    microserviceSystem,
    sqlserverSystem,
    mssqlSystem,
    postgresqlSystem,
    mysqlSystem,
    oracleSystem,
    oracleTnsSystem,
  ],
  ...[elasticsearchSystem, ldapSystem, kafkaSystem, smtpSystem, twilioSystem, solrSystem, fakeSystem],
]

for (const kind of builtIn) registerKind(kind)
