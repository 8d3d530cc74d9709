import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import type { PrismaTransaction } from 'clever-sdk/sync';

const SCHEMA = `
generator client {
  provider   = "prisma-client"
  output     = "./client"
  engineType = "client"
}
datasource db {
  provider = "postgresql"
  schemas  = ["Od d"]
}
model people {
  id   String  @id
  age  Float?
  data Json?
  @@schema("Od d")
}
`;

/** The part of the generated client that the tests use. Its own types are checked where it is generated. */
interface GeneratedTransaction extends PrismaTransaction {
  readonly people: { create(row: { readonly data: { readonly id: string } }): Promise<unknown> };
}
interface GeneratedClient extends GeneratedTransaction {
  $transaction(
    work: (tx: GeneratedTransaction) => Promise<void>,
    limits: { readonly timeout: number; readonly maxWait: number },
  ): Promise<unknown>;
  $disconnect(): Promise<void>;
}

const nodeModules = fileURLToPath(new URL('../../node_modules/', import.meta.url));

/** Generates Prisma's client for one table into a temporary folder, as an app has it, and connects it. */
export async function prismaClient(url: string): Promise<GeneratedClient> {
  const folder = mkdtempSync(join(nodeModules, '.prisma-test-'));
  try {
    writeFileSync(join(folder, 'schema.prisma'), SCHEMA);
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const program = createRequire(import.meta.url).resolve('prisma/build/index.js');
    execFileSync(process.execPath, [program, 'generate', '--schema', 'schema.prisma'], {
      cwd: folder,
      stdio: 'pipe',
      // Generating runs no engine, but wants to know where one is, and would load it from the network.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
    });
    const generated = pathToFileURL(join(folder, 'client/client.ts')).href;
    const { PrismaClient } = (await import(/* @vite-ignore */ generated)) as {
      readonly PrismaClient: new (options: { readonly adapter: PrismaPg }) => GeneratedClient;
    };
    return new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
