import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate that signed itself, and its key, both in PEM. */
export interface SelfSigned {
  readonly cert: string;
  readonly key: string;
  /** DER. */
  readonly raw: Buffer;
}

/** Node makes no certificates; openssl does. */
export function selfSigned(name: string): SelfSigned {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    const what = ['-days', '2', '-subj', `/CN=${name}`, '-keyout', keyFile, '-out', certFile];
    execFileSync('openssl', ['req', ...kind, ...what], { stdio: 'ignore' });
    const cert = readFileSync(certFile, 'utf8');
    return { cert, key: readFileSync(keyFile, 'utf8'), raw: new X509Certificate(cert).raw };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
