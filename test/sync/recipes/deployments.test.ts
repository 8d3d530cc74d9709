import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { STOP_DEADLINE } from '../../../examples/sync/worker.js';

const read = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../examples/sync/${file}`, import.meta.url)), 'utf8');
const deadlineSeconds = Number(/^(\d+)s$/u.exec(STOP_DEADLINE)?.[1]);
/** What the worker reads from its environment. */
const VARIABLES = [...read('worker.ts').matchAll(/\b(HEALTH_PORT|HEALTH_HOST|DATABASE_URL)\b/gu)].map(([name]) => name);
const PATHS = [...read('worker.ts').matchAll(/'(\/\w+)':/gu)].map(([, path]) => path);

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
  readonly timeoutSeconds: number;
}

interface Container {
  readonly env: readonly { readonly name: string; readonly value?: string }[];
  readonly envFrom: readonly object[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly resources: { readonly requests: object; readonly limits: object };
  readonly securityContext: object;
}

describe('the Deployment for Kubernetes', () => {
  const document = parseDocument(read('kubernetes.yaml'), { strict: true });
  const { kind, spec } = document.toJS() as {
    readonly kind: string;
    readonly spec: {
      readonly selector: { readonly matchLabels: object };
      readonly strategy: object;
      readonly template: {
        readonly metadata: { readonly labels: object };
        readonly spec: {
          readonly terminationGracePeriodSeconds: number;
          readonly securityContext: object;
          readonly containers: readonly [Container];
        };
      };
    };
  };
  const pod = spec.template.spec;
  const [container] = pod.containers;

  it('is one document without errors, whose labels select its pods', () => {
    expect([document.errors, document.warnings, kind]).toEqual([[], [], 'Deployment']);
    expect(spec.template.metadata.labels).toEqual(spec.selector.matchLabels);
  });

  it('gives a worker more time to stop than it takes', () => {
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(deadlineSeconds + 5);
  });

  it('starts a new worker before an old one stops', () => {
    expect(spec.strategy).toMatchObject({ rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } });
  });

  it('probes paths of the worker at the port that it opens, from outside of the container', () => {
    const [port] = container.ports;
    const value = (name: string): string | undefined => container.env.find((one) => one.name === name)?.value;
    expect([value('HEALTH_PORT'), value('HEALTH_HOST')]).toEqual([String(port?.containerPort), '0.0.0.0']);
    for (const probe of [container.livenessProbe, container.readinessProbe]) {
      expect(PATHS).toContain(probe.httpGet.path);
      expect(probe.httpGet.port).toBe(port?.name);
      // The worker answers within 5 seconds, also when the database does not.
      expect(probe.timeoutSeconds).toBeGreaterThan(5);
    }
  });

  it('takes every secret from a Secret', () => {
    expect(container.envFrom).toEqual([{ secretRef: { name: 'clever-sync' } }]);
    expect(container.env.map(({ name }) => name)).toEqual(['HEALTH_PORT', 'HEALTH_HOST']);
    expect(read('kubernetes.yaml')).not.toMatch(/postgres(?:ql)?:\/\/|CLEVER_CLIENT_SECRET[:=]/u);
  });

  it('runs without rights, and within limits', () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(container.resources).toMatchObject({ requests: { memory: expect.any(String) }, limits: expect.anything() });
  });
});

describe('the unit for systemd', () => {
  const lines = read('clever-sync.service').split('\n');
  const setting = (name: string): string | undefined =>
    lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);

  it('gives the worker more time to stop than it takes', () => {
    expect(Number(setting('TimeoutStopSec'))).toBeGreaterThan(deadlineSeconds + 5);
  });

  it('starts it again whenever it ends', () => {
    expect([setting('Type'), setting('Restart'), setting('StartLimitIntervalSec')]).toEqual(['exec', 'always', '0']);
  });

  it('takes every secret from a file, and sets only what the worker reads', () => {
    expect(setting('EnvironmentFile')).toBe('/etc/clever-sync.env');
    const names = [...(setting('Environment') ?? '').matchAll(/(\w+)=/gu)].map(([, name]) => name);
    expect([...VARIABLES, 'NODE_ENV']).toEqual(expect.arrayContaining(names));
    expect(names).not.toContain('CLEVER_CLIENT_SECRET');
  });

  it('runs as a user that owns nothing', () => {
    expect([setting('DynamicUser'), setting('NoNewPrivileges'), setting('ProtectSystem')]).toEqual([
      'yes',
      'yes',
      'strict',
    ]);
  });
});
