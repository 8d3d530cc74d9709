/* Other versions of a framework, whose types the tests do not need. */

declare module 'express-4' {
  export { default } from 'express';
}
