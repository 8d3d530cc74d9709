import type { Reporter, TestModule } from 'vitest/node';

/** Names the tests that failed first and passed at the second try, which are worth a look. */
export class SecondTries implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        if (test.diagnostic()?.flaky === true) {
          process.stdout.write(`Passed at the second try: ${module.relativeModuleId} > ${test.fullName}\n`);
        }
      }
    }
  }
}
