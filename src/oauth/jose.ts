/*
 * What is used of jose, in a module of its own that is loaded when a login first needs it: importing jose by name would
 * load all of it, and a rostering job needs none.
 */
export {
  createLocalJWKSet,
  EncryptJWT,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  jwtDecrypt,
  jwtVerify,
} from 'jose';
