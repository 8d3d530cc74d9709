/** A file of an archive. */
export interface ArchiveEntry {
  /** Its name, as the archive has it. */
  readonly name: string;
  /** Its size, in bytes. */
  readonly size: number;
  /** Whether it is compressed. */
  readonly isCompressed: boolean;
  /** Why it cannot be read; the sentence goes on from "the file". */
  readonly refusal?: string;
  /** Its content. Can be read several times. */
  open(): ReadableStream<Uint8Array>;
}

/** An archive that is open. */
export interface Archive {
  /** Its own name, when it is a zip file on disk. */
  readonly zipName?: string;
  readonly entries: readonly ArchiveEntry[];
  close(): Promise<void>;
}

/** An archive cannot be opened, or a file of it cannot be read. The message has no name and no value of it. */
export class ArchiveError extends Error {
  override get name(): string {
    return 'ArchiveError';
  }

  /** Whether the archive itself is wrong, and not what the caller passed. */
  readonly isContent: boolean;

  constructor(message: string, { isContent = false }: { readonly isContent?: boolean } = {}) {
    super(message);
    this.isContent = isContent;
  }
}
