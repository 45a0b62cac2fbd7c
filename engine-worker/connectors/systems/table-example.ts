import type { SinkExample } from '../../config/model/kind-example.ts'

/** A database as a system, for the examples of what reads from it and writes to it. */
export const exampleDatabase = {
  _id: 'erp',
  type: 'system:postgresql',
  host: 'erp.example.org',
  database: 'erp',
  username: 'sesam',
  password: '$SECRET(erp)',
}

/** What an sql sink sends to a database to make a table with a column of each type and to write a row of it. */
function tableExample(sends: readonly string[]): SinkExample {
  return {
    config: {
      type: 'sql',
      system: 'erp',
      table: 'invoice',
      create_table_if_missing: true,
      schema_definition: [
        { source_property: 'number', name: 'number', type: 'integer', primary_key: true },
        { source_property: 'customer', name: 'customer', type: 'string', max_size: 80, index: true },
        { source_property: 'remark', name: 'remark', type: 'string' },
        { source_property: 'amount', name: 'amount', type: 'decimal', precision: 12, scale: 2 },
        { source_property: 'rate', name: 'rate', type: 'float' },
        { source_property: 'paid', name: 'paid', type: 'boolean' },
        { source_property: 'due', name: 'due', type: 'date' },
        { source_property: 'sent', name: 'sent', type: 'datetime' },
        { source_property: 'at', name: 'at', type: 'time' },
        { source_property: 'key', name: 'key', type: 'uuid' },
        { source_property: 'scan', name: 'scan', type: 'binary', max_size: 4000 },
      ],
    },
    takes: [
      {
        _id: '7',
        number: 7,
        customer: 'Ada Lovelace',
        remark: "Ada's first",
        amount: '~f1499.90',
        rate: 0.25,
        paid: true,
        due: '~t2026-02-01',
        sent: '~t2026-01-02T03:04:05Z',
        at: '12:30:00',
        key: '~u8f1f7a0e-4f0b-4f53-9d6c-0a5f1f0d7c11',
        scan: '~bAQID',
      },
    ],
    sends,
  }
}

/** The table in SQL Server. */
export const sqlServerTable = tableExample([
  "IF OBJECT_ID(N'[invoice]', N'U') IS NULL CREATE TABLE [invoice] ([number] BIGINT NOT NULL, [customer] NVARCHAR(80), [remark] NVARCHAR(MAX), [amount] DECIMAL(12, 2), [rate] FLOAT, [paid] BIT, [due] DATE, [sent] DATETIME2, [at] TIME, [key] UNIQUEIDENTIFIER, [scan] VARBINARY(4000), PRIMARY KEY ([number]));",
  'CREATE INDEX [ix_invoice_customer] ON [invoice] ([customer]);',
  "MERGE INTO [invoice] USING (SELECT 1 AS one) AS source ON ([number] = 7) WHEN MATCHED THEN UPDATE SET [customer] = N'Ada Lovelace', [remark] = N'Ada''s first', [amount] = 1499.90, [rate] = 0.25, [paid] = 1, [due] = N'2026-02-01', [sent] = N'2026-01-02 03:04:05', [at] = N'12:30:00', [key] = N'8f1f7a0e-4f0b-4f53-9d6c-0a5f1f0d7c11', [scan] = 0x010203 WHEN NOT MATCHED THEN INSERT ([number], [customer], [remark], [amount], [rate], [paid], [due], [sent], [at], [key], [scan]) VALUES (7, N'Ada Lovelace', N'Ada''s first', 1499.90, 0.25, 1, N'2026-02-01', N'2026-01-02 03:04:05', N'12:30:00', N'8f1f7a0e-4f0b-4f53-9d6c-0a5f1f0d7c11', 0x010203);",
])

/** The table in PostgreSQL. */
export const postgresqlTable = tableExample([
  'CREATE TABLE IF NOT EXISTS "invoice" ("number" BIGINT NOT NULL, "customer" VARCHAR(80), "remark" TEXT, "amount" DECIMAL(12, 2), "rate" DOUBLE PRECISION, "paid" BOOLEAN, "due" DATE, "sent" TIMESTAMP, "at" TIME, "key" UUID, "scan" BYTEA, PRIMARY KEY ("number"));',
  'CREATE INDEX "ix_invoice_customer" ON "invoice" ("customer");',
  `INSERT INTO "invoice" ("number", "customer", "remark", "amount", "rate", "paid", "due", "sent", "at", "key", "scan") VALUES (7, 'Ada Lovelace', 'Ada''s first', 1499.90, 0.25, TRUE, '2026-02-01', '2026-01-02 03:04:05', '12:30:00', '8f1f7a0e-4f0b-4f53-9d6c-0a5f1f0d7c11', '\\x010203') ON CONFLICT ("number") DO UPDATE SET "customer" = 'Ada Lovelace', "remark" = 'Ada''s first', "amount" = 1499.90, "rate" = 0.25, "paid" = TRUE, "due" = '2026-02-01', "sent" = '2026-01-02 03:04:05', "at" = '12:30:00', "key" = '8f1f7a0e-4f0b-4f53-9d6c-0a5f1f0d7c11', "scan" = '\\x010203';`,
])

/** The table in MySQL. */
export const mySqlTable = tableExample([
  'CREATE TABLE IF NOT EXISTS `invoice` (`number` BIGINT NOT NULL, `customer` VARCHAR(80), `remark` TEXT, `amount` DECIMAL(12, 2), `rate` DOUBLE, `paid` BOOLEAN, `due` DATE, `sent` DATETIME(6), `at` TIME, `key` CHAR(36), `scan` BLOB, PRIMARY KEY (`number`));',
  'CREATE INDEX `ix_invoice_customer` ON `invoice` (`customer`);',
  "INSERT INTO `invoice` (`number`, `customer`, `remark`, `amount`, `rate`, `paid`, `due`, `sent`, `at`, `key`, `scan`) VALUES (7, 'Ada Lovelace', 'Ada''s first', 1499.90, 0.25, 1, '2026-02-01', '2026-01-02 03:04:05', '12:30:00', '8f1f7a0e-4f0b-4f53-9d6c-0a5f1f0d7c11', X'010203') ON DUPLICATE KEY UPDATE `customer` = 'Ada Lovelace', `remark` = 'Ada''s first', `amount` = 1499.90, `rate` = 0.25, `paid` = 1, `due` = '2026-02-01', `sent` = '2026-01-02 03:04:05', `at` = '12:30:00', `key` = '8f1f7a0e-4f0b-4f53-9d6c-0a5f1f0d7c11', `scan` = X'010203';",
])

/** The table in Oracle. */
export const oracleTable = tableExample([
  `BEGIN EXECUTE IMMEDIATE 'CREATE TABLE "invoice" ("number" NUMBER(19) NOT NULL, "customer" VARCHAR2(80 CHAR), "remark" NCLOB, "amount" NUMBER(12, 2), "rate" BINARY_DOUBLE, "paid" NUMBER(1), "due" DATE, "sent" TIMESTAMP, "at" VARCHAR2(15), "key" CHAR(36), "scan" BLOB, PRIMARY KEY ("number"))'; EXCEPTION WHEN OTHERS THEN IF SQLCODE != -955 THEN RAISE; END IF; END;`,
  'CREATE INDEX "ix_invoice_customer" ON "invoice" ("customer");',
  `MERGE INTO "invoice" USING DUAL ON ("number" = 7) WHEN MATCHED THEN UPDATE SET "customer" = 'Ada Lovelace', "remark" = 'Ada''s first', "amount" = 1499.90, "rate" = 0.25, "paid" = 1, "due" = '2026-02-01', "sent" = '2026-01-02 03:04:05', "at" = '12:30:00', "key" = '8f1f7a0e-4f0b-4f53-9d6c-0a5f1f0d7c11', "scan" = X'010203' WHEN NOT MATCHED THEN INSERT ("number", "customer", "remark", "amount", "rate", "paid", "due", "sent", "at", "key", "scan") VALUES (7, 'Ada Lovelace', 'Ada''s first', 1499.90, 0.25, 1, '2026-02-01', '2026-01-02 03:04:05', '12:30:00', '8f1f7a0e-4f0b-4f53-9d6c-0a5f1f0d7c11', X'010203');`,
])
