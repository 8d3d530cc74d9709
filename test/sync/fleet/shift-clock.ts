/*
 * For `node --import`, before anything else: a machine whose clock is wrong by `CLOCK_SHIFT_MS`. Durations stay right,
 * as on such a machine.
 */
const shiftMs = Number(process.env['CLOCK_SHIFT_MS']);
const RightDate = Date;

class WrongDate extends RightDate {
  constructor(...values: ConstructorParameters<DateConstructor> | []) {
    if (values.length === 0) {
      super(RightDate.now() + shiftMs);
    } else {
      super(...values);
    }
  }

  static override now(): number {
    return RightDate.now() + shiftMs;
  }
}

globalThis.Date = WrongDate as DateConstructor;

export {};
