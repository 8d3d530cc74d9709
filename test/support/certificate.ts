import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** A private key and its own certificate for localhost, clever.localhost and 127.0.0.1. They are for tests only. */
export const LOCALHOST = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgOzFT6WgR3BpfzgMv
9RnnpRa1oA8FxJCumZv+86fKbXmhRANCAARlZ12gBqvCDktBPxTDIpx38izWhKLn
hmLGNeLfWeFKl6Mi97tOGS5ADd+VuyiXI5qEZ6jJRWjFq2tTnWy6gE2b
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBrzCCAVSgAwIBAgIUTfIY1vK5PhV6ICfkvK+B83JnD88wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyOTEwNDkwNloYDzIxMjYxMTA1
MTA0OTA2WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARlZ12gBqvCDktBPxTDIpx38izWhKLnhmLGNeLfWeFKl6Mi97tOGS5A
Dd+VuyiXI5qEZ6jJRWjFq2tTnWy6gE2bo4GBMH8wHQYDVR0OBBYEFGUquVXoJGXZ
Jy7Rn08SQPMMz8JnMB8GA1UdIwQYMBaAFGUquVXoJGXZJy7Rn08SQPMMz8JnMA8G
A1UdEwEB/wQFMAMBAf8wLAYDVR0RBCUwI4IJbG9jYWxob3N0ghBjbGV2ZXIubG9j
YWxob3N0hwR/AAABMAoGCCqGSM49BAMCA0kAMEYCIQCvl1kECPHmPnuaSh0823rx
BsxvddZX9fPLyouTJGNMaQIhAJ61dikbY0/Un+H1r0YNfu41r9X+4Des3FyQ0xuU
I2Dl
-----END CERTIFICATE-----
`,
};

/** Lets every client of this process trust the certificate. */
export function trustLocalhost(): void {
  setDefaultCACertificates([...getCACertificates('default'), LOCALHOST.cert]);
}
